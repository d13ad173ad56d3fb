using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>Finds the target paths and reference figures that belong to a chart's series.</summary>
internal static class TargetMarks
{
    public static ChartScene AddTo(ChartScene scene, PublishedRelease release)
    {
        var paths = new List<TargetLine>();
        var references = new List<ReferenceMark>();
        foreach (var target in release.Targets)
            if (scene.Series.FirstOrDefault(s => Belongs(target, s)) is { } series)
            {
                var points = release.Paths.Where(p => p.TargetId == target.Id && p.Metric == series.Metric.Code && InRange(p.Year))
                    .Select(p => (p.Year - SceneBuilder.FirstYear, p.Value)).ToArray();
                if (points.Length > 0)
                    paths.Add(new TargetLine(target, PathName(target), series.Show, series.Panel, points));
                else if (target.IsBaseline)
                    references.Add(new ReferenceMark(target, ReferenceName(target), series.Show, series.Panel, Position(target.AsOf)));
            }

        return scene with { Paths = paths, References = references };
    }

    /// <summary>Does this target speak of this series? The national awards are a part of all awards and have their own series.</summary>
    public static bool Belongs(Target target, SceneSeries series) =>
        IsNationalAwards(target) ? series.Key == NationalAwards : target.Metric == series.Metric.Code && series.Key != NationalAwards;

    private static readonly string NationalAwards = $"awards_cumulative/award_level/{Codes.National}";

    /// <summary>The national awards since 2021: a part of the awards that the release publishes as a category, not as a metric of its own.</summary>
    public static bool IsNationalAwards(Target target) =>
        target.Id.StartsWith("awards_national", StringComparison.Ordinal) || target.Metric == "awards_cumulative" && target.Name.Zh.Contains("国家级", StringComparison.Ordinal);

    private static bool InRange(int year) => year is >= SceneBuilder.FirstYear and <= SceneBuilder.LastYear;

    private static Text PathName(Target target)
    {
        var show = FigureText.For(target);
        var (zh, en) = (Wording.Qualifier(target.Qualifier).Zh, Wording.Qualifier(target.Qualifier).En);
        return new Text($"目标路径：{target.Name.Zh}{zh}{show.Prose(target.Value, Language.Zh)}", $"Target path: {target.Name.En}, {en} {show.Prose(target.Value, Language.En)}".Replace(",  ", ", ", StringComparison.Ordinal));
    }

    private static Text ReferenceName(Target target)
    {
        var show = FigureText.For(target);
        var qualifier = Wording.Qualifier(target.Qualifier);
        return new Text($"公布数（真实）：{qualifier.Zh}{show.Number(target.Value)}，截至 {target.AsOf}", $"Published, real: {qualifier.En} {show.Number(target.Value)}, as of {target.AsOf}".Replace(":  ", ": ", StringComparison.Ordinal));
    }

    /// <summary>An end-of-year stock stands at its year's slot, so March 2024 lies a quarter past 2023.</summary>
    private static double? Position(string asOf)
    {
        var parts = asOf.Split('-');
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var year) || !InRange(year))
            return null;
        var month = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var m) && m is >= 1 and <= 12 ? m : 12;
        return year - 1 + month / 12.0 - SceneBuilder.FirstYear;
    }
}
