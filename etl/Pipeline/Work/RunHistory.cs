using System.Globalization;
using System.Text.Json;
using Innovation1551.Models;
using Innovation1551.Models.Releases;

namespace Innovation1551.Pipeline.Work;

/// <summary>
/// What was done in a workspace, by whom and how it ended: a line of JSON when a run of the program starts and one when it ends, never
/// changed. A start without an end is a run that was killed, or is at work. <c>operations.run</c> reads it by SQL.
/// </summary>
public sealed class RunHistory(Workspace workspace, TimeProvider clock)
{
    /// <summary>A run begins.</summary>
    /// <param name="job">The job that it is; null where a person started it.</param>
    /// <returns>Its name, for its end.</returns>
    public string Start(string verb, IReadOnlyList<string> arguments, string? job)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
        Append(
            new
            {
                Event = "start",
                Id = id,
                At = clock.GetUtcNow(),
                Verb = verb,
                Arguments = arguments,
                Job = job,
                User = Environment.UserName,
                Process = Environment.ProcessId,
            }
        );
        return id;
    }

    /// <summary>It has ended, with the release that is in force now.</summary>
    public void End(string id, int exitCode) =>
        Append(
            new
            {
                Event = "end",
                Id = id,
                At = clock.GetUtcNow(),
                ExitCode = exitCode,
                Release = Directory.Exists(workspace.Releases) ? new ReleaseStore(workspace.Releases).Current : null,
            }
        );

    /// <summary>Somebody was told how a job ended, or could not be.</summary>
    /// <param name="way">webhook, mail.</param>
    /// <param name="failure">Null where it went out.</param>
    public void Notice(string job, string way, string? failure) =>
        Append(
            new
            {
                Event = "notice",
                At = clock.GetUtcNow(),
                Job = job,
                Way = way,
                Failure = failure,
            }
        );

    /// <summary>When each job started last, as far back as last year.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> LastStarts()
    {
        var last = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        if (!Directory.Exists(workspace.History))
            return last;
        foreach (var file in Directory.EnumerateFiles(workspace.History, "run-*.jsonl").Order(StringComparer.Ordinal).TakeLast(2))
        foreach (var line in File.ReadLines(file).Where(l => l.Length > 0))
            try
            {
                using var entry = JsonDocument.Parse(line);
                if (
                    entry.RootElement.GetProperty("event").GetString() == "start"
                    && entry.RootElement.TryGetProperty("job", out var job)
                    && entry.RootElement.GetProperty("at").TryGetDateTimeOffset(out var at)
                )
                    last[job.GetString()!] = at;
            }
            catch (JsonException)
            {
                // The line that was being written when the power failed.
            }
        return last;
    }

    private void Append(object entry)
    {
        var line = JsonLine.Of(entry);
        Directory.CreateDirectory(workspace.History);
        var file = Path.Combine(workspace.History, $"run-{clock.GetUtcNow().ToString("yyyy", CultureInfo.InvariantCulture)}.jsonl");
        Durable.Append(file, line);
    }
}
