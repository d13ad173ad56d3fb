using System.Globalization;
using System.Text;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Tracing;
using Innovation1551.Returns;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Tracing;

/// <summary>A cell that changes moves the figures that its trace predicts, by the amount that it predicts, and no other.</summary>
public sealed class ChangedCellSpecs(ChangedCellSpecs.Unchanged unchanged) : IClassFixture<ChangedCellSpecs.Unchanged>
{
    private const decimal Delta = 7m;

    /// <summary>The returns as they are, built once.</summary>
    public sealed class Unchanged : IDisposable
    {
        public Unchanged()
        {
            Workspace.Load(Write(Workspace.Workspace.Inbox));
            Release = Workspace.Build().Manifest!;
        }

        internal TestWorkspace Workspace { get; } = new();

        internal Manifest Release { get; }

        public void Dispose() => Workspace.Dispose();
    }

    [Theory]
    [InlineData("finance-2024.csv", "revenue_wan")]
    [InlineData("finance-2024.csv", "revenue_prior_wan", Explicit = true)]
    [InlineData("finance-2024-correction.csv", "revenue_wan", Explicit = true)]
    [InlineData("spend-2023.csv", "rd_personnel_fte")]
    // The items of a balance move together; a total that its parts do not make would be rejected.
    [InlineData("spend-2024-v3.csv", "expense_total_wan", "cost_personnel_wan")]
    [InlineData("spend-2023.csv", "intramural_total_wan", "activity_experimental_wan", "fund_enterprise_wan", Explicit = true)]
    // The fifth group overtakes the fourth.
    [InlineData("spend-2024-groups.csv", "expense_total_wan", "cost_direct_input_wan")]
    public void A_changed_cell_moves_exactly_the_figures_that_it_feeds(string file, params string[] fields)
    {
        var (before, release) = (unchanged.Workspace, unchanged.Release);
        var cells = fields.Select(f => Address(before, file, f)).ToList();
        var predicted = cells.SelectMany(c => before.TraceCell($"{file}#!{c.Letters}{c.Row}", release).Figures).ToList();
        Assert.NotEmpty(predicted);

        using var after = new TestWorkspace();
        var changed = Write(after.Workspace.Inbox);
        foreach (var cell in cells)
            Change(changed.Single(p => Path.GetFileName(p) == file), cell.Letters, cell.Row);
        after.Load(changed);
        var (old, now) = (Figures(before, release), Figures(after, after.Build().Manifest!));

        Assert.Equal(old.Keys.Order(), now.Keys.Order());
        Assert.Equal(
            predicted.Select(f => f.Figure).Distinct().Order(StringComparer.Ordinal),
            old.Keys.Where(id => old[id] != now[id]).Order(StringComparer.Ordinal)
        );
        foreach (var side in predicted.Where(f => f.Weight is not null).GroupBy(f => (f.Figure, f.Side)))
        {
            var expected = side.Sum(f => f.Weight!.Value) * Delta;
            var (was, became) = (old[side.Key.Figure], now[side.Key.Figure]);
            Assert.Equal(
                (side.Key, expected),
                (
                    side.Key,
                    side.Key.Side switch
                    {
                        "value" => became.Value - was.Value,
                        "numerator" => became.Numerator - was.Numerator,
                        _ => became.Denominator - was.Denominator,
                    }
                )
            );
        }
        foreach (var id in predicted.Select(f => f.Figure).Distinct())
            if (now[id] is { Value: { } value } figure)
                Assert.True(Math.Abs(value - Predicted(id, figure, now)) <= 0.000002m, $"{id} became {value} instead of {Predicted(id, figure, now)}");
    }

