using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>Talent teams. The teams overlap, so the total without double counting is stated and never summed from them.</summary>
public static class TalentForm
{
    public static readonly Form Form = new(
        "talent",
        new("科技人才情况", "Science and technology talent"),
        new("一行为一个单位的一个报告期", "one row per enterprise and period"),
        FormKind.Event,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            Count("talent_persons", "人才总数（去重）", "Talent, without double counting", Unit.Person) with
            {
                Required = true,
            },
            Count("managers_persons", "经营管理人才", "Managers", Unit.Person),
            Count("professionals_persons", "专业技术人才", "Professionals", Unit.Person),
            Count("managers_professionals_persons", "其中：兼为经营管理和专业技术人才", "of which: both managers and professionals", Unit.Person),
            Count("skilled_persons", "技能人才", "Skilled workers", Unit.Person),
            Count("academicians_persons", "两院院士（全职）", "Academicians, full-time", Unit.Person),
            Count("flexible_persons", "柔性引进人才", "Flexible recruits", Unit.Person),
            Count("flexible_concurrent_persons", "其中：兼职兼薪", "of which: concurrent post", Unit.Person) with
            {
                FromYear = 2026,
            },
            Count("flexible_migratory_persons", "其中：候鸟式", "of which: seasonal", Unit.Person) with
            {
                FromYear = 2026,
            },
            Count("flexible_weekend_persons", "其中：双休日专家", "of which: weekend experts", Unit.Person) with
            {
                FromYear = 2026,
            },
            Count("rd_talent_persons", "R&D人员（期末）", "R&D personnel at the end of the period", Unit.Person),
            Note,
        ]
    )
    {
        Key = [],
    };
}
