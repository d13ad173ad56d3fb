using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>The annual list of key tasks, in the version in which it was issued.</summary>
public static class TaskForm
{
    public static readonly Form Form = new(
        "tasks",
        new("年度攻关任务清单", "Annual key tasks"),
        new("一行为清单中的一项任务", "one row per task of the list"),
        FormKind.Event,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            new("list_version", FieldType.Identifier, new("清单版本", "Version of the list")) { Required = true },
            new("task_no", FieldType.Identifier, new("任务编号", "Task number")) { Required = true },
            new("task_name", FieldType.Text, new("任务名称", "Task")) { Required = true },
            Coded("task_field", "任务领域", "Field of task", "task_field"),
            Coded("task_kind", "任务类别", "Kind of task", "task_kind"),
            new("planned_start", FieldType.Date, new("计划启动日期", "Planned start")) { Required = true },
            new("planned_end", FieldType.Date, new("计划完成日期", "Planned completion")) { Required = true },
            Note,
        ]
    )
    {
        Sent = Cadence.Either,
        Key = ["list_version", "task_no"],
    };
}
