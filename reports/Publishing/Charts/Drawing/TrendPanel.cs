using Innovation1551.Models;
using Innovation1551.Publishing.Charts.Marks;
using Innovation1551.Publishing.Figures;
using ScottPlot;
using ScottPlot.Plottables;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>One plot over years or months: columns, stacks and lines, up to two axes, target paths, reference marks, and the gaps.</summary>
internal sealed class TrendPanel(ChartScene scene, int panel, Language language)
{
    private readonly SceneSeries[] series = scene.Series.Where(s => s.Panel == panel).ToArray();
    private readonly TargetLine[] paths = scene.Paths.Where(p => p.Panel == panel).ToArray();
    private readonly ReferenceMark[] references = scene.References.Where(r => r.Panel == panel).ToArray();

    public SceneSeries[] Series => series;

    public bool LeftStartsAtZero => Left.StartsAtZero;

    private SceneSeries[] On(Mark mark) => series.Where(s => s.Mark == mark).ToArray();

    private bool HasRight => series.Any(s => s.Right);

    private AxisScale Left => field ??= LeftScale();

    private AxisScale Right => field ??= AxisScale.For(series.Where(s => s.Right).SelectMany(s => s.Valued.Select(v => s.Show.Scaled(v.Value))), free: false, headroom: 0.02);

    private static readonly AxisScale WholeInPercent = new(0, 100, 20);

    private AxisScale LeftScale()
    {
        if (scene.Definition.Kind == ChartKind.Shares)
            return WholeInPercent;
        var own = series.Where(s => !s.Right && s.Mark != Mark.Stack).SelectMany(s => s.Valued.Select(v => s.Show.Scaled(v.Value)));
        var stacks = Enumerable.Range(0, scene.Slots.Count).Select(StackTotal);
        var aims = paths.SelectMany(p => p.Points.Select(v => p.Show.Scaled(v.Value))).Concat(references.Select(r => r.Show.Scaled(r.Target.Value)));
        var values = On(Mark.Stack).Length > 0 ? own.Concat(stacks).Concat(aims) : own.Concat(aims);
        // Under a line on the right axis the columns keep to the lower part, so that the two seldom cross.
        var headroom = HasRight ? 0.85 : 0.1;
        return AxisScale.For(values, free: series.All(s => s.Mark == Mark.Line), headroom, percent: series.All(s => s.Metric.Unit == "percent"));
    }

    private decimal StackTotal(int slot) => On(Mark.Stack).Sum(s => s.Value(slot) is { } v ? s.Show.Scaled(v) : 0);

    /// <summary>Room for the labels left and right of the data.</summary>
    private PixelPadding Padding() => new(
        ChartText.Widest(Left.Labels, ChartStyle.TickSize) + 10,
        HasRight ? ChartText.Widest(Right.Labels, ChartStyle.TickSize) + 10 : 6,
        26, HasRight ? 30 : scene.Definition.Kind == ChartKind.Shares ? 20 : 8);

    public void Draw(ChartSheet sheet, SKRect area)
    {
        using var plot = ChartStyle.NewPlot();
        plot.Axes.SetLimits(-0.5, scene.Slots.Count - 0.5, (double)Left.Low, (double)Left.High);
        plot.Axes.Bottom.TickGenerator = AxisTicks.At(Enumerable.Range(0, scene.Slots.Count).Select(i => (decimal)i));
        plot.Axes.Left.TickGenerator = AxisTicks.At(Left.Ticks);
        if (HasRight)
        {
            plot.Axes.Right.TickGenerator = AxisTicks.At(Right.Ticks);
            plot.Axes.SetLimitsY((double)Right.Low, (double)Right.High, plot.Axes.Right);
        }

        var padding = Padding();
        plot.Layout.Fixed(padding);
        var data = new SKRect(area.Left + padding.Left, area.Top + padding.Top, area.Right - padding.Right, area.Bottom - padding.Bottom);
        var labels = new LabelPlacer(new SKRect(data.Left, data.Top - 14, data.Right, data.Bottom - 2));
        var map = new PlotMap(data, scene.Slots.Count);

        AddZones(plot, sheet, map);
        AddColumns(plot, map, labels);
        AddStacks(plot, map, labels);
        AddZeroLine(plot);
        AddPaths(plot, map, labels);
        AddLines(plot, map, labels);
        AddReferences(plot, map, labels);
        plot.Render(sheet.Shapes, new PixelRect(area.Left, area.Right, area.Bottom, area.Top));
        AxisTicks.Left(sheet, map, Left);
        if (HasRight)
            AxisTicks.Right(sheet, map, Right);
        for (var i = 0; i < scene.Slots.Count; i++)
            sheet.Text(scene.Slots[i].Label.In(language), map.X(i), data.Bottom + 18, ChartStyle.TickSize, ChartStyle.Ink, SKTextAlign.Center);
        DrawSegmentLabels(sheet, map);
        DrawUprightLabels(sheet);
        labels.Draw(sheet);
        if (HasRight)
            DrawAxisNames(sheet, area);
    }

