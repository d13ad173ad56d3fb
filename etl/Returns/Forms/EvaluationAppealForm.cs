using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>A group's appeal against what its evaluation rests on: the value that was published, the one that it claims, and why.</summary>
public static class EvaluationAppealForm
{
    public static readonly Form Form = new(
        "evaluation_appeals",
        new("绩效评价申诉", "Appeals against the evaluation"),
        new("一行为一个集团对一项评价指标的申诉", "one row per group and indicator appealed against"),
        FormKind.Event,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            Indicator,
            new("published_value", FieldType.Quantity, new("公布值", "Published value"))
            {
                Required = true,
                Meaning = new("评价结果中该指标的数值，按其计量单位填写", "The value in the evaluation, in the unit of the indicator"),
            },
            new("claimed_value", FieldType.Quantity, new("申诉值", "Claimed value")) { Required = true },
            new("reason", FieldType.Text, new("申诉理由", "Reason")) { Required = true },
            new("contact", FieldType.Text, new("联系人及电话", "Contact")) { Required = true },
            Note,
        ]
    )
    {
        RowsNameTheirOwnPeriod = true,
        Key = ["indicator"],
    };

    /// <summary>The indicator that an appeal and the decision on it are about.</summary>
    internal static Field Indicator =>
        new("indicator", FieldType.Identifier, new("评价指标", "Indicator"))
        {
            Required = true,
            Meaning = new("评价指标或加减分项的代码，见评价体系", "Code of the indicator or item in the system of evaluation"),
        };
}
