using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Formats;

namespace Innovation1551.Publishing.Annual;

/// <summary>The monthly bulletin of the key tasks: <c>bulletin.zh.html</c> and its like in each language and format, and <c>manifest.json</c>.</summary>
public static class TaskBulletin
{
    private const string Name = "bulletin";

    /// <param name="release">An open, read-only connection to a release.</param>
    /// <param name="month">Year and month: <c>2026-09</c>.</param>
    /// <param name="folder">Where to write; made if it is not there.</param>
    /// <returns>The documents that were written.</returns>
    /// <exception cref="NoDataForMonth">The release has no ledger of the month.</exception>
    public static IReadOnlyList<string> Write(
        DuckDBConnection release,
        string month,
        string folder,
        string releaseId,
        CancellationToken cancellation = default,
        IReadOnlyList<(string Name, string Sha256)>? inputs = null,
        IReadOnlyList<IReportFormat>? formats = null,
        IReadOnlyList<Language>? languages = null,
        ReportStanding? standing = null
    )
    {
        (formats, languages) = (formats ?? ReportFormats.Ready, languages ?? Enum.GetValues<Language>());
        var published = new PublishedRelease(release);
        if (published.Tasks.All(t => t.Period != month))
            throw new NoDataForMonth(month, [.. published.Tasks.Select(t => t.Period).Distinct().Order(StringComparer.Ordinal)]);
        var document = new BulletinDocument(published, month).Build() with { Name = Name, Standing = standing };
        return DocumentFolder.WriteShort(
            document,
            [],
            folder,
            formats,
            languages,
            new("task-bulletin", w => w.WriteString("month", month), releaseId, inputs),
            cancellation
        );
    }
}
