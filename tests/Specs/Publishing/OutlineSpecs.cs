using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Annual;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Charts.Catalogue;
using Innovation1551.Publishing.Charts.Output;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>What the outline of the report promises: projections that nothing can take for figures, tables from one line each, places that nobody's absence moves.</summary>
public class OutlineSpecs
{
    private static ChartScene Scene(string id, string? change = null, int year = 2025)
    {
        if (change is null)
            return PublishedFixture.Scene(id, year);
        using var release = PublishedFixture.Open(change);
        return SceneBuilder.Build(ChartCatalogue.All.Single(d => d.Id == id), new PublishedRelease(release), year);
    }

    private static ReportDocument Document(string? change = null)
    {
        using var release = PublishedFixture.Open(change);
        return new AnnualDocument(new PublishedRelease(release), 2025, [], []).Build();
    }

    [Fact]
    public void A_projection_is_drawn_apart_from_the_report_s_own_year_and_its_numbers_are_no_figures()
    {
        var scene = Scene("forecast-innovative");
        var fan = Assert.Single(scene.Forecasts);
        Assert.Equal([6, 7, 8], fan.Points.Select(p => p.Slot));
        Assert.All(fan.Points, p => Assert.Null(scene.Series[0].Points[p.Slot]?.Value));
        Assert.All(fan.Points, p => Assert.True(p.Forecast.Ninety.Low < p.Forecast.Half.Low && p.Forecast.Half.High < p.Forecast.Ninety.High));
        var rows = ChartTable.Of(scene).Where(r => r.Status == "forecast").ToArray();
        Assert.Equal(15, rows.Length);
        Assert.All(rows, r => Assert.Equal("", r.FigureId));
        Assert.Contains("not a statistic", AltText.Of(scene).En, StringComparison.Ordinal);
        // The report of an earlier year knows nothing of the last figure.
        Assert.Empty(Scene("forecast-innovative", year: 2024).Forecasts);
    }

