using Innovation1551.Models;
using Innovation1551.Publishing.Charts.Marks;
using Innovation1551.Publishing.Figures;
using ScottPlot;
using ScottPlot.Plottables;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Drawing;

/// <summary>One plot over years or months: columns, stacks and lines on one axis, target paths, reference marks, and the gaps.</summary>
internal sealed class TrendPanel(ChartScene scene, int panel, Language language)
{
    private const float SmallLabel = 11;
    private readonly SceneSeries[] _series = scene.Series.Where(s => s.Panel == panel).ToArray();
    private readonly TargetLine[] _paths = scene.Paths.Where(p => p.Panel == panel).ToArray();
    private readonly TargetPoint[] _aims = scene.Aims.Where(a => a.Panel == panel).ToArray();
    private readonly ReferenceMark[] _references = scene.References.Where(r => r.Panel == panel).ToArray();
    private readonly ForecastFan[] _forecasts = scene.Forecasts.Where(f => f.Series.Panel == panel).ToArray();
    private readonly SlotWidths _slots = new(scene);

    public SceneSeries[] Series => _series;

    public bool StartsAtZero => Scale.StartsAtZero;

    /// <summary>Are the series named beside their marks, and not in a legend?</summary>
    public static bool NamesDirectly(ChartScene scene) => scene.PanelCount == 1 && scene.Series.Count > 1 && scene.Series.All(s => s.Mark != Mark.Column);

    public static Color ColorOf(SceneSeries s, int index) => s.Mark == Mark.Line ? ChartStyle.Line(index) : ChartStyle.Area(index);

    /// <summary>Has some part of the column at this slot no value? Its height is then less than the whole, and that must be said.</summary>
    public static bool IsIncomplete(ChartScene scene, int slot)
    {
        var parts = scene.Series.Where(s => s.Mark == Mark.Stack).ToArray();
        return parts.Any(p => p.Value(slot) is null) && parts.Any(p => p.Value(slot) is not null);
    }

    private SceneSeries[] On(Mark mark) => _series.Where(s => s.Mark == mark).ToArray();

    private AxisScale Scale => field ??= MakeScale();

    private static readonly AxisScale WholeInPercent = new(0, 100, 20);

    private AxisScale MakeScale()
    {
        if (scene.Definition.Kind == ChartKind.Shares)
            return WholeInPercent;
        var own = _series.Where(s => s.Mark != Mark.Stack).SelectMany(s => s.Valued.Select(v => s.Show.Scaled(v.Value)));
        var stacks = Enumerable.Range(0, scene.Slots.Count).Select(StackHeight);
        var asked = _paths
            .SelectMany(p => p.Points.Select(v => p.Show.Scaled(v.Value)))
            .Concat(_aims.Select(a => a.Show.Scaled(a.Target.Value)))
            .Concat(_references.Select(r => r.Show.Scaled(r.Target.Value)))
            .Concat(_forecasts.SelectMany(f => f.Points.SelectMany(p => new[] { p.Forecast.Ninety.Low, p.Forecast.Ninety.High }.Select(f.Series.Show.Scaled))));
        var values = On(Mark.Stack).Length > 0 ? own.Concat(stacks).Concat(asked) : own.Concat(asked);
        return AxisScale.For(values, free: _series.All(s => s.Mark == Mark.Line), 0.1, percent: _series.All(s => s.Metric.Unit == "percent"));
    }

    private decimal StackHeight(int slot) => On(Mark.Stack).Sum(s => s.Value(slot) is { } v ? s.Show.Scaled(v) : 0);

