using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>Places of two years side by side, a line from the one to the other: who rose stands out from who fell. Ties share a place and lie one below the other.</summary>
internal static class SlopeDrawing
{
    private const float Row = 24,
        Heading = 24,
        LongestName = 230,
        Spot = 4;

    public static float HeightOf(ChartScene scene) => 225 + Heading + Math.Max(4, scene.Slots.Count) * Row;

    public static void Draw(ChartSheet sheet, ChartScene scene, Language language, float height)
    {
        var area = new ChartFrame(scene, language).Draw(sheet, height, Legend(scene, language), scene.Unit.In(language));
        var (now, then, nowValue, thenValue) = PlaceChanges.Of(scene);
        var n = scene.Slots.Count;
        if (n == 0)
            return;
        var names = scene.Slots.Select(s => ChartText.Fit(s.Label.In(language), ChartStyle.TickSize, LongestName)).ToArray();
        var (nowAt, thenAt) = (Order(now), Order(then));
        var side = ChartText.Widest(names, ChartStyle.TickSize) + 96;
        var (left, right) = (area.Left + side, area.Right - side);
        sheet.Text(Headed(then), left, area.Top + 12, ChartStyle.LabelSize, ChartStyle.SoftInk, Bound.Words(Prose.Period), SKTextAlign.Right, bold: true);
        sheet.Text(Headed(now), right, area.Top + 12, ChartStyle.LabelSize, ChartStyle.SoftInk, Bound.Words(Prose.Period), bold: true);
        for (var i = 0; i < n; i++)
        {
            var (from, to) = (Y(thenAt[i]), Y(nowAt[i]));
            var color = Color(now.Value(i)!.Value, then.Value(i)!.Value);
            using var line = ChartStyle.Stroke(color, 2.2f);
            using var fill = ChartStyle.Fill(color);
            sheet.Shapes.DrawLine(left + 8, from, right - 8, to, line);
            sheet.Shapes.DrawCircle(left + 8, from, Spot, fill);
            sheet.Shapes.DrawCircle(right - 8, to, Spot, fill);
            Side(i, then, thenValue, left - 2, from, SKTextAlign.Right);
            Side(i, now, nowValue, right + 2, to, SKTextAlign.Left);
        }

        string Headed(SceneSeries place) =>
            place.Name.In(language) + (place.Points.Any(p => p is { Status: FigureStatus.Provisional }) ? FigureText.ProvisionalMark : "");

        float Y(int at) => area.Top + Heading + (at + 0.5f) / n * (area.Bottom - area.Top - Heading);

        // Place, name and value from the line outwards.
        void Side(int i, SceneSeries place, SceneSeries value, float x, float y, SKTextAlign align)
        {
            var out_ = align == SKTextAlign.Left ? 1 : -1;
            sheet.Text(place.Show.Number(place.Value(i)!.Value), x, y + 4.5f, ChartStyle.LabelSize, ChartStyle.Ink, place.Points[i]!.Bound, align, bold: true);
            sheet.Text(names[i], x + out_ * 22, y + 4.5f, ChartStyle.TickSize, ChartStyle.Ink, Bound.Words(Prose.Name), align);
            sheet.Text(
                value.Show.Label(value.Value(i)!.Value),
                x + out_ * (side - 6),
                y + 4.5f,
                ChartStyle.LabelSize,
                ChartStyle.SoftInk,
                value.Points[i]!.Bound,
                align == SKTextAlign.Left ? SKTextAlign.Right : SKTextAlign.Left
            );
        }
    }

    /// <summary>Where each member lies from the top: by its place, ties in the order of the slots.</summary>
    private static int[] Order(SceneSeries place)
    {
        var at = new int[place.Points.Count];
        foreach (var (slot, order) in place.Valued.OrderBy(v => v.Value).ThenBy(v => v.Slot).Select((v, i) => (v.Slot, i)))
            at[slot] = order;
        return at;
    }

    private static ScottPlot.Color Color(decimal now, decimal then) =>
        now.CompareTo(then) switch
        {
            < 0 => ChartStyle.Main,
            0 => ChartStyle.Muted,
            _ => ChartStyle.Line(1),
        };

    private static List<LegendKey> Legend(ChartScene scene, Language language)
    {
        var zh = language == Language.Zh;
        var keys = new List<LegendKey>
        {
            new(zh ? "位次上升" : "rose", KeyShape.Line, ChartStyle.Main),
            new(zh ? "位次下降" : "fell", KeyShape.Line, ChartStyle.Line(1)),
            new(zh ? "位次不变" : "stayed", KeyShape.Line, ChartStyle.Muted),
        };
        if (scene.HasProvisional)
            keys.Add(LegendKey.Provisional(scene, language));
        return keys;
    }
}
