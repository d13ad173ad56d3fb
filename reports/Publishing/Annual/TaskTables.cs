using System.Collections.Immutable;
using Innovation1551.Models;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>The key tasks at the end of one month: how many stand where, and which are late.</summary>
internal sealed class TaskTables(PublishedRelease release, Numbering numbers)
{
    /// <summary>The tasks as they stood at the end of the last month of a year's ledger; none without one.</summary>
    public static IReadOnlyList<TaskMonth> Last(PublishedRelease release, int year) =>
        release.Tasks.Where(t => t.Year == year).GroupBy(t => t.Period).MaxBy(m => m.Key, StringComparer.Ordinal)?.ToArray() ?? [];

    /// <summary>Says that a year has no ledger, and which months have one.</summary>
    public static Paragraph NoLedger(PublishedRelease release, int year)
    {
        var months = release.Tasks.Select(t => t.Period).Distinct().Order(StringComparer.Ordinal).ToArray();
        var phrase = Phrase
            .Empty.Say("没有", "There is no monthly ledger of ")
            .Period($"{year}年", $"{year}")
            .Say("的攻关任务月度台账，因此没有研判状态和滞后清单", ", and so neither standings nor a list of late tasks");
        if (months is [var first, ..])
            phrase = phrase
                .Say("；有台账的月份为", "; there are ledgers from ")
                .Period(first == months[^1] ? first : $"{first}至{months[^1]}", first == months[^1] ? first : $"{first} to {months[^1]}")
                .Say("，见攻关任务月报", ", told in the monthly bulletin");
        return new Paragraph(phrase.Say("。", "."));
    }

    /// <summary>How many tasks of each field, or of each group that carries some, stand where. A task of two groups counts in both and once in the total.</summary>
    public DataTable ByStanding(string id, IReadOnlyList<TaskMonth> tasks, string breakdown)
    {
        var period = tasks[0].Period;
        var standings = Standings(tasks);
        var rows = tasks
            .SelectMany(t => breakdown == "group" ? t.Groups.Select(g => (Category: g, Task: t)) : [(Category: t.Field, Task: t)])
            .GroupBy(t => t.Category, t => t.Task)
            .OrderBy(g => release.Category(breakdown, g.Key).SortOrder)
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Row(Phrase.Empty.Name(release.Category(breakdown, g.Key).Name), breakdown, g.Key, [.. g]))
            .Append(Row(Phrase.Of(Wording.Sum), "total", "all", tasks));
        return new DataTable(
            id,
            numbers.Table(),
            breakdown == "group"
                ? new($"{period} 各企业集团攻关任务研判状态（项）", $"Key tasks of each group by standing, {period}")
                : new($"{period} 各领域攻关任务研判状态（项）", $"Key tasks of each field by standing, {period}"),
            [
                breakdown == "group" ? Column.Of("企业集团", "Group", ColumnKind.Name) : Column.Of("领域", "Field", ColumnKind.Name),
                Column.Of("任务", "Tasks", ColumnKind.Number),
                .. standings.Select(s => new Column(Phrase.Empty.Name(s.Name), ColumnKind.Number)),
            ],
            [.. rows]
        );

