using Innovation1551.Models;
using static Innovation1551.Publishing.Charts.Catalogue.ChartCatalogue;

namespace Innovation1551.Publishing.Charts.Catalogue;

/// <summary>How much is spent on R&amp;D, and how that stands to revenue and to the target.</summary>
internal static class SpendCharts
{
    public static readonly ChartDefinition[] All =
    [
        new(
            "rd-intensity",
            Section.Overview,
            ChartKind.Lines,
            new("研发投入强度与目标路径", "R&D intensity and its target path"),
            new SeriesQuery("rd_intensity")
        )
        {
            WithTargets = true,
            Note = new(
                "强度 = 研究开发费用合计 ÷ 营业收入合计（合计之比，不是各企业强度的平均）。",
                "Intensity is total R&D expense divided by total revenue: a ratio of sums, not an average of the enterprises' ratios."
            ),
        },
        new("rd-expense", Section.Overview, ChartKind.Columns, new("研究开发费用", "R&D expense"), Column("rd_expense")),
        new(
            "rd-revenue",
            Section.Spend,
            ChartKind.Panels,
            new("营业收入与研究开发费用", "Revenue and R&D expense"),
            Column("revenue"),
            Column("rd_expense") with
            {
                Panel = 1,
            }
        )
        {
            PanelTitles = [new("营业收入", "Revenue"), new("研究开发费用", "R&D expense")],
        },
        new(
            "rd-yoy",
            Section.Spend,
            ChartKind.Panels,
            new("研究开发费用同比：与重报的上年同期数相比", "R&D expense year on year, against the previous year as re-reported"),
            Column("rd_expense_prior_restated") with
            {
                Name = new("上年同期重报数", "Previous year as re-reported"),
            },
            Column("rd_expense") with
            {
                Name = new("本年", "This year"),
            },
            Column("rd_expense_yoy") with
            {
                Panel = 1,
            }
        )
        {
            PanelTitles = [new("本年与重报的上年", "This year, year before"), new("同比增速", "Growth")],
            Note = new(
                "同比以本年报表重新上报的上年同期数为基数，不与往年发布数混用，以免口径与范围变动造成虚增虚减。",
                "Growth is measured against the comparative figure re-reported in this year's return, never against an older publication: perimeter and method are then the same."
            ),
        },
        new(
            "rd-intensity-change",
            Section.Spend,
            ChartKind.Panels,
            new("研发投入强度的变动：百分点与相对增幅是两回事", "Change in R&D intensity: percentage points are not per cent"),
            Column("rd_intensity_change_pp"),
            Column("rd_intensity_growth") with
            {
                Panel = 1,
            }
        )
        {
            PanelTitles = [new("比上年变动", "Change on the year before"), new("相对增幅", "Relative growth")],
            Note = new(
                "例：强度由2.00%升至2.18%，为提高0.18个百分点，相对增幅9%。",
                "Example: from 2.00% to 2.18% is 0.18 percentage points, and a relative growth of 9%."
            ),
        },
        new(
            "rd-change",
            Section.Spend,
            ChartKind.Waterfall,
            new("研究开发费用比上年变动的构成", "What the change in R&D expense on the year before is made of"),
            Column("rd_expense")
        )
        {
            Note = new(
                "各项之和为本年与上年之差；“未报”为在册而只报了一年的单位，其数缺失，不是减少。",
                "The parts sum to the change; non-response is of enterprises in the register that reported only one of the two years: missing, not gone."
            ),
        },
        new(
            "rd-two-bases",
            Section.Spend,
            ChartKind.Lines,
            new("两种口径的研发支出", "R&D spend on two bases"),
            new SeriesQuery("rd_expense"),
            new SeriesQuery("rd_intramural")
        )
        {
            Note = new("两种口径概念不同，不可相加。", "The two bases are different concepts and must never be added."),
        },
        new(
            "rd-comparable",
            Section.Spend,
            ChartKind.Lines,
            new("研发投入强度：当年口径与可比口径", "R&D intensity: perimeter of each year and comparable perimeter"),
            new SeriesQuery("rd_intensity"),
            new SeriesQuery("rd_intensity_comparable")
        )
        {
            Note = new(
                "可比口径按末年范围回溯，剔除期间有年份未报的单位。",
                "The comparable perimeter is that of the last year cast back, without enterprises that failed to report one of the years."
            ),
        },
        new(
            "rd-fte",
            Section.Spend,
            ChartKind.Panels,
            new("研发人员全时当量与人均研究开发费用", "R&D personnel and R&D expense per full-time equivalent"),
            Column("rd_fte"),
            Column("rd_expense_per_fte") with
            {
                Panel = 1,
            }
        )
        {
            PanelTitles = [new("全时当量", "Full-time equivalents"), new("人均费用", "Expense per head")],
        },
    ];
}
