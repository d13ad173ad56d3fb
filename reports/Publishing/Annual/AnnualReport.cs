using System.Collections.Concurrent;
using System.Security.Cryptography;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Charts.Catalogue;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Formats;

namespace Innovation1551.Publishing.Annual;

/// <summary>
/// The annual report: <c>report.zh.html</c> and its like in each language and format, <c>charts/</c> and <c>manifest.json</c>. The same release and year give the same bytes,
/// whatever the machine's language, time zone or fonts.
/// </summary>
public static class AnnualReport
{
    /// <param name="release">An open, read-only connection to a release.</param>
    /// <param name="folder">Where to write; made if it is not there.</param>
    /// <param name="inputs">The files that the release was made from, for the manifest.</param>
    /// <param name="formats">All unless told otherwise.</param>
    /// <param name="languages">Both unless told otherwise.</param>
    /// <param name="standing">Whether it may be taken for the official report; null where nobody has told.</param>
    /// <exception cref="NoDataForYear">The release has no annual figure for the year.</exception>
    public static ReportResult Write(
        DuckDBConnection release,
        int year,
        string folder,
        string releaseId,
        IProgress<(int Done, int Total, string What)>? progress = null,
        CancellationToken cancellation = default,
        IReadOnlyList<(string Name, string Sha256)>? inputs = null,
        IReadOnlyList<IReportFormat>? formats = null,
        IReadOnlyList<Language>? languages = null,
        ReportStanding? standing = null
    )
    {
        (formats, languages) = (formats ?? ReportFormats.Ready, languages ?? Enum.GetValues<Language>());
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
        var document = new AnnualDocument(published, year, charts, omitted.Select(o => o.Title).ToArray()).Build() with
        {
            Languages = [.. languages],
            Formats = [.. formats.Select(f => f.Name)],
            Standing = standing,
        };
        foreach (var (name, bytes) in Write(document, formats, languages, cancellation))
            files.Add(Save(folder, name, bytes));
        // What an earlier making left in other formats would tell of that one.
        foreach (var stale in Documents(null, null).Except(files.Select(f => f.Path)).Select(name => Path.Combine(folder, name)))
            File.Delete(stale);
        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        Save(folder, "manifest.json", ReportManifest.Write(releaseId, year, published.Info, standing, inputs ?? [], files));
        return new ReportResult(
            [.. Documents(formats, languages).Select(name => Path.Combine(folder, name))],
            charts.Length,
            omitted.Select(o => o.Id).ToArray(),
            files
        );
    }

    /// <summary>Whether the report in a folder says of the approval what it would say now.</summary>
    public static bool Says(string folder, ReportStanding standing) => ReportManifest.Says(folder, standing);

    /// <summary>The names of the documents in a report's folder, by format and language.</summary>
    public static IEnumerable<string> Documents(IReadOnlyList<IReportFormat>? formats, IReadOnlyList<Language>? languages) =>
        from format in formats ?? ReportFormats.All
        from language in languages ?? Enum.GetValues<Language>()
        select ReportDocument.File(language, format.Name);

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

    /// <summary>Formats and languages know nothing of each other either; the one that takes longest, the PDF, begins first.</summary>
    private static (string Name, byte[] Bytes)[] Write(
        ReportDocument document,
        IReadOnlyList<IReportFormat> formats,
        IReadOnlyList<Language> languages,
        CancellationToken cancellation
    )
    {
        var wanted = formats.OrderByDescending(f => f is PdfFormat).SelectMany(f => languages.Select(l => (Format: f, Language: l))).ToArray();
        var written = new (string, byte[])[wanted.Length];
        Parallel.ForEach(
            // One by one: a range of them would go to one core.
            Partitioner.Create(Enumerable.Range(0, wanted.Length), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            i => written[i] = (ReportDocument.File(wanted[i].Language, wanted[i].Format.Name), wanted[i].Format.Write(document, wanted[i].Language))
        );
        return written;
    }

    private static OutputFile Save(string folder, string path, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(folder, path), bytes);
        return new OutputFile(path, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
