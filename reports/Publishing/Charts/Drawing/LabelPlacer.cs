using Innovation1551.Publishing.Figures;
using ScottPlot;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>
/// Puts number labels where they cover neither a mark, nor a line, nor each other: each label tries a few places around its point
/// and takes the one with the least in its way.
/// </summary>
internal sealed class LabelPlacer(SKRect bounds)
{
    private readonly List<SKRect> _taken = [];
    private readonly List<(SKRect Box, float Baseline, string Text, Color Color, bool Bold, Bound Bound)> _placed = [];

    /// <summary>Something that a label should not cover.</summary>
    public void Avoid(SKRect box) => _taken.Add(box);

    /// <summary>A line that labels should keep off.</summary>
    public void Avoid(SKPoint from, SKPoint to)
    {
        var steps = Math.Max(1, (int)(SKPoint.Distance(from, to) / 5));
        for (var i = 0; i <= steps; i++)
        {
            var t = i / (float)steps;
            _taken.Add(Around(from.X + (to.X - from.X) * t, from.Y + (to.Y - from.Y) * t, 2));
        }
    }

    public static SKRect Around(float x, float y, float radius) => new(x - radius, y - radius, x + radius, y + radius);

    /// <summary>A label for a point: above it if there is room, else below or farther off.</summary>
    public void Near(float x, float y, string text, Color color, Bound bound, bool bold = false)
    {
        var width = ChartText.Width(text, ChartStyle.LabelSize, bold);
        (float X, float Y)[] offsets =
        [
            (0, -10),
            (0, 20),
            (0, -18),
            (0, 28),
            (-width / 2 - 9, 4),
            (width / 2 + 9, 4),
            (-width / 2, -12),
            (width / 2, -12),
            (-width / 2, 22),
            (width / 2, 22),
            (0, -30),
            (0, 40),
            (-width / 2 - 9, -20),
            (-width / 2 - 9, 28),
            (width / 2 + 9, 28),
            (width / 2 + 9, -20),
            (0, -44),
            (0, 54),
        ];
        var (best, cost) = ((0f, 0f), double.MaxValue);
        for (var i = 0; i < offsets.Length; i++)
        {
            var c = Cost(Box(x + offsets[i].X, y + offsets[i].Y, width)) + i * 3;
            if (c < cost)
                (best, cost) = (offsets[i], c);
        }

        Fix(x + best.Item1, y + best.Item2, width, text, color, bold, bound);
    }

    /// <summary>A label at exactly this baseline, as over a column.</summary>
    public void At(float x, float baseline, string text, Color color, Bound bound, bool bold = false) =>
        Fix(x, baseline, ChartText.Width(text, ChartStyle.LabelSize, bold), text, color, bold, bound);

    public void Draw(ChartSheet sheet)
    {
        foreach (var (box, baseline, text, color, bold, bound) in _placed)
            sheet.Text(text, box.Left, baseline, ChartStyle.LabelSize, color, bound, bold: bold, halo: 3.5f);
    }

    private void Fix(float x, float baseline, float width, string text, Color color, bool bold, Bound bound)
    {
        var box = Box(x, baseline, width);
        var shift = Math.Max(0, bounds.Left - box.Left) - Math.Max(0, box.Right - bounds.Right);
        box.Offset(shift, 0);
        _taken.Add(box);
        _placed.Add((box, baseline, text, color, bold, bound));
    }

    private static SKRect Box(float x, float baseline, float width) => new(x - width / 2, baseline - 11, x + width / 2, baseline + 2);

    private double Cost(SKRect box)
    {
        double cost = 0;
        foreach (var other in _taken)
            if (SKRect.Intersect(box, other) is { Width: > 0, Height: > 0 } overlap)
                cost += 4 + overlap.Width * overlap.Height;
        cost +=
            8
            * (
                Math.Max(0, bounds.Top - box.Top)
                + Math.Max(0, box.Bottom - bounds.Bottom)
                + Math.Max(0, box.Right - bounds.Right)
                + Math.Max(0, bounds.Left - box.Left)
            );
        return cost;
    }
}
