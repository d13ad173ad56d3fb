using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>What a group added to the growth of all enterprises together, in the comparable perimeter.</summary>
/// <param name="Points">Percentage points of that growth; over the groups they sum to it.</param>
/// <param name="Share">Share of the change of all, in percent; null where all together hardly moved.</param>
public sealed record Contribution(string Metric, string Category, int Year, decimal Change, decimal Points, decimal? Share)
{
    /// <summary>Where one of its numbers stands: <c>change</c>, <c>pull_points</c> or <c>share_percent</c>.</summary>
    public Bound Key(string column) => Bound.Record(FormattableString.Invariant($"contribution/{Metric}/{Category}/{Year}/{column}"));

    public static readonly FigureText PointsText = new(1, FigureText.PercentagePoints, 2, false, true);

    public static readonly FigureText ShareText = FigureText.Percents(1);
}
