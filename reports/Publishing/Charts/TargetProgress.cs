using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>For each target with a path in the year, and each published reference figure, how much of it has been reached, in percent.</summary>
internal static class TargetProgress
{
    /// <summary>What the chart measures: the figure divided by the number that it is measured against.</summary>
    public static readonly Metric Attainment = new("target_attainment", new Text("达成程度", "Attainment"), "percent", new Text("%", "%"), 1, false,
        new Text("本年实绩除以目标路径当年值或公布的基准数。", "The year's figure divided by the path's value for the year, or by the published reference."), new Text("", ""));

    public static (SlotKind, IReadOnlyList<Slot>, IReadOnlyList<SceneSeries>) Build(PublishedRelease release, int year)
    {
        var rows = release.Targets.Select(t => (Target: t, Aim: Aim(t, release, year), Figure: Actual(t, release, year)))
            .Where(r => r.Aim is > 0 && r.Figure?.Value is not null).ToArray();
        var slots = rows.Select(r => new Slot(r.Target.Id, Label(r.Target, r.Aim!.Value, r.Figure!, release))).ToArray();
        var points = rows.Select(r => (ScenePoint?)new ScenePoint(r.Figure!.Value!.Value / r.Aim!.Value * 100, r.Figure.Status, r.Figure.Id)).ToArray();
        var series = new SceneSeries("target_attainment/total/all", Attainment.Name, Attainment, FigureText.For(Attainment), Mark.Column, 0, false, points);
        return (SlotKind.Categories, slots, [series]);
    }

    /// <summary>The number to measure against in the year: the path's value, or a reference figure as it stands.</summary>
    public static decimal? Aim(Target target, PublishedRelease release, int year) =>
        release.Paths.FirstOrDefault(p => p.TargetId == target.Id && p.Year == year)?.Value
        ?? (target.IsBaseline && MetricOf(target, release) is var metric && target.Unit == metric.Unit && metric.Code.EndsWith("_cumulative", StringComparison.Ordinal) ? target.Value : null);

    /// <summary>The figure that a target speaks of.</summary>
    public static Figure? Actual(Target target, PublishedRelease release, int year) =>
        TargetMarks.IsNationalAwards(target) ? release.Annual("awards_cumulative", year, "award_level", Codes.National)
        : target.Metric.Length == 0 ? null : release.Annual(target.Metric, year);

    /// <summary>The metric that a target is measured by.</summary>
    public static Metric MetricOf(Target target, PublishedRelease release) => release.Metric(TargetMarks.IsNationalAwards(target) ? "awards_cumulative" : target.Metric);

    private static Text Label(Target target, decimal aim, Figure figure, PublishedRelease release)
    {
        var metric = MetricOf(target, release);
        var show = FigureText.For(metric);
        var (zh, en) = target.IsBaseline ? ("公布数", "published") : ("目标", "target");
        var unit = metric.Unit == "percent" ? "%" : "";
        return new Text($"{(target.IsBaseline ? target.Name : metric.Name).Zh}：{show.Number(figure.Value!.Value)}{unit}（{zh} {show.Number(aim)}{unit}）", $"{(target.IsBaseline ? target.Name : metric.Name).En}: {show.Number(figure.Value!.Value)}{unit} ({en} {show.Number(aim)}{unit})");
    }
}
