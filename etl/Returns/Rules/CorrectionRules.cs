using Innovation1551.Returns.Forms;
using static Innovation1551.Returns.Rules.RuleSql;

namespace Innovation1551.Returns.Rules;

/// <summary>The rules on corrections and the decisions on them: they say what the cell reads, and change it. That it exists is seen to when it is read.</summary>
internal static class CorrectionRules
{
    public static IEnumerable<Rule> All()
    {
        const string form = "corrections";
        yield return new(
            "V41",
            Severity.Error,
            form,
            "new_value",
            "l.new_value = l.old_value",
            new("更正值与原值相同（{0}）", "the new value is the old one ({0})"),
            Recheck,
            "l.new_value"
        );
        yield return new(
            "V32",
            Severity.Error,
            form,
            "new_value",
            "l.new_value < 0 and l.old_value <> l.new_value and l.corrected_field <> 'profit_wan' and l.reason not like '%红字%'",
            new("更正值为负数（{0}）", "the new value is negative ({0})"),
            new("请改正；确为红字更正的，请在“更正原因”栏注明“红字更正”", "correct it; a red-letter correction is marked 红字更正 in its reason"),
            "l.new_value"
        );
        yield return new(
            "E06",
            Severity.Error,
            form,
            "new_value",
            "d.correction_verdict = 'REFUSED'",
            new("更正未获同意（{0}，{1}）：{2}", "the correction was refused ({0}, {1}): {2}"),
            new("该更正不生效；有新依据的，请另报更正单", "it is not applied; where there are new grounds, send another correction"),
            "d.decided_by",
            "d.decided_on",
            "d.reason"
        )
        {
            Joins = $"join landing.correction_decision_in_force as d on {Same}",
        };
        yield return new(
            "E07",
            Severity.Warning,
            CorrectionDecisionForm.Form.Id,
            "corrected_field",
            "d.enterprise_code is null",
            new("没有收到从 {0} 改为 {1} 的更正，审批无从执行", "no correction from {0} to {1} has been received that this could decide on"),
            new("请核对单位、报告期、报表、指标和两个数值", "check enterprise, period, form, field and both values"),
            "l.old_value",
            "l.new_value"
        )
        {
            Joins = $"left join landing.corrections as d on {Same}",
            IsAnsweredByNote = false,
        };
        foreach (var state in CorrectableCells.Forms)
            yield return new(
                "V41",
                Severity.Warning,
                form,
                "old_value",
                $"l.corrected_form = '{state.Id}' and l.corrected_field in ({string.Join(", ", Fields(state).Select(x => $"'{x}'"))}) and not ({string.Join(" or ", Fields(state).Select(x => $"l.corrected_field = '{x}' and l.old_value is not distinct from cast(t.{x} as decimal(18, 6))"))})",
                new("该单元格现值不是 {0}，更正不生效", "the cell does not read {0}: the correction has no effect"),
                new("请核对原值、报告期和指标", "check the old value, the period and the field"),
                "l.old_value"
            )
            {
                Joins =
                    $"join {Rule.Accepted}{state.Id} as t on t.enterprise_code = l.enterprise_code and t.period_year = l.period_year and t.period_month is not distinct from l.period_month",
            };
    }

    /// <summary>Holds a correction against a decision.</summary>
    private const string Same =
        "d.enterprise_code = l.enterprise_code and d.period_year = l.period_year and d.period_month is not distinct from l.period_month and d.corrected_form = l.corrected_form and d.corrected_field = l.corrected_field and d.old_value = l.old_value and d.new_value = l.new_value";

    private static IEnumerable<string> Fields(Form form) => CorrectableCells.Fields(form).Select(f => f.Name);
}
