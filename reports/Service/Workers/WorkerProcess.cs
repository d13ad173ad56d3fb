using System.Diagnostics;
using Innovation1551.Models;

namespace Innovation1551.Service.Workers;

/// <summary>Where the bytes of an answer go.</summary>
internal interface IAnswerSink
{
    Task Head(AnswerHead head);

    /// <param name="stop">The statement is to end: whoever takes the bytes too slowly is not waited for.</param>
    Task Data(ReadOnlyMemory<byte> bytes, CancellationToken stop);
}

/// <summary>How a statement ended.</summary>
/// <param name="Outcome">done, refused, failed, cancelled, timeout, lost.</param>
internal sealed record AnswerOutcome(string Outcome, long Rows = 0, AnswerFault? Fault = null, IReadOnlyList<Text>? Notes = null);

/// <summary>A worker as the broker sees it: a process and its two pipes.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    /// <summary>A statement that goes on after it was told to stop is ended with its process.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(30);
    private const long RuntimeMemory = 512L << 20;

    private readonly Process _process;
    private readonly string _own;
    private readonly Stream _in;
    private readonly Frame.Reader _out;
    private int _ended;

    private WorkerProcess(Process process, string own, string release)
    {
        (_process, _own, Release) = (process, own, release);
        (_in, _out) = (process.StandardInput.BaseStream, new(process.StandardOutput.BaseStream));
    }

    public string Release { get; }

    public bool IsAlive => _ended == 0 && !_process.HasExited;

    public int ProcessId => _process.Id;

    /// <summary>Starts one and waits until it has its release open.</summary>
    /// <exception cref="ServiceException">It did not start, or the release is not fit to be read.</exception>
    public static async Task<WorkerProcess> Start(string releases, string release, string scratch, Confinement confinement, CancellationToken cancel)
    {
        var own = Path.Combine(scratch, "worker-" + Guid.NewGuid().ToString("N")[..12]);
        Directory.CreateDirectory(own);
        if (WorkerPool.HasOperations(release))
            await Task.Run(() => QueryWorker.Snapshot(Path.GetDirectoryName(releases)!, own), cancel);
        confinement.Hand(own);
        var start = Child.Self([QueryWorker.Verb, releases, release, scratch, own], RuntimeMemory, confinement.Through(own));
        start.StandardOutputEncoding = null;
        start.WorkingDirectory = own;
        start.Environment["TMPDIR"] = own;
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        var process = Process.Start(start)!;
        var worker = new WorkerProcess(process, own, release);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(StartsWithin);
        try
        {
            var frame = await worker._out.Read(late.Token);
            if (frame is { Kind: FrameKind.Ready })
                return worker;
            throw new ServiceException(
                frame is { Kind: FrameKind.Fault, Content: var content }
                    ? Message.Read<AnswerFault>(content).Problem
                    : new("查询进程未能启动", "a process for queries did not start")
            );
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            await worker.DisposeAsync();
            throw new ServiceException(new("查询进程未按时启动", "a process for queries did not start in time"));
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether it is there and hears: an idle process may have died or hang without a sign.</summary>
    public async Task<bool> Answers()
    {
        using var late = new CancellationTokenSource(Grace);
        try
        {
            Frame.Write(_in, FrameKind.Ping, []);
            return await _out.Read(late.Token) is { Kind: FrameKind.Ping };
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>
    /// Runs a request and hands its answer on as it comes. At the deadline, or when nobody waits any more, the engine is interrupted; two
    /// seconds later the process is ended.
    /// </summary>
    public async Task<AnswerOutcome> Ask(QueryRequest request, IAnswerSink sink, TimeSpan deadline, CancellationToken gone)
    {
        using var late = new CancellationTokenSource(deadline);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, gone);
        using var last = new CancellationTokenSource();
        var why = "";
        await using var told = stop.Token.Register(() =>
        {
            why = late.IsCancellationRequested ? "timeout" : "cancelled";
            last.CancelAfter(Grace);
            try
            {
                Frame.Write(_in, FrameKind.Cancel, []);
            }
            catch (IOException)
            {
                // It is gone already.
            }
        });
        string Stopped() => why.Length > 0 ? why : "cancelled";
        try
        {
            Frame.Write(_in, FrameKind.Query, Message.Of(request));
            while (await _out.Read(last.Token) is { } frame)
                switch (frame.Kind)
                {
                    case FrameKind.Head when !stop.IsCancellationRequested:
                        await sink.Head(Message.Read<AnswerHead>(frame.Content));
                        break;
                    case FrameKind.Data when !stop.IsCancellationRequested:
                        await sink.Data(frame.Content, stop.Token);
                        break;
                    case FrameKind.End:
                        var end = Message.Read<AnswerEnd>(frame.Content);
                        return stop.IsCancellationRequested ? new(Stopped()) : new("done", end.Rows, Notes: end.Notes);
                    case FrameKind.Fault:
                        var fault = Message.Read<AnswerFault>(frame.Content);
                        return new(stop.IsCancellationRequested ? Stopped() : fault.Kind, Fault: fault);
                }
        }
        catch (OperationCanceledException) when (last.IsCancellationRequested)
        {
            await DisposeAsync();
            return new(Stopped());
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Whoever asked is gone, or the pipe is: what the process still writes would stand before the next answer.
            await DisposeAsync();
            return new(stop.IsCancellationRequested ? Stopped() : "lost");
        }
        await DisposeAsync();
        return new(stop.IsCancellationRequested ? Stopped() : "lost");
    }

    /// <summary>Ends it. Nobody waits for what the system still does with it, but whoever awaits <see cref="Ended"/>.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1)
            return ValueTask.CompletedTask;
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
        Ended = Gone();
        return ValueTask.CompletedTask;
    }

    /// <summary>Its end, once it was told to end.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    private async Task Gone()
    {
        try
        {
            await _process.WaitForExitAsync();
            _process.Dispose();
            Directory.Delete(_own, recursive: true);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // The next start of the service removes what is left.
        }
    }
}
