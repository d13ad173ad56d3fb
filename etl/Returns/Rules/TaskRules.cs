using static Innovation1551.Returns.Rules.RuleSql;

namespace Innovation1551.Returns.Rules;

/// <summary>The rules on the annual key tasks and their monthly ledger.</summary>
internal static class TaskRules
{
    public static IEnumerable<Rule> All(Thresholds limits)
    {
        const string form = "task_ledger";
        yield return new(
            "V37",
            Severity.Error,
            "tasks",
            "planned_end",
            "l.planned_end < l.planned_start",
            new("计划完成日期 {0} 早于计划启动日期 {1}", "planned completion {0} is before the planned start {1}"),
            Recheck,
            "l.planned_end",
            "l.planned_start"
        );
        yield return new(
            "V37",
            Severity.Error,
            form,
            "progress_percent",
            "l.progress_percent < 0 or l.progress_percent > 100",
            new("累计完成进度 {0}% 不在 0 到 100 之间", "progress of {0} % is not between 0 and 100"),
            Recheck,
            "l.progress_percent"
        );
        yield return new(
            "V37",
            Severity.Error,
            form,
            "task_status",
            "l.task_status = 'DONE' and (l.progress_percent <> 100 or l.actual_end is null or coalesce(l.evidence, '') = '')",
            new(
                "状态为“{0}”的任务，进度应为 100%（现为 {1}%），并填实际完成日期和佐证材料",
                "a task that is \"{0}\" has 100 % progress (here {1} %), a date of completion and evidence"
            ),
            Recheck,
            "l.task_status",
            "l.progress_percent"
        );
        yield return new(
            "V37",
            Severity.Error,
            form,
            "actual_end",
            "l.actual_end < l.actual_start",
            new("实际完成日期 {0} 早于实际启动日期 {1}", "completion on {0} is before the start on {1}"),
            Recheck,
            "l.actual_end",
            "l.actual_start"
        );
        yield return new(
            "V37",
            Severity.Error,
            form,
            "task_no",
            "k.task_no is null",
            new("任务清单 {1} 中没有任务 {0}", "the list {1} has no task {0}"),
            Recheck,
            "l.task_no",
            "l.list_version"
        )
        {
            Joins = "left join (select distinct list_version, task_no from landing.tasks) as k on k.list_version = l.list_version and k.task_no = l.task_no",
        };
        yield return new(
            "V37",
            Severity.Warning,
            form,
            "task_status",
            $"l.task_status in ('WAIT', 'RUN') and t.planned_end + {limits["overdue_days"]} < last_day(make_date(l.period_year, coalesce(l.period_month, 12), 1))",
            new("计划完成日期 {1} 早已过去，状态仍为“{0}”", "the planned completion on {1} is long past and the status is still \"{0}\""),
            Explain,
            "l.task_status",
            "t.planned_end"
        )
        {
            Joins =
                "join (select list_version, task_no, max(planned_end) as planned_end from landing.tasks group by all) as t on t.list_version = l.list_version and t.task_no = l.task_no",
        };
        yield return Fraction(form, "progress_percent", limits);
        yield return new(
            "V23",
            Severity.Warning,
            form,
            "progress_percent",
            "l.progress_percent < b.progress_percent and l.progress_percent >= 0",
            new("累计完成进度 {0}% 低于上月止的 {1}%", "progress of {0} % is less than the {1} % of the month before"),
            Explain,
            "l.progress_percent",
            "b.progress_percent"
        )
        {
            Joins =
                $"join {Rule.Accepted}task_ledger as b on b.enterprise_code = l.enterprise_code and b.list_version = l.list_version and b.task_no = l.task_no and b.period_year = l.period_year and b.period_month = l.period_month - 1",
        };
    }
}
