using System.Globalization;
using Xunit;

namespace Innovation1551.Specs.Sample;

/// <summary>The sample as figures: of the province's size, consistent to the last place, with a history that a warehouse must survive.</summary>
[Collection(typeof(LoadedSampleCollection))]
public class SampleFiguresSpecs(LoadedSample sample)
{
    [Fact]
    public void Sums_are_exact_in_every_row_but_the_flawed_one() =>
        Assert.Equal(
            1,
            sample.Count(
                """
                select * from landing.rd_spend
                where expense_total_wan <> cost_personnel_wan + cost_direct_input_wan + cost_depreciation_wan + cost_amortisation_wan
                        + cost_design_wan + cost_commissioning_wan + cost_outsourced_wan + cost_other_wan
                   or cost_outsourced_wan <> outsourced_institute_wan + outsourced_university_wan + outsourced_enterprise_wan + outsourced_abroad_wan
                   or intramural_total_wan <> activity_basic_wan + activity_applied_wan + activity_experimental_wan
                   or intramural_total_wan <> intramural_current_wan + intramural_capital_wan
                   or intramural_total_wan <> fund_gov_central_wan + fund_gov_local_wan + fund_enterprise_wan + fund_abroad_wan + fund_nonprofit_wan + fund_other_wan
                """
            )
        );

    [Fact]
    public void People_are_fewer_than_those_they_are_part_of() =>
        Assert.Equal(
            0,
            sample.Count(
                """
                select * from landing.rd_spend as r join landing.finance as f using (enterprise_code, period_year)
                where r.period_month is not distinct from f.period_month
                  and (r.rd_personnel_fte > r.rd_personnel_persons or r.researchers_persons > r.rd_personnel_persons or r.rd_personnel_persons > f.employees_persons)
                """
            )
        );

    [Fact]
    public void Months_never_fall() =>
        Assert.Equal(
            0,
            sample.Count(
                """
                select * from landing.rd_spend as a join landing.rd_spend as b
                  on b.enterprise_code = a.enterprise_code and b.period_year = a.period_year and b.period_month = a.period_month + 1
                where b.expense_total_wan < a.expense_total_wan or b.cost_personnel_wan < a.cost_personnel_wan or b.cost_direct_input_wan < a.cost_direct_input_wan
                   or b.intramural_total_wan < a.intramural_total_wan or b.fund_enterprise_wan < a.fund_enterprise_wan or b.rd_personnel_fte < a.rd_personnel_fte
                """
            )
        );

