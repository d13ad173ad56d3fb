using Innovation1551.Models;
using Innovation1551.Publishing.Charts.Drawing;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts.Output;

/// <summary>By what the marks and numbers of one series are known in a finished picture, so that a reader can have it stand back.</summary>
/// <param name="Color">Of its marks.</param>
/// <param name="TextColor">Of its name and numbers beside them.</param>
/// <param name="Values">The figures that it tells.</param>
internal sealed record SeriesMarks(string Name, ScottPlot.Color Color, ScottPlot.Color TextColor, IReadOnlySet<Bound> Values)
{
    /// <summary>The series of a chart over years or months, where there are several and no two share a colour; else none.</summary>
    public static IReadOnlyList<SeriesMarks> Of(ChartScene scene, Language language)
    {
        if (scene.Definition.Kind is not (ChartKind.Lines or ChartKind.Columns or ChartKind.Stacked or ChartKind.Shares or ChartKind.Panels))
            return [];
        SeriesMarks[] series =
        [
            .. scene.Series.Select(
                (s, i) =>
                {
                    var color = TrendPanel.ColorOf(s, i);
                    return new SeriesMarks(
                        s.Name.In(language),
                        color,
                        ChartStyle.TextIn(color),
                        s.Points.OfType<ScenePoint>().Select(p => p.Bound).ToHashSet()
                    );
                }
            ),
        ];
        return series.Length > 1 && series.DistinctBy(s => s.Color).Count() == series.Length ? series : [];
    }
}
