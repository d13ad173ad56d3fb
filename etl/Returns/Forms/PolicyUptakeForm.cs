using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>Whether and how far an enterprise uses each of the programme's policies.</summary>
public static class PolicyUptakeForm
{
    public static readonly Form Form = new(
        "policy_uptake",
        new("政策落实情况", "Uptake of policies"),
        new("一行为一个单位的一项政策", "one row per enterprise and policy"),
        FormKind.Event,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            Coded("policy", "政策", "Policy", "policy"),
            Coded("uptake_status", "落实情况", "Uptake", "uptake_status"),
            new("in_force_since", FieldType.Date, new("实施日期", "In force since")),
            Money("policy_amount_wan", "本年金额", "Amount of the year"),
            Count("policy_persons", "受惠人数", "Persons who benefit", Unit.Person),
            Note,
        ]
    )
    {
        Key = ["policy"],
    };
}
