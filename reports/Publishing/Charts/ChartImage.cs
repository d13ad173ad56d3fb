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
    private readonly IReadOnlyList<ChartSpot> _spots;
    private readonly ChartScene _scene;
    private readonly Language _language;

    private ChartImage(SKPicture shapes, ChartSheet sheet, float height, ChartScene scene, Language language)
    {
        (_shapes, _texts, _spots, _scene, _language) = (shapes, sheet.Runs, sheet.Spots, scene, language);
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
        return new ChartImage(recorder.EndRecording(), sheet, height, scene, language);
    }

    public byte[] Png()
    {
        using var surface = SKSurface.Create(new SKImageInfo((int)(ChartStyle.Width * Scale), (int)(Height * Scale), SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale(Scale);
        surface.Canvas.DrawPicture(_shapes);
        ChartSheet.Draw(surface.Canvas, _texts);
        using var pixels = surface.PeekPixels();
        return FlatPng.Write(pixels.GetPixelSpan(), pixels.Width, pixels.Height);
    }

    /// <param name="idPrefix">Keeps the ids of several charts on one page apart.</param>
    public ChartSvg Svg(string idPrefix)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, ChartStyle.Width, Height), stream))
            canvas.DrawPicture(_shapes);
        return ChartSvg.Of(stream.ToArray(), _texts, idPrefix, ChartStyle.Width, Height, _scene.Title.In(_language), AltText.Of(_scene).In(_language)) with
        {
            Spots = _spots,
            Series = SeriesMarks.Of(_scene, _language),
        };
    }

    public void Dispose() => _shapes.Dispose();
}
