using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Innovation1551.Models;
using Innovation1551.Publishing.Annual;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Formats;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>Who works on a draft sees at its place what the finished report would leave out.</summary>
public sealed class DraftGapSpecs : IDisposable
{
    /// <summary>No awards at all, no growth of R&amp;D expense, an indicator without its English name.</summary>
    private const string Spoilt = """
        delete from published.figure where metric like 'awards%' and breakdown <> 'total';
        update published.figure set value = null where metric = 'rd_expense_yoy';
        update published.metric set name_en = '' where metric = 'rd_intensity';
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("draft").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Written(string name, ReportStanding? standing)
    {
        using var release = PublishedFixture.Open(Spoilt);
        var folder = Path.Combine(_folder, name);
        AnnualReport.Write(release, 2025, folder, PublishedFixture.ReleaseId, formats: WrittenReport.Formats, languages: [Language.Zh], standing: standing);
        return folder;
    }

    [Fact]
    public void What_is_missing_is_marked_at_its_place_in_every_format_of_a_draft_and_in_no_other_report()
    {
        var day = new DateOnly(2026, 11, 29);
        var (draft, plain) = (Written("draft", ReportStanding.Of(null, day, asDraft: true)), Written("plain", ReportStanding.Of(null, day)));
        var page = File.ReadAllText(Path.Combine(draft, "report.zh.html"));
        var gaps = Regex
            .Matches(page, "<p class=\"caution gap\">(.*?)</p>")
            .Select(m => WebUtility.HtmlDecode(Regex.Replace(m.Groups[1].Value, "<[^>]*>", "")))
            .ToArray();
        Assert.Contains(gaps, g => g.StartsWith("【缺图】", StringComparison.Ordinal) && g.Contains("awards-", StringComparison.Ordinal));
        Assert.Contains(gaps, g => g.StartsWith("【缺句】", StringComparison.Ordinal) && g.Contains("rd_expense_yoy", StringComparison.Ordinal));
        Assert.Contains(gaps, g => g.StartsWith("【未译】研发投入强度", StringComparison.Ordinal));
        // At its place: the sentence in the chapter whose figure it lacks.
        var spend = page[page.IndexOf("<section id=\"spend\"", StringComparison.Ordinal)..];
        Assert.Contains(
            "rd_expense_yoy",
            Regex.Match(spend[..spend.IndexOf("</section>", StringComparison.Ordinal)], "【缺句】.*?</p>").Value,
            StringComparison.Ordinal
        );
        var word = Bare(Part(Path.Combine(draft, "report.zh.docx"), "word/document.xml"));
        Assert.All(gaps, g => Assert.Contains(g, word, StringComparison.Ordinal));
        Assert.Contains("【缺图】", Parts(Path.Combine(draft, "report.zh.xlsx")), StringComparison.Ordinal);

        Assert.DoesNotContain("caution gap", File.ReadAllText(Path.Combine(plain, "report.zh.html")), StringComparison.Ordinal);
        Assert.DoesNotContain("【缺", Bare(Part(Path.Combine(plain, "report.zh.docx"), "word/document.xml")), StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public void The_pictures_of_a_draft_say_so_and_those_of_an_official_report_do_not()
    {
        var day = new DateOnly(2026, 11, 29);
        var approved = ReportStanding.Of(new(PublishedFixture.ReleaseId, "", "张三", "审定", new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero), null, false), day);
        var (draft, official) = (Written("draft", ReportStanding.Of(null, day)), Written("official", approved));
        Assert.DoesNotContain("草稿 &#183;", Page(official), StringComparison.Ordinal);
        Assert.Equal(Regex.Count(Page(official), "<figure "), Regex.Count(Page(draft), "<text [^>]*>草稿 &#183; 示例数据 synthetic</text>"));
        Assert.NotEqual(Picture(official), Picture(draft));

        static string Page(string folder) => File.ReadAllText(Path.Combine(folder, "report.zh.html"));
        static byte[] Picture(string folder) => File.ReadAllBytes(Path.Combine(folder, "charts", "rd-group.zh.png"));
    }

    [Fact]
    public void A_table_without_a_number_and_a_text_in_one_language_are_found()
    {
        using var connection = PublishedFixture.Open();
        var gaps = new DraftGaps(new PublishedRelease(connection), 2025, []);
        var empty = new DataTable(
            "t-x",
            1,
            new("表题", "Title"),
            [Column.Of("甲", "A", ColumnKind.Name), Column.Of("乙", "乙", ColumnKind.Number), Column.Of("丙", "", ColumnKind.Number)],
            []
        );
        var chapter = new Chapter("x", 1, new("章", "Chapter"), [empty]);
        var document = new ReportDocument(new("t", "t"), new("t", "t"), new("t", "t"), new PublishedRelease(connection).Info, [chapter]);
        Assert.Equal(["【缺数】表题", "【未译】丙"], gaps.Mark(document).Blocks.OfType<Gap>().Select(g => g.Phrase.In(Language.Zh)));
        var full = empty with { Columns = [empty.Columns[0], empty.Columns[1]], Rows = [new(Phrase.Empty.Say("行", "row"), [DataCell.Count(1, default)])] };
        Assert.Empty(gaps.Mark(document with { Chapters = [chapter with { Blocks = [full] }] }).Blocks.OfType<Gap>());
    }

    private static string Bare(string xml) => WebUtility.HtmlDecode(Regex.Replace(Regex.Replace(xml, "</w:p>", "\n"), "<[^>]*>", ""));

    private static string Part(string file, string part)
    {
        using var zip = ZipFile.OpenRead(file);
        using var reader = new StreamReader(zip.GetEntry(part)!.Open());
        return reader.ReadToEnd();
    }

    private static string Parts(string file)
    {
        using var zip = ZipFile.OpenRead(file);
        return string.Concat(
            zip.Entries.Where(e => e.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal)).Select(e => Part(file, e.FullName))
        );
    }
}
