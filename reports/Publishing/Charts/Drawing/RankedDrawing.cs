using Innovation1551.Models;
using Innovation1551.Publishing.Charts.Marks;
using Innovation1551.Publishing.Figures;
using ScottPlot;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>
/// Horizontal bars by category, largest first; the year before as a dot, all enterprises as a line. The numbers stand in columns of their
/// own at the right, so that none has to give way to a mark.
/// </summary>
internal static class RankedDrawing
{
    private const float Row = 25,
        LongestName = 275,
        Heading = 18,
        Between = 14;

    public static float HeightOf(ChartScene scene) => 215 + Heading + Math.Max(4, scene.Slots.Count) * Row;

    public static void Draw(ChartSheet sheet, ChartScene scene, Language language, float height)
    {
        var area = new ChartFrame(scene, language).Draw(sheet, height, Legend(scene, language), Subtitle(scene, language));
        var bars = scene.Series.First(s => !s.IsPrevious && !s.IsReference);
        var previous = scene.Series.FirstOrDefault(s => s.IsPrevious);
        var reference = scene.Series.FirstOrDefault(s => s.IsReference);
        var scale = AxisScale.For(scene.Series.SelectMany(s => s.Valued.Select(v => s.Show.Scaled(v.Value))), free: false, headroom: 0.04, steps: 6);
        var n = scene.Slots.Count;

        using var plot = ChartStyle.NewPlot();
        var names = scene.Slots.Select(s => ChartText.Fit(s.Label.In(language), ChartStyle.TickSize, LongestName)).ToArray();
        var columns = new[] { bars, previous }.OfType<SceneSeries>().Select(s => (Series: s, Width: WidthOf(s, language))).ToArray();
        var padding = new PixelPadding(ChartText.Widest(names, ChartStyle.TickSize) + 10, columns.Sum(c => c.Width + Between) + 4, 26, 6 + Heading);
        plot.Layout.Fixed(padding);
        plot.Axes.SetLimits((double)scale.Low, (double)scale.High, -0.6, n - 0.4);
        plot.Axes.Left.TickGenerator = AxisTicks.At(Enumerable.Range(0, n).Select(i => (double)i));
        plot.Axes.Bottom.TickGenerator = AxisTicks.At(scale);
        plot.Grid.XAxisStyle.IsVisible = true;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Grid.MajorLineColor = ChartStyle.Grid;

        var data = new SKRect(area.Left + padding.Left, area.Top + padding.Top, area.Right - padding.Right, area.Bottom - padding.Bottom);
        plot.Add.Bars(
            bars.Valued.Select(v => new Bar
                {
                    Position = n - 1 - v.Slot,
                    Value = (double)bars.Show.Scaled(v.Value),
                    Size = 0.68,
                    Orientation = Orientation.Horizontal,
                    FillColor = ColorOf(bars),
                    LineWidth = 0,
                })
                .ToArray()
        );
        if (scale.Low < 0)
            plot.Add.VerticalLine(0, 1, ChartStyle.Axis);
        if (reference?.Value(0) is { } all)
            plot.PlottableList.Add(
                new DashedLine(
                    [new Coordinates((double)reference.Show.Scaled(all), -0.6), new Coordinates((double)reference.Show.Scaled(all), n - 0.4)],
                    ColorOf(reference),
                    1.8f,
                    6,
                    4
                )
            );
        if (previous is not null)
            foreach (var (slot, value) in previous.Valued)
                plot.Add.Marker((double)previous.Show.Scaled(value), n - 1 - slot).MarkerStyle = MarksOf.Dot(ColorOf(previous));

        ChartStyle.Render(plot, sheet.Shapes, area);
        for (var i = 0; i < scale.Ticks.Count; i++)
            sheet.Text(
                scale.Labels[i],
                (float)(data.Left + (double)((scale.Ticks[i] - scale.Low) / (scale.High - scale.Low)) * data.Width),
                data.Bottom + 18,
                ChartStyle.TickSize,
                ChartStyle.Ink,
                Bound.Words(Prose.Axis),
                SKTextAlign.Center
            );
        for (var i = 0; i < n; i++)
            sheet.Text(names[i], data.Left - 8, Y(i), ChartStyle.TickSize, ChartStyle.Ink, Bound.Words(Prose.Name), SKTextAlign.Right);
        var right = data.Right + 4;
        foreach (var (s, width) in columns)
        {
            right += width + Between;
            Column(sheet, scene, s, right, data.Top - 6, Y, language);
        }

        float Y(int slot) => data.Top + (slot + 0.6f) / (n + 0.2f) * data.Height + 4.5f;
    }

