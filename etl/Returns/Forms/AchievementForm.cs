using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>Achievements put to use: a row for each measure of an achievement, with its unit and the qualifier of the statement.</summary>
public static class AchievementForm
{
    public static readonly Form Form = new(
        "achievements",
        new("科技成果转化情况", "Achievements put to use"),
        new("一行为一项成果的一个指标", "one row per achievement and measure"),
        FormKind.Event,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            new("achievement_no", FieldType.Identifier, new("成果编号", "Achievement number")) { Required = true },
            new("achievement_name", FieldType.Text, new("成果名称", "Achievement")) { Required = true },
            Coded("achievement_measure", "指标", "Measure", "achievement_measure"),
            Coded("value_qualifier", "数值限定", "Qualifier", "value_qualifier", required: false),
            new("measured_value", FieldType.Quantity, new("指标值", "Value of the measure"))
            {
                Required = true,
                Meaning = new("按“指标单位”一栏的单位填写", "In the unit that the unit column names"),
            },
            Coded("measure_unit", "指标单位", "Unit of the measure", "measure_unit"),
            Coded("value_verification", "核实方式", "Verified by", "value_verification", required: false),
            new("first_used_on", FieldType.Date, new("首次应用日期", "First put to use")),
            Note,
        ]
    )
    {
        Key = ["achievement_no", "achievement_measure"],
    };
}
