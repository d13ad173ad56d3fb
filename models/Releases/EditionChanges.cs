using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Releases;

/// <summary>
/// What changed between a release and the edition before it. The edition before is the last release with a lower number that somebody has approved and
/// whose approval is in force: what readers were given, and not what was built in between.
/// </summary>
/// <param name="Before">The release of the edition before.</param>
/// <param name="ApprovedOn">When that was approved.</param>
/// <param name="All">Every figure that differs, with its parts by cause.</param>
public sealed record EditionChanges(string Before, DateOnly ApprovedOn, IReadOnlyList<AttributedChange> All)
{
    /// <summary>What a reader calls a cause.</summary>
    public static Text Name(Cause cause) =>
        cause switch
        {
            Cause.Definition => new("规则与定义", "rules and definitions"),
            Cause.Perimeter => new("代码表与范围", "code lists and perimeter"),
            Cause.LateReturn => new("迟报", "late returns"),
            Cause.Resubmission => new("重报", "resubmissions"),
            Cause.Correction => new("更正", "corrections"),
            _ => new("分母修订", "denominator"),
        };

    /// <summary>The word of a cause in data: <c>late_return</c>.</summary>
    public static string Code(Cause cause) =>
        string.Concat(cause.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    /// <summary>The edition before a release; null where there is none.</summary>
    /// <exception cref="ReleaseException">Its manifest is damaged.</exception>
    public static string? EditionBefore(ReleaseStore store, string release)
    {
        var approvals = store.Approvals;
        return store
            .Ids.Where(id => string.CompareOrdinal(id, release) < 0 && approvals.Of(id) is not null)
            .Reverse()
            .FirstOrDefault(id => approvals.Of(store.Find(id)) is not null);
    }

    /// <summary>What changed since the edition before, which is open.</summary>
    public static EditionChanges Between(string before, Approval approval, DuckDBConnection older, DuckDBConnection newer) =>
        new(before, DateOnly.FromDateTime(approval.At.DateTime), ReleaseAttribution.Between(older, newer));

    /// <summary>Figures that stood in both and differ.</summary>
    public IEnumerable<AttributedChange> Revised => All.Where(c => c.Kind == "revised");

    /// <summary>How many figures are revised, added or removed.</summary>
    public int Count(string kind) => All.Count(c => c.Kind == kind);

    /// <summary>How many revised figures a cause took part in.</summary>
    public int Count(Cause cause) => Revised.Count(c => c.Parts.ContainsKey(cause));
}
