using System.Globalization;
using System.Numerics;
using Apache.Arrow;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;
using Innovation1551.Models.Querying;
using Innovation1551.Models.Releases;

namespace Innovation1551.Service.Workers;

/// <summary>
/// The process that runs one session's statements over one release: whatever a statement does to it, it does to nobody else. It speaks by
/// frames over its standard input and output and ends with its input.
/// </summary>
public static class QueryWorker
{
    /// <summary>The hidden verb: RELEASES RELEASE[+RELEASE…] SCRATCH OWN, the last a folder for this worker alone.</summary>
    public const string Verb = "query-worker";

    /// <summary>The hidden verb: WORKSPACE FILE. A worker does not see the workspace, and the broker has no engine: so a third process writes the file.</summary>
    public const string SnapshotVerb = "operations";

    private static readonly TimeSpan SnapshotWithin = TimeSpan.FromMinutes(1);

    private static CancellationTokenSource? _running;

    public static int Write(string[] args)
    {
        Operations.Write(args[1], args[2]);
        return 0;
    }

    /// <summary>What was run and asked, for a worker to read.</summary>
    /// <exception cref="ServiceException">It could not be written.</exception>
    internal static void Snapshot(string workspace, string own)
    {
        using var child = new Child([SnapshotVerb, workspace, Held(own)], 4L << 30, () => SnapshotWithin);
        while (child.ReadLine() is not null) { }
        if (child is not { End: ChildEnd.Exited, ExitCode: 0 })
            throw new ServiceException(new("运行与查询记录未能读出", "what was run and asked could not be read"));
    }

    private static string Held(string own) => Path.Combine(own, Operations.Name + ".duckdb");

    public static int Run(string[] args)
    {
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        // Nothing else may stand among the frames.
        Console.SetOut(TextWriter.Null);
        Frame.Widen(1);
        OpenRelease release;
        try
        {
            var names = args[2].Split(WorkerPool.And);
            release = OpenRelease.Of(
                new ReleaseStore(args[1]),
                names[0],
                args[3],
                args[4],
                WorkerPool.HasOperations(args[2]) ? Held(args[4]) : null,
                [.. names.Skip(1).Where(n => n != Operations.Name)]
            );
        }
        catch (Refusal e)
        {
            Frame.Write(output, FrameKind.Fault, Message.Of(new AnswerFault("refused", e.Problem)));
            return e.ExitCode;
        }
        using (release)
        {
            // What every answer needs is looked up, and the engine warmed, before anybody waits for it.
            var warm = new QuerySession(release, release.Connection);
            Answer(new("select 1 as ready", new Dictionary<string, QueryParameter>(), "json", 1, true, null), release, warm, Stream.Null, default);
            Frame.Write(output, FrameKind.Ready, Message.Of(new WorkerReady(release.Manifest.Id, Environment.ProcessId)));
            Serve(input, output, release, warm).GetAwaiter().GetResult();
        }
        return 0;
    }

    private static async Task Serve(Stream input, Stream output, OpenRelease release, QuerySession kept)
    {
        var frames = new Frame.Reader(input);
        while (await frames.Read(CancellationToken.None) is { } frame)
            if (frame.Kind == FrameKind.Cancel)
                _running?.Cancel();
            else if (frame.Kind == FrameKind.Ping)
                Frame.Write(output, FrameKind.Ping, []);
            else if (frame.Kind == FrameKind.Query)
            {
                var request = Message.Read<QueryRequest>(frame.Content);
                var running = _running = new CancellationTokenSource();
                // A thread of its own, so that a cancel is heard meanwhile. The broker sends no second one before the first has ended.
                _ = Task.Factory.StartNew(() => Answered(request, release, kept, output, running.Token), TaskCreationOptions.LongRunning);
            }
        // The broker is gone, or done with this worker: what still runs is of no use to anybody.
        Environment.Exit(0);
    }

    private static void Answered(QueryRequest request, OpenRelease release, QuerySession kept, Stream output, CancellationToken cancel)
    {
        try
        {
            Answer(request, release, kept, output, cancel);
        }
        catch (QueryRefusedException e)
        {
            Fault(new("refused", e.Problem, e.Line, e.Column));
        }
        catch (OperationCanceledException)
        {
            Fault(new("cancelled", new("查询已中止", "the query was stopped")));
        }
        catch (Refusal e)
        {
            Fault(new("refused", e.Problem));
        }
        catch (Exception e) when (DiskFull.Is(e))
        {
            Fault(new("failed", new("临时文件超过限额", "the query needs more temporary space than there is")));
        }
        catch (Exception e)
        {
            Fault(new("failed", new($"查询未能执行：{e.Message}", $"the query failed: {e.Message}")));
        }

        void Fault(AnswerFault fault) => Frame.Write(output, FrameKind.Fault, Message.Of(fault));
    }

