using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>
/// The register of enterprises: a row for each stretch of time in which an enterprise had one name, parent, industry and place.
/// A rename, a move to another group, a merger ends one row and begins the next.
/// </summary>
public static class EnterpriseRegisterForm
{
    public static readonly Form Form = new(
        "enterprise_register",
        new("企业名录", "Enterprise register"),
        new("一行为一个单位的一段有效期", "one row per enterprise and stretch of validity"),
        FormKind.Register,
        [
            EnterpriseCode,
            EnterpriseName,
            new("aliases", FieldType.Text, new("曾用名及简称（用；分隔）", "Former and short names, separated by ;")) { Synonyms = ["曾用名", "简称", "别名"] },
            new("parent_code", FieldType.Identifier, new("上级单位代码", "Parent's code")) { Synonyms = ["所属集团代码"] },
            Coded("enterprise_level", "单位层级", "Level", "enterprise_level"),
            Coded("industry", "所属行业", "Industry", "industry"),
            Coded("city", "所在市", "City", "city", required: false),
            new("valid_from", FieldType.Date, new("生效日期", "Valid from")) { Required = true },
            new("valid_to", FieldType.Date, new("失效日期", "Valid to")),
            Coded("change_kind", "变动类型", "Kind of change", "change_kind", required: false),
            new("predecessor_codes", FieldType.Text, new("前身单位代码（用；分隔）", "Predecessors' codes, separated by ;")) { Synonyms = ["前身单位代码"] },
            new("split_share_percent", FieldType.Percent, new("分立承接比例", "Share taken over in a split"))
            {
                Meaning = new(
                    "变动类型为分立时填写：本单位从前身单位承接的比例；不填则不追溯",
                    "For a split: the share of the predecessor that this enterprise took over; without it the split is not followed"
                ),
            },
            Note,
        ]
    )
    {
        Key = ["valid_from"],
    };
}
