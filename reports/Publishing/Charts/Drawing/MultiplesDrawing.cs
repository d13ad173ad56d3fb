using Innovation1551.Models;
using Innovation1551.Publishing.Charts.Marks;
using Innovation1551.Publishing.Figures;
using ScottPlot;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>One small line plot per category, all on the same axes, each against the figure of all enterprises in grey.</summary>
internal static class MultiplesDrawing
{
    private const int Columns = 5;
    private const float Cell = 132, Gap = 14, CellTitle = 20;

    private static int RowsOf(ChartScene scene) => (Cells(scene).Length + Columns - 1) / Columns;

    private static SceneSeries[] Cells(ChartScene scene) => scene.Series.Where(s => !s.Key.EndsWith("/total/all", StringComparison.Ordinal)).ToArray();

    public static float HeightOf(ChartScene scene) => 160 + Math.Max(1, RowsOf(scene)) * (Cell + Gap);

    public static void Draw(ChartSheet sheet, ChartScene scene, Language language, float height)
    {
        var cells = Cells(scene);
        var total = scene.Series.FirstOrDefault(s => s.Key.EndsWith("/total/all", StringComparison.Ordinal));
        var area = new ChartFrame(scene, language).Draw(sheet, height, Legend(scene, total, language), scene.Unit.In(language));
        var common = Scale(cells.Where(c => !StandsOut(c, cells)).Append(total).OfType<SceneSeries>());
        var width = (area.Width - Gap * (Columns - 1)) / Columns;
        for (var i = 0; i < cells.Length; i++)
        {
            var left = area.Left + i % Columns * (width + Gap);
            var top = area.Top + i / Columns * (Cell + Gap);
            var own = StandsOut(cells[i], cells);
            DrawCell(sheet, scene, cells[i], total, own ? Scale([cells[i]]) : common, new SKRect(left, top, left + width, top + Cell), own, language);
        }
    }

    private static AxisScale Scale(IEnumerable<SceneSeries> series) =>
        AxisScale.For(series.SelectMany(s => s.Valued.Select(v => s.Show.Scaled(v.Value))), free: false, headroom: 0.12, steps: 3);

    /// <summary>A category so far above the rest that on one axis the others would be flat; it gets its own axis, and says so.</summary>
    private static bool StandsOut(SceneSeries cell, SceneSeries[] cells)
    {
        var tops = cells.Where(c => c.Valued.Any()).Select(c => c.Valued.Max(v => v.Value)).Order().ToArray();
        return tops.Length > 2 && cell.Valued.Any() && cell.Valued.Max(v => v.Value) > 3.5m * tops[tops.Length / 2];
    }

    private static void DrawCell(ChartSheet sheet, ChartScene scene, SceneSeries series, SceneSeries? total, AxisScale scale, SKRect cell, bool own, Language language)
    {
        var axis = ChartText.Widest(scale.Labels, 10.5f) + 8;
        var color = own ? ChartStyle.Target : ChartStyle.Ink;
        sheet.Text(ChartText.Fit(series.Name.In(language), 11.5f, cell.Width, bold: true), cell.Left, cell.Top + 12, 11.5f, ChartStyle.Ink, bold: true);
        using var plot = ChartStyle.NewPlot();
        plot.Layout.Fixed(new PixelPadding(axis, 4, 20, 4));
        plot.Axes.SetLimits(-0.5, scene.Slots.Count - 0.5, (double)scale.Low, (double)scale.High);
        int[] marked = [0, scene.Slots.Count / 2, scene.Slots.Count - 1];
        plot.Axes.Bottom.TickGenerator = AxisTicks.At(marked.Select(i => (decimal)i));
        plot.Axes.Left.TickGenerator = AxisTicks.At(scale.Ticks);
        var last = series.Valued.Select(v => v.Slot).DefaultIfEmpty(-1).Max();
        if (last < scene.Slots.Count - 1)
            plot.PlottableList.Add(new NoDataZone(last + 0.5, scene.Slots.Count - 0.5));
        for (var slot = 0; slot < last; slot++)
            if (series.Value(slot) is null)
                plot.PlottableList.Add(new NoDataZone(slot - 0.5, slot + 0.5));
        if (total is not null)
            AddLine(plot, total, ChartStyle.Muted, 1.6f);
        AddLine(plot, series, ChartStyle.Series(0), 2.2f);
        var area = new PixelRect(cell.Left, cell.Right, cell.Bottom, cell.Top + CellTitle);
        plot.Render(sheet.Shapes, area);
        var data = new SKRect(cell.Left + axis, cell.Top + CellTitle + 4, cell.Right - 4, cell.Bottom - 20);
        var map = new PlotMap(data, scene.Slots.Count);
        AxisTicks.Left(sheet, map, scale, 10.5f, color);
        foreach (var i in marked)
            sheet.Text(scene.Slots[i].Label.In(language), map.X(i), data.Bottom + 15, 10.5f, ChartStyle.Ink, SKTextAlign.Center);
        DrawEnd(sheet, scene, series, scale, data);
    }

    private static void AddLine(Plot plot, SceneSeries series, Color color, float width)
    {
        Coordinates? before = null;
        foreach (var (slot, value) in series.Valued)
        {
            var at = new Coordinates(slot, (double)series.Show.Scaled(value));
            if (before is { } from && Math.Abs(at.X - from.X - 1) < 0.01)
            {
                var line = plot.Add.Line(from, at);
                line.LineColor = color;
                line.LineWidth = width;
            }

            before = at;
        }
    }

    /// <summary>The last value: a dot and its number, hollow while provisional.</summary>
    private static void DrawEnd(ChartSheet sheet, ChartScene scene, SceneSeries series, AxisScale scale, SKRect data)
    {
        var map = new PlotMap(data, scene.Slots.Count);
        if (!series.Valued.Any())
            return;
        var (slot, value) = series.Valued.Last();
        var at = map.Point(slot, series.Show.Scaled(value), scale);
        using var paint = Paint.NewDisposablePaint();
        var style = series.IsProvisional(slot) ? MarksOf.Hollow(MarkerShape.FilledCircle, ChartStyle.Series(0)) : new MarkerStyle(MarkerShape.FilledCircle, 7, ChartStyle.Series(0));
        style.Size = 7;
        style.Render(sheet.Shapes, new Pixel(at.X, at.Y), paint);
        var y = at.Y < data.Top + 16 ? at.Y + 4 : at.Y - 8;
        var x = at.Y < data.Top + 16 ? at.X + 8 : at.X;
        var align = at.Y < data.Top + 16 ? SKTextAlign.Left : SKTextAlign.Center;
        sheet.Text(series.Show.Label(value), x, y, 11.5f, ChartStyle.Series(0), align, bold: true, halo: 3);
    }

    private static List<LegendKey> Legend(ChartScene scene, SceneSeries? total, Language language)
    {
        var keys = new List<LegendKey> { new(language == Language.Zh ? "该企业集团" : "This group", KeyShape.Line, ChartStyle.Series(0)) };
        if (total is not null)
            keys.Add(new LegendKey(Wording.Total.In(language), KeyShape.Line, ChartStyle.Muted, MarkerShape.None));
        if (scene.HasProvisional)
            keys.Add(new LegendKey(Wording.Provisional.In(language), KeyShape.HollowMarker, ChartStyle.Series(0)));
        if (Cells(scene) is var cells && cells.Any(c => StandsOut(c, cells)))
            keys.Add(new LegendKey(language == Language.Zh ? "红色刻度：该图纵轴与其他图不同" : "Red scale: this plot's axis differs from the others", KeyShape.None, ChartStyle.Target));
        return keys;
    }
}
