using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>Revenue, cost and staff: the denominators of intensity and per-head figures.</summary>
public static class FinanceForm
{
    public static readonly Form Form = new(
        "finance",
        new("财务与从业人员情况", "Finance and staff"),
        new("一行为一个单位的一个报告期", "one row per enterprise and period"),
        FormKind.State,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            Money("revenue_wan", "营业收入", "Operating revenue") with
            {
                Headings = [new(2020, "营业总收入"), new(2022, "营业收入")],
            },
            Money("revenue_prior_wan", "上年同期营业收入", "Operating revenue, same period of last year"),
            Money("operating_cost_wan", "营业总成本", "Operating cost, total"),
            Money("profit_wan", "利润总额", "Profit, total") with
            {
                MayBeNegative = true,
            },
            Count("employees_persons", "从业人员期末人数", "Employees at end of period", Unit.Person, "从业人员"),
            Note,
        ]
    )
    {
        Sent = Cadence.Either,
        Editions = [2020, 2022],
    };
}
