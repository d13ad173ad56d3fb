using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>
/// What was decided on a correction: a refused one is not applied. A decision is about a cell with its old value and its new one, so that another
/// correction of the same cell is decided afresh.
/// </summary>
public static class CorrectionDecisionForm
{
    public static readonly Form Form = new(
        "correction_decisions",
        new("数据更正审批", "Decisions on corrections"),
        new("一行为对一项更正的审批", "one row per decision on a correction"),
        FormKind.Review,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            CorrectionForm.CorrectedForm,
            CorrectionForm.CorrectedField,
            new("old_value", FieldType.Quantity, new("原值", "Old value")) { Required = true },
            new("new_value", FieldType.Quantity, new("更正值", "New value")) { Required = true },
            new("correction_reason", FieldType.Text, new("更正原因", "Reason of the correction")),
            new("file_name", FieldType.Text, new("文件名", "File name")),
            Coded("correction_verdict", "审批意见", "Verdict", "correction_verdict"),
            new("decided_by", FieldType.Text, new("审批人", "Decided by")) { Required = true },
            new("decided_on", FieldType.Date, new("审批日期", "Decided on")) { Required = true },
            new("reason", FieldType.Text, new("审批理由", "Reason")) { Required = true },
        ]
    )
    {
        Sent = Cadence.Either,
        RowsNameTheirOwnPeriod = true,
        Key = ["corrected_form", "corrected_field", "old_value", "new_value"],
        Answer = ["correction_verdict", "reason"],
    };
}
