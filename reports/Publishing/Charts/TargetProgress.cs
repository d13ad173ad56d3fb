using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>
/// For each target and plan that has a figure, how much of it has been reached, in percent. What the programme once published as it stood
/// is something to compare with, never something to reach, and has no place here.
/// </summary>
internal static class TargetProgress
{
    /// <summary>What the chart measures: the figure divided by the number that it is measured against.</summary>
    public static readonly Metric Attainment = new(
        "target_attainment",
        new Text("达到目标的程度", "Attainment"),
        "percent",
        new Text("%", "%"),
        1,
        false,
        new Text(
            "实绩除以目标；增速目标以其水平除以路径当年值。",
            "The actual divided by the target; for a target of growth, its level by the path's value for the year."
        ),
        new Text("", "")
    );

    /// <summary>Where the path to a target that is not due yet asks to be in the year of the figure, in percent of the target.</summary>
    public const string PathKey = "target_path/total/all";

    private static readonly Text PathName = new("序时进度：路径当年值占目标", "Course: the path's value of the year, of the target");

    private static ScenePoint? Course(Progress p, PublishedRelease release) =>
        !p.IsPath
        && p.Target.DueYear > p.Actual.Year
        && release.Paths.FirstOrDefault(x => x.TargetId == p.Target.Id && x.Year == p.Actual.Year && x.Metric == p.Target.Metric) is { } path
            ? new ScenePoint(
                path.Value / p.Aim * 100,
                FigureStatus.Actual,
                Bound.Derived("attainment", Bound.Path(p.Target.Id, path.Year).Value, p.AimBound.Value)
            )
            : null;

    public static (SlotKind, IReadOnlyList<Slot>, IReadOnlyList<SceneSeries>) Build(PublishedRelease release, int year)
    {
        var rows = release.Targets.Select(t => Of(t, release, year)).OfType<Progress>().ToArray();
        var slots = rows.Select(r => new Slot(r.Target.Id, Label(r))).ToArray();
        var points = rows.Select(r => (ScenePoint?)new ScenePoint(r.Percent, r.Actual.Status, r.Bound, r.Actual.Stage)).ToArray();
        return (
            SlotKind.Categories,
            slots,
            [
                new SceneSeries("target_attainment/total/all", Attainment.Name, Attainment, FigureText.For(Attainment), Mark.Column, 0, points),
                new SceneSeries(PathKey, PathName, Attainment, FigureText.For(Attainment), Mark.Column, 0, [.. rows.Select(r => Course(r, release))]),
            ]
        );
    }

    /// <summary>Where a target or plan stands in the year, or stood in the last one that it is about; null where nothing is held against it.</summary>
    public static Progress? Of(Target target, PublishedRelease release, int year)
    {
        if (target.IsReference || Standing(target, release, year) is not { } standing)
            return null;
        // A target of growth is told by the level whose growth it is: its path is drawn in that.
        if (release.Paths.FirstOrDefault(p => p.TargetId == target.Id && p.Year == standing.Year) is { } path && path.Metric != target.Metric)
            return path.Value > 0 && release.Annual(path.Metric, standing.Year) is { Value: not null } level
                ? new Progress(target, standing, release.Metric(path.Metric), level, path.Value, IsPath: true)
                : null;
        return target.Value > 0 && release.Figure(standing.FigureId) is { Value: not null } actual
            ? new Progress(target, standing, release.Metric(target.Metric), actual, target.Value, IsPath: false)
            : null;
    }

    /// <summary>The last row of the target up to the year.</summary>
    public static TargetStanding? Standing(Target target, PublishedRelease release, int year) =>
        release.Standings.Where(s => s.TargetId == target.Id && s.Year <= year).MaxBy(s => s.Year);

    private static Text Label(Progress p)
    {
        var show = FigureText.For(p.Metric);
        var qualifier = p.IsPath ? new Text("", "") : Wording.Qualifier(p.Target.Qualifier);
        var due =
            p.IsPath ? new Text($"{p.Actual.Year}年路径值", $"path {p.Actual.Year}")
            : p.Target.DueYear is { } year ? new Text($"{year}年目标", $"target for {year}")
            : new Text("计划", "plan");
        var name = p.IsPath ? p.Metric.Name : p.Target.Name;
        return new Text(
            $"{name.Zh}：{p.Actual.Year}年{show.Prose(p.Actual.Value!.Value, Language.Zh)}（{due.Zh}{qualifier.Zh}{show.Prose(p.Aim, Language.Zh)}）",
            $"{name.En}, {p.Actual.Year}: {show.Prose(p.Actual.Value.Value, Language.En)} ({due.En}: {qualifier.En} {show.Prose(p.Aim, Language.En)})".Replace(
                ":  ",
                ": ",
                StringComparison.Ordinal
            )
        );
    }
}

/// <summary>A target beside its figure.</summary>
/// <param name="Aim">The target's own value, or the path's for the year of the figure.</param>
internal sealed record Progress(Target Target, TargetStanding Standing, Metric Metric, Figure Actual, decimal Aim, bool IsPath)
{
    public decimal Percent => Actual.Value!.Value / Aim * 100;

    public Bound AimBound => IsPath ? Bound.Path(Target.Id, Actual.Year) : Bound.Target(Target.Id);

    public Bound Bound => Bound.Derived("attainment", Actual.Id, AimBound.Value);
}
