using System.Collections.Immutable;
using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>
/// One group on a page or two: its figures with their places among the groups, its part in the programme's targets, its tasks, its evaluation,
/// and how complete its returns are.
/// </summary>
internal sealed class GroupSheet(PublishedRelease release, int year, Category group, IReadOnlyList<DrawnChart> charts)
{
    private const int Years = 3,
        MostRevisions = 12,
        LongestTitle = 60;

    /// <summary>The figures told, where the release has them by group.</summary>
    internal static readonly string[] Shown =
    [
        "rd_expense",
        "rd_intramural",
        "revenue",
        "rd_intensity",
        "rd_fte",
        "rd_expense_per_fte",
        "projects",
        "patents_filed",
        "patents_granted",
        "platforms",
        "innovative_enterprises",
        "achievements",
        "academicians",
        "flexible_recruits",
    ];

    private readonly Numbering _numbers = new();
    private readonly Comparison _comparison = new(release, year, "group", group.Code);
    private readonly Text _name = new(Cut(group.Name.Zh), Cut(group.Name.En));

    /// <summary>Spend and intensity over the years, the intensity against that of all enterprises.</summary>
    public static IEnumerable<ChartDefinition> Charts(Category group) =>
        [
            new(
                "group-spend",
                Section.Enterprises,
                ChartKind.Panels,
                new("研究开发费用与研发投入强度", "R&D expense and R&D intensity"),
                new SeriesQuery("rd_expense", "group", group.Code) { Mark = Mark.Column },
                new SeriesQuery("rd_intensity", "group", group.Code) { Panel = 1, Name = new("本集团", "This group") },
                new SeriesQuery("rd_intensity") { Panel = 1, Name = Wording.Total }
            )
            {
                PanelTitles = [new("研究开发费用", "R&D expense"), new("研发投入强度", "R&D intensity")],
            },
        ];

    public ReportDocument Build() =>
        new(
            new Text($"{_name.Zh}科技创新统计表（{year}年）", $"{_name.En}: science and technology sheet, {year}"),
            new Text($"{_name.Zh}（{year}年）", $"{_name.En}, {year}"),
            AnnualDocument.Programme,
            release.Info,
            [
                Chapter("figures", new("主要指标", "Main figures"), Figures()),
                Chapter("targets", new("方案目标中的本集团", "Part in the programme's targets"), Targets()),
                Chapter("tasks", new("攻关任务", "Key tasks"), Tasks()),
                Chapter("evaluation", new("绩效评价", "Performance evaluation"), Evaluation()),
                Chapter("quality", new("数据质量", "Data quality"), Quality()),
            ]
        )
        {
            Name = "sheet",
            IsShort = true,
        };

    private Chapter Chapter(string id, Text title, IEnumerable<Block> blocks) => new(id, _numbers.Chapter(), title, [.. blocks]);

    private IEnumerable<Block> Figures()
    {
        var years = Enumerable.Range(year - Years + 1, Years).ToArray();
        yield return new DataTable(
            "t-figures",
            _numbers.Table(),
            new("主要指标及在各集团中的位次", "Main figures and places among the groups"),
            [
                Column.Of("指标", "Indicator", ColumnKind.Name),
                .. years.Select(y => new Column(Phrase.Empty.Period($"{y}", $"{y}"), ColumnKind.Number)),
                Column.Of("比上年", "On the year before", ColumnKind.Number),
                Column.Of("位次", "Place", ColumnKind.Number),
                Column.Of("全部企业", "All enterprises", ColumnKind.Number),
            ],
            [.. Shown.Where(m => years.Any(y => release.Annual(m, y, "group", group.Code) is not null)).Select(m => Row(release.Metric(m), years))]
        );
        yield return DataTable.Marks(release.Info);
        yield return Paragraph.Note(
            "位次按显示的数值由高到低，数值相同的并列；有集团未报齐时位次带非最终数标记。比上年：研究开发费用、营业收入为对本年重报同期数的增速，比率为百分点之差，其余为两年之差；不能比较的不列。",
            "Places go from high to low by what is displayed, equal values share one; while a group has not reported whole, a place carries the mark of what is not final. On the year before: for R&D expense and revenue the growth on the year as re-reported, for ratios the difference in points, for the rest the difference; none where the two cannot be compared."
        );
        foreach (var chart in charts)
            yield return new ChartBlock(_numbers.Figure(), chart, ChartTables.Of(chart.Scene));
    }

