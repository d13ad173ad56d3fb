using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>Turns a definition and a release into a scene.</summary>
public static class SceneBuilder
{
    /// <summary>Every annual chart shows these years, whether or not there are figures for them.</summary>
    public const int FirstYear = 2020,
        LastYear = 2028;

    public static ChartScene Build(ChartDefinition definition, PublishedRelease release, int year)
    {
        var (kind, slots, series) = definition switch
        {
            { Kind: ChartKind.Waterfall } => ChangeSeries.Build(definition, release, year),
            { Kind: ChartKind.Ranked } => Ranking.Build(definition, release, year),
            { Kind: ChartKind.Slope } => PlaceChanges.Build(definition, release, year),
            { Kind: ChartKind.Ranges } => EvaluationPlaces.Build(release, year),
            { Kind: ChartKind.Progress } => TargetProgress.Build(release, year),
            { Kind: ChartKind.Revisions } => RevisionSeries.Build(release, year),
            { Section: Section.Quality } => ResponseSeries.Build(release, year),
            { Series: [{ Period: not PeriodKind.Year }, ..] } => Monthly(definition, release, year),
            _ => Annual(definition, release, year),
        };
        var metrics = series.Select(s => s.Metric).DistinctBy(m => m.Code).ToArray();
        var scene = new ChartScene(
            definition,
            year,
            kind,
            slots,
            series,
            Heading(definition, kind),
            Units(kind, slots, series),
            Source(definition, release, metrics, year),
            release.Info.IsSynthetic
        );
        if (definition.Kind == ChartKind.Stacked && kind == SlotKind.Years)
            scene = scene with { Totals = TotalsOf(scene, release, year) };
        if (definition.WithTargets && kind == SlotKind.Years)
            scene = TargetMarks.AddTo(scene, release);
        if (definition.WithForecast)
            scene = ForecastFan.AddTo(scene, release);
        scene = scene with { Notes = ChartNotes.Of(scene, definition.Kind == ChartKind.Ranges ? EvaluationPlaces.Notice(release, year) : null) };
        return Headlines.AddTo(scene);
    }

    /// <summary>The published totals of the parts, where the parts as published make them up exactly; else the column has no number on top.</summary>
    private static SceneSeries? TotalsOf(ChartScene scene, PublishedRelease release, int year)
    {
        if (scene.Series is not [var first, ..])
            return null;
        var points = new ScenePoint?[scene.Slots.Count];
        foreach (var figure in release.Series(first.Metric.Code, "total").Where(f => f.Year >= FirstYear && f.Year <= Math.Min(year, LastYear)))
            points[figure.Year - FirstYear] = ScenePoint.Of(figure);
        for (var i = 0; i < points.Length; i++)
            if (points[i]?.Value != scene.Series.Select(s => s.Value(i)).Where(v => v is not null).DefaultIfEmpty(null).Aggregate((a, b) => a + b))
                points[i] = null;
        return points.All(p => p is null)
            ? null
            : new SceneSeries($"{first.Metric.Code}/total/all", Wording.Sum, first.Metric, first.Show, Mark.Column, 0, points);
    }

    /// <summary>The axis of every annual chart.</summary>
    public static IReadOnlyList<Slot> YearSlots { get; } =
        Enumerable
            .Range(FirstYear, LastYear - FirstYear + 1)
            .Select(y => y.ToString(CultureInfo.InvariantCulture))
            .Select(y => new Slot(y, new Text(y, y)))
            .ToArray();

    private static (SlotKind, IReadOnlyList<Slot>, IReadOnlyList<SceneSeries>) Annual(ChartDefinition definition, PublishedRelease release, int year)
    {
        var series = definition
            .Series.SelectMany(query =>
                Expand(
                    definition,
                    query,
                    release,
                    release.Series(query.Metric, query.Breakdown).Where(f => f.Year <= year).ToArray(),
                    YearSlots,
                    f => f.Year - FirstYear
                )
            )
            .ToArray();
        return (SlotKind.Years, YearSlots, series);
    }

    private static (SlotKind, IReadOnlyList<Slot>, IReadOnlyList<SceneSeries>) Monthly(ChartDefinition definition, PublishedRelease release, int year)
    {
        var figures = definition.Series.Select(q => release.Series(q.Metric, q.Breakdown, q.Period)).ToArray();
        var shown = definition.OwnYearOnly ? year : figures.SelectMany(f => f).Where(f => f.Year <= year + 1).Select(f => f.Year).DefaultIfEmpty(year).Max();
        var slots = Enumerable
            .Range(1, 12)
            .Select(m => new Slot(string.Create(CultureInfo.InvariantCulture, $"{shown}-{m:00}"), new Text($"{m}月", MonthNames[m - 1])))
            .ToArray();
        var series = definition
            .Series.SelectMany((query, i) => Expand(definition, query, release, figures[i].Where(f => f.Year == shown).ToArray(), slots, f => f.Month - 1))
            .ToArray();
        return (SlotKind.Months, slots, series);
    }

