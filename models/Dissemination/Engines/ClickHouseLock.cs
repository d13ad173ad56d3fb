namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>
/// One publisher at a time on a server. ClickHouse has no locks, but it runs no two queries of one identifier: ours is an insert into nothing that lasts as
/// long as its sender lives, so that whoever is killed leaves no lock behind.
/// </summary>
internal sealed class ClickHouseLock : IDisposable
{
    private const string Table = EnginePublication.Mark + ".publisher",
        Query = EnginePublication.Mark + "_publisher";

    /// <summary>The server looks at what it is sent when a megabyte of it is there.</summary>
    private const int Rows = 600_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20),
        Beat = TimeSpan.FromSeconds(2);

    private readonly ManualResetEventSlim _isOver = new();
    private readonly Task _held;
    private readonly ClickHouseHttp _server;

    /// <summary>Takes the lock, which waits for nobody.</summary>
    /// <exception cref="EngineBusyException">Somebody else has it.</exception>
    public ClickHouseLock(ClickHouseHttp server)
    {
        _server = server;
        server.Run($"create table if not exists {Table} (beat UInt8) engine = Null");
        if (Holders().Count > 0)
            throw Busy();
        var own = Guid.NewGuid().ToString("N");
        _held = Task.Run(() => server.Insert($"insert into {Table} (beat) /* {own} */ format TabSeparated", Beats(), Query));
        try
        {
            SpinWait.SpinUntil(() => Holders().Count > 0 || _held.IsCompleted, Patience);
            if (!Holders().Any(h => h.Contains(own, StringComparison.Ordinal)))
                throw Busy();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public bool IsHeld => !_held.IsCompleted;

    /// <summary>That it is still ours: a server that went away meanwhile has let go of it.</summary>
    /// <exception cref="DisseminationException">It is not.</exception>
    public void Demand()
    {
        if (!IsHeld)
            throw _server.Lost(_held.Exception?.GetBaseException() ?? new IOException("the lock is gone"));
    }

    public void Dispose()
    {
        _isOver.Set();
        // How it ended is of no concern any more.
        _held.ContinueWith(t => t.Exception, TaskScheduler.Default).Wait(Patience);
        _isOver.Dispose();
    }

    private List<string> Holders() =>
        [.. _server.Rows($"select query from system.processes where query_id = {ClickHouseEngine.Literal(Query)}").Select(r => r[0]!)];

    private EngineBusyException Busy() =>
        new(new($"{_server.Place} 上另有一次发布正在进行，稍后再试", $"another publication to {_server.Place} is at work: try again later"));

    /// <summary>Enough for the server to begin, then one now and then.</summary>
    private IEnumerable<string> Beats()
    {
        for (var i = 0; i < Rows; i++)
            yield return "1";
        while (!_isOver.Wait(Beat))
            yield return "1";
    }
}
