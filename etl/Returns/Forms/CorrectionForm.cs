using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>Corrections of single cells of accepted returns: the old value, the new one, why, and who approved it. Nothing received is edited.</summary>
public static class CorrectionForm
{
    public static readonly Form Form = new(
        "corrections",
        new("数据更正单", "Corrections"),
        new("一行为一个单元格的一次更正", "one row per corrected cell"),
        FormKind.Event,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            new("corrected_form", FieldType.Identifier, new("更正报表", "Corrected form")) { Required = true },
            new("corrected_field", FieldType.Identifier, new("更正指标", "Corrected field")) { Required = true },
            new("old_value", FieldType.Quantity, new("原值", "Old value"))
            {
                Required = true,
                Meaning = new("按报表的标准单位填写（金额为万元）", "In the canonical unit of the form (money: 10,000 yuan)"),
            },
            new("new_value", FieldType.Quantity, new("更正值", "New value")) { Required = true },
            new("reason", FieldType.Text, new("更正原因", "Reason")) { Required = true },
            new("approver", FieldType.Text, new("批准人", "Approver")) { Required = true },
            new("approved_on", FieldType.Date, new("批准日期", "Approved on")) { Required = true },
            Note,
        ]
    )
    {
        Sent = Cadence.Either,
        RowsNameTheirOwnPeriod = true,
        Key = ["corrected_form", "corrected_field"],
    };
}
