using System.Collections.Immutable;
using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>The key tasks of a month on a page: where they stand, what has changed since the month before, which are late.</summary>
internal sealed class BulletinDocument
{
    private const string Rules = "rule";

    /// <summary>The figures at the head; their names are short here, for the title says what they are of.</summary>
    private static readonly (string Metric, Text Name)[] Shown =
    [
        ("task_done_share_month", new("完成率", "Share done")),
        ("task_progress_month", new("平均进度", "Average progress")),
        ("tasks_late_month", new("滞后和逾期", "Late or overdue")),
        ("tasks_unreported_month", new("当月未报", "Not reported")),
    ];

    private readonly PublishedRelease _release;
    private readonly Numbering _numbers = new();
    private readonly TaskTables _tables;
    private readonly TaskMonth[] _tasks;
    private readonly TaskChanges? _changes;
    private readonly string _month;

    /// <param name="month">A month of which the release has a ledger.</param>
    public BulletinDocument(PublishedRelease release, string month)
    {
        (_release, _month, _tables) = (release, month, new TaskTables(release, _numbers));
        _tasks = [.. release.Tasks.Where(t => t.Period == month)];
        _changes = TaskChanges.Of(release, _tasks);
    }

    public ReportDocument Build()
    {
        var (year, month) = (_tasks[0].Year, _tasks[0].Month);
        var english = $"{CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[month - 1]} {year.ToString(CultureInfo.InvariantCulture)}";
        return new(
            new Text($"省属企业科技创新攻关任务月报（{year}年{month}月）", $"Key tasks of provincial state-owned enterprises, {english}"),
            new Text($"攻关任务月报（{year}年{month}月）", $"Key tasks, {english}"),
            AnnualDocument.Programme,
            _release.Info,
            [
                new Chapter("standing", _numbers.Chapter(), new("研判状态", "Where they stand"), [.. Standing()]),
                new Chapter("changes", _numbers.Chapter(), new("比上月的变化", "What changed since the month before"), [.. Changes()]),
                new Chapter("late", _numbers.Chapter(), new("滞后和逾期任务", "Late and overdue tasks"), [.. Late()]),
            ]
        )
        {
            IsShort = true,
        };
    }

    private IEnumerable<Block> Standing()
    {
        yield return new KeyFigures([
            .. from shown in Shown
            let figure = Monthly(shown.Metric, _month)
            where figure?.Value is not null
            select Card(_release.Metric(shown.Metric) with { Name = shown.Name }, figure, _changes is null ? null : Monthly(shown.Metric, _changes.Before)),
        ]);
        var standings = _tables.Standings(_changes is null ? _tasks : [.. _tasks, .. _changes.StandingBefore.Values]);
        List<DataRow> rows = [Row(_month, _tasks)];
        if (_changes is { Before: var before })
        {
            rows.Add(Row(before, [.. _changes.StandingBefore.Values]));
            rows.Add(new DataRow(Phrase.Empty.Say("变化", "Change"), [Difference("all", before), .. standings.Select(s => Difference(s.Code, before))]));
        }

        yield return new DataTable(
            "t-standing",
            _numbers.Table(),
            new("攻关任务按研判状态（项）", "Key tasks by standing"),
            [
                Column.Of("月末", "End of", ColumnKind.Name),
                Column.Of("任务", "Tasks", ColumnKind.Number),
                .. standings.Select(s => new Column(Phrase.Empty.Name(s.Name), ColumnKind.Number)),
            ],
            [.. rows]
        );

        DataRow Row(string period, IReadOnlyCollection<TaskMonth> tasks) =>
            new(
                Phrase.Empty.Period(period, period),
                [
                    DataCell.Count(tasks.Count, Key(period, "all")),
                    .. standings.Select(s => DataCell.Count(tasks.Count(t => t.Standing == s.Code), Key(period, s.Code))),
                ]
            );

        DataCell Difference(string code, string then)
        {
            var now = code == "all" ? _tasks.Length : _tasks.Count(t => t.Standing == code);
            var was = code == "all" ? _changes!.StandingBefore.Count : _changes!.StandingBefore.Values.Count(t => t.Standing == code);
            return DataCell.Of(
                Bound.Derived("difference", Key(_month, code).Value, Key(then, code).Value),
                now - was,
                FigureStatus.Actual,
                TaskMonth.Days with
                {
                    IsChange = true,
                }
            );
        }
    }

    private static Bound Key(string period, string standing) => TaskMonth.CountKey(period, "total", "all", standing);

    private Figure? Monthly(string metric, string period) =>
        _release.Series(metric, "total", PeriodKind.Month).FirstOrDefault(f => f.Period == period && f.Category == "all");

    private static KeyFigure Card(Metric metric, Figure figure, Figure? before)
    {
        var show = FigureText.For(metric);
        var value = show.Number(figure.Value!.Value);
        var change = Phrase.Empty;
        if (before?.Value is { } was)
        {
            var difference = (metric.Unit == "percent" ? show with { Unit = FigureText.PercentagePoints } : show) with { IsChange = true };
            var (more, bound) = (figure.Value.Value - was, Bound.Derived("difference", figure.Id, before.Id));
            change =
                show.Rounded(figure.Value.Value) == show.Rounded(was)
                    ? Phrase.Of(new Text("与上月持平", "unchanged on the month before"), bound)
                    : Phrase
                        .Empty.Say("比上月", "")
                        .With(new Run(new Text(difference.ProseSigned(more, Language.Zh), difference.ProseSigned(more, Language.En)), bound))
                        .Say("", " on the month before");
        }
        return new KeyFigure(metric.Name, Phrase.Of(new Text(value, value), Bound.Figure(figure.Id)), show.Unit, change, Phrase.Empty);
    }

