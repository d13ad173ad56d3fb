using System.Security.Cryptography;
using DuckDB.NET.Data;
using Innovation1551.Models.Exchange;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Charts.Catalogue;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>
/// The annual report: <c>index.html</c>, <c>charts/</c> and <c>manifest.json</c>. The same release and year give the same bytes,
/// whatever the machine's language, time zone or fonts.
/// </summary>
public static class AnnualReport
{
    /// <param name="release">An open, read-only connection to a release.</param>
    /// <param name="folder">Where to write; made if it is not there.</param>
    /// <param name="inputs">The files that the release was made from, for the manifest.</param>
    /// <exception cref="NoDataForYear">The release has no annual figure for the year.</exception>
    public static ReportResult Write(
        DuckDBConnection release,
        int year,
        string folder,
        string releaseId,
        IProgress<(int Done, int Total, string What)>? progress = null,
        CancellationToken cancellation = default,
        IReadOnlyList<(string Name, string Sha256)>? inputs = null
    )
    {
        var published = new PublishedRelease(release);
        if (!published.Years.Contains(year))
            throw new NoDataForYear(year, published.Years);
        var scenes = ChartCatalogue.All.Select(definition => SceneBuilder.Build(definition, published, year)).ToArray();
        var omitted = scenes.Where(s => s.IsEmpty).Select(s => s.Definition).ToArray();
        Directory.CreateDirectory(Path.Combine(folder, "charts"));

        var files = new List<OutputFile>();
        var about = new TableAbout(releaseId, ColumnMeaning.Stage(release), published.Info.IsSynthetic, null, []);
        var charts = Draw(scenes.Where(s => !s.IsEmpty).ToArray(), about, progress, cancellation);
        foreach (var (name, bytes) in charts.SelectMany(c => c.Files))
            files.Add(Save(folder, "charts/" + name, bytes));
        cancellation.ThrowIfCancellationRequested();
        files.Add(Save(folder, "index.html", new ReportPage(published, year, charts, omitted.Select(o => o.Title).ToArray()).Write()));
        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        Save(folder, "manifest.json", ReportManifest.Write(releaseId, year, published.Info, inputs ?? [], files));
        return new ReportResult(Path.Combine(folder, "index.html"), charts.Length, omitted.Select(o => o.Id).ToArray(), files);
    }

    /// <summary>Charts are independent of each other, so they are drawn on all cores; their order is that of the catalogue.</summary>
    private static DrawnChart[] Draw(
        ChartScene[] scenes,
        TableAbout about,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancellation
    )
    {
        _ = ChartFont.Regular;
        var drawn = new DrawnChart[scenes.Length];
        var done = 0;
        progress?.Report((0, scenes.Length, ""));
        Parallel.For(
            0,
            scenes.Length,
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            i =>
            {
                drawn[i] = DrawnChart.Of(scenes[i], about);
                progress?.Report((Interlocked.Increment(ref done), scenes.Length, scenes[i].Definition.Id));
            }
        );
        return drawn;
    }

    private static OutputFile Save(string folder, string path, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(folder, path), bytes);
        return new OutputFile(path, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
