using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using static Innovation1551.Publishing.Charts.Catalogue.ChartCatalogue;

namespace Innovation1551.Publishing.Charts.Catalogue;

/// <summary>The year under way, the distance to the targets, and how complete the returns are.</summary>
internal static class ProgressCharts
{
    private static readonly Text NotAnnual = new(
        "月度累计不是年度数，不进入年度走势图。",
        "Cumulative monthly figures are no annual figures and stay out of the annual charts."
    );

    public static readonly ChartDefinition[] All =
    [
        new(
            "rd-ytd",
            Section.Monthly,
            ChartKind.Columns,
            new("研究开发费用：1月起累计", "R&D expense, cumulative from January"),
            Column("rd_expense_ytd") with
            {
                Period = PeriodKind.YearToDate,
            }
        )
        {
            Note = NotAnnual,
        },
        new(
            "rd-month",
            Section.Monthly,
            ChartKind.Columns,
            new("研究开发费用：当月", "R&D expense of the month"),
            Column("rd_expense_month") with
            {
                Period = PeriodKind.Month,
            }
        )
        {
            Note = new(
                "当月数为相邻两期累计数之差，含对前期的更正。",
                "A month is the difference of two cumulative figures and so contains corrections of earlier months."
            ),
        },
        new(
            "revenue-ytd",
            Section.Monthly,
            ChartKind.Columns,
            new("营业收入：1月起累计", "Revenue, cumulative from January"),
            Column("revenue_ytd") with
            {
                Period = PeriodKind.YearToDate,
            }
        )
        {
            Note = NotAnnual,
        },
        new("target-progress", Section.Targets, ChartKind.Progress, new("目标与计划的进展", "Progress towards targets and plans")),
        new(
            "forecast-innovative",
            Section.Targets,
            ChartKind.Lines,
            new("各类创新型企业：目标路径与测算", "Innovative enterprises: the path to the target and the projection"),
            new SeriesQuery("innovative_enterprises")
        )
        {
            WithTargets = true,
            WithForecast = true,
        },
        new(
            "forecast-intensity",
            Section.Targets,
            ChartKind.Lines,
            new("研发投入强度（可比口径）与测算", "R&D intensity, comparable perimeter, and its projection"),
            new SeriesQuery("rd_intensity_comparable")
        )
        {
            WithForecast = true,
        },
        new(
            "forecast-rd",
            Section.Targets,
            ChartKind.Lines,
            new("研究开发费用（可比口径）与测算", "R&D expense, comparable perimeter, and its projection"),
            new SeriesQuery("rd_expense_comparable")
        )
        {
            WithForecast = true,
        },
        new("response-rate", Section.Quality, ChartKind.Multiples, new("报表回收率：按报表", "Response rate by form"))
        {
            Note = new("验收通过的报表数 ÷ 应报数。", "Returns accepted divided by returns due."),
        },
    ];
}
