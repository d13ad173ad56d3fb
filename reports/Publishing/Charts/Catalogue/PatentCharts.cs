using Innovation1551.Models;
using static Innovation1551.Publishing.Charts.Catalogue.ChartCatalogue;

namespace Innovation1551.Publishing.Charts.Catalogue;

/// <summary>Patents: events of the year, the stock in force, and what they stand to in money.</summary>
internal static class PatentCharts
{
    public static readonly ChartDefinition[] All =
    [
        new(
            "patents",
            Section.Patents,
            ChartKind.Lines,
            new("专利申请与授权", "Patents filed and granted"),
            new SeriesQuery("patents_filed"),
            new SeriesQuery("patents_granted")
        ),
        new(
            "patents-granted-type",
            Section.Patents,
            ChartKind.Stacked,
            new("专利授权：按类型", "Patents granted by type"),
            Each("patents_granted", "patent_type", Mark.Stack)
        ),
        new(
            "patents-in-force",
            Section.Patents,
            ChartKind.Stacked,
            new("有效专利（年末存量）：按类型", "Patents in force at the end of the year, by type"),
            Each("patents_in_force", "patent_type", Mark.Stack)
        )
        {
            Note = new(
                "存量由授权、转让、失效事件滚存得出，按第一专利权人计。",
                "The stock is rolled forward from grants, transfers and lapses, and counts the first owner."
            ),
        },
        new(
            "invention-share",
            Section.Patents,
            ChartKind.Lines,
            new("发明专利占比", "Share of inventions"),
            new SeriesQuery("invention_share_granted"),
            new SeriesQuery("invention_share_in_force")
        ),
        new(
            "patents-per-rd",
            Section.Patents,
            ChartKind.Lines,
            new("每亿元研究开发费用的专利授权量：按投入到产出的滞后年数", "Grants per 100 million yuan of R&D expense, by lag from spend to grant"),
            Each("patents_per_100m_rd", "lag", Mark.Line)
        )
        {
            Note = new("滞后n年：当年授权量除以n年前的研究开发费用。", "Lag n: grants of the year divided by the R&D expense n years before."),
        },
        new(
            "patents-cumulative",
            Section.Patents,
            ChartKind.Panels,
            new("“十四五”以来累计专利与公布的参照数", "Patents since 2021 and the published reference figures"),
            new SeriesQuery("patents_granted_cumulative"),
            new SeriesQuery("patents_filed_cumulative") { Panel = 1 }
        )
        {
            WithTargets = true,
            PanelTitles = [new("累计授权", "Granted"), new("累计申请", "Filed")],
            Note = new(
                "参照数为方案发布时公布的真实数据，来源见目标表。",
                "The reference figures are real, published with the programme; sources stand in the target table."
            ),
        },
        new(
            "patents-group",
            Section.Patents,
            ChartKind.Ranked,
            new("各企业集团专利授权量", "Patents granted by enterprise group"),
            Column("patents_granted", "group", SeriesQuery.EachCategory)
        )
        {
            Note = new(
                "共有专利在每个共有的集团各计一次，各集团之和不是全部企业的授权量。",
                "A joint patent counts in each group that owns a part of it, so the groups do not add up to the grants of all enterprises."
            ),
        },
    ];
}
