using System.Globalization;
using Innovation1551.Models.Querying;
using Innovation1551.Models.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Models;

/// <summary>The questions of an analyst: each a short query over the plain names, and its answer the one that a longer way through core gives.</summary>
public class CookbookSpecs(BuiltSample sample) : IClassFixture<BuiltSample>
{
    private const string Year = "join core.dim_period as p using (period_key)",
        Latest = "join core.dim_return as r using (return_id)";

    /// <summary>The longer way: over core, with what counts written out. Columns in the order of the recipe, as many as are compared.</summary>
    private static readonly Dictionary<string, string> LongWay = new()
    {
        ["01_trend_by_group"] =
            $"select d.group_code, p.period_year, sum(f.amount_wan) from core.rd_expense f {Latest} join core.dim_period p on p.period_key = r.period_key join core.dim_enterprise d on d.enterprise_key = r.enterprise_key where r.is_latest and p.period_kind = 'year' group by all",
        ["02_trend_by_city"] =
            "select d.city, p.period_year, round(sum(e.amount_wan) * 100 / sum(f.revenue_wan), 6) from core.rd_expense e join core.dim_return r on r.return_id = e.return_id and r.is_latest join core.dim_return v on v.form = 'finance' and v.is_latest and v.enterprise_code = r.enterprise_code and v.period_key = r.period_key join core.finance f on f.return_id = v.return_id join core.dim_period p on p.period_key = r.period_key join core.dim_enterprise d on d.enterprise_key = r.enterprise_key where p.period_kind = 'year' and f.revenue_wan is not null group by all",
        ["03_patents_per_rd"] =
            "select cast(left(period, 4) as integer), round(value, 6) from published.figure where metric = 'patents_per_100m_rd' and category = '0' and value is not null",
        ["04_intensity_distribution"] =
            "select p.period_year, quantile_cont(e.amount_wan / f.revenue_wan * 100, 0.25), quantile_cont(e.amount_wan / f.revenue_wan * 100, 0.5), quantile_cont(e.amount_wan / f.revenue_wan * 100, 0.75), count(*) from core.rd_expense e join core.dim_return r on r.return_id = e.return_id and r.is_latest join core.dim_return v on v.form = 'finance' and v.is_latest and v.enterprise_code = r.enterprise_code and v.period_key = r.period_key join core.finance f on f.return_id = v.return_id and f.revenue_wan > 0 join core.dim_period p on p.period_key = r.period_key where p.period_kind = 'year' group by all",
        ["05_basic_share"] =
            "select p.period_year, sum(f.amount_wan) filter (where f.activity = 'BRSRCH') * 100 / sum(f.amount_wan) from core.rd_activity f join core.dim_return r on r.return_id = f.return_id and r.is_latest join core.dim_period p on p.period_key = r.period_key where p.period_kind = 'year' group by all",
        ["06_awards_by_lead"] =
            "select period_year, category = 'LEAD', cast(value as bigint) from published.figure where metric = 'awards' and breakdown = 'award_role' and value > 0",
        ["07_co_owners"] =
            "select coalesce(case when b.enterprise_key > 0 then d.group_code end, 'outside'), count(distinct b.application_no), sum(b.owner_share) from core.bridge_patent_owner b join core.dim_enterprise d on d.enterprise_key = b.enterprise_key where b.application_no in (select application_no from core.bridge_patent_owner group by 1 having count(*) > 1) group by 1",
        ["08_comparable_growth"] =
            "select n.period_year, n.value, (n.value / b.value - 1) * 100 from published.figure n left join published.figure b on b.metric = n.metric and b.breakdown = n.breakdown and b.category = n.category and b.period_kind = 'year' and b.period_year = n.period_year - 1 and b.value is not null where n.metric = 'rd_expense_comparable' and n.breakdown = 'total' and n.period_kind = 'year' and n.value is not null",
        ["09_gap_to_2028"] =
            "select t.name_zh, t.name_en, f.value, t.value, greatest(t.value - f.value, 0) from published.target t join published.figure f on f.metric = t.metric and f.breakdown = t.breakdown and f.category = t.category and f.period_kind = 'year' and f.value is not null and f.period_year <= coalesce(t.due_year, 9999) and (t.compare_year is null or f.period_year = t.compare_year) where t.kind <> 'reference' qualify row_number() over (partition by t.target_id order by f.period_year desc) = 1",
        ["10_response"] =
            "select f.form, d.group_code, p.period, count(*), count(*) filter (where (f.form, d.enterprise_code, p.period_key) in (select (form, enterprise_code, period_key) from core.dim_return where is_latest)) from (values ('finance'), ('rd_spend')) f (form) cross join core.dim_period p join core.dim_enterprise d on d.enterprise_level in ('G', 'S') and p.period_end between d.valid_from and d.ends_on where p.period_key in (select period_key from core.dim_return where form = f.form) group by all union all select 'task_ledger', d.group_code, p.period, count(*), count(*) filter (where (d.enterprise_code, p.period_key) in (select (enterprise_code, period_key) from core.dim_return where form = 'task_ledger' and is_latest)) from core.dim_return l join core.dim_enterprise d using (enterprise_key) join core.dim_period p on p.period_key in (select period_key from core.dim_return where form = 'task_ledger') where l.form = 'tasks' and l.period_key = 2026013 and l.is_latest group by all",
        ["11_vintage"] =
            "select cast(period as integer), arg_max(value, vintage_no) from published.vintage where metric = 'rd_expense' and breakdown = 'total' and length(period) = 4 and as_of <= date '2025-06-30' group by 1",
        ["12_lateness"] =
            "select r.form, p.period, count(*), count(*) filter (where r.form <> 'corrections' and r.filled_on > case p.period_kind when 'year' then make_date(p.period_year + 1, 3, 10) else last_day(p.period_end) + 10 end) from core.dim_return r join core.dim_period p using (period_key) where r.version_no = 1 group by all",
        ["13_restated_growth"] =
            "select p.period_year, round((sum(f.amount_wan) / sum(f.prior_amount_wan) - 1) * 100, 6), sum(f.amount_wan), sum(f.prior_amount_wan) from core.rd_expense f join core.dim_return r on r.return_id = f.return_id and r.is_latest join core.dim_period p on p.period_key = r.period_key where p.period_kind = 'year' and f.prior_amount_wan is not null group by all",
        ["14_concentration"] =
            "select period_year, round(value, 6) from published.figure where metric = 'rd_cr4' and period_kind = 'year' and value is not null",
        ["15_readiness"] = "select period_year, 'all', cast(value as bigint) from published.figure where metric = 'platforms_ready' and value > 0",
        ["16_cost_by_industry"] =
            "select d.industry, f.cost_item, sum(f.amount_wan) from core.rd_cost f join core.dim_return r on r.return_id = f.return_id and r.is_latest and r.period_key = 2025000 join core.dim_enterprise d on d.enterprise_code = r.enterprise_code and d.is_current group by all",
        ["17_staff_share"] =
            "select p.period_year, round(sum(s.personnel_fte) * 100 / sum(f.employees_persons), 6) from core.rd_personnel s join core.dim_return r on r.return_id = s.return_id and r.is_latest join core.dim_return v on v.form = 'finance' and v.is_latest and v.enterprise_code = r.enterprise_code and v.period_key = r.period_key join core.finance f on f.return_id = v.return_id join core.dim_period p on p.period_key = r.period_key where p.period_kind = 'year' and s.personnel_fte is not null and f.employees_persons > 0 group by all",
        ["18_change_by_part"] =
            "select n.metric, n.period_year, n.value - b.value from published.figure n join published.figure b on b.metric = n.metric and b.period_year = n.period_year - 1 and b.breakdown = 'total' and b.period_kind = 'year' and b.value is not null where n.metric in ('rd_expense', 'revenue') and n.breakdown = 'total' and n.period_kind = 'year' and n.value is not null",
        ["19_mechanism_and_government_share"] =
            "select p.period_year, f.project_mechanism, sum(f.expense_wan), round(sum(f.expense_gov_wan) * 100 / sum(f.expense_wan), 6) from core.rd_project f join core.dim_return r on r.return_id = f.return_id and r.is_latest join core.dim_period p on p.period_key = r.period_key where p.period_kind = 'year' group by all",
        ["21_explanations"] = "select form, decision, count(*), count(distinct enterprise_code), max(reviewed_on) from core.review group by all",
        ["20_zero_rd"] =
            "select p.period_year, count(*) filter (where f.amount_wan = 0) from core.rd_expense f join core.dim_return r on r.return_id = f.return_id and r.is_latest join core.dim_period p on p.period_key = r.period_key where p.period_kind = 'year' group by all",
    };

