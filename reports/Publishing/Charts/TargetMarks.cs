using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>Finds the target paths, the targets at their years, and the reference figures that belong to a chart's series.</summary>
internal static class TargetMarks
{
    public static ChartScene AddTo(ChartScene scene, PublishedRelease release)
    {
        var paths = new List<TargetLine>();
        var aims = new List<TargetPoint>();
        var references = new List<ReferenceMark>();
        foreach (var target in release.Targets)
        {
            var points = release.Paths.Where(p => p.TargetId == target.Id && InRange(p.Year)).ToArray();
            var key = points.Length > 0 && points[0].Metric != target.Metric ? $"{points[0].Metric}/total/all" : Key(target);
            if (Carrier(scene, key) is not { } series)
                continue;
            if (target.IsReference)
                references.Add(new ReferenceMark(target, ReferenceName(target), series.Show, series.Panel, Position(target.AsOf)));
            else if (points.Length > 1)
                paths.Add(
                    new TargetLine(
                        target,
                        Name(
                            points[0].IsSynthetic ? "目标路径（由示例数据推算）" : "目标路径",
                            points[0].IsSynthetic ? "Target path (reckoned from sample data)" : "Target path",
                            target
                        ),
                        series.Show,
                        series.Panel,
                        points.Select(p => (p.Year - SceneBuilder.FirstYear, p.Value)).ToArray()
                    )
                );
            else if (target.Unit == series.Metric.Unit && Year(target) is { } year)
                aims.Add(
                    new TargetPoint(
                        target,
                        Name(target.DueYear is { } due ? $"{due}年目标" : "计划", target.DueYear is { } by ? $"Target for {by}" : "Plan", target),
                        series.Show,
                        series.Panel,
                        year - SceneBuilder.FirstYear
                    )
                );
        }

        return scene with
        {
            Paths = paths,
            Aims = aims,
            References = references,
        };
    }

    /// <summary>The series that a target speaks of: in a stack the whole, never a part, whose height says nothing of its size.</summary>
    public static SceneSeries? Carrier(ChartScene scene, string key) =>
        scene.Totals is { } totals && totals.Key == key ? totals : scene.Series.FirstOrDefault(s => s.Key == key && s.Mark != Mark.Stack);

    public static string Key(Target target) => $"{target.Metric}/{target.Breakdown}/{target.Category}";

    /// <summary>Where on the axis a target without a path stands: at its year, or at that of its statement.</summary>
    private static int? Year(Target target) =>
        target.DueYear is { } due
            ? InRange(due)
                ? due
                : null
            : target.AsOf.Length >= 4 && int.TryParse(target.AsOf.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) && InRange(year)
                ? year
                : null;

    private static bool InRange(int year) => year is >= SceneBuilder.FirstYear and <= SceneBuilder.LastYear;

    private static Text Name(string zh, string en, Target target)
    {
        var show = FigureText.For(target);
        var qualifier = Wording.Qualifier(target.Qualifier);
        return new Text(
            $"{zh}：{target.Name.Zh}{qualifier.Zh}{show.Prose(target.Value, Language.Zh)}",
            $"{en}: {target.Name.En}, {qualifier.En} {show.Prose(target.Value, Language.En)}".Replace(",  ", ", ", StringComparison.Ordinal)
        );
    }

    private static Text ReferenceName(Target target)
    {
        var show = FigureText.For(target);
        var (qualifier, asOf) = (Wording.Qualifier(target.Qualifier), Wording.AsOf(target));
        return new Text(
            $"公布数（真实）：{qualifier.Zh}{show.Number(target.Value)}，截至{asOf.Zh}",
            $"Published, real: {qualifier.En} {show.Number(target.Value)}, as of {asOf.En}".Replace(":  ", ": ", StringComparison.Ordinal)
        );
    }

    /// <summary>An end-of-year stock stands at its year's slot, so March 2024 lies a quarter past 2023.</summary>
    private static double? Position(string asOf)
    {
        var parts = asOf.Split('-', ' ');
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var year) || !InRange(year))
            return null;
        var month = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var m) && m is >= 1 and <= 12 ? m : 12;
        return year - 1 + month / 12.0 - SceneBuilder.FirstYear;
    }
}
