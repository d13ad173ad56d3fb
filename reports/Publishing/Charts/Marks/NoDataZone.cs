using ScottPlot;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Marks;

/// <summary>A stretch of the axis for which there is nothing: lightly hatched, so that a gap reads as a gap and not as zero.</summary>
internal sealed class NoDataZone(double from, double to) : IPlottable
{
    private const float Spacing = 9;

    public bool IsVisible { get; set; } = true;
    public IAxes Axes { get; set; } = new Axes();
    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        var area = new SKRect(
            Math.Max(Axes.GetPixelX(from), rp.DataRect.Left),
            rp.DataRect.Top,
            Math.Min(Axes.GetPixelX(to), rp.DataRect.Right),
            rp.DataRect.Bottom
        );
        Draw(rp.Canvas, area);
    }

    public static void Draw(SKCanvas canvas, SKRect area)
    {
        using var fill = ChartStyle.Fill(ChartStyle.Zone);
        using var hatch = ChartStyle.Stroke(ChartStyle.ZoneHatch, 1);
        canvas.DrawRect(area, fill);
        using var lines = new SKPath();
        for (var x = area.Left - area.Height; x < area.Right; x += Spacing)
        {
            // Each diagonal runs from the bottom edge up to the right; what lies outside is cut off here, not by a clip.
            var start = Math.Max(x, area.Left);
            var end = Math.Min(x + area.Height, area.Right);
            if (end <= start)
                continue;
            lines.MoveTo(start, area.Bottom - (start - x));
            lines.LineTo(end, area.Bottom - (end - x));
        }

        canvas.DrawPath(lines, hatch);
    }
}