    private static readonly string[] MonthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private static IEnumerable<SceneSeries> Expand(
        ChartDefinition definition,
        SeriesQuery query,
        PublishedRelease release,
        IReadOnlyList<Figure> figures,
        IReadOnlyList<Slot> slots,
        Func<Figure, int> slotOf
    )
    {
        var metric = release.Metric(query.Metric);
        var codes =
            query.Category == SeriesQuery.EachCategory
                ? figures.Select(f => f.Category).Distinct().OrderBy(c => release.Category(query.Breakdown, c).SortOrder).ThenBy(c => c, StringComparer.Ordinal)
                : Enumerable.Repeat(query.Category, 1);
        foreach (var code in codes)
        {
            var points = new ScenePoint?[slots.Count];
            foreach (var figure in figures.Where(f => f.Category == code))
                if (slotOf(figure) is var slot && slot >= 0 && slot < points.Length)
                    points[slot] = ScenePoint.Of(figure);
            var name = query.Name ?? (query.Category == SeriesQuery.EachCategory ? release.Category(query.Breakdown, code).Name : metric.Name);
            yield return new SceneSeries($"{query.Metric}/{query.Breakdown}/{code}", name, metric, FigureText.For(metric), query.Mark, query.Panel, points)
            {
                IsReference = definition.WithTotal && query is { Breakdown: "total", Category: "all" },
            };
        }
    }

    private static Text Heading(ChartDefinition definition, SlotKind kind) =>
        kind switch
        {
            SlotKind.Years => new Text("年份", "Year"),
            SlotKind.Months => new Text("月份", "Month"),
            _ => definition.Kind == ChartKind.Progress ? new Text("目标", "Target") : new Text("类别", "Category"),
        };

    /// <summary>The unit, and for months the year that they belong to.</summary>
    private static Text Units(SlotKind kind, IReadOnlyList<Slot> slots, IReadOnlyList<SceneSeries> series)
    {
        var unit = Units(series);
        if (unit.Zh.Length == 0)
            return unit;
        return kind == SlotKind.Months ? new Text($"{slots[0].Key[..4]}年，{unit.Zh}", $"{slots[0].Key[..4]}. {unit.En}") : unit;
    }

    private static Text Units(IReadOnlyList<SceneSeries> series)
    {
        var units = series.Select(s => s.Show.Unit).Where(u => u.Zh.Length > 0).Distinct().ToArray();
        return units.Length == 0
            ? new Text("", "")
            : new Text("单位：" + string.Join("、", units.Select(u => u.Zh)), "Unit: " + string.Join(", ", units.Select(u => u.En)));
    }

    private static Text Source(ChartDefinition definition, PublishedRelease release, IReadOnlyList<Metric> metrics, int year)
    {
        var bases = metrics.Select(m => m.Basis).Where(b => b.Zh.Length > 0).Distinct().ToArray();
        if (definition.Section is Section.Quality or Section.Revisions)
            return new Text(
                $"来源：本版本收到的报表。截至{release.Info.AsOf}。发布版本{release.Info.Id}",
                $"Source: the returns received for this release. As of {release.Info.AsOf}. Release {release.Info.Id}"
            );
        var asOf = definition
            .Series.SelectMany(q => release.Series(q.Metric, q.Breakdown, q.Period))
            .Where(f => f.Value is not null && f.Year <= (f.Kind == PeriodKind.Year ? year : year + 1))
            .Max(f => f.AsOf);
        var date = asOf is { } d ? d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : release.Info.AsOf;
        var zh = bases.Length == 0 ? "" : "口径：" + string.Join("、", bases.Select(b => b.Zh)) + "。";
        var en = bases.Length == 0 ? "" : "Basis: " + string.Join(", ", bases.Select(b => b.En)) + ". ";
        return new Text(
            $"来源：省属企业科技统计报表。{zh}截至{date}。发布版本{release.Info.Id}",
            $"Source: S&T returns of provincial state-owned enterprises. {en}As of {date}. Release {release.Info.Id}"
        );
    }
}