    private static void Answer(QueryRequest request, OpenRelease release, QuerySession kept, Stream output, CancellationToken cancel)
    {
        using var own = request.KeepsTables ? null : new DuckDBConnection(release.Connection.ConnectionString);
        own?.Open();
        var session = kept.On(own ?? release.Connection, request.Only?.ToHashSet(StringComparer.OrdinalIgnoreCase));
        var statements = SqlScript.Split(request.Sql).Select(session.Judge).ToList();
        if (statements.Count == 0)
            throw new QueryRefusedException(new("没有查询", "there is no query"));
        if (statements.SkipLast(1).FirstOrDefault(s => s.Kind != StatementKind.Temporary) is { } early)
            throw new QueryRefusedException(
                new(
                    "一次请求只给一个结果：最后一条应为查询，之前只能是 create temp …",
                    "a request has one answer: the last statement is a query, those before it create temp … alone"
                ),
                early.Origin.Line,
                early.Origin.Column
            );
        var parameters = request.Parameters.ToDictionary(p => p.Key, p => Value(p.Key, p.Value), StringComparer.OrdinalIgnoreCase);
        var notes = new TableNotes();
        foreach (var statement in statements.SkipLast(1))
            session.Write(statement, parameters, TableFormats.Csv, new(null, null, false, null, []), Stream.Null, notes, cancel);
        var last = statements[^1];
        var warnings = session.Warnings(last, parameters);
        foreach (var warning in warnings)
            notes.Say(warning);
        var about = session.About(last, parameters);
        using var frames = new FrameStream(output);
        // A file whose end says where its parts are is written whole first.
        using var file = request.Format is "arrow" or "parquet"
            ? new FileStream(
                Path.Combine(Path.GetTempPath(), "answer"),
                FileMode.Create,
                FileAccess.ReadWrite,
                FileShare.ReadWrite,
                1 << 16,
                FileOptions.DeleteOnClose
            )
            : null;
        var format = new Announcing(Format(request.Format), a => Frame.Write(output, FrameKind.Head, Message.Of(new AnswerHead(a, warnings))), request);
        var rows = session.Write(last, parameters, format, about, file ?? (Stream)frames, notes, cancel);
        if (file is not null)
        {
            file.Position = 0;
            file.CopyTo(frames, 1 << 20);
        }
        if (last.Kind == StatementKind.Temporary)
            Frame.Write(output, FrameKind.Head, Message.Of(new AnswerHead(about, warnings)));
        frames.Flush();
        Frame.Write(output, FrameKind.End, Message.Of(new AnswerEnd(rows, notes.All)));
    }

    private static ITableFormat Format(string name) =>
        name switch
        {
            "arrows" => TableFormats.ArrowStream,
            _ => TableFormats.All.Single(f => f.Name == name),
        };

    /// <exception cref="QueryRefusedException">The text is no value of the type.</exception>
    private static object? Value(string name, QueryParameter parameter)
    {
        if (parameter.Value is not { } text)
            return null;
        var culture = CultureInfo.InvariantCulture;
        try
        {
            return parameter.Type?.ToUpperInvariant() switch
            {
                null or "VARCHAR" or "TEXT" => text,
                "BOOLEAN" => bool.Parse(text),
                "INTEGER" or "BIGINT" => long.Parse(text, NumberStyles.AllowLeadingSign, culture),
                "HUGEINT" => BigInteger.Parse(text, NumberStyles.AllowLeadingSign, culture),
                "DECIMAL" => decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, culture),
                "DOUBLE" => double.Parse(text, NumberStyles.Float, culture),
                "DATE" => DateOnly.ParseExact(text, "yyyy-MM-dd", culture),
                "TIMESTAMP" => DateTime.Parse(text, culture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal),
                "UUID" => Guid.Parse(text),
                var type => throw new QueryRefusedException(
                    new(
                        $"参数 {name} 的类型 {type} 不可用；可用 varchar、boolean、integer、hugeint、decimal、double、date、timestamp、uuid",
                        $"the type {type} of the parameter {name} is none of varchar, boolean, integer, hugeint, decimal, double, date, timestamp, uuid"
                    )
                ),
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new QueryRefusedException(
                new($"参数 {name} 的值“{text}”不是 {parameter.Type}", $"the value \"{text}\" of the parameter {name} is no {parameter.Type}")
            );
        }
    }

    /// <summary>A format that says what the table is before its first byte, and stops at too many rows.</summary>
    private sealed class Announcing(ITableFormat format, Action<TableAbout> announce, QueryRequest request) : ITableFormat
    {
        public string Name => format.Name;

        public ColumnFit Fit(string type) => format.Fit(type);

        public Task<long> Write(TableRows rows, TableAbout about, Stream stream, TableNotes notes, CancellationToken cancel)
        {
            announce(about);
            return format.Write(rows with { Batches = Counted(rows.Batches) }, about, stream, notes, cancel);
        }

        private async IAsyncEnumerable<RecordBatch> Counted(IAsyncEnumerable<RecordBatch> batches)
        {
            long count = 0;
            if (request.SchemaOnly)
                yield break;
            await foreach (var batch in batches)
            {
                count += batch.Length;
                if (count > request.MaxRows)
                    throw new QueryRefusedException(
                        new(
                            $"结果超过 {request.MaxRows} 行；请加 limit 或放宽 max_rows",
                            $"the answer has more than {request.MaxRows} rows: add a limit or raise max_rows"
                        )
                    );
                yield return batch;
            }
        }
    }

    /// <summary>Bytes of an answer, handed on in frames.</summary>
    private sealed class FrameStream(Stream output) : WriteOnlyStream
    {
        private readonly byte[] _frame = new byte[Frame.Head + (256 << 10)];
        private int _filled = Frame.Head;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            while (buffer.Length > 0)
            {
                var taken = Math.Min(buffer.Length, _frame.Length - _filled);
                buffer[..taken].CopyTo(_frame.AsSpan(_filled));
                _filled += taken;
                buffer = buffer[taken..];
                if (_filled == _frame.Length)
                    Hand();
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Write(buffer.AsSpan(offset, count));
            return Task.CompletedTask;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override void Flush() => Hand();

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        /// <summary>What is left over when the answer failed is not handed on.</summary>
        protected override void Dispose(bool disposing) => _filled = Frame.Head;

        private void Hand()
        {
            if (_filled > Frame.Head)
                Frame.WriteWhole(output, FrameKind.Data, _frame.AsSpan(0, _filled));
            _filled = Frame.Head;
        }
    }
}
