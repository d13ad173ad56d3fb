using Innovation1551.Models;
using Innovation1551.Publishing.Charts.Marks;
using Innovation1551.Publishing.Figures;
using ScottPlot;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts;

/// <summary>How a legend entry looks beside its name.</summary>
internal enum KeyShape
{
    None,
    Line,
    Box,
    Dashes,
    Diamond,
    Dot,
    Spot,
}

/// <summary>One entry of the legend.</summary>
internal sealed record LegendKey(string Name, KeyShape Shape, Color Color, MarkerShape Marker = MarkerShape.FilledCircle, Bound Bound = default)
{
    /// <summary>What the mark p at a year means: the stage that its figures have.</summary>
    public static LegendKey Provisional(ChartScene scene, Language language) =>
        new($"{FigureText.ProvisionalMark} {scene.ProvisionalStages.In(language)}", KeyShape.None, ChartStyle.Ink);
}

/// <summary>
/// What surrounds the plot: title, unit, legend above; source, basis, date and the synthetic mark below.
/// It is laid out by measured text, so neither a long title nor a legend of eight can be clipped or cover the data.
/// </summary>
internal sealed class ChartFrame(ChartScene scene, Language language)
{
    private const float LegendLine = 21,
        KeyWidth = 26,
        KeyGap = 6,
        EntryGap = 20;

    private readonly float _room = ChartStyle.Width - 2 * ChartStyle.Margin;

    /// <summary>Draws the frame and hands back the rectangle that is left for the plot.</summary>
    public SKRect Draw(ChartSheet sheet, float height, IReadOnlyList<LegendKey> legend, string subtitle)
    {
        using var paper = ChartStyle.Fill(ChartStyle.Paper);
        sheet.Shapes.DrawRect(0, 0, ChartStyle.Width, height, paper);
        var y = ChartStyle.Margin;
        var badge = scene.Stamp.En.Length > 0 ? DrawBadge(sheet, y) : 0;
        var headline = scene.Headline.In(language);
        foreach (var line in ChartText.Wrap(headline.Length > 0 ? headline : scene.Title.In(language), ChartStyle.TitleSize, _room - badge, 2, bold: true))
        {
            sheet.Text(
                line,
                ChartStyle.Margin,
                y + 17,
                ChartStyle.TitleSize,
                ChartStyle.Ink,
                headline.Length > 0 ? scene.HeadlineBound : Bound.Words(Prose.Name),
                bold: true
            );
            y += 25;
        }

        if (headline.Length > 0)
            subtitle =
                scene.Title.In(language)
                + (
                    subtitle.Length == 0 ? ""
                    : language == Language.Zh ? "。"
                    : ". "
                )
                + subtitle;
        foreach (var line in ChartText.Wrap(subtitle, ChartStyle.SubtitleSize, _room, 2))
        {
            sheet.Text(line, ChartStyle.Margin, y + 14, ChartStyle.SubtitleSize, ChartStyle.SoftInk, Bound.Words(Prose.Name));
            y += 19;
        }

        y = DrawLegend(sheet, legend, y + 7);
        return new SKRect(ChartStyle.Margin, y + 4, ChartStyle.Width - ChartStyle.Margin, DrawFooter(sheet, height));
    }

    private float DrawBadge(ChartSheet sheet, float y)
    {
        var text = scene.Stamp.In(language);
        var width = ChartText.Width(text, 12, bold: true) + 16;
        var box = new SKRect(ChartStyle.Width - ChartStyle.Margin - width, y, ChartStyle.Width - ChartStyle.Margin, y + 22);
        using var fill = ChartStyle.Fill(Color.FromHex("#FFF4E0"));
        using var edge = ChartStyle.Stroke(ChartStyle.Warning, 1);
        sheet.Shapes.DrawRect(box, fill);
        sheet.Shapes.DrawRect(box, edge);
        sheet.Text(text, box.Left + 8, y + 15.5f, 12, ChartStyle.Warning, Bound.Nothing, bold: true);
        return width + 12;
    }

    private float DrawLegend(ChartSheet sheet, IReadOnlyList<LegendKey> legend, float y)
    {
        if (legend.Count == 0)
            return y;
        var x = ChartStyle.Margin;
        foreach (var key in legend)
        {
            var name = ChartText.Fit(key.Name, ChartStyle.LegendSize, _room - KeyWidth - KeyGap);
            var width = KeyWidth + KeyGap + ChartText.Width(name, ChartStyle.LegendSize);
            if (key.Shape == KeyShape.None)
                x -= KeyWidth + KeyGap;
            if (x > ChartStyle.Margin && x + width > ChartStyle.Margin + _room)
                (x, y) = (ChartStyle.Margin, y + LegendLine);
            DrawKey(sheet.Shapes, key, x, y + 9);
            sheet.Text(name, x + KeyWidth + KeyGap, y + 13.5f, ChartStyle.LegendSize, ChartStyle.Ink, key.Bound);
            x += width + EntryGap;
        }

        return y + LegendLine;
    }

    private static void DrawKey(SKCanvas canvas, LegendKey key, float x, float y)
    {
        using var paint = Paint.NewDisposablePaint();
        using var fill = ChartStyle.Fill(key.Color);
        using var stroke = ChartStyle.Stroke(key.Color, ChartStyle.LineWidth);
        var middle = x + KeyWidth / 2;
        switch (key.Shape)
        {
            case KeyShape.Line:
                canvas.DrawLine(x, y, x + KeyWidth, y, stroke);
                new MarkerStyle(key.Marker, ChartStyle.MarkerSize, key.Color).Render(canvas, new Pixel(middle, y), paint);
                break;
            case KeyShape.Box:
                canvas.DrawRect(x + 4, y - 7, KeyWidth - 8, 14, fill);
                break;
            case KeyShape.Dashes:
                DashedLine.Draw(canvas, [new SKPoint(x, y), new SKPoint(x + KeyWidth, y)], stroke, 7, 3.5f);
                break;
            case KeyShape.Diamond:
                new MarkerStyle(MarkerShape.FilledDiamond, 12, key.Color).Render(canvas, new Pixel(middle, y), paint);
                break;
            case KeyShape.Spot:
                canvas.DrawCircle(middle, y, 4.5f, fill);
                break;
            case KeyShape.Dot:
                MarksOf.Dot(key.Color).Render(canvas, new Pixel(middle, y), paint);
                break;
        }
    }

    private float DrawFooter(ChartSheet sheet, float height)
    {
        var lines = new List<string>();
        if (scene.Notes.Count > 0)
            lines.AddRange(
                ChartText.Wrap(
                    language == Language.Zh
                        ? "注：" + string.Concat(scene.Notes.Select(n => n.Zh))
                        : "Note: " + string.Join(' ', scene.Notes.Select(n => n.En)),
                    ChartStyle.FooterSize,
                    _room,
                    3
                )
            );
        lines.AddRange(
            ChartText.Wrap(scene.Source.In(language) + (scene.IsSynthetic ? Wording.SyntheticNote.In(language) : ""), ChartStyle.FooterSize, _room, 2)
        );
        var y = height - ChartStyle.Margin - lines.Count * 15 + 6;
        using var rule = ChartStyle.Stroke(ChartStyle.Grid, 1);
        sheet.Shapes.DrawLine(ChartStyle.Margin, y - 6, ChartStyle.Width - ChartStyle.Margin, y - 6, rule);
        for (var i = 0; i < lines.Count; i++)
            sheet.Text(lines[i], ChartStyle.Margin, y + 10 + i * 15, ChartStyle.FooterSize, ChartStyle.SoftInk, Bound.Words(Prose.Text));
        return y - 14;
    }
}
