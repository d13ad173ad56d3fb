using System.Globalization;
using Innovation1551.Models.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Models;

/// <summary>The parts of a change sum to it on any history, and a merger does not look like growth.</summary>
public class ChangeSpecs
{
    private const int Enterprises = 12;
    private static readonly string[] Header =
    [
        "enterprise_code",
        "period_key",
        "rd_expense_wan",
        "rd_expense_prior_wan",
        "revenue_wan",
        "revenue_prior_wan",
        "rd_spend_edition",
        "finance_edition",
    ];
    private static readonly string[] Register =
    [
        "enterprise_key",
        "enterprise_code",
        "valid_from",
        "change_kind",
        "predecessor_codes",
        "split_share_percent",
        "ends_on",
        "enterprise_level",
    ];

    [Fact]
    public void The_parts_sum_exactly_on_random_histories()
    {
        var random = new Random(1551);
        var (splits, redefined) = (0L, 0L);
        for (var run = 0; run < 10; run++)
        {
            List<string[]> register = [Register],
                returns = [Header];
            for (var e = 0; e < Enterprises; e++)
            {
                register.Add([$"{register.Count}", $"E{e:00}", "2010-01-01", "NEW", "", "", "9999-12-31", "S"]);
                // Mergers of mergers, two takers of one enterprise, an enterprise that takes itself over under a new name.
                if (random.Next(3) == 0)
                    register.Add([
                        $"{register.Count}",
                        $"E{e:00}",
                        $"{random.Next(2021, 2026)}-{random.Next(1, 13):00}-01",
                        "MERGE",
                        $"E{random.Next(e, Enterprises):00}；E{random.Next(e, Enterprises):00}",
                        "",
                        "9999-12-31",
                        "S",
                    ]);
                else if (random.Next(3) == 0)
                    register.Add([
                        $"{register.Count}",
                        $"E{e:00}",
                        $"{random.Next(2021, 2026)}-{random.Next(1, 13):00}-01",
                        "SPLIT",
                        $"E{random.Next(Enterprises):00}",
                        random.Next(5) > 0 ? $"{random.Next(1, 100)}" : "",
                        "9999-12-31",
                        "S",
                    ]);
                else if (random.Next(3) == 0)
                    register.Add([
                        $"{register.Count}",
                        $"E{e:00}",
                        $"{random.Next(2021, 2026)}-{random.Next(1, 13):00}-01",
                        "RENAME",
                        "",
                        "",
                        "9999-12-31",
                        "S",
                    ]);
                for (var year = 2020; year <= 2025; year++)
                    if (random.Next(4) > 0)
                        returns.Add([
                            $"E{e:00}",
                            $"{year}000",
                            Amount(random),
                            random.Next(3) > 0 ? Amount(random) : "",
                            random.Next(3) > 0 ? Amount(random) : "",
                            Amount(random),
                            $"{random.Next(1, 3)}",
                            "1",
                        ]);
            }
            using var warehouse = Run(register, returns);
            var rows = warehouse.Connection.Rows(
                "select metric, period_year, value, value_before, continuing + restatement + definition + entrants + exits + non_response from published.change"
            );
            Assert.Equal(10, rows.Count);
            Assert.All(rows, r => Assert.Equal((decimal)r[2]! - (decimal)r[3]!, r[4]));
            Assert.All(
                rows,
                r =>
                    Assert.Equal(
                        warehouse.Connection.Scalar<decimal>($"select sum({r[0]}_wan) from metric.enterprise_period where period_key = $1", (int)r[1]! * 1000),
                        r[2]
                    )
            );
            // Whatever history did to an amount, its parts are the whole of it.
            Assert.Equal(
                0,
                warehouse.Connection.Scalar<long>(
                    """
                    select count(*) from (
                        select c.metric, c.perimeter_year, c.period_year, c.enterprise_code, sum(c.amount) as parts, sum(c.prior_amount) as prior_parts, any_value(case c.metric when 'rd_expense' then (e.rd_expense_wan, e.rd_expense_prior_wan) else (e.revenue_wan, e.revenue_prior_wan) end) as whole
                        from metric.carried_amount as c join metric.enterprise_period as e on e.enterprise_code = c.enterprise_code and e.period_key = c.period_year * 1000
                        group by all
                    )
                    where (parts, prior_parts) is distinct from (whole[1], whole[2])
                    """
                )
            );
            splits += warehouse.Connection.Scalar<long>("select count(*) from metric.carried_amount where share < 1");
            redefined += warehouse.Connection.Scalar<long>("select count(*) from published.change where definition <> 0");
        }
        Assert.True(splits > 100 && redefined > 10, $"{splits} parts of splits, {redefined} changes of definition");
    }

