using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>Innovation platforms: a row for each step of a platform's life. The first return lists how each stood when it began.</summary>
public static class PlatformForm
{
    public static readonly Form Form = new(
        "platforms",
        new("创新平台情况", "Innovation platforms"),
        new("一行为一个平台的一个生命周期事件", "one row per platform and step of its life"),
        FormKind.Event,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            new("platform_no", FieldType.Identifier, new("平台编号", "Platform number")) { Required = true },
            new("platform_name", FieldType.Text, new("平台名称", "Platform")) { Required = true },
            Coded("platform_kind", "平台类型", "Kind of platform", "platform_kind"),
            Coded("platform_level", "平台级别", "Level of platform", "platform_level"),
            Coded("platform_event", "平台状态变化", "Step", "platform_event"),
            new("event_date", FieldType.Date, new("变化日期", "Date of the step")) { Required = true },
            Coded("upgrade_readiness", "升级准备情况", "Readiness for upgrade", "upgrade_readiness", required: false),
            new("co_builders", FieldType.Text, new("共建单位（用；分隔）", "Co-builders, separated by ;")),
            new("approval_no", FieldType.Text, new("批复文号", "Approval")),
            Note,
        ]
    )
    {
        Key = ["platform_no", "platform_event", "event_date"],
    };
}
