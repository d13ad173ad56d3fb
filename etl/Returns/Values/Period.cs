namespace Innovation1551.Returns.Values;

/// <summary>A reference period: a year, quarter or month, and whether figures run from the year's start to its end.</summary>
public readonly record struct Period(int Year, int? Quarter = null, int? Month = null, bool Cumulative = false)
{
    /// <summary>2024, 2024-Q1, 2024-03, and 2024-01/03 when cumulative.</summary>
    public override string ToString() =>
        (Quarter, Month, Cumulative) switch
        {
            (int q, _, _) => $"{Year}-Q{q}",
            (_, int m, true) => $"{Year}-01/{m:00}",
            (_, int m, false) => $"{Year}-{m:00}",
            _ => $"{Year}",
        };
}
