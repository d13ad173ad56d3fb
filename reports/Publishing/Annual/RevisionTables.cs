using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>The revision triangles of the main amounts, what moved them, how far each stage lies from what came of it, and who changed in the register.</summary>
internal sealed class RevisionTables(PublishedRelease release, int year, Numbering numbers)
{
    private const int MostChanges = 60,
        MostRevisions = 300;
    private static readonly string[] Triangles = ["rd_expense", "rd_intramural", "revenue"];
    private static readonly FigureText Percent = FigureText.Percents(2, isChange: true);

    public IEnumerable<Block> Blocks()
    {
        foreach (var metric in Triangles)
            if (Triangle(metric) is { } triangle)
                yield return triangle;
        if (release.Vintages.Any(v => v.Year <= year))
            yield return Paragraph.Note(
                "各列为该年年末所知之数；标 p 的当时回收尚不齐。沿一行看修订，沿对角线看各年首次所知。",
                "Each column is what was known at the end of its year; those marked p were not yet of all returns. A row shows the revisions, the diagonal what was known first."
            );
        foreach (var block in Revised())
            yield return block;
        if (Stages() is { } stages)
            yield return stages;
        if (Register() is { } register)
            yield return register;
    }

    /// <summary>Years down the page, what was known at the end of each later year across.</summary>
    private DataTable? Triangle(string code)
    {
        var known = release.Vintages.Where(v => v.Metric == code && v.Year <= year).ToArray();
        if (known.Length == 0)
            return null;
        var metric = release.Metric(code);
        var show = FigureText.For(metric);
        var ends = Enumerable.Range(known.Min(v => v.AsOf.Year), known.Max(v => v.AsOf.Year) - known.Min(v => v.AsOf.Year) + 1).ToArray();
        return new DataTable(
            $"t-triangle-{code.Replace('_', '-')}",
            numbers.Table(),
            new($"修订三角：{metric.Name.Zh}（{show.Unit.Zh}）", $"Revision triangle: {metric.Name.En} ({show.Unit.En})"),
            [
                Column.Of("所指年份", "Year", ColumnKind.Name),
                .. ends.Select(e => new Column(Phrase.Empty.Period($"{e}年末所知", $"Known at the end of {e}"), ColumnKind.Number)),
            ],
            [
                .. known
                    .GroupBy(v => v.Year)
                    .OrderBy(g => g.Key)
                    .Select(g => new DataRow(
                        Phrase.Empty.Period($"{g.Key}", $"{g.Key}"),
                        [
                            .. ends.Select(e =>
                                g.Where(v => v.AsOf.Year <= e).MaxBy(v => v.No) is { } last
                                    ? DataCell.Of(
                                        last.Bound,
                                        last.Value,
                                        last.Stage is "flash" or "preliminary" ? FigureStatus.Provisional : FigureStatus.Actual,
                                        show
                                    )
                                    : DataCell.Empty
                            ),
                        ]
                    )),
            ]
        );
    }

    /// <summary>
    /// Each year of each amount once: what could be told first, what it is now and what made the difference, and below it the groups
    /// whose returns were replaced.
    /// </summary>
    private IEnumerable<Block> Revised()
    {
        var causes = release.RevisionCauses.Where(c => c.Year <= year).ToDictionary(c => (c.Metric, Period: Period(c.Year)));
        // Those of single enterprises stand in published.revision alone.
        var replaced = release.Revisions.Where(r => r.Breakdown != "enterprise").ToLookup(r => (r.Metric, r.Period));
        var rows = causes
            .Keys.Concat(replaced.Select(r => r.Key))
            .Distinct()
            .OrderBy(k => Array.IndexOf(Triangles, k.Metric))
            .ThenBy(k => k.Period, StringComparer.Ordinal)
            .SelectMany(k =>
                (causes.TryGetValue(k, out var cause) ? [Cause(cause)] : replaced[k].Where(r => r.Breakdown == "total").Select(Replaced)).Concat(
                    replaced[k].Where(r => r.Breakdown == "group").Select(Replaced)
                )
            )
            .ToArray();
        if (rows.Length == 0)
        {
            yield return new Paragraph(Phrase.Empty.Say("首次发布以来没有修订。", "Nothing has been revised since first publication."));
            yield break;
        }

        yield return new DataTable(
            "t-revision",
            numbers.Table(),
            new("自首次可公布以来的修订及原因", "Revisions since figures could first be told, and what made them"),
            [
                Column.Of("指标", "Indicator", ColumnKind.Name),
                Column.Of("时期", "Period", ColumnKind.Words),
                Column.Of("首次可公布日", "First told on", ColumnKind.Words),
                Column.Of("当时", "Then", ColumnKind.Number),
                Column.Of("现在", "Now", ColumnKind.Number),
                Column.Of("变动", "Change", ColumnKind.Number),
                Column.Of("变动（%）", "Change (%)", ColumnKind.Number),
                Column.Of("其中：迟报", "Late returns", ColumnKind.Number),
                Column.Of("其中：重报与更正", "Replaced and corrected", ColumnKind.Number),
            ],
            [.. rows.Take(MostRevisions)]
        );
        yield return Paragraph.Note(
            "没有首次可公布日的各行（各集团），“当时”为首次报送之和，变动只由重报与更正而来。",
            "In rows without a day (the groups) Then is the sum of the first returns, and the change comes of replaced and corrected returns alone."
        );
        if (rows.Length > MostRevisions)
            yield return Paragraph.Note("此处未全部列出；全部见 published.revision。", "Not all are shown; the rest stand in published.revision.");
    }

