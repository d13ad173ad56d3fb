using System.Globalization;
using DuckDB.NET.Data;
using Innovation1551.Models.Disclosure;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Figures;
using Xunit;

namespace Innovation1551.Specs.Models;

/// <summary>The flags of a figure are the union of those of its cells and of what its own period's response says, in whatever order anything comes.</summary>
public sealed class FlagSpecs(BuiltSample sample) : IClassFixture<BuiltSample>
{
    private static readonly string[] Codes = ["imputed", "estimated", "provisional", "incomplete", "revised"];

    /// <summary>A cell of a figure, by number of the figure, return and row.</summary>
    private sealed record Cell(int Figure, int Return, int Row, bool IsImputed, bool IsWhole);

    /// <summary>Figures alternate between two periods, returns too, so that half of the cells are of another period than their figure.</summary>
    private sealed record Small(
        List<Cell> Cells,
        List<(int Return, bool Provisional, bool Incomplete, bool Revised, bool Divided)> Returns,
        List<(int Return, int Row)> Corrected
    );

    [Fact]
    public void Any_order_gives_the_union_and_no_cell_takes_a_flag_away()
    {
        using var warehouse = new WarehouseSketch();
        warehouse.Fill(
            "lineage.figure_source",
            [
                [],
            ]
        );
        warehouse.RunModel("published.figure_flag");
        var told = 0;
        for (var seed = 1; seed <= 40; seed++)
        {
            var random = new Random(seed);
            var small = Drawn(random);
            var flags = Run(warehouse, small);
            Assert.Equal(Expected(small), flags);
            told += flags.Sum(f => f.Value.Count);

            var shuffled = new Small(
                [.. small.Cells.OrderBy(_ => random.Next())],
                [.. small.Returns.OrderBy(_ => random.Next())],
                [.. small.Corrected.OrderBy(_ => random.Next())]
            );
            Assert.Equal(flags, Run(warehouse, shuffled));

            var more = Run(warehouse, small with { Cells = [.. small.Cells, DrawnCell(random)] });
            Assert.All(flags, f => Assert.Superset(f.Value, more[f.Key]));
        }
        Assert.True(told > 200, $"{told} flags were told");
    }

    private static Small Drawn(Random random) =>
        new(
            [.. Enumerable.Range(0, random.Next(1, 15)).Select(_ => DrawnCell(random)).Distinct()],
            [.. Enumerable.Range(0, 8).Where(_ => random.Next(2) == 0).Select(r => (r, Odd(random), Odd(random), Odd(random), Odd(random)))],
            [.. Enumerable.Range(0, 8).Where(_ => random.Next(4) == 0).Select(r => (r, random.Next(3)))]
        );

    private static Cell DrawnCell(Random random) => new(random.Next(5), random.Next(8), random.Next(3), random.Next(6) == 0, random.Next(2) == 0);

    private static bool Odd(Random random) => random.Next(2) == 1;

    private static int Period(int number) => 2024000 + 1000 * (number % 2);

    /// <summary>The rule once more, cell by cell.</summary>
    private static Dictionary<int, HashSet<string>> Expected(Small small)
    {
        var made = new Dictionary<int, HashSet<string>>();
        foreach (var cell in small.Cells)
        {
            var flags = new HashSet<string>();
            var r = small.Returns.Find(r => r.Return == cell.Return);
            var isElsewhere = Period(cell.Return) != Period(cell.Figure);
            if (cell.IsImputed)
                flags.Add("imputed");
            if (r.Divided && !cell.IsWhole)
                flags.Add("estimated");
            if (r.Provisional && isElsewhere)
                flags.Add("provisional");
            if (r.Incomplete && isElsewhere)
                flags.Add("incomplete");
            if (r.Revised || small.Corrected.Contains((cell.Return, cell.Row)))
                flags.Add("revised");
            if (flags.Count > 0 && !made.TryAdd(cell.Figure, flags))
                made[cell.Figure].UnionWith(flags);
        }
        return made;
    }

