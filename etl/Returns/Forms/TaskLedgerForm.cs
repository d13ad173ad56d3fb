using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>The monthly ledger of the key tasks: how far each has come from January to the month.</summary>
public static class TaskLedgerForm
{
    public static readonly Form Form = new(
        "task_ledger",
        new("攻关任务月度台账", "Monthly task ledger"),
        new("一行为一项任务的一个月（1月起累计）", "one row per task and month, cumulative from January"),
        FormKind.Event,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            new("list_version", FieldType.Identifier, new("清单版本", "Version of the list")) { Required = true },
            new("task_no", FieldType.Identifier, new("任务编号", "Task number")) { Required = true },
            Coded("task_status", "任务状态", "Status of task", "task_status"),
            new("progress_percent", FieldType.Percent, new("累计完成进度", "Progress to date")) { Required = true, Unit = Unit.Percent },
            new("actual_start", FieldType.Date, new("实际启动日期", "Actual start")),
            new("actual_end", FieldType.Date, new("实际完成日期", "Actual completion")),
            new("evidence", FieldType.Text, new("佐证材料", "Evidence")),
            Note,
        ]
    )
    {
        Sent = Cadence.Months,
        Key = ["list_version", "task_no"],
    };
}
