using System.Collections.Immutable;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>The annual report as a document: its chapters in order, and what each holds.</summary>
/// <param name="since">What changed since the edition before; null where there is none.</param>
internal sealed class AnnualDocument(
    PublishedRelease release,
    int year,
    IReadOnlyList<DrawnChart> charts,
    IReadOnlyList<Text> omitted,
    EditionChanges? since = null
)
{
    private const string Summary = "summary",
        About = "about";

    private static readonly (string Id, Section? Charts, Text Title)[] Outline =
    [
        (Summary, null, new("摘要", "Key messages")),
        (About, null, new("编制说明", "About this report")),
        ("overview", Section.Overview, new("概览", "Overview")),
        ("spend", Section.Spend, new("研发投入", "R&D spend")),
        ("structure", Section.Structure, new("研发投入结构", "Structure of R&D spend")),
        ("enterprises", Section.Enterprises, new("分企业集团", "By enterprise group")),
        ("patents-chapter", Section.Patents, new("专利", "Patents")),
        ("awards-chapter", Section.Awards, new("科技奖励", "Awards")),
        ("capacity", Section.Capacity, new("项目、平台、企业与人才", "Projects, platforms, enterprises and people")),
        ("tasks", Section.Tasks, new("攻关任务", "Key tasks")),
        ("policies", Section.Policies, new("数字化场景、策源地与政策落实", "Digital scenes, original-technology sources and uptake of policies")),
        ("monthly", Section.Monthly, new("月度进展", "Monthly progress")),
        ("targets", Section.Targets, new("目标与进展", "Targets and progress")),
        ("evaluation", Section.Evaluation, new("绩效评价", "Performance evaluation")),
        ("quality", Section.Quality, new("数据质量与回收", "Data quality and response")),
        ("methods", null, new("方法与指标解释", "Methods and definitions")),
        ("revisions", Section.Revisions, new("修订与名录变动", "Revisions and changes of the register")),
        ("appendix", null, new("附表", "Appendix tables")),
        ("footnotes", null, new("附注", "Footnotes")),
        ("cite", null, new("引用与更改记录", "How to cite, and what has changed")),
    ];

    internal static readonly Text Programme = new(
        "《省属企业科技创新“1551”工程实施方案（2024—2028年）》",
        "Implementation plan of the \"1551\" project for S&T innovation of provincial state-owned enterprises (2024–2028)"
    );

    private readonly Numbering _numbers = new();
    private readonly Findings _findings = new(release, year);

    public ReportDocument Build() =>
        new(
            new Text(
                $"省属企业科技创新统计年度报告（{year}年）",
                $"Annual statistical report on science and technology of provincial state-owned enterprises, {year}"
            ),
            new Text($"科技创新统计年报（{year}年）", $"S&T statistics, {year}"),
            Programme,
            release.Info,
            Chapters()
        );

    /// <summary>All chapters; the first two, which lead to the others, are filled when all are known.</summary>
    private ImmutableArray<Chapter> Chapters()
    {
        Chapter[] chapters = [.. Outline.Select(c => new Chapter(c.Id, _numbers.Chapter(), c.Title, [.. Blocks(c.Id, c.Charts)]))];
        var front = new FrontMatter(release, year, _findings);
        return
        [
            .. chapters.Select(c =>
                c.Id switch
                {
                    Summary => c with { Blocks = [.. front.KeyMessages(chapters)] },
                    About => c with { Blocks = [.. front.About()] },
                    _ => c,
                }
            ),
        ];
    }

    private IEnumerable<Block> Blocks(string id, Section? section)
    {
        var evaluation = new EvaluationChapter(release, year, _numbers);
        if (section == Section.Evaluation)
            foreach (var block in evaluation.Cautions())
                yield return block;
        if (section is { } of && _findings.Of(of) is { Count: > 0 } sentences)
            yield return new Points([.. sentences]);
        if (section == Section.Overview)
        {
            yield return new MainFigures(release, year).Block;
            foreach (var block in new MainTable(release, year, _numbers).Blocks())
                yield return block;
            foreach (var block in new Scorecard(release, year, _numbers).Blocks())
                yield return block;
        }

        foreach (var chart in charts.Where(c => c.Scene.Definition.Section == section))
            yield return new ChartBlock(_numbers.Figure(), chart, ChartTables.Of(chart.Scene));
        foreach (var table in new FigureTables(release, year, _numbers).Of(id))
            yield return table;
        var annexes = new Annexes(release, year, _numbers);
        var edition = new EditionTables(release, year, since, _numbers);
        foreach (
            var block in id switch
            {
                "spend" => annexes.Changes(),
                "enterprises" => new ContributionTable(release, year, _numbers).Blocks(),
                "capacity" => new CapacityTables(release, year, _numbers).Blocks(),
                "tasks" => Tasks(),
                "targets" => new TargetTables(release, year, _numbers).Blocks().Concat(new ForecastTables(release, year, _numbers).Blocks()),
                "evaluation" => evaluation.Tables(),
                "quality" => annexes
                    .Responses()
                    .Concat(annexes.Coverage())
                    .Concat(annexes.Withheld())
                    .Concat(annexes.Quality(omitted))
                    .Concat(new Uncollected(_numbers).Blocks()),
                "methods" => annexes.Definitions(),
                "revisions" => edition.Blocks().Concat(new RevisionTables(release, year, _numbers).Blocks()),
                "footnotes" => annexes.Footnotes(),
                "cite" => new BackMatter(release, year).Cite(edition.Words()),
                _ => [],
            }
        )
            yield return block;
        foreach (var box in BackMatter.Box(id))
            yield return box;
    }

    /// <summary>Where the tasks stand at the end of the year's ledger, by field and by group, and which are late; without a ledger, that there is none.</summary>
    private IEnumerable<Block> Tasks()
    {
        var month = TaskTables.Last(release, year);
        if (month.Count == 0)
        {
            yield return TaskTables.NoLedger(release, year);
            yield break;
        }

        var tables = new TaskTables(release, _numbers);
        yield return tables.ByStanding("t-task-field", month, "task_field");
        yield return tables.ByStanding("t-task-group", month, "group");
        yield return Paragraph.Note(
            "由两个以上集团承担的任务在各集团分别计数，合计只计一次。",
            "A task that several groups carry counts in each of them and once in the total."
        );
        foreach (var block in tables.LateOr("t-task-late", month, new("没有滞后或逾期的任务。", "No task is late or overdue.")))
            yield return block;
    }
}
