using Innovation1551.Models;
using static Innovation1551.Publishing.Charts.Catalogue.ChartCatalogue;

namespace Innovation1551.Publishing.Charts.Catalogue;

/// <summary>The enterprise groups beside each other, and how far the few largest carry the whole.</summary>
internal static class EnterpriseCharts
{
    public static readonly ChartDefinition[] All =
    [
        new(
            "rd-group",
            Section.Enterprises,
            ChartKind.Ranked,
            new("各企业集团研究开发费用", "R&D expense by enterprise group"),
            Column("rd_expense", "group", SeriesQuery.EachCategory)
        ),
        new(
            "rd-intensity-group",
            Section.Enterprises,
            ChartKind.Ranked,
            new("各企业集团研发投入强度", "R&D intensity by enterprise group"),
            Column("rd_intensity", "group", SeriesQuery.EachCategory)
        )
        {
            WithTotal = true,
        },
        new(
            "rd-intensity-change-group",
            Section.Enterprises,
            ChartKind.Ranked,
            new("各企业集团研发投入强度比上年变动", "Change in R&D intensity by enterprise group"),
            Column("rd_intensity_change_pp", "group", SeriesQuery.EachCategory)
        ),
        new(
            "rd-yoy-group",
            Section.Enterprises,
            ChartKind.Ranked,
            new("各企业集团研究开发费用同比增速", "Growth of R&D expense by enterprise group"),
            Column("rd_expense_yoy", "group", SeriesQuery.EachCategory)
        ),
        new(
            "rd-intensity-heat",
            Section.Enterprises,
            ChartKind.Heat,
            new("各企业集团研发投入强度：热力表", "R&D intensity of each enterprise group: heat table"),
            Each("rd_intensity", "group", Mark.Line)
        ),
        new(
            "rd-intensity-places",
            Section.Enterprises,
            ChartKind.Slope,
            new("各企业集团研发投入强度的位次变动（可比口径）", "Changes of place by R&D intensity, comparable perimeter"),
            Column("rd_intensity_comparable", "group", SeriesQuery.EachCategory)
        )
        {
            Note = new(
                "位次按显示的数值，相等的并列；可比口径剔除期间有年份未报的单位，未报不引起位次变动。",
                "Places follow what is displayed, and equal values share one; the comparable perimeter leaves out who failed to report, so that nobody's absence moves a place."
            ),
        },
        new(
            "rd-fte-group",
            Section.Enterprises,
            ChartKind.Ranked,
            new("各企业集团研发人员全时当量", "R&D personnel by enterprise group"),
            Column("rd_fte", "group", SeriesQuery.EachCategory)
        ),
        new(
            "rd-cr4",
            Section.Enterprises,
            ChartKind.Lines,
            new("研发费用集中度：前四家占比（CR4）", "Concentration of R&D expense: share of the largest four (CR4)"),
            new SeriesQuery("rd_cr4")
        ),
        new(
            "rd-hhi",
            Section.Enterprises,
            ChartKind.Lines,
            new("研发费用集中度：赫芬达尔指数（HHI）", "Concentration of R&D expense: Herfindahl-Hirschman index"),
            new SeriesQuery("rd_hhi")
        )
        {
            Note = new(
                "各集团份额（百分数）平方和，最大10000；1500以下通常视为分散。",
                "Sum of squared shares in per cent, at most 10,000; below 1,500 is usually read as unconcentrated."
            ),
        },
    ];
}