    [Fact(Explicit = true)]
    public void Splitting_an_enterprise_and_sharing_out_its_returns_leaves_continuing_growth_unchanged()
    {
        var random = new Random(2025);
        for (var run = 0; run < 10; run++)
        {
            var (before, now, prior, percent) = (random.Next(1, 9999), random.Next(100, 9999), random.Next(100, 9999), random.Next(1, 99));
            List<string[]> register = [Register, ["1", "E00", "2010-01-01", "NEW", "", "", "9999-12-31", "S"]];
            List<string[]> whole = [Header, Return(0, 2023, before, null), Return(0, 2024, now, prior)];
            List<string[]> split = [Header, Return(0, 2023, before, null), Return(0, 2024, now - 40, prior - 30), Return(1, 2024, 40, 30)];
            // Also where the register does not say what share was split off: both sides are then taken as one.
            foreach (var share in (string[])[$"{percent}", ""])
                Assert.Equal(Parts(register, whole), Parts([.. register, ["2", "E01", "2024-05-01", "SPLIT", "E00", share, "9999-12-31", "S"]], split));
        }
    }

    [Fact(Explicit = true)]
    public void Merging_two_enterprises_and_adding_their_returns_leaves_continuing_growth_unchanged()
    {
        var random = new Random(2024);
        for (var run = 0; run < 10; run++)
        {
            var amounts = Enumerable
                .Range(0, Enterprises)
                .Select(_ => (Before: random.Next(1, 9999), Now: random.Next(1, 9999), Prior: random.Next(1, 9999)))
                .ToList();
            List<string[]> register =
            [
                Register,
                .. amounts.Select((_, e) => (string[])[$"{e + 1}", $"E{e:00}", "2010-01-01", "NEW", "", "", "9999-12-31", "S"]),
            ];
            List<string[]> apart = [Header, .. amounts.SelectMany((a, e) => (string[][])[Return(e, 2023, a.Before, null), Return(e, 2024, a.Now, a.Prior)])];
            List<string[]> merged =
            [
                Header,
                .. amounts.Select((a, e) => Return(e, 2023, a.Before, null)),
                Return(0, 2024, amounts[0].Now + amounts[1].Now, amounts[0].Prior + amounts[1].Prior),
                .. amounts.Skip(2).Select((a, e) => Return(e + 2, 2024, a.Now, a.Prior)),
            ];
            Assert.Equal(
                Parts(register, apart),
                Parts([.. register, [$"{Enterprises + 1}", "E00", "2024-05-01", "MERGE", "E01", "", "9999-12-31", "S"]], merged)
            );
        }
    }

    private static string[] Return(int e, int year, int amount, int? prior) => [$"E{e:00}", $"{year}000", $"{amount}", $"{prior}", "", "", "1", "1"];

    private static object?[] Parts(List<string[]> register, List<string[]> returns)
    {
        using var warehouse = Run(register, returns);
        return warehouse
            .Connection.Rows("select value_before, value, continuing, restatement, definition, entrants, exits, non_response from published.change")
            .Single();
    }

    private static WarehouseSketch Run(IReadOnlyList<string[]> register, IReadOnlyList<string[]> returns)
    {
        var warehouse = new WarehouseSketch();
        warehouse.Fill("core.dim_enterprise", register);
        warehouse.Fill("metric.enterprise_period", returns);
        List<string[]> headers =
        [
            ["return_id", "form", "enterprise_code", "period_key", "is_latest"],
        ];
        foreach (var r in returns.Skip(1))
        {
            if (r[2].Length > 0)
                headers.Add([$"{headers.Count}", "rd_spend", r[0], r[1], "true"]);
            if (r[4].Length > 0)
                headers.Add([$"{headers.Count}", "finance", r[0], r[1], "true"]);
        }
        warehouse.Fill("core.dim_return", headers);
        foreach (
            var model in (string[])
                [
                    "core.bridge_succession",
                    "core.unshared_split",
                    "metric.carried_amount",
                    "metric.unreported",
                    "metric.joined_unit",
                    "metric.absent_unit",
                    "published.change",
                ]
        )
            warehouse.RunModel(model);
        return warehouse;
    }

    private static string Amount(Random random) => (random.Next(0, 1_000_000) / 100m).ToString(CultureInfo.InvariantCulture);
}
