using Innovation1551.Models;

namespace Innovation1551.Publishing.Annual;

/// <summary>A bulletin was asked for a month of which the release holds no ledger of key tasks.</summary>
public sealed class NoDataForMonth(string month, IReadOnlyList<string> available)
    : Refusal(
        new(
            $"{month} 没有攻关任务台账，可选月份：{(available.Count == 0 ? "无" : string.Join("、", available))}",
            $"there is no ledger of key tasks for {month}; months with one: {(available.Count == 0 ? "none" : string.Join(", ", available))}"
        )
    )
{
    /// <summary>The months that a bulletin can be made for.</summary>
    public IReadOnlyList<string> Available => available;
}