    private DataRow Row(Metric metric, int[] years)
    {
        var show = FigureText.For(metric);
        var change = _comparison.Of(metric, asGrowth: false) is { } c ? new DataCell(Phrase.Of(c.Text, c.Bound)) : DataCell.Empty;
        return new DataRow(
            Phrase.Empty.Name(metric.Name).Unit(show),
            [
                .. years.Select(y => DataCell.Of(release.Annual(metric.Code, y, "group", group.Code), show)),
                change,
                new(Place(metric)),
                DataCell.Of(release.Annual(metric.Code, year), show),
            ]
        );
    }

    /// <summary>The place among the groups by what is displayed; none of a flash figure or one whose group has not reported whole.</summary>
    private Phrase Place(Metric metric)
    {
        if (release.Annual(metric.Code, year, "group", group.Code) is not { Value: { } value } own || own.IsFlash || own.Missing > 0)
            return Phrase.Empty;
        var show = FigureText.For(metric);
        var all = release.Series(metric.Code, "group").Where(f => f.Year == year).ToArray();
        var others = all.Where(f => f.Value is not null).Select(f => show.Rounded(f.Value!.Value)).ToArray();
        var tied = others.Count(o => o == show.Rounded(value)) > 1;
        // Where all display the same nobody stands anywhere.
        if (others.Distinct().Count() < 2)
            return Phrase.Empty;
        var place = Phrase.Empty.Count(1 + others.Count(o => o > show.Rounded(value)), own.Key("rank")).Say("/", "/").Count(others.Length, own.Key("ranked"));
        if (tied)
            place = place.Say("（并列）", " (tied)");
        return all.Any(f => f.IsFlash || f.Missing > 0 || f.Status == FigureStatus.Suppressed) ? place.Mark() : place;
    }

    private IEnumerable<Block> Targets()
    {
        var rows = release
            .Targets.Where(t => !t.IsReference && t.Breakdown == "total")
            .Select(t => (Target: t, Own: release.Annual(t.Metric, year, "group", group.Code), All: release.Annual(t.Metric, year)))
            .Where(t => t.Own?.Value is not null)
            .Select(t => new DataRow(
                Phrase.Empty.Name(t.Target.Name),
                [
                    new(TargetTables.Value(t.Target)),
                    new(t.Target.DueYear is { } due ? Phrase.Empty.Period($"{due}年", $"{due}") : Phrase.Empty),
                    DataCell.Of(t.All, FigureText.For(release.Metric(t.Target.Metric))),
                    DataCell.Of(t.Own, FigureText.For(release.Metric(t.Target.Metric))),
                ]
            ))
            .ToImmutableArray();
        if (rows.Length == 0)
        {
            yield return new Paragraph(
                Phrase.Empty.Say(
                    "方案的目标为全部省属企业的目标，没有分解到集团，本集团也没有相应的数字。",
                    "The programme's targets are those of all enterprises together and are not broken down to groups; of their measures this group has no figure."
                )
            );
            yield break;
        }

        yield return new DataTable(
            "t-part",
            _numbers.Table(),
            new("方案目标、全部企业与本集团", "Targets of the programme, all enterprises and this group"),
            [
                Column.Of("目标", "Target", ColumnKind.Name),
                Column.Of("目标值", "Value", ColumnKind.Number),
                Column.Of("期限", "Due", ColumnKind.Words),
                Column.Of("全部企业", "All enterprises", ColumnKind.Number),
                Column.Of("本集团", "This group", ColumnKind.Number),
            ],
            rows
        );
        yield return Paragraph.Note(
            "目标为全部省属企业的目标，没有分解到集团；本集团数是其中的一部分，不是本集团的完成情况。目标的来源见年度报告。",
            "The targets are those of all enterprises together and are not broken down to groups: the group's figure is a part, not an attainment of its own. Their sources stand in the annual report."
        );
    }

