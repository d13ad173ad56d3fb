using System.Security.Cryptography;
using System.Text;

namespace Innovation1551.Models.Releases;

/// <summary>That a release may be published although something on its checklist does not hold.</summary>
/// <param name="Item">The item of the checklist.</param>
/// <param name="Faults">Hash of what did not hold when it was waived: what else turns up is not waived with it.</param>
/// <param name="By">Who answers for it.</param>
/// <param name="Why">The reason.</param>
public sealed record Waiver(string Release, string Item, string Faults, string By, string Why, DateTimeOffset At);

/// <summary>
/// What was waived, by whom and why: <c>releases/waivers.jsonl</c>. It lies beside the releases and never in one,
/// as approvals do.
/// </summary>
public sealed class Waivers
{
    public const string FileName = "waivers.jsonl";

    private readonly RecordList<Waiver> _given;

    /// <param name="releases">The folder of the releases.</param>
    public Waivers(string releases) => _given = new(Path.Combine(releases, FileName));

    /// <summary>That a line cannot be read; null where all can.</summary>
    public Text? Fault =>
        _given.Unread.Count == 0
            ? null
            : new(
                $"{FileName} 第 {string.Join("、", _given.Unread)} 行无法读取；其中的放行不算数，请从备份恢复或重新放行",
                $"{FileName}: line {string.Join(", ", _given.Unread)} cannot be read; what it waived does not count: bring it back from a backup or waive again"
            );

    /// <summary>The last waiver of just these faults; null where none was given.</summary>
    public Waiver? Of(string release, string item, IReadOnlyList<Text> faults) =>
        Hash(faults) is var hash ? _given.Records.LastOrDefault(w => w.Release == release && w.Item == item && w.Faults == hash) : null;

    /// <summary>Puts one on record; it is safe on the disk afterwards.</summary>
    public void Record(Waiver waiver) => _given.Add(waiver);

    /// <summary>By what faults are known again.</summary>
    public static string Hash(IReadOnlyList<Text> faults) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', faults.Select(f => f.En)))));
}
