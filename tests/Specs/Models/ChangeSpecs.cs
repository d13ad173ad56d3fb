using System.Globalization;
using Innovation1551.Models.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Models;

/// <summary>The parts of a change sum to it on any history, and a merger does not look like growth.</summary>
public class ChangeSpecs
{
    private const int Enterprises = 12;
    private static readonly string[] Header = ["enterprise_code", "period_key", "rd_expense_wan", "rd_expense_prior_wan", "revenue_wan", "revenue_prior_wan"];
    private static readonly string[] Register = ["enterprise_key", "enterprise_code", "valid_from", "change_kind", "predecessor_codes"];

    [Fact]
    public void The_parts_sum_exactly_on_random_histories()
    {
        var random = new Random(1551);
        for (var run = 0; run < 25; run++)
        {
            List<string[]> register = [Register], returns = [Header];
            for (var e = 0; e < Enterprises; e++)
            {
                register.Add([$"{register.Count}", $"E{e:00}", "2010-01-01", "NEW", ""]);
                // Mergers of mergers, two takers of one enterprise, an enterprise that takes itself over under a new name.
                if (random.Next(3) == 0)
                    register.Add([$"{register.Count}", $"E{e:00}", $"{random.Next(2021, 2026)}-{random.Next(1, 13):00}-01", "MERGE", $"E{random.Next(e, Enterprises):00}；E{random.Next(e, Enterprises):00}"]);
                for (var year = 2020; year <= 2025; year++)
                    if (random.Next(4) > 0)
                        returns.Add([$"E{e:00}", $"{year}000", Amount(random), random.Next(3) > 0 ? Amount(random) : "", random.Next(3) > 0 ? Amount(random) : "", Amount(random)]);
            }
            using var warehouse = Run(register, returns);
            var rows = warehouse.Connection.Rows("select metric, period_year, value, value_before, continuing + restatement + entrants + exits from published.change");
            Assert.Equal(10, rows.Count);
            Assert.All(rows, r => Assert.Equal((decimal)r[2]! - (decimal)r[3]!, r[4]));
            Assert.All(rows, r => Assert.Equal(warehouse.Connection.Scalar<decimal>($"select sum({r[0]}_wan) from metric.enterprise_period where period_key = $1", (int)r[1]! * 1000), r[2]));
        }
    }

    [Fact]
    public void Merging_two_enterprises_and_adding_their_returns_leaves_continuing_growth_unchanged()
    {
        var random = new Random(2024);
        for (var run = 0; run < 10; run++)
        {
            var amounts = Enumerable.Range(0, Enterprises).Select(_ => (Before: random.Next(1, 9999), Now: random.Next(1, 9999), Prior: random.Next(1, 9999))).ToList();
            List<string[]> register = [Register, .. amounts.Select((_, e) => (string[])[$"{e + 1}", $"E{e:00}", "2010-01-01", "NEW", ""])];
            List<string[]> apart = [Header, .. amounts.SelectMany((a, e) => (string[][])[Return(e, 2023, a.Before, null), Return(e, 2024, a.Now, a.Prior)])];
            List<string[]> merged = [Header, .. amounts.Select((a, e) => Return(e, 2023, a.Before, null)),
                Return(0, 2024, amounts[0].Now + amounts[1].Now, amounts[0].Prior + amounts[1].Prior), .. amounts.Skip(2).Select((a, e) => Return(e + 2, 2024, a.Now, a.Prior))];
            Assert.Equal(Parts(register, apart), Parts([.. register, [$"{Enterprises + 1}", "E00", "2024-05-01", "MERGE", "E01"]], merged));
        }

        static string[] Return(int e, int year, int amount, int? prior) => [$"E{e:00}", $"{year}000", $"{amount}", $"{prior}", "", ""];
        static object?[] Parts(List<string[]> register, List<string[]> returns)
        {
            using var warehouse = Run(register, returns);
            return warehouse.Connection.Rows("select value_before, value, continuing, restatement, entrants, exits from published.change").Single();
        }
    }

    private static WarehouseSketch Run(IReadOnlyList<string[]> register, IReadOnlyList<string[]> returns)
    {
        var warehouse = new WarehouseSketch();
        warehouse.Fill("core.dim_enterprise", register);
        warehouse.Fill("metric.enterprise_period", returns);
        warehouse.RunModel("published.change");
        return warehouse;
    }

    private static string Amount(Random random) => (random.Next(0, 1_000_000) / 100m).ToString(CultureInfo.InvariantCulture);
}
