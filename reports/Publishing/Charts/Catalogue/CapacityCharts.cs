using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using static Innovation1551.Publishing.Charts.Catalogue.ChartCatalogue;

namespace Innovation1551.Publishing.Charts.Catalogue;

/// <summary>Projects, platforms, innovative enterprises, people, and what comes of them.</summary>
internal static class CapacityCharts
{
    private static readonly Text Reference = new(
        "参照数为方案发布时公布的真实数据，来源见目标表。",
        "The reference figures are real, published with the programme; sources stand in the target table."
    );

    public static readonly ChartDefinition[] All =
    [
        new(
            "projects-level",
            Section.Capacity,
            ChartKind.Stacked,
            new("研究开发项目：按级别", "R&D projects by level"),
            Each("projects", "project_level", Mark.Stack)
        ),
        new(
            "projects-mechanism",
            Section.Capacity,
            ChartKind.Stacked,
            new("研究开发项目：按组织方式", "R&D projects by mechanism"),
            Each("projects", "project_mechanism", Mark.Stack)
        ),
        new(
            "projects-cumulative",
            Section.Capacity,
            ChartKind.Panels,
            new("“十四五”以来省部级以上课题与公布的参照数", "Projects of provincial level and above since 2021 and the published reference figures"),
            new SeriesQuery("projects_cumulative"),
            new SeriesQuery("projects_national_cumulative") { Panel = 1 }
        )
        {
            WithTargets = true,
            PanelTitles = [new("省部级以上", "Provincial level and above"), new("其中：国家级", "Of which national")],
            Note = Reference,
        },
        new(
            "platforms",
            Section.Capacity,
            ChartKind.Panels,
            new("国家级、省级创新平台与公布的参照数", "National and provincial platforms and the published reference figures"),
            new SeriesQuery("platforms_national"),
            new SeriesQuery("platforms_provincial") { Panel = 1 }
        )
        {
            WithTargets = true,
            PanelTitles = [new("国家级", "National"), new("省级", "Provincial")],
            Note = Reference,
        },
        new(
            "platforms-state",
            Section.Capacity,
            ChartKind.Multiples,
            new("省级以上创新平台：按年末状态", "Platforms of provincial level and above by state at the end of the year"),
            Each("platforms_by_state", "platform_event", Mark.Line)
        )
        {
            Note = new(
                "筹建、撤销的不计入在册平台，各状态之和不是平台总数。",
                "Those in preparation or revoked are no platforms in being: the states do not add up to the platforms."
            ),
        },
        new(
            "lab-criteria",
            Section.Capacity,
            ChartKind.Ranked,
            new("省实验室对标条件：各项已具备数（示例条件）", "Provincial laboratories: criteria of the level above that are met (example criteria)"),
            Column("lab_criteria_met", "upgrade_criterion", SeriesQuery.EachCategory)
        )
        {
            WithoutFirst = true,
            Note = new(
                "对标条件为示例，非正式办法；部分具备的不计。",
                "The criteria are an example, not the official ones; what is met in part does not count."
            ),
        },
        new(
            "platforms-kind",
            Section.Capacity,
            ChartKind.Ranked,
            new("创新平台：按类型", "Platforms by kind"),
            Column("platforms", "platform_kind", SeriesQuery.EachCategory)
        ),
        new(
            "innovative-enterprises",
            Section.Capacity,
            ChartKind.Lines,
            new("各类创新型企业（去重）与目标路径", "Innovative enterprises of all kinds, each once, and their target path"),
            new SeriesQuery("innovative_enterprises")
        )
        {
            WithTargets = true,
            Note = new("一户多称号只计一次。", "An enterprise of several titles counts once."),
        },
        new(
            "titles-kind",
            Section.Capacity,
            ChartKind.Ranked,
            new("创新型企业：按资格类别", "Innovative enterprises by title"),
            Column("innovative_enterprises", "enterprise_title", SeriesQuery.EachCategory)
        )
        {
            Note = new("一户可有多项资格，各类之和大于合计。", "An enterprise may hold several titles, so the titles add up to more than the enterprises."),
        },
        new(
            "titles-lapse",
            Section.Capacity,
            ChartKind.Columns,
            new("资格到期提示：一年内到期与当年失效未续", "Titles that lapse within a year, and those lapsed and not renewed"),
            Column("titles_lapsing"),
            Column("titles_lapsed")
        )
        {
            Note = new("以单位×资格为一项；名单见 published.title_wide。", "One for each enterprise and title; the list is in published.title_wide."),
        },
        new(
            "talent-teams",
            Section.Capacity,
            ChartKind.Lines,
            new("三支人才队伍（有重叠，不可相加）", "Three talent teams (overlapping, not additive)"),
            new SeriesQuery("talent_managers"),
            new SeriesQuery("talent_professionals"),
            new SeriesQuery("talent_skilled"),
            new SeriesQuery("talent_both")
        )
        {
            Note = new("一人可计入两支队伍，重叠人数单列。", "A person may count in two teams; the overlap is shown by itself."),
        },
        new("academicians", Section.Capacity, ChartKind.Columns, new("两院院士", "Academicians"), Column("academicians")) { WithTargets = true },
        new("flexible-recruits", Section.Capacity, ChartKind.Columns, new("柔性引进人才", "Flexible recruits"), Column("flexible_recruits")),
        new(
            "flexible-kind",
            Section.Capacity,
            ChartKind.Stacked,
            new("柔性引进人才：按引才方式", "Flexible recruits by kind"),
            Each("flexible_recruits", "flexible_kind", Mark.Stack)
        )
        {
            Note = new("只含注明方式的人数，之和可小于总数。", "Only those whose kind is stated: together they may be fewer than all."),
        },
        new("achievements", Section.Capacity, ChartKind.Columns, new("转化应用的科技成果", "Achievements put to use"), Column("achievements")),
        new(
            "achievement-amounts",
            Section.Capacity,
            ChartKind.Columns,
            new("成果转化：销售收入、产值与经济效益", "Achievements put to use: sales, output value and yearly benefit"),
            Column("achievement_sales"),
            Column("achievement_output"),
            Column("achievement_benefit")
        )
        {
            Note = new("三项口径不同，不可相加。", "The three measure different things and are never added."),
        },
        new(
            "achievement-verified",
            Section.Capacity,
            ChartKind.Lines,
            new("成果效益中经核实的占比", "Share of the value of achievements that was verified"),
            Each("achievement_verified_share", "achievement_measure", Mark.Line)
        )
        {
            Note = new(
                "经应用单位证明、审计或第三方评价；未注明的视为自报。",
                "Certified by the user, audited or evaluated by a third party; what is not stated counts as the enterprise's own word."
            ),
        },
    ];
}
