using System.Collections.Immutable;
using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>Every number of the programme, with its scope, its qualifier in words and its source, beside what has been reached.</summary>
internal sealed class TargetTables(PublishedRelease release, int year, Numbering numbers)
{
    private const string Sources = "source";
    private readonly Text[] _sources = release.Targets.Select(t => t.Source).Where(s => s.Zh.Length > 0).Distinct().ToArray();

    public IEnumerable<Block> Blocks()
    {
        foreach (
            var table in Table(
                "t-target",
                new Text("目标与计划（目标数为真实数据，来源见表后）", "Targets and plans (the targets are real; sources below)"),
                release.Targets.Where(t => t.Kind is TargetKind.Target or TargetKind.Plan),
                attained: true
            )
        )
            yield return table;
        foreach (
            var table in Table(
                "t-reference",
                new Text(
                    "公布的参照数（公布数为真实数据，供比较，不是目标）",
                    "Published reference figures (the published ones are real; to compare with, not to reach)"
                ),
                release.Targets.Where(t => t.IsReference && t.Metric.Length > 0),
                attained: false
            )
        )
            yield return table;
        foreach (
            var table in Table(
                "t-context",
                new Text("公布的其他数字（真实数据）", "Other published numbers (real)"),
                release.Targets.Where(t => t.IsReference && t.Metric.Length == 0),
                attained: false
            )
        )
            yield return new Aside(new Text("公布的其他数字（背景）", "Other published numbers (context)"), [table]);
        if (Course() is { } course)
            yield return course;
        yield return Paragraph.Note("来源：", "Sources:");
        yield return new Numbered(Sources, [.. _sources.Select(s => Phrase.Of(s, Bound.Words(Prose.Quote)))]);
    }

    /// <summary>The table, or nothing where there is no row for it.</summary>
    private IEnumerable<DataTable> Table(string id, Text title, IEnumerable<Target> targets, bool attained)
    {
        var rows = targets.Select(t => Row(t, attained)).ToImmutableArray();
        if (rows.Length == 0)
            yield break;
        List<Column> columns =
        [
            Column.Of("指标", "Indicator", ColumnKind.Name),
            Column.Of("数值", "Value", ColumnKind.Number),
            Column.Of("所指时期", "Refers to", ColumnKind.Words),
            Column.Of("期限", "Due", ColumnKind.Words),
            Column.Of("公布时间", "Stated", ColumnKind.Words),
            Column.Of("实绩", "Actual", ColumnKind.Number),
        ];
        if (attained)
            columns.Add(Column.Of("达到目标的程度", "Attainment", ColumnKind.Number));
        columns.Add(Column.Of("原文与来源", "Wording and source", ColumnKind.LongWords));
        yield return new DataTable(id, numbers.Table(), title, [.. columns], rows);
    }

    /// <summary>How much of the way and how much of the time have gone, and what growth still leads there; of targets that have a base year.</summary>
    private DataTable? Course()
    {
        var percent = FigureText.Percents(1);
        DataRow[] rows =
        [
            .. from target in release.Targets
            where !target.IsReference
            let standing = TargetProgress.Standing(target, release, year)
            where standing?.TimeGone is not null
            select new DataRow(
                Phrase.Empty.Name(target.Name),
                [
                    new DataCell(Phrase.Empty.Period($"{standing.Year}", $"{standing.Year}")),
                    new DataCell(Phrase.Empty.Period($"{target.DueYear}", $"{target.DueYear}")),
                    Cell(standing, "progress_percent", standing.Gone),
                    Cell(standing, "time_progress_percent", standing.TimeGone),
                    Cell(standing, "required_growth_percent", standing.RequiredGrowth),
                ]
            ),
        ];
        return rows.Length == 0
            ? null
            : new DataTable(
                "t-course",
                numbers.Table(),
                new Text("目标进度与时间进度", "Way gone and time gone towards the targets"),
                [
                    Column.Of("目标", "Target", ColumnKind.Name),
                    Column.Of("数据年份", "Year of the figure", ColumnKind.Words),
                    Column.Of("期限", "Due", ColumnKind.Words),
                    Column.Of("目标进度（%）", "Way gone (%)", ColumnKind.Number),
                    Column.Of("时间进度（%）", "Time gone (%)", ColumnKind.Number),
                    Column.Of("此后所需年增速（%）", "Growth a year still needed (%)", ColumnKind.Number),
                ],
                [.. rows]
            );

        DataCell Cell(TargetStanding standing, string column, decimal? value) =>
            value is null ? DataCell.Empty : DataCell.Of(standing.Key(column), value, FigureStatus.Actual, percent);
    }

