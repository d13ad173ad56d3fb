namespace Innovation1551.Returns.Values;

/// <summary>A number as written, with what stood beside it in the cell.</summary>
/// <param name="Value">The number, scaled by 万 or 亿 where the cell said so (1.2万 is 12000).</param>
/// <param name="IsPercent">The cell said %, or its number format did; <paramref name="Value"/> is then in percent (15 for 15%).</param>
/// <param name="Unit">The unit that followed the number in the cell (元, 千元, 件 …), without 万/亿 that are in the value unless followed by a currency word: "1.2万元" is 1.2 with unit 万元.</param>
public readonly record struct NumberValue(decimal Value, bool IsPercent, string? Unit)
{
    /// <summary>A footnote mark that stood behind the number and is no part of it (*, ①, [1], a in superscript); null where there was none.</summary>
    public string? Footnote { get; init; }
}
