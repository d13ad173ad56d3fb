using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;
using static Innovation1551.Returns.Rules.RuleSql;

namespace Innovation1551.Returns.Rules;

/// <summary>The rules on appeals against an evaluation and on the decisions: they are about an indicator that exists, and a decision about an appeal.</summary>
internal static class EvaluationRules
{
    public static IEnumerable<Rule> All(Definitions definitions)
    {
        var known = string.Join(
            ", ",
            ((string[])["seeds/evaluation_indicator.csv", "seeds/evaluation_item.csv"])
                .SelectMany(path => Seed.Parse(path, definitions[path]).Skip(1))
                .Select(r => Sql.Literal(r[0]))
        );
        foreach (var form in (Form[])[EvaluationAppealForm.Form, EvaluationDecisionForm.Form])
            yield return new(
                "E02",
                Severity.Error,
                form.Id,
                "indicator",
                $"l.indicator not in ({known})",
                new("评价体系中没有指标 {0}", "the system of evaluation has no indicator {0}"),
                Recheck,
                "l.indicator"
            );
        yield return new(
            "E03",
            Severity.Error,
            EvaluationAppealForm.Form.Id,
            "claimed_value",
            "l.claimed_value = l.published_value",
            new("申诉值与公布值相同（{0}）", "the claimed value is the published one ({0})"),
            Recheck,
            "l.claimed_value"
        );
        const string decision = "evaluation_decisions";
        yield return new(
            "E04",
            Severity.Error,
            decision,
            "verdict",
            "l.verdict in ('UPHELD', 'PARTLY') and l.decided_value is null",
            new("裁定为“{0}”，没有裁定值", "the verdict is \"{0}\", and no value is decided"),
            Recheck,
            "l.verdict"
        );
        yield return new(
            "E04",
            Severity.Error,
            decision,
            "decided_value",
            "l.verdict = 'REJECTED' and l.decided_value is not null",
            new("不支持的裁定填了裁定值 {0}", "an appeal is rejected, and yet a value of {0} is decided"),
            Recheck,
            "l.decided_value"
        );
        yield return new(
            "E05",
            Severity.Error,
            decision,
            "indicator",
            // Of a capital operator E08 says more.
            $"a.enterprise_code is null and l.indicator in ({known}) and not {IdentityRules.IsOperator}",
            new("没有对指标 {0} 的申诉", "there is no appeal about the indicator {0}"),
            new("请核对集团、年份和指标；先登记申诉，再裁定", "check the group, the year and the indicator; the appeal comes before the decision"),
            "l.indicator"
        )
        {
            Joins =
                $"join known_enterprise as k on k.enterprise_code = l.enterprise_code left join (select distinct enterprise_code, period_year, indicator from {Rule.Accepted}evaluation_appeals) as a on a.enterprise_code = l.enterprise_code and a.period_year = l.period_year and a.indicator = l.indicator",
        };
    }
}