    [Theory]
    [InlineData("update published.figure set value = 99 where metric = 'innovative_enterprises' and breakdown = 'total' and period = '2021'", "too small")]
    [InlineData(
        "update published.figure set value = null where metric = 'innovative_enterprises' and breakdown = 'total' and period = '2022'",
        "fewer than six"
    )]
    [InlineData("update published.figure set missing = 1 where metric = 'innovative_enterprises' and period = '2025'", "has not reported")]
    [InlineData("update published.change set entrants = value / 50 where metric = 'rd_expense' and period_year = 2023", "across a break")]
    public void What_is_not_projected_is_told_with_its_reason_and_has_no_fan(string change, string reason)
    {
        var again = change + "; delete from published.forecast; insert into published.forecast " + Models.WarehouseSketch.ModelOf("published.forecast").Query;
        Assert.Empty(Scene("forecast-innovative", again).Forecasts);
        var table = Document(again).Blocks.OfType<DataTable>().Single(t => t.Id == "t-forecast-none");
        Assert.Contains(
            table.Rows,
            r => r.Name.In(Language.Zh) == "创新型企业" && r.Cells[0].Phrase.In(Language.En).Contains(reason, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Equal_places_are_shared_and_nobody_is_placed_where_one_stands_in_a_single_year()
    {
        const string Tie =
            "update published.figure set value = 50 where metric = 'rd_intensity_comparable' and breakdown = 'group' and category in ('g01', 'g02') and period = '2025';";
        var (now, _, _, _) = PlaceChanges.Of(Scene("rd-intensity-places", Tie));
        Assert.Equal([1, 1, 3], now.Valued.Take(3).Select(v => v.Value));
        Assert.True(Scene("rd-intensity-places", "delete from published.figure where figure_id = 'rd_intensity_comparable:group:g03:2024'").IsEmpty);
    }

    [Theory]
    [InlineData("t,spend,years,a;b,group,甲,a,,")]
    [InlineData("t,spend,members,a,total,甲,a,,")]
    [InlineData("t,spend,cells,a,group,甲,a,,")]
    [InlineData("t,spend,years,a,total,甲,a,")]
    public void A_line_that_asks_for_no_table_is_refused_with_its_number(string line) =>
        Assert.Contains(
            "tables.csv:2",
            Assert
                .Throws<DefinitionException>(() => TablePlan.Parse("tables.csv", "id,chapter,shape,metrics,breakdown,zh,en,note_zh,note_en\n" + line))
                .Problem.En,
            StringComparison.Ordinal
        );

    /// <summary>Each planned table asks for metrics that the seed describes and chapters that there are; none is there without a figure.</summary>
    [Fact]
    public void Every_planned_table_can_be_written_and_none_is_empty()
    {
        var metrics = Seed.Parse("metric.csv", Models.WarehouseSketch.Definitions["seeds/metric.csv"]).Skip(1).Select(r => r[0]).ToHashSet();
        var breakdowns = Seed.Parse("breakdown.csv", Models.WarehouseSketch.Definitions["seeds/breakdown.csv"]).Skip(1).Select(r => r[0]).ToHashSet();
        var document = Document();
        Assert.All(TablePlan.Shipped, p => Assert.Contains(p.Chapter, document.Chapters.Select(c => c.Id)));
        Assert.All(TablePlan.Shipped.SelectMany(p => p.Metrics), m => Assert.Contains(m, metrics));
        Assert.All(TablePlan.Shipped.Select(p => p.Breakdown), b => Assert.Contains(b, breakdowns));
        Assert.Equal(TablePlan.Shipped.Count, TablePlan.Shipped.Select(p => p.Id).Distinct().Count());
        Assert.True(TablePlan.Shipped.Count(p => p.Chapter == "appendix") >= 20);
        Assert.All(document.Blocks.OfType<DataTable>(), t => Assert.All(t.Rows, r => Assert.Equal(t.Columns.Length - 1, r.Cells.Length)));
        Assert.DoesNotContain(Document("delete from published.figure where metric = 'awards'").Blocks.OfType<DataTable>(), t => t.Id == "t-award-level");
    }

    [Fact]
    public void A_triangle_shows_what_was_known_at_the_end_of_each_year_and_nothing_before()
    {
        var triangle = Document().Blocks.OfType<DataTable>().Single(t => t.Id == "t-triangle-rd-expense");
        var row = triangle.Rows.Single(r => r.Name.In(Language.En) == "2023");
        var known = triangle.Columns.Skip(1).Zip(row.Cells).ToDictionary(c => c.First.Heading.In(Language.En)[^4..], c => c.Second);
        Assert.Null(known["2023"].Number);
        // Told in March 2024, replaced in August 2025.
        Assert.NotEqual(known["2024"].Number, known["2025"].Number);
        Assert.Equal(known["2025"].Number, known["2026"].Number);
        Assert.EndsWith("p", known["2024"].Phrase.In(Language.En), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_groups_added_sums_to_the_growth_of_all_and_small_growth_has_no_shares()
    {
        static decimal Points(DataTable table, int column) => table.Rows.Sum(r => r.Cells[column].Number ?? 0);
        var table = Document().Blocks.OfType<DataTable>().Single(t => t.Id == "t-growth-by-group");
        using var release = PublishedFixture.Open();
        var published = new PublishedRelease(release);
        var growth = published.Annual("rd_expense_comparable", 2025)!.Value!.Value / published.Annual("rd_expense_comparable", 2024)!.Value!.Value * 100 - 100;
        Assert.InRange(Points(table, 1) - growth, -0.1m, 0.1m);
        Assert.InRange(Points(table, 2), 99, 101);
        const string Still =
            "update published.figure set value = 100000 * (1 + (period_year = 2025)::int * 0.004) where metric = 'rd_expense_comparable' and breakdown = 'total'; delete from published.contribution; insert into published.contribution ";
        var still = Document(Still + Models.WarehouseSketch.ModelOf("published.contribution").Query)
            .Blocks.OfType<DataTable>()
            .Single(t => t.Id == "t-growth-by-group");
        Assert.All(still.Rows, r => Assert.Null(r.Cells[2].Number));
    }

    [Fact]
    public void A_group_that_is_not_whole_is_named_with_how_much_of_it_there_is_and_no_other_is()
    {
        const string Missing =
            "update published.figure set missing = 2, response_percent = 81.25, coverage_percent = 93.04, imputed_percent = 12.5 where figure_id = 'rd_expense:group:g03:2025'";
        var row = Assert.Single(Document(Missing).Blocks.OfType<DataTable>().Single(t => t.Id == "t-coverage").Rows);
        Assert.Equal("Sample Chemicals Group", row.Name.In(Language.En));
        Assert.Equal([2m, 81.3m, 93.0m, 12.5m], row.Cells.Select(c => c.Number ?? 0));
        Assert.DoesNotContain(Document().Blocks.OfType<DataTable>(), t => t.Id == "t-coverage");
    }

    [Fact]
    public void Key_messages_are_sentences_of_the_chapters_that_they_lead_to_ten_at_most()
    {
        var document = Document();
        var messages = document.Chapters[0].Blocks.OfType<Points>().Single().Sentences;
        Assert.InRange(messages.Length, 6, 10);
        foreach (var message in messages)
        {
            var target = message.Last().Target;
            Assert.Contains(document.Chapters, c => c.Id == target);
        }
    }
}
