using Innovation1551.Models;
using Innovation1551.Models.Querying;
using Innovation1551.Models.Releases;

namespace Innovation1551.Service.Workers;

/// <summary>How many sessions there may be, and how long.</summary>
/// <param name="Sessions">Workers at once, the spare one aside.</param>
/// <param name="Queue">Requests that may wait for one.</param>
/// <param name="Idle">A worker that nobody asks for so long is ended.</param>
/// <param name="Wait">A request that waits so long is told to come again.</param>
internal sealed record PoolLimits(int Sessions, int Queue, TimeSpan Idle, TimeSpan Wait)
{
    /// <summary>Workers of one key at once: whoever fills his leaves the others theirs.</summary>
    public int PerOwner => (Sessions + 1) / 2;
}

/// <summary>There is no worker to be had now.</summary>
internal sealed class BusyException(Text problem, int place) : Exception(problem.ToString())
{
    public Text Problem => problem;

    /// <summary>Requests before this one.</summary>
    public int Place => place;
}

/// <summary>A session that whoever opened it keeps: its worker is his until he closes it or leaves it idle.</summary>
internal sealed record NamedSession(string Id, string Owner, string Release, DateTimeOffset Opened);

/// <summary>A worker lent for one request.</summary>
internal sealed class Lease(WorkerPool pool, WorkerPool.Seat seat) : IAsyncDisposable
{
    public WorkerProcess Worker => seat.Worker;

    public ValueTask DisposeAsync()
    {
        pool.Return(seat);
        return ValueTask.CompletedTask;
    }
}

/// <summary>
/// The workers: each is one owner's over one release and never goes to another. One more stands ready, so that nobody waits for the start
/// of a process. Where all are taken, requests wait in order.
/// </summary>
internal sealed class WorkerPool : IAsyncDisposable
{
    /// <summary>A worker that has not started by then counts as one that hangs.</summary>
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(10);

    /// <summary>The owner that everybody on this machine is as long as there are no keys.</summary>
    public const string Shared = "local";

    private readonly ReleaseStore _store;
    private readonly string _releases;
    private readonly string _scratch;
    private readonly Confinement _confinement;
    private readonly PoolLimits _limits;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly List<Seat> _seats = [];
    private readonly LinkedList<Turn> _waiting = new();

    /// <summary>Requests whose own worker is being started; one that becomes free before that will do for them too.</summary>
    private readonly List<Turn> _starting = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly ITimer _timer;
    private Task<WorkerProcess>? _spare;
    private string? _spareRelease;
    private long _spareSince;

    /// <summary>The last one did not start, or did not answer: whatever is being started now has to show that it does.</summary>
    private bool _startFailed;

    /// <summary>The spare one is asked whether it is there.</summary>
    private bool _probing;

    internal sealed class Seat(string owner, string release, NamedSession? session)
    {
        public string Owner => owner;
        public string Release => release;
        public NamedSession? Session => session;
        public WorkerProcess Worker { get; set; } = null!;
        public bool IsBusy { get; set; } = true;
        public DateTimeOffset LastUsed { get; set; }
    }

    /// <summary>A request that waits.</summary>
    private sealed class Turn(string owner)
    {
        public string Owner => owner;
        public TaskCompletionSource Come { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>What the next sign that a worker may be free completes.</summary>
        public Task Again()
        {
            if (Come.Task.IsCompleted)
                Come = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return Come.Task;
        }
    }

