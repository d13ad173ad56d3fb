using Innovation1551.Models;

namespace Innovation1551.Returns.Values;

/// <summary>Why a cell has no value. Missing is never zero, and the kinds are told apart.</summary>
public enum Missing
{
    /// <summary>Not missing.</summary>
    No,
    /// <summary>The cell is blank: not filled in.</summary>
    Blank,
    /// <summary>无: the respondent says there is none.</summary>
    Nil,
    /// <summary>— - /: does not apply.</summary>
    NotApplicable,
    /// <summary>… or ***: exists but is not reported or suppressed.</summary>
    NotReported,
}

/// <summary>The outcome of reading one cell as a type: exactly one of a value, a reason for its absence, or a problem.</summary>
public readonly record struct Parsed<T>(T? Value, Missing Missing, Text? Problem)
{
    public bool HasValue => Missing == Missing.No && Problem is null;
    public static Parsed<T> Of(T value) => new(value, Missing.No, null);
    public static Parsed<T> Absent(Missing why) => new(default, why, null);
    public static Parsed<T> Bad(Text problem) => new(default, Missing.No, problem);
}

/// <summary>A number as written, with what stood beside it in the cell.</summary>
/// <param name="Value">The number, scaled by 万 or 亿 where the cell said so (1.2万 is 12000).</param>
/// <param name="IsPercent">The cell said %, or its number format did; <paramref name="Value"/> is then in percent (15 for 15%).</param>
/// <param name="Unit">The unit that followed the number in the cell (元, 千元, 件 …), without 万/亿 that are in the value unless followed by a currency word: "1.2万元" is 1.2 with unit 万元.</param>
public readonly record struct NumberValue(decimal Value, bool IsPercent, string? Unit)
{
    /// <summary>A footnote mark that stood behind the number and is no part of it (*, ①, [1], a in superscript); null where there was none.</summary>
    public string? Footnote { get; init; }
}

/// <summary>A reference period: a year, quarter or month, and whether figures run from the year's start to its end.</summary>
public readonly record struct Period(int Year, int? Quarter = null, int? Month = null, bool Cumulative = false)
{
    /// <summary>2024, 2024-Q1, 2024-03, and 2024-01/03 when cumulative.</summary>
    public override string ToString() => (Quarter, Month, Cumulative) switch
    {
        (int q, _, _) => $"{Year}-Q{q}",
        (_, int m, true) => $"{Year}-01/{m:00}",
        (_, int m, false) => $"{Year}-{m:00}",
        _ => $"{Year}",
    };
}