    public static TheoryData<string> Recipes => [.. WarehouseSketch.Definitions.Under("cookbook").Select(c => c.Key["cookbook/".Length..^".sql".Length])];

    [Theory, MemberData(nameof(Recipes))]
    public void The_plain_query_gives_the_right_answer(string recipe)
    {
        var lines = WarehouseSketch.Definitions[$"cookbook/{recipe}.sql"].TrimEnd().Split('\n');
        Assert.Matches("^-- .*[\u4e00-\u9fff].* / .*[a-z]", lines[0]);
        Assert.InRange(lines.Length - 1, 1, 5);
        var query = string.Join('\n', lines.Skip(1)).TrimEnd(';');
        SqlGate.Judge(new SqlStatement(query));
        Assert.True(LongWay.ContainsKey(recipe), $"say in this spec how {recipe} is found the long way");

        var answer = sample.Query(recipe == "15_readiness" ? $"select period_year, 'all', sum(platforms) from ({query}) group by 1" : query);
        var expected = sample.Query(LongWay[recipe]);
        var width = expected[0].Length;
        Assert.NotEmpty(answer);
        Assert.Equal(Text(expected, width), Text(answer, width));
    }

    [Fact]
    public void Facts_in_force_are_smaller_than_facts_and_an_enterprise_does_not_fan_out()
    {
        Assert.Equal(
            [0L],
            sample
                .Query("select count(*) from published.dim_enterprise group by enterprise_code having count(*) > 1 union all select 0")
                .Select(r => r[0])
                .Distinct()
        );
        var sums = sample
            .Query(
                $"select (select sum(amount_wan) from core.rd_expense {Year} where p.period = '2024'), (select sum(amount_wan) from fact.rd_expense where period = '2024'), (select sum(amount_wan) from fact.rd_expense join published.dim_enterprise using (enterprise_code) where period = '2024'), (select value from published.figure where figure_id = 'rd_expense:total:all:2024')"
            )
            .Single();
        Assert.True((decimal)sums[0]! > (decimal)sums[1]!);
        Assert.Equal(sums[3], sums[1]);
        Assert.Equal(sums[3], sums[2]);
        Assert.Equal(
            [0L],
            sample
                .Query(
                    "select count(*) from published.dim_task where task_status is null and period_year = (select max(period_year) from core.task join core.dim_period using (period_key))"
                )
                .Select(r => r[0])
        );
        Assert.Equal(
            sample.Query("select value from published.figure where figure_id = 'platforms:total:all:2025'").Single()[0],
            Convert.ToDecimal(
                sample
                    .Query("select count(*) from published.platform_wide where period_year = 2025 and is_in_force and platform_level in ('NAT', 'PROV')")
                    .Single()[0],
                CultureInfo.InvariantCulture
            )
        );
        // Every code list is a dimension.
        var lists = sample.Query("select distinct code_list from published.dim_code").Select(r => (string)r[0]!).ToHashSet();
        Assert.All(
            WarehouseSketch.Definitions.Under("seeds").Where(s => s.Value.TrimStart('\uFEFF').StartsWith("code,name_zh,name_en", StringComparison.Ordinal)),
            s => Assert.Contains(s.Key["seeds/".Length..^".csv".Length], lists)
        );
        Assert.Empty(sample.Query("select table_name from duckdb_tables() where schema_name = 'seed' and (comment is null or comment like '%seed table%')"));
    }

