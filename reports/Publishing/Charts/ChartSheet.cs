using Innovation1551.Publishing.Figures;
using ScottPlot;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts;

/// <summary>One line of text at its place: the left end of its baseline, or the lower end when it stands upright.</summary>
/// <param name="Bound">What its numerals are.</param>
internal sealed record TextRun(string Text, float X, float Y, float Size, Color Color, bool Bold, float Halo, bool Upright, Bound Bound)
{
    /// <summary>Its width, or its length when it stands upright.</summary>
    public float Width => ChartText.Width(Text, Size, Bold);
}

/// <summary>A value at its place on the picture.</summary>
internal readonly record struct ChartSpot(Bound Bound, float X, float Y);

/// <summary>
/// What a chart is drawn on: shapes on a Skia canvas, and texts on top of them, kept as texts. Skia's SVG canvas needs a millisecond
/// for every text in a font of thirty thousand characters (it inverts the whole character map each time); kept apart, a text becomes
/// pixels in the PNG, text on the page and outlines in a file of its own without that cost, and still knows which figure it tells.
/// </summary>
internal sealed class ChartSheet(SKCanvas shapes)
{
    private readonly List<TextRun> _runs = [];
    private readonly List<ChartSpot> _spots = [];

    public SKCanvas Shapes => shapes;

    public IReadOnlyList<TextRun> Runs => _runs;

    /// <summary>Where values lie: as the drawing has said, and of other numbers the last place at which it wrote them.</summary>
    public IReadOnlyList<ChartSpot> Spots
    {
        get
        {
            var said = _spots.Select(s => s.Bound).ToHashSet();
            return
            [
                .. _spots,
                .. _runs
                    .AsEnumerable()
                    .Reverse()
                    .Where(r => r.Bound.IsNumber && said.Add(r.Bound))
                    .Reverse()
                    .Select(r => new ChartSpot(r.Bound, r.X + r.Width / 2, r.Y - r.Size / 3)),
            ];
        }
    }

    /// <summary>Says that a value lies here: what a reader points at to read it.</summary>
    public void Spot(Bound bound, SKPoint at) => _spots.Add(new ChartSpot(bound, at.X, at.Y));

    public void Text(
        string text,
        float x,
        float y,
        float size,
        Color color,
        Bound bound,
        SKTextAlign align = SKTextAlign.Left,
        bool bold = false,
        float halo = 0,
        bool upright = false
    )
    {
        if (text.Length == 0)
            return;
        text = ChartFont.Drawable(text);
        var back = align switch
        {
            SKTextAlign.Left => 0,
            SKTextAlign.Center => ChartText.Width(text, size, bold) / 2,
            _ => ChartText.Width(text, size, bold),
        };
        _runs.Add(new TextRun(text, upright ? x : x - back, upright ? y + back : y, size, color, bold, halo, upright, bound));
    }

    /// <summary>Draws the texts as pixels.</summary>
    public static void Draw(SKCanvas canvas, IEnumerable<TextRun> runs)
    {
        foreach (var run in runs)
        {
            var font = ChartText.Font(run.Size, run.Bold);
            using var ink = ChartStyle.Fill(run.Color);
            canvas.Save();
            canvas.Translate(run.X, run.Y);
            if (run.Upright)
                canvas.RotateDegrees(-90);
            if (run.Halo > 0)
            {
                using var halo = ChartStyle.Stroke(Colors.White, run.Halo);
                halo.StrokeJoin = SKStrokeJoin.Round;
                canvas.DrawText(run.Text, 0, 0, SKTextAlign.Left, font, halo);
            }

            canvas.DrawText(run.Text, 0, 0, SKTextAlign.Left, font, ink);
            canvas.Restore();
        }
    }
}
