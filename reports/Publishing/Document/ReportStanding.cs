using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Models.Releases;

namespace Innovation1551.Publishing.Document;

/// <summary>Whether a report may be taken for the official one: what its imprint says of the approval, and what a reader is warned of.</summary>
/// <param name="State">draft, embargoed or approved; as the manifest of the report says it.</param>
/// <param name="Approval">Who approved what it was made from; null where nobody has.</param>
public sealed record ReportStanding(string State, Approval? Approval)
{
    /// <summary>Whether what is missing is marked at its place: for those who work on the draft.</summary>
    public bool MarksGaps { get; init; }

    /// <summary>The standing of a report that is made on a day.</summary>
    /// <param name="asDraft">A draft was asked for, whatever was approved.</param>
    public static ReportStanding Of(Approval? approval, DateOnly today, bool asDraft = false) =>
        new(
            approval?.Embargo > today ? "embargoed"
                : approval is null || asDraft ? "draft"
                : "approved",
            approval
        )
        {
            MarksGaps = asDraft,
        };

    /// <summary>The mark on every page; null for a report that may be taken for the official one.</summary>
    internal Text? Stamp => State == "approved" ? null : new Text("草稿", "Draft");

    /// <summary>What must be known before the first figure.</summary>
    internal Phrase Notice =>
        State switch
        {
            "approved" => Phrase.Empty,
            "embargoed" => Phrase
                .Empty.Say("草稿：本版数据已批准，", "Draft: this release is approved and is not to be published before ")
                .Period(Day(Approval!.Embargo!.Value), Day(Approval.Embargo.Value))
                .Say("前不得发布。", "."),
            _ when Approval is not null => Phrase.Empty.Say("草稿，不是正式报告。", "Draft, and not the official report."),
            _ => Phrase.Empty.Say(
                "草稿：本版数据尚未批准，不得作为正式数引用。",
                "Draft: this release has not been approved, and its figures are not official."
            ),
        };

    /// <summary>Who approved it and when; empty where nobody has.</summary>
    internal Phrase Imprint =>
        Approval is null
            ? Phrase.Empty
            : Phrase
                .Empty.Say("，", ", approved by ")
                .Name(new Text(Approval.By, Approval.By))
                .Say("于", " on ")
                .Period(Day(DateOnly.FromDateTime(Approval.At.DateTime)), Day(DateOnly.FromDateTime(Approval.At.DateTime)))
                .Say("批准", "");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
