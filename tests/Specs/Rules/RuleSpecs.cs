using System.Globalization;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Sheets;
using Xunit;

namespace Innovation1551.Specs.Rules;

/// <summary>Every rule of the catalogue is silent on faultless returns and fires on a return that breaks it, at the right place.</summary>
public class RuleSpecs(LandedReturns returns, RuleBatches batches) : IClassFixture<LandedReturns>, IClassFixture<RuleBatches>
{
    public static TheoryData<string> Rules => [.. RuleCases.Keyed(new(Definitions.Load())).Keys];

    [Fact]
    public void Faultless_returns_raise_nothing() => Assert.Empty(returns.FindingsAfter(""));

    [Fact]
    public void Every_case_belongs_to_a_rule() => Assert.Empty(RuleCases.Keys.Except(RuleCases.Keyed(returns.Catalogue).Keys));

    [Theory, MemberData(nameof(Rules))]
    public void A_rule_fires_alone_and_where_it_is_broken(string key)
    {
        var rule = RuleCases.Keyed(returns.Catalogue)[key];
        var broken = RuleCases.Of(key, rule);
        Assert.True(broken is not null, $"add a case [\"{key}\"] to tests/Specs/Rules/RuleCases.cs");

        var form = FormCatalogue.Find(rule.Form)!;
        var field = form[rule.Field];
        var letters = Letters(form.Fields.IndexOf(field) + 1);
        List<string> expected =
        [
            .. broken.Places.Select(p =>
                $"{rule.Id} {rule.Severity.ToString().ToLowerInvariant()} row {p.File} {LandedReturns.FileName(p.File)} {LandedReturns.SheetName(form)} {p.Row} {letters} {field.Label.Zh}"
            ),
        ];
        // Cases of other forms are judged with it; where that says anything but what is expected, it is judged alone.
        var together = batches.FindingsOf(key);
        var findings = together is not null && IsAlone(together) && expected.SequenceEqual(Of(together)) ? together : returns.FindingsAfter(broken.Change);
        Assert.True(IsAlone(findings), $"{key} does not fire alone: {string.Join(", ", findings.Select(f => f[0]).Distinct())}");
        Assert.Equal(expected, Of(findings));
        if (broken.Shared)
            findings = [.. findings.Where(f => (string?)f[7] == letters)];
        Assert.All(
            findings,
            f =>
            {
                Assert.True(rule.Id == "V31" || !string.IsNullOrEmpty(f[9] as string), "what was read is not shown");
                // Problem and remedy, each in both languages; every figure filled in and present.
                foreach (var text in f.Skip(10).Cast<string>())
                {
                    Assert.NotEmpty(text);
                    Assert.DoesNotContain('{', text);
                    Assert.DoesNotContain('—', text);
                }
                Assert.Contains((string)f[10]!, c => c > '\u2E7F');
                Assert.Contains((string)f[11]!, char.IsAsciiLetterLower);
                Assert.Contains((string)f[12]!, c => c > '\u2E7F');
                Assert.Contains((string)f[13]!, char.IsAsciiLetterLower);
            }
        );

        bool IsAlone(List<object?[]> found) => found.All(f => (string)f[0]! == rule.Id);

        IEnumerable<string> Of(List<object?[]> found) => found.Where(f => !broken.Shared || (string?)f[7] == letters).Select(f => string.Join(' ', f.Take(9)));
    }

    [Theory]
    [InlineData("cost_direct_input_wan = 334", null)] // whole units: nine figures may each be off by half a unit, 4.5 in all
    [InlineData("cost_direct_input_wan = 326", null)]
    [InlineData("cost_direct_input_wan = 335", "V01")]
    [InlineData("cost_direct_input_wan = 325", "V01")]
    [InlineData("cost_direct_input_wan = 330.04", null)] // two decimals: 0.045 in all
    [InlineData("cost_direct_input_wan = 330.05", "V01")]
    [InlineData("activity_basic_wan = 112", null)] // four figures: 2 in all
    [InlineData("activity_basic_wan = 113", "V04")]
    [InlineData("activity_basic_wan = null, activity_applied_wan = null, activity_experimental_wan = null", "V31")] // a block left empty is not asked to balance, but to be filled in
    [InlineData("activity_basic_wan = null, activity_applied_wan = null", "V04")]
    [InlineData("expense_total_wan = null, expense_total_prior_wan = null", "V01")]
    [InlineData("rd_personnel_fte = 44", null)]
    [InlineData("researchers_persons = 44", null)]
    [InlineData("expense_total_prior_wan = 999, note = '追溯调整'", null)] // an explanation answers a warning
    [InlineData("cost_direct_input_wan = 335, note = '已核实'", "V01")] // and never an error
    [InlineData("expense_total_prior_wan = null", null)]
    [InlineData("cost_personnel_wan = 55, cost_direct_input_wan = 715", null)] // 5 percent
    [InlineData("cost_personnel_wan = 54, cost_direct_input_wan = 716", "V28")]
    [InlineData("cost_other_wan = 110, cost_direct_input_wan = 275", null)] // 10 percent
    [InlineData("cost_other_wan = 111, cost_direct_input_wan = 274", "V28")]
    [InlineData("rd_personnel_fte = 5.5", null)] // 200 wan each
    [InlineData("rd_personnel_fte = 5.4", "V29")]
    [InlineData("cost_other_wan = -1, note = '红字更正', cost_direct_input_wan = 386", null)]
    public void Boundaries_of_the_rules_on_spend(string change, string? rule) => Fires($"update landing.rd_spend set {change} where file_no = 3", rule);

