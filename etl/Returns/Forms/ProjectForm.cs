using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>R&amp;D projects after the layout of form 107-1: level and mechanism, funds, the year's person-months and expense.</summary>
public static class ProjectForm
{
    public static readonly Form Form = new(
        "projects",
        new("研究开发项目情况", "R&D projects"),
        new("一行为一个项目的一个年度", "one row per project and year"),
        FormKind.Event,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            new("project_no", FieldType.Identifier, new("项目编号", "Project number")) { Required = true },
            new("project_name", FieldType.Text, new("项目名称", "Project")) { Required = true },
            Coded("project_level", "项目级别", "Level of project", "project_level") with
            {
                Headings = [new(2020, "课题级别"), new(2023, "项目级别")],
            },
            Coded("project_mechanism", "组织方式", "Mechanism", "project_mechanism", required: false),
            Coded("project_status", "项目状态", "State of project", "project_status"),
            new("start_date", FieldType.Date, new("立项日期", "Start date")) { Required = true },
            new("end_date", FieldType.Date, new("计划或实际完成日期", "Planned or actual completion")),
            Count("participants_persons", "参加项目人员", "Participants", Unit.Person),
            Count("person_months", "人员实际工作时间", "Person-months worked", Unit.PersonMonth) with
            {
                Type = FieldType.Amount,
            },
            Money("funds_approved_wan", "批复经费总额", "Funds approved, total"),
            Money("funds_arrived_wan", "累计到位经费", "Funds arrived, cumulative"),
            Money("expense_wan", "本年项目经费支出", "Project expense of the year"),
            Money("expense_gov_wan", "其中：政府资金支出", "of which: from government funds"),
            Note,
        ]
    )
    {
        Key = ["project_no"],
        Editions = [2020, 2023],
    };
}