    [Fact]
    public void A_rank_that_changes_moves_the_share_of_the_four_largest_groups_by_the_difference()
    {
        Assert.Equal(0L, unchanged.Workspace.Query("select rows_rejected from core.file_account where file_name = 'spend-2024-groups.csv'").Single()[0]);
        var was = Figures(unchanged.Workspace, unchanged.Release)["rd_cr4:total:all:2024"];
        using var after = new TestWorkspace();
        var changed = Write(after.Workspace.Inbox);
        var cells = new[] { "expense_total_wan", "cost_direct_input_wan" }.Select(f => Address(unchanged.Workspace, "spend-2024-groups.csv", f));
        foreach (var cell in cells)
            Change(changed.Single(p => p.EndsWith("spend-2024-groups.csv", StringComparison.Ordinal)), cell.Letters, cell.Row);
        after.Load(changed);
        var now = Figures(after, after.Build().Manifest!)["rd_cr4:total:all:2024"];
        // The fifth took the place of the fourth, 5 above it before: only what it has more counts.
        Assert.Equal((Delta - 5, Delta), (now.Numerator - was.Numerator, now.Denominator - was.Denominator));
    }

    private static string[] Write(string folder) => [.. SmallReturns.Write(folder).Select(f => f.Path), .. SmallReturns.WriteGroups(folder)];

    /// <summary>The value that follows from both sides, or from other figures, by the definition of each metric, written here a second time.</summary>
    private static decimal Predicted(string id, FigureValue figure, Dictionary<string, FigureValue> all)
    {
        var parts = id.Split(':');
        var (n, d) = (figure.Numerator ?? 0, figure.Denominator ?? 0);
        return parts[0] switch
        {
            "rd_intensity_change_pp" => all[$"rd_intensity:{parts[1]}:{parts[2]}:{parts[3]}"].Value!.Value - d,
            "rd_hhi" => all.Where(f => f.Key.StartsWith("rd_expense:group:", StringComparison.Ordinal) && f.Key.EndsWith(parts[3], StringComparison.Ordinal))
                .Sum(f => (f.Value.Value!.Value * 100 / all[$"rd_expense:total:all:{parts[3]}"].Value!.Value) is var share ? share * share : 0),
            "rd_intensity_growth" => (n - d) * 100 / d,
            _ when parts[0].EndsWith("_yoy", StringComparison.Ordinal) => (n - d) * 100 / d,
            "rd_expense_cagr" or "revenue_cagr" => (decimal)(
                (Math.Pow((double)(n / d), 1.0 / (int.Parse(parts[3], CultureInfo.InvariantCulture) - int.Parse(parts[2], CultureInfo.InvariantCulture))) - 1)
                * 100
            ),
            "rd_expense_per_fte" => n / d,
            "patents_per_100m_rd" => n * 10_000 / d,
            _ when figure.Denominator is not null => n * 100 / d,
            _ => figure.Value!.Value,
        };
    }

    private static Dictionary<string, FigureValue> Figures(TestWorkspace workspace, Manifest release) =>
        workspace
            .Query("select figure_id, value, numerator, denominator from published.figure where value is not null", release)
            .ToDictionary(r => (string)r[0]!, r => new FigureValue((decimal?)r[1], (decimal?)r[2], (decimal?)r[3]), StringComparer.Ordinal);

    /// <summary>The last cell of the field in the file that is in force.</summary>
    private static (string Letters, int Row) Address(TestWorkspace workspace, string file, string field)
    {
        var row = workspace
            .Query(
                $"""
                select s.column_letters, max(c.source_row)
                from lineage.figure_cell as c
                join core.dim_return as r using (return_id)
                join core.source_column as s on s.file_no = r.file_no and s.sheet_no = r.sheet_no and s.field = c.field
                where r.file_name = '{file}' and c.field = '{field}' group by all
                """
            )
            .Single();
        return ((string)row[0]!, (int)(long)row[1]!);
    }

    private static void Change(string path, string letters, int row)
    {
        // Latin 1 keeps every byte as it is, whatever the encoding of the file; the cell itself is digits.
        var lines = Encoding.Latin1.GetString(File.ReadAllBytes(path)).Split('\n');
        var cells = lines[row - 1].Split(',');
        var column = letters.Aggregate(0, (n, c) => n * 26 + c - 'A' + 1) - 1;
        cells[column] = (decimal.Parse(cells[column], CultureInfo.InvariantCulture) + Delta).ToString(CultureInfo.InvariantCulture);
        lines[row - 1] = string.Join(',', cells);
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(string.Join('\n', lines)));
    }
}
