using Innovation1551.Models;
using Innovation1551.Publishing.Charts.Drawing;
using Innovation1551.Publishing.Figures;
using Color = ScottPlot.Color;

namespace Innovation1551.Publishing.Charts.Output;

/// <summary>By what the marks and numbers of one series are known in a finished picture, so that a reader can have it stand back.</summary>
/// <param name="Color">Of its marks.</param>
/// <param name="TextColor">Of its name and numbers beside them.</param>
/// <param name="Values">The figures that it tells.</param>
internal sealed record SeriesMarks(string Name, Color Color, Color TextColor, IReadOnlySet<Bound> Values)
{
    /// <summary>The series of a chart, where there are several and no two share a colour; else none. What is one series by its nature has none either: a change taken apart, places that rise and fall, a shaded table.</summary>
    public static IReadOnlyList<SeriesMarks> Of(ChartScene scene, Language language)
    {
        var drawn = scene.Series.Where(s => !s.IsBackground).ToArray();
        SeriesMarks[] series =
        [
            .. scene.Definition.Kind switch
            {
                ChartKind.Ranked => drawn.Select(s => Of(s.Name, RankedDrawing.ColorOf(s), s)),
                ChartKind.Multiples => Cells(drawn),
                ChartKind.Ranges => Places(scene),
                ChartKind.Waterfall or ChartKind.Slope or ChartKind.Heat or ChartKind.Progress => [],
                _ => scene.Series.Select((s, i) => Of(s.Name, TrendPanel.ColorOf(s, i), s)),
            },
        ];
        return series.Length > 1 && series.DistinctBy(s => s.Color).Count() == series.Length ? series : [];

        SeriesMarks Of(Text name, Color color, params SceneSeries[] of) =>
            new(name.In(language), color, ChartStyle.TextIn(color), of.SelectMany(s => s.Points).OfType<ScenePoint>().Select(p => p.Bound).ToHashSet());

        // In every small plot stands its own line, and in some that of all.
        SeriesMarks[] Cells(SceneSeries[] all) =>
            all.FirstOrDefault(s => s.IsReference) is { } total
                ? [Of(MultiplesDrawing.Own, ChartStyle.Main, [.. all.Where(s => !s.IsReference)]), Of(Wording.Total, ChartStyle.Muted, total)]
                : [];

        SeriesMarks[] Places(ChartScene of) =>
            [
                Of(EvaluationPlaces.Of(of, EvaluationPlaces.Place).Name, RangeDrawing.DotColor, EvaluationPlaces.Of(of, EvaluationPlaces.Place)),
                Of(RangeDrawing.Range, RangeDrawing.BandColor) with
                {
                    Values = EvaluationPlaces
                        .Of(of, EvaluationPlaces.Best)
                        .Points.Zip(EvaluationPlaces.Of(of, EvaluationPlaces.Worst).Points, (best, worst) => RangeDrawing.Span(best, worst))
                        .ToHashSet(),
                },
                .. EvaluationPlaces.Of(of, EvaluationPlaces.Before) is var before && before.Valued.Any()
                    ? [Of(before.Name, RangeDrawing.RingColor, before)]
                    : (SeriesMarks[])[],
            ];
    }
}
