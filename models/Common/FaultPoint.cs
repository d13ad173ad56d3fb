using System.Diagnostics;
using System.Globalization;

namespace Innovation1551.Models;

/// <summary>
/// The named steps after which the disk is not what it was before. INNOVATION_FAULT_AT=n makes the process kill itself at the n-th step
/// that it passes, a name at the first step of that name, as a power cut would: nothing is flushed, no <c>finally</c> runs. The value
/// list prints the steps instead. Without it a step costs one comparison.
/// </summary>
public static class FaultPoint
{
    private static readonly string? Wanted = Environment.GetEnvironmentVariable("INNOVATION_FAULT_AT");
    private static int _passed;

    /// <summary>Says that a step is done.</summary>
    /// <param name="step">What was done to what, such as pointer.turned.</param>
    public static void Reach(string step)
    {
        if (Wanted is null)
            return;
        var number = Interlocked.Increment(ref _passed).ToString(CultureInfo.InvariantCulture);
        if (Wanted == "list")
            Console.Error.WriteLine($"step {number}: {step}");
        if (Wanted != number && Wanted != step)
            return;
        Console.Error.WriteLine($"fault at step {number}: {step}");
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
