using System.Diagnostics;
using System.Diagnostics.Metrics;
using Innovation1551.Models;
using Innovation1551.Service.Access;
using Innovation1551.Service.Workers;
using Microsoft.AspNetCore.Http;

namespace Innovation1551.Service.Endpoints;

/// <summary>Runs statements for callers: a worker is taken, asked within the limits, and given back; each has one start and one end in the audit.</summary>
/// <param name="closing">The service stops.</param>
internal sealed class Statements(WorkerPool pool, AuditLog audit, ServiceOptions options, CancellationToken closing)
{
    private const long MostRows = 100_000_000;
    private static readonly Histogram<double> Took = Telemetry.Meter.CreateHistogram<double>(
        "innovation.statement.duration",
        "s",
        "From the request to the end of the answer, by outcome"
    );
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);
    private long _last;

    /// <summary>Answers over HTTP in the format that the request accepts.</summary>
    public async Task Answer(HttpContext context, StatementRequest request)
    {
        var format =
            AnswerFormat.Accepted(context.Request)
            ?? throw new RequestException(
                406,
                "usage",
                new($"可用的格式：{string.Join("、", AnswerFormat.MediaTypes)}", $"formats: {string.Join(", ", AnswerFormat.MediaTypes)}")
            );
        var answer = new HttpAnswer(context, format, Math.Min(request.MaxBytes ?? long.MaxValue, options.MaxBytes));
        var outcome = await Run(context, request, format.Name, answer, () => answer.Bytes);
        if (outcome.Outcome == "done")
            await answer.End(outcome.Rows);
        else if (answer.HasBegun)
            context.Abort();
        else
            throw Refusal(outcome, answer.IsTooLong);
    }

    /// <summary>Runs one request to its end and writes both into the audit.</summary>
    /// <param name="schemaOnly">True where it is described and not run.</param>
    /// <exception cref="RequestException">It could not begin: no such release or session, no worker to be had.</exception>
    public async Task<AnswerOutcome> Run(
        HttpContext context,
        StatementRequest request,
        string format,
        IAnswerSink sink,
        Func<long> bytes,
        bool schemaOnly = false
    )
    {
        using var step = Telemetry.Detail("statement")?.SetTag("format", format);
        var caller = Caller.Of(context);
        var release = Release(request.Release ?? "latest");
        var deadline = Deadline(request.TimeoutSeconds);
        var asked = new QueryRequest(
            request.Sql,
            request.Typed(),
            format,
            Math.Clamp(request.MaxRows ?? MostRows, 0, MostRows),
            request.Session is not null,
            caller.Only,
            schemaOnly
        );
        var id = $"{Environment.ProcessId:x}-{Stopwatch.GetTimestamp():x}-{Interlocked.Increment(ref _last):x}";
        var begun = Stopwatch.GetTimestamp();
        audit.Start(
            new(
                id,
                caller.Id,
                caller.Role.ToString().ToLowerInvariant(),
                request.Session,
                release,
                context.Connection.RemoteIpAddress?.ToString() ?? "",
                request.Sql,
                [.. asked.Parameters.Keys]
            )
        );
        var outcome = new AnswerOutcome("lost");
        try
        {
            Demand(caller, release);
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, closing);
            await using var lease = request.Session is { } session
                ? pool.TakeSession(caller.Id, session)
                    ?? throw new RequestException(404, "usage", new("没有这个会话，或已过期", "there is no such session, or it has expired"))
                : await pool.Take(caller.Id, release, gone.Token);
            outcome = await lease.Worker.Ask(asked, sink, deadline, gone.Token);
            if (closing.IsCancellationRequested && outcome.Outcome == "cancelled")
                outcome = outcome with { Outcome = "shutdown" };
            return outcome;
        }
        catch (BusyException e)
        {
            outcome = new("refused", Fault: new("busy", e.Problem));
            throw new RequestException(503, "busy", e.Problem) { RetryAfter = 5 };
        }
        catch (OperationCanceledException)
        {
            outcome = new(closing.IsCancellationRequested ? "shutdown" : "cancelled");
            return outcome;
        }
        catch (RequestException e)
        {
            outcome = new("refused", Fault: new(e.Kind, e.Problem));
            throw;
        }
        finally
        {
            var took = Stopwatch.GetElapsedTime(begun);
            Took.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome.Outcome));
            step?.SetTag("outcome", outcome.Outcome).SetTag("rows", outcome.Rows).SetTag("bytes", bytes());
            audit.End(new(id, outcome.Outcome, outcome.Rows, bytes(), took.TotalMilliseconds, outcome.Fault?.Problem.En));
        }
    }

    /// <exception cref="RequestException">There is no such release.</exception>
    public string Release(string name)
    {
        try
        {
            return pool.Resolve(name);
        }
        catch (Refusal e)
        {
            throw new RequestException(404, "usage", Clean(e.Problem));
        }
    }

    /// <exception cref="RequestException">What was run and asked is an administrator's to read.</exception>
    public static void Demand(Caller caller, string release)
    {
        if (WorkerPool.HasOperations(release) && caller.Role != Role.Administrator)
            throw new RequestException(403, "role", new("运行与查询记录只供管理员查询", "what was run and asked is for administrators"));
    }

    public RequestException Refusal(AnswerOutcome outcome, bool isTooLong = false) =>
        isTooLong
            ? new(413, "too_long", new("结果超过字节上限；请加条件或 limit", "the answer has more bytes than it may: add conditions or a limit"))
            : outcome.Outcome switch
            {
                "timeout" => new(504, "timeout", new("查询超过时限，已中止", "the query took longer than it may and was stopped")),
                "shutdown" => new(503, "shutdown", new("服务正在停止", "the service is stopping")) { RetryAfter = 30 },
                "cancelled" => new(499, "cancelled", new("查询已中止", "the query was stopped")),
                "lost" => new(
                    500,
                    "worker_lost",
                    new("执行查询的进程意外结束；其他会话不受影响", "the process that ran the query ended unexpectedly; other sessions are not affected")
                ),
                _ => new(400, outcome.Fault!.Kind, Clean(outcome.Fault.Problem), outcome.Fault.Line, outcome.Fault.Column),
            };

    /// <summary>No path of this machine leaves it.</summary>
    public Text Clean(Text text) =>
        new(text.Zh.Replace(options.Workspace, "…", StringComparison.Ordinal), text.En.Replace(options.Workspace, "…", StringComparison.Ordinal));

    private TimeSpan Deadline(double? seconds)
    {
        var most = options.Timeout ?? Usual;
        if (seconds is null)
            return most;
        if (seconds is not (> 0 and <= 86_400))
            throw new RequestException(400, "usage", new("timeout_seconds 应大于 0", "timeout_seconds is more than 0"));
        return seconds < most.TotalSeconds ? TimeSpan.FromSeconds(seconds.Value) : most;
    }
}
