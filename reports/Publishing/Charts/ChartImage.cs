using Innovation1551.Models;
using Innovation1551.Publishing.Charts.Drawing;
using Innovation1551.Publishing.Charts.Output;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts;

/// <summary>
/// A chart in one language, drawn once into a recording and then played back as PNG (twice the size, for sharp screens and print)
/// and as SVG. Neither output can therefore differ from the other.
/// </summary>
public sealed class ChartImage : IDisposable
{
    private const float Scale = 2;
    private readonly SKPicture _shapes;
    private readonly IReadOnlyList<TextRun> _texts;
    private readonly string _title,
        _description;

    private ChartImage(SKPicture shapes, IReadOnlyList<TextRun> texts, float height, string title, string description)
    {
        _shapes = shapes;
        _texts = texts;
        _title = title;
        _description = description;
        Height = (int)height;
    }

    /// <summary>The texts as they are placed, and the shapes without them: what a spec holds against each other.</summary>
    internal IReadOnlyList<TextRun> Texts => _texts;

    internal SKPicture Shapes => _shapes;

    public static int Width => ChartStyle.Width;

    public int Height { get; }

    public static ChartImage Draw(ChartScene scene, Language language)
    {
        var (height, draw) = scene.Definition.Kind switch
        {
            ChartKind.Ranked => (RankedDrawing.HeightOf(scene), (Action<ChartSheet, ChartScene, Language, float>)RankedDrawing.Draw),
            ChartKind.Progress => (ProgressDrawing.HeightOf(scene), ProgressDrawing.Draw),
            ChartKind.Waterfall => (WaterfallDrawing.HeightOf(scene), WaterfallDrawing.Draw),
            ChartKind.Ranges => (RangeDrawing.HeightOf(scene), RangeDrawing.Draw),
            ChartKind.Slope => (SlopeDrawing.HeightOf(scene), SlopeDrawing.Draw),
            ChartKind.Heat => (HeatDrawing.HeightOf(scene), HeatDrawing.Draw),
            ChartKind.Multiples => (MultiplesDrawing.HeightOf(scene, language), MultiplesDrawing.Draw),
            _ => (TrendDrawing.HeightOf(scene), TrendDrawing.Draw),
        };
        using var recorder = new SKPictureRecorder();
        var sheet = new ChartSheet(recorder.BeginRecording(new SKRect(0, 0, ChartStyle.Width, height)));
        draw(sheet, scene, language, height);
        return new ChartImage(recorder.EndRecording(), sheet.Runs, height, scene.Title.In(language), AltText.Of(scene).In(language));
    }

    public byte[] Png()
    {
        using var surface = SKSurface.Create(new SKImageInfo((int)(ChartStyle.Width * Scale), (int)(Height * Scale), SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale(Scale);
        surface.Canvas.DrawPicture(_shapes);
        ChartSheet.Draw(surface.Canvas, _texts);
        using var pixels = surface.PeekPixels();
        // Charts are flat areas: the up filter with a light deflate is four times as quick as the default, and a sixth larger.
        using var data = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Up, 3));
        return data?.ToArray() ?? throw new InvalidOperationException("the picture could not be encoded as PNG");
    }

    /// <param name="idPrefix">Keeps the ids of several charts on one page apart.</param>
    public ChartSvg Svg(string idPrefix)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, ChartStyle.Width, Height), stream))
            canvas.DrawPicture(_shapes);
        return ChartSvg.Of(stream.ToArray(), _texts, idPrefix, ChartStyle.Width, Height, _title, _description);
    }

    public void Dispose() => _shapes.Dispose();
}