    private Color ColorOf(SceneSeries s) => ChartStyle.Of(scene, IndexOf(s));

    private int IndexOf(SceneSeries s)
    {
        for (var i = 0; i < scene.Series.Count; i++)
            if (ReferenceEquals(scene.Series[i], s))
                return i;
        return 0;
    }

    private void AddZones(Plot plot, ChartSheet sheet, PlotMap map)
    {
        var valued = Enumerable.Range(0, scene.Slots.Count).Select(i => series.Any(s => s.Value(i) is not null)).ToArray();
        var last = Array.LastIndexOf(valued, true);
        for (var i = 0; i < valued.Length; i++)
        {
            var from = i;
            while (i < valued.Length && !valued[i])
                i++;
            if (i == from)
                continue;
            plot.PlottableList.Add(new NoDataZone(from - 0.5, i - 0.5));
            var name = (from > last ? Wording.NoDataYet : Wording.NoData).In(language);
            if (ChartText.Width(name, 11) < map.SlotWidth * (i - from) - 2)
                sheet.Text(name, map.X((from + i - 1) / 2.0), map.Data.Bottom - 9, 11, ChartStyle.SoftInk, SKTextAlign.Center);
        }
    }

    private void AddColumns(Plot plot, PlotMap map, LabelPlacer labels)
    {
        var columns = On(Mark.Column);
        const double Cluster = 0.66;
        var width = Cluster / Math.Max(1, columns.Length);
        var room = map.SlotWidth * (float)(columns.Length > 1 ? width : 1);
        var narrow = ChartText.Widest(columns.SelectMany(s => s.Valued.Select(v => s.Show.Label(v.Value))), ChartStyle.LabelSize) > room + 2;
        for (var c = 0; c < columns.Length; c++)
        {
            var s = columns[c];
            var bars = new List<Bar>();
            foreach (var (slot, value) in s.Valued)
            {
                var x = slot - Cluster / 2 + width * (c + 0.5);
                var shown = s.Show.Scaled(value);
                bars.Add(Styled(new Bar { Position = x, Value = (double)shown, Size = width * 0.94 }, ColorOf(s), s.IsProvisional(slot)));
                var top = map.Y(shown, Left);
                if (narrow)
                    upright.Add((map.X(x), top, map.Y(0, Left), s.Show.Label(value), bars[^1].FillColor));
                else if (HasRight && map.Data.Bottom - top > 24)
                    labels.At(map.X(x), map.Data.Bottom - 9, s.Show.Label(value), ChartStyle.Ink);
                else
                    labels.At(map.X(x), value < 0 ? top + 15 : top - 5, s.Show.Label(value), ChartStyle.Ink);
            }

            plot.Add.Bars(bars);
        }
    }

    private readonly List<(float X, float Top, float Base, string Text, Color Fill)> upright = [];

    /// <summary>Labels wider than their columns stand upright: inside a tall column, above a short one.</summary>
    private void DrawUprightLabels(ChartSheet sheet)
    {
        const float Size = 11;
        foreach (var (x, top, zero, text, fill) in upright)
        {
            var inside = Math.Abs(zero - top) > ChartText.Width(text, Size) + 10;
            sheet.Text(text, x + 4, inside ? top + 6 : top - 4, Size, inside ? ChartStyle.On(fill) : ChartStyle.Ink, inside ? SKTextAlign.Right : SKTextAlign.Left, upright: true);
        }
    }

    private static Bar Styled(Bar bar, Color color, bool provisional)
    {
        bar.FillColor = provisional ? ChartStyle.Hollow(color) : color;
        bar.LineColor = color;
        bar.LineWidth = provisional ? 1.6f : 0;
        return bar;
    }

