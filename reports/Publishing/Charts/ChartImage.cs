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
    private readonly SKPicture picture;
    private readonly string title, description;

    private ChartImage(SKPicture picture, float height, string title, string description)
    {
        this.picture = picture;
        this.title = title;
        this.description = description;
        Height = (int)height;
    }

    public static int Width => ChartStyle.Width;

    public int Height { get; }

    public static ChartImage Draw(ChartScene scene, Language language)
    {
        var (height, draw) = scene.Definition.Kind switch
        {
            ChartKind.Ranked or ChartKind.Progress => (RankedDrawing.HeightOf(scene), (Action<SKCanvas, ChartScene, Language, float>)RankedDrawing.Draw),
            ChartKind.Multiples => (MultiplesDrawing.HeightOf(scene), MultiplesDrawing.Draw),
            _ => (TrendDrawing.HeightOf(scene), TrendDrawing.Draw),
        };
        using var recorder = new SKPictureRecorder();
        var canvas = recorder.BeginRecording(new SKRect(0, 0, ChartStyle.Width, height));
        draw(canvas, scene, language, height);
        return new ChartImage(recorder.EndRecording(), height, scene.Definition.Title.In(language), AltText.Of(scene).In(language));
    }

    public byte[] Png()
    {
        using var surface = SKSurface.Create(new SKImageInfo((int)(ChartStyle.Width * Scale), (int)(Height * Scale), SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale(Scale);
        surface.Canvas.DrawPicture(picture);
        using var pixels = surface.PeekPixels();
        // Charts are flat areas: the sub filter with a middling deflate is as small as the slowest setting and much quicker.
        using var data = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, 6));
        return data?.ToArray() ?? throw new InvalidOperationException("the picture could not be encoded as PNG");
    }

    /// <param name="idPrefix">Keeps the ids of several charts on one page apart.</param>
    public ChartSvg Svg(string idPrefix)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, ChartStyle.Width, Height), stream))
            canvas.DrawPicture(picture);
        return SvgOutline.Read(stream.ToArray(), idPrefix, ChartStyle.Width, Height, title, description);
    }

    public void Dispose() => picture.Dispose();
}
