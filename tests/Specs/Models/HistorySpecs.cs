using System.Globalization;
using CsCheck;
using Innovation1551.Models.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Models;

/// <summary>What happens to one enterprise on a random history moves what it must and nothing else.</summary>
public class HistorySpecs
{
    private const int Enterprises = 8,
        FirstYear = 2022,
        LastYear = 2024;

    private sealed record Return(string Code, string Group, int Year, int Spend, int SpendPrior, int Revenue);

    private sealed record Stretch(string Code, string From, string Kind, string Predecessors, string Share, string Ends);

    private sealed record History(List<Stretch> Register, List<Return> Returns);

    /// <summary>Figures by metric, breakdown, category and year; the parts of each change; who is missing.</summary>
    private sealed record Outcome(Dictionary<string, decimal?> Figures, Dictionary<string, decimal[]> Changes, HashSet<string> Missing);

    [Fact]
    public void One_event_moves_what_it_must_and_nothing_else() => Gen.Int[0, 1_000_000].Sample(Check, iter: 3, threads: 1);

    [Fact(Explicit = true)]
    public void One_event_on_three_hundred_histories_moves_what_it_must_and_nothing_else() => Gen.Int[0, 1_000_000].Sample(Check, iter: 300, threads: 1);

    private static void Check(int seed)
    {
        var random = new Random(seed);
        var history = Make(random);
        var before = Run(history);
        ChangesSum(before);
        var touched = history.Register.Where(s => s.Predecessors.Length > 0).SelectMany(s => new[] { s.Code, s.Predecessors }).ToHashSet();
        var quiet = history
            .Returns.GroupBy(r => r.Code)
            .Where(g => g.Count() == LastYear - FirstYear + 1 && !touched.Contains(g.Key))
            .Select(g => g.Key)
            .ToList();
        var (one, other) = (quiet[0], quiet[1]);
        var year = random.Next(FirstYear + 1, LastYear + 1);
        var taken = history.Returns.Single(r => r.Code == one && r.Year == year);

        // Taken away: the enterprise is missing, not gone; others and other years stay.
        List<Return> without = [.. history.Returns.Where(r => r != taken)];
        var fewer = Run(history with { Returns = without });
        ChangesSum(fewer);
        Only(before, fewer, k => k.Year == year && (k.Breakdown == "total" || k.Category == taken.Group || k.Category == one));
        Assert.Contains($"{year} {one}", fewer.Missing);
        SameComingsAndGoings(before, fewer);
        var change = fewer.Changes[$"rd_expense {year}"];
        Assert.Equal(
            before.Changes[$"rd_expense {year}"][NonResponse] - history.Returns.Single(r => r.Code == one && r.Year == year - 1).Spend,
            change[NonResponse]
        );

        // Given late: as if it had come in time.
        var late = Run(history with { Returns = [.. without, taken] });
        Only(before, late, _ => false);
        Assert.Equal(before.Changes, late.Changes);

        // Moved to another group: the two groups alone.
        var home = taken.Group == "G0" ? "G1" : "G0";
        var moved = Run(history with { Returns = [.. history.Returns.Select(r => r.Code == one && r.Year >= year ? r with { Group = home } : r)] });
        Only(before, moved, k => k.Year >= year && k.Breakdown == "group" && (k.Category == home || k.Category == taken.Group));
        Assert.Equal(before.Changes, moved.Changes);

        // Split into two, with and without a share: no newcomer, no loss, the same total.
        foreach (var share in (string[])["30", ""])
        {
            List<Return> parted =
            [
                .. history.Returns.SelectMany(r =>
                    r.Code == one && r.Year >= year
                        ? (Return[])
                            [
                                r with
                                {
                                    Spend = r.Spend - r.Spend / 3,
                                    SpendPrior = r.SpendPrior - r.SpendPrior / 3,
                                    Revenue = r.Revenue - r.Revenue / 3,
                                },
                                new("N", r.Group, r.Year, r.Spend / 3, r.SpendPrior / 3, r.Revenue / 3),
                            ]
                        : [r]
                ),
            ];
            var split = Run(new([.. history.Register, new("N", $"{year}-05-01", "SPLIT", one, share, "9999-12-31")], parted));
            ChangesSum(split);
            Only(before, split, k => k.Year >= year && k.Breakdown == "enterprise" && (k.Category == one || k.Category == "N"));
            SameComingsAndGoings(before, split);
        }

        // Merged: whoever took over answers for both.
        List<Return> joined =
        [
            .. history
                .Returns.Where(r => r.Code != other || r.Year < year)
                .Select(r =>
                    r.Code == one && r.Year >= year && history.Returns.Single(o => o.Code == other && o.Year == r.Year) is var o
                        ? r with
                        {
                            Spend = r.Spend + o.Spend,
                            SpendPrior = r.SpendPrior + o.SpendPrior,
                            Revenue = r.Revenue + o.Revenue,
                        }
                        : r
                ),
        ];
        List<Stretch> register =
        [
            .. history.Register.Select(s => s.Code == other ? s with { Ends = $"{year}-04-30" } : s),
            new(one, $"{year}-05-01", "MERGE", other, "", "9999-12-31"),
        ];
        var merged = Run(new(register, joined));
        ChangesSum(merged);
        Only(before, merged, k => k.Year >= year && (k.Breakdown == "group" || k.Breakdown == "enterprise" && (k.Category == one || k.Category == other)));
        SameComingsAndGoings(before, merged);
    }

