using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>Ticks: their places are ScottPlot's to draw, their labels are texts of the sheet (a year is a name, never a number with a comma).</summary>
internal static class AxisTicks
{
    private const float MarkSize = 9.5f;

    public static NumericManual At(IEnumerable<double> places)
    {
        var positions = places.ToArray();
        return new NumericManual(positions, positions.Select(_ => "").ToArray());
    }

    public static NumericManual At(AxisScale scale) => At(scale.Ticks.Select(t => (double)t));

    public static void Left(ChartSheet sheet, PlotMap map, AxisScale scale, float size = ChartStyle.TickSize, Color? color = null)
    {
        for (var i = 0; i < scale.Ticks.Count; i++)
            sheet.Text(
                scale.Labels[i],
                map.Data.Left - 7,
                map.Y(scale.Ticks[i], scale) + size * 0.36f,
                size,
                color ?? ChartStyle.Ink,
                Bound.Words(Prose.Axis),
                SKTextAlign.Right
            );
    }

    /// <summary>
    /// The names of slots under the axis. A slot with a figure that is not final carries the mark p, in every kind of chart the same.
    /// Where the slots of a stretch are too narrow for their names, the stretch is named as a whole.
    /// </summary>
    public static void Below(ChartSheet sheet, PlotMap map, ChartScene scene, Language language, float size = ChartStyle.TickSize)
    {
        var y = map.Data.Bottom + 18;
        for (var i = 0; i < scene.Slots.Count; i++)
        {
            var name = scene.Slots[i].Label.In(language);
            if (Fits(i))
            {
                sheet.Text(name, map.X(i), y, size, ChartStyle.Ink, Bound.Words(Prose.Period), SKTextAlign.Center);
                if (scene.IsProvisional(i))
                    sheet.Text(FigureText.ProvisionalMark, map.X(i) + ChartText.Width(name, size) / 2 + 1, y - 4, MarkSize, ChartStyle.Ink, Bound.Nothing);
                continue;
            }

            var from = i;
            while (i + 1 < scene.Slots.Count && !Fits(i + 1))
                i++;
            var span =
                i == from ? ChartText.Fit(name, 10, map.WidthOf(i) + 8) : $"{scene.Slots[from].Label.In(language)}–{scene.Slots[i].Label.In(language)[^2..]}";
            sheet.Text(span, (map.Left(from) + map.Right(i)) / 2, y, 10.5f, ChartStyle.Ink, Bound.Words(Prose.Period), SKTextAlign.Center);
        }

        bool Fits(int slot) => ChartText.Width(scene.Slots[slot].Label.In(language), size) + 3 <= map.WidthOf(slot);
    }
}
