using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>Where the plan asks to be, year by year.</summary>
public sealed record TargetLine(Target Target, Text Name, FigureText Show, int Panel, IReadOnlyList<(int Slot, decimal Value)> Points);

/// <summary>A number that the plan asks for by a year to which it draws no path.</summary>
public sealed record TargetPoint(Target Target, Text Name, FigureText Show, int Panel, int Slot);

/// <summary>What is projected after the last figure of a series, year by year, with its bands.</summary>
/// <param name="Points">In the order of the years; the first follows the last figure.</param>
public sealed record ForecastFan(SceneSeries Series, IReadOnlyList<(int Slot, Forecast Forecast)> Points)
{
    /// <summary>The numbers of a year in the order in which tables and files have them: projection, then the ends of its bands from low to high.</summary>
    public static readonly IReadOnlyList<(string Column, Text Name, Func<Forecast, decimal> Of)> Parts =
    [
        ("value", new("测算值", "Projection"), f => f.Value ?? 0),
        ("low_90", new("90%区间下限", "Lower end of the 90% band"), f => f.Ninety.Low),
        ("low_50", new("50%区间下限", "Lower end of the 50% band"), f => f.Half.Low),
        ("high_50", new("50%区间上限", "Upper end of the 50% band"), f => f.Half.High),
        ("high_90", new("90%区间上限", "Upper end of the 90% band"), f => f.Ninety.High),
    ];

    /// <summary>Adds to the scene what is projected from the report's own year: from a later figure it would tell what the report does not know.</summary>
    public static ChartScene AddTo(ChartScene scene, PublishedRelease release) =>
        scene with
        {
            Forecasts =
            [
                .. from series in scene.Series
                let points = release
                    .Forecasts.Where(f => $"{f.Metric}/total/all" == series.Key && f.BaseYear == scene.ReportYear && f.Value is not null)
                    .Where(f => f.Year <= SceneBuilder.LastYear)
                    .Select(f => (f.Year - SceneBuilder.FirstYear, f))
                    .ToArray()
                where points.Length > 0
                select new ForecastFan(series, points),
            ],
        };
}

/// <summary>A number that the programme itself has published, with its source: a mark to measure against.</summary>
/// <param name="Position">Where on the year axis its as-of date lies; null when the date does not say.</param>
public sealed record ReferenceMark(Target Target, Text Name, FigureText Show, int Panel, double? Position);
