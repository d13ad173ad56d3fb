using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>Innovation consortia that an enterprise leads or takes part in.</summary>
public static class ConsortiumForm
{
    public static readonly Form Form = new(
        "consortia",
        new("创新联合体情况", "Innovation consortia"),
        new("一行为一个单位参加的一个创新联合体", "one row per enterprise and consortium"),
        FormKind.Event,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            new("consortium_no", FieldType.Identifier, new("联合体编号", "Consortium number")) { Required = true },
            new("consortium_name", FieldType.Text, new("联合体名称", "Consortium")) { Required = true },
            Coded("consortium_role", "本单位角色", "Role of the enterprise", "consortium_role"),
            Count("consortium_members_count", "成员单位数", "Members", Unit.Member),
            new("founded_on", FieldType.Date, new("组建日期", "Founded on")) { Required = true },
            new("ended_on", FieldType.Date, new("终止日期", "Ended on")),
            Note,
        ]
    )
    {
        Key = ["consortium_no"],
    };
}