    [Theory]
    [InlineData("9.5", "V26")]
    [InlineData("9.6", "V25")]
    [InlineData("10", "V25")]
    [InlineData("10.6", "V26")]
    [InlineData("100", "V25")]
    [InlineData("1000", "V25")]
    [InlineData("10000", "V25")]
    [InlineData("0.1", "V25")]
    [InlineData("0.001", "V25")]
    [InlineData("1.5", null)] // 50 percent
    [InlineData("1.51", "V26")]
    [InlineData("1", "V26")]
    public void A_wrong_unit_is_told_from_an_unusual_change(string times, string? rule) =>
        Fires(
            // Only the totals are held against each other here; parts, staff and comparatives are left out.
            "update landing.rd_spend set cost_personnel_wan = null, cost_direct_input_wan = null, cost_depreciation_wan = null, cost_amortisation_wan = null, cost_design_wan = null, cost_commissioning_wan = null, cost_outsourced_wan = null, cost_other_wan = null, outsourced_institute_wan = null, outsourced_university_wan = null, outsourced_enterprise_wan = null, outsourced_abroad_wan = null, rd_personnel_fte = null, expense_total_prior_wan = null where file_no in (2, 3);"
                + "delete from landing.finance where file_no in (4, 5);"
                + $"update landing.rd_spend set expense_total_wan = 50 where file_no = 2; update landing.rd_spend set expense_total_wan = 50 * {times} where file_no = 3",
            rule
        );

    /// <summary>Growth blurs the multiple, so the whole row is asked: most amounts moved by it and the people did not, or last year's figures in the row are off by it too.</summary>
    [Theory]
    [InlineData("13", "1", "1", "V25")]
    [InlineData("0.07", "1", "1", "V25")]
    [InlineData("13", "13", "1", "V26")] // people came along: a merger, and not a unit
    [InlineData("13", "13", "10", "V25")]
    [InlineData("4", "1", "1", "V26")] // not near a power of ten
    public void A_row_in_another_unit_is_told_whatever_it_grew_by(string amounts, string people, string comparatives, string rule) =>
        Assert.Equal(
            [rule],
            returns
                .FindingsAfter(
                    "delete from landing.finance where file_no in (4, 5); delete from landing.projects;"
                        + LandedReturns.ScaleSpend(amounts + " / 1.1", 3)
                        + $"""
                        update landing.rd_spend set rd_personnel_persons = 1000, researchers_persons = 500, rd_personnel_fte = 30 * {people},
                            expense_total_prior_wan = 1000 * {comparatives}, intramural_total_prior_wan = 900 * {comparatives} where file_no = 3
                        """
                )
                .Select(f => (string)f[0]!)
                .Where(code => code is "V25" or "V26")
                .Distinct()
        );

    [Theory]
    [InlineData("revenue_wan = 960000", "V25")]
    [InlineData("revenue_wan = 1000000", "V25")]
    [InlineData("revenue_wan = 1060000", "V25")] // no clean multiple of last year's, but ten times the cost
    [InlineData("profit_wan = -1", null)] // a loss is no fault
    public void Boundaries_of_the_rules_on_finance(string change, string? rule) => Fires($"update landing.finance set {change} where file_no = 5", rule);

    [Fact]
    public void A_large_enterprise_is_asked_about_a_smaller_change()
    {
        const string totals =
            "delete from landing.finance where file_no in (4, 5); update landing.rd_spend set cost_personnel_wan = null, cost_direct_input_wan = null, cost_depreciation_wan = null, cost_amortisation_wan = null, cost_design_wan = null, cost_commissioning_wan = null, cost_outsourced_wan = null, cost_other_wan = null, outsourced_institute_wan = null, outsourced_university_wan = null, outsourced_enterprise_wan = null, outsourced_abroad_wan = null, rd_personnel_fte = null, expense_total_prior_wan = null where file_no in (2, 3);";
        Fires(totals + "update landing.rd_spend set expense_total_wan = case file_no when 2 then 100000 else 131000 end where file_no in (2, 3)", "V26");
        Fires(totals + "update landing.rd_spend set expense_total_wan = case file_no when 2 then 99999 else 131000 end where file_no in (2, 3)", null);
    }

