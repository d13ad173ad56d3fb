using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using ScottPlot;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>
/// A table whose cells are shaded: members down, years across, the number in each cell. Five shades, each for a fifth of all numbers, so that one
/// outlier does not make all others pale; what has no figure is hatched.
/// </summary>
internal static class HeatDrawing
{
    private const float Row = 23,
        Heading = 22,
        LongestName = 250;

    /// <summary>From low to high; ink or white can be read on each.</summary>
    private static readonly Color[] Shades = Color.FromHex(["#F0F5F9", "#CFDFEC", "#9FBFD9", "#6FA0C8", "#12436D"]);

    private static int[] Shown(ChartScene scene) => [.. Enumerable.Range(0, scene.LastSlot + 1).SkipWhile(i => scene.Series.All(s => s.Value(i) is null))];

    public static float HeightOf(ChartScene scene) => 215 + Heading + Math.Max(4, scene.Series.Count) * Row;

    public static void Draw(ChartSheet sheet, ChartScene scene, Language language, float height)
    {
        var area = new ChartFrame(scene, language).Draw(sheet, height, Legend(scene, language), scene.Unit.In(language));
        var slots = Shown(scene);
        var rows = scene.Series.OrderByDescending(s => s.Value(scene.LastSlot) ?? decimal.MinValue).ThenBy(s => s.Key, StringComparer.Ordinal).ToArray();
        var names = rows.Select(s => ChartText.Fit(s.Name.In(language), ChartStyle.TickSize, LongestName)).ToArray();
        var all = scene.Series.SelectMany(s => s.Valued.Select(v => s.Shown(v.Value))).Order().ToArray();
        var left = area.Left + ChartText.Widest(names, ChartStyle.TickSize) + 10;
        var (wide, tall) = ((area.Right - left) / Math.Max(1, slots.Length), (area.Bottom - area.Top - Heading) / Math.Max(1, rows.Length));
        for (var c = 0; c < slots.Length; c++)
        {
            var year = scene.Slots[slots[c]].Label.In(language);
            sheet.Text(
                year + (scene.IsProvisional(slots[c]) ? FigureText.ProvisionalMark : ""),
                left + (c + 0.5f) * wide,
                area.Top + 14,
                ChartStyle.TickSize,
                ChartStyle.Ink,
                Bound.Words(Prose.Period),
                SKTextAlign.Center
            );
        }

        for (var r = 0; r < rows.Length; r++)
        {
            var top = area.Top + Heading + r * tall;
            sheet.Text(names[r], left - 8, top + tall / 2 + 4.5f, ChartStyle.TickSize, ChartStyle.Ink, Bound.Words(Prose.Name), SKTextAlign.Right);
            for (var c = 0; c < slots.Length; c++)
            {
                var cell = new SKRect(left + c * wide + 1, top + 1, left + (c + 1) * wide - 1, top + tall - 1);
                if (rows[r].Value(slots[c]) is not { } value)
                {
                    Marks.NoDataZone.Draw(sheet.Shapes, cell);
                    continue;
                }
                var shade = Shade(rows[r].Shown(value), all);
                using var fill = ChartStyle.Fill(shade);
                sheet.Shapes.DrawRect(cell, fill);
                sheet.Text(
                    rows[r].Show.Label(value),
                    cell.MidX,
                    cell.MidY + 4.5f,
                    ChartStyle.LabelSize,
                    ChartStyle.On(shade),
                    rows[r].Points[slots[c]]!.Bound,
                    SKTextAlign.Center
                );
            }
        }
    }

    /// <summary>By how many numbers lie below: equal numbers have one shade.</summary>
    private static Color Shade(decimal value, decimal[] all) => Shades[Math.Min(Shades.Length - 1, all.Count(v => v < value) * Shades.Length / all.Length)];

    private static List<LegendKey> Legend(ChartScene scene, Language language)
    {
        var zh = language == Language.Zh;
        var keys = Shades
            .Select(
                (shade, i) =>
                    new LegendKey(
                        i == 0 ? (zh ? "最低的五分之一" : "lowest fifth")
                            : i == Shades.Length - 1 ? (zh ? "最高的五分之一" : "highest fifth")
                            : "",
                        KeyShape.Box,
                        shade
                    )
            )
            .ToList();
        if (scene.HasProvisional)
            keys.Add(LegendKey.Provisional(scene, language));
        return keys;
    }
}
