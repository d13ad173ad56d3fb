using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>A figure that changed between its first publication and this release.</summary>
public sealed record Revision(string Metric, string Breakdown, string Category, string Period, decimal? First, decimal? Latest, decimal? Change)
{
    /// <summary>Where one of its numbers stands: <c>first_value</c>, <c>latest_value</c> or <c>change</c>.</summary>
    public Bound Key(string column) => Bound.Record($"revision/{Metric}:{Breakdown}:{Category}:{Period}/{column}");
}
