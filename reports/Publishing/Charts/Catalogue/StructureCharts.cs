using Innovation1551.Models;
using static Innovation1551.Publishing.Charts.Catalogue.ChartCatalogue;

namespace Innovation1551.Publishing.Charts.Catalogue;

/// <summary>What the money is spent on, on which kind of R&amp;D, from which source, and in which industry.</summary>
internal static class StructureCharts
{
    private static readonly Text Rounded = new("分项四舍五入，合计可能不等于100%。", "Parts are rounded, so they may not add to 100%.");

    public static readonly ChartDefinition[] All =
    [
        new("rd-cost-items", Section.Structure, ChartKind.Stacked, new("研究开发费用：按费用科目", "R&D expense by cost item"), Each("rd_expense", "cost_item", Mark.Stack)),
        new("rd-cost-share", Section.Structure, ChartKind.Shares, new("研究开发费用构成：按费用科目", "Composition of R&D expense by cost item"), Each("rd_cost_share", "cost_item", Mark.Stack)) { Note = Rounded },
        new("rd-activity-share", Section.Structure, ChartKind.Shares, new("研发活动类型构成", "Composition by type of R&D"), Each("rd_activity_share", "activity", Mark.Stack)) { Note = Rounded },
        new("rd-fund-share", Section.Structure, ChartKind.Shares, new("研发资金来源构成", "Composition by source of funds"), Each("rd_fund_share", "fund_source", Mark.Stack)) { Note = Rounded },
        new("rd-industry", Section.Structure, ChartKind.Ranked, new("各行业研究开发费用", "R&D expense by industry"), Column("rd_expense", "industry", SeriesQuery.EachCategory)),
        new("rd-intensity-industry", Section.Structure, ChartKind.Ranked, new("各行业研发投入强度", "R&D intensity by industry"), Column("rd_intensity", "industry", SeriesQuery.EachCategory)) { WithTotal = true },
    ];
}
