using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Annual;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Innovation1551.Returns.Forms;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>The programme part by part: no goal is left out, none is judged without a figure; and what the report says it cannot count.</summary>
public class ScorecardSpecs
{
    /// <summary>The small release's targets by the names that the plan gives them.</summary>
    private static readonly string Named = string.Concat(
        from table in new[] { "target", "target_path", "target_progress" }
        from name in new[] { ("t_innovative", "innovative_enterprises"), ("t_academician", "academicians"), ("p_tasks", "tasks_793") }
        select $"update published.{table} set target_id = '{name.Item2}' where target_id = '{name.Item1}';\n"
    );

    private static (PublishedRelease Release, DataTable Table) Read(string? change = null)
    {
        using var connection = PublishedFixture.Open(Named + change);
        var release = new PublishedRelease(connection);
        return (release, new Scorecard(release, 2025, new Numbering()).Blocks().OfType<DataTable>().Single());
    }

    private static string[] Said(DataRow row, Language language) => [row.Name.In(language), .. row.Cells.Select(c => c.Phrase.In(language))];

    [Fact]
    public void Every_goal_stands_once_and_every_part_of_the_programme_is_there()
    {
        var (release, table) = Read();
        var goals = release.Targets.Where(t => !t.IsReference && t.Unit != "year").ToArray();
        Assert.True(goals.Length > 3, $"{goals.Length}");
        var bound = table.Rows.SelectMany(r => r.Cells[1].Phrase).Select(run => run.Bound).Where(b => b.IsNumber).ToArray();
        Assert.Equal(goals.Select(g => Bound.Target(g.Id)).ToHashSet(), bound.ToHashSet());
        Assert.Equal(goals.Length, bound.Length);
        foreach (var group in new[] { ("五大功能定位", 5), ("五个一批专项行动", 5) })
            Assert.Equal(
                group.Item2,
                table.Rows.Select(r => r.Name.In(Language.Zh)).Where(n => n.EndsWith(group.Item1, StringComparison.Ordinal)).Distinct().Count()
            );
        // A part without a published number is never judged, and one that nothing measures says so.
        Assert.All(
            table.Rows.Where(r => r.Cells[1].Phrase.In(Language.En) == "none published"),
            r => Assert.Equal(r.Cells[3].Phrase.IsEmpty ? "not measured" : "", r.Cells[4].Phrase.In(Language.En))
        );
        Assert.Contains(
            table.Rows,
            r => Said(r, Language.Zh) is [var part, "", "未公布", "", "", "未统计"] && part.StartsWith("产生一批标志性成果", StringComparison.Ordinal)
        );
    }

