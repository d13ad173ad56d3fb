using Innovation1551.Models;
using Innovation1551.Publishing.Charts.Marks;
using Innovation1551.Publishing.Figures;
using ScottPlot;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>One small line plot per category, all on the same axes; where there is one, against the figure of all enterprises in grey.</summary>
internal static class MultiplesDrawing
{
    private const int MostColumns = 5;
    private const string OwnAxis = " *";

    /// <summary>The line of each small plot, beside that of all.</summary>
    public static readonly Text Own = new("该企业集团", "This group");

    private const float Gap = 14,
        TitleLine = 15,
        Plot = 118,
        Above = 10,
        TitleSize = 11.5f,
        Small = 10.5f;

    private static SceneSeries[] Cells(ChartScene scene) => scene.Series.Where(s => !s.IsReference).ToArray();

    private static int Columns(ChartScene scene) =>
        Math.Clamp(Cells(scene).Length, 2, MostColumns) is 5 && Cells(scene).Length is 6 or 7 or 8 ? 4 : Math.Clamp(Cells(scene).Length, 2, MostColumns);

    private static float CellWidth(ChartScene scene) => (ChartStyle.Width - 2 * ChartStyle.Margin - Gap * (Columns(scene) - 1)) / Columns(scene);

    /// <summary>Names are never cut: a row of cells is as high as the longest of all names asks for.</summary>
    private static int TitleLines(ChartScene scene, Language language) =>
        Cells(scene).Select(c => Title(c, language, CellWidth(scene)).Count).DefaultIfEmpty(1).Max();

    private static IReadOnlyList<string> Title(SceneSeries series, Language language, float width, bool own = true) =>
        ChartText.Wrap(series.Name.In(language) + (own ? OwnAxis : ""), TitleSize, width, 4, bold: true);

    private static float CellHeight(ChartScene scene, Language language) => TitleLines(scene, language) * TitleLine + Plot;

    public static float HeightOf(ChartScene scene, Language language) =>
        172 + 15 * scene.Notes.Count + Math.Max(1, (Cells(scene).Length + Columns(scene) - 1) / Columns(scene)) * (CellHeight(scene, language) + Gap);

    public static void Draw(ChartSheet sheet, ChartScene scene, Language language, float height)
    {
        var cells = Cells(scene);
        var total = scene.Series.FirstOrDefault(s => s.IsReference);
        var area = new ChartFrame(scene, language).Draw(sheet, height, Legend(scene, total, language), scene.Unit.In(language));
        var common = Scale(cells.Where(c => !StandsOut(c, cells)).Append(total).OfType<SceneSeries>().ToArray());
        var (width, tall) = (CellWidth(scene), CellHeight(scene, language));
        for (var i = 0; i < cells.Length; i++)
        {
            var left = area.Left + i % Columns(scene) * (width + Gap);
            var top = area.Top + i / Columns(scene) * (tall + Gap);
            var own = StandsOut(cells[i], cells);
            DrawCell(sheet, scene, cells[i], total, own ? Scale([cells[i]]) : common, new SKRect(left, top, left + width, top + tall), own, language);
        }
    }

    private static AxisScale Scale(IReadOnlyCollection<SceneSeries> series) =>
        AxisScale.For(
            series.SelectMany(s => s.Valued.Select(v => s.Show.Scaled(v.Value))),
            free: false,
            headroom: 0.16,
            steps: 3,
            percent: series.All(s => s.Metric.Unit == "percent")
        );

    /// <summary>A category so far above the rest that on one axis the others would be flat; it gets its own axis, and says so.</summary>
    private static bool StandsOut(SceneSeries cell, SceneSeries[] cells)
    {
        var tops = cells.Where(c => c.Valued.Any()).Select(c => c.Valued.Max(v => v.Value)).Order().ToArray();
        return tops.Length > 2 && cell.Valued.Any() && cell.Valued.Max(v => v.Value) > 3.5m * tops[tops.Length / 2];
    }

