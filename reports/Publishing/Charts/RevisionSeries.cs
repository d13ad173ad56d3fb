using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>By how much the main amounts of each year have been revised since they could first be told.</summary>
internal static class RevisionSeries
{
    private static readonly FigureText Show = FigureText.Percents(2, isChange: true);

    public static (SlotKind, IReadOnlyList<Slot>, IReadOnlyList<SceneSeries>) Build(PublishedRelease release, int year)
    {
        var slots = SceneBuilder.YearSlots;
        var series = release
            .RevisionCauses.GroupBy(r => r.Metric)
            .OrderBy(g => release.Metrics.TakeWhile(m => m.Code != g.Key).Count())
            .Select(causes =>
            {
                var points = new ScenePoint?[slots.Count];
                foreach (
                    var c in causes.Where(c => c.Year >= SceneBuilder.FirstYear && c.Year <= Math.Min(year, SceneBuilder.LastYear) && c.Percent is not null)
                )
                    points[c.Year - SceneBuilder.FirstYear] = new ScenePoint(c.Percent, FigureStatus.Actual, c.Key("change_percent"));
                return new SceneSeries($"revision/{causes.Key}", release.Metric(causes.Key).Name, release.Metric(causes.Key), Show, Mark.Column, 0, points);
            })
            .ToArray();
        return (SlotKind.Years, slots, series);
    }
}
