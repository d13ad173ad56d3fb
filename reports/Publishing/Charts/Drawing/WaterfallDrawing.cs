using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>
/// Two columns for the years and, between them, a step for each part of the change, up or down from where the last one ended. The axis may
/// leave out zero; then it says so, and the two columns are broken at their foot.
/// </summary>
internal static class WaterfallDrawing
{
    private const float Height = 470,
        Names = 44,
        AxisRoom = 56;

    public static float HeightOf(ChartScene scene) => Height;

    public static void Draw(ChartSheet sheet, ChartScene scene, Language language, float height)
    {
        var (levels, changes) = (scene.Series[0], scene.Series[1]);
        var steps = Steps(levels, changes);
        var scale = AxisScale.For(steps.SelectMany(s => new[] { s.From, s.To }).Where(v => v != 0), free: true, headroom: 0.12);
        var axis =
            scale.StartsAtZero ? ""
            : language == Language.Zh ? "（纵轴不从0开始）"
            : " (axis does not start at zero)";
        var area = new ChartFrame(scene, language).Draw(sheet, height, Legend(scene, language), scene.Unit.In(language) + axis);
        var data = new SKRect(area.Left + AxisRoom, area.Top + 6, area.Right, area.Bottom - Names);
        var slot = data.Width / steps.Length;
        Grid(sheet, data, scale, Y);
        using var rise = ChartStyle.Fill(ChartStyle.Line(2));
        using var fall = ChartStyle.Fill(ChartStyle.Line(1));
        using var level = ChartStyle.Fill(ChartStyle.Main);
        using var still = ChartStyle.Fill(ChartStyle.Muted);
        using var thread = ChartStyle.Stroke(ChartStyle.Axis, 1);
        for (var i = 0; i < steps.Length; i++)
        {
            var (from, to, isLevel) = steps[i];
            var left = data.Left + i * slot + slot * 0.16f;
            var right = left + slot * 0.68f;
            var (top, bottom) = (Y(Math.Max(from, to)), isLevel ? data.Bottom : Y(Math.Min(from, to)));
            var fill = isLevel
                ? level
                : changes.Shown(changes.Value(i) ?? 0) switch
                {
                    > 0 => rise,
                    < 0 => fall,
                    _ => still,
                };
            sheet.Shapes.DrawRect(new SKRect(left, top, right, Math.Max(bottom, top + 1.5f)), fill);
            if (isLevel && !scale.StartsAtZero)
                Break(sheet.Shapes, left, right, data.Bottom);
            if (i + 1 < steps.Length)
                sheet.Shapes.DrawLine(right, Y(to), right + slot * 0.32f, Y(to), thread);
            var series = isLevel ? levels : changes;
            sheet.Text(
                series.Show.Label(series.Value(i) ?? 0),
                (left + right) / 2,
                top - 6,
                ChartStyle.LabelSize,
                ChartStyle.Ink,
                series.Points[i]!.Bound,
                SKTextAlign.Center,
                bold: isLevel,
                halo: 3
            );
            var lines = ChartText.Wrap(scene.Slots[i].Label.In(language), ChartStyle.TickSize, slot - 6, 2);
            for (var l = 0; l < lines.Count; l++)
                sheet.Text(
                    lines[l],
                    data.Left + (i + 0.5f) * slot,
                    data.Bottom + 17 + l * 15,
                    ChartStyle.TickSize,
                    ChartStyle.Ink,
                    Bound.Words(Prose.Period),
                    SKTextAlign.Center
                );
            if (isLevel && scene.IsProvisional(i) && lines.Count == 1)
                sheet.Text(
                    FigureText.ProvisionalMark,
                    data.Left + (i + 0.5f) * slot + ChartText.Width(lines[0], ChartStyle.TickSize) / 2 + 1,
                    data.Bottom + 13,
                    9.5f,
                    ChartStyle.SoftInk,
                    Bound.Nothing
                );
        }

        float Y(decimal value) => data.Bottom - (float)((value - scale.Low) / (scale.High - scale.Low)) * data.Height;
    }

    /// <summary>Where each step begins and ends, in the unit shown.</summary>
    private static (decimal From, decimal To, bool IsLevel)[] Steps(SceneSeries levels, SceneSeries changes)
    {
        var steps = new List<(decimal, decimal, bool)>();
        decimal at = 0;
        for (var i = 0; i < levels.Points.Count; i++)
            if (levels.Value(i) is { } level)
                steps.Add((0, at = levels.Show.Scaled(level), true));
            else
            {
                var from = at;
                steps.Add((from, at += changes.Show.Scaled(changes.Value(i) ?? 0), false));
            }
        return [.. steps];
    }

    /// <summary>Two white strokes across the foot of a column that does not begin at zero.</summary>
    private static void Break(SKCanvas canvas, float left, float right, float bottom)
    {
        using var gap = ChartStyle.Stroke(ChartStyle.Paper, 3);
        foreach (var up in (float[])[12, 19])
            canvas.DrawLine(left - 2, bottom - up + 4, right + 2, bottom - up - 4, gap);
    }

    private static void Grid(ChartSheet sheet, SKRect data, AxisScale scale, Func<decimal, float> y)
    {
        using var grid = ChartStyle.Stroke(ChartStyle.Grid, 1);
        using var axis = ChartStyle.Stroke(ChartStyle.Axis, 1);
        for (var i = 0; i < scale.Ticks.Count; i++)
        {
            sheet.Shapes.DrawLine(data.Left, y(scale.Ticks[i]), data.Right, y(scale.Ticks[i]), grid);
            sheet.Text(
                scale.Labels[i],
                data.Left - 8,
                y(scale.Ticks[i]) + 4.5f,
                ChartStyle.TickSize,
                ChartStyle.Ink,
                Bound.Words(Prose.Axis),
                SKTextAlign.Right
            );
        }
        sheet.Shapes.DrawLine(data.Left, data.Bottom, data.Right, data.Bottom, axis);
    }

    private static List<LegendKey> Legend(ChartScene scene, Language language)
    {
        var keys = new List<LegendKey>
        {
            new(language == Language.Zh ? "全年数" : "Year", KeyShape.Box, ChartStyle.Main),
            new(language == Language.Zh ? "增加" : "Up", KeyShape.Box, ChartStyle.Line(2)),
            new(language == Language.Zh ? "减少" : "Down", KeyShape.Box, ChartStyle.Line(1)),
        };
        if (scene.HasProvisional)
            keys.Add(LegendKey.Provisional(scene, language));
        return keys;
    }
}
