using System.Text;
using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Charts.Output;

namespace Innovation1551.Publishing.Annual;

/// <summary>A chart drawn in both languages, with its files ready to be written.</summary>
internal sealed record DrawnChart(ChartScene Scene, ChartSvg Zh, ChartSvg En, IReadOnlyList<(string Name, byte[] Bytes)> Files)
{
    public static DrawnChart Of(ChartScene scene)
    {
        var id = scene.Definition.Id;
        var rows = ChartTable.Of(scene);
        var (zh, zhPng) = Draw(scene, Language.Zh, id + "-zh");
        var (en, enPng) = Draw(scene, Language.En, id + "-en");
        return new DrawnChart(scene, zh, en,
        [
            ($"{id}.zh.png", zhPng), ($"{id}.en.png", enPng), ($"{id}.zh.svg", zh.Standalone()), ($"{id}.en.svg", en.Standalone()),
            ($"{id}.csv", CsvFile.Write(rows)), ($"{id}.arrow", ArrowTable.Write(rows)),
        ]);
    }

    private static (ChartSvg, byte[]) Draw(ChartScene scene, Language language, string prefix)
    {
        using var image = ChartImage.Draw(scene, language);
        return (image.Svg(prefix), image.Png());
    }
}
