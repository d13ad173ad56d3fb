using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>Categories in the order of the report year's figure, with the year before beside it.</summary>
internal static class Ranking
{
    public static (SlotKind, IReadOnlyList<Slot>, IReadOnlyList<SceneSeries>) Build(ChartDefinition definition, PublishedRelease release, int year)
    {
        var query = definition.Series[0];
        var metric = release.Metric(query.Metric);
        var figures = release.Series(query.Metric, query.Breakdown);
        var codes = figures
            .Where(f => f.Year == year)
            .OrderByDescending(f => f.Value ?? decimal.MinValue)
            .ThenBy(f => release.Category(query.Breakdown, f.Category).SortOrder)
            .ThenBy(f => f.Category, StringComparer.Ordinal)
            .Select(f => f.Category)
            .Distinct()
            .ToArray();
        var slots = codes.Select(c => new Slot(c, release.Category(query.Breakdown, c).Name)).ToArray();
        var series = new List<SceneSeries> { Of(year, false), Of(year - 1, true) };
        if (series[1].Valued.Any() is false)
            series.RemoveAt(1);
        if (definition.WithTotal && release.Annual(query.Metric, year) is { } total)
            series.Add(
                new SceneSeries(
                    $"{query.Metric}/total/all",
                    Wording.Total,
                    metric,
                    FigureText.For(metric),
                    Mark.Line,
                    0,
                    codes.Select(_ => (ScenePoint?)ScenePoint.Of(total)).ToArray()
                )
                {
                    IsReference = true,
                }
            );
        return (SlotKind.Categories, slots, series);

        SceneSeries Of(int of, bool previous)
        {
            var byCode = figures.Where(f => f.Year == of).GroupBy(f => f.Category).ToDictionary(g => g.Key, g => g.First());
            var name = new Text($"{of}年", $"{of}");
            return new SceneSeries(
                $"{query.Metric}/{query.Breakdown}/{of}",
                name,
                metric,
                FigureText.For(metric),
                Mark.Column,
                0,
                codes.Select(c => byCode.TryGetValue(c, out var f) ? ScenePoint.Of(f) : null).ToArray()
            )
            {
                IsPrevious = previous,
            };
        }
    }
}
