using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Formats;

namespace Innovation1551.Publishing.Annual;

/// <summary>
/// The letter that goes with the annual report: <c>letter.zh.docx</c> and its like. Its figures are the report's own sentences; issuer, number,
/// addressee and day are left to the person who signs it.
/// </summary>
public static class CoveringLetter
{
    private const string Name = "letter";

    /// <summary>The sentences of the report that it tells, by their names in <c>commentary.csv</c>; who has not reported is among them.</summary>
    private static readonly string[] Told = ["spend", "intensity", "grants", "awards", "coverage"];

    /// <summary>The formats in which it can be written here.</summary>
    public static IReadOnlyList<IReportFormat> Formats { get; } = [new LetterPdf(), new LetterDocx()];

    /// <param name="release">An open, read-only connection to a release.</param>
    /// <param name="folder">Where to write; made if it is not there.</param>
    /// <returns>The documents that were written.</returns>
    /// <exception cref="NoDataForYear">The release has no annual figure for the year.</exception>
    public static IReadOnlyList<string> Write(
        DuckDBConnection release,
        int year,
        string folder,
        string releaseId,
        CancellationToken cancellation = default,
        IReadOnlyList<(string Name, string Sha256)>? inputs = null,
        IReadOnlyList<IReportFormat>? formats = null,
        IReadOnlyList<Language>? languages = null,
        ReportStanding? standing = null
    )
    {
        (formats, languages) = (formats ?? [.. Formats.Where(f => f.Missing is null)], languages ?? Enum.GetValues<Language>());
        var published = new PublishedRelease(release);
        NoDataForYear.Demand(published, year);
        return DocumentFolder.WriteShort(
            Build(published, year, standing),
            [],
            folder,
            formats,
            languages,
            new("covering-letter", w => w.WriteNumber("year", year), releaseId, inputs),
            cancellation
        );
    }

    internal static ReportDocument Build(PublishedRelease release, int year, ReportStanding? standing)
    {
        var report = new Text(
            $"省属企业科技创新统计年度报告（{year}年）",
            $"Annual statistical report on science and technology of provincial state-owned enterprises, {year}"
        );
        var title = new Text($"关于报送《{report.Zh}》的函", $"Submission of the {char.ToLowerInvariant(report.En[0])}{report.En[1..]}");
        var document = new ReportDocument(title, title, AnnualDocument.Programme, release.Info, [])
        {
            Name = Name,
            IsShort = true,
            Standing = standing,
        };
        var letter = new LetterSheet(
            Blank("发文机关", "issuer"),
            Blank("发文字号", "document number"),
            Blank("主送机关", "addressee").Say("：", ":"),
            [
                Phrase
                    .Empty.Say("《", "The ")
                    .Period(report.Zh, $"{char.ToLowerInvariant(report.En[0])}{report.En[1..]}")
                    .Say("》已编制完成，现报上。主要情况如下：", " is complete and is submitted herewith. Its main findings are:"),
                new Findings(release, year).Say(Told).Aggregate(Phrase.Empty, (said, sentence) => (said.IsEmpty ? said : said.Say("", " ")).With(sentence)),
                Phrase
                    .Empty.Say("以上数字依", "The figures are those of ")
                    .With(document.Edition)
                    .Say("；口径、来源、数据质量与修订见报告。", "; their basis, sources, quality and revisions are told in the report."),
            ],
            [
                Phrase.Empty.Period(report.Zh, report.En),
                Phrase.Empty.Say("报告数据工作簿", "Workbook with the data of the report"),
                Phrase.Empty.Say("统计图及其数据、文件清单", "Charts with their data, and the list of files"),
            ],
            Blank("成文日期", "date")
        );
        return document with { Chapters = [new Chapter(Name, 0, title, [letter])] };
    }

    private static Phrase Blank(string chinese, string english) =>
        Phrase.Of(new Text($"【待填：{chinese}】", $"[to be filled in: {english}]"), default, Style.Blank);
}
