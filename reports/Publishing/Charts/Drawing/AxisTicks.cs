using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>Ticks: their places are ScottPlot's to draw, their labels are texts of the sheet (a year is a name, never a number with a comma).</summary>
internal static class AxisTicks
{
    public static NumericManual At(IEnumerable<decimal> places)
    {
        var positions = places.Select(p => (double)p).ToArray();
        return new NumericManual(positions, positions.Select(_ => "").ToArray());
    }

    public static void Left(ChartSheet sheet, PlotMap map, AxisScale scale, float size = ChartStyle.TickSize, Color? color = null)
    {
        for (var i = 0; i < scale.Ticks.Count; i++)
            sheet.Text(scale.Labels[i], map.Data.Left - 7, map.Y(scale.Ticks[i], scale) + size * 0.36f, size, color ?? ChartStyle.Ink, SKTextAlign.Right);
    }

    public static void Right(ChartSheet sheet, PlotMap map, AxisScale scale)
    {
        for (var i = 0; i < scale.Ticks.Count; i++)
            sheet.Text(scale.Labels[i], map.Data.Right + 7, map.Y(scale.Ticks[i], scale) + ChartStyle.TickSize * 0.36f, ChartStyle.TickSize, ChartStyle.Ink);
    }
}
