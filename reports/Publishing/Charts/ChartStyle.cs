using ScottPlot;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts;

/// <summary>Every colour, size and line width of the charts, and how a ScottPlot plot is dressed with them.</summary>
internal static class ChartStyle
{
    public const int Width = 800;
    public const float Margin = 22, TitleSize = 19, SubtitleSize = 13, LegendSize = 13, TickSize = 12.5f, LabelSize = 12.5f, FooterSize = 10.5f;
    public const float LineWidth = 2.6f, MarkerSize = 9;

    public static readonly Color Ink = Color.FromHex("#1B2733");
    public static readonly Color SoftInk = Color.FromHex("#52606D");
    public static readonly Color Grid = Color.FromHex("#E3E8EE");
    public static readonly Color Axis = Color.FromHex("#7B8794");
    public static readonly Color Paper = Colors.White;
    public static readonly Color Target = Color.FromHex("#C0123C");
    public static readonly Color Reference = Color.FromHex("#8A5A00");
    public static readonly Color Zone = Color.FromHex("#F5F6F8");
    public static readonly Color ZoneHatch = Color.FromHex("#DCE1E7");
    public static readonly Color Warning = Color.FromHex("#9A4A00");
    public static readonly Color Muted = Color.FromHex("#B4BFCA");

    /// <summary>Told apart by people who confuse red and green, and in grey print; neighbours differ in lightness.</summary>
    private static readonly Color[] Palette = Color.FromHex(["#12436D", "#28A197", "#E07B28", "#801650", "#6FA8DC", "#4A5560", "#B99AD9", "#C2A80B"]);

    private static readonly MarkerShape[] Shapes = [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledTriangleDown];

    public static Color Series(int index) => Palette[index % Palette.Length];

    /// <summary>The colour of a scene's series: in a combination the columns step back, so that the line over them stands out.</summary>
    public static Color Of(ChartScene scene, int index) => scene.Definition.Kind != ChartKind.Combo ? Series(index) : scene.Series[index].Right ? Series(0) : Backdrop;

    private static readonly Color Backdrop = Color.FromHex("#A9C1DA");

    public static MarkerShape Shape(int index) => Shapes[index % Shapes.Length];

    /// <summary>Text on this fill: white on dark, ink on light.</summary>
    public static Color On(Color fill) => 0.299 * fill.R + 0.587 * fill.G + 0.114 * fill.B < 150 ? Colors.White : Ink;

    /// <summary>A provisional value: the same hue, nearly empty, with its outline.</summary>
    public static Color Hollow(Color color) => color.MixedWith(Colors.White, 0.78);

    /// <summary>A plot without any decoration of its own but the horizontal grid, in our typeface, drawn on what is already there.</summary>
    public static Plot NewPlot()
    {
        _ = ChartFont.Regular;
        var plot = new Plot();
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Axes.Frame(false);
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Grid.MajorLineColor = Grid;
        plot.Grid.MajorLineWidth = 1;
        plot.HideLegend();
        foreach (var axis in plot.Axes.GetAxes())
            Dress(axis);
        plot.Axes.Bottom.FrameLineStyle.IsVisible = true;
        plot.Axes.Bottom.FrameLineStyle.Color = Axis;
        plot.Axes.Bottom.FrameLineStyle.Width = 1;
        plot.Axes.Bottom.MajorTickStyle.Length = 4;
        return plot;
    }

    public static void Dress(IAxis axis)
    {
        axis.MajorTickStyle.Color = Axis;
        axis.MajorTickStyle.Length = 0;
        axis.MinorTickStyle.Length = 0;
    }

    public static SKPaint Fill(Color color) => new() { Color = color.ToSKColor(), IsAntialias = true, Style = SKPaintStyle.Fill };

    public static SKPaint Stroke(Color color, float width) => new() { Color = color.ToSKColor(), IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = width };
}
