using ScottPlot;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts;

/// <summary>Every colour, size and line width of the charts, and how a ScottPlot plot is dressed with them.</summary>
internal static class ChartStyle
{
    public const int Width = 800;
    public const float Margin = 22,
        TitleSize = 19,
        SubtitleSize = 13,
        LegendSize = 13,
        TickSize = 12.5f,
        LabelSize = 12.5f,
        FooterSize = 10.5f;
    public const float LineWidth = 2.6f,
        MarkerSize = 9;

    public static readonly Color Ink = Color.FromHex("#1B2733");
    public static readonly Color SoftInk = Color.FromHex("#52606D");
    public static readonly Color Grid = Color.FromHex("#E3E8EE");
    public static readonly Color Axis = Color.FromHex("#7B8794");
    public static readonly Color Paper = Colors.White;
    public static readonly Color Target = Color.FromHex("#C0123C");
    public static readonly Color Reference = Color.FromHex("#8A5A00");
    public static readonly Color Projection = Color.FromHex("#6A3D9A");
    public static readonly Color Zone = Color.FromHex("#F5F6F8");
    public static readonly Color ZoneHatch = Color.FromHex("#DCE1E7");
    public static readonly Color Warning = Color.FromHex("#9A4A00");
    public static readonly Color Muted = Color.FromHex("#98A5B3");

    /// <summary>For areas. Told apart by people who confuse red and green; the first three, which may stand side by side, differ by 20 steps of lightness in grey print.</summary>
    private static readonly Color[] Areas = Color.FromHex(["#12436D", "#E8892F", "#A8DAD3", "#7A2A6B", "#8FA3B5", "#D9C94A", "#35606B", "#C9B6E0"]);

    /// <summary>For lines and the marks on them: each stands out from white by 3 to 1 or more.</summary>
    private static readonly Color[] Strokes = Color.FromHex(["#12436D", "#C8601A", "#1F8A80", "#7A2A6B", "#5F7386", "#8A7A00", "#2E7DB8", "#8A63B8"]);

    private static readonly MarkerShape[] Shapes =
    [
        MarkerShape.FilledCircle,
        MarkerShape.FilledSquare,
        MarkerShape.FilledTriangleUp,
        MarkerShape.FilledTriangleDown,
    ];

    public static Color Area(int index) => Areas[index % Areas.Length];

    public static Color Line(int index) => Strokes[index % Strokes.Length];

    /// <summary>The colour of the one series that a chart is about.</summary>
    public static Color Main => Areas[0];

    public static MarkerShape Shape(int index) => Shapes[index % Shapes.Length];

    /// <summary>Text needs this contrast to its ground (WCAG 2.2, AA).</summary>
    public const double LeastContrast = 4.5;

    /// <summary>How much two colours differ in lightness, 1 to 21 (WCAG 2.2).</summary>
    public static double Contrast(Color a, Color b)
    {
        var (high, low) = (Math.Max(Luminance(a), Luminance(b)), Math.Min(Luminance(a), Luminance(b)));
        return (high + 0.05) / (low + 0.05);

        static double Luminance(Color c) => 0.2126 * Linear(c.R) + 0.7152 * Linear(c.G) + 0.0722 * Linear(c.B);

        static double Linear(byte channel) => channel / 255.0 is var v && v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
    }

    /// <summary>Text on this fill: white or ink, whichever stands out more.</summary>
    public static Color On(Color fill) => Contrast(Colors.White, fill) >= Contrast(Ink, fill) ? Colors.White : Ink;

    /// <summary>Text in the colour of a series, on paper or on a stretch without data: darkened until it can be read.</summary>
    public static Color TextIn(Color color)
    {
        while (Contrast(color, Zone) < LeastContrast)
            color = color.Darken(0.06);
        return color;
    }

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

    /// <summary>Draws the plot once.</summary>
    public static void Render(Plot plot, SKCanvas canvas, SKRect area)
    {
        var room = new PixelRect(area.Left, area.Right, area.Bottom, area.Top);
        // ScottPlot draws a plot a second time when its first rendering has found out its limits: that one goes nowhere.
        using (var nowhere = new SKNoDrawCanvas((int)area.Right, (int)area.Bottom))
            plot.Render(nowhere, room);
        plot.Render(canvas, room);
    }

    public static void Dress(IAxis axis)
    {
        axis.MajorTickStyle.Color = Axis;
        axis.MajorTickStyle.Length = 0;
        axis.MinorTickStyle.Length = 0;
    }

    public static SKPaint Fill(Color color) =>
        new()
        {
            Color = color.ToSKColor(),
            IsAntialias = true,
            Style = SKPaintStyle.Fill,
        };

    public static SKPaint Stroke(Color color, float width) =>
        new()
        {
            Color = color.ToSKColor(),
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = width,
        };
}
