using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Charts.Catalogue;
using Innovation1551.Publishing.Charts.Drawing;
using Innovation1551.Publishing.Charts.Output;
using Innovation1551.Publishing.Figures;
using Xunit;

namespace Innovation1551.Specs.Publishing;

public class SceneSpecs
{
    private const int Year = 2025;

    private static ChartDefinition Definition(string id) => ChartCatalogue.All.Single(d => d.Id == id);

    /// <summary>The scenes of the fixture as it stands, built once.</summary>
    private static readonly Lazy<IReadOnlyDictionary<string, ChartScene>> Unchanged = new(() =>
    {
        using var connection = PublishedFixture.Open();
        var release = new PublishedRelease(connection);
        return ChartCatalogue.All.ToDictionary(d => d.Id, d => SceneBuilder.Build(d, release, Year));
    });

    private static ChartScene Scene(string id, string? change = null, int year = Year)
    {
        if (change is null && year == Year)
            return Unchanged.Value[id];
        using var release = PublishedFixture.Open(change);
        return SceneBuilder.Build(Definition(id), new PublishedRelease(release), year);
    }

    public static TheoryData<string> Charts => [.. ChartCatalogue.All.Select(d => d.Id)];

    [Fact]
    public void The_catalogue_has_charts_for_every_chapter_and_no_id_twice()
    {
        Assert.True(ChartCatalogue.All.Count >= 20);
        Assert.Equal(ChartCatalogue.All.Count, ChartCatalogue.All.Select(d => d.Id).Distinct().Count());
        Assert.Equal(Enum.GetValues<Section>(), ChartCatalogue.All.Select(d => d.Section).Distinct().Order());
        Assert.All(ChartCatalogue.All, d => Assert.Matches("^[a-z0-9-]+$", d.Id));
    }

