using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>Science and technology awards, a row for each awarded unit: its rank among the units and its share.</summary>
public static class AwardForm
{
    public static readonly Form Form = new(
        "awards",
        new("科技奖励情况", "Science and technology awards"),
        new("一行为一项奖励的一个完成单位", "one row per award and awarded unit"),
        FormKind.Event,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            new("certificate_no", FieldType.Identifier, new("证书编号", "Certificate number")) { Required = true, Synonyms = ["获奖证书编号"] },
            new("project_name", FieldType.Text, new("获奖项目名称", "Awarded project")) { Required = true },
            Coded("award_level", "奖励级别", "Level", "award_level"),
            Coded("award_scheme", "奖种", "Scheme", "award_scheme"),
            Coded("award_grade", "奖励等级", "Grade", "award_grade"),
            Count("unit_rank", "完成单位位次", "Rank of the unit", Unit.Place) with
            {
                Required = true,
            },
            Count("unit_count", "完成单位数", "Number of units", Unit.Member) with
            {
                Required = true,
            },
            new("unit_share_percent", FieldType.Percent, new("贡献份额", "Share of the unit")) { Unit = Unit.Percent },
            Note,
        ]
    )
    {
        Key = ["certificate_no", "unit_rank"],
    };
}
