using System.Globalization;

namespace Innovation1551.Models.Tracing;

/// <summary>Where a published figure stands in the metric relations.</summary>
public sealed record FigureKey(string Metric, string Breakdown, string Category, int PeriodKey)
{
    /// <summary>Published names carry the kind of period: a cumulative figure ends in _ytd, and a month stands at the key of its cumulative return.</summary>
    public static FigureKey Of(string metric, string breakdown, string category, string period, string kind)
    {
        var year = int.Parse(period.AsSpan(0, 4), CultureInfo.InvariantCulture);
        var periodKey = kind == "year" ? year * 1000 : year * 1000 + int.Parse(period.AsSpan(5), CultureInfo.InvariantCulture) * 10 + 3;
        return new(kind == "ytd" && metric.EndsWith("_ytd", StringComparison.Ordinal) ? metric[..^"_ytd".Length] : metric, breakdown, category, periodKey);
    }
}
