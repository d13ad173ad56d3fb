using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>
/// A group's consolidated figures with what was eliminated between its members. They stand beside the returns of headquarters and
/// subsidiaries and are never added to them: in every other form the head of a group reports its headquarters alone.
/// </summary>
public static class GroupTotalForm
{
    public static readonly Form Form = new(
        "group_total",
        new("集团合并汇总", "Consolidated totals of a group"),
        new("一行为一个集团的一个报告期", "one row per group and period"),
        FormKind.State,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            Money("consolidated_revenue_wan", "集团合并营业收入", "Consolidated revenue"),
            Money("offset_revenue_wan", "营业收入内部抵销", "Revenue eliminated within the group"),
            Money("consolidated_expense_wan", "集团合并研究开发费用", "Consolidated R&D expense"),
            Money("offset_expense_wan", "研究开发费用内部抵销", "R&D expense eliminated within the group"),
            Note,
        ]
    )
    {
        Sent = Cadence.Either,
    };
}