    private IEnumerable<Block> Changes()
    {
        if (_changes is null)
        {
            yield return new Paragraph(
                Phrase
                    .Empty.Period(_month, _month)
                    .Say("是本年台账的第一个月，没有可比的上月。", " is the first month of the year's ledger: there is none to compare with.")
            );
            yield break;
        }

        Phrase[] sentences =
        [
            .. Told(_changes.NewlyLate, "newly_late", "新增滞后和逾期", "Newly late or overdue, "),
            .. Told(_changes.NewlyDone, "newly_done", "新完成", "Newly done, "),
            .. Told(_changes.LateNoMore, "late_no_more", "不再滞后", "Late no more, "),
            .. Told(_changes.Listed, "listed", "新列入清单", "New on the list, "),
            .. Told(_changes.Struck, "struck", "移出清单", "No longer on the list, "),
            .. Moved(),
        ];
        yield return sentences.Length > 0
            ? new Points([.. sentences])
            : new Paragraph(
                Phrase
                    .Empty.Period($"与{_changes.Before}相比，", $"Since {_changes.Before} ")
                    .Say("没有任务的状态有变化。", "no task has changed its standing.")
            );
        if (
            DateOnly
                .ParseExact(_changes.Before + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture)
                .AddMonths(1)
                .ToString("yyyy-MM", CultureInfo.InvariantCulture) != _month
        )
            yield return new Paragraph(
                Phrase.Empty.Period($"上月没有台账，与{_changes.Before}相比。", $"The month before has no ledger; compared with {_changes.Before}."),
                IsNote: true
            );
    }

    /// <summary>How many, and their numbers; the names stand in the list of the late ones and in the ledger.</summary>
    private IEnumerable<Phrase> Told(IReadOnlyList<TaskMonth> tasks, string key, string chinese, string english)
    {
        if (tasks.Count == 0)
            yield break;
        var phrase = Phrase.Empty.Say(chinese, english).Count(tasks.Count, _changes!.Key(key)).Say("项：", ": ");
        for (var i = 0; i < tasks.Count; i++)
            phrase = phrase.Say(i == 0 ? "" : "、", i == 0 ? "" : ", ").Name(new Text(tasks[i].No, tasks[i].No));
        yield return phrase.Say("。", ".");
    }

    private IEnumerable<Phrase> Moved()
    {
        var moves = _changes!
            .Moved.GroupBy(m => (From: m.Was.Standing, To: m.Is.Standing))
            .OrderByDescending(g => g.Count())
            .ThenBy(g => _release.Category("task_standing", g.Key.From).SortOrder)
            .ThenBy(g => _release.Category("task_standing", g.Key.To).SortOrder)
            .ToArray();
        if (moves.Length == 0)
            yield break;
        var phrase = Phrase.Empty.Say("其他变化：", "Other changes: ");
        for (var i = 0; i < moves.Length; i++)
        {
            var (was, now) = moves[i].First();
            phrase = phrase
                .Say(i == 0 ? "" : "；", i == 0 ? "" : "; ")
                .Name(was.StandingName)
                .Say("转为", " to ")
                .Name(new Text(now.StandingName.Zh, now.StandingName.En))
                .Say("", ", ")
                .Count(moves[i].Count(), _changes.Key($"{was.Standing}/{now.Standing}"))
                .Say("项", "");
        }
        yield return phrase.Say("。", ".");
    }

    private IEnumerable<Block> Late()
    {
        var late = _tasks.Where(t => t.IsLate).OrderBy(t => t.Enterprises, StringComparer.Ordinal).ThenBy(t => t.No, StringComparer.Ordinal).ToArray();
        if (late.Length == 0)
        {
            yield return new Paragraph(Phrase.Empty.Say("没有滞后或逾期的任务。", "No task is late or overdue."));
            yield break;
        }

        var rules = late.Select(t => (t.StandingName, t.Rule)).Distinct().ToList();
        yield return new DataTable(
            "t-late",
            _numbers.Table(),
            new("滞后和逾期的攻关任务", "Key tasks late or overdue"),
            [
                Column.Of("承担单位", "Enterprise", ColumnKind.Name),
                Column.Of("任务", "Task", ColumnKind.LongWords),
                Column.Of("计划（%）", "Planned (%)", ColumnKind.Number),
                Column.Of("上报（%）", "Reported (%)", ColumnKind.Number),
                Column.Of("落后（百分点）", "Behind (points)", ColumnKind.Number),
                Column.Of("剩余天数", "Days left", ColumnKind.Number),
                Column.Of("状态", "Standing", ColumnKind.Words),
                Column.Of("上月", "Month before", ColumnKind.Words),
            ],
            [
                .. late.Select(t => new DataRow(
                    Phrase.Empty.Name(new Text(t.Enterprises, t.Enterprises)),
                    [
                        new(TaskTables.Name(t)),
                        .. TaskTables.Numbers(t),
                        new(Phrase.Empty.Name(t.StandingName).Say("", " ").With(Reference(rules.IndexOf((t.StandingName, t.Rule)) + 1))),
                        new(_changes?.StandingBefore.GetValueOrDefault(t.No) is { } was ? Phrase.Empty.Name(was.StandingName) : Phrase.Empty),
                    ]
                )),
            ]
        );
        yield return new Numbered(Rules, [.. rules.Select(r => Phrase.Empty.Name(r.StandingName).Say("：", ": ").Name(r.Rule).Say("。", "."))]);
        yield return TaskTables.LateNote;
    }

    private static Run Reference(int rule)
    {
        var digits = rule.ToString(CultureInfo.InvariantCulture);
        return new Run(new Text($"[{digits}]", $"[{digits}]"), Bound.Words(Prose.Order), Target: $"{Rules}-{digits}");
    }
}
