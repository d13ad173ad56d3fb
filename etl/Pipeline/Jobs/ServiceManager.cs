using System.Globalization;
using Microsoft.Extensions.Hosting.Systemd;

namespace Innovation1551.Pipeline.Jobs;

/// <summary>
/// Tells systemd how the service is: ready once it listens, stopping, and, where the unit sets a watchdog, alive as long as statements are
/// answered, so that one that hangs is started again. Nothing where no systemd asks.
/// </summary>
internal sealed class ServiceManager
{
    private static readonly ServiceState Alive = new("WATCHDOG=1");

    private readonly SystemdNotifier _notifier = new();

    public void Ready() => _notifier.Notify(ServiceState.Ready);

    public void Stopping() => _notifier.Notify(ServiceState.Stopping);

    /// <summary>Says that the service is alive, twice as often as is asked for, whenever it is; until it is told to stop.</summary>
    public async Task Watch(Func<Task<bool>> isSound, CancellationToken cancel)
    {
        if (
            !_notifier.IsEnabled
            || !long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var within)
        )
            return;
        using var timer = new PeriodicTimer(TimeSpan.FromMicroseconds(within / 2));
        try
        {
            do if (await isSound())
                _notifier.Notify(Alive);
            while (await timer.WaitForNextTickAsync(cancel));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The end of the service.
        }
    }
}
