using Innovation1551.Models;
using ScottPlot;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>
/// Names of series beside the last of their marks, in the order in which they stand there: a reader need not carry a colour over from a
/// legend, and in grey print they are told apart all the same. Where they would run into each other they move apart and a thin line leads back.
/// </summary>
internal static class DirectNames
{
    public const float Size = 11.5f,
        Longest = 118;
    private const float LineHeight = 13.5f,
        Gap = 3,
        Offset = 14;

    /// <summary>The room that the widest of the names needs.</summary>
    public static float Room(IEnumerable<string> names) =>
        names.SelectMany(Lines).Select(l => ChartText.Width(l, Size, bold: true)).DefaultIfEmpty(0).Max() + Offset + 2;

    public static void Draw(ChartSheet sheet, SKRect area, float x, IEnumerable<(string Name, float Y, Color Color)> entries)
    {
        var order = entries.OrderBy(e => e.Y).Select(e => (e.Name, e.Y, e.Color, Lines: Lines(e.Name))).ToArray();
        var centres = new float[order.Length];
        var bottom = area.Top;
        for (var i = 0; i < order.Length; i++)
        {
            var height = order[i].Lines.Count * LineHeight;
            centres[i] = Math.Max(order[i].Y, bottom + height / 2);
            bottom = centres[i] + height / 2 + Gap;
        }

        // What was pushed beyond the lower edge is pushed back up from there.
        var top = area.Bottom;
        for (var i = order.Length - 1; i >= 0; i--)
        {
            var height = order[i].Lines.Count * LineHeight;
            centres[i] = Math.Min(centres[i], top - height / 2);
            top = centres[i] - height / 2 - Gap;
        }

        for (var i = 0; i < order.Length; i++)
        {
            using var leader = ChartStyle.Stroke(ChartStyle.Axis, 1);
            sheet.Shapes.DrawLine(x + 2, order[i].Y, x + Offset - 3, centres[i], leader);
            for (var line = 0; line < order[i].Lines.Count; line++)
                sheet.Text(
                    order[i].Lines[line],
                    x + Offset,
                    centres[i] - (order[i].Lines.Count - 1) * LineHeight / 2 + line * LineHeight + 4,
                    Size,
                    ChartStyle.TextIn(order[i].Color),
                    Figures.Bound.Words(Figures.Prose.Name),
                    bold: true,
                    halo: 3.5f
                );
        }
    }

    private static IReadOnlyList<string> Lines(string name) => ChartText.Wrap(name, Size, Longest, 3, bold: true);
}
