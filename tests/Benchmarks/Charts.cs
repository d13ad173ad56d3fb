using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Charts.Catalogue;
using Innovation1551.Publishing.Figures;
using ScottPlot;

namespace Innovation1551.Benchmarks;

/// <summary>Each line chart of the sample's report as PNG and SVG, against a bare ScottPlot plot of the same points, size and formats.</summary>
internal static class Charts
{
    public static IEnumerable<Line> Measure(Scale scale)
    {
        using var folder = Measuring.Folder();
        Measuring.Innovation(folder.At("w"), "run");
        var store = new ReleaseStore(System.IO.Path.Combine(folder.At("w"), "releases"));
        using var release = Database.OpenForReading(store.WarehousePath(store.Find("latest")), folder.At("scratch"));
        var published = new PublishedRelease(release);
        var scenes = ChartCatalogue
            .All.Where(d => d.Kind is ChartKind.Lines or ChartKind.Columns)
            .Select(d => SceneBuilder.Build(d, published, 2025))
            .Where(s => !s.IsEmpty)
            .ToList();
        var runs = scale == Scale.Full ? 5 : 2;
        var ours = Measuring.Median(
            runs,
            () =>
            {
                foreach (var scene in scenes)
                {
                    using var image = ChartImage.Draw(scene, Language.Zh);
                    image.Png();
                    image.Svg("x").Standalone();
                }
            }
        );
        var bare = Measuring.Median(
            runs,
            () =>
            {
                foreach (var scene in scenes)
                    Bare(scene);
            }
        );
        yield return new($"{scenes.Count} charts, PNG and SVG", ours, "bare ScottPlot", bare, "≤ 1.2");
    }

    private static void Bare(ChartScene scene)
    {
        using var plot = new Plot();
        plot.Font.Set(ChartFont.Family);
        plot.Title(scene.Definition.Title.Zh);
        foreach (var series in scene.Series)
        {
            var points = series.Valued.ToArray();
            plot.Add.Scatter(points.Select(p => (double)p.Slot).ToArray(), points.Select(p => (double)p.Value).ToArray()).LegendText = series.Name.Zh;
        }
        plot.ShowLegend();
        plot.GetImageBytes(2 * ChartImage.Width, 1000, ImageFormat.Png);
        plot.GetSvgXml(ChartImage.Width, 500);
    }
}
