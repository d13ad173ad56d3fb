using Innovation1551.Models;
using static Innovation1551.Returns.Rules.RuleSql;

namespace Innovation1551.Returns.Rules;

/// <summary>
/// A group's consolidated figures against those of its headquarters and subsidiaries less what was eliminated between them.
/// Which enterprises belong to the group at the period's end is said by the register.
/// </summary>
internal static class GroupRules
{
    private const string Form = "group_total";

    public static IEnumerable<Rule> All()
    {
        foreach (
            var (field, source, amount, name) in ((string, string, string, Text)[])
                [
                    ("revenue", "finance", "revenue_wan", new("营业收入", "revenue")),
                    ("expense", "rd_spend", "expense_total_wan", new("研究开发费用", "R&D expense")),
                ]
        )
        {
            var total = $"consolidated_{field}_wan";
            var sum = $"(members.amount - coalesce(l.offset_{field}_wan, 0))";
            var joins = $"""
                join (
                    select m.group_code, m.period_year, m.period_month, count(*) as expected, count(a.enterprise_code) as sent, sum(a.{amount}) as amount, landing.last_place(list(a.{amount})) as place
                    from group_member as m
                    left join {Rule.Accepted}{source} as a on a.enterprise_code = m.enterprise_code and a.period_year = m.period_year and a.period_month is not distinct from m.period_month
                    group by all
                ) as members on members.group_code = l.enterprise_code and members.period_year = l.period_year and members.period_month is not distinct from l.period_month
                """;
            yield return new(
                "V06",
                Severity.Error,
                Form,
                total,
                $"members.sent = members.expected and abs(l.{total} - {sum}) > least(members.place, landing.last_place([l.{total}, l.offset_{field}_wan])) * (members.sent + 2) / 2",
                new(
                    $"集团{name.Zh}合计 {{0}}，本部及各子企业之和 {{1}} 减内部抵销 {{2}} 应为 {{3}}",
                    $"the group's {name.En} is {{0}}; headquarters and subsidiaries sum to {{1}}, less {{2}} eliminated: {{3}}"
                ),
                Recheck,
                "l." + total,
                "members.amount",
                $"coalesce(l.offset_{field}_wan, 0)",
                sum
            )
            {
                Joins = joins,
            };
            yield return new(
                "V06",
                Severity.Note,
                Form,
                total,
                $"l.{total} is not null and members.expected > 1 and members.sent < members.expected",
                new(
                    $"集团{name.Zh}合计未能核对：{{1}} 户成员单位中 {{0}} 户的报表已通过",
                    $"the group's {name.En} could not be checked: {{0}} of its {{1}} members have an accepted return"
                ),
                new("待成员单位报齐后自动核对", "it is checked once all members have sent theirs"),
                "members.sent",
                "members.expected"
            )
            {
                Joins = joins,
            };
        }
    }
}
