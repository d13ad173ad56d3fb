using System.Diagnostics.Metrics;
using Cronos;
using Innovation1551.Models;
using Innovation1551.Pipeline.Jobs.Notices;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Work;
using Microsoft.Extensions.Logging;

namespace Innovation1551.Pipeline.Jobs;

/// <summary>How a job ended.</summary>
/// <param name="ExitCode">Null where its process was ended from outside.</param>
/// <param name="Answer">What it answered, as JSON; empty where nothing.</param>
internal sealed record JobEnd(Job Job, DateTimeOffset Started, TimeSpan Took, int? ExitCode, string Answer, string Errors)
{
    /// <summary>Somebody should look: the data has errors, or it did not work.</summary>
    public bool WantsPerson => ExitCode != Terminal.ExitCode.Done;
}

/// <summary>
/// Runs the jobs of a workspace as they fall due, one at a time: they would wait for each other's lock. What fell due while nobody served is
/// done once, at the start. Each run is the program in a process of its own, and stands in the history like any other.
/// </summary>
internal sealed class JobRunner(Workspace workspace, IReadOnlyList<Job> jobs, RunHistory history, NoticeSender notices, TimeProvider clock, ILogger log)
{
    /// <summary>The variable that says to a run which job it is.</summary>
    public const string Variable = "INNOVATION_JOB";

    private static readonly Counter<long> Runs = Telemetry.Meter.CreateCounter<long>("innovation.jobs", "{run}", "Runs of jobs, by exit code");
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>A run that takes longer hangs.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private readonly InboxWatch _inbox = new(workspace.Inbox);
    private readonly Dictionary<string, DateTimeOffset?> _next = new(StringComparer.Ordinal);
    private readonly Queue<Job> _due = new();

    /// <summary>When a job is to run next by the clock; null where it waits for something else.</summary>
    public static DateTimeOffset? Next(Job job, DateTimeOffset from) =>
        job.Trigger is JobTrigger.At { Cron: var cron } ? cron.GetNextOccurrence(from, TimeZoneInfo.Local) : null;

    /// <summary>Goes on until it is told to stop; a run at work is then ended, which does no harm.</summary>
    public async Task Until(Action<JobEnd> tell, CancellationToken cancel)
    {
        var last = history.LastStarts();
        foreach (var job in jobs)
            _next[job.Name] = Next(job, last.TryGetValue(job.Name, out var at) ? at : clock.GetUtcNow());
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            do
            {
                Collect();
                while (_due.TryDequeue(out var job))
                {
                    var end = await Task.Run(() => Run(job, cancel), CancellationToken.None);
                    cancel.ThrowIfCancellationRequested();
                    if (end.ExitCode == ExitCode.Busy)
                    {
                        // Somebody writes at this moment: again at the next look.
                        _due.Enqueue(job);
                        break;
                    }
                    tell(end);
                    await notices.Tell(end, cancel);
                    if (end.ExitCode is ExitCode.Done or ExitCode.DataErrors)
                        foreach (var follower in jobs.Where(j => j.Trigger is JobTrigger.After { Job: var name } && name == job.Name))
                            Due(follower);
                }
            } while (await timer.WaitForNextTickAsync(cancel));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    /// <summary>Runs one job now.</summary>
    public JobEnd Run(Job job, CancellationToken cancel)
    {
        using var step = Telemetry.Step("job")?.SetTag("job", job.Name);
        var started = clock.GetUtcNow();
        var arguments = job.Arguments(DateOnly.FromDateTime(clock.GetLocalNow().DateTime));
        var answer = new System.Text.StringBuilder();
        int? code = null;
        var errors = "";
        try
        {
            using var child = new Child(
                [.. arguments, "--workspace", workspace.Root, "--json"],
                GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
                () => Longest,
                [(Variable, job.Name), .. step?.Id is { } id ? [(Telemetry.ParentVariable, id)] : Array.Empty<(string, string)>()]
            );
            using var stop = cancel.Register(child.Dispose);
            while (child.ReadLine() is { } line)
                if (answer.Length < 1 << 20)
                    answer.AppendLine(line);
            (code, errors) = (child.End == ChildEnd.Exited ? child.ExitCode : null, child.Errors);
        }
        catch (Exception e) when (cancel.IsCancellationRequested && e is InvalidOperationException or IOException or ObjectDisposedException)
        {
            // Ended with the service.
        }
        catch (ChildException e)
        {
            errors = e.Problem.ToString();
        }
        step?.SetTag("exit_code", code);
        Runs.Add(1, new KeyValuePair<string, object?>("job", job.Name), new KeyValuePair<string, object?>("exit_code", code));
        // Errors in the data stand in the findings; whatever else went wrong is told here alone.
        if (code is not (ExitCode.Done or ExitCode.DataErrors) && errors.Length > 0)
            log.LogError("job {Job}: {Errors}", job.Name, FileLog.Unquoted(errors));
        return new(job, started, clock.GetUtcNow() - started, code, answer.ToString(), errors);
    }

    private void Collect()
    {
        var now = clock.GetUtcNow();
        var hasNew = jobs.Any(j => j.Trigger is JobTrigger.Inbox) && _inbox.HasNew();
        foreach (var job in jobs)
            if (job.Trigger is JobTrigger.Inbox && hasNew)
                Due(job);
            else if (_next[job.Name] is { } at && at <= now)
            {
                _next[job.Name] = Next(job, now);
                Due(job);
            }
        if (hasNew)
            _inbox.Taken();
    }

    private void Due(Job job)
    {
        if (!_due.Contains(job))
            _due.Enqueue(job);
    }
}
