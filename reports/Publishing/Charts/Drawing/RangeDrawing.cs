using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using SkiaSharp;
using Color = ScottPlot.Color;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>
/// Places from first to last across, a line for each group: a band over the places that it may take, a dot at the one it has, a ring at the
/// one it had. The numbers stand in columns of their own at the right.
/// </summary>
internal static class RangeDrawing
{
    private const float Row = 25,
        LongestName = 250,
        Heading = 20,
        Between = 16,
        Band = 13,
        SmallHeading = 11.5f;

    /// <summary>What the three marks of a row look like, and what the band is called.</summary>
    public static readonly Color DotColor = ChartStyle.Main,
        BandColor = ChartStyle.Area(2),
        RingColor = ChartStyle.Line(1);

    public static readonly Text Range = new("权重变动时的区间", "Range when weights change");

    /// <summary>The two numbers that a span is told by.</summary>
    public static Bound Span(ScenePoint? best, ScenePoint? worst) => Bound.Record(best!.Bound.Value, worst!.Bound.Value);

    public static float HeightOf(ChartScene scene) => 245 + Heading + Math.Max(4, scene.Slots.Count) * Row;

    public static void Draw(ChartSheet sheet, ChartScene scene, Language language, float height)
    {
        var area = new ChartFrame(scene, language).Draw(sheet, height, Legend(scene, language), "");
        var n = scene.Slots.Count;
        var (place, best, worst, before, score) = (
            EvaluationPlaces.Of(scene, EvaluationPlaces.Place),
            EvaluationPlaces.Of(scene, EvaluationPlaces.Best),
            EvaluationPlaces.Of(scene, EvaluationPlaces.Worst),
            EvaluationPlaces.Of(scene, EvaluationPlaces.Before),
            EvaluationPlaces.Of(scene, EvaluationPlaces.Score)
        );
        var names = scene.Slots.Select(s => ChartText.Fit(s.Label.In(language), ChartStyle.TickSize, LongestName)).ToArray();
        (string Name, Func<int, string> Of, Func<int, Bound> Bound)[] columns =
        [
            (
                language == Language.Zh ? "位次" : "Place",
                i => place.Value(i) is { } v ? place.Show.Number(v) : Wording.NoData.In(language),
                i => place.Points[i]!.Bound
            ),
            (language == Language.Zh ? "区间" : "Range", Told, i => Span(best.Points[i], worst.Points[i])),
            (language == Language.Zh ? "得分" : "Score", i => score.Value(i) is { } v ? score.Show.Number(v) : "", i => score.Points[i]!.Bound),
        ];
        var widths = columns.Select(c => ChartText.Widest(Enumerable.Range(0, n).Select(c.Of).Append(c.Name), ChartStyle.LabelSize) + Between).ToArray();
        var data = new SKRect(
            area.Left + ChartText.Widest(names, ChartStyle.TickSize) + 12,
            area.Top + Heading,
            area.Right - widths.Sum() - 6,
            area.Bottom - 24
        );
        var last = (int)Math.Max(2, place.Valued.Concat(before.Valued).Concat(worst.Valued).Select(v => v.Value).DefaultIfEmpty(2).Max());
        Grid(sheet, data, last, X);
        using var band = ChartStyle.Fill(BandColor);
        using var dot = ChartStyle.Fill(DotColor);
        using var paper = ChartStyle.Fill(ChartStyle.Paper);
        using var ring = ChartStyle.Stroke(RingColor, 2);
        for (var i = 0; i < n; i++)
        {
            var middle = Y(i);
            sheet.Text(names[i], data.Left - 10, middle + 4.5f, ChartStyle.TickSize, ChartStyle.Ink, Bound.Words(Prose.Name), SKTextAlign.Right);
            if (best.Value(i) is { } from && worst.Value(i) is { } to)
                sheet.Shapes.DrawRoundRect(new SKRect(X(from) - Band / 2, middle - Band / 2, X(to) + Band / 2, middle + Band / 2), Band / 2, Band / 2, band);
            if (before.Value(i) is { } was)
            {
                sheet.Shapes.DrawCircle(X(was), middle, 4.5f, paper);
                sheet.Shapes.DrawCircle(X(was), middle, 4.5f, ring);
            }
            if (place.Value(i) is { } now)
                sheet.Shapes.DrawCircle(X(now), middle, place.Value(i) == before.Value(i) ? 3 : 4.5f, dot);
        }

        var right = data.Right + 6;
        for (var c = 0; c < columns.Length; c++)
        {
            right += widths[c];
            sheet.Text(columns[c].Name, right, data.Top - 7, SmallHeading, ChartStyle.SoftInk, Bound.Nothing, SKTextAlign.Right, bold: c == 0);
            if (c == 0 && scene.HasProvisional)
                sheet.Text(FigureText.ProvisionalMark, right + 1, data.Top - 10, 9.5f, ChartStyle.SoftInk, Bound.Nothing);
            for (var i = 0; i < n; i++)
                sheet.Text(columns[c].Of(i), right, Y(i) + 4.5f, ChartStyle.LabelSize, ChartStyle.Ink, columns[c].Bound(i), SKTextAlign.Right, bold: c == 0);
        }

        float X(decimal at) => data.Left + 10 + (float)((at - 1) / Math.Max(1, last - 1)) * (data.Width - 20);

        float Y(int slot) => data.Top + (slot + 0.5f) / n * data.Height;

        string Told(int i) =>
            (best.Value(i), worst.Value(i)) switch
            {
                ({ } from, { } to) when from == to => best.Show.Number(from),
                ({ } from, { } to) => $"{best.Show.Number(from)}–{worst.Show.Number(to)}",
                _ => "",
            };
    }

    private static void Grid(ChartSheet sheet, SKRect data, int last, Func<decimal, float> x)
    {
        using var grid = ChartStyle.Stroke(ChartStyle.Grid, 1);
        var step = last <= 24 ? 1 : 5;
        for (var at = 1; at <= last; at += at == 1 && step > 1 ? step - 1 : step)
        {
            sheet.Shapes.DrawLine(x(at), data.Top, x(at), data.Bottom, grid);
            sheet.Text(
                at.ToString(System.Globalization.CultureInfo.InvariantCulture),
                x(at),
                data.Bottom + 16,
                SmallHeading,
                ChartStyle.Ink,
                Bound.Words(Prose.Axis),
                SKTextAlign.Center
            );
        }
    }

    private static List<LegendKey> Legend(ChartScene scene, Language language)
    {
        var keys = new List<LegendKey>
        {
            new(EvaluationPlaces.Of(scene, EvaluationPlaces.Place).Name.In(language), KeyShape.Spot, DotColor, Bound: Bound.Words(Prose.Period)),
            new(Range.In(language), KeyShape.Box, BandColor),
        };
        if (EvaluationPlaces.Of(scene, EvaluationPlaces.Before) is { } before && before.Valued.Any())
            keys.Add(new(before.Name.In(language), KeyShape.Dot, RingColor, Bound: Bound.Words(Prose.Period)));
        if (scene.HasProvisional)
            keys.Add(LegendKey.Provisional(scene, language));
        return keys;
    }
}