    public void Draw(ChartSheet sheet, SKRect area)
    {
        var last = LastValued();
        var names = NamesDirectly(scene) ? _series.Where(s => s.Valued.Any()).Select(s => s.Name.In(language)).ToArray() : [];
        var left = ChartText.Widest(Scale.Labels, ChartStyle.TickSize) + 10;
        // Names stand over the stretch without data; only what that does not hold is taken from the plot.
        var free = last < 0 ? 0 : 1 - (float)(_slots.End(last) / _slots.Total);
        var right = names.Length == 0 ? 6 : Math.Max(6, (DirectNames.Room(names) - free * (area.Width - left)) / (1 - free));
        using var plot = ChartStyle.NewPlot();
        plot.Axes.SetLimits(0, _slots.Total, (double)Scale.Low, (double)Scale.High);
        plot.Axes.Bottom.TickGenerator = AxisTicks.At(Enumerable.Range(0, _slots.Count).Select(i => _slots.At(i)));
        plot.Axes.Left.TickGenerator = AxisTicks.At(Scale);
        var padding = new PixelPadding(left, right, 26, scene.Definition.Kind == ChartKind.Shares ? 20 : 8);
        plot.Layout.Fixed(padding);
        var data = new SKRect(area.Left + padding.Left, area.Top + padding.Top, area.Right - padding.Right, area.Bottom - padding.Bottom);
        var labels = new LabelPlacer(new SKRect(data.Left, data.Top - 14, data.Right, data.Bottom - 2));
        var map = new PlotMap(data, _slots);

        AddZones(plot, sheet, map, named: names.Length > 0);
        AddColumns(plot, map, labels);
        AddStacks(plot, map, labels);
        AddZeroLine(plot);
        AddReferences(plot, map, labels);
        AddForecasts(plot, map, labels);
        AddPaths(plot, map, labels);
        AddAims(plot, map, labels);
        AddLines(plot, map, labels);
        ChartStyle.Render(plot, sheet.Shapes, area);
        MarkSpots(sheet, map);
        AxisTicks.Left(sheet, map, Scale);
        AxisTicks.Below(sheet, map, scene, language);
        DrawSegmentLabels(sheet, map);
        DrawUprightLabels(sheet);
        labels.Draw(sheet);
        if (names.Length > 0)
            DrawNames(sheet, map);
    }

    /// <summary>Each value at its mark: a line's point, the head of a column, the middle of a part.</summary>
    private void MarkSpots(ChartSheet sheet, PlotMap map)
    {
        var columns = On(Mark.Column);
        for (var slot = 0; slot < scene.Slots.Count; slot++)
        {
            decimal below = 0;
            foreach (var s in _series.Where(s => s.Value(slot) is not null))
            {
                var value = s.Show.Scaled(s.Value(slot)!.Value);
                var at = map.Point(slot, s.Mark == Mark.Stack ? below + value / 2 : value, Scale);
                if (s.Mark == Mark.Column)
                    at.X += (float)((Array.IndexOf(columns, s) + 0.5) / columns.Length - 0.5) * ClusterWidth * map.WidthOf(slot);
                if (s.Mark == Mark.Stack)
                    below += value;
                sheet.Spot(BoundOf(s, slot), at);
            }
        }
        foreach (var path in _paths)
        foreach (var (slot, value) in path.Points)
            sheet.Spot(Bound.Path(path.Target.Id, SceneBuilder.FirstYear + slot), map.Point(slot, path.Show.Scaled(value), Scale));
    }

    private int LastValued() => Enumerable.Range(0, scene.Slots.Count).LastOrDefault(i => _series.Any(s => s.Value(i) is not null), -1);

    private Color ColorOf(SceneSeries s) => ColorOf(s, IndexOf(s));

    private int IndexOf(SceneSeries s)
    {
        for (var i = 0; i < scene.Series.Count; i++)
            if (ReferenceEquals(scene.Series[i], s))
                return i;
        return 0;
    }

    private Bound BoundOf(SceneSeries s, int slot) => s.Points[slot]?.Bound ?? Bound.Nothing;

    private void AddZones(Plot plot, ChartSheet sheet, PlotMap map, bool named)
    {
        var valued = Enumerable.Range(0, scene.Slots.Count).Select(i => _series.Any(s => s.Value(i) is not null)).ToArray();
        var last = Array.LastIndexOf(valued, true);
        for (var i = 0; i < valued.Length; i++)
        {
            var from = i;
            while (i < valued.Length && !valued[i])
                i++;
            if (i == from)
                continue;
            plot.PlottableList.Add(new NoDataZone(_slots.Start(from), _slots.End(i - 1)));
            var name = (from > last ? Wording.NoDataYet : Wording.NoData).In(language);
            var width = map.Right(i - 1) - map.Left(from);
            if (ChartText.Width(name, SmallLabel) < width - 2 && !((named || _forecasts.Length > 0) && from > last))
                sheet.Text(
                    name,
                    (map.Left(from) + map.Right(i - 1)) / 2,
                    map.Data.Bottom - 9,
                    SmallLabel,
                    ChartStyle.SoftInk,
                    Bound.Nothing,
                    SKTextAlign.Center,
                    halo: 3
                );
        }
    }