    [Fact]
    public void Figures_of_zero_or_below_have_no_magnitude_and_stop_nothing() =>
        Fires(
            """
            update landing.finance set revenue_wan = case file_no when 4 then 0 else 5 end, operating_cost_wan = 0, revenue_prior_wan = 0 where file_no in (4, 5);
            update landing.rd_spend set rd_personnel_fte = null, note = '红字更正', expense_total_wan = -1, expense_total_prior_wan = -1, cost_personnel_wan = -1, cost_direct_input_wan = 0, cost_depreciation_wan = 0, cost_amortisation_wan = 0, cost_design_wan = 0, cost_commissioning_wan = 0, cost_outsourced_wan = null, outsourced_institute_wan = null, outsourced_university_wan = null, outsourced_enterprise_wan = null, outsourced_abroad_wan = null, cost_other_wan = 0 where file_no in (2, 3)
            """,
            null
        );

    /// <summary>The largest figure that is read in stops nothing either: it is found, and the others are judged.</summary>
    [Theory]
    [InlineData("rd_spend")]
    [InlineData("finance")]
    public void The_largest_figures_stop_nothing(string form)
    {
        var amounts = FormCatalogue.Find(form)!.Fields.Where(f => f.Type == FieldType.Amount).Select(f => f.Name).ToList();
        foreach (var period in (string[])["", ", period_year = 2024, period_month = case when file_no in (2, 4) then 11 else 12 end"])
            // This year's are half of last year's: large, and an unusual change.
            Assert.NotEmpty(
                returns.FindingsAfter(
                    $"update landing.{form} set {string.Join(", ", amounts.Select(a => $"{a} = case when file_no in (2, 4) then 999999999999.999999 else 400000000000 end"))}{period} where file_no in (2, 3, 4, 5)"
                )
            );
    }

    [Fact]
    public void Last_year_is_what_the_highest_revision_says() =>
        Fires(
            """
            insert into landing.rd_spend select * replace (8 as file_no, 960 as expense_total_wan, 370 as cost_personnel_wan, 290 as cost_direct_input_wan) from landing.rd_spend where file_no = 2;
            insert into landing.file select * replace (8 as file_no) from landing.file where file_no = 2;
            insert into landing.sheet select * replace (8 as file_no, 0 as revision, date '2030-01-01' as filled_on) from landing.sheet where file_no = 2
            """,
            null
        );

    [Fact]
    public void A_corrected_rank_clears_the_claim_of_the_return_before() =>
        Fires(
            """
            update landing.awards set unit_rank = 1 where file_no = 7;
            insert into landing.awards select * replace (8 as file_no, case enterprise_code when '91140100EXA00001XK' then 1 else 2 end as unit_rank) from landing.awards where file_no = 7;
            insert into landing.file select * replace (8 as file_no) from landing.file where file_no = 7;
            insert into landing.sheet select * replace (8 as file_no, 2 as revision) from landing.sheet where file_no = 7
            """,
            null
        );

    [Theory]
    [InlineData("201710117081.7", true)] // CN201710117081.7, as published
    [InlineData("201710117081.6", false)]
    [InlineData("201710117081", false)]
    [InlineData("202420112233.X", true)]
    [InlineData("202420112233.x", false)]
    [InlineData("ZL201710117081.7", false)]
    [InlineData("2017", false)]
    [InlineData("202320112233.5", true)]
    [InlineData("202410112200.X", true)]
    [InlineData("2024101122001.X", false)]
    [InlineData("202470112233.1", false)] // there is no type 7
    public void Application_numbers_close_with_their_check_digit(string number, bool valid) =>
        Assert.Equal(valid, returns.Connection.Scalar<bool>("select landing.is_application_no($1)", number));

    [Theory]
    [InlineData("914403001922038216", true)]
    [InlineData("9144030071526726XG", true)]
    [InlineData("91110000802100433B", true)]
    [InlineData("914403001922038217", false)]
    [InlineData("9144030071526726GX", false)] // two characters swapped
    [InlineData("91440300192203821O", false)] // there is no letter O
    [InlineData("91440300192203821", false)]
    public void Credit_codes_close_with_their_check_character(string code, bool valid) =>
        Assert.Equal(valid, returns.Connection.Scalar<bool>("select landing.is_uscc($1)", code));

    private void Fires(string change, string? rule) =>
        Assert.Equal(
            rule is null ? [] : [rule],
            returns
                .FindingsAfter(change)
                .Where(f => (string)f[1]! != "note")
                .Select(f => (string)f[0]!)
                // What is left out for the sake of another rule is itself asked about.
                .Where(code => code != "V31" || rule == "V31")
                .Distinct()
        );

    private static string Letters(int column) =>
        (column > 26 ? ((char)('A' + (column - 1) / 26 - 1)).ToString(CultureInfo.InvariantCulture) : "") + (char)('A' + (column - 1) % 26);
}
