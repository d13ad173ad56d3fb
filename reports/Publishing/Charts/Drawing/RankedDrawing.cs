using Innovation1551.Models;
using Innovation1551.Publishing.Charts.Marks;
using Innovation1551.Publishing.Figures;
using ScottPlot;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>Horizontal bars by category, largest first; the year before as a dot, all enterprises as a line; also the progress towards targets.</summary>
internal static class RankedDrawing
{
    private const float Row = 25, LongestName = 275;

    public static float HeightOf(ChartScene scene) => 215 + Math.Max(4, scene.Slots.Count) * RowOf(scene);

    private static float RowOf(ChartScene scene) => scene.Definition.Kind == ChartKind.Progress ? 46 : Row;

    public static void Draw(ChartSheet sheet, ChartScene scene, Language language, float height)
    {
        var area = new ChartFrame(scene, language).Draw(sheet, height, Legend(scene, language), Subtitle(scene, language));
        var bars = scene.Series.First(s => !s.IsPrevious && !s.IsReference);
        var previous = scene.Series.FirstOrDefault(s => s.IsPrevious);
        var reference = scene.Series.FirstOrDefault(s => s.IsReference);
        var shown = scene.Series.SelectMany(s => s.Valued.Select(v => s.Show.Scaled(v.Value))).Concat(scene.Definition.Kind == ChartKind.Progress ? [100m] : []);
        var scale = AxisScale.For(shown, free: false, headroom: 0.1, steps: 6);
        var n = scene.Slots.Count;
        var progress = scene.Definition.Kind == ChartKind.Progress;

        using var plot = ChartStyle.NewPlot();
        var longest = progress ? 0 : LongestName;
        var names = scene.Slots.Select(s => progress ? "" : ChartText.Fit(s.Label.In(language), ChartStyle.TickSize, longest)).ToArray();
        var padding = new PixelPadding(ChartText.Widest(names, ChartStyle.TickSize) + 10, 30, 26, 6);
        plot.Layout.Fixed(padding);
        plot.Axes.SetLimits((double)scale.Low, (double)scale.High, -0.6, n - 0.4);
        plot.Axes.Left.TickGenerator = AxisTicks.At(Enumerable.Range(0, n).Select(i => (decimal)i));
        plot.Axes.Bottom.TickGenerator = AxisTicks.At(scale.Ticks);
        plot.Grid.XAxisStyle.IsVisible = true;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Grid.MajorLineColor = ChartStyle.Grid;

        var data = new SKRect(area.Left + padding.Left, area.Top + padding.Top, area.Right - padding.Right, area.Bottom - padding.Bottom);
        plot.Add.Bars(bars.Valued.Select(v => Bar(bars, v.Slot, v.Value, n, progress)).ToArray());
        if (scale.Low < 0)
            plot.Add.VerticalLine(0, 1, ChartStyle.Axis);
        if (reference?.Value(0) is { } all)
            plot.PlottableList.Add(Vertical(reference.Show.Scaled(all), n, ChartStyle.Target));
        if (progress)
            plot.PlottableList.Add(Vertical(100, n, ChartStyle.Target));
        if (previous is not null)
            foreach (var (slot, value) in previous.Valued)
            {
                var dot = plot.Add.Marker((double)previous.Show.Scaled(value), n - 1 - slot);
                dot.MarkerStyle = MarksOf.Dot(ChartStyle.Series(2));
            }

        plot.Render(sheet.Shapes, new PixelRect(area.Left, area.Right, area.Bottom, area.Top));
        for (var i = 0; i < scale.Ticks.Count; i++)
            sheet.Text(scale.Labels[i], (float)(data.Left + (double)((scale.Ticks[i] - scale.Low) / (scale.High - scale.Low)) * data.Width), data.Bottom + 18, ChartStyle.TickSize, ChartStyle.Ink, SKTextAlign.Center);
        for (var i = 0; i < n; i++)
            sheet.Text(names[i], data.Left - 8, data.Top + (i + 0.6f) / (n + 0.2f) * data.Height + 4.5f, ChartStyle.TickSize, ChartStyle.Ink, SKTextAlign.Right);
        DrawLabels(sheet, scene, bars, previous, progress ? 100 : reference?.Value(0) is { } line ? reference.Show.Scaled(line) : null, scale, data, language);
    }

    private static DashedLine Vertical(decimal value, int n, Color color) =>
        new([new Coordinates((double)value, -0.6), new Coordinates((double)value, n - 0.4)], color, 1.8f, 6, 4);

