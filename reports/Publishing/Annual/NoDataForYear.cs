using System.Globalization;

namespace Innovation1551.Publishing.Annual;

/// <summary>A report was asked for a year for which the release holds no annual figure.</summary>
public sealed class NoDataForYear(int year, IReadOnlyList<int> available) : Exception(
    $"no annual figures for {year.ToString(CultureInfo.InvariantCulture)}; the release has {(available.Count == 0 ? "none at all" : string.Join(", ", available))}")
{
    public int Year => year;

    /// <summary>The years that a report can be made for.</summary>
    public IReadOnlyList<int> Available => available;
}
