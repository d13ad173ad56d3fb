namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>
/// Division as in the release's prelude, and exact, in the words of ClickHouse: whole numbers of millionths are divided, so that nothing is rounded twice, and
/// a half goes away from zero. Both take columns or numbers of at most six decimals, below 10^23.
/// </summary>
internal static class ClickHouseDivision
{
    /// <summary>The oldest server that keeps a function of somebody's own; older ones are given the expression.</summary>
    public static readonly Version WithFunctions = new(21, 10);

    /// <summary>The functions, for a server that keeps them; they belong to no database, so their names say whose they are.</summary>
    public static IReadOnlyList<string> Functions { get; } =
    [
        $"create or replace function core_quotient as (part, whole) -> {Quotient("part", "whole")}",
        $"create or replace function core_percent as (part, whole) -> {Percent("part", "whole")}",
        $"create or replace function core_grown as (amount, part, whole) -> {Grown("amount", "part", "whole")}",
        "create or replace function core_days as (until, since) -> toInt32(until) - toInt32(since)",
    ];

    /// <summary>Quotient to six decimals; null where the whole is null or not positive.</summary>
    public static string Quotient(string part, string whole) => Divided(part, whole, "1000000");

    /// <summary>Percentage to six decimals; null where the whole is null or not positive.</summary>
    public static string Percent(string part, string whole) => Divided(part, whole, "100000000");

    /// <summary>An amount times a ratio of two sums, to six decimals, by way of whole numbers of up to 77 digits; null where one is negative or the whole is not positive.</summary>
    public static string Grown(string amount, string part, string whole) =>
        $"if({Millionths(whole)} > 0 and {Millionths(amount)} >= 0 and {Millionths(part)} >= 0, toDecimal128(intDiv(2 * {Long(amount)} * {Long(part)} + {Long(whole)}, "
        + $"2 * if(ifNull({Millionths(whole)}, {Whole("0")}) > 0, {Long(whole)}, toInt256(1))), 0) * toDecimal128('0.000001', 6), NULL)";

    // A null stands on a nought, by which old versions divide: so the divisor is one where there is none.
    private static string Divided(string part, string whole, string times) =>
        $"if({Millionths(whole)} > 0, if({Millionths(part)} < 0, -1, 1) * divide(abs({Millionths(part)}) * 2 * {times} + {Millionths(whole)}, "
        + $"2 * if(ifNull({Millionths(whole)}, {Whole("0")}) > 0, assumeNotNull({Millionths(whole)}), {Whole("1")})) * toDecimal128('0.000001', 6), NULL)";

    private static string Millionths(string value) => $"CAST(CAST({value} AS Nullable(Decimal(38, 6))) * 1000000 AS Nullable(Decimal(38, 0)))";

    private static string Long(string value) => $"toInt256({Millionths(value)})";

    private static string Whole(string number) => $"toDecimal128('{number}', 0)";
}
