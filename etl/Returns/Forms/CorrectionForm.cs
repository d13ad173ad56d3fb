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
            CorrectedForm,
            CorrectedField,
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

    /// <summary>The form of the corrected cell, as a correction and the decision on it name it.</summary>
    internal static Field CorrectedForm =>
        new("corrected_form", FieldType.Form, new("更正报表", "Corrected form"))
        {
            Required = true,
            Meaning = new("从下拉列表选择，也可写表号或表名", "Choose from the list, or write the number or the title of the form"),
        };

    /// <summary>The column of the corrected cell.</summary>
    internal static Field CorrectedField =>
        new("corrected_field", FieldType.FormField, new("更正指标", "Corrected field"))
        {
            Required = true,
            Meaning = new("先选报表，再从下拉列表选择指标，也可写该表的表头", "Choose the form first, then its column from the list, or write its heading"),
        };
}
