using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Annual;
using Innovation1551.Publishing.Formats;
using Innovation1551.Publishing.Proofreading;
using Innovation1551.Publishing.Typesetting;
using UglyToad.PdfPig;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>The sheets of groups.</summary>
public sealed class GroupSheetSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sheets").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IReadOnlyList<SheetResult> Write(string? change, IReadOnlyList<string> groups, IReadOnlyList<IReportFormat>? formats = null)
    {
        using var release = PublishedFixture.Open(change);
        return GroupSheets.Write(
            release,
            2025,
            groups,
            _folder,
            PublishedFixture.ReleaseId,
            cancellation: TestContext.Current.CancellationToken,
            formats: formats ?? [new HtmlFormat()]
        );
    }

    private static string Page(SheetResult sheet, string language) => File.ReadAllText(Path.Combine(sheet.Folder, $"sheet.{language}.html"));

    [Fact]
    public void Each_group_has_its_own_folder_and_every_numeral_of_its_sheet_is_bound()
    {
        var sheets = Write(null, ["g05", "示例煤业集团", "G05", "g18"]);
        Assert.Equal(["g05", "g01", "g18"], sheets.Select(s => s.Group));
        using var release = PublishedFixture.Open();
        foreach (var sheet in sheets)
        {
            Assert.True(File.Exists(Path.Combine(sheet.Folder, "manifest.json")));
            foreach (var language in new[] { "zh", "en" })
            {
                var (bound, problems) = new NumeralLinter(release).Check(Page(sheet, language));
                Assert.Empty(problems);
                Assert.True(bound > 60, $"{bound}");
            }
        }
        // The parts of the one sheet are those of the report, and sum to the score.
        var parts = Regex.Match(Page(sheets[0], "en"), "<table class=\"t-parts\">.*?</table>", RegexOptions.Singleline).Value;
        var points = Regex
            .Matches(parts, "data-record=\"evaluation_part/EX1/g05/2025/[^/]+/contribution\">([^<]+)<")
            .Select(m => decimal.Parse(m.Groups[1].Value.Replace('−', '-'), System.Globalization.CultureInfo.InvariantCulture));
        var score = release.Rows("select score from published.evaluation_score where group_code = 'g05' and period_year = 2025")[0][0];
        Assert.Equal(score, points.Sum());
        // One without a score says why.
        Assert.Contains("Response below the threshold", Page(sheets[2], "en"), StringComparison.Ordinal);
    }

    /// <summary>Ranks over the figures by DuckDB, against those on the page.</summary>
    [Fact]
    public void Places_are_those_of_what_is_displayed_and_while_a_group_is_incomplete_they_are_not_final()
    {
        const string Ties =
            "update published.figure set value = 500.4 where figure_id in ('patents_granted:group:g01:2025', 'patents_granted:group:g02:2025');"
            + "update published.figure set missing = 1 where figure_id = 'rd_expense:group:g09:2025'; update published.figure set missing = 2 where figure_id = 'rd_fte:group:g01:2025'";
        var page = Page(Write(Ties, ["g01"])[0], "en");
        using var release = PublishedFixture.Open(Ties);
        foreach (var metric in new[] { "rd_expense", "revenue", "rd_intensity", "patents_granted" })
        {
            var places =
                metric == "patents_granted" ? "round(value)"
                : metric == "rd_intensity" ? "round(value, 2)"
                : "round(value / 10000, 2)";
            var expected = release.Rows(
                $"select rank from (select category, rank() over (order by {places} desc) as rank from published.figure where metric = '{metric}' and breakdown = 'group' and period = '2025') where category = 'g01'"
            )[0][0];
            Assert.Contains($"data-record=\"figure/{metric}:group:g01:2025/rank\">{expected}<", page, StringComparison.Ordinal);
        }
        Assert.Matches("patents_granted:group:g01:2025/ranked\">18</span> \\(tied\\)", page);
        Assert.Matches("rd_expense:group:g01:2025/ranked\">18</span><sup>p</sup>", page);
        Assert.DoesNotContain("rd_fte:group:g01:2025/rank\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_group_names_the_near_ones_and_nothing_is_written()
    {
        var refused = Assert.Throws<UnknownGroup>(() => Write(null, ["g01", "化工"]));
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("did you mean g03 Sample Chemicals Group", refused.Problem.En, StringComparison.Ordinal);
        Assert.Contains("g01", Assert.Throws<UnknownGroup>(() => Write(null, ["g0l"])).Problem.En, StringComparison.Ordinal);
        Assert.Contains("there are g01", Assert.Throws<UnknownGroup>(() => Write(null, ["../../etc"])).Problem.En, StringComparison.Ordinal);
        Assert.Throws<NoDataForYear>(() =>
        {
            using var release = PublishedFixture.Open();
            GroupSheets.Write(release, 2031, ["g01"], _folder, "x", cancellation: TestContext.Current.CancellationToken);
        });
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Hostile_names_and_codes_stay_text_and_stay_in_their_folder()
    {
        const string Up =
            "update published.figure set category = '../up' where category = 'g04'; update published.category set category = '../up' where category = 'g04'";
        var formats = ReportFormats.All.Where(f => f is not PdfFormat).ToArray();
        foreach (var sheet in Write(HostileNames.Sql + Up, ["g01", "g02", "../up"], formats))
        {
            Assert.Equal(_folder, Path.GetDirectoryName(Path.GetFullPath(sheet.Folder)));
            var html = Page(sheet, "zh");
            Assert.Single(Regex.Matches(html, "<script"));
            Assert.DoesNotMatch("<[^>]+ on[a-z]+=", Regex.Replace(html, "=\"[^\"]*\"", ""));
            Assert.DoesNotContain('\u202E', html);
            Assert.DoesNotContain(new string('长', 400), html, StringComparison.Ordinal);
            using (var word = WordprocessingDocument.Open(Path.Combine(sheet.Folder, "sheet.zh.docx"), false))
                Assert.Empty(new OpenXmlValidator().Validate(word, TestContext.Current.CancellationToken));
            using var zip = ZipFile.OpenRead(Path.Combine(sheet.Folder, "sheet.en.xlsx"));
            Assert.All(
                zip.Entries.Where(e => e.Name.EndsWith(".xml", StringComparison.Ordinal)),
                e =>
                {
                    using var content = e.Open();
                    Assert.DoesNotContain(XDocument.Load(content).Descendants(), HostileNames.IsFormula);
                }
            );
        }
    }

    [Fact]
    public void On_paper_a_sheet_is_a_page_or_two_that_say_that_the_data_are_synthetic()
    {
        Assert.SkipWhen(Typesetter.Missing is not null, Typesetter.Missing?.En ?? "");
        var sheet = Write(null, ["g05"], [new PdfFormat()])[0];
        foreach (var document in sheet.Documents)
        {
            using var pdf = PdfDocument.Open(document);
            Assert.InRange(pdf.NumberOfPages, 1, 2);
            Assert.All(pdf.GetPages(), p => Assert.Contains("示例数据 synthetic", p.Text, StringComparison.Ordinal));
        }
    }
}