    private IEnumerable<Block> Tasks()
    {
        var month = TaskTables.Last(release, year);
        if (month.Count == 0)
        {
            yield return TaskTables.NoLedger(release, year);
            yield break;
        }

        var tables = new TaskTables(release, _numbers);
        TaskMonth[] own = [.. month.Where(t => t.Groups.Contains(group.Code))];
        if (own.Length == 0)
        {
            yield return new Paragraph(
                Phrase
                    .Empty.Period($"{month[0].Period}", $"{month[0].Period}")
                    .Say("台账中本集团没有承担攻关任务。", ": the group carries none of the ledger's key tasks.")
            );
            yield break;
        }

        yield return tables.OfGroup("t-standing", own, group.Code);
        foreach (var block in tables.LateOr("t-late", own, new("没有滞后或逾期的任务。", "None of them is late or overdue.")))
            yield return block;
    }

    private IEnumerable<Block> Evaluation()
    {
        var scores = release.Scores.Where(s => s.Year == year && s.Group == group.Code).ToArray();
        if (scores.Length == 0)
            yield return new Paragraph(
                Phrase
                    .Empty.Say("本发布版本没有本集团", "The release has no evaluation of this group for ")
                    .Period($"{year}年", $"{year}")
                    .Say("的绩效评价。", ".")
            );
        var chapter = new EvaluationChapter(release, year, _numbers);
        foreach (var score in scores)
        {
            if (chapter.Caution(score) is { } caution)
                yield return caution;
            foreach (var block in chapter.Sheet(score))
                yield return block;
        }
    }

    private IEnumerable<Block> Quality()
    {
        if (release.Annual("rd_expense", year, "group", group.Code) is { } spend)
            yield return new Paragraph(Coverage(spend));
        var revisions = release
            .Revisions.Where(r =>
                r.Breakdown == "group" && r.Category == group.Code && r.Period == year.ToString(System.Globalization.CultureInfo.InvariantCulture)
            )
            .ToArray();
        if (revisions.Length == 0)
        {
            yield return new Paragraph(
                Phrase.Empty.Period($"{year}年", $"The figures of {year} ").Say("数字首次发布以来没有修订。", "have not been revised since first publication.")
            );
            yield break;
        }

        yield return new DataTable(
            "t-revised",
            _numbers.Table(),
            new($"{year}年数字首次发布以来的修订", $"Revisions of the figures of {year} since first publication"),
            [Column.Of("指标", "Indicator", ColumnKind.Name), .. RevisionTables.RevisedColumns],
            [
                .. revisions
                    .Take(MostRevisions)
                    .Select(r =>
                    {
                        var show = FigureText.For(release.Metric(r.Metric));
                        return new DataRow(Phrase.Empty.Name(release.Metric(r.Metric).Name).Unit(show), [.. RevisionTables.Cells(r, show)]);
                    }),
            ]
        );
        if (revisions.Length > MostRevisions)
            yield return Paragraph.Note("未全部列出；全部见 published.revision。", "Not all are shown; the rest stand in published.revision.");
    }

    /// <summary>At what stage the returns of the group are, and who of it has not reported.</summary>
    private Phrase Coverage(Figure spend)
    {
        var phrase = Phrase.Empty.Period($"{year}年", $"The returns of {year} ");
        phrase =
            spend.Stage.Length > 0 && Wording.Stage(spend.Stage) is var stage
                ? phrase.Say($"报表处于{stage.Zh}阶段", $"are at the {stage.En} stage")
                : phrase.Say("报表", "are as received");
        if (spend.Missing == 0)
            return phrase.Say("；本集团没有未报的单位。", "; no enterprise of the group is missing.");
        phrase = phrase
            .Say("；本集团尚有", "; ")
            .Count(spend.Missing, spend.Key("missing"))
            .Say("户未报", spend.Missing == 1 ? " enterprise of the group has not reported" : " enterprises of the group have not reported");
        if (spend is { Response: { } response, Coverage: { } coverage })
            phrase = phrase
                .Say("，回收率", "; response ")
                .Say(response, TaskMonth.Percent, spend.Key("response_percent"))
                .Say("，按上年收入计", ", by last revenue ")
                .Say(coverage, TaskMonth.Percent, spend.Key("coverage_percent"));
        return phrase.Say("；其数缺失，不是减少。", "; their figures are missing, not gone.");
    }

    private static string Cut(string name) =>
        name.Length <= LongestTitle ? name : string.Concat(name.EnumerateRunes().Take(LongestTitle).Select(r => r.ToString())) + "…";
}
