using Innovation1551.Models;
using static Innovation1551.Publishing.Charts.Catalogue.ChartCatalogue;

namespace Innovation1551.Publishing.Charts.Catalogue;

/// <summary>What the money is spent on, on which kind of R&amp;D, from which source, and in which industry.</summary>
internal static class StructureCharts
{
    public static readonly ChartDefinition[] All =
    [
        new(
            "rd-cost-items",
            Section.Structure,
            ChartKind.Multiples,
            new("研究开发费用：按费用科目", "R&D expense by cost item"),
            Each("rd_expense", "cost_item", Mark.Line)
        ),
        new(
            "rd-cost-share",
            Section.Structure,
            ChartKind.Ranked,
            new("研究开发费用构成：按费用科目", "Composition of R&D expense by cost item"),
            Column("rd_cost_share", "cost_item", SeriesQuery.EachCategory)
        ),
        new(
            "rd-activity-share",
            Section.Structure,
            ChartKind.Shares,
            new("研发活动类型构成", "Composition by type of R&D"),
            Each("rd_activity_share", "activity", Mark.Stack)
        ),
        new(
            "rd-fund-share",
            Section.Structure,
            ChartKind.Ranked,
            new("研发资金来源构成", "Composition by source of funds"),
            Column("rd_fund_share", "fund_source", SeriesQuery.EachCategory)
        ),
        new(
            "rd-industry",
            Section.Structure,
            ChartKind.Ranked,
            new("各行业研究开发费用", "R&D expense by industry"),
            Column("rd_expense", "industry", SeriesQuery.EachCategory)
        ),
        new(
            "rd-intensity-industry",
            Section.Structure,
            ChartKind.Ranked,
            new("各行业研发投入强度", "R&D intensity by industry"),
            Column("rd_intensity", "industry", SeriesQuery.EachCategory)
        )
        {
            WithTotal = true,
        },
    ];
}
