using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Drawing.Charts;
using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Charts.Drawing;
using Innovation1551.Publishing.Charts.Output;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;
using A = DocumentFormat.OpenXml.Drawing;
using ChartText = DocumentFormat.OpenXml.Drawing.Charts.ChartText;
using DataTable = Innovation1551.Publishing.Document.DataTable;

namespace Innovation1551.Publishing.Formats;

/// <summary>
/// A chart of the workbook itself beside the data of a chart: it reads the cells, so that an editor can go on from it. There is one for lines,
/// columns, stacks and bars; a kind that a workbook does not know, and a table in which a word stands where a number would be drawn, have none.
/// </summary>
internal sealed class SheetChart
{
    private const int MostLines = 8,
        MostLabelled = 2,
        FirstRow = 4;
    private const long HeightOfBars = 285750;
    private const uint NameAxis = 1,
        NumberAxis = 2;

    private readonly ChartBlock _block;
    private readonly DataTable _data;
    private readonly Language _language;
    private readonly string _sheet;
    private readonly IReadOnlyList<Series> _series;
    private readonly bool _lying;

    /// <summary>A row or column of the table as it is drawn.</summary>
    private sealed record Series(int Line, string Color, Mark Mark, bool IsTarget);

    private SheetChart(ChartBlock block, Language language, string sheet, IReadOnlyList<Series> series, bool lying) =>
        (_block, _data, _language, _sheet, _series, _lying) = (block, block.Data, language, sheet, series, lying);

    private ChartScene Scene => _block.Chart.Scene;

    /// <summary>The charts of a block, one for each of its panels.</summary>
    /// <param name="sheet">The name of the sheet that holds the table.</param>
    public static IEnumerable<SheetChart> Of(ChartBlock block, Language language, string sheet)
    {
        var scene = block.Chart.Scene;
        if (
            scene.Definition.Kind
                is not (
                    ChartKind.Lines
                    or ChartKind.Columns
                    or ChartKind.Stacked
                    or ChartKind.Shares
                    or ChartKind.Panels
                    or ChartKind.Ranked
                    or ChartKind.Progress
                    or ChartKind.Multiples
                )
            || scene.Definition.Kind == ChartKind.Multiples && scene.Series.Count > MostLines
        )
            yield break;
        var cells = new Dictionary<Bound, (int Row, int Column)>();
        foreach (var (r, row) in block.Data.Rows.Index())
        foreach (var (c, cell) in row.Cells.Index())
        foreach (var run in cell.Phrase.Where(run => run.Bound.IsNumber))
            cells.TryAdd(run.Bound, (r, c));
        var places = scene
            .Series.Select(s => s.Points.Select(p => p is { Value: not null } v && cells.TryGetValue(v.Bound, out var at) ? at : (-1, -1)).ToArray())
            .ToArray();
        // Series go down the page where the values of one stand in one row.
        var lying = places.Any(p =>
            p.Where(at => at.Item1 >= 0).ToArray() is [var first, .., var last] && first.Item1 == last.Item1 && first.Item2 != last.Item2
        );
        for (var panel = 0; panel < scene.PanelCount; panel++)
        {
            var series = new List<Series>();
            foreach (var (i, s) in scene.Series.Index().Where(s => s.Item.Panel == panel && !s.Item.IsReference && !s.Item.IsBackground))
                if (places[i].FirstOrDefault(at => at.Item1 >= 0, (-1, -1)) is (>= 0, _) at)
                    series.Add(new(lying ? at.Item1 : at.Item2, ChartSvg.Hex(TrendPanel.ColorOf(s, i))[1..], IsBars(scene) ? Mark.Column : s.Mark, false));
            foreach (var path in scene.Paths.Where(p => p.Panel == panel && !lying))
                if (cells.TryGetValue(Bound.Path(path.Target.Id, SceneBuilder.FirstYear + path.Points[0].Slot), out var at))
                    series.Add(new(at.Column, ChartSvg.Hex(ChartStyle.Target)[1..], Mark.Line, true));
            var chart = new SheetChart(block, language, sheet, series, lying);
            if (series.Count > 0 && series.All(chart.IsNumbers))
                yield return chart;
        }
    }

    private static bool IsBars(ChartScene scene) => scene.Definition.Kind is ChartKind.Ranked or ChartKind.Progress;

    /// <summary>What the chart is, for those who cannot see it.</summary>
    public string Description => Html.Harmless(_block.Chart.Svg(_language).Description);

    /// <summary>In the units of DrawingML: bars of many names ask for a higher picture.</summary>
    public long Height => Math.Max(SheetDrawing.Height, IsBars(Scene) ? Slots * HeightOfBars : 0);

