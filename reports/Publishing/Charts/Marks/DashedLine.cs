using ScottPlot;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Marks;

/// <summary>
/// A dashed line whose dashes are drawn one by one: Skia's SVG canvas cannot dash a stroke, and a target must not look like an actual.
/// The dashes run on through the corners.
/// </summary>
internal sealed class DashedLine(IReadOnlyList<Coordinates> points, Color color, float width, float dash = 8, float gap = 5) : IPlottable
{
    public bool IsVisible { get; set; } = true;
    public IAxes Axes { get; set; } = new Axes();
    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        using var paint = ChartStyle.Stroke(color, width);
        Draw(rp.Canvas, points.Select(p => Axes.GetPixel(p).ToSKPoint()).ToArray(), paint, dash, gap);
    }

    public static void Draw(SKCanvas canvas, IReadOnlyList<SKPoint> line, SKPaint paint, float dash, float gap)
    {
        using var path = new SKPath();
        var travelled = 0f;
        for (var i = 1; i < line.Count; i++)
        {
            var (from, to) = (line[i - 1], line[i]);
            var length = SKPoint.Distance(from, to);
            var at = 0f;
            while (at < length)
            {
                var phase = travelled % (dash + gap);
                var step = Math.Max(0.01f, Math.Min(length - at, phase < dash ? dash - phase : dash + gap - phase));
                if (phase < dash)
                {
                    path.MoveTo(Along(from, to, at / length));
                    path.LineTo(Along(from, to, (at + step) / length));
                }

                at += step;
                travelled += step;
            }
        }

        canvas.DrawPath(path, paint);
    }

    private static SKPoint Along(SKPoint a, SKPoint b, float t) => new(a.X + (b.X - a.X) * t, a.Y + (b.Y - a.Y) * t);
}
