using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>The year's awards in numbers, by level and by grade. A declaration against which the list of awards is held.</summary>
public static class AwardSummaryForm
{
    public static readonly Form Form = new(
        "award_summary",
        new("科技奖励汇总", "Awards in numbers"),
        new("一行为一个单位的一个报告期", "one row per enterprise and period"),
        FormKind.State,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            Count("total_count", "获奖总数", "All awards", Unit.Award),
            Count("provincial_plus_count", "其中：省部级以上奖", "of which: provincial level and above", Unit.Award, "省部级以上奖"),
            Count("national_count", "其中：国家级奖", "of which: national", Unit.Award, "国家级奖"),
            Count("graded_count", "等级奖合计", "Graded awards", Unit.Award),
            Count("grade_special_count", "特等奖", "Special prizes", Unit.Award),
            Count("grade_first_count", "一等奖", "First prizes", Unit.Award),
            Count("grade_second_count", "二等奖", "Second prizes", Unit.Award),
            Count("grade_third_count", "三等奖", "Third prizes", Unit.Award),
            Count("ungraded_count", "不分等级奖", "Ungraded awards", Unit.Award),
            Note,
        ]
    )
    {
        Sent = Cadence.Either,
    };
}
