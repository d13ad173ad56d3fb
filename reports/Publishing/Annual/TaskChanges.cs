using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>What differs between two months of one ledger. Each task is in one of these, or stands where it stood.</summary>
internal sealed class TaskChanges
{
    private TaskChanges(IReadOnlyList<TaskMonth> before, IReadOnlyList<TaskMonth> now)
    {
        var was = before.ToDictionary(t => t.No);
        Before = before[0].Period;
        Now = now[0].Period;
        Listed = [.. now.Where(t => !was.ContainsKey(t.No))];
        var here = now.Select(t => t.No).ToHashSet();
        Struck = [.. before.Where(t => !here.Contains(t.No))];
        var both = now.Where(t => was.ContainsKey(t.No)).Select(t => (Was: was[t.No], Is: t)).ToArray();
        NewlyLate = [.. both.Where(t => t.Is.IsLate && !t.Was.IsLate).Select(t => t.Is)];
        NewlyDone = [.. both.Where(t => t.Is.IsDone && !t.Was.IsDone).Select(t => t.Is)];
        LateNoMore = [.. both.Where(t => t.Was.IsLate && !t.Is.IsLate && !t.Is.IsDone).Select(t => t.Is)];
        Moved = [.. both.Where(t => t.Was.Standing != t.Is.Standing && t.Was.IsDone == t.Is.IsDone && (t.Was.IsLate == t.Is.IsLate || t.Is.IsDone))];
        StandingBefore = was;
    }

    /// <summary>The months that are compared.</summary>
    public string Before { get; }
    public string Now { get; }

    /// <summary>New on the list; they are told here alone.</summary>
    public IReadOnlyList<TaskMonth> Listed { get; }

    /// <summary>On the list no more, as they stood.</summary>
    public IReadOnlyList<TaskMonth> Struck { get; }

    public IReadOnlyList<TaskMonth> NewlyLate { get; }

    public IReadOnlyList<TaskMonth> NewlyDone { get; }

    /// <summary>Neither late any more nor done.</summary>
    public IReadOnlyList<TaskMonth> LateNoMore { get; }

    /// <summary>From one standing to another without becoming late, no more late, or done.</summary>
    public IReadOnlyList<(TaskMonth Was, TaskMonth Is)> Moved { get; }

    public IReadOnlyDictionary<string, TaskMonth> StandingBefore { get; }

    /// <summary>Against the month before; of a ledger that skips months, the last one before. Null in the first.</summary>
    public static TaskChanges? Of(PublishedRelease release, IReadOnlyList<TaskMonth> now)
    {
        var before = release.Tasks.Where(t => t.Year == now[0].Year && t.Month < now[0].Month).GroupBy(t => t.Month).MaxBy(m => m.Key)?.ToArray();
        return before is null ? null : new TaskChanges(before, now);
    }

    /// <summary>Where one of its counts stands: <c>newly_late</c>, <c>newly_done</c>, <c>late_no_more</c>, <c>listed</c>, <c>struck</c>, <c>RUN/DUE</c>.</summary>
    public Bound Key(string what) => Bound.Record($"task_change/{Now}/{what}");
}