    private void AddStacks(Plot plot, PlotMap map, LabelPlacer labels)
    {
        var stacks = On(Mark.Stack);
        if (stacks.Length == 0)
            return;
        var bars = new List<Bar>();
        for (var slot = 0; slot < scene.Slots.Count; slot++)
        {
            decimal below = 0;
            foreach (var s in stacks.Where(s => s.Value(slot) is not null))
            {
                var value = s.Show.Scaled(s.Value(slot)!.Value);
                var bar = new Bar { Position = slot, ValueBase = (double)below, Value = (double)(below + value), Size = 0.66, FillColor = ColorOf(s), LineColor = Colors.White, LineWidth = 1 };
                bars.Add(bar);
                below += value;
            }

            if (below == 0 && stacks.All(s => s.Value(slot) is null))
                continue;
            var provisional = stacks.Any(s => s.IsProvisional(slot)) ? FigureText.ProvisionalMark : "";
            var incomplete = stacks.Any(s => s.Value(slot) is null) ? "†" : "";
            if (scene.Definition.Kind != ChartKind.Shares)
                labels.At(map.X(slot), map.Y(below, Left) - 5, stacks[0].Show.Number(below * stacks[0].Show.Divisor) + provisional + incomplete, ChartStyle.Ink, bold: true);
            else if (provisional.Length + incomplete.Length > 0)
                labels.At(map.X(slot), map.Y(below, Left) - 5, provisional + incomplete, ChartStyle.SoftInk);
        }

        plot.Add.Bars(bars);
    }

    /// <summary>Parts that are tall enough carry their own number.</summary>
    private void DrawSegmentLabels(ChartSheet sheet, PlotMap map)
    {
        for (var slot = 0; slot < scene.Slots.Count; slot++)
        {
            decimal below = 0;
            foreach (var s in On(Mark.Stack).Where(s => s.Value(slot) is not null))
            {
                var value = s.Show.Scaled(s.Value(slot)!.Value);
                var (top, bottom) = (map.Y(below + value, Left), map.Y(below, Left));
                below += value;
                var text = s.Show.Number(s.Value(slot)!.Value);
                if (bottom - top < 14 || ChartText.Width(text, 11) > map.SlotWidth * 0.64f)
                    continue;
                sheet.Text(text, map.X(slot), (top + bottom) / 2 + 4, 11, ChartStyle.On(ColorOf(s)), SKTextAlign.Center);
            }
        }
    }

    private void AddZeroLine(Plot plot)
    {
        if (Left.Low >= 0)
            return;
        var line = plot.Add.HorizontalLine(0, 1, ChartStyle.Axis);
        line.EnableAutoscale = false;
    }

    private void AddPaths(Plot plot, PlotMap map, LabelPlacer labels)
    {
        foreach (var path in paths)
        {
            var points = path.Points.Select(p => new Coordinates(p.Slot, (double)path.Show.Scaled(p.Value))).ToArray();
            plot.PlottableList.Add(new DashedLine(points, ChartStyle.Target, 2.4f));
            plot.PlottableList.Add(Markers(points, new MarkerStyle(MarkerShape.FilledDiamond, 10, ChartStyle.Target)));
            for (var i = 0; i < path.Points.Count; i++)
            {
                var at = map.Point(path.Points[i].Slot, path.Show.Scaled(path.Points[i].Value), Left);
                labels.Avoid(LabelPlacer.Around(at.X, at.Y, 5));
                if (i > 0)
                    labels.Avoid(map.Point(path.Points[i - 1].Slot, path.Show.Scaled(path.Points[i - 1].Value), Left), at);
            }
        }
    }

    private static Markers Markers(IEnumerable<Coordinates> points, MarkerStyle style) =>
        new(new ScottPlot.DataSources.ScatterSourceCoordinatesArray(points.ToArray())) { MarkerStyle = style };