        DataRow Row(Phrase name, string by, string category, IReadOnlyCollection<TaskMonth> own) =>
            new(
                name,
                [
                    DataCell.Count(own.Count, TaskMonth.CountKey(period, by, category, "all")),
                    .. standings.Select(s => DataCell.Count(own.Count(t => t.Standing == s.Code), TaskMonth.CountKey(period, by, category, s.Code))),
                ]
            );
    }

    /// <summary>The tasks of one group by field.</summary>
    public DataTable OfGroup(string id, IReadOnlyList<TaskMonth> own, string group)
    {
        var (period, standings) = (own[0].Period, Standings(own));
        return new DataTable(
            id,
            numbers.Table(),
            new($"{period} 本集团攻关任务研判状态（项）", $"Key tasks of the group by standing, {period}"),
            [
                Column.Of("时间", "Month", ColumnKind.Name),
                Column.Of("任务", "Tasks", ColumnKind.Number),
                .. standings.Select(s => new Column(Phrase.Empty.Name(s.Name), ColumnKind.Number)),
            ],
            [
                new DataRow(
                    Phrase.Empty.Period(period, period),
                    [
                        DataCell.Count(own.Count, TaskMonth.CountKey(period, "group", group, "all")),
                        .. standings.Select(s => DataCell.Count(own.Count(t => t.Standing == s.Code), TaskMonth.CountKey(period, "group", group, s.Code))),
                    ]
                ),
            ]
        );
    }

    /// <summary>The standings that occur, in the order of their list.</summary>
    public IReadOnlyList<(string Code, Text Name)> Standings(IEnumerable<TaskMonth> tasks) =>
        [
            .. tasks
                .Select(t => (t.Standing, t.StandingName))
                .DistinctBy(s => s.Standing)
                .OrderBy(s => release.Category("task_standing", s.Standing).SortOrder)
                .ThenBy(s => s.Standing, StringComparer.Ordinal),
        ];

    /// <summary>The late tasks of a month by enterprise and field, with the rule that says so; none where none is late.</summary>
    private DataTable? Late(string id, IEnumerable<TaskMonth> tasks)
    {
        var late = tasks
            .Where(t => t.IsLate)
            .OrderBy(t => t.Enterprises, StringComparer.Ordinal)
            .ThenBy(t => release.Category("task_field", t.Field).SortOrder)
            .ThenBy(t => t.No, StringComparer.Ordinal)
            .ToArray();
        return late.Length == 0
            ? null
            : new DataTable(
                id,
                numbers.Table(),
                new($"{late[0].Period} 滞后和逾期的攻关任务", $"Key tasks late or overdue, {late[0].Period}"),
                [
                    Column.Of("承担单位", "Enterprise", ColumnKind.Name),
                    Column.Of("领域", "Field", ColumnKind.LongWords),
                    Column.Of("任务", "Task", ColumnKind.LongWords),
                    Column.Of("计划进度（%）", "Planned (%)", ColumnKind.Number),
                    Column.Of("上报进度（%）", "Reported (%)", ColumnKind.Number),
                    Column.Of("落后（百分点）", "Behind (points)", ColumnKind.Number),
                    Column.Of("剩余天数", "Days left", ColumnKind.Number),
                    Column.Of("判定", "Judged", ColumnKind.LongWords),
                ],
                [.. late.Select(Late)]
            );
    }

    /// <summary>The list of late tasks with what it means; where none is late, the sentence that says so.</summary>
    public IEnumerable<Block> LateOr(string id, IEnumerable<TaskMonth> tasks, Text none) =>
        Late(id, tasks) is { } late ? [late, LateNote] : [new Paragraph(Phrase.Empty.Say(none.Zh, none.En))];

    private DataRow Late(TaskMonth t) =>
        new(
            Phrase.Empty.Name(Text.Same(t.Enterprises)),
            [
                new(Phrase.Empty.Name(release.Category("task_field", t.Field).Name)),
                new(Name(t)),
                .. Numbers(t),
                new(Phrase.Empty.Name(t.StandingName).Say("：", ": ").Name(t.Rule)),
            ]
        );

    /// <summary>Planned, reported, behind, days left.</summary>
    public static IEnumerable<DataCell> Numbers(TaskMonth t) =>
        [
            Number(t.Planned, t.Key("planned_percent"), TaskMonth.Percent),
            Number(t.Progress, t.Key("progress_percent"), TaskMonth.Percent),
            Number(t.Behind, t.Key("behind_points"), TaskMonth.Percent),
            Number(t.DaysLeft, t.Key("days_left"), TaskMonth.Days),
        ];

    /// <summary>What stands below a list of late tasks.</summary>
    public static readonly Paragraph LateNote = Paragraph.Note(
        "计划进度按计划起止日期均匀计算；剩余天数由月末至计划完成日期，负数为已逾期；由规则判定，不以单位自报状态为准。",
        "Planned progress is even from planned start to completion; days left run from the end of the month to the planned completion, below zero once it is past; judged by rules and not by the reporter's word."
    );

    /// <summary>Number and name of a task; the list's own number comes first.</summary>
    public static Phrase Name(TaskMonth t) => Phrase.Empty.Name(Text.Same(t.No)).Say(" ", " ").Name(Text.Same(t.Name));

    private static DataCell Number(decimal? value, Bound bound, FigureText show) =>
        value is null ? DataCell.Empty : DataCell.Of(bound, value, FigureStatus.Actual, show);
}