    private static Dictionary<int, HashSet<string>> Run(WarehouseSketch warehouse, Small small)
    {
        foreach (var table in (string[])["core.dim_return", "core.corrected_cell", "published.return_flag", "metric.imputed_amount", "lineage.figure_source"])
            warehouse.Connection.Run($"delete from {table}");
        for (var r = 0; r < 8; r++)
            warehouse.Connection.Run(
                "insert into core.dim_return (return_id, enterprise_code, period_key, is_latest) values ($1, $2, $3, true)",
                r,
                $"E{r}",
                Period(r)
            );
        foreach (var r in small.Returns)
            warehouse.Connection.Run(
                "insert into published.return_flag values ($1, $2, $3, $4, $5)",
                r.Return,
                r.Provisional,
                r.Incomplete,
                r.Revised,
                r.Divided
            );
        foreach (var c in small.Corrected)
            warehouse.Connection.Run("insert into core.corrected_cell (return_id, source_row, field) values ($1, $2, 'f')", c.Return, (long)c.Row);
        foreach (var r in small.Cells.Where(c => c.IsImputed).Select(c => c.Return).Distinct())
            warehouse.Connection.Run("insert into metric.imputed_amount (enterprise_code, period_key, amount) values ($1, $2, 1)", $"E{r}", Period(r) + 1000);
        foreach (var c in small.Cells)
            warehouse.Connection.Run(
                "insert into lineage.figure_source (metric, breakdown, category, period_key, side, weight, fact, return_id, source_row, field, amount) values ('x_cagr', 'n', $1, $2, 'value', $3, $4, $5, $6, 'f', 1)",
                c.Figure.ToString(CultureInfo.InvariantCulture),
                Period(c.Figure),
                c.IsWhole ? 1 : null,
                c.IsImputed ? "metric.imputed_amount" : "core.rd_expense",
                c.Return,
                (long)c.Row
            );
        return warehouse
            .Connection.Rows(WarehouseSketch.ModelOf("published.figure_flag").Query)
            .ToDictionary(r => int.Parse((string)r[2]!, CultureInfo.InvariantCulture), r => Codes.Where((_, i) => r[4 + i] is true).ToHashSet());
    }

