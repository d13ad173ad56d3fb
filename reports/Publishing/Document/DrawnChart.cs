using Innovation1551.Models;
using Innovation1551.Models.Exchange;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Charts.Output;

namespace Innovation1551.Publishing.Document;

/// <summary>A chart drawn in both languages, with its files ready to be written.</summary>
public sealed record DrawnChart(ChartScene Scene, ChartSvg Zh, ChartSvg En, IReadOnlyList<(string Name, byte[] Bytes)> Files)
{
    /// <param name="release">What every table of the release says of itself.</param>
    public static DrawnChart Of(ChartScene scene, TableAbout release)
    {
        var id = scene.Definition.Id;
        var (zh, zhPng) = Draw(scene, Language.Zh, id + "-zh");
        var (en, enPng) = Draw(scene, Language.En, id + "-en");
        return new DrawnChart(
            scene,
            zh,
            en,
            [
                ($"{id}.zh.png", zhPng),
                ($"{id}.en.png", enPng),
                ($"{id}.zh.svg", zh.Standalone()),
                ($"{id}.en.svg", en.Standalone()),
                .. ChartTableFiles.Of(scene, release),
            ]
        );
    }

    public ChartSvg Svg(Language language) => language == Language.Zh ? Zh : En;

    public byte[] Png(Language language) => Files.First(f => f.Name == $"{Scene.Definition.Id}.{(language == Language.Zh ? "zh" : "en")}.png").Bytes;

    private static (ChartSvg, byte[]) Draw(ChartScene scene, Language language, string prefix)
    {
        using var image = ChartImage.Draw(scene, language);
        return (image.Svg(prefix), image.Png());
    }
}
