using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>A published number beside the figure that it is held against in one year, and how the two stand to each other.</summary>
/// <param name="Gone">Way from the base year's figure to the target that has been gone, in percent; null without a path of equal steps.</param>
/// <param name="TimeGone">Time from the base year to the due year that has passed, in percent.</param>
/// <param name="Standing"><c>reached</c>, <c>early</c>, <c>ahead</c>, <c>on_course</c>, <c>behind</c>, <c>missed</c>, <c>open</c>; for references <c>above</c>, <c>equal</c>, <c>below</c>.</param>
public sealed record TargetStanding(
    string TargetId,
    int Year,
    string FigureId,
    decimal? Path,
    decimal? Missing,
    decimal? RequiredGrowth,
    string Standing,
    decimal? Gone,
    decimal? TimeGone
)
{
    /// <summary>Where one of its numbers stands.</summary>
    public Bound Key(string column) => Bound.Record(FormattableString.Invariant($"target_progress/{TargetId}/{Year}/{column}"));
}