    /// <param name="stamp">The marks that stand on every page: draft, constructed.</param>
    public ChartSpace Space(string stamp)
    {
        var plot = new PlotArea(new Layout());
        var bars = _series.Where(s => s.Mark != Mark.Line).ToArray();
        var lines = _series.Where(s => s.Mark == Mark.Line).ToArray();
        if (bars.Length > 0)
            plot.Append(Bars(bars));
        if (lines.Length > 0)
            plot.Append(Lines(lines));
        var lying = IsBars(Scene);
        plot.Append(
            new CategoryAxis(
                new AxisId { Val = NameAxis },
                new Scaling(new Orientation { Val = lying ? OrientationValues.MaxMin : OrientationValues.MinMax }),
                new Delete { Val = false },
                new AxisPosition { Val = lying ? AxisPositionValues.Left : AxisPositionValues.Bottom },
                new TickLabelPosition { Val = TickLabelPositionValues.Low },
                new CrossingAxis { Val = NumberAxis }
            ),
            new ValueAxis(
                new AxisId { Val = NumberAxis },
                Scale(bars.Length > 0),
                new Delete { Val = false },
                new AxisPosition { Val = lying ? AxisPositionValues.Bottom : AxisPositionValues.Left },
                new MajorGridlines(Line("D9DFE6", 6350)),
                new NumberingFormat { FormatCode = "General", SourceLinked = false },
                new TickLabelPosition { Val = TickLabelPositionValues.Low },
                new CrossingAxis { Val = NameAxis }
            )
        );
        var title =
            $"{Scene.Title.In(_language)}{(Panel is { } panel ? $"  {panel}" : "")}{(Scene.PanelCount == 1 && Scene.Unit.In(_language) is { Length: > 0 } unit ? $"  {unit}" : "")}  {stamp}";
        return new ChartSpace(
            new EditingLanguage { Val = _language == Language.Zh ? "zh-CN" : "en-GB" },
            new RoundedCorners { Val = false },
            new Chart(
                new Title(
                    new ChartText(
                        new RichText(
                            new A.BodyProperties(),
                            new A.Paragraph(
                                new A.ParagraphProperties(new A.DefaultRunProperties { FontSize = 1200, Bold = true }),
                                new A.Run(new A.RunProperties { FontSize = 1200, Bold = true }, new A.Text(Html.Harmless(title.TrimEnd())))
                            )
                        )
                    ),
                    new Overlay { Val = false }
                ),
                new AutoTitleDeleted { Val = false },
                plot,
                new Legend(new LegendPosition { Val = LegendPositionValues.Bottom }, new Overlay { Val = false }),
                new PlotVisibleOnly { Val = true },
                // A year without a figure is a gap, never a zero.
                new DisplayBlanksAs { Val = DisplayBlanksAsValues.Gap }
            )
        );
    }

    /// <summary>Bars stand on zero: a program that chose another foot for them would make small differences look large.</summary>
    private Scaling Scale(bool hasBars)
    {
        var scaling = new Scaling(new Orientation { Val = OrientationValues.MinMax });
        if (hasBars && _series.SelectMany(Cells).All(c => c.Number is null or >= 0))
            scaling.Append(new MinAxisValue { Val = 0 });
        return scaling;
    }

    private string? Panel =>
        Scene.PanelCount > 1 && Scene.Series.FirstOrDefault(s => s.Points.Any(p => p is not null && CellBounds(_series[0]).Contains(p.Bound))) is { } first
            ? Scene.Definition.PanelTitles[first.Panel].In(_language)
            : null;

    private BarChart Bars(Series[] series)
    {
        var stacked = series.Any(s => s.Mark == Mark.Stack);
        var chart = new BarChart(
            new BarDirection { Val = IsBars(Scene) ? BarDirectionValues.Bar : BarDirectionValues.Column },
            new BarGrouping { Val = stacked ? BarGroupingValues.Stacked : BarGroupingValues.Clustered },
            new VaryColors { Val = false }
        );
        foreach (var s in series)
        {
            var bar = new BarChartSeries(Index(s), Order(s), Name(s), new ChartShapeProperties(Fill(s.Color)), new InvertIfNegative { Val = false });
            if (IsLabelled)
                bar.Append(Labels());
            bar.Append(Categories(), Numbers(s));
            chart.Append(bar);
        }
        chart.Append(new GapWidth { Val = 60 });
        if (stacked)
            chart.Append(new Overlap { Val = 100 });
        chart.Append(new AxisId { Val = NameAxis }, new AxisId { Val = NumberAxis });
        return chart;
    }