    private DataRow Replaced(Revision r)
    {
        var show = FigureText.For(release.Metric(r.Metric));
        var name = Phrase.Empty.Name(release.Metric(r.Metric).Name);
        if (r.Breakdown != "total")
            name = name.Say("：", ": ").Name(release.Category(r.Breakdown, r.Category).Name);
        var cells = Cells(r, show);
        return new DataRow(
            name.Unit(show),
            [new(Phrase.Empty.Period(r.Period, r.Period)), DataCell.Empty, .. cells, DataCell.Empty, DataCell.Empty, cells[^1]]
        );
    }

    private DataRow Cause(RevisionCause c)
    {
        var show = FigureText.For(release.Metric(c.Metric));
        var change = show with { IsChange = true };
        return new DataRow(
            Phrase.Empty.Name(release.Metric(c.Metric).Name).Unit(show),
            [
                new DataCell(Phrase.Empty.Period(Period(c.Year), Period(c.Year))),
                new DataCell(Day(c.ToldOn)),
                DataCell.Of(c.Key("told_value"), c.Told, FigureStatus.Actual, show),
                DataCell.Of(c.Key("latest_value"), c.Latest, FigureStatus.Actual, show),
                DataCell.Of(c.Key("change"), c.Change, FigureStatus.Actual, change),
                DataCell.Of(c.Key("change_percent"), c.Percent, FigureStatus.Actual, Percent),
                DataCell.Of(c.Key("from_new_returns"), c.FromNewReturns, FigureStatus.Actual, change),
                DataCell.Of(c.Key("from_replacements"), c.FromReplacements, FigureStatus.Actual, change),
            ]
        );
    }

    /// <summary>The headings over <see cref="Cells"/>.</summary>
    internal static readonly Column[] RevisedColumns =
    [
        Column.Of("首次", "First", ColumnKind.Number),
        Column.Of("现在", "Now", ColumnKind.Number),
        Column.Of("变动", "Change", ColumnKind.Number),
    ];

    /// <summary>What a figure was when it was first published, what it is now, and the difference.</summary>
    internal static DataCell[] Cells(Revision r, FigureText show) =>
        [
            DataCell.Of(r.Key("first_value"), r.First, FigureStatus.Actual, show),
            DataCell.Of(r.Key("latest_value"), r.Latest, FigureStatus.Actual, show),
            DataCell.Of(r.Key("change"), r.Change, FigureStatus.Actual, show with { IsChange = true }),
        ];

    private DataTable? Stages()
    {
        var stages = release.StageRevisions.Where(s => s.Stage is "preliminary" or "final" or "revised").ToArray();
        return stages.Length == 0
            ? null
            : new DataTable(
                "t-revision-stage",
                numbers.Table(),
                new("各阶段数字与现行数字的差距（%）", "How far the figures of each stage lay from those in force (%)"),
                [
                    Column.Of("指标", "Indicator", ColumnKind.Name),
                    Column.Of("阶段", "Stage", ColumnKind.Words),
                    Column.Of("数字个数", "Figures", ColumnKind.Number),
                    Column.Of("平均修订", "Mean revision", ColumnKind.Number),
                    Column.Of("平均绝对修订", "Mean absolute revision", ColumnKind.Number),
                    Column.Of("最大修订", "Largest revision", ColumnKind.Number),
                ],
                [
                    .. stages.Select(s => new DataRow(
                        Phrase.Empty.Name(release.Metric(s.Metric).Name),
                        [
                            new DataCell(Phrase.Of(Wording.Stage(s.Stage))),
                            DataCell.Count(s.Figures, s.Key("figures")),
                            DataCell.Of(s.Key("mean_revision_percent"), s.Mean, FigureStatus.Actual, Percent),
                            DataCell.Of(s.Key("mean_absolute_revision_percent"), s.MeanAbsolute, FigureStatus.Actual, Percent with { IsChange = false }),
                            DataCell.Of(s.Key("largest_revision_percent"), s.Largest, FigureStatus.Actual, Percent with { IsChange = false }),
                        ]
                    )),
                ]
            );
    }

    private DataTable? Register()
    {
        var changes = release.RegisterChanges.Where(c => c.Year >= Charts.SceneBuilder.FirstYear && c.Year <= year).ToArray();
        return changes.Length == 0
            ? null
            : new DataTable(
                "t-register",
                numbers.Table(),
                new("更名、合并、分立与划转", "Renames, mergers, splits and moves"),
                [
                    Column.Of("企业", "Enterprise", ColumnKind.Name),
                    Column.Of("日期", "Day", ColumnKind.Words),
                    Column.Of("变动", "Change", ColumnKind.Words),
                    Column.Of("变动前名称", "Name before", ColumnKind.LongWords),
                    Column.Of("所属集团", "Group", ColumnKind.LongWords),
                ],
                [
                    .. changes
                        .TakeLast(MostChanges)
                        .Select(c => new DataRow(
                            Phrase.Empty.Name(Text.Same(c.Name)),
                            [
                                new DataCell(Day(c.Day)),
                                new DataCell(Phrase.Of(c.Kind)),
                                new DataCell(Phrase.Empty.Name(Text.Same(c.Before))),
                                new DataCell(Phrase.Empty.Name(Text.Same(c.Group))),
                            ]
                        )),
                ]
            );
    }

    private static string Period(int of) => of.ToString(CultureInfo.InvariantCulture);

    private static Phrase Day(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) is var text ? Phrase.Empty.Period(text, text) : Phrase.Empty;
}