    /// <summary>The part of a slot that its columns take.</summary>
    private const float ClusterWidth = 0.72f;

    private void AddColumns(Plot plot, PlotMap map, LabelPlacer labels)
    {
        var columns = On(Mark.Column);
        var width = ClusterWidth / Math.Max(1, columns.Length);
        foreach (var (s, c) in columns.Select((s, c) => (s, c)))
        {
            var bars = new List<Bar>();
            foreach (var (slot, value) in s.Valued)
            {
                var x = _slots.At(slot) + (-ClusterWidth / 2 + width * (c + 0.5)) * _slots.Of(slot);
                var shown = s.Show.Scaled(value);
                bars.Add(
                    new Bar
                    {
                        Position = x,
                        Value = (double)shown,
                        Size = width * _slots.Of(slot) * 0.94,
                        FillColor = ColorOf(s),
                        LineWidth = 0,
                    }
                );
                var pixel = map.Data.Left + (float)(x / _slots.Total) * map.Data.Width;
                var top = map.Y(shown, Scale);
                var text = s.Show.Label(value);
                var room = map.WidthOf(slot) * (columns.Length > 1 ? (float)width : 1);
                if (ChartText.Width(text, ChartStyle.LabelSize) > room + 2)
                    _upright.Add((pixel, top, map.Y(0, Scale), text, ColorOf(s), BoundOf(s, slot)));
                else
                    labels.At(pixel, value < 0 ? top + 15 : top - 5, text, ChartStyle.Ink, BoundOf(s, slot));
            }

            plot.Add.Bars(bars);
        }
    }

    private readonly List<(float X, float Top, float Base, string Text, Color Fill, Bound Bound)> _upright = [];

    /// <summary>Labels wider than their columns stand upright: inside a tall column, above a short one.</summary>
    private void DrawUprightLabels(ChartSheet sheet)
    {
        foreach (var (x, top, zero, text, fill, bound) in _upright)
        {
            var inside = Math.Abs(zero - top) > ChartText.Width(text, SmallLabel) + 10;
            sheet.Text(
                text,
                x + 4,
                inside ? top + 6 : top - 4,
                SmallLabel,
                inside ? ChartStyle.On(fill) : ChartStyle.Ink,
                bound,
                inside ? SKTextAlign.Right : SKTextAlign.Left,
                upright: true
            );
        }
    }

