using System.Globalization;
using System.Text.RegularExpressions;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Annual;
using Innovation1551.Publishing.Formats;
using Innovation1551.Publishing.Proofreading;
using Innovation1551.Publishing.Typesetting;
using UglyToad.PdfPig;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>The monthly bulletin of the key tasks.</summary>
public sealed class TaskBulletinSpecs : IDisposable
{
    private static readonly string[] Kinds = ["newly_late", "newly_done", "late_no_more", "listed", "struck"];

    private readonly string _folder = Directory.CreateTempSubdirectory("bulletin").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Page(string month, string language, string? change = null)
    {
        using var release = PublishedFixture.Open(change);
        TaskBulletin.Write(
            release,
            month,
            _folder,
            PublishedFixture.ReleaseId,
            cancellation: TestContext.Current.CancellationToken,
            formats: [new HtmlFormat()]
        );
        return File.ReadAllText(Path.Combine(_folder, $"bulletin.{language}.html"));
    }

    /// <summary>The linter counts the changes of every month in SQL, by the tasks of both; the page's own come from the document.</summary>
    [Theory]
    [InlineData("2026-06")]
    [InlineData("2025-10")]
    public void What_changed_since_the_month_before_is_what_an_independent_count_finds(string month)
    {
        using var release = PublishedFixture.Open();
        foreach (var language in new[] { "zh", "en" })
        {
            var page = Page(month, language);
            var (bound, problems) = new NumeralLinter(release).Check(page);
            Assert.Empty(problems);
            Assert.True(bound > 20, $"{bound}");
            // Nothing that changed is left out: the counts of the page and the tasks that stand where they stood are all tasks of both months.
            var told = Regex
                .Matches(page, $"data-record=\"task_change/{month}/([^\"]+)\">([0-9]+)<")
                .ToDictionary(m => m.Groups[1].Value, m => int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));
            var before = $"{month[..5]}{int.Parse(month.AsSpan(5), CultureInfo.InvariantCulture) - 1:00}";
            var (all, same) = release.Rows(
                $"""
                select count(*), count(*) filter (where n.standing = b.standing)
                from (from published.task_month_wide where period = '{month}') as n full join (from published.task_month_wide where period = '{before}') as b using (task_no)
                """
            )
                is [[long a, long s]]
                ? (a, s)
                : (0, 0);
            Assert.Equal(all - same, told.Values.Sum());
            // Each of the tasks that are counted is named.
            foreach (var kind in Kinds.Where(told.ContainsKey))
                Assert.Equal(
                    told[kind],
                    Regex.Count(Regex.Match(page, $"<li>[^/]*?<span data-record=\"task_change/{month}/{kind}\">.*?</li>").Value, "T [0-9]{4}-[0-9]{3}")
                );
        }
    }

    [Fact]
    public void A_task_struck_off_or_added_is_told_and_a_month_that_was_skipped_is_named()
    {
        Assert.Contains("data-record=\"task_change/2026-06/struck\">1<", Page("2026-06", "en"), StringComparison.Ordinal);
        const string Skipped = "delete from published.task_month_wide where period = '2026-08' or task_no = 'T 2026-001' and period < '2026-08'";
        var page = Page("2026-09", "en", Skipped);
        Assert.Contains("task_change/2026-09/listed\">1<", page, StringComparison.Ordinal);
        Assert.Contains("compared with 2026-07", page, StringComparison.Ordinal);
        using var release = PublishedFixture.Open(Skipped);
        Assert.Empty(new NumeralLinter(release).Check(page).Problems);
        Assert.Contains("first month of the year", Page("2026-01", "en"), StringComparison.Ordinal);
        Assert.DoesNotContain("task_change", Page("2026-01", "en"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_month_without_a_ledger_is_refused_with_those_that_have_one_and_nothing_is_written()
    {
        using var release = PublishedFixture.Open();
        var refused = Assert.Throws<NoDataForMonth>(() =>
            TaskBulletin.Write(release, "2026-12", _folder, "x", cancellation: TestContext.Current.CancellationToken)
        );
        Assert.Equal((2, "2026-09"), (refused.ExitCode, refused.Available[^1]));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Hostile_names_stay_text()
    {
        var page = Page("2026-09", "zh", HostileNames.Sql);
        Assert.Contains("T&quot;&gt;&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "<script"));
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', page);
        Assert.DoesNotContain(new string('长', 400), page, StringComparison.Ordinal);
    }

    [Fact]
    public void On_paper_it_is_one_page()
    {
        Assert.SkipWhen(Typesetter.Missing is not null, Typesetter.Missing?.En ?? "");
        using var release = PublishedFixture.Open();
        foreach (
            var document in TaskBulletin.Write(
                release,
                "2026-09",
                _folder,
                "R",
                cancellation: TestContext.Current.CancellationToken,
                formats: [new PdfFormat()]
            )
        )
        {
            using var pdf = PdfDocument.Open(document);
            Assert.Equal(1, pdf.NumberOfPages);
        }
    }
}
