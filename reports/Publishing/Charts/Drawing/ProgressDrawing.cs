using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using ScottPlot;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>How far each target has been reached: a bar for the actual, a stroke across it where the target or its path stands, the words above both.</summary>
internal static class ProgressDrawing
{
    private const float Row = 50,
        BarHeight = 15,
        ValueRoom = 64;

    public static float HeightOf(ChartScene scene) => 205 + Math.Max(2, scene.Slots.Count) * Row;

    public static void Draw(ChartSheet sheet, ChartScene scene, Language language, float height)
    {
        var area = new ChartFrame(scene, language).Draw(sheet, height, Legend(scene, language), Subtitle(scene, language));
        var bars = scene.Series[0];
        var scale = AxisScale.For(bars.Valued.Select(v => v.Value).Append(100), free: false, headroom: 0.02, steps: 5);
        var data = new SKRect(area.Left, area.Top, area.Right - ValueRoom, area.Bottom - 22);
        var row = data.Height / Math.Max(1, scene.Slots.Count);
        using var fill = ChartStyle.Fill(ChartStyle.Main);
        using var ground = ChartStyle.Fill(ChartStyle.Grid);
        using var aim = ChartStyle.Stroke(ChartStyle.Target, 3);
        using var path = ChartStyle.Stroke(ChartStyle.Warning, 2.4f);
        using var halo = ChartStyle.Stroke(ChartStyle.Paper, 5);
        using var rule = ChartStyle.Stroke(ChartStyle.Axis, 1);
        for (var slot = 0; slot < scene.Slots.Count; slot++)
        {
            var top = data.Top + slot * row + row - BarHeight - 8;
            sheet.Text(ChartText.Fit(scene.Slots[slot].Label.In(language), 12.5f, area.Width), data.Left, top - 8, 12.5f, ChartStyle.Ink, Told(scene, slot));
            sheet.Shapes.DrawRect(data.Left, top, X(100) - data.Left, BarHeight, ground);
            if (bars.Value(slot) is not { } value)
                continue;
            sheet.Shapes.DrawRect(data.Left, top, Math.Max(1, X(value) - data.Left), BarHeight, fill);
            sheet.Shapes.DrawLine(X(100), top - 3, X(100), top + BarHeight + 3, aim);
            if (scene.Series.FirstOrDefault(s => s.Key == TargetProgress.PathKey)?.Value(slot) is { } course)
            {
                sheet.Shapes.DrawLine(X(course), top - 2, X(course), top + BarHeight + 2, halo);
                sheet.Shapes.DrawLine(X(course), top - 2, X(course), top + BarHeight + 2, path);
            }
            sheet.Text(
                bars.Show.Number(value) + "%",
                Math.Max(X(value), X(100)) + 8,
                top + 12,
                ChartStyle.LabelSize,
                ChartStyle.Ink,
                bars.Points[slot]!.Bound,
                bold: true
            );
        }

        sheet.Shapes.DrawLine(data.Left, data.Top, data.Left, data.Bottom, rule);
        for (var i = 0; i < scale.Ticks.Count; i++)
            sheet.Text(
                scale.Labels[i],
                X(scale.Ticks[i]),
                data.Bottom + 18,
                ChartStyle.TickSize,
                ChartStyle.Ink,
                Bound.Words(Prose.Axis),
                i == 0 ? SKTextAlign.Left : SKTextAlign.Center
            );

        float X(decimal value) => (float)(data.Left + (double)((value - scale.Low) / (scale.High - scale.Low)) * data.Width);
    }

    /// <summary>The actual and the number that it is held against: both stand in the words of the row.</summary>
    private static Bound Told(ChartScene scene, int slot) => scene.Series[0].Points[slot]?.Bound ?? Bound.Words(Prose.Name);

    private static string Subtitle(ChartScene scene, Language language) =>
        language == Language.Zh ? $"{scene.ReportYear}年，{scene.Unit.Zh}" : $"{scene.ReportYear}. {scene.Unit.En}";

    private static List<LegendKey> Legend(ChartScene scene, Language language)
    {
        var keys = new List<LegendKey>
        {
            new(language == Language.Zh ? "实绩" : "Actual", KeyShape.Box, ChartStyle.Main),
            new(
                language == Language.Zh
                    ? "目标（真实数，来源见目标表）；增速目标为由实绩推算的当年路径值"
                    : "Target (real; sources in the target table); for a target of growth its path, reckoned from the actual",
                KeyShape.Dashes,
                ChartStyle.Target
            ),
        };
        if (scene.Series.Any(s => s.Key == TargetProgress.PathKey && s.Valued.Any()))
            keys.Add(new(language == Language.Zh ? "序时进度（路径当年值）" : "Course (the path's value of the year)", KeyShape.Dashes, ChartStyle.Warning));
        if (scene.HasProvisional)
            keys.Add(LegendKey.Provisional(scene, language));
        return keys;
    }
}