    private const double StackWidth = 0.6;

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
                bars.Add(
                    new Bar
                    {
                        Position = _slots.At(slot),
                        ValueBase = (double)below,
                        Value = (double)(below + value),
                        Size = StackWidth * _slots.Of(slot),
                        FillColor = ColorOf(s),
                        LineColor = Colors.White,
                        LineWidth = 1,
                    }
                );
                below += value;
            }

            var incomplete = IsIncomplete(scene, slot) ? "†" : "";
            if (scene.Totals is { } totals && totals.Value(slot) is { } total)
                labels.At(map.X(slot), map.Y(below, Scale) - 5, totals.Show.Number(total) + incomplete, ChartStyle.Ink, BoundOf(totals, slot), bold: true);
            else if (incomplete.Length > 0)
                labels.At(map.X(slot), map.Y(below, Scale) - 5, incomplete, ChartStyle.SoftInk, Bound.Nothing);
        }

        plot.Add.Bars(bars);
    }

    /// <summary>Every part carries its number: inside where it is tall enough, else beside the column.</summary>
    private void DrawSegmentLabels(ChartSheet sheet, PlotMap map)
    {
        const float Tall = 13,
            Step = 11.5f;
        for (var slot = 0; slot < scene.Slots.Count; slot++)
        {
            decimal below = 0;
            var lowest = map.Data.Bottom + Step;
            var half = map.WidthOf(slot) * (float)StackWidth / 2;
            foreach (var s in On(Mark.Stack).Where(s => s.Value(slot) is not null))
            {
                var value = s.Show.Scaled(s.Value(slot)!.Value);
                var (top, bottom) = (map.Y(below + value, Scale), map.Y(below, Scale));
                below += value;
                if (value == 0)
                    continue;
                var text = s.Show.Number(s.Value(slot)!.Value);
                if (bottom - top >= Tall && ChartText.Width(text, SmallLabel) <= half * 2 - 2)
                {
                    sheet.Text(text, map.X(slot), (top + bottom) / 2 + 4, SmallLabel, ChartStyle.On(ColorOf(s)), BoundOf(s, slot), SKTextAlign.Center);
                    continue;
                }

                // Beside the column, on the left, so that the names on the right stay clear of it; small parts one above another keep a line's distance.
                lowest = Math.Min((top + bottom) / 2 + 4, lowest - Step);
                sheet.Text(text, map.X(slot) - half - 3, lowest, 10.5f, ChartStyle.TextIn(ColorOf(s)), BoundOf(s, slot), SKTextAlign.Right, halo: 2.5f);
            }
        }
    }

    /// <summary>The names of the series beside their last marks.</summary>
    private void DrawNames(ChartSheet sheet, PlotMap map)
    {
        var last = LastValued();
        if (last < 0)
            return;
        var entries = new List<(string, float, Color)>();
        decimal below = 0;
        foreach (var s in _series.Where(s => s.Valued.Any()))
            if (s.Mark == Mark.Stack)
            {
                var value = s.Show.Scaled(s.Value(last) ?? 0);
                entries.Add((s.Name.In(language), map.Y(below + value / 2, Scale), ColorOf(s)));
                below += value;
            }
            else
                entries.Add((s.Name.In(language), map.Y(s.Show.Scaled(s.Valued.Last().Value), Scale), ColorOf(s)));
        var x = _series.Any(s => s.Mark == Mark.Stack)
            ? map.X(last) + map.WidthOf(last) * (float)StackWidth / 2
            : Math.Max(map.X(last) + 8, map.Right(last) - 22);
        DirectNames.Draw(sheet, map.Data, x, entries);
    }

    private void AddZeroLine(Plot plot)
    {
        if (Scale.Low >= 0)
            return;
        var line = plot.Add.HorizontalLine(0, 1, ChartStyle.Axis);
        line.EnableAutoscale = false;
    }

    /// <summary>The bands from the last figure on, the wider one lighter, and the projection dashed and hollow: nothing of it looks like a figure.</summary>
    private void AddForecasts(Plot plot, PlotMap map, LabelPlacer labels)
    {
        foreach (var fan in _forecasts)
        {
            var before = fan.Points[0].Slot - 1;
            if (fan.Series.Value(before) is not { } last)
                continue;
            var from = At(fan.Series, before, last);
            foreach (var (band, alpha) in new (Func<Forecast, (decimal Low, decimal High)>, double)[] { (f => f.Ninety, 0.16), (f => f.Half, 0.30) })
            {
                var upper = fan.Points.Select(p => At(fan.Series, p.Slot, band(p.Forecast).High));
                var lower = fan.Points.Reverse().Select(p => At(fan.Series, p.Slot, band(p.Forecast).Low));
                var area = plot.Add.Polygon([from, .. upper, .. lower]);
                area.FillColor = ChartStyle.Projection.WithAlpha(alpha);
                area.LineWidth = 0;
            }

            var middle = fan.Points.Select(p => At(fan.Series, p.Slot, p.Forecast.Value!.Value)).ToArray();
            plot.PlottableList.Add(new DashedLine([from, .. middle], ChartStyle.Projection, 2.2f, 5, 4));
            plot.PlottableList.Add(
                Markers(
                    middle,
                    new MarkerStyle(MarkerShape.FilledCircle, ChartStyle.MarkerSize, ChartStyle.Paper)
                    {
                        LineWidth = 2,
                        LineColor = ChartStyle.Projection,
                        OutlineWidth = 2,
                        OutlineColor = ChartStyle.Projection,
                    }
                )
            );
            foreach (var (slot, f) in fan.Points)
            {
                var at = map.Point(slot, fan.Series.Show.Scaled(f.Value!.Value), Scale);
                labels.Avoid(LabelPlacer.Around(at.X, at.Y, 6));
                // Beside a path only the last is told: the numbers of the years between stand in the table.
                if (_paths.Length == 0 || slot == fan.Points[^1].Slot)
                    LabelAt(map, labels, slot, f.Value!.Value, fan.Series.Show, ChartStyle.TextIn(ChartStyle.Projection), f.Key("value"));
            }

            var (end, ends) = (fan.Points[^1].Slot, fan.Points[^1].Forecast);
            foreach (var (value, column, away) in new[] { (ends.Ninety.High, "high_90", -6f), (ends.Ninety.Low, "low_90", 15f) })
            {
                var at = map.Point(end, fan.Series.Show.Scaled(value), Scale);
                labels.At(at.X, at.Y + away, fan.Series.Show.Label(value), ChartStyle.TextIn(ChartStyle.Projection), ends.Key(column));
            }
        }
    }

    private void AddPaths(Plot plot, PlotMap map, LabelPlacer labels)
    {
        foreach (var path in _paths)
        {
            var points = path.Points.Select(p => new Coordinates(_slots.At(p.Slot), (double)path.Show.Scaled(p.Value))).ToArray();
            plot.PlottableList.Add(new DashedLine(points, ChartStyle.Target, 2.4f));
            plot.PlottableList.Add(Markers(points, new MarkerStyle(MarkerShape.FilledDiamond, 10, ChartStyle.Target)));
            for (var i = 0; i < path.Points.Count; i++)
            {
                var at = map.Point(path.Points[i].Slot, path.Show.Scaled(path.Points[i].Value), Scale);
                labels.Avoid(LabelPlacer.Around(at.X, at.Y, 5));
                if (i > 0)
                    labels.Avoid(map.Point(path.Points[i - 1].Slot, path.Show.Scaled(path.Points[i - 1].Value), Scale), at);
            }
        }
    }

    /// <summary>
    /// What is asked for by a year without a path: a mark with its number at that year; where the year has a figure, a stroke across it,
    /// whose number stands in the legend, so that the two do not run into each other.
    /// </summary>
    private void AddAims(Plot plot, PlotMap map, LabelPlacer labels)
    {
        foreach (var aim in _aims)
        {
            var value = aim.Show.Scaled(aim.Target.Value);
            if (_series.Any(s => s.Value(aim.Slot) is not null))
            {
                plot.PlottableList.Add(
                    new DashedLine(
                        [new Coordinates(_slots.Start(aim.Slot) + 0.04, (double)value), new Coordinates(_slots.End(aim.Slot) - 0.04, (double)value)],
                        Colors.White,
                        4.6f,
                        8,
                        0.01f
                    )
                );
                plot.PlottableList.Add(
                    new DashedLine(
                        [new Coordinates(_slots.Start(aim.Slot) + 0.04, (double)value), new Coordinates(_slots.End(aim.Slot) - 0.04, (double)value)],
                        ChartStyle.Target,
                        2.4f,
                        6,
                        3
                    )
                );
                continue;
            }

            plot.PlottableList.Add(
                Markers([new Coordinates(_slots.At(aim.Slot), (double)value)], new MarkerStyle(MarkerShape.FilledDiamond, 13, ChartStyle.Target))
            );
            var at = map.Point(aim.Slot, value, Scale);
            labels.Avoid(LabelPlacer.Around(at.X, at.Y, 7));
            labels.Near(at.X, at.Y, Qualified(aim.Target, aim.Show), ChartStyle.Target, Bound.Target(aim.Target.Id), bold: true);
        }
    }

    private string Qualified(Target target, FigureText show)
    {
        var qualifier = Wording.Qualifier(target.Qualifier).In(language);
        return language == Language.Zh ? qualifier + show.Number(target.Value) : $"{qualifier} {show.Number(target.Value)}".TrimStart();
    }

    private static Markers Markers(IEnumerable<Coordinates> points, MarkerStyle style) =>
        new(new ScottPlot.DataSources.ScatterSourceCoordinatesArray(points.ToArray())) { MarkerStyle = style };

    private void AddLines(Plot plot, PlotMap map, LabelPlacer labels)
    {
        var lines = On(Mark.Line);
        foreach (var (s, k) in lines.Select((s, k) => (s, k)))
        {
            foreach (var run in Runs(s))
            {
                var line = plot.Add.ScatterLine(run.Select(p => At(s, p.Slot, p.Value)).ToArray(), ColorOf(s));
                line.LineWidth = ChartStyle.LineWidth;
                for (var i = 1; i < run.Count; i++)
                    labels.Avoid(
                        map.Point(run[i - 1].Slot, s.Show.Scaled(run[i - 1].Value), Scale),
                        map.Point(run[i].Slot, s.Show.Scaled(run[i].Value), Scale)
                    );
            }

            plot.PlottableList.Add(
                Markers(s.Valued.Select(v => At(s, v.Slot, v.Value)), new MarkerStyle(ChartStyle.Shape(k), ChartStyle.MarkerSize, ColorOf(s)))
            );
            foreach (var (slot, value) in s.Valued)
            {
                var at = map.Point(slot, s.Show.Scaled(value), Scale);
                labels.Avoid(LabelPlacer.Around(at.X, at.Y, 6));
            }
        }

        foreach (var path in _paths)
        {
            if (path.Points is [.., var end])
                LabelAt(map, labels, end.Slot, end.Value, path.Show, ChartStyle.Target, Bound.Path(path.Target.Id, SceneBuilder.FirstYear + end.Slot));
            if (path.Points.FirstOrDefault(p => p.Slot == LastValued()) is var now && now != path.Points[^1] && now != default)
                LabelAt(map, labels, now.Slot, now.Value, path.Show, ChartStyle.Target, Bound.Path(path.Target.Id, SceneBuilder.FirstYear + now.Slot));
        }

        foreach (var s in lines)
        {
            var last = s.Valued.Select(v => v.Slot).DefaultIfEmpty(-1).Max();
            var first = s.Valued.Select(v => v.Slot).DefaultIfEmpty(-1).Min();
            foreach (var (slot, value) in s.Valued)
                if (lines.Length <= 2 || slot == last || slot == first)
                    LabelAt(map, labels, slot, value, s.Show, ChartStyle.TextIn(ColorOf(s)), BoundOf(s, slot));
        }

        foreach (var path in _paths)
            if (path.Points is [var start, _, ..] && _series.Any(s => s.Value(start.Slot) is not null))
                LabelBase(map, labels, path, start);
    }

    /// <summary>The year from which a path starts is marked as such.</summary>
    private void LabelBase(PlotMap map, LabelPlacer labels, TargetLine path, (int Slot, decimal Value) start)
    {
        var at = map.Point(start.Slot, path.Show.Scaled(start.Value), Scale);
        labels.Near(at.X, at.Y, language == Language.Zh ? "基期" : "base", ChartStyle.Target, Bound.Nothing);
    }

    private Coordinates At(SceneSeries s, int slot, decimal value) => new(_slots.At(slot), (double)s.Show.Scaled(value));

    private void LabelAt(PlotMap map, LabelPlacer labels, int slot, decimal value, FigureText show, Color color, Bound bound)
    {
        var at = map.Point(slot, show.Scaled(value), Scale);
        labels.Near(at.X, at.Y, show.Label(value), color, bound, bold: true);
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
        foreach (var mark in _references)
        {
            var value = mark.Show.Scaled(mark.Target.Value);
            plot.PlottableList.Add(
                new DashedLine([new Coordinates(0, (double)value), new Coordinates(_slots.Total, (double)value)], ChartStyle.Reference, 1.6f, 3, 4)
            );
            if (mark.Position is { } x)
                plot.PlottableList.Add(
                    Markers([new Coordinates(_slots.At(x), (double)value)], new MarkerStyle(MarkerShape.FilledDiamond, 13, ChartStyle.Reference))
                );
            var at = new SKPoint(map.X(mark.Position ?? 0), map.Y(value, Scale));
            labels.Avoid(LabelPlacer.Around(at.X, at.Y, 7));
            labels.Avoid(new SKPoint(map.Data.Left, at.Y), new SKPoint(map.Data.Right, at.Y));
            // At the end of its line, over the stretch without data, where no series can be in its way.
            var text = Qualified(mark.Target, mark.Show);
            labels.At(
                map.Data.Right - ChartText.Width(text, ChartStyle.LabelSize, bold: true) / 2 - 3,
                at.Y - 6,
                text,
                ChartStyle.Reference,
                Bound.Target(mark.Target.Id),
                bold: true
            );
        }
    }
}
