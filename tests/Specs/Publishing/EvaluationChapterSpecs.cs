using System.Globalization;
using System.Text.RegularExpressions;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Annual;
using Innovation1551.Publishing.Formats;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>The chapter of the performance evaluation as a reader finds it.</summary>
[Collection(nameof(WrittenReport))]
public class EvaluationChapterSpecs(WrittenReport report)
{
    private static readonly string[] NoChange = ["unchanged", "within range"];

    /// <summary>As displayed, in the page itself: what a reader adds up with a pencil.</summary>
    [Fact]
    public void The_contributions_of_each_group_sum_to_its_score()
    {
        var rows = Rows(report.English, "t-contribution");
        Assert.Equal(15, rows.Length);
        foreach (var cells in rows.Select(r => r.Select(Number).ToArray()))
            Assert.Equal(cells[^1], cells[..^1].Sum());
    }

    [Fact]
    public void A_rise_or_fall_of_place_stands_only_where_the_ranges_part()
    {
        using var release = PublishedFixture.Open();
        var may = release
            .Rows(
                "select may_tell_rank_change and score is not null from published.evaluation_score where period_year = 2025 order by rank nulls last, group_code"
            )
            .Select(r => (bool)r[0]!)
            .ToArray();
        Assert.Contains(true, may);
        var told = Rows(report.English, "t-evaluation").Select(r => r[6]).ToArray();
        Assert.Equal(may, told.Select(t => Regex.IsMatch(t, "^[+−][0-9]+$")));
        Assert.Contains("within range", told);
        Assert.All(told, t => Assert.True(t.Length == 0 || NoChange.Contains(t) || Regex.IsMatch(t, "^[+−][0-9]+$"), t));
    }

    [Fact]
    public void What_the_system_is_comes_first_and_stands_under_the_chart_and_in_every_title()
    {
        foreach (
            var (page, notice, system) in new[]
            {
                (report.Html, "示例评价体系，非正式办法", "示例绩效评价体系"),
                (report.English, "Example system, not the official one", "Example evaluation"),
            }
        )
        {
            var chapter = Chapter(page);
            Assert.InRange(chapter.IndexOf("class=\"caution\"", StringComparison.Ordinal), 0, chapter.IndexOf("class=\"findings\"", StringComparison.Ordinal));
            Assert.Contains(notice, Regex.Match(chapter, "class=\"caution\".*?</p>").Value, StringComparison.Ordinal);
            Assert.Contains(notice, Regex.Match(chapter, "<figure.*?</figure>", RegexOptions.Singleline).Value, StringComparison.Ordinal);
            Assert.All(
                Regex.Matches(chapter, "<caption id=\"t-(?!exception)[a-z]+\">(.*?)</caption>").Select(m => m.Value),
                c => Assert.Contains(system, c, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void Who_has_no_score_is_named_with_the_reason_and_what_was_decided_with_its_own()
    {
        var chapter = Chapter(report.English);
        Assert.Equal(3, Regex.Count(chapter, "has no score: .*?Response below the threshold"));
        var exceptions = Rows(report.English, "t-exception");
        Assert.Contains(exceptions, r => r[0] == "R&amp;D intensity" && r[2] == "2.88" && r[3].Contains("裁定书第12号", StringComparison.Ordinal));
        Assert.Contains(exceptions, r => r[3].StartsWith("No figure: the weight is spread", StringComparison.Ordinal) && r[1].Length + r[2].Length == 0);
    }

    [Fact]
    public void A_year_without_an_evaluation_says_so_and_draws_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("unscored").FullName;
        try
        {
            using var release = PublishedFixture.Open(
                "delete from published.evaluation_score; delete from published.evaluation_part; delete from published.figure where breakdown <> 'total'"
            );
            var result = AnnualReport.Write(
                release,
                2025,
                folder,
                "R",
                cancellation: TestContext.Current.CancellationToken,
                formats: [new HtmlFormat()],
                languages: [Language.Zh]
            );
            Assert.Contains("evaluation-places", result.Omitted);
            var chapter = Chapter(File.ReadAllText(result.Documents[0]));
            Assert.Contains("</span>年的绩效评价。", chapter, StringComparison.Ordinal);
            Assert.DoesNotContain("<table", chapter, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Chapter(string page) => Regex.Match(page, "<section id=\"evaluation\".*?</section>", RegexOptions.Singleline).Value;

    /// <summary>The cells of a table's rows after the name, without markup.</summary>
    private static string[][] Rows(string page, string table) =>
        [
            .. Regex
                .Matches(Regex.Match(page, $"<table class=\"{table}\">.*?</table>", RegexOptions.Singleline).Value, "<tr><th scope=\"row\">.*?</tr>")
                .Select(r => Regex.Matches(r.Value, "<td[^>]*>(.*?)</td>").Select(c => Regex.Replace(c.Groups[1].Value, "<[^>]*>", "")).ToArray()),
        ];

    private static decimal Number(string cell) => decimal.Parse(cell.TrimEnd('p').Replace('−', '-'), CultureInfo.InvariantCulture);
}
