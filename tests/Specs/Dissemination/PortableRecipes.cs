using System.Globalization;
using System.Numerics;
using Innovation1551.Models.Releases;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Models;
using Xunit;

namespace Innovation1551.Specs.Dissemination;

/// <summary>
/// The recipes of the cookbook as they stand, in another engine: each gives what the release gives, but for those that are listed with the reason. A listed one
/// must fail there, so that the list only shrinks.
/// </summary>
internal static class PortableRecipes
{
    private const int Digits = 4;

    /// <param name="ask">Runs a query in the engine.</param>
    /// <param name="isRefused">That the engine does not know what was asked.</param>
    /// <param name="except">Recipes that do not run there.</param>
    public static void Demand(
        TestWorkspace workspace,
        Manifest release,
        Func<string, IEnumerable<object?[]>> ask,
        Func<Exception, bool> isRefused,
        IReadOnlyDictionary<string, string> except
    )
    {
        var rows = 0;
        foreach (var (path, text) in WarehouseSketch.Definitions.Under("cookbook"))
        {
            var (name, query) = (path["cookbook/".Length..^".sql".Length], string.Join('\n', text.TrimEnd().TrimEnd(';').Split('\n').Skip(1)));
            if (except.TryGetValue(name, out var reason))
            {
                Assert.True(Record.Exception(() => ask(query).ToList()) is { } refused && isRefused(refused), $"{name} runs ({reason}): take it off the list");
                continue;
            }
            var wanted = Texts(workspace.Query(query, release));
            rows += wanted.Count;
            Assert.Equal((name, string.Join('\n', wanted)), (name, string.Join('\n', Texts(ask(query)))));
        }
        Assert.True(rows > 10, $"only {rows} rows were compared");
        Assert.Empty(except.Keys.Except(WarehouseSketch.Definitions.Under("cookbook").Select(c => c.Key["cookbook/".Length..^".sql".Length])));
    }

    /// <summary>Rows as texts, in the order of the texts.</summary>
    internal static List<string> Texts(IEnumerable<object?[]> rows) => [.. rows.Select(r => string.Join(" | ", r.Select(Cell))).Order(StringComparer.Ordinal)];

    /// <summary>A value as every engine has it: numbers to four digits, truths as numbers, days as they are written.</summary>
    private static string Cell(object? value) =>
        value switch
        {
            null => "",
            bool truth => truth ? "1" : "0",
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            BigInteger whole => whole.ToString(CultureInfo.InvariantCulture),
            string text => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Number(number) : text,
            IConvertible number => Number(Convert.ToDecimal(number, CultureInfo.InvariantCulture)),
            _ => value.ToString()!,
        };

    private static string Number(decimal number) => Math.Round(number, Digits).ToString("0.####", CultureInfo.InvariantCulture);
}