    /// <summary>Held against the cells that lineage gives, one by one and outside SQL; figures of all families, those over several years first.</summary>
    [Fact]
    public void The_flags_of_a_figure_are_those_of_its_cells_and_of_its_own_response()
    {
        using var release = sample.Workspace.Open();
        var db = release.Connection;
        var returns = db.Rows(
                "select r.return_id, r.form, p.period_key, p.period_kind, p.period, r.version_no, r.filled_on, p.period_end from core.dim_return as r join core.dim_period as p using (period_key)"
            )
            .ToDictionary(r => (long)r[0]!);
        var missing = db.Rows(
                "select form, period_key, group_code, d.city from core.obligation as o join core.dim_enterprise as d using (enterprise_key) where is_collected and not is_waived and not is_met"
            )
            .Select(r => ((string)r[0]!, (int)r[1]!, (string)r[2]!, r[3] as string))
            .ToList();
        var closed = db.Rows("select form, period, period_kind, final_on from published.stage")
            .ToDictionary(r => ((string)r[0]!, (string)r[1]!, (string)r[2]!), r => (DateOnly?)r[3]);
        var forms = db.Rows("select metric, form from seed.metric").ToDictionary(r => (string)r[0]!, r => FigureFlag.Split((string?)r[1]));
        var corrected = db.Rows("select return_id, source_row, field from core.corrected_cell")
            .Select(r => ((long)r[0]!, (long)r[1]!, (string)r[2]!))
            .ToHashSet();
        db.Run(
            """
            create temp table chosen as select figure_id, flags, status, case when period_kind = 'ytd' then metric[:-5] else metric end as base, metric, breakdown, category, period_key, period_kind
            from published.figure where value is not null
            qualify row_number() over (partition by metric, breakdown order by flags not like '%revised%', hash(figure_id)) <= 3
            """
        );
        var cells = db.Rows(
                """
                select c.figure_id, l.return_id, l.source_row, l.field from chosen as c
                join lineage.figure_cell as l on l.metric = c.base and l.breakdown = c.breakdown and l.category = c.category and l.period_key = c.period_key
                """
            )
            .ToLookup(r => (string)r[0]!, r => ((long)r[1]!, (long)r[2]!, (string)r[3]!));
        var figures = db.Rows("select figure_id, flags, status, base, breakdown, category, period_key, period_kind from chosen");
        Assert.True(figures.Count > 200);
        var (wrong, inherited) = (new List<string>(), 0);
        foreach (var f in figures)
        {
            var (breakdown, category, period, kind) = ((string)f[4]!, (string)f[5]!, (int)f[6]!, (string)f[7]!);
            var expected = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var cell in cells[(string)f[0]!])
            {
                var r = returns[cell.Item1];
                var isLate = missing.Any(m => m.Item1 == (string)r[1]! && m.Item2 == (int)r[2]!);
                if ((isLate || (string)r[3]! == "ytd") && ((int)r[2]! != period || kind == "month"))
                    expected.Add("provisional");
                if (isLate && (int)r[2]! != period)
                    expected.Add("incomplete");
                var final = closed.TryGetValue(((string)r[1]!, (string)r[4]!, (string)r[3]!), out var on) ? on : ((DateOnly)r[7]!).AddMonths(12);
                if (Convert.ToInt32(r[5], CultureInfo.InvariantCulture) > 1 && (DateOnly?)r[6] > final || corrected.Contains(cell))
                    expected.Add("revised");
            }
            if (expected.Count > 0)
                inherited++;
            // Its own response: the forms behind it, or where nobody owes one of them, all of the year.
            var behind = forms[(string)f[3]!];
            var own = kind == "month" ? period + 2 : period;
            if (kind != "year" || missing.Any(m => m.Item2 == period && (behind.Count == 0 || behind.Contains(m.Item1))))
                expected.Add("provisional");
            if (
                missing.Any(m =>
                    m.Item2 == own
                    && behind.Contains(m.Item1)
                    && (
                        breakdown switch
                        {
                            "group" => m.Item3 == category,
                            "city" => m.Item4 == category,
                            _ => true,
                        }
                    )
                )
            )
                expected.Add("incomplete");
            var flags = FigureFlag.Split((string)f[1]!);
            if (!expected.SetEquals(flags) || flags.Contains("provisional") != ((string)f[2]! == "provisional"))
                wrong.Add($"{f[0]}: {f[1]} ({f[2]}), its cells say {string.Join(';', expected)}");
        }
        Assert.Empty(wrong.Take(20));
        Assert.True(inherited > 50, $"{inherited} figures have flags of their cells");
    }

    /// <summary>Every list of flags is in the order of the table that describes them, and none is unknown.</summary>
    [Fact]
    public void Flags_stand_in_the_order_of_the_one_table_that_describes_them()
    {
        var known = sample.Query("select flag from published.flag order by sort_order").Select(r => (string)r[0]!).ToList();
        Assert.Superset(Codes.ToHashSet(), known.ToHashSet());
        // What charts and the public warehouse mark alone, they mark as tables do.
        Assert.Equal(
            [PublicWarehouse.Mark, FigureText.ProvisionalMark],
            sample.Query("select symbol from published.flag where flag in ('confidential', 'provisional') order by sort_order").Select(r => (string)r[0]!)
        );
        Assert.All(
            sample.Query("select distinct flags from published.figure where flags <> ''").Select(r => FigureFlag.Split((string)r[0]!)),
            flags => Assert.Equal(known.Where(flags.Contains), flags)
        );
    }

    /// <summary>Response by number and by last annual revenue, once more outside SQL.</summary>
    [Fact]
    public void Response_and_coverage_come_again_from_who_owes_and_who_reported()
    {
        var revenue = sample
            .Query(
                "select r.enterprise_code, p.period_year, f.revenue_wan from core.finance as f join core.dim_return as r using (return_id) join core.dim_period as p on p.period_key = r.period_key where r.is_latest and p.period_kind = 'year' and f.revenue_wan is not null"
            )
            .ToLookup(r => (string)r[0]!, r => (Year: (int)r[1]!, Amount: (decimal)r[2]!));
        var reported = sample
            .Query("select form, period_key, enterprise_code from core.dim_return where is_latest")
            .Select(r => ((string)r[0]!, (int)r[1]!, (string)r[2]!))
            .ToHashSet();
        var owed = sample
            .Query(
                "select o.form, o.period_key, o.enterprise_code, d.group_code, d.city, o.is_waived from core.obligation as o join core.dim_enterprise as d using (enterprise_key) where o.is_collected"
            )
            .Select(r => (Form: (string)r[0]!, Period: (int)r[1]!, Code: (string)r[2]!, Group: (string)r[3]!, City: (string?)r[4], IsWaived: (bool)r[5]!))
            .ToLookup(r => (r.Form, r.Period));
        var rows = sample.Query(
            "select c.form, c.breakdown, c.category, p.period_key, c.response_percent, c.coverage_percent, c.missing from published.coverage as c join core.dim_period as p using (period, period_kind)"
        );
        Assert.True(rows.Count > 500);
        foreach (var row in rows)
        {
            var who = owed[((string)row[0]!, (int)row[3]!)]
                .Where(o =>
                    (string)row[1]! switch
                    {
                        "group" => o.Group == (string)row[2]!,
                        "city" => o.City == (string)row[2]!,
                        _ => true,
                    }
                )
                .ToList();
            bool Came((string Form, int Period, string Code, string, string?, bool) o) => reported.Contains((o.Form, o.Period, o.Code));
            decimal Last(string code)
            {
                var known = revenue[code].Where(r => r.Year <= (int)row[3]! / 1000).OrderByDescending(r => r.Year).ToList();
                return known.Where(r => r.Year < (int)row[3]! / 1000).Concat(known).Select(r => r.Amount).FirstOrDefault();
            }
            var (expected, came) = (who.Count(o => !o.IsWaived), who.Count(o => Came(o)));
            var (all, there) = (who.Sum(o => Last(o.Code)), who.Where(o => Came(o)).Sum(o => Last(o.Code)));
            var name = string.Join(' ', row[..4]);
            Assert.True(expected - came == (int)row[6]!, $"{name}: {row[6]} missing, {expected - came} counted");
            Assert.True(Near((decimal?)row[4], expected == 0 ? null : 100m * came / expected), $"{name}: response {row[4]}");
            Assert.True(Near((decimal?)row[5], all == 0 ? null : 100m * there / all), $"{name}: coverage {row[5]}");
        }

        static bool Near(decimal? one, decimal? other) => one is null ? other is null : other is { } o && Math.Abs(one.Value - o) <= 0.000001m;
    }
}
