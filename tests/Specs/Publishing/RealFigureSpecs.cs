using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Annual;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Innovation1551.Specs.Rehearsal;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>
/// Published real figures told by the report as their publishers told them. They stand in for the fixture's own in a release that is not marked as
/// constructed; years are moved where the fixture has none. Sources beside each.
/// </summary>
public class RealFigureSpecs
{
    private static string Set(string metric, int year, decimal value, string breakdown = "total", string category = "all") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            delete from published.figure where figure_id = '{metric}:{breakdown}:{category}:{year}';
            insert into published.figure (figure_id, metric, breakdown, category, period, period_year, period_kind, value, status, unit, basis, stage, may_tell_growth, missing, is_synthetic)
            values ('{metric}:{breakdown}:{category}:{year}', '{metric}', '{breakdown}', '{category}', '{year}', {year}, 'year', {value}, 'actual', '', 'real', 'final', true, 0, false);

            """
        );

    /// <summary>
    /// National Bureau of Statistics of China, communiqués on national expenditures on science and technology: 2022, 3,078.29 billion yuan, up 282.66
    /// billion or 10.1 percent, intensity 2.54 percent, up 0.11 points; 2023, 3,335.71 billion, up 8.4 percent, intensity 2.65 percent.
    /// </summary>
    [Theory]
    [InlineData("30782.9", "27956.3", "2.54", "0.11", "30,782.90亿元", "增长10.1%", "提高0.11个百分点")]
    [InlineData("33357.1", "30782.9", "2.65", "0.09", "33,357.10亿元", "增长8.4%", "提高0.09个百分点")]
    public void The_national_communiques_read_as_they_were_published(
        string spend,
        string reReported,
        string intensity,
        string points,
        string level,
        string growth,
        string change
    )
    {
        static decimal Of(string number) => decimal.Parse(number, CultureInfo.InvariantCulture);
        using var release = PublishedFixture.Open(
            Set("rd_expense", 2025, Of(spend) * 10_000)
                + Set("rd_expense_yoy", 2025, Math.Round((Of(spend) / Of(reReported) - 1) * 100, 6))
                + Set("rd_intensity", 2025, Of(intensity))
                + Set("rd_intensity_change_pp", 2025, Of(points)),
            synthetic: false
        );
        var said = new Findings(new PublishedRelease(release), 2025).Of(Section.Overview).Select(p => p.In(Language.Zh)).ToArray();
        Assert.Contains(said, s => s.Contains(level, StringComparison.Ordinal) && s.Contains(growth, StringComparison.Ordinal));
        Assert.Contains(said, s => s.Contains($"研发投入强度为{intensity}%", StringComparison.Ordinal) && s.Contains(change, StringComparison.Ordinal));
    }

    /// <summary>The same communiqué of 2023: basic 225.91, applied 366.15, experimental 2,743.65 billion yuan, which sum to the whole. Their shares as displayed do not: each is rounded by itself.</summary>
    [Fact]
    public void The_parts_of_2023_close_to_the_last_digit_and_their_rounded_shares_are_not_adjusted()
    {
        (string Code, decimal Value)[] parts = [("BRSRCH", 2259.1m), ("ARSRCH", 3661.5m), ("EDEV", 27436.5m)];
        var whole = parts.Sum(p => p.Value);
        Assert.Equal(33357.1m, whole);
        using var release = PublishedFixture.Open(
            string.Concat(
                parts.Select(p =>
                    Set("rd_intramural", 2025, p.Value * 10_000, "activity", p.Code)
                    + Set("rd_activity_share", 2025, Math.Round(p.Value / whole * 100, 6), "activity", p.Code)
                )
            ) + Set("rd_intramural", 2025, whole * 10_000),
            synthetic: false
        );
        var published = new PublishedRelease(release);
        var table = new AnnualDocument(published, 2025, [], []).Build().Blocks.OfType<DataTable>().Single(t => t.Id == "t-activity");
        Assert.Equal([2259.1m, 3661.5m, 27436.5m, 33357.1m], table.Rows.Select(r => r.Cells[0].Number ?? 0));
        Assert.Equal([6.8m, 11.0m, 82.3m], table.Rows.Take(3).Select(r => r.Cells[1].Number ?? 0));
    }

    /// <summary>
    /// National science and technology awards, by the award offices' announcements: 2019, natural science 1 first and 45 second class, invention 3 and 62,
    /// progress 3 special, 22 and 160; 2020, 2 and 44, 3 and 58, 2 special, 18 and 137.
    /// </summary>
    [Fact]
    public void The_national_awards_of_2019_and_2020_add_up_by_grade_and_their_fall_is_told()
    {
        (int Year, (string Grade, int Count)[] Grades)[] announced =
        [
            (2019, [("special", 3), ("first", 1 + 3 + 22), ("second", 45 + 62 + 160)]),
            (2020, [("special", 2), ("first", 2 + 3 + 18), ("second", 44 + 58 + 137)]),
        ];
        Assert.Equal([296, 264], announced.Select(a => a.Grades.Sum(g => g.Count)));
        using var release = PublishedFixture.Open(
            "delete from published.figure where metric = 'awards';"
                + string.Concat(
                    announced.SelectMany(a =>
                        a.Grades.Select(g => Set("awards", a.Year, g.Count, "award_grade", g.Grade)).Append(Set("awards", a.Year, a.Grades.Sum(g => g.Count)))
                    )
                ),
            synthetic: false
        );
        var published = new PublishedRelease(release);
        var table = new AnnualDocument(published, 2020, [], []).Build().Blocks.OfType<DataTable>().Single(t => t.Id == "t-award-grade");
        var total = table.Rows.Last();
        Assert.Equal([296m, 264m], total.Cells.Take(5).Select(c => c.Number).OfType<decimal>());
        Assert.All(Enumerable.Range(0, 5), c => Assert.Equal(total.Cells[c].Number ?? 0, table.Rows.SkipLast(1).Sum(r => r.Cells[c].Number ?? 0)));
        Assert.Contains(new Findings(published, 2020).Of(Section.Awards), p => p.In(Language.Zh) == "获奖数比上年减少32项。");
    }

    /// <summary>
    /// Science and technology awards of Shanxi, as web reprints of the award office's announcements have them (easyfundingllc.com, jintiao.net; for 2021
    /// heec.cahe.edu.cn): 2021, 19 first, 91 second and 91 third class, and 7 innovative enterprises, who are given no class; 2018 to 2022 together 1,029, by
    /// scheme 3 special contributions, 156 natural science, 62 invention, 747 progress, 15 cooperation and 46 enterprises, by class 93, 434 and 453. The classes
    /// are those of the four middle schemes, and the other two have none. The five years' sum stands in for the last of them.
    /// </summary>
    [Theory]
    [InlineData(2021, 208, 19, 91, 91, 7)]
    [InlineData(2022, 156 + 62 + 747 + 15 + 3 + 46, 93, 434, 453, 3 + 46)]
    public void The_awards_of_Shanxi_add_up_with_those_that_have_no_class(int year, int all, int first, int second, int third, int without)
    {
        (string Grade, int Count)[] grades = [("first", first), ("second", second), ("third", third), ("none", without)];
        using var release = PublishedFixture.Open(
            "delete from published.figure where metric = 'awards';"
                + string.Concat(grades.Select(g => Set("awards", year, g.Count, "award_grade", g.Grade)))
                + Set("awards", year, all),
            synthetic: false
        );
        var table = new AnnualDocument(new PublishedRelease(release), year, [], []).Build().Blocks.OfType<DataTable>().Single(t => t.Id == "t-award-grade");
        var column = table.Columns.Skip(1).Index().Single(c => c.Item.Heading.In(Language.Zh).StartsWith($"{year}", StringComparison.Ordinal)).Index;
        Assert.Equal(grades.Select(g => (decimal)g.Count).Append(all).Order(), table.Rows.Select(r => r.Cells[column].Number).OfType<decimal>().Order());
        Assert.Equal(all, grades.Sum(g => g.Count));
    }

    /// <summary>
    /// The five editions of the survey of federally funded research centres (NCSES, fiscal years 2016 to 2023; thousands of dollars, read as the unit below the
    /// one shown): all centres together were revised once, 2022, from 26,524,014 to 26,006,971, when one centre corrected its return. The survey does not give
    /// the days of its editions: each counts as known at the end of the year after its last.
    /// </summary>
    [Fact]
    public void The_editions_of_the_survey_of_research_centres_make_a_triangle_that_shows_its_one_revision()
    {
        var editions = Enumerable.Range(FfrdcTables.FirstVintage, FfrdcTables.LastVintage - FfrdcTables.FirstVintage + 1).ToArray();
        var known = editions
            .SelectMany(e => FfrdcTables.Trend(e).Single(r => r.Depth == 1).ByYear.Select(y => (Edition: e, Year: y.Key, Value: y.Value!.Value)))
            .Where(k => k.Year >= editions[0])
            .GroupBy(k => k.Year)
            .SelectMany(g =>
                g.Where((k, i) => i == 0 || k.Value != g.ElementAt(i - 1).Value)
                    .Select((k, i) => (No: i + 1, k.Edition, k.Year, k.Value, Before: i == 0 ? (long?)null : g.First().Value))
            )
            .ToArray();
        var rows = known.Select(k =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"('rd_expense','total','all','{k.Year}',{k.No},'{k.Edition + 1}-12-31',{k.Value},{(k.Before is { } b ? k.Value - b : 0)},0,{(k.Before is { } c ? k.Value - c : 0)},'{(k.No == 1 ? "final" : "revised")}')"
            )
        );
        using var release = PublishedFixture.Open(
            $"""
            delete from published.vintage; delete from published.revision; delete from published.revision_cause;
            insert into published.vintage (metric, breakdown, category, period, vintage_no, as_of, value, revision, from_new_returns, from_replacements, stage)
            values {string.Join(',', rows)};
            insert into published.revision_cause {Models.WarehouseSketch.ModelOf("published.revision_cause").Query};
            """,
            synthetic: false
        );
        var published = new PublishedRelease(release);
        var tables = new RevisionTables(published, 2023, new Numbering()).Blocks().OfType<DataTable>().ToArray();
        var triangle = tables
            .Single(t => t.Id == "t-triangle-rd-expense")
            .Rows.ToDictionary(r => r.Name.In(Language.Zh), r => r.Cells.Select(c => c.Number).OfType<decimal>().Distinct());
        Assert.Equal([2652.40m, 2600.70m], triangle["2022"]);
        Assert.All(triangle.Where(r => r.Key != "2022"), r => Assert.Single(r.Value));
        var revised = tables
            .Single(t => t.Id == "t-revision")
            .Rows.Select(r => r.Cells.Select(c => c.Phrase.In(Language.Zh)).ToArray())
            .ToDictionary(r => r[0]);
        Assert.Equal(["2022", "2023-12-31", "2,652.40", "2,600.70", "−51.70", "−1.95", "0.00", "−51.70"], revised["2022"]);
        Assert.All(revised.Where(r => r.Key != "2022"), r => Assert.Equal(r.Value[2], r.Value[3]));
    }
}
