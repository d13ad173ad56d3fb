using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>Digital scenes under construction and in use.</summary>
public static class DigitalSceneForm
{
    public static readonly Form Form = new(
        "digital_scenes",
        new("数字化场景建设情况", "Digital scenes"),
        new("一行为一个场景的一个年度", "one row per scene and year"),
        FormKind.Event,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            new("scene_no", FieldType.Identifier, new("场景编号", "Scene number")) { Required = true },
            new("scene_name", FieldType.Text, new("场景名称", "Scene")) { Required = true },
            Coded("scene_status", "建设状态", "State of the scene", "scene_status"),
            new("online_date", FieldType.Date, new("上线日期", "In use since")),
            Money("scene_investment_wan", "累计投资", "Investment, cumulative"),
            Note,
        ]
    )
    {
        Key = ["scene_no"],
    };
}