    /// <summary>The value of a target with its qualifier in words.</summary>
    internal static Phrase Value(Target target)
    {
        var (show, qualifier) = (FigureText.For(target), Wording.Qualifier(target.Qualifier));
        return Phrase.Of(
            new Text(qualifier.Zh + show.Prose(target.Value, Language.Zh), $"{qualifier.En} {show.Prose(target.Value, Language.En)}".Trim()),
            Bound.Target(target.Id)
        );
    }

    private DataRow Row(Target target, bool attained)
    {
        var due = target.DueYear is { } by ? new Text($"{by}年", $"{by}") : new Text("", "");
        List<DataCell> cells =
        [
            new(Value(target)),
            .. new[] { Wording.Period(target.BasePeriod), due, Wording.AsOf(target) }.Select(when => new DataCell(Phrase.Empty.Period(when.Zh, when.En))),
            new(Reached(target)),
        ];
        if (attained)
            cells.Add(
                TargetProgress.Of(target, release, year) is { } progress
                    ? new(Phrase.Of(Text.Same(FigureText.For(TargetProgress.Attainment).Number(progress.Percent) + "%"), progress.Bound))
                    : DataCell.Empty
            );
        var source = Phrase.Empty;
        if (target.Quote.Length > 0)
            source = source.With(new Run(Text.Same(target.Quote), Bound.Words(Prose.Quote), Style.Quote)).Say(" ", " ");
        if (Array.IndexOf(_sources, target.Source) is >= 0 and var at && (at + 1).ToString(CultureInfo.InvariantCulture) is var number)
            source = source.With(new Run(Text.Same($"[{number}]"), Bound.Words(Prose.Order), Target: $"{Sources}-{number}"));
        cells.Add(new(source));
        return new DataRow(Phrase.Empty.Name(target.Name).Name(target.Scope, Style.Scope), [.. cells]);
    }

    /// <summary>The figure that the number is held against, with its year; the path beside it; for targets and plans what is missing.</summary>
    private Phrase Reached(Target target)
    {
        if (TargetProgress.Standing(target, release, year) is not { } standing || release.Figure(standing.FigureId) is not { Value: { } value } actual)
            return Phrase.Empty;
        var show = FigureText.For(release.Metric(actual.Metric));
        var phrase = Phrase.Empty.Say(value, show, Bound.Figure(actual.Id));
        phrase = phrase.Mark(actual.Marks).Period($"（{actual.Year}年）", $" ({actual.Year})");
        if (
            release.Paths.FirstOrDefault(p => p.TargetId == target.Id && p.Year == standing.Year) is { } path
            && target.DueYear != standing.Year
            && FigureText.For(release.Metric(path.Metric)) is var along
        )
            phrase = phrase
                .With(Run.NewLine)
                .With(
                    new Run(
                        new Text($"路径{along.Prose(path.Value, Language.Zh)}", $"path {along.Prose(path.Value, Language.En)}"),
                        Bound.Path(target.Id, path.Year)
                    )
                );
        if (!target.IsReference && standing.Missing is > 0 and var missing)
            phrase = phrase
                .With(Run.NewLine)
                .With(new Run(new Text($"还差{show.Prose(missing, Language.Zh)}", $"missing {show.Prose(missing, Language.En)}"), standing.Key("missing")));
        return phrase;
    }
}
