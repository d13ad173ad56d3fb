using Innovation1551.Models;
using Innovation1551.Returns.Forms;
using static Innovation1551.Returns.Rules.RuleSql;

namespace Innovation1551.Returns.Rules;

/// <summary>Rules on R&amp;D activity and spend: what must add up, and what is unusual.</summary>
internal static class RdSpendRules
{
    private const string Spend = "rd_spend";

    public static IEnumerable<Rule> All(Thresholds limits) =>
        [.. Sums(), .. People(), .. Structure(limits), .. ComparisonRules.Of(RdSpendForm.Form, limits), .. OtherForms(limits), .. Negatives(RdSpendForm.Form)];

    private static IEnumerable<Rule> Sums()
    {
        (string Id, string Total, Text Name, string[] Parts)[] balances =
        [
            (
                "V01",
                "expense_total_wan",
                new("研究开发费用合计", "R&D expense"),
                [
                    "cost_personnel_wan",
                    "cost_direct_input_wan",
                    "cost_depreciation_wan",
                    "cost_amortisation_wan",
                    "cost_design_wan",
                    "cost_commissioning_wan",
                    "cost_outsourced_wan",
                    "cost_other_wan",
                ]
            ),
            (
                "V02",
                "cost_outsourced_wan",
                new("委托外部研究开发费用", "outsourced R&D"),
                ["outsourced_institute_wan", "outsourced_university_wan", "outsourced_enterprise_wan", "outsourced_abroad_wan"]
            ),
            (
                "V03",
                "intramural_total_wan",
                new("R&D经费内部支出（按资金来源）", "intramural expenditure by source of funds"),
                ["fund_gov_central_wan", "fund_gov_local_wan", "fund_enterprise_wan", "fund_abroad_wan", "fund_nonprofit_wan", "fund_other_wan"]
            ),
            (
                "V04",
                "intramural_total_wan",
                new("R&D经费内部支出（按活动类型）", "intramural expenditure by type of R&D"),
                ["activity_basic_wan", "activity_applied_wan", "activity_experimental_wan"]
            ),
            (
                "V05",
                "intramural_total_wan",
                new("R&D经费内部支出（日常性＋资产性）", "intramural expenditure, current and capital"),
                ["intramural_current_wan", "intramural_capital_wan"]
            ),
        ];
        foreach (var (id, total, name, parts) in balances)
        {
            var balance = Balance(id, Spend, total, name, parts);
            yield return balance;
            yield return EmptyBlock(balance, name);
        }
        yield return Unstated(Spend, "expense_total_wan");
    }

    private static IEnumerable<Rule> People()
    {
        yield return new(
            "V10",
            Severity.Error,
            Spend,
            "rd_personnel_fte",
            "l.rd_personnel_fte > l.rd_personnel_persons",
            new("全时当量 {0} 人年大于R&D人员 {1} 人", "{0} full-time equivalents exceed {1} persons"),
            Recheck,
            "l.rd_personnel_fte",
            "l.rd_personnel_persons"
        );
        yield return new(
            "V10",
            Severity.Error,
            Spend,
            "researchers_persons",
            "l.researchers_persons > l.rd_personnel_persons",
            new("研究人员 {0} 人多于R&D人员 {1} 人", "{0} researchers exceed {1} R&D personnel"),
            Recheck,
            "l.researchers_persons",
            "l.rd_personnel_persons"
        );
        yield return new(
            "V11",
            Severity.Warning,
            Spend,
            "rd_personnel_persons",
            "l.expense_total_wan > 0 and l.rd_personnel_persons = 0 or l.expense_total_wan = 0 and l.rd_personnel_persons > 0",
            new("研究开发费用（{0} 万元）与R&D人员（{1} 人）只填了一方", "R&D expense ({0} wan) and R&D personnel ({1}): only one of them is above zero"),
            Explain,
            "l.expense_total_wan",
            "l.rd_personnel_persons"
        );
    }

