using System.Globalization;
using System.Numerics;
using CsCheck;
using Innovation1551.Models.Dissemination.Engines;
using Innovation1551.Models.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Dissemination;

/// <summary>
/// Percent and quotient of an engine over random pairs: against exact reckoning in whole numbers, and against the release's own macros, which go by way of
/// double precision. Where those differ it is by one in the last place, at a quotient that is a half of it to a ten-thousandth.
/// </summary>
internal static class ExactDivision
{
    /// <summary>Small wholes, so that the seventh digit is often exactly a five; the sign of a part may be either, and a whole may be none.</summary>
    private static readonly Gen<(decimal? Part, decimal? Whole)> Pairs = Gen.Select(
        Gen.Long[-2_000_000_000, 2_000_000_000],
        Gen.Int[0, 9],
        Gen.Long[1_000_000, 2_000_000_000_000],
        (part, kind, whole) =>
            (
                kind == 0 ? (decimal?)null : part / 1000000m,
                kind switch
                {
                    1 => (decimal?)null,
                    2 => 0m,
                    3 => -whole / 1000000m,
                    <= 7 => 1L << (int)(whole % 9),
                    _ => whole / 1000000m,
                }
            )
    );

    /// <param name="ask">Percent and quotient of the pairs, in their order, by the engine.</param>
    public static void Demand(Func<(decimal? Part, decimal? Whole)[], IEnumerable<(decimal? Percent, decimal? Quotient)>> ask)
    {
        using var duckdb = new DuckDB.NET.Data.DuckDBConnection("DataSource=:memory:");
        duckdb.Open();
        duckdb.Run(File.ReadAllText(House.At("models", "prelude.sql")));
        var halves = 0;
        Pairs
            .Array[400]
            .Sample(
                pairs =>
                {
                    var found = ask(pairs).ToList();
                    var release = duckdb.Rows($"select core.percent(a, b), core.quotient(a, b) from (values {Values(pairs)}) as v (n, a, b) order by n");
                    Assert.Equal(pairs.Length, found.Count);
                    for (var i = 0; i < pairs.Length; i++)
                    {
                        var (part, whole) = pairs[i];
                        foreach (var (column, times, given) in ((int, int, decimal?)[])[(0, 100, found[i].Percent), (1, 1, found[i].Quotient)])
                        {
                            var (wanted, isHalf) = Divided(part, whole, times);
                            Assert.Equal(wanted, given);
                            halves += isHalf ? 1 : 0;
                            if (isHalf)
                                Assert.True(Math.Abs((decimal)release[i][column]! - wanted!.Value) <= 0.000001m);
                            else
                                Assert.Equal(wanted, (decimal?)release[i][column]);
                        }
                    }
                },
                iter: 10,
                threads: 1
            );
        Assert.True(halves > 20, $"only {halves} halves were tried");
    }

    /// <summary>An amount times a ratio of two sums, up to a trillion each, by the engine and by the release's macro: both as reckoned in whole numbers. And the days from one day to another.</summary>
    /// <param name="ask">The values of expressions, as texts; functions of ours are called as the engine calls them.</param>
    /// <param name="prefix">How the name of a function of ours begins there.</param>
    public static void DemandGrown(Func<string, IEnumerable<object?>> ask, string prefix)
    {
        using var duckdb = new DuckDB.NET.Data.DuckDBConnection("DataSource=:memory:");
        duckdb.Open();
        duckdb.Run(File.ReadAllText(House.At("models", "prelude.sql")));
        var amounts = Gen.Long[-10, 1_000_000_000_000_000_000];
        Gen.Select(amounts, amounts, Gen.OneOf(Gen.Long[-1, 0], Gen.Long[1_000_000_000_000, 1_000_000_000_000_000_000]))
            .Array[60]
            .Sample(
                triples =>
                {
                    string Grown(string name) =>
                        "select "
                        + string.Join(
                            ", ",
                            triples.Select(t => $"{name}grown({Number(t.Item1 / 1000000m)}, {Number(t.Item2 / 1000000m)}, {Number(t.Item3 / 1000000m)})")
                        );
                    var wanted = triples.Select(t =>
                        t.Item1 < 0 || t.Item2 < 0 || t.Item3 <= 0
                            ? (decimal?)null
                            : (decimal)((2 * (BigInteger)t.Item1 * t.Item2 + t.Item3) / (2 * (BigInteger)t.Item3)) / 1000000
                    );
                    Assert.Equal(wanted, duckdb.Rows(Grown("core."))[0].Select(Read));
                    Assert.Equal(wanted, ask(Grown(prefix)).Select(Read));
                },
                iter: 3,
                threads: 1
            );
        const string Days = "days(cast('2024-03-01' as date), cast('2023-12-31' as date)), [P]days(cast('2023-12-31' as date), cast('2024-03-01' as date))";
        Assert.Equal([61m, -61m], ask($"select {prefix}{Days.Replace("[P]", prefix, StringComparison.Ordinal)}").Select(Read));
        Assert.Equal([61m, -61m], duckdb.Rows($"select core.{Days.Replace("[P]", "core.", StringComparison.Ordinal)}")[0].Select(Read));

        static decimal? Read(object? value) => value is null ? null : Convert.ToDecimal(value, CultureInfo.InvariantCulture);
    }

    /// <summary>The pairs with their numbers, as rows of <c>values</c>.</summary>
    public static string Values((decimal? Part, decimal? Whole)[] pairs) =>
        string.Join(", ", pairs.Select((p, i) => $"({i}, {Number(p.Part)}, {Number(p.Whole)})"));

    /// <summary>By expressions over the columns a and b of a table <c>default.division</c>, which is filled anew.</summary>
    public static IEnumerable<(decimal? Percent, decimal? Quotient)> InClickHouse(
        ClickHouseConnection to,
        (decimal? Part, decimal? Whole)[] pairs,
        string percent,
        string quotient
    )
    {
        var server = to.Servers[0];
        server.Run("drop table if exists default.division");
        server.Run("create table default.division (n Int32, a Nullable(Decimal(18, 6)), b Nullable(Decimal(18, 6))) engine = Memory");
        server.Insert(
            "insert into default.division format TabSeparated",
            pairs.Select((p, i) => ClickHouseHttp.Line(i.ToString(CultureInfo.InvariantCulture), Plain(p.Part), Plain(p.Whole)))
        );
        foreach (var row in server.Rows($"select toString({percent}), toString({quotient}) from default.division order by n"))
            yield return (Read(row[0]), Read(row[1]));

        static string? Plain(decimal? value) => value?.ToString(CultureInfo.InvariantCulture);
        static decimal? Read(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    private static string Number(decimal? value) =>
        value is { } v ? $"cast('{v.ToString(CultureInfo.InvariantCulture)}' as decimal(28, 6))" : "cast(null as decimal(28, 6))";

    private static (decimal? Value, bool IsHalf) Divided(decimal? part, decimal? whole, int times)
    {
        if (part is not { } p || whole is not > 0)
            return (null, false);
        var (above, below) = (new BigInteger(Math.Abs(p) * 1000000) * times * 1000000, new BigInteger(whole.Value * 1000000));
        var (quotient, rest) = BigInteger.DivRem(2 * above + below, 2 * below);
        return (Math.Sign(p) * (decimal)quotient / 1000000, rest * 10000 <= below || (2 * below - rest) * 10000 <= below);
    }
}
