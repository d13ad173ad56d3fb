using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>
/// For each target and plan that has a figure, how much of it has been reached, in percent. What the programme published as reached
/// in March 2024 is something to compare with, never something to reach, and has no place here.
/// </summary>
internal static class TargetProgress
{
    /// <summary>What the chart measures: the figure divided by the number that it is measured against.</summary>
    public static readonly Metric Attainment = new("target_attainment", new Text("达到目标的程度", "Attainment"), "percent", new Text("%", "%"), 1, false,
        new Text("实绩除以目标；目标有路径的，除以路径当年值。", "The actual divided by the target, or by its path's value for the year."), new Text("", ""));

    public static (SlotKind, IReadOnlyList<Slot>, IReadOnlyList<SceneSeries>) Build(PublishedRelease release, int year)
    {
        var rows = release.Targets.Select(t => Of(t, release, year)).OfType<Progress>().ToArray();
        var slots = rows.Select(r => new Slot(r.Target.Id, Label(r))).ToArray();
        var points = rows.Select(r => (ScenePoint?)new ScenePoint(r.Percent, r.Actual.Status, r.Bound, r.Actual.Stage)).ToArray();
        return (SlotKind.Categories, slots, [new SceneSeries("target_attainment/total/all", Attainment.Name, Attainment, FigureText.For(Attainment), Mark.Column, 0, points)]);
    }

    /// <summary>Where a target or plan stands in the year; null where there is nothing to hold it against, or the base is not above zero.</summary>
    public static Progress? Of(Target target, PublishedRelease release, int year)
    {
        if (target.Kind is not (TargetKind.Target or TargetKind.Plan) || target.Metric.Length == 0)
            return null;
        var path = release.Paths.FirstOrDefault(p => p.TargetId == target.Id && p.Year == year);
        // A plan for a year gone by is held against the figure of that year.
        var of = target.DueYear is { } due && due < year && path is null ? due : year;
        var metric = release.Metric(target.Metric);
        if (release.Annual(target.Metric, of) is not { Value: not null } actual || (path is null && (target.Unit != metric.Unit || release.Paths.Any(p => p.TargetId == target.Id))))
            return null;
        return (path?.Value ?? target.Value) is > 0 and var aim ? new Progress(target, metric, actual, aim, path is not null) : null;
    }

    private static Text Label(Progress p)
    {
        var show = FigureText.For(p.Metric);
        var qualifier = p.IsPath ? new Text("", "") : Wording.Qualifier(p.Target.Qualifier);
        var due = p.Target.DueYear is { } year ? p.IsPath ? new Text($"{p.Actual.Year}年路径值", $"path {p.Actual.Year}") : new Text($"{year}年目标", $"target for {year}") : new Text("计划", "plan");
        var actual = new Text(show.Prose(p.Actual.Value!.Value, Language.Zh), show.Prose(p.Actual.Value.Value, Language.En));
        return new Text($"{p.Metric.Name.Zh}：{p.Actual.Year}年{actual.Zh}（{due.Zh}{qualifier.Zh}{show.Prose(p.Aim, Language.Zh)}）",
            $"{p.Metric.Name.En}, {p.Actual.Year}: {actual.En} ({due.En}: {qualifier.En} {show.Prose(p.Aim, Language.En)})".Replace(":  ", ": ", StringComparison.Ordinal));
    }
}

/// <summary>A target beside its figure.</summary>
/// <param name="Aim">The target's own value, or the path's for the year of the figure.</param>
internal sealed record Progress(Target Target, Metric Metric, Figure Actual, decimal Aim, bool IsPath)
{
    public decimal Percent => Actual.Value!.Value / Aim * 100;

    public Bound AimBound => IsPath ? Bound.Path(Target.Id, Actual.Year) : Bound.Target(Target.Id);

    public Bound Bound => Bound.Derived("attainment", Actual.Id, AimBound.Value);
}
