using System.Globalization;
using Innovation1551.Models;

namespace Innovation1551.Publishing.Annual;

/// <summary>A report was asked for a year for which the release holds no annual figure.</summary>
public sealed class NoDataForYear(int year, IReadOnlyList<int> available)
    : Refusal(
        new(
            $"{Digits(year)} 年没有数据，可选年份：{(available.Count == 0 ? "无" : string.Join("、", available))}",
            $"there is no data for {Digits(year)}; years with data: {(available.Count == 0 ? "none" : string.Join(", ", available))}"
        )
    )
{
    public int Year => year;

    /// <summary>The years that a report can be made for.</summary>
    public IReadOnlyList<int> Available => available;

    private static string Digits(int year) => year.ToString(CultureInfo.InvariantCulture);
}
