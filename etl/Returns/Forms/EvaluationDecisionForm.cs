using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>What was decided on a group's appeal. A decided value enters the evaluation alone; the published figure stays what the returns say.</summary>
public static class EvaluationDecisionForm
{
    public static readonly Form Form = new(
        "evaluation_decisions",
        new("绩效评价申诉裁定", "Decisions on appeals against the evaluation"),
        new("一行为对一项申诉的裁定", "one row per decision on an appeal"),
        FormKind.Event,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            EvaluationAppealForm.Indicator,
            new("published_value", FieldType.Quantity, new("公布值", "Published value")),
            new("claimed_value", FieldType.Quantity, new("申诉值", "Claimed value")),
            new("appeal_reason", FieldType.Text, new("申诉理由", "Reason of the appeal")),
            Coded("verdict", "裁定", "Verdict", "evaluation_verdict"),
            new("decided_value", FieldType.Quantity, new("裁定值", "Decided value"))
            {
                Meaning = new("支持或部分支持时填写；仅用于评价，不改公布数", "Where upheld, whole or in part; it counts in the evaluation alone"),
            },
            new("reason", FieldType.Text, new("裁定理由", "Reason")) { Required = true },
            new("decided_by", FieldType.Text, new("裁定人", "Decided by")) { Required = true },
            new("decided_on", FieldType.Date, new("裁定日期", "Decided on")) { Required = true },
            Note,
        ]
    )
    {
        RowsNameTheirOwnPeriod = true,
        Key = ["indicator"],
        Answer = ["verdict", "decided_value", "reason"],
    };
}