    public WorkerPool(string releases, string scratch, Confinement confinement, PoolLimits limits, TimeProvider clock)
    {
        (_store, _releases, _scratch, _confinement, _limits, _clock) = (new(releases), releases, scratch, confinement, limits, clock);
        foreach (var left in Directory.EnumerateDirectories(scratch, "worker-*"))
            Directory.Delete(left, recursive: true);
        _timer = clock.CreateTimer(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        Prepare();
    }

    public PoolLimits Limits => _limits;

    public int Taken
    {
        get
        {
            lock (_lock)
                return _seats.Count(s => s.IsBusy);
        }
    }

    public int Open
    {
        get
        {
            lock (_lock)
                return _seats.Count;
        }
    }

    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>True where a worker stands ready for whoever comes next.</summary>
    public bool HasSpare
    {
        get
        {
            lock (_lock)
                return _probing || _spare is { IsCompletedSuccessfully: true };
        }
    }

    public IReadOnlyList<NamedSession> Sessions
    {
        get
        {
            lock (_lock)
                return [.. _seats.Select(s => s.Session).OfType<NamedSession>()];
        }
    }

    /// <summary>What joins the names of releases that are read together; no name has it.</summary>
    public const char And = '+';

    /// <summary>The releases that names mean now, joined; the first is the one whose tables go by their own names.</summary>
    /// <exception cref="Refusal">There is none of that name.</exception>
    public string Resolve(string names) => string.Join(And, names.Split(And).Select(One).Distinct());

    /// <summary>True where what was run and asked is among what is to be read.</summary>
    public static bool HasOperations(string names) => names.Split(And).Skip(1).Contains(Operations.Name);

    private string One(string name, int place) =>
        name == "latest" && _store.Current is { } current ? current
        : name == Operations.Name && place > 0 ? name
        : _store.Find(name).Id;

    /// <summary>A worker for one request.</summary>
    /// <exception cref="BusyException">None is to be had within the time that a request waits.</exception>
    /// <exception cref="ServiceException">None could be started.</exception>
    public Task<Lease> Take(string owner, string release, CancellationToken cancel) => Take(owner, release, null, cancel);

    /// <summary>Opens a session of its own.</summary>
    public async Task<NamedSession> OpenSession(string owner, string release, CancellationToken cancel)
    {
        var session = new NamedSession(
            Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(12)),
            owner,
            release,
            _clock.GetUtcNow()
        );
        await using var lease = await Take(owner, release, session, cancel);
        return session;
    }

    /// <summary>The worker of a session; null where the owner has no such session.</summary>
    /// <exception cref="BusyException">A statement of the session still runs.</exception>
    public Lease? TakeSession(string owner, string id)
    {
        lock (_lock)
        {
            if (_seats.Find(s => s.Session?.Id == id && s.Owner == owner) is not { } seat)
                return null;
            if (seat.IsBusy)
                throw new BusyException(new("该会话还有语句在执行", "a statement of this session still runs"), 0);
            seat.IsBusy = true;
            return new(this, seat);
        }
    }

    /// <summary>Ends a session, also while a statement of it runs; false where the owner has none such.</summary>
    public async Task<bool> Close(string owner, string id)
    {
        Seat? seat;
        lock (_lock)
        {
            seat = _seats.Find(s => s.Session?.Id == id && s.Owner == owner);
            if (seat is not null)
                _seats.Remove(seat);
        }
        if (seat is null)
            return false;
        await seat.Worker.DisposeAsync();
        Next();
        return true;
    }

    /// <summary>Asks the spare worker something; false where it does not answer in time or could not be started. A hung one is replaced.</summary>
    public async Task<bool> Probe(TimeSpan within)
    {
        Task<WorkerProcess> spare;
        lock (_lock)
        {
            if (_spare is null || _probing)
                return !_startFailed && !_closing.IsCancellationRequested;
            if (!_spare.IsCompleted)
                return !_startFailed && _clock.GetElapsedTime(_spareSince) < StartsWithin;
            (spare, _spare, _probing) = (_spare, null, true);
        }
        var sound = false;
        if (spare.IsCompletedSuccessfully)
        {
            var request = new QueryRequest("select 1 as ready", new Dictionary<string, QueryParameter>(), "json", 10, false, null);
            sound = (await spare.Result.Ask(request, new Nowhere(), within, _closing.Token)).Outcome == "done";
        }
        lock (_lock)
        {
            (_probing, _startFailed) = (false, !sound);
            if (sound)
                _spare = spare;
        }
        if (!sound)
            _ = End(spare);
        Prepare();
        return sound;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _timer.DisposeAsync();
        List<Seat> seats;
        Task<WorkerProcess>? spare;
        lock (_lock)
        {
            seats = [.. _seats];
            _seats.Clear();
            (spare, _spare) = (_spare, null);
            foreach (var waiting in _waiting)
                waiting.Come.TrySetCanceled();
        }
        foreach (var seat in seats)
            if (seat.Worker is { } worker)
            {
                await worker.DisposeAsync();
                await worker.Ended;
            }
        if (spare is not null)
            await End(spare);
    }

