using System.Globalization;
using System.Text.RegularExpressions;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Publishing.Annual;
using Innovation1551.Publishing.Figures;
using Innovation1551.Specs.Publishing;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>A second edition explains itself: what changed since the last approved one, by cause, in words, in tables and as data.</summary>
[Collection(PassingReleaseCollection.Name)]
public sealed class EditionSpecs(PassingRelease passing)
{
    [Fact]
    public void The_data_file_has_every_figure_that_differs_and_its_causes_sum_to_the_difference()
    {
        var lines = File.ReadAllLines(Path.Combine(passing.Report, "edition-changes.csv")).Select(l => l.Split(',')).ToList();
        Assert.Equal(
            ["figure_id", "kind", "before", "after", "change", "definition", "perimeter", "late_return", "resubmission", "correction", "denominator"],
            lines[0]
        );
        // Reckoned again from the two releases as they stand.
        var (before, after) = (passing.Figures(passing.Before), passing.Figures(null));
        Assert.Equal(
            before
                .Keys.Union(after.Keys)
                .Where(id => !before.TryGetValue(id, out var was) || !after.TryGetValue(id, out var now) || was != now)
                .Order(StringComparer.Ordinal),
            lines.Skip(1).Select(l => l[0]).Order(StringComparer.Ordinal)
        );
        foreach (var line in lines.Skip(1))
        {
            var change = after.GetValueOrDefault(line[0]) - before.GetValueOrDefault(line[0]);
            Assert.Equal(change, Number(line[4]));
            Assert.Equal(change, line[5..].Sum(Number));
        }
        Assert.Contains(lines.Skip(1), l => l[1] == "revised");
        Assert.Contains(passing.Before.Id, File.ReadAllText(Path.Combine(passing.Report, "edition-changes.csv.about.json")), StringComparison.Ordinal);

        static decimal Number(string text) => text.Length == 0 ? 0 : decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void The_report_tells_them_in_words_and_tables_and_every_number_of_it_is_bound()
    {
        var linter = passing.Linter;
        foreach (
            var (language, words, table) in ((string, string, string)[])
                [
                    ("zh", "与上一版（发布版本", "与上一版相比：合计数的修订"),
                    ("en", "Against the edition before (release", "Since the edition before: revisions of totals"),
                ]
        )
        {
            var page = File.ReadAllText(Path.Combine(passing.Report, $"report.{language}.html"));
            // In the chapter on revisions, and in the change log beside how to cite.
            Assert.Equal(3, page.Split(words).Length);
            Assert.Contains(passing.Before.Id, page, StringComparison.Ordinal);
            Assert.Contains(table, page, StringComparison.Ordinal);
            Assert.Contains("data-record=\"edition/revised\"", page, StringComparison.Ordinal);
            Assert.Empty(linter.Check(page).Problems);
            var at = Regex.Match(page, "data-record=\"(edition/[a-z_]+:total:all:[0-9]{4}/)change\"").Groups[1].Value;
            Assert.NotEmpty(linter.Check(page.Replace(at + "change", at + "before", StringComparison.Ordinal)).Problems);
        }
        Assert.Equal(passing.Before.Id, AnnualReport.EditionBefore(passing.Report));
    }

    [Fact]
    public void Without_an_edition_before_or_without_a_change_it_says_so_and_has_no_table()
    {
        using var release = PublishedFixture.Open();
        var published = new PublishedRelease(release);
        var nothing = new EditionTables(published, 2025, new("r0001-00000000", new(2026, 3, 1), []), new());
        Assert.Equal("与上一版（发布版本r0001-00000000，2026-03-01批准）相比：所有数字都没有变化。", nothing.Words().In(Language.Zh));
        Assert.Single(nothing.Blocks());
        var first = new EditionTables(published, 2025, null, new());
        Assert.Contains("first edition", first.Words().In(Language.En), StringComparison.Ordinal);
        Assert.Single(first.Blocks());
        Assert.Empty(EditionTables.Files(null, new(null, null, false, null, [])));
    }

    [Fact]
    public void The_edition_before_is_the_last_approved_one()
    {
        using var workspace = passing.Copy();
        var (store, approvals) = (workspace.Store, new Approvals(workspace.Workspace.Releases));
        var latest = store.Find("latest");
        Assert.Equal(passing.Before.Id, EditionChanges.EditionBefore(store, latest.Id));
        Assert.Null(EditionChanges.EditionBefore(store, passing.Before.Id));
        approvals.Record(new(passing.Before.Id, passing.Before.ContentHash, "张三", "发现漏报", DateTimeOffset.UnixEpoch, null, IsUndone: true));
        Assert.Null(EditionChanges.EditionBefore(store, latest.Id));
    }
}