    private static Bar Bar(SceneSeries bars, int slot, decimal value, int n, bool progress)
    {
        var color = ChartStyle.Series(0);
        var provisional = bars.IsProvisional(slot);
        return new Bar
        {
            Position = n - 1 - slot,
            Value = (double)bars.Show.Scaled(value),
            Size = progress ? 0.36 : 0.68,
            Orientation = Orientation.Horizontal,
            FillColor = provisional ? ChartStyle.Hollow(color) : color,
            LineColor = color,
            LineWidth = provisional ? 1.5f : 0,
        };
    }

    private static void DrawLabels(ChartSheet sheet, ChartScene scene, SceneSeries bars, SceneSeries? previous, decimal? line, AxisScale scale, SKRect data, Language language)
    {
        var n = scene.Slots.Count;
        var progress = scene.Definition.Kind == ChartKind.Progress;
        for (var slot = 0; slot < n; slot++)
        {
            var y = data.Top + (slot + 0.6f) / (n + 0.2f) * data.Height;
            if (progress)
                sheet.Text(ChartText.Fit(scene.Slots[slot].Label.In(language), 12.5f, data.Width), data.Left + 2, y - 15, 12.5f, ChartStyle.Ink, halo: 4);

            if (bars.Value(slot) is not { } value)
            {
                var why = bars.Points[slot]?.Status == FigureStatus.Suppressed ? Wording.Suppressed : Wording.NoData;
                sheet.Text(why.In(language), X(Math.Max(0, scale.Low)) + 6, y + 4, 11, ChartStyle.SoftInk);
                continue;
            }

            var shown = bars.Show.Scaled(value);
            var end = X(shown);
            if (previous?.Value(slot) is { } before && Math.Abs(X(previous.Show.Scaled(before)) - end) is var off && value >= 0 && X(previous.Show.Scaled(before)) > end - 7 && off < 62)
                end = X(previous.Show.Scaled(before)) + 5;
            else if (previous?.Value(slot) is { } past && value < 0 && X(previous.Show.Scaled(past)) < end + 7 && end - X(previous.Show.Scaled(past)) < 62)
                end = X(previous.Show.Scaled(past)) - 5;
            var text = bars.Show.Label(value) + (progress ? "%" : "");
            var (x, align) = value < 0 ? (end - 6, SKTextAlign.Right) : (end + 6, SKTextAlign.Left);
            if (line is { } l && align == SKTextAlign.Left && X(l) > x - 5 && X(l) < x + ChartText.Width(text, ChartStyle.LabelSize) + 3)
                x = X(l) + 6;
            sheet.Text(text, x, y + 4.5f, ChartStyle.LabelSize, ChartStyle.Ink, align, halo: 3.5f);
        }

        float X(decimal value) => (float)(data.Left + (double)((value - scale.Low) / (scale.High - scale.Low)) * data.Width);
    }

    private static string Subtitle(ChartScene scene, Language language)
    {
        var year = language == Language.Zh ? $"{scene.ReportYear}年" : $"{scene.ReportYear}";
        var unit = scene.Unit.In(language);
        return unit.Length == 0 ? year : language == Language.Zh ? $"{year}，{unit}" : $"{year}. {unit}";
    }

    private static List<LegendKey> Legend(ChartScene scene, Language language)
    {
        var keys = new List<LegendKey>();
        foreach (var s in scene.Series.Where(s => s.Valued.Any()))
            keys.Add(s switch
            {
                { IsPrevious: true } => new LegendKey(s.Name.In(language), KeyShape.Dot, ChartStyle.Series(2)),
                { IsReference: true } => new LegendKey($"{s.Name.In(language)} {s.Show.Number(s.Valued.First().Value)}{(s.Show.Unit.En == "%" ? "%" : "")}", KeyShape.Dashes, ChartStyle.Target),
                _ when s.Valued.All(v => s.IsProvisional(v.Slot)) => new LegendKey(s.Name.In(language) + (language == Language.Zh ? "（初步数）" : " (provisional)"), KeyShape.HollowBox, ChartStyle.Series(0)),
                _ => new LegendKey(s.Name.In(language), KeyShape.Box, ChartStyle.Series(0)),
            });
        if (scene.Series[0].Valued.Any(v => scene.Series[0].IsProvisional(v.Slot)) && !scene.Series[0].Valued.All(v => scene.Series[0].IsProvisional(v.Slot)))
            keys.Add(new LegendKey(Wording.Provisional.In(language), KeyShape.HollowBox, ChartStyle.Series(0)));
        if (scene.Definition.Kind == ChartKind.Progress)
            keys.Add(new LegendKey(language == Language.Zh ? "100% = 当年目标路径值或公布的基准数（真实数据，见目标表来源）" : "100% = the path's value for the year, or the published reference (real, sources in the target table)", KeyShape.Dashes, ChartStyle.Target));
        return keys;
    }
}