    private LineChart Lines(Series[] series)
    {
        var chart = new LineChart(new Grouping { Val = GroupingValues.Standard }, new VaryColors { Val = false });
        foreach (var s in series)
        {
            var stroke = Line(s.Color, 28575);
            if (s.IsTarget)
                stroke.GetFirstChild<A.Outline>()!.Append(new A.PresetDash { Val = A.PresetLineDashValues.Dash });
            var line = new LineChartSeries(
                Index(s),
                Order(s),
                Name(s),
                stroke,
                new Marker(
                    new Symbol { Val = s.IsTarget ? MarkerStyleValues.Diamond : MarkerStyleValues.Circle },
                    new Size { Val = 6 },
                    new ChartShapeProperties(Fill(s.Color))
                )
            );
            if (IsLabelled && !s.IsTarget)
                line.Append(Labels());
            line.Append(Categories(), Numbers(s), new Smooth { Val = false });
            chart.Append(line);
        }
        chart.Append(new ShowMarker { Val = true }, new AxisId { Val = NameAxis }, new AxisId { Val = NumberAxis });
        return chart;
    }

    /// <summary>Numbers on the marks, in the format of their cells: who is not final is marked there too.</summary>
    private bool IsLabelled => _series.Count(s => !s.IsTarget) <= MostLabelled;

    private static DataLabels Labels() =>
        new(
            new ShowLegendKey { Val = false },
            new ShowValue { Val = true },
            new ShowCategoryName { Val = false },
            new ShowSeriesName { Val = false },
            new ShowPercent { Val = false },
            new ShowBubbleSize { Val = false }
        );

    private DocumentFormat.OpenXml.Drawing.Charts.Index Index(Series s) => new() { Val = (uint)At(s) };

    private Order Order(Series s) => new() { Val = (uint)At(s) };

    private int At(Series s) => _series.Index().First(p => ReferenceEquals(p.Item, s)).Index;

    private int Slots => Scene.Slots.Count;

    /// <summary>The cells of a series, a slot each.</summary>
    private IEnumerable<DataCell> Cells(Series s) => _lying ? _data.Rows[s.Line].Cells.Take(Slots) : _data.Rows.Take(Slots).Select(r => r.Cells[s.Line]);

    private HashSet<Bound> CellBounds(Series s) => [.. Cells(s).SelectMany(c => c.Phrase).Select(r => r.Bound).Where(b => b.IsNumber)];

    /// <summary>A word or a mark in a cell would be drawn as zero.</summary>
    private bool IsNumbers(Series s) => Cells(s).All(c => c.Number is not null || c.Phrase.IsEmpty);

    private SeriesText Name(Series s) =>
        new(
            Texts(
                Place(_lying ? (1, FirstRow + s.Line) : (s.Line + 2, FirstRow - 1)),
                [(_lying ? _data.Rows[s.Line].Name : _data.Columns[s.Line + 1].Heading).In(_language)]
            )
        );

    private CategoryAxisData Categories() =>
        new(
            _lying
                ? Texts(Place((2, FirstRow - 1), (Slots + 1, FirstRow - 1)), _data.Columns.Skip(1).Take(Slots).Select(c => c.Heading.In(_language)))
                : Texts(Place((1, FirstRow), (1, FirstRow + Slots - 1)), _data.Rows.Take(Slots).Select(r => r.Name.In(_language)))
        );

    private Values Numbers(Series s)
    {
        var place = _lying ? Place((2, FirstRow + s.Line), (Slots + 1, FirstRow + s.Line)) : Place((s.Line + 2, FirstRow), (s.Line + 2, FirstRow + Slots - 1));
        var cache = new NumberingCache(new FormatCode("General"), new PointCount { Val = (uint)Slots });
        foreach (var (i, cell) in Cells(s).Index())
            if (cell.Number is { } number)
                cache.Append(new NumericPoint(new NumericValue(number.ToString(CultureInfo.InvariantCulture))) { Index = (uint)i });
        return new Values(new NumberReference(new Formula(place), cache));
    }

    private static StringReference Texts(string place, IEnumerable<string> texts)
    {
        var points = texts.Select((t, i) => new StringPoint(new NumericValue(Html.Harmless(t))) { Index = (uint)i }).ToArray();
        return new StringReference(new Formula(place), new StringCache([new PointCount { Val = (uint)points.Length }, .. points]));
    }

    /// <summary>A cell by its sheet, <c>'图1'!$B$4</c>, or those up to another: <c>'图1'!$B$4:$B$9</c>. The names of sheets are ours and hold no quotation mark.</summary>
    private string Place((int Column, int Row) from, (int Column, int Row)? to = null) => $"'{_sheet}'!{Cell(from)}{(to is { } last ? ":" + Cell(last) : "")}";

    private static string Cell((int Column, int Row) at) => string.Create(CultureInfo.InvariantCulture, $"${WorkbookFormat.Letters(at.Column)}${at.Row}");

    private static A.SolidFill Fill(string color) => new(new A.RgbColorModelHex { Val = color });

    private static ChartShapeProperties Line(string color, int width) => new(new A.Outline(Fill(color)) { Width = width });
}
