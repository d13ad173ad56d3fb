namespace Innovation1551.Models.Tracing;

/// <summary>Where a published figure stands in the metric relations.</summary>
public sealed record FigureKey(string Metric, string Breakdown, string Category, int PeriodKey)
{
    /// <summary>Published names carry the kind of period: a cumulative figure ends in _ytd.</summary>
    public static FigureKey Of(string metric, string breakdown, string category, int periodKey, string kind) =>
        new(kind == "ytd" && metric.EndsWith("_ytd", StringComparison.Ordinal) ? metric[..^"_ytd".Length] : metric, breakdown, category, periodKey);
}
