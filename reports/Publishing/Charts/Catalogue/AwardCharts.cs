using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using static Innovation1551.Publishing.Charts.Catalogue.ChartCatalogue;

namespace Innovation1551.Publishing.Charts.Catalogue;

/// <summary>Science and technology awards of provincial level and above.</summary>
internal static class AwardCharts
{
    public static readonly ChartDefinition[] All =
    [
        new("awards-level", Section.Awards, ChartKind.Stacked, new("科技奖励：按级别", "Awards by level"), Each("awards", "award_level", Mark.Stack)),
        new("awards-grade", Section.Awards, ChartKind.Stacked, new("科技奖励：按等级", "Awards by grade"), Each("awards", "award_grade", Mark.Stack)),
        new(
            "awards-role",
            Section.Awards,
            ChartKind.Columns,
            new("科技奖励：牵头与参与", "Awards: lead and participating"),
            Each("awards", "award_role", Mark.Column)
        ),
        new(
            "awards-cumulative",
            Section.Awards,
            ChartKind.Panels,
            new("“十四五”以来累计科技奖励与公布的参照数", "Awards since 2021 and the published reference figures"),
            new SeriesQuery("awards_cumulative"),
            new SeriesQuery("awards_cumulative", "award_level", Codes.National) { Panel = 1, Name = new("其中：国家级", "of which national") }
        )
        {
            WithTargets = true,
            PanelTitles = [new("省部级以上", "Provincial level and above"), new("其中：国家级", "Of which national")],
            Note = new(
                "参照数为方案发布时公布的真实数据，来源见目标表。",
                "The reference figures are real, published with the programme; sources stand in the target table."
            ),
        },
    ];
}