    internal void Return(Seat seat)
    {
        // What was run and asked is read when a worker starts: such a one is not asked again.
        var isDone = seat.Session is null && HasOperations(seat.Release);
        lock (_lock)
        {
            seat.IsBusy = false;
            seat.LastUsed = _clock.GetUtcNow();
            if (isDone || !seat.Worker.IsAlive)
                _seats.Remove(seat);
        }
        if (isDone)
            _ = seat.Worker.DisposeAsync().AsTask();
        Next();
    }

    private async Task<Lease> Take(string owner, string release, NamedSession? session, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel, _closing.Token);
        patience.CancelAfter(_limits.Wait);
        Turn? turn = null;
        try
        {
            while (true)
            {
                Seat? seat = null,
                    idle = null;
                WorkerProcess? evicted = null;
                Task come = Task.CompletedTask;
                lock (_lock)
                {
                    var isNext = IsNext(turn, owner);
                    if (isNext && session is null)
                        idle = Free(owner, release);
                    if (isNext && idle is null)
                    {
                        // Where all places are taken, whoever has been idle longest makes room; a session that somebody keeps does not.
                        var oldest =
                            Of(owner) >= Most(owner) ? Idle(s => s.Owner == owner)
                            : _seats.Count >= _limits.Sessions ? Idle(_ => true)
                            : null;
                        if (oldest is not null)
                        {
                            _seats.Remove(oldest);
                            evicted = oldest.Worker;
                        }
                        if (_seats.Count < _limits.Sessions && Of(owner) < Most(owner))
                            _seats.Add(seat = new(owner, release, session));
                    }
                    if (seat is not null || idle is not null)
                    {
                        // Those behind need not wait until this one's worker has started.
                        if (turn is not null)
                            _waiting.Remove(turn);
                        turn = null;
                        Next();
                    }
                    else
                    {
                        if (turn is null && _waiting.Count >= _limits.Queue)
                            throw Busy(_waiting.Count);
                        if (turn is null)
                            _waiting.AddLast(turn = new(owner));
                        come = turn.Again();
                    }
                }
                if (idle is not null)
                {
                    if (await IsThere(idle))
                        return new(this, idle);
                    continue;
                }
                if (evicted is not null)
                    await evicted.DisposeAsync();
                if (seat is not null)
                    return session is null ? await First(seat, cancel) : await Seated(seat, cancel);
                await come.WaitAsync(patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested && !_closing.IsCancellationRequested)
        {
            throw Busy(turn is null ? 0 : Place(turn));
        }
        finally
        {
            if (turn is not null)
            {
                lock (_lock)
                    _waiting.Remove(turn);
                Next();
            }
        }

        static BusyException Busy(int place) =>
            new(
                new(
                    $"所有会话都在使用，前面还有 {place} 个请求在等待；请稍后再试",
                    $"all sessions are taken and {place} requests wait before this one: try again later"
                ),
                place
            );
    }

    /// <summary>An idle worker of the owner over the release, taken; null where there is none. Under the lock.</summary>
    private Seat? Free(string owner, string release)
    {
        var free = _seats.Find(s => !s.IsBusy && s.Session is null && s.Owner == owner && s.Release == release);
        if (free is not null)
            free.IsBusy = true;
        return free;
    }

    /// <summary>Whether the worker of a seat that was idle still answers; one that does not is given up.</summary>
    private async Task<bool> IsThere(Seat idle)
    {
        if (await idle.Worker.Answers())
            return true;
        lock (_lock)
            _seats.Remove(idle);
        await idle.Worker.DisposeAsync();
        return false;
    }

    /// <summary>The seat's own worker, or one of the same owner that becomes free before it has started; the seat's then stands idle for the next.</summary>
    private async Task<Lease> First(Seat seat, CancellationToken cancel)
    {
        var own = Seated(seat, _closing.Token);
        var turn = new Turn(seat.Owner);
        try
        {
            lock (_lock)
                _starting.Add(turn);
            while (!own.IsCompleted)
            {
                Seat? free;
                Task come;
                lock (_lock)
                    (come, free) = (turn.Again(), Free(seat.Owner, seat.Release));
                if (free is null)
                    await Task.WhenAny(own, come).WaitAsync(cancel);
                else if (await IsThere(free))
                {
                    _ = Leave(own);
                    return new(this, free);
                }
            }
            return await own;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            _ = Leave(own);
            throw;
        }
        finally
        {
            lock (_lock)
                _starting.Remove(turn);
        }

        static async Task Leave(Task<Lease> started)
        {
            try
            {
                await (await started).DisposeAsync();
            }
            catch (Exception e) when (e is OperationCanceledException or Refusal)
            {
                // It did not start; whoever comes next is told.
            }
        }
    }

    private int Place(Turn turn)
    {
        lock (_lock)
            return _waiting.TakeWhile(w => w != turn).Count();
    }

    private int Of(string owner) => _seats.Count(s => s.Owner == owner);

    private int Most(string owner) => owner == Shared ? _limits.Sessions : _limits.PerOwner;

    private Seat? Idle(Func<Seat, bool> which) => _seats.Where(s => !s.IsBusy && s.Session is null && which(s)).MinBy(s => s.LastUsed);

    /// <summary>True where nobody waits before who could be served: those who have all that one may have are passed by.</summary>
    private bool IsNext(Turn? turn, string owner) => _waiting.TakeWhile(w => w != turn).All(w => w.Owner != owner && Of(w.Owner) >= Most(w.Owner));

    private async Task<Lease> Seated(Seat seat, CancellationToken cancel)
    {
        try
        {
            Task<WorkerProcess>? spare = null;
            lock (_lock)
                if (_spareRelease == seat.Release)
                    (spare, _spare) = (_spare, null);
            WorkerProcess? ready = null;
            if (spare is not null)
            {
                ready = await spare.WaitAsync(cancel);
                if (!await ready.Answers())
                {
                    await ready.DisposeAsync();
                    ready = null;
                }
            }
            Prepare();
            seat.Worker = ready ?? await WorkerProcess.Start(_releases, seat.Release, _scratch, _confinement, cancel);
            if (_closing.IsCancellationRequested)
            {
                await seat.Worker.DisposeAsync();
                throw new OperationCanceledException(_closing.Token);
            }
            return new(this, seat);
        }
        catch
        {
            lock (_lock)
                _seats.Remove(seat);
            Next();
            throw;
        }
    }

    /// <summary>Starts a spare worker over the newest release where there is none.</summary>
    private void Prepare()
    {
        if (_store.Current is not { } current || _closing.IsCancellationRequested)
            return;
        Task<WorkerProcess>? old = null;
        lock (_lock)
        {
            if (_probing || _spare is { IsFaulted: false, IsCanceled: false } && _spareRelease == current)
                return;
            _startFailed |= _spare is { IsFaulted: true };
            (old, _spareRelease, _spareSince) = (_spare, current, _clock.GetTimestamp());
            _spare = Task.Run(() => WorkerProcess.Start(_releases, current, _scratch, _confinement, _closing.Token));
        }
        if (old is not null)
            _ = End(old);
    }

    private static async Task End(Task<WorkerProcess> spare)
    {
        try
        {
            var worker = await spare;
            await worker.DisposeAsync();
            await worker.Ended;
        }
        catch (Exception e) when (e is OperationCanceledException or Refusal)
        {
            // It never was.
        }
    }

    /// <summary>Whoever waits looks again whether it is his turn.</summary>
    private void Next()
    {
        lock (_lock)
            foreach (var turn in _waiting.Concat(_starting))
                turn.Come.TrySetResult();
    }

    /// <summary>Once a second: idle workers are ended, dead ones forgotten, the spare one follows the newest release.</summary>
    private void Look()
    {
        List<WorkerProcess> done = [];
        var now = _clock.GetUtcNow();
        lock (_lock)
            foreach (var seat in _seats.Where(s => !s.IsBusy && s.Worker is { } w && (!w.IsAlive || now - s.LastUsed > _limits.Idle)).ToList())
            {
                _seats.Remove(seat);
                done.Add(seat.Worker);
            }
        foreach (var worker in done)
            _ = worker.DisposeAsync().AsTask();
        if (done.Count > 0)
            Next();
        Prepare();
    }

    private sealed class Nowhere : IAnswerSink
    {
        public Task Head(AnswerHead head) => Task.CompletedTask;

        public Task Data(ReadOnlyMemory<byte> bytes, CancellationToken stop) => Task.CompletedTask;
    }
}