    /// <summary>One row for each patent, award, platform, task and project, under the key that the facts carry: no fact is lost in the join and none fans out.</summary>
    [Theory]
    [InlineData("dim_patent", "application_no", "patent_event")]
    [InlineData("dim_award", "certificate_no", "award")]
    [InlineData("dim_platform", "platform_no", "platform")]
    [InlineData("dim_task", "task_no", "task")]
    [InlineData("dim_task", "task_no", "task_month")]
    [InlineData("dim_project", "project_no", "rd_project")]
    public void A_fact_finds_its_thing_once(string dimension, string key, string fact)
    {
        var counts = sample
            .Query(
                $"""
                select
                    (select count(*) from fact.{fact}), (select count(*) from fact.{fact} join published.{dimension} using ({key})),
                    (select count(*) from published.{dimension}), (select count(distinct {key}) from published.{dimension})
                """
            )
            .Single();
        Assert.NotEqual(0L, counts[0]);
        Assert.Equal(counts[0], counts[1]);
        Assert.Equal(counts[2], counts[3]);
    }

    [Fact]
    public void Every_date_and_every_figure_has_its_period_in_the_calendar()
    {
        // The day of an event lies in the month, quarter, year and year to date that the calendar gives it.
        Assert.Equal(
            [0L],
            sample
                .Query(
                    """
                    select count(*) from published.dim_date as d
                    cross join lateral (values ('year', period_key), ('quarter', quarter_period_key), ('month', month_period_key), ('ytd', ytd_period_key)) as k (kind, period_key)
                    left join core.dim_period as p on p.period_key = k.period_key and p.period_kind = k.kind
                    where p.period_key is null or d.day not between p.period_start and p.period_end
                    """
                )
                .Select(r => r[0])
        );
        Assert.Empty(
            sample.Query("select event_date from fact.patent_event as f left join published.dim_date as d on d.day = f.event_date where d.day is null")
        );
        // One key: a figure's is that of its kind of period.
        Assert.Empty(
            sample.Query(
                "select figure_id from published.figure as f left join core.dim_period as p using (period_key) where (p.period, p.period_kind, p.period_year) is distinct from (f.period, f.period_kind, f.period_year)"
            )
        );
    }

    private static IEnumerable<string> Text(List<object?[]> rows, int width) =>
        rows.Select(r => string.Join(" | ", r.Take(width).Select(Cell))).Order(StringComparer.Ordinal);

    private static string Cell(object? value) =>
        value switch
        {
            null => "",
            bool b => b ? "true" : "false",
            System.Collections.IEnumerable list and not string => string.Join(";", list.Cast<object>().Select(Cell)),
            // What stands in double precision is compared to six decimals, what is decimal too.
            IConvertible number and not string and not DateTime => Math.Round(Convert.ToDecimal(number, CultureInfo.InvariantCulture), 5)
                .ToString("0.#####", CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
}
