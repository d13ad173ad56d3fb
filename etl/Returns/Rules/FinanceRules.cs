using Innovation1551.Returns.Forms;
using static Innovation1551.Returns.Rules.RuleSql;

namespace Innovation1551.Returns.Rules;

/// <summary>Rules on revenue, cost and staff.</summary>
internal static class FinanceRules
{
    public static IEnumerable<Rule> All(Thresholds limits) =>
        [.. ComparisonRules.Of(FinanceForm.Form, limits), Units(limits), Unstated("finance", "revenue_wan"), .. Negatives(FinanceForm.Form)];

    /// <summary>The power of ten by which cost and revenue lie apart.</summary>
    public static readonly string Apart =
        $"case when abs({Magnitude("l.operating_cost_wan", "l.revenue_wan")}) >= 0.9 then cast(round({Magnitude("l.operating_cost_wan", "l.revenue_wan")}) as integer) end";

    /// <summary>
    /// Revenue and cost stand side by side and are of one size: one of them alone in another unit shows whatever the enterprise grew by, and even where
    /// there is no last year to compare with. Where the one is a clean multiple of last year's, that is said instead.
    /// </summary>
    private static Rule Units(Thresholds limits)
    {
        string Clean(string field) => $"{Exponent("l." + field, "p." + field, $"log10(1 + {limits["slip_percent"]} / 100)")} is null";
        return new(
            "V25",
            Severity.Warning,
            "finance",
            "operating_cost_wan",
            $"{Apart} is not null and {Clean("revenue_wan")} and {Clean("operating_cost_wan")}",
            new(
                "营业总成本 {0} 约为营业收入 {1} 的 {2} 倍，其中一格疑为计量单位错误",
                "operating cost {0} is about {2} times the revenue {1}: one of the two is probably in the wrong unit"
            ),
            Explain,
            "l.operating_cost_wan",
            "l.revenue_wan",
            Multiple(Apart)
        )
        {
            Joins = "left " + Prior("finance"),
        };
    }
}
