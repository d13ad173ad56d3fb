using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>
/// Where a metric may stand in a year that has no figure yet: a projection, never a statistic, and in no place where a <see cref="Figure"/> may
/// stand. Without a value it says why nothing is projected.
/// </summary>
/// <param name="BaseYear">The year of the last figure, from which on it is projected.</param>
/// <param name="Half">Half of the outcomes are expected within it.</param>
/// <param name="Ninety">Nine in ten are.</param>
/// <param name="MedianError">Median absolute error of the method so many years ahead on published series, in percent; <paramref name="NaiveError"/> that of repeating the last figure.</param>
public sealed record Forecast(
    string Metric,
    int Year,
    int BaseYear,
    int FirstYear,
    decimal? Value,
    (decimal Low, decimal High) Half,
    (decimal Low, decimal High) Ninety,
    Text Reason,
    decimal MedianError,
    decimal NaiveError
)
{
    /// <summary>Where one of its numbers stands: <c>value</c>, <c>low_90</c>, <c>median_error_percent</c> …</summary>
    public Bound Key(string column) => Bound.Record(FormattableString.Invariant($"forecast/{Metric}/{Year}/{column}"));
}