    private const int Entrants = 5,
        Exits = 6,
        NonResponse = 7;

    private static void ChangesSum(Outcome outcome) => Assert.All(outcome.Changes.Values, c => Assert.Equal(c[1] - c[0], c[2..].Sum()));

    private static void SameComingsAndGoings(Outcome before, Outcome after) =>
        Assert.Equal(
            before.Changes.Select(c => (c.Key, c.Value[Entrants], c.Value[Exits])).Order(),
            after.Changes.Select(c => (c.Key, c.Value[Entrants], c.Value[Exits])).Order()
        );

    private static void Only(Outcome before, Outcome after, Func<(string Breakdown, string Category, int Year), bool> may)
    {
        foreach (var figure in before.Figures.Keys.Union(after.Figures.Keys))
        {
            var parts = figure.Split(':');
            if (!may((parts[1], parts[2], int.Parse(parts[3], CultureInfo.InvariantCulture))))
                Assert.Equal((figure, before.Figures.GetValueOrDefault(figure)), (figure, after.Figures.GetValueOrDefault(figure)));
        }
    }

    /// <summary>Mergers and splits of one half, returns left out here and there; three enterprises at least report every year and nothing happens to them.</summary>
    private static History Make(Random random)
    {
        var history = new History([], []);
        for (var e = 0; e < Enterprises; e++)
        {
            var code = $"E{e}";
            var predecessor = e is > 0 and < 4 && random.Next(2) == 0 ? $"E{e - 1}" : "";
            history.Register.Add(new(code, "2010-01-01", "NEW", "", "", "9999-12-31"));
            if (predecessor.Length > 0)
                history.Register.Add(
                    random.Next(2) == 0
                        ? new(code, $"{random.Next(2022, 2025)}-03-01", "MERGE", predecessor, "", "9999-12-31")
                        : new(code, $"{random.Next(2022, 2025)}-03-01", "SPLIT", predecessor, random.Next(2) == 0 ? "40" : "", "9999-12-31")
                );
            var group = $"G{random.Next(3)}";
            for (var year = FirstYear; year <= LastYear; year++)
                if (e > 4 || random.Next(4) > 0)
                    history.Returns.Add(new(code, group, year, random.Next(3, 9999), random.Next(3, 9999), random.Next(10_000, 99_999)));
        }
        return history;
    }

    private static Outcome Run(History history)
    {
        using var warehouse = new WarehouseSketch();
        warehouse.Fill(
            "core.dim_enterprise",
            [
                ["enterprise_key", "enterprise_code", "valid_from", "change_kind", "predecessor_codes", "split_share_percent", "ends_on", "enterprise_level"],
                .. history.Register.Select((s, n) => (string[])[$"{n + 1}", s.Code, s.From, s.Kind, s.Predecessors, s.Share, s.Ends, "S"]),
            ]
        );
        warehouse.Fill(
            "metric.enterprise_period",
            [
                ["enterprise_code", "period_key", "group_code", "rd_expense_wan", "rd_expense_prior_wan", "revenue_wan", "rd_spend_edition", "finance_edition"],
                .. history.Returns.Select(r => (string[])[r.Code, $"{r.Year}000", r.Group, $"{r.Spend}", $"{r.SpendPrior}", $"{r.Revenue}", "1", "1"]),
            ]
        );
        warehouse.Fill(
            "core.dim_return",
            [
                ["return_id", "form", "enterprise_code", "period_key", "is_latest"],
                .. history
                    .Returns.SelectMany(r => new[] { "rd_spend", "finance" }.Select(f => (r, f)))
                    .Select((p, n) => (string[])[$"{n + 1}", p.f, p.r.Code, $"{p.r.Year}000", "true"]),
            ]
        );
        warehouse.Fill(
            "landing.sheet",
            [
                ["file_no", "sheet_no", "filled_on"],
                ["1", "1", $"{LastYear + 1}-03-01"],
            ]
        );
        foreach (
            var model in (string[])
                [
                    "core.survey_period",
                    "core.obligation",
                    "core.bridge_succession",
                    "core.unshared_split",
                    "metric.carried_amount",
                    "metric.unreported",
                    "metric.joined_unit",
                    "metric.absent_unit",
                    "metric.completed_period",
                    "metric.amount",
                    "metric.ratio",
                    "published.change",
                ]
        )
            warehouse.RunModel(model);
        return new(
            warehouse
                .Connection.Rows(
                    """
                    select metric || ':' || breakdown || ':' || category || ':' || period_key // 1000, value from metric.amount where metric in ('rd_expense', 'revenue')
                    union all select metric || ':' || breakdown || ':' || category || ':' || period_key // 1000, value from metric.ratio where metric = 'rd_intensity'
                    """
                )
                .ToDictionary(r => (string)r[0]!, r => (decimal?)r[1], StringComparer.Ordinal),
            warehouse
                .Connection.Rows(
                    "select metric || ' ' || period_year, value_before, value, continuing, restatement, definition, entrants, exits, non_response from published.change"
                )
                .ToDictionary(r => (string)r[0]!, r => r.Skip(1).Select(v => (decimal)v!).ToArray(), StringComparer.Ordinal),
            [.. warehouse.Connection.Rows("select period_year || ' ' || enterprise_code from metric.unreported").Select(r => (string)r[0]!)]
        );
    }
}
