using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>A report was asked for a year for which the release holds no annual figure.</summary>
/// <param name="month">The last month of the year that has a ledger of key tasks; null where there is none.</param>
public sealed class NoDataForYear(int year, IReadOnlyList<int> available, string? month = null)
    : Refusal(
        new(
            $"{Digits(year)} 年没有数据，可选年份：{(available.Count == 0 ? "无" : string.Join("、", available))}{(month is null ? "" : $"；攻关任务月报可用 report {month} 生成")}",
            $"there is no data for {Digits(year)}; years with data: {(available.Count == 0 ? "none" : string.Join(", ", available))}{(month is null ? "" : $"; a bulletin of its key tasks is made by report {month}")}"
        )
    )
{
    /// <exception cref="NoDataForYear">The release has no annual figure for the year.</exception>
    internal static void Demand(PublishedRelease release, int year)
    {
        if (!release.Years.Contains(year))
            throw new NoDataForYear(year, release.Years, release.Tasks.LastOrDefault(t => t.Year == year)?.Period);
    }

    public int Year => year;

    /// <summary>The years that a report can be made for.</summary>
    public IReadOnlyList<int> Available => available;

    private static string Digits(int year) => year.ToString(CultureInfo.InvariantCulture);
}