    private void AddLines(Plot plot, PlotMap map, LabelPlacer labels)
    {
        var lines = On(Mark.Line);
        foreach (var (s, k) in lines.Select((s, k) => (s, k)))
        {
            var axes = new Axes { XAxis = plot.Axes.Bottom, YAxis = s.Right ? plot.Axes.Right : plot.Axes.Left };
            var scale = s.Right ? Right : Left;
            foreach (var run in Runs(s))
            {
                var line = plot.Add.ScatterLine(run.Select(p => new Coordinates(p.Slot, (double)s.Show.Scaled(p.Value))).ToArray(), ColorOf(s));
                line.LineWidth = ChartStyle.LineWidth;
                line.Axes = axes;
                for (var i = 1; i < run.Count; i++)
                    labels.Avoid(map.Point(run[i - 1].Slot, s.Show.Scaled(run[i - 1].Value), scale), map.Point(run[i].Slot, s.Show.Scaled(run[i].Value), scale));
            }

            var shape = ChartStyle.Shape(k);
            foreach (var group in s.Valued.GroupBy(v => s.IsProvisional(v.Slot)))
            {
                var style = group.Key ? MarksOf.Hollow(shape, ColorOf(s)) : new MarkerStyle(shape, ChartStyle.MarkerSize, ColorOf(s));
                var markers = Markers(group.Select(v => new Coordinates(v.Slot, (double)s.Show.Scaled(v.Value))), style);
                markers.Axes = axes;
                plot.PlottableList.Add(markers);
            }

            foreach (var (slot, value) in s.Valued)
            {
                var at = map.Point(slot, s.Show.Scaled(value), scale);
                labels.Avoid(LabelPlacer.Around(at.X, at.Y, 5));
            }
        }

        foreach (var path in paths)
            if (path.Points is [.., var end])
                LabelAt(map, labels, end.Slot, end.Value, path.Show, Left, ChartStyle.Target);
        foreach (var s in lines)
        {
            var last = s.Valued.Select(v => v.Slot).DefaultIfEmpty(-1).Max();
            var first = s.Valued.Select(v => v.Slot).DefaultIfEmpty(-1).Min();
            foreach (var (slot, value) in s.Valued)
                if (lines.Length <= 2 || slot == last || (slot == first && lines.Length <= 4))
                    LabelAt(map, labels, slot, value, s.Show, s.Right ? Right : Left, ColorOf(s));
        }
    }

    private static void LabelAt(PlotMap map, LabelPlacer labels, int slot, decimal value, FigureText show, AxisScale scale, Color color)
    {
        var at = map.Point(slot, show.Scaled(value), scale);
        labels.Near(at.X, at.Y, show.Label(value), color.Darken(0.15), bold: true);
    }

    /// <summary>The stretches without a gap: a missing year breaks the line, it is never bridged.</summary>
    private static IEnumerable<List<(int Slot, decimal Value)>> Runs(SceneSeries s)
    {
        var run = new List<(int Slot, decimal Value)>();
        foreach (var point in s.Valued)
        {
            if (run.Count > 0 && point.Slot != run[^1].Slot + 1)
            {
                yield return run;
                run = [];
            }

            run.Add(point);
        }

        if (run.Count > 0)
            yield return run;
    }

    private void AddReferences(Plot plot, PlotMap map, LabelPlacer labels)
    {
        foreach (var mark in references)
        {
            var value = mark.Show.Scaled(mark.Target.Value);
            plot.PlottableList.Add(new DashedLine([new Coordinates(-0.5, (double)value), new Coordinates(scene.Slots.Count - 0.5, (double)value)], ChartStyle.Reference, 1.6f, 3, 4));
            if (mark.Position is { } x)
                plot.PlottableList.Add(Markers([new Coordinates(x, (double)value)], new MarkerStyle(MarkerShape.FilledDiamond, 14, ChartStyle.Reference)));
            var at = new SKPoint(map.X(mark.Position ?? 0), map.Y(value, Left));
            labels.Avoid(LabelPlacer.Around(at.X, at.Y, 7));
            labels.Avoid(new SKPoint(at.X - 110, at.Y), new SKPoint(at.X + 110, at.Y));
            labels.Near(at.X, at.Y, Wording.Qualifier(mark.Target.Qualifier).In(language) is { Length: > 0 } q ? $"{q} {mark.Show.Number(mark.Target.Value)}" : mark.Show.Number(mark.Target.Value), ChartStyle.Reference, bold: true);
        }
    }

    private void DrawAxisNames(ChartSheet sheet, SKRect area)
    {
        var left = series.First(s => !s.Right);
        var right = series.First(s => s.Right);
        Name(left, area.Left, SKTextAlign.Left, language == Language.Zh ? "左轴：" : "Left: ");
        Name(right, area.Right, SKTextAlign.Right, language == Language.Zh ? "右轴：" : "Right: ");

        void Name(SceneSeries s, float x, SKTextAlign align, string side)
        {
            sheet.Text(ChartText.Fit(side + s.Show.Unit.In(language), 12, area.Width / 2 - 10), x, area.Top + 10, 12, ChartStyle.SoftInk, align);
        }
    }
}
