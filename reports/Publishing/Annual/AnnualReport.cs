using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;
using Innovation1551.Models.Releases;
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
    /// <param name="since">What changed since the edition before; null where there is none.</param>
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
        ReportStanding? standing = null,
        EditionChanges? since = null
    )
    {
        (formats, languages) = (formats ?? ReportFormats.Ready, languages ?? Enum.GetValues<Language>());
        var published = new PublishedRelease(release);
        NoDataForYear.Demand(published, year);
        var scenes = ChartCatalogue.All.Select(definition => SceneBuilder.Build(definition, published, year) with { Draft = standing?.Stamp }).ToArray();
        var omitted = scenes.Where(s => s.IsEmpty).Select(s => s.Definition).ToArray();
        var charts = DocumentFolder.Draw(
            [.. scenes.Where(s => !s.IsEmpty)],
            release,
            published,
            releaseId,
            progress,
            cancellation,
            formats.Count * languages.Count
        );
        var document = new AnnualDocument(published, year, charts, omitted.Select(o => o.Title).ToArray(), since).Build() with { Standing = standing };
        if (standing?.MarksGaps == true)
            document = new DraftGaps(published, year, omitted).Mark(document);
        var files = DocumentFolder.Write(
            document,
            charts,
            folder,
            formats,
            languages,
            new("annual-report", w => w.WriteNumber("year", year), releaseId, inputs)
            {
                EditionBefore = since?.Before,
                Attached = EditionTables.Files(since, new TableAbout(releaseId, ColumnMeaning.Stage(release), published.Info.IsSynthetic, null, [])),
            },
            progress,
            cancellation,
            "groups",
            "letter"
        );
        return new ReportResult(
            [.. Documents(formats, languages).Select(name => Path.Combine(folder, name))],
            charts.Length,
            omitted.Select(o => o.Id).ToArray(),
            files
        );
    }

    /// <summary>Whether the report in a folder says of the approval what it would say now.</summary>
    public static bool Says(string folder, ReportStanding standing) => ReportManifest.Says(folder, standing);

    /// <summary>The edition before that the report in a folder tells the changes since; null where it tells of none, or is no annual report.</summary>
    public static string? EditionBefore(string folder) => ReportManifest.EditionBefore(folder);

    /// <summary>Whether there is an annual report in a folder.</summary>
    public static bool IsIn(string folder) => ReportManifest.Kind(folder) == "annual-report";

    /// <summary>The names of the documents in a report's folder, by format and language.</summary>
    public static IEnumerable<string> Documents(IReadOnlyList<IReportFormat>? formats, IReadOnlyList<Language>? languages) =>
        DocumentFolder.Names("report", formats, languages);
}
