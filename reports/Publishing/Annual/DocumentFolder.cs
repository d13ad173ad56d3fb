using System.Collections.Concurrent;
using System.Security.Cryptography;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Formats;

namespace Innovation1551.Publishing.Annual;

/// <summary>What every kind of document has in common: its charts drawn, and its files written into a folder.</summary>
internal static class DocumentFolder
{
    /// <summary>The scenes drawn in both languages, in their order.</summary>
    /// <param name="documents">How many documents will be written when they are drawn: progress counts them too.</param>
    public static DrawnChart[] Draw(
        ChartScene[] scenes,
        DuckDBConnection release,
        PublishedRelease published,
        string releaseId,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancellation,
        int documents = 0
    ) => Draw(scenes, new TableAbout(releaseId, ColumnMeaning.Stage(release), published.Info.IsSynthetic, null, []), documents, progress, cancellation);

    /// <summary>
    /// The document in every format and language, the files of its charts and the manifest, in a folder that takes the place of an earlier one as a whole:
    /// who is stopped on the way leaves that one.
    /// </summary>
    /// <param name="kept">Folders inside it that others write, and that stay.</param>
    public static List<OutputFile> Write(
        ReportDocument document,
        IReadOnlyList<DrawnChart> charts,
        string folder,
        IReadOnlyList<IReportFormat> formats,
        IReadOnlyList<Language> languages,
        DocumentOrigin origin,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancellation,
        params ReadOnlySpan<string> kept
    ) =>
        WholeFolder.Write(
            folder,
            aside =>
            {
                if (charts.Count > 0)
                    Directory.CreateDirectory(Path.Combine(aside, "charts"));
                var files = charts.SelectMany(c => c.Files()).Select(f => Save(aside, "charts/" + f.Name, f.Bytes)).ToList();
                files.AddRange(origin.Attached.Select(f => Save(aside, f.Name, f.Bytes)));
                cancellation.ThrowIfCancellationRequested();
                var told = document with
                {
                    Languages = [.. languages],
                    Formats = [.. formats.Select(f => f.Name)],
                    Archive = document.IsShort ? "" : $"{document.Name}.zip",
                };
                files.AddRange(Write(told, aside, formats, languages, charts.Count, progress, cancellation));
                files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
                Save(aside, "manifest.json", ReportManifest.Write(origin, told, files));
                if (told.Archive.Length > 0)
                    Archive(aside, told.Archive, [.. files.Select(f => f.Path), "manifest.json"]);
                return files;
            },
            kept
        );

    /// <summary>The same for a document of a page or two, without progress.</summary>
    /// <returns>The documents, as paths.</returns>
    public static IReadOnlyList<string> WriteShort(
        ReportDocument document,
        IReadOnlyList<DrawnChart> charts,
        string folder,
        IReadOnlyList<IReportFormat> formats,
        IReadOnlyList<Language> languages,
        DocumentOrigin origin,
        CancellationToken cancellation
    )
    {
        Write(document, charts, folder, formats, languages, origin, null, cancellation);
        return [.. Names(document.Name, formats, languages).Select(n => Path.Combine(folder, n))];
    }

    /// <summary>The names of a document's files, by format and language.</summary>
    public static IEnumerable<string> Names(string document, IReadOnlyList<IReportFormat>? formats, IReadOnlyList<Language>? languages) =>
        from format in formats ?? ReportFormats.All
        from language in languages ?? Enum.GetValues<Language>()
        select ReportDocument.File(document, language, format.Name);

    /// <summary>Charts are independent of each other, so they are drawn on all cores; their order is that of the catalogue.</summary>
    private static DrawnChart[] Draw(
        ChartScene[] scenes,
        TableAbout about,
        int documents,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancellation
    )
    {
        using var step = Telemetry.Step("charts")?.SetTag("charts", scenes.Length);
        _ = ChartFont.Regular;
        var drawn = new DrawnChart[scenes.Length];
        var done = 0;
        progress?.Report((0, scenes.Length + documents, ""));
        Parallel.For(
            0,
            scenes.Length,
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            i =>
            {
                drawn[i] = DrawnChart.Of(scenes[i], about);
                progress?.Report((Interlocked.Increment(ref done), scenes.Length + documents, scenes[i].Definition.Id));
            }
        );
        return drawn;
    }

    /// <summary>
    /// Formats and languages know nothing of each other either. The PDF takes longest and begins first; its languages come one after the
    /// other, since each takes as much memory as all else together. What is finished goes to the disk at once.
    /// </summary>
    private static OutputFile[] Write(
        ReportDocument document,
        string folder,
        IReadOnlyList<IReportFormat> formats,
        IReadOnlyList<Language> languages,
        int charts,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancellation
    )
    {
        var done = charts;
        GiveBack();
        var wanted = formats.SelectMany(f => languages.Select(l => (Format: f, Language: l))).ToArray();
        var written = new OutputFile[wanted.Length];
        var oneAfterTheOther = wanted
            .Index()
            .GroupBy(w => w.Item.Format is PdfFormat ? -1 : w.Index, w => w.Index)
            .OrderBy(turns => turns.Key)
            .Select(turns => turns.ToArray());
        Parallel.ForEach(
            // One by one: a range of them would go to one core.
            Partitioner.Create(oneAfterTheOther, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            turns =>
            {
                foreach (var i in turns)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var name = document.File(wanted[i].Language, wanted[i].Format.Name);
                    using var step = Telemetry.Step("document")?.SetTag("format", wanted[i].Format.Name).SetTag("language", wanted[i].Language);
                    written[i] = Save(folder, name, wanted[i].Format.Write(document, wanted[i].Language));
                    GiveBack();
                    progress?.Report((Interlocked.Increment(ref done), charts + wanted.Length, name));
                }
            }
        );
        return written;
    }

    /// <summary>Charts and formats leave large buffers behind, which would stay beside what the typesetter needs; collecting them takes some hundredths of a second.</summary>
    private static void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <summary>All files in one. It is no part of the manifest, which it holds; packed, because outlines and tables get a third as large.</summary>
    private static void Archive(string folder, string name, IEnumerable<string> files)
    {
        using var stream = File.Create(Path.Combine(folder, name));
        using var zip = new PlainZip(stream, compress: true);
        foreach (var file in files)
            zip.Add(file, File.ReadAllBytes(Path.Combine(folder, file)));
    }

    private static OutputFile Save(string folder, string path, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(folder, path), bytes);
        return new OutputFile(path, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