    /// <summary>A slip in the list of parts would quietly move a goal to the end or leave a figure out.</summary>
    [Fact]
    public void What_the_list_of_parts_names_exists_and_all_goals_of_these_enterprises_have_their_part()
    {
        var parts = Columns("reports/Publishing/Annual/scorecard.csv");
        var plan = Columns("models/seeds/plan_target.csv");
        var named = parts.SelectMany(p => p[4].Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var goals = plan.Where(t => t[7] is "target" or "plan" && t[10] != "year").ToArray();
        Assert.Empty(named.Except(goals.Select(t => t[0])));
        Assert.Equal(named.Distinct(), named);
        // What is no part of the plan itself: a target told apart from it, and those of the whole province.
        Assert.Equal(
            ["intensity_growth_2023_2025", "province_contracts_2030", "province_rd_growth_plan"],
            goals.Select(t => t[0]).Except(named).Order(StringComparer.Ordinal)
        );
        var metrics = Columns("models/seeds/metric.csv").Select(m => m[0]).ToHashSet();
        Assert.All(parts.SelectMany(p => p[5].Split(' ', StringSplitOptions.RemoveEmptyEntries)), f => Assert.Contains(f.Split(':')[0], metrics));

        static string[][] Columns(string path) => [.. Seed.Parse(path, File.ReadAllText(House.At(path))).Skip(1).Select(r => r.ToArray())];
    }

    [Theory]
    [InlineData("reached", "已达到", "reached")]
    [InlineData("early", "提前达到", "reached early")]
    [InlineData("ahead", "快于序时进度", "ahead of course")]
    [InlineData("on_course", "符合序时进度", "on course")]
    [InlineData("behind", "落后于序时进度", "behind course")]
    [InlineData("missed", "到期未达到", "not reached when due")]
    [InlineData("open", "尚未达到，未到期", "not reached, not due")]
    public void Each_standing_has_its_words(string standing, string zh, string en)
    {
        var (_, table) = Read($"update published.target_progress set standing = '{standing}' where target_id = 'innovative_enterprises'");
        var row = table.Rows.Single(r => r.Cells[1].Phrase.Any(run => run.Bound == Bound.Target("innovative_enterprises")));
        Assert.Equal((zh, en), (row.Cells[4].Phrase.In(Language.Zh), row.Cells[4].Phrase.In(Language.En)));
        Assert.Contains(row.Cells[3].Phrase, run => run.Bound == Bound.Figure("innovative_enterprises:total:all:2025"));
    }

    [Fact]
    public void A_goal_without_a_figure_is_not_measured_or_has_none_in_this_release()
    {
        const string Gone = "delete from published.target_progress where target_id = 'innovative_enterprises'; ";
        var none = Read(Gone).Table;
        Assert.Equal("本版无数", Row(none).Cells[4].Phrase.In(Language.Zh));
        var never = Read(Gone + "update published.target set metric = '' where target_id = 'innovative_enterprises'").Table;
        Assert.Equal("未统计", Row(never).Cells[4].Phrase.In(Language.Zh));
        Assert.True(Row(never).Cells[3].Phrase.IsEmpty);

        static DataRow Row(DataTable table) => table.Rows.Single(r => r.Cells[1].Phrase.Any(run => run.Bound == Bound.Target("innovative_enterprises")));
    }

    [Fact]
    public void A_goal_that_the_list_of_parts_does_not_know_is_shown_at_the_end()
    {
        var (_, table) = Read("update published.target set target_id = 'a_new_goal' where target_id = 'innovative_enterprises'");
        Assert.StartsWith(
            "其他公布的目标",
            table.Rows.Single(r => r.Cells[1].Phrase.Any(run => run.Bound == Bound.Target("a_new_goal"))).Name.In(Language.Zh),
            StringComparison.Ordinal
        );
    }

    /// <summary>When a form begins to ask for one of these, the table that says it does not has to be looked at again: uncollected.csv.</summary>
    [Fact]
    public void What_is_said_not_to_be_collected_is_asked_for_by_no_form()
    {
        Assert.Equal(5, new Uncollected(new Numbering()).Blocks().OfType<DataTable>().Single().Rows.Length);
        Assert.Equal(
            ["enterprise_code", "enterprise_name", "period", "application_no", "title", "patent_type", "event", "event_date", "owners", "note"],
            PatentForm.Form.Fields.Select(f => f.Name)
        );
        Assert.DoesNotContain(
            AwardForm.Form.Fields,
            f => f.Name.Contains("application", StringComparison.Ordinal) || f.Name.Contains("patent", StringComparison.Ordinal)
        );
    }

    /// <summary>Each year of each amount once, told by what was known first; a group's replaced returns below it and not beside it in a table of their own.</summary>
    [Fact]
    public void A_revision_is_told_in_one_table()
    {
        using var connection = PublishedFixture.Open();
        var release = new PublishedRelease(connection);
        var tables = new RevisionTables(release, 2025, new Numbering()).Blocks().OfType<DataTable>().ToArray();
        var table = tables.Single(t => t.Id == "t-revision");
        Assert.DoesNotContain(tables, t => t.Id == "t-revision-cause");
        var causes = release.RevisionCauses.Where(c => c.Year <= 2025).ToArray();
        Assert.NotEmpty(causes);
        Assert.All(causes, c => Assert.Single(table.Rows, r => r.Cells.SelectMany(x => x.Phrase).Any(run => run.Bound == c.Key("told_value"))));
        var told = causes.Select(c => (c.Metric, $"{c.Year}")).ToHashSet();
        foreach (var revision in release.Revisions.Where(r => r.Breakdown != "enterprise"))
            Assert.Equal(
                revision.Breakdown == "total" && told.Contains((revision.Metric, revision.Period)) ? 0 : 1,
                table.Rows.Count(r => r.Cells.SelectMany(x => x.Phrase).Any(run => run.Bound == revision.Key("first_value")))
            );
    }
}
