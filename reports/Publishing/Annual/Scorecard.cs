using System.Collections.Immutable;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>
/// The programme part by part: each of its goals that has a number, with the figure that it is held against and where that stands. A part
/// for which no number was published says so and shows what is measured of it; what nothing measures says that.
/// </summary>
internal sealed class Scorecard(PublishedRelease release, int year, Numbering numbers)
{
    /// <summary>The parts in the order of the programme, the targets that belong to each, and the figures that speak of it where it has none.</summary>
    private static readonly (Text Group, Text Part, string[] Targets, string[] Figures)[] Parts =
    [
        .. Seed.Parse("scorecard.csv", ShippedFile.Text("scorecard.csv"))
            .Skip(1)
            .Select(p => (new Text(p[0], p[1]), new Text(p[2], p[3]), Words(p[4]), Words(p[5]))),
    ];

    private static readonly Text Elsewhere = new("其他公布的目标", "Other published targets");
    private static readonly Text NotMeasured = new("未统计", "not measured");

    public IEnumerable<Block> Blocks()
    {
        var rows = Rows().ToImmutableArray();
        yield return new DataTable(
            "t-scorecard",
            numbers.Table(),
            new("五大定位、五个一批与各项目标：进展一览", "The programme part by part: goals, figures and where they stand"),
            [
                Column.Of("方案内容", "Part of the programme", ColumnKind.Name),
                Column.Of("目标或指标", "Goal or indicator", ColumnKind.LongWords),
                Column.Of("目标数", "Goal", ColumnKind.Number),
                Column.Of("期限", "Due", ColumnKind.Words),
                Column.Of("实绩", "Actual", ColumnKind.Number),
                Column.Of("进展", "Standing", ColumnKind.Words),
            ],
            rows
        );
        yield return Paragraph.Note(
            "目标数为公布的真实数据，原文与来源见“目标与进展”。公开文本没有给出数量目标的，列已统计的指标，不作评价；“未统计”指报表没有收这一项，不是没有进展。计划数与清单所列比较的是个数，不是完成情况，后者见“攻关任务”。",
            "The goals are real and published; their wording and sources stand in the chapter on targets. Where the public text gives no number, what is measured is shown and not judged; not measured means that no return asks for it, not that nothing was done. Plans and lists are compared by number, not by what of them is completed, which the chapter on key tasks tells."
        );
    }

    private IEnumerable<DataRow> Rows()
    {
        // How long the programme runs is no goal.
        var goals = release.Targets.Where(t => !t.IsReference && t.Unit != "year").ToDictionary(t => t.Id, StringComparer.Ordinal);
        foreach (var (group, part, targets, figures) in Parts)
        {
            var name = Phrase.Empty.Name(part).Name(group, Style.Scope);
            var rows = targets.Where(goals.ContainsKey).Select(t => Goal(name, goals[t])).Concat(figures.Select(f => Measured(name, f)).OfType<DataRow>());
            foreach (var row in rows.DefaultIfEmpty(Without(name)))
                yield return row;
        }

        // What the list of parts does not know yet is not left out.
        var known = Parts.SelectMany(p => p.Targets).ToHashSet(StringComparer.Ordinal);
        foreach (var target in goals.Values.Where(t => !known.Contains(t.Id)))
            yield return Goal(Phrase.Empty.Name(Elsewhere).Name(target.Scope, Style.Scope), target);
    }

    private DataRow Goal(Phrase part, Target target)
    {
        var standing = TargetProgress.Standing(target, release, year);
        var due = target.DueYear is { } by ? Phrase.Empty.Period($"{by}年", $"{by}") : Phrase.Empty;
        return new DataRow(
            part,
            [
                new(Phrase.Empty.Name(target.Name)),
                new(TargetTables.Value(target)),
                new(due),
                new(standing is null ? Phrase.Empty : Actual(release.Figure(standing.FigureId))),
                new(
                    Phrase.Of(
                        standing is not null ? Said(standing.Standing, target.Kind)
                        : target.Metric.Length == 0 ? NotMeasured
                        : new("本版无数", "no figure in this release")
                    )
                ),
            ]
        );
    }

    /// <summary>A figure of a part for which no number was published; null where the release has none.</summary>
    private DataRow? Measured(Phrase part, string figure) =>
        figure.Split(':') is [var metric, var breakdown, var category] && release.Annual(metric, year, breakdown, category) is { } actual
            ? new DataRow(part, [new(Named(actual)), NoGoal, DataCell.Empty, new(Actual(actual)), DataCell.Empty])
            : null;

    private static DataRow Without(Phrase part) => new(part, [DataCell.Empty, NoGoal, DataCell.Empty, DataCell.Empty, new(Phrase.Of(NotMeasured))]);

    private static DataCell NoGoal => new(Phrase.Empty.Say("未公布", "none published"));

    private Phrase Named(Figure figure)
    {
        var name = Phrase.Empty.Name(release.Metric(figure.Metric).Name);
        return figure.Breakdown == "total" ? name : name.Say("：", ": ").Name(release.Category(figure.Breakdown, figure.Category).Name);
    }

    /// <summary>The figure with the mark of its stage and its year.</summary>
    private Phrase Actual(Figure? figure)
    {
        if (figure is null)
            return Phrase.Empty;
        if (figure.Value is not { } value)
            return DataCell.Of(figure, FigureText.For(release.Metric(figure.Metric))).Phrase;
        var phrase = Phrase.Empty.Say(value, FigureText.For(release.Metric(figure.Metric)), Bound.Figure(figure.Id));
        return phrase.Mark(figure.Marks).Period($"（{figure.Year}年）", $" ({figure.Year})");
    }

    private static Text Said(string standing, TargetKind kind) =>
        standing switch
        {
            "reached" when kind == TargetKind.Plan => new("达到计划数", "planned number reached"),
            "reached" => new("已达到", "reached"),
            "early" => new("提前达到", "reached early"),
            "ahead" => new("快于序时进度", "ahead of course"),
            "on_course" => new("符合序时进度", "on course"),
            "behind" => new("落后于序时进度", "behind course"),
            "missed" => new("到期未达到", "not reached when due"),
            _ => new("尚未达到，未到期", "not reached, not due"),
        };

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
