using Innovation1551.Models;
using Innovation1551.Models.Exchange;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Charts.Output;

namespace Innovation1551.Publishing.Document;

/// <summary>A chart drawn in both languages.</summary>
/// <param name="Data">What the release says of the tables behind its charts.</param>
public sealed record DrawnChart(ChartScene Scene, ChartSvg Zh, ChartSvg En, byte[] ZhPng, byte[] EnPng, TableAbout Data)
{
    /// <param name="release">What every table of the release says of itself.</param>
    public static DrawnChart Of(ChartScene scene, TableAbout release)
    {
        var id = scene.Definition.Id;
        var (zh, zhPng) = Draw(scene, Language.Zh, id + "-zh");
        var (en, enPng) = Draw(scene, Language.En, id + "-en");
        return new DrawnChart(scene, zh, en, zhPng, enPng, release);
    }

    /// <summary>Its files, each made when it is asked for: all drawings in outlines together are larger than all else that is drawn.</summary>
    public IEnumerable<(string Name, byte[] Bytes)> Files()
    {
        var id = Scene.Definition.Id;
        yield return ($"{id}.zh.png", ZhPng);
        yield return ($"{id}.en.png", EnPng);
        yield return ($"{id}.zh.svg", Zh.Standalone());
        yield return ($"{id}.en.svg", En.Standalone());
        foreach (var file in ChartTableFiles.Of(Scene, Data))
            yield return file;
    }

    public ChartSvg Svg(Language language) => language == Language.Zh ? Zh : En;

    public byte[] Png(Language language) => language == Language.Zh ? ZhPng : EnPng;

    private static (ChartSvg, byte[]) Draw(ChartScene scene, Language language, string prefix)
    {
        using var image = ChartImage.Draw(scene, language);
        return (image.Svg(prefix), image.Png());
    }
}
