using Innovation1551.Returns.Landing;
using static Innovation1551.Returns.Rules.RuleSql;

namespace Innovation1551.Returns.Rules;

/// <summary>Rules on the list of awards. Ranks are unique, within the number of units, and all returns name the same number: so they are contiguous.</summary>
internal static class AwardRules
{
    private const string Form = "awards";

    public static IEnumerable<Rule> All(Thresholds limits)
    {
        yield return new(
            "V18",
            Severity.Error,
            Form,
            "unit_rank",
            "l.unit_rank < 1 or l.unit_rank > l.unit_count",
            new("位次 {0} 不在 1 到完成单位数 {1} 之间", "rank {0} is not between 1 and the number of units {1}"),
            Recheck,
            "l.unit_rank",
            "l.unit_count"
        );
        yield return new(
            "V18",
            Severity.Error,
            Form,
            "unit_rank",
            "other.n > 1",
            new("同一奖励有 {1} 个单位填报位次 {0}", "{1} units claim rank {0} of the same award"),
            Recheck,
            "l.unit_rank",
            "other.n"
        )
        {
            Joins =
                "join (select certificate_no, unit_rank, count(distinct enterprise_code) as n from award_unit group by all) as other on other.certificate_no = l.certificate_no and other.unit_rank = l.unit_rank",
            Prepared = Units,
        };
        yield return new(
            "V18",
            Severity.Error,
            Form,
            "unit_share_percent",
            "l.unit_share_percent < 0 or l.unit_share_percent > 100",
            new("份额 {0}% 不在 0 到 100 之间", "a share of {0} % is not between 0 and 100"),
            Recheck,
            "l.unit_share_percent"
        );
        // Peers of one award judge each other, so none of them is left out as refused: who is would depend on who was judged first.
        const string whole = """
            join (
                select certificate_no, count(*) as units, min(unit_count) as fewest, max(unit_count) as most,
                    sum(unit_share_percent) filter (where unit_share_percent between 0 and 100) as share, count(unit_share_percent) filter (where unit_share_percent between 0 and 100) as shares,
                    landing.last_place(list(unit_share_percent)) * count(*) / 2 as slack
                from award_unit group by all having count(*) > 1
            ) as whole on whole.certificate_no = l.certificate_no
            """;
        yield return new(
            "V18",
            Severity.Error,
            Form,
            "unit_count",
            "whole.fewest <> whole.most",
            new("同一奖励各单位填报的完成单位数不一致（{0} 至 {1}）", "the returns on this award name {0} to {1} units"),
            Recheck,
            "whole.fewest",
            "whole.most"
        )
        {
            Joins = whole,
            Prepared = Units,
        };
        // Units outside the register send nothing: only an award all of whose units report must come to the whole.
        yield return new(
            "V18",
            Severity.Error,
            Form,
            "unit_share_percent",
            "l.unit_share_percent is not null and (whole.share > 100 + whole.slack or whole.units = whole.most and whole.fewest = whole.most and whole.shares = whole.units and whole.share < 100 - whole.slack)",
            new("该奖励 {0} 个完成单位的份额之和为 {1}%，应为 100%", "the shares of the {0} units of this award sum to {1} %, not 100 %"),
            Recheck,
            "whole.units",
            "whole.share"
        )
        {
            Joins = whole,
            Prepared = Units,
        };
        yield return new(
            "V20",
            Severity.Error,
            Form,
            "award_grade",
            "l.award_scheme in ('TOP', 'COOP') and l.award_grade <> 'N'",
            new("该奖种不分等级", "this scheme has no grades"),
            Recheck
        );
        yield return Fraction(Form, "unit_share_percent", limits);
        yield return TooMany(Form, "unit_count", limits["award_units_max_count"], new("完成单位数", "units of the award"));
    }

    /// <summary>What the returns in force say of the units of awards. Peers of one award judge each other, so none of them is out because of an error.</summary>
    private static (string, string) Units =>
        (
            "award_unit",
            $"""
            select distinct certificate_no, enterprise_code, unit_rank, unit_count, unit_share_percent from landing.{Form} as l
            semi join (
                select * from ({ReturnsInForce.Places(
                $"(select * exclude (row_count, first_row), row_count as rows_accepted from {AcceptedRows.Stated} where form = '{Form}')"
            )}) where is_in_force
            ) as k on {ReturnsInForce.SameReturn}
            """
        );
}
