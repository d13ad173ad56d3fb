using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using static Innovation1551.Publishing.Charts.Catalogue.ChartCatalogue;

namespace Innovation1551.Publishing.Charts.Catalogue;

/// <summary>The key tasks and their ledger, scenes, sources, consortia and policies.</summary>
internal static class TaskCharts
{
    public static readonly ChartDefinition[] All =
    [
        new(
            "tasks-kind",
            Section.Tasks,
            ChartKind.Stacked,
            new("年度攻关任务：按类别", "Key tasks of the year by kind"),
            Each("tasks", "task_kind", Mark.Stack)
        )
        {
            WithTargets = true,
        },
        new(
            "tasks-progress",
            Section.Tasks,
            ChartKind.Columns,
            new("攻关任务：月末完成率与平均进度", "Key tasks: share done and average progress at the end of the month"),
            Column("task_done_share_month") with
            {
                Period = PeriodKind.Month,
            },
            Column("task_progress_month") with
            {
                Period = PeriodKind.Month,
            }
        )
        {
            OwnYearOnly = true,
            Note = new(
                "按任务清单和月度台账累计数；未报的任务仍计入分母。",
                "From the list and the cumulative ledger; tasks not reported stay in the denominator."
            ),
        },
        new(
            "tasks-standing",
            Section.Tasks,
            ChartKind.Multiples,
            new("攻关任务：按月末研判状态", "Key tasks by standing at the end of the month"),
            Each("tasks_by_standing_month", "task_standing", Mark.Line) with
            {
                Period = PeriodKind.Month,
            }
        )
        {
            OwnYearOnly = true,
            Note = new(
                "由计划起止日期、最近一次上报和月末日期按规则判定，不以单位自报状态为准。",
                "Judged by rules from the planned dates, the last report and the end of the month, not by the reporter's word."
            ),
        },
        new(
            "digital-scenes",
            Section.Policies,
            ChartKind.Stacked,
            new("数字化场景：按建设状态", "Digital scenes by state"),
            Each("digital_scenes", "scene_status", Mark.Stack)
        )
        {
            WithTargets = true,
        },
        new(
            "origin-projects",
            Section.Policies,
            ChartKind.Stacked,
            new("原创技术策源地项目：按研发进展", "Projects of the original-technology sources by stage"),
            Each("origin_projects", "origin_stage", Mark.Stack)
        )
        {
            WithTargets = true,
        },
        new("origin-sources", Section.Policies, ChartKind.Columns, new("原创技术策源地", "Original-technology sources"), Column("origin_sources"))
        {
            WithTargets = true,
        },
        new("consortia", Section.Policies, ChartKind.Columns, new("创新联合体", "Innovation consortia"), Column("consortia")),
        new(
            "policy-fields",
            Section.Policies,
            ChartKind.Ranked,
            new("已有企业落实的政策项数：按方面", "Policies in use by field"),
            Column("policies_in_use", "policy_field", SeriesQuery.EachCategory)
        )
        {
            WithoutFirst = true,
            Note = new(
                "公开文本称政策十项、六个方面，文中可见五个方面。",
                "The public text speaks of ten policies in six fields and names five of the fields."
            ),
        },
        new(
            "policy-amount",
            Section.Policies,
            ChartKind.Ranked,
            new("各项政策本年金额（口径不同，不可相加）", "Amount of the year by policy (policies differ: never added)"),
            Column("policy_amount", "policy", SeriesQuery.EachCategory)
        )
        {
            WithoutFirst = true,
        },
        new(
            "policy-beneficiaries",
            Section.Policies,
            ChartKind.Ranked,
            new("各项政策受惠人数（一人可受惠于多项）", "Persons who benefit by policy (one may benefit from several)"),
            Column("policy_beneficiaries", "policy", SeriesQuery.EachCategory)
        )
        {
            WithoutFirst = true,
        },
        new(
            "policy-uptake",
            Section.Policies,
            ChartKind.Ranked,
            new("实施各项政策的企业户数", "Enterprises that use each policy"),
            Column("policy_enterprises", "policy", SeriesQuery.EachCategory)
        )
        {
            Note = new(
                "公开文本未列全十项政策，此处为文本中点明的机制。",
                "The public text does not list all ten policies; these are the mechanisms that it names."
            ),
        },
    ];
}