    [Theory]
    [MemberData(nameof(Charts))]
    public void Every_chart_has_its_figures_and_says_in_both_languages_what_it_shows(string id)
    {
        var scene = Scene(id);
        Assert.False(scene.IsEmpty);
        var alt = AltText.Of(scene);
        foreach (var (text, title) in new[] { (alt.Zh, scene.Definition.Title.Zh), (alt.En, scene.Definition.Title.En) })
        {
            Assert.NotEqual(title, text);
            Assert.True(text.Length > title.Length + 20, text);
            Assert.Contains(text, char.IsAsciiDigit);
            Assert.Contains("synthetic", text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(alt.En, c => c is >= '\u4e00' and <= '\u9fff');
    }

    [Theory]
    [MemberData(nameof(Charts))]
    public void Every_annual_chart_runs_from_2020_to_2028_and_years_have_no_comma(string id)
    {
        var scene = Scene(id);
        if (scene.SlotKind == SlotKind.Years)
            Assert.Equal(Enumerable.Range(2020, 9).Select(y => y.ToString(CultureInfo.InvariantCulture)), scene.Slots.Select(s => s.Label.En));
    }

    [Fact]
    public void Years_without_data_stay_empty()
    {
        var scene = Scene("rd-expense");
        Assert.Equal([6, 7, 8], scene.EmptySlots);
        Assert.Contains("2026、2027、2028", AltText.Of(scene).Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_year_in_the_middle_is_a_gap_and_is_told()
    {
        var scene = Scene(
            "rd-intensity",
            "update published.figure set value = null, status = 'missing' where metric = 'rd_intensity' and breakdown = 'total' and period = '2022'"
        );
        Assert.Null(scene.Series[0].Value(2));
        Assert.Contains(2, scene.EmptySlots);
        Assert.Contains("No data: 2022", AltText.Of(scene).En, StringComparison.Ordinal);
    }

    [Fact]
    public void The_monthly_figures_of_a_year_under_way_are_no_annual_figure()
    {
        Assert.Null(Scene("rd-expense").Series[0].Points[6]);
        var months = Scene("rd-ytd");
        Assert.Equal(SlotKind.Months, months.SlotKind);
        Assert.Equal(8, months.LastSlot);
        Assert.True(months.HasProvisional);
    }

    [Fact]
    public void A_report_for_an_earlier_year_shows_nothing_later() => Assert.Equal(3, Scene("rd-expense", year: 2023).LastSlot);

    [Fact]
    public void The_target_path_is_on_the_intensity_chart_and_its_status_is_told()
    {
        var scene = Scene("rd-intensity");
        var path = Assert.Single(scene.Paths);
        Assert.Equal([2, 3, 4, 5], path.Points.Select(p => p.Slot));
        Assert.Contains("target path", AltText.Of(scene).En, StringComparison.Ordinal);
    }

    [Fact]
    public void The_published_reference_stands_at_its_date_beside_the_cumulative_patents()
    {
        var scene = Scene("patents-cumulative");
        var granted = scene.References.Single(r => r.Target.Value == 7928);
        Assert.Equal(0, granted.Panel);
        Assert.Equal(3.25, granted.Position);
        Assert.Contains("真实", granted.Name.Zh, StringComparison.Ordinal);
        Assert.Equal(1, scene.References.Single(r => r.Target.Qualifier == "near").Panel);
    }

    [Fact]
    public void National_awards_are_measured_against_their_own_reference()
    {
        var scene = Scene("awards-cumulative");
        Assert.Equal(164, Assert.Single(scene.References, r => r.Panel == 0).Target.Value);
        Assert.Equal(5, Assert.Single(scene.References, r => r.Panel == 1).Target.Value);
    }

    [Fact]
    public void A_ranking_is_in_the_order_of_the_year_and_keeps_those_without_data_at_the_end()
    {
        var scene = Scene(
            "rd-group",
            "update published.figure set value = null, status = 'suppressed' where metric = 'rd_expense' and breakdown = 'group' and category = 'g01' and period = '2025'"
        );
        var values = scene.Series[0].Valued.Select(v => v.Value).ToArray();
        Assert.Equal(values.OrderDescending(), values);
        Assert.Equal("g01", scene.Slots[^1].Key);
        Assert.Equal(FigureStatus.Suppressed, scene.Series[0].Points[^1]!.Status);
    }

    [Fact]
    public void What_displays_as_equal_does_not_rise_and_ties_are_called_ties()
    {
        var level = AltText.Of(
            Scene("flexible-recruits", "update published.figure set value = 100 + period_year / 100000.0 where metric = 'flexible_recruits'")
        );
        Assert.DoesNotContain("上升", level.Zh, StringComparison.Ordinal);
        Assert.Contains("持平", level.Zh, StringComparison.Ordinal);
        Assert.Contains("stays level", level.En, StringComparison.Ordinal);
        var tied = AltText.Of(
            Scene("rd-fte-group", "update published.figure set value = 500 + (hash(category) % 10) / 100 where metric = 'rd_fte' and breakdown = 'group'")
        );
        Assert.Contains("并列", tied.Zh, StringComparison.Ordinal);
        Assert.Contains("(tied)", tied.En, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Charts))]
    public void The_lowest_is_the_lowest_and_nothing_is_called_hollow(string id)
    {
        var scene = Scene(id);
        var alt = AltText.Of(scene);
        Assert.DoesNotContain("空心", alt.Zh, StringComparison.Ordinal);
        Assert.DoesNotContain("ollow", alt.En, StringComparison.Ordinal);
        Assert.Equal(scene.HasProvisional, alt.En.Contains("marked p", StringComparison.Ordinal));
        if (scene.Definition.Kind == ChartKind.Ranked && scene.Series[0].Valued.Count() > 5)
            Assert.Contains(
                scene.Series[0].Show.ProseSigned(scene.Series[0].Valued.Min(v => v.Value), Language.Zh),
                alt.Zh[alt.Zh.IndexOf("最低为", StringComparison.Ordinal)..],
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void A_number_over_a_stack_is_a_published_total_and_none_stands_where_there_is_none()
    {
        Assert.Equal("awards:total:all:2025", Scene("awards-level").Totals!.Points[5]!.FigureId);
        Assert.Null(Scene("awards-level", "update published.figure set value = value + 1 where metric = 'awards' and breakdown = 'total'").Totals);
        Assert.NotEqual(ChartKind.Stacked, Definition("platforms-state").Kind);
        Assert.Contains("不是", Definition("patents-group").Note!.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void The_ledger_of_tasks_is_that_of_the_reports_own_year()
    {
        Assert.All(Scene("tasks-progress").Slots, s => Assert.StartsWith("2025-", s.Key, StringComparison.Ordinal));
        Assert.True(Scene("tasks-standing", "delete from published.figure where metric = 'tasks_by_standing_month' and period_year = 2025").IsEmpty);
    }

    /// <summary>The steps are the published parts, to the last digit; a year without a change has none.</summary>
    [Fact]
    public void The_steps_of_a_waterfall_lead_from_the_year_before_to_the_year()
    {
        var scene = Scene("rd-change");
        var (levels, steps) = (scene.Series[0].Valued.ToArray(), scene.Series[1].Valued.ToArray());
        Assert.Equal((2, 6), (levels.Length, steps.Length));
        Assert.Equal((0, scene.Slots.Count - 1), (levels[0].Slot, levels[1].Slot));
        Assert.Equal(levels[1].Value, levels[0].Value + steps.Sum(s => s.Value));
        Assert.Equal("", scene.Headline.En);
        Assert.Contains("2024, ", AltText.Of(scene).En, StringComparison.Ordinal);
        Assert.True(Scene("rd-change", "delete from published.change").IsEmpty);
    }

    [Fact]
    public void Every_target_and_plan_of_a_metric_is_drawn_at_its_year()
    {
        var aim = Assert.Single(Scene("academicians").Aims);
        Assert.Equal(8, aim.Slot);
        Assert.Equal(5, Assert.Single(Scene("tasks-kind").Aims).Slot);
        Assert.Equal([3, 4, 5, 6, 7, 8], Assert.Single(Scene("innovative-enterprises").Paths).Points.Select(p => p.Slot));
    }

    [Fact]
    public void What_was_once_published_is_compared_with_and_never_attained()
    {
        var scene = Scene("target-progress");
        Assert.NotEmpty(scene.Slots);
        Assert.DoesNotContain(scene.Slots, s => s.Key.StartsWith("b_", StringComparison.Ordinal) || s.Key.StartsWith("awards", StringComparison.Ordinal));
        // A share reckoned here carries no id of a figure: the id is that of another number.
        Assert.All(ChartTable.Of(scene), r => Assert.Equal("", r.FigureId));
    }

    [Fact]
    public void Nobody_is_named_first_while_a_group_has_not_reported_whole_or_two_tie()
    {
        Assert.NotEqual("", Scene("rd-group").Headline.Zh);
        Assert.Equal("", Scene("rd-group", "update published.figure set missing = 1 where figure_id = 'rd_expense:group:g03:2025'").Headline.Zh);
        Assert.Equal("", Scene("rd-group", "update published.figure set may_tell_growth = false where breakdown = 'group' and period = '2025'").Headline.Zh);
        Assert.Equal("", Scene("rd-fte-group", "update published.figure set value = 500 where metric = 'rd_fte' and breakdown = 'group'").Headline.Zh);
    }

    [Fact]
    public void Years_without_data_take_less_room_than_years_with()
    {
        var slots = new SlotWidths(Scene("rd-expense"));
        Assert.True(slots.Total - slots.End(5) < slots.Total / 5);
        Assert.True(slots.Of(6) < slots.Of(5) / 2);
    }

    [Fact]
    public void Where_displayed_parts_differ_from_the_whole_a_note_says_so_and_only_there()
    {
        bool Said(ChartScene scene) => scene.Notes.Any(n => n.Zh.Contains("四舍五入", StringComparison.Ordinal));
        Assert.False(Said(Scene("awards-level")));
        Assert.True(Said(Scene("rd-activity-share", "update published.figure set value = 100.0 / 3 where metric = 'rd_activity_share'")));
        Assert.False(
            Said(
                Scene(
                    "rd-activity-share",
                    "update published.figure set value = case category when 'BRSRCH' then 10 when 'ARSRCH' then 20 else 70 end where metric = 'rd_activity_share'"
                )
            )
        );
    }

    [Theory]
    [MemberData(nameof(Charts))]
    public void No_label_needs_a_glyph_that_the_shipped_font_lacks(string id)
    {
        var scene = Scene(id);
        var words = scene
            .Slots.Select(s => s.Label)
            .Concat(scene.Series.Select(s => s.Name))
            .Concat(scene.Series.Select(s => s.Show.Unit))
            .Concat(scene.Paths.Select(p => p.Name))
            .Concat(scene.References.Select(r => r.Name))
            .Concat(scene.Definition.PanelTitles)
            .Append(scene.Definition.Title)
            .Append(scene.Source)
            .Append(scene.Unit)
            .Append(scene.Definition.Note ?? scene.Unit)
            .Append(Wording.Synthetic)
            .Append(Wording.NoDataYet)
            .Append(Wording.Provisional);
        foreach (var text in words.SelectMany(w => new[] { w.Zh, w.En }).Append("−+0123456789,.%—×†p…"))
        foreach (var typeface in new[] { ChartFont.Regular, ChartFont.Bold })
            Assert.True(text.Length == 0 || typeface.ContainsGlyphs(text), text);
    }

    [Fact]
    public void A_character_that_the_font_lacks_is_marked_and_direction_marks_are_dropped() =>
        Assert.Equal("甲〓乙", ChartFont.Drawable("甲\U0001F600\u202E乙\u0007"));
}
