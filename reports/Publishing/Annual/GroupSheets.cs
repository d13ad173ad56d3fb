using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Formats;

namespace Innovation1551.Publishing.Annual;

/// <summary>The sheets of enterprise groups: a folder each, with <c>sheet.zh.html</c> and its like, <c>charts/</c> and <c>manifest.json</c>.</summary>
public static class GroupSheets
{
    /// <summary>All groups that have figures.</summary>
    public const string All = "all";

    /// <param name="release">An open, read-only connection to a release.</param>
    /// <param name="asked">Codes or names of groups; <see cref="All"/> for each that has figures in the year.</param>
    /// <param name="folder">Where the folders of the groups are made.</param>
    /// <exception cref="NoDataForYear">The release has no annual figure for the year.</exception>
    /// <exception cref="UnknownGroup">One of the groups has no figure in the year; nothing is written then.</exception>
    public static IReadOnlyList<SheetResult> Write(
        DuckDBConnection release,
        int year,
        IReadOnlyList<string> asked,
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
        NoDataForYear.Demand(published, year);
        var groups = Chosen(asked, published, year);
        var sheets = new List<SheetResult>();
        foreach (var group in groups)
        {
            progress?.Report((sheets.Count, groups.Count, group.Code));
            var own = Path.Combine(folder, FolderOf(group.Code));
            ChartScene[] scenes =
            [
                .. GroupSheet.Charts(group).Select(d => SceneBuilder.Build(d, published, year) with { Draft = standing?.Stamp }).Where(s => !s.IsEmpty),
            ];
            var charts = DocumentFolder.Draw(scenes, release, published, releaseId, null, cancellation);
            var document = new GroupSheet(published, year, group, charts).Build() with { Standing = standing };
            var documents = DocumentFolder.WriteShort(
                document,
                charts,
                own,
                formats,
                languages,
                new(
                    "group-sheet",
                    w =>
                    {
                        w.WriteNumber("year", year);
                        w.WriteString("group", group.Code);
                    },
                    releaseId,
                    inputs
                ),
                cancellation
            );
            sheets.Add(new SheetResult(group.Code, group.Name, own, documents));
        }

        progress?.Report((groups.Count, groups.Count, ""));
        return sheets;
    }

    /// <summary>The groups with a figure in the year, in their order.</summary>
    private static IReadOnlyList<Category> Chosen(IReadOnlyList<string> asked, PublishedRelease release, int year)
    {
        Category[] there =
        [
            .. GroupSheet
                .Shown.SelectMany(m => release.Series(m, "group"))
                .Where(f => f.Year == year && f.Value is not null)
                .Select(f => f.Category)
                .Distinct()
                .Select(code => release.Category("group", code))
                .OrderBy(c => c.SortOrder)
                .ThenBy(c => c.Code, StringComparer.Ordinal),
        ];
        return [.. asked.SelectMany(word => word == All ? there : [Find(word)]).DistinctBy(c => c.Code)];

        Category Find(string word) =>
            there.FirstOrDefault(c =>
                c.Code.Equals(word, StringComparison.OrdinalIgnoreCase) || c.Name.Zh == word || c.Name.En.Equals(word, StringComparison.OrdinalIgnoreCase)
            ) ?? throw new UnknownGroup(year, word, [.. there.Select(c => (c.Code, c.Name))]);
    }

    /// <summary>A folder's name for a code, whatever is in that: what is no letter, digit or dash becomes its number.</summary>
    private static string FolderOf(string code) =>
        string.Concat(
            code.Select(c =>
                char.IsAsciiLetterOrDigit(c) || c == '-' ? c.ToString() : "_" + ((int)c).ToString("x", System.Globalization.CultureInfo.InvariantCulture)
            )
        );
}

/// <summary>The sheet of one group as it was written.</summary>
public sealed record SheetResult(string Group, Text Name, string Folder, IReadOnlyList<string> Documents);