    /// <summary>Bars for the year, dots for the year before, a line for all.</summary>
    public static Color ColorOf(SceneSeries s) =>
        s.IsPrevious ? ChartStyle.Line(1)
        : s.IsReference ? ChartStyle.Target
        : ChartStyle.Main;

    private static string Mark(ChartScene scene, SceneSeries s) => !s.IsPrevious && scene.HasProvisional ? FigureText.ProvisionalMark : "";

    private static string Said(SceneSeries s, int slot, Language language) =>
        s.Points[slot] switch
        {
            { Value: { } value } => s.Show.Label(value),
            { Status: FigureStatus.Suppressed } => Wording.Suppressed.In(language),
            _ => s.IsPrevious ? "" : Wording.NoData.In(language),
        };

    private static float WidthOf(SceneSeries s, Language language) =>
        ChartText.Widest(s.Points.Select((_, i) => Said(s, i, language)).Append(s.Name.In(language)), ChartStyle.LabelSize) + 4;

    private static void Column(ChartSheet sheet, ChartScene scene, SceneSeries s, float right, float heading, Func<int, float> y, Language language)
    {
        sheet.Text(
            s.Name.In(language),
            right - 4,
            heading,
            SmallHeading,
            ChartStyle.SoftInk,
            Bound.Words(Prose.Period),
            SKTextAlign.Right,
            bold: !s.IsPrevious
        );
        sheet.Text(Mark(scene, s), right - 3, heading - 3, 9.5f, ChartStyle.SoftInk, Bound.Nothing);
        for (var slot = 0; slot < s.Points.Count; slot++)
            sheet.Text(
                Said(s, slot, language),
                right - 4,
                y(slot),
                ChartStyle.LabelSize,
                s.IsPrevious ? ChartStyle.SoftInk : ChartStyle.Ink,
                s.Points[slot]?.Bound ?? Bound.Nothing,
                SKTextAlign.Right,
                bold: !s.IsPrevious
            );
    }

    private const float SmallHeading = 11.5f;

    private static string Subtitle(ChartScene scene, Language language)
    {
        var year = language == Language.Zh ? $"{scene.ReportYear}年" : $"{scene.ReportYear}";
        var unit = scene.Unit.In(language);
        return unit.Length == 0 ? year
            : language == Language.Zh ? $"{year}，{unit}"
            : $"{year}. {unit}";
    }

    private static List<LegendKey> Legend(ChartScene scene, Language language)
    {
        var keys = new List<LegendKey>();
        foreach (var s in scene.Series.Where(s => s.Valued.Any()))
            keys.Add(
                s switch
                {
                    { IsPrevious: true } => new LegendKey(s.Name.In(language), KeyShape.Dot, ColorOf(s), Bound: Bound.Words(Prose.Period)),
                    { IsReference: true } => new LegendKey(
                        $"{s.Name.In(language)} {s.Show.Number(s.Valued.First().Value)}{(s.Show.Unit.En == "%" ? "%" : "")}",
                        KeyShape.Dashes,
                        ColorOf(s),
                        Bound: s.Points[0]!.Bound
                    ),
                    _ => new LegendKey(s.Name.In(language), KeyShape.Box, ColorOf(s), Bound: Bound.Words(Prose.Period)),
                }
            );
        if (scene.HasProvisional)
            keys.Add(LegendKey.Provisional(scene, language));
        return keys;
    }
}
