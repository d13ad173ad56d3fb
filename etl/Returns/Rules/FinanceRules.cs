using Innovation1551.Returns.Forms;
using static Innovation1551.Returns.Rules.RuleSql;

namespace Innovation1551.Returns.Rules;

/// <summary>Rules on revenue, cost and staff.</summary>
internal static class FinanceRules
{
    public static IEnumerable<Rule> All(Thresholds limits) =>
        [.. ComparisonRules.Of(FinanceForm.Form, limits), Units(), Unstated("finance", "revenue_wan"), .. Negatives(FinanceForm.Form)];

    /// <summary>Revenue and cost stand side by side and are of one size: one of them alone in another unit shows even where there is no last year to compare with.</summary>
    private static Rule Units()
    {
        var exponent =
            $"case when abs({Magnitude("l.operating_cost_wan", "l.revenue_wan")}) >= 0.9 then cast(round({Magnitude("l.operating_cost_wan", "l.revenue_wan")}) as integer) end";
        return new(
            "V25",
            Severity.Warning,
            "finance",
            "operating_cost_wan",
            $"p.file_no is null and {exponent} is not null",
            new(
                "营业总成本 {0} 约为营业收入 {1} 的 {2} 倍，其中一格疑为计量单位错误",
                "operating cost {0} is about {2} times the revenue {1}: one of the two is probably in the wrong unit"
            ),
            Explain,
            "l.operating_cost_wan",
            "l.revenue_wan",
            Multiple(exponent)
        )
        {
            Joins = "left " + Prior("finance"),
        };
    }
}