    private static void DrawCell(
        ChartSheet sheet,
        ChartScene scene,
        SceneSeries series,
        SceneSeries? total,
        AxisScale scale,
        SKRect cell,
        bool own,
        Language language
    )
    {
        var title = Title(series, language, cell.Width, own);
        for (var line = 0; line < title.Count; line++)
            sheet.Text(title[line], cell.Left, cell.Top + 12 + line * TitleLine, TitleSize, ChartStyle.Ink, Bound.Words(Prose.Name), bold: true);
        var slots = new SlotWidths(scene);
        var axis = ChartText.Widest(scale.Labels, Small) + 8;
        using var plot = ChartStyle.NewPlot();
        plot.Layout.Fixed(new PixelPadding(axis, 4, 20, Above));
        plot.Axes.SetLimits(0, slots.Total, (double)scale.Low, (double)scale.High);
        var last = series.Valued.Select(v => v.Slot).DefaultIfEmpty(-1).Max();
        int[] marked = [0, .. scene.LastSlot > 0 ? new[] { scene.LastSlot } : []];
        plot.Axes.Bottom.TickGenerator = AxisTicks.At(marked.Select(i => slots.At(i)));
        plot.Axes.Left.TickGenerator = AxisTicks.At(scale);
        if (last < scene.Slots.Count - 1)
            plot.PlottableList.Add(new NoDataZone(last < 0 ? 0 : slots.End(last), slots.Total));
        for (var slot = 0; slot < last; slot++)
            if (series.Value(slot) is null)
                plot.PlottableList.Add(new NoDataZone(slots.Start(slot), slots.End(slot)));
        if (total is not null)
            AddLine(plot, total, slots, ChartStyle.Muted, 1.6f);
        AddLine(plot, series, slots, ChartStyle.Main, 2.2f);
        ChartStyle.Render(plot, sheet.Shapes, new SKRect(cell.Left, cell.Bottom - Plot, cell.Right, cell.Bottom));
        var data = new SKRect(cell.Left + axis, cell.Bottom - Plot + Above, cell.Right - 4, cell.Bottom - 20);
        var map = new PlotMap(data, slots);
        AxisTicks.Left(sheet, map, scale, Small, own ? ChartStyle.Target : ChartStyle.Ink);
        foreach (var i in marked)
        {
            var name = scene.Slots[i].Label.In(language);
            sheet.Text(name, map.X(i), data.Bottom + 15, Small, ChartStyle.Ink, Bound.Words(Prose.Period), SKTextAlign.Center);
            if (scene.IsProvisional(i))
                sheet.Text(FigureText.ProvisionalMark, map.X(i) + ChartText.Width(name, Small) / 2 + 1, data.Bottom + 12, 9, ChartStyle.Ink, Bound.Nothing);
        }

        DrawEnd(sheet, series, scale, map);
        foreach (var (slot, value) in series.Valued)
            sheet.Spot(series.Points[slot]!.Bound, map.Point(slot, series.Show.Scaled(value), scale));
    }

    private static void AddLine(Plot plot, SceneSeries series, SlotWidths slots, Color color, float width)
    {
        (int Slot, Coordinates At)? before = null;
        foreach (var (slot, value) in series.Valued)
        {
            var at = new Coordinates(slots.At(slot), (double)series.Show.Scaled(value));
            if (before is { } from && slot == from.Slot + 1)
            {
                var line = plot.Add.Line(from.At, at);
                line.LineColor = color;
                line.LineWidth = width;
            }

            before = (slot, at);
        }
    }

    /// <summary>The last value: a dot and its number.</summary>
    private static void DrawEnd(ChartSheet sheet, SceneSeries series, AxisScale scale, PlotMap map)
    {
        if (!series.Valued.Any())
            return;
        var (slot, value) = series.Valued.Last();
        var at = map.Point(slot, series.Show.Scaled(value), scale);
        using var paint = Paint.NewDisposablePaint();
        new MarkerStyle(MarkerShape.FilledCircle, 7, ChartStyle.Main).Render(sheet.Shapes, new Pixel(at.X, at.Y), paint);
        var text = series.Show.Label(value);
        var half = ChartText.Width(text, TitleSize, bold: true) / 2;
        var y = at.Y - 8 < map.Data.Top + 4 ? at.Y + 17 : at.Y - 8;
        sheet.Text(
            text,
            Math.Min(at.X, map.Data.Right - half),
            y,
            TitleSize,
            ChartStyle.Main,
            series.Points[slot]!.Bound,
            SKTextAlign.Center,
            bold: true,
            halo: 3
        );
    }

    private static List<LegendKey> Legend(ChartScene scene, SceneSeries? total, Language language)
    {
        var keys = new List<LegendKey>();
        if (total is not null)
        {
            keys.Add(new LegendKey(Own.In(language), KeyShape.Line, ChartStyle.Main));
            keys.Add(new LegendKey(Wording.Total.In(language), KeyShape.Line, ChartStyle.Muted, MarkerShape.None));
        }

        if (scene.HasProvisional)
            keys.Add(LegendKey.Provisional(scene, language));
        if (Cells(scene) is var cells && cells.Any(c => StandsOut(c, cells)))
            keys.Add(
                new LegendKey(
                    language == Language.Zh ? $"{OwnAxis} 该图纵轴与其他图不同（红色刻度）" : $"{OwnAxis} this plot's axis differs from the others (red scale)",
                    KeyShape.None,
                    ChartStyle.Target
                )
            );
        return keys;
    }
}