    [Fact]
    public void Totals_are_of_the_size_of_the_province()
    {
        var years = sample.Rows(
            """
            select f.period_year, count(*), sum(f.revenue_wan) / 10000, 100 * sum(r.expense_total_wan) / sum(f.revenue_wan)
            from landing.in_force_finance as f join landing.in_force_rd_spend as r using (enterprise_code, period_year)
            where f.period_month is null and r.period_month is null group by all order by 1
            """
        );
        Assert.Equal([2020, 2021, 2022, 2023, 2024, 2025], years.Select(y => Convert.ToInt32(y[0], CultureInfo.InvariantCulture)));
        Assert.All(years, y => Assert.InRange(Convert.ToDecimal(y[2], CultureInfo.InvariantCulture), 10_000m, 13_500m));
        var intensity = years.Select(y => Convert.ToDecimal(y[3], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(intensity.Order(), intensity);
        Assert.InRange(intensity[0], 1.1m, 1.3m);
        Assert.InRange(intensity[^1], 2.0m, 2.2m);
        // One subsidiary is late in the last year.
        Assert.Equal(Convert.ToInt32(years[^2][1], CultureInfo.InvariantCulture) - 1, Convert.ToInt32(years[^1][1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Late_corrections_change_closed_years() =>
        Assert.True(
            sample.Count(
                """
                select a.enterprise_code, a.period_year from landing.rd_spend as a join sheet as s using (file_no, sheet_no)
                join landing.in_force_rd_spend as b using (enterprise_code, period_year)
                where a.period_month is null and b.period_month is null and a.expense_total_wan <> b.expense_total_wan and s.revision = 1 and a.period_year in (2023, 2024)
                """
            ) >= 6
        );

    [Fact]
    public void The_register_has_renames_a_merger_a_split_a_move_and_a_closure()
    {
        var changes = sample
            .Rows("select change_kind, count(distinct enterprise_code) from landing.enterprise_register group by all")
            .ToDictionary(r => (string)r[0]!, r => (long)r[1]!);
        Assert.True(changes["RENAME"] >= 3);
        Assert.Equal([1L, 1L, 1L, 1L], [changes["MERGE"], changes["SPLIT"], changes["MOVE"], changes["CLOSE"]]);
        Assert.Equal(
            2,
            Assert.Single(sample.Rows("select distinct predecessor_codes from landing.enterprise_register where change_kind = 'MERGE'"))[0]!
                .ToString()!
                .Split('；')
                .Length
        );
        Assert.True(
            sample.Count(
                "select distinct enterprise_code from landing.rd_spend as r where enterprise_name not in (select enterprise_name from landing.enterprise_register)"
            ) > 3,
            "no short names"
        );
    }

    [Fact]
    public void Nobody_is_real() =>
        Assert.Equal(
            0,
            sample.Count(
                """
                select enterprise_name from landing.enterprise_register where not contains(enterprise_name, '示例') or enterprise_code not like '91%00EXA%'
                union all select unnest(string_split(owners, '；')) as owner from landing.patents where not contains(owners, '示例')
                """
            )
        );

    [Fact]
    public void Enterprise_codes_have_true_check_digits() =>
        Assert.All(
            sample.Rows("select distinct enterprise_code from landing.enterprise_register"),
            r => Assert.True(IsCreditCode((string)r[0]!), (string)r[0]!)
        );

    [Fact]
    public void Application_numbers_are_true_but_for_the_flawed_one() =>
        Assert.Single(sample.Rows("select distinct application_no from landing.patents"), r => !IsApplicationNumber((string)r[0]!));

    [Fact]
    public void Patents_live_in_order_and_have_one_first_owner()
    {
        Assert.Equal(
            0,
            sample.Count(
                """
                select * from landing.patents as p join landing.patents as f using (application_no)
                where f.event = 'FILE' and p.event <> 'FILE' and p.event_date <= f.event_date
                """
            )
        );
        Assert.Equal(
            0,
            sample.Count(
                """
                select application_no, event, event_date from landing.patents group by all
                having count(distinct split_part(owners, '；', 1)) > 1
                """
            )
        );
        Assert.True(
            sample.Count("select application_no from landing.patents where event = 'FILE' group by all having count(distinct enterprise_code) > 1") > 100,
            "no shared patents"
        );
    }

    [Fact]
    public void Patents_and_awards_are_of_the_size_of_the_province()
    {
        Assert.All(
            sample.Rows("select period_year, count(distinct application_no) from landing.patents where event = 'FILE' group by all"),
            r => Assert.InRange((long)r[1]!, 1_900, 2_900)
        );
        Assert.All(
            sample.Rows(
                "select period_year, count(distinct application_no) from landing.patents where event = 'GRANT' and year(event_date) = period_year group by all"
            ),
            r => Assert.InRange((long)r[1]!, 1_400, 2_600)
        );
        Assert.All(
            sample.Rows("select period_year, count(distinct certificate_no) from landing.awards where award_level in ('NAT', 'PROV') group by all"),
            r => Assert.InRange((long)r[1]!, 28, 50)
        );
        Assert.Equal(
            0,
            sample.Count("select period_year from landing.awards where award_level = 'NAT' group by all having count(distinct certificate_no) > 3")
        );
    }

    [Fact]
    public void The_first_return_lists_the_patents_in_force_when_it_began()
    {
        Assert.InRange(sample.Count("select distinct application_no from landing.patents where year(event_date) < period_year"), 3_000, 9_000);
        Assert.Equal(0, sample.Count("select * from landing.patents where year(event_date) < period_year and (event <> 'GRANT' or period_year <> 2020)"));
    }

    [Fact]
    public void Shares_of_an_award_sum_to_a_hundred_where_all_units_are_ours() =>
        Assert.Equal(
            0,
            sample.Count(
                """
                select certificate_no from (select distinct certificate_no, unit_rank, unit_count, unit_share_percent from landing.awards) group by all
                having count(*) <> count(distinct unit_rank) or sum(unit_share_percent) > 100 or (count(*) = max(unit_count) and sum(unit_share_percent) <> 100)
                """
            )
        );

    private static bool IsCreditCode(string code)
    {
        const string alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        int[] weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
        var sum = weights.Select((w, i) => w * alphabet.IndexOf(code[i], StringComparison.Ordinal)).Sum();
        return code.Length == 18 && alphabet[(31 - sum % 31) % 31] == code[17];
    }

    private static bool IsApplicationNumber(string number)
    {
        int[] weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
        return number.Length == 14 && number[12] == '.' && "0123456789X"[weights.Select((w, i) => w * (number[i] - '0')).Sum() % 11] == number[13];
    }
}
