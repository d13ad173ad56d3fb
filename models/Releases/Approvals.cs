namespace Innovation1551.Models.Releases;

/// <summary>That a release was approved, or that an approval was taken back.</summary>
/// <param name="ContentHash">What was approved: the hash of what the release says.</param>
/// <param name="By">Who approved it.</param>
/// <param name="Why">The reason, or the minute that decided it.</param>
/// <param name="Embargo">The first day on which it may be published; null for at once.</param>
/// <param name="IsUndone">The approval is taken back.</param>
public sealed record Approval(string Release, string ContentHash, string By, string Why, DateTimeOffset At, DateOnly? Embargo, bool IsUndone);

/// <summary>
/// Which releases are approved, by whom and why. The list lies beside the releases and never in one: a release is sealed when it is built, and who approves it
/// later must not change a byte of it. What was done and undone stays on record, also when a release is pruned.
/// </summary>
public sealed class Approvals
{
    public const string FileName = "approvals.jsonl";

    private readonly RecordList<Approval> _given;
    private readonly Dictionary<string, Approval> _last = new(StringComparer.Ordinal);
    private readonly HashSet<string> _approvers = new(StringComparer.Ordinal);

    /// <param name="releases">The folder of the releases.</param>
    public Approvals(string releases)
    {
        _given = new(Path.Combine(releases, FileName));
        foreach (var approval in _given.Records)
            Remember(approval);
    }

    /// <summary>Who has ever approved something here, whether or not it was taken back.</summary>
    public IReadOnlySet<string> Approvers => _approvers;

    /// <summary>That a line cannot be read; null where all can.</summary>
    public Text? Fault =>
        _given.Unread.Count == 0
            ? null
            : new(
                $"{FileName} 第 {string.Join("、", _given.Unread)} 行无法读取；其中的批准不算数，请从备份恢复或重新批准",
                $"{FileName}: line {string.Join(", ", _given.Unread)} cannot be read; what it approved does not count: bring it back from a backup or approve again"
            );

    /// <summary>The approval of a release, of whatever content; null where there is none, or it was taken back.</summary>
    public Approval? Of(string release) => _last.GetValueOrDefault(release) is { IsUndone: false } approval ? approval : null;

    /// <summary>The approval of what a release says; null where none is in force, or it was given to something else.</summary>
    public Approval? Of(Manifest manifest) => Of(manifest.Id) is { } approval && approval.ContentHash == manifest.ContentHash ? approval : null;

    /// <summary>The releases whose approval is in force: they are kept.</summary>
    public IReadOnlySet<string> Approved => _last.Values.Where(a => !a.IsUndone).Select(a => a.Release).ToHashSet(StringComparer.Ordinal);

    /// <summary>That an approval was given to another content than the release has; null where they agree or nothing is approved.</summary>
    public Text? Mismatch(Manifest manifest) =>
        Of(manifest.Id) is { } approval && approval.ContentHash != manifest.ContentHash
            ? new(
                $"{manifest.Id} 的批准（{approval.By}）针对内容 {Short(approval.ContentHash)}，而该版本的内容为 {Short(manifest.ContentHash)}：批准不算数",
                $"{manifest.Id} was approved (by {approval.By}) with the content {Short(approval.ContentHash)} and has {Short(manifest.ContentHash)}: the approval does not count"
            )
            : null;

    /// <summary>Puts one on record; it is safe on the disk afterwards.</summary>
    public void Record(Approval approval)
    {
        _given.Add(approval);
        FaultPoint.Reach("approval.recorded");
        Remember(approval);
    }

    private void Remember(Approval approval)
    {
        _last[approval.Release] = approval;
        _approvers.Add(approval.By);
    }

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