    private static IEnumerable<Rule> Structure(Thresholds limits)
    {
        yield return new(
            "V28",
            Severity.Warning,
            Spend,
            "cost_personnel_wan",
            $"l.expense_total_wan > 0 and {Wide("l.cost_personnel_wan")} * 100 not between {limits["personnel_share_min_percent"]} * {Wide("l.expense_total_wan")} and {limits["personnel_share_max_percent"]} * {Wide("l.expense_total_wan")}",
            new("人员人工费用 {0} 占合计 {1} 的比重异常", "personnel cost {0} is an unusual share of {1}"),
            Explain,
            "l.cost_personnel_wan",
            "l.expense_total_wan"
        );
        yield return new(
            "V28",
            Severity.Warning,
            Spend,
            "cost_other_wan",
            $"l.expense_total_wan > 0 and {Wide("l.cost_other_wan")} * 100 > {limits["other_share_max_percent"]} * {Wide("l.expense_total_wan")}",
            new("其他费用 {0} 占合计 {1} 的比重过高", "other cost {0} is a high share of {1}"),
            Explain,
            "l.cost_other_wan",
            "l.expense_total_wan"
        );
        yield return new(
            "V29",
            Severity.Warning,
            Spend,
            "rd_personnel_fte",
            $"l.rd_personnel_fte > 0 and l.period_month is null and l.expense_total_wan not between {limits["expense_per_fte_min_wan"]} * {Wide("l.rd_personnel_fte")} and {limits["expense_per_fte_max_wan"]} * {Wide("l.rd_personnel_fte")}",
            new("人均研究开发费用异常：{0} 万元，{1} 人年", "unusual R&D expense per head: {0} wan for {1} person-years"),
            Explain,
            "l.expense_total_wan",
            "l.rd_personnel_fte"
        );
    }

    private static IEnumerable<Rule> OtherForms(Thresholds limits)
    {
        var finance = SamePeriod("finance", "f");
        yield return new(
            "V10",
            Severity.Error,
            Spend,
            "rd_personnel_persons",
            "l.rd_personnel_persons > f.employees_persons",
            new("R&D人员 {0} 人多于从业人员 {1} 人", "{0} R&D personnel exceed {1} employees"),
            Recheck,
            "l.rd_personnel_persons",
            "f.employees_persons"
        )
        {
            Joins = finance,
        };
        yield return new(
            "V27",
            Severity.Warning,
            Spend,
            "expense_total_wan",
            $"f.revenue_wan > 0 and {Wide("l.expense_total_wan")} * 100 > {limits["intensity_max_percent"]} * {Wide("f.revenue_wan")}",
            new("研发投入强度异常：研究开发费用 {0}，营业收入 {1}", "unusual R&D intensity: expense {0}, revenue {1}"),
            Explain,
            "l.expense_total_wan",
            "f.revenue_wan"
        )
        {
            Joins = finance,
        };
        yield return new(
            "V27",
            Severity.Warning,
            Spend,
            "expense_total_wan",
            $"abs({Percent("l.expense_total_wan", "f.revenue_wan")} - p.percent) > {limits["intensity_change_points"]}",
            new("研发投入强度由 {0}% 变为 {1}%，变动过大", "R&D intensity moved from {0} % to {1} %: an unusual change"),
            Explain,
            "cast(p.percent as decimal(18, 2))",
            $"cast({Percent("l.expense_total_wan", "f.revenue_wan")} as decimal(18, 2))"
        )
        {
            Joins =
                $"{finance} join intensity_before as p on p.enterprise_code = l.enterprise_code and p.period_year = l.period_year and p.period_month is not distinct from l.period_month",
            // Under the year after, so that all that is joined has the same enterprise and period: else all years of an enterprise meet each other first.
            Prepared = (
                "intensity_before",
                $"select l.enterprise_code, l.period_year + 1 as period_year, l.period_month, {Percent("l.expense_total_wan", "f.revenue_wan")} as percent from {Rule.Accepted}{Spend} as l {finance}"
            ),
        };
        yield return new(
            "V30",
            Severity.Error,
            Spend,
            "expense_total_wan",
            "l.expense_total_wan > f.operating_cost_wan",
            new("研究开发费用 {0} 大于营业总成本 {1}", "R&D expense {0} exceeds operating cost {1}"),
            Recheck,
            "l.expense_total_wan",
            "f.operating_cost_wan"
        )
        {
            Joins = finance,
        };
    }

    private static string Percent(string part, string whole) => $"(case when {whole} > 0 then cast({part} as double) / cast({whole} as double) * 100 end)";
}
