using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Models;

/// <summary>A missing annual return is imputed where a rule says so, marked wherever it counts, and never taken for a reported one.</summary>
public sealed class ImputationSpecs : IDisposable
{
    private const string Header = "rule,metric,levels,from_year,to_year,industry_length,min_donors,reason\n";

    /// <summary>The small returns: of 2024 the second company of the first group has none any more; the first went from 1,000 to 1,300.</summary>
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void What_stands_for_a_missing_return_is_marked_wherever_it_counts()
    {
        var off = _workspace.Store.Find("latest");
        var reported = Values(off);
        var on = Build("1,rd_expense,,2024,,1,1,example\n");
        var imputed = Assert.Single(
            _workspace.Query(
                "select enterprise_code, amount, last_amount, donors, donors_now, donors_before from metric.imputed_amount where amount is not null",
                on
            )
        );
        Assert.Equal([SmallReturns.B, 650m, 500m, 1, 1300m, 1000m], imputed);
        foreach (var table in (string[])["rd_expense", "rd_cost", "dim_return", "finance"])
            Assert.Equal(Rows(off, $"from core.{table} order by all"), Rows(on, $"from core.{table} order by all"));

        // What it counts in, outside SQL: itself, its group, industry, city and sector, and the total.
        var changed = Values(on).Where(v => !reported.TryGetValue(v.Key, out var before) || before.Value != v.Value.Value).ToDictionary();
        Assert.Contains($"rd_expense:enterprise:{SmallReturns.B}:2024", changed.Keys);
        Assert.Contains($"rd_expense:group:{SmallReturns.G1}:2024", changed.Keys);
        Assert.Contains("rd_expense:total:all:2024", changed.Keys);
        foreach (var (figure, (value, flags, percent, _)) in changed)
        {
            Assert.True(FigureFlag.Split(flags).Contains("imputed"), $"{figure} is not marked");
            if (figure.StartsWith("rd_expense:", StringComparison.Ordinal))
            {
                Assert.Equal(650m, value - (reported.TryGetValue(figure, out var before) ? before.Value : 0));
                Assert.Equal(Math.Round(65000m / value!.Value, 6, MidpointRounding.AwayFromZero), percent);
            }
        }
        Assert.All(Values(on).Where(v => v.Value.Flags?.Contains("imputed", StringComparison.Ordinal) == true), v => Assert.True(v.Value.Percent > 0, v.Key));
        // Who was imputed for reported nothing.
        Assert.All(reported, r => Assert.Equal(r.Value.Contributors, Values(on)[r.Key].Contributors));

        var traced = _workspace.Trace($"rd_expense:group:{SmallReturns.G1}:2024");
        Assert.True(traced.IsExact);
        Assert.Contains("imputed", traced.Flags);
        var cell = Assert.Single(traced.Cells, c => c.IsImputed);
        Assert.Equal((650m, null, SmallReturns.B), (cell.Amount, cell.Read, cell.EnterpriseCode));
        Assert.Equal(500m, Assert.Single(traced.Cells, c => c.Side == "base").Amount);
        Assert.Equal([1000m, 1300m], traced.Cells.Where(c => c.Side == "donor").Select(c => c.Amount!.Value).Order());
        foreach (var figure in changed.Keys)
            Assert.True(_workspace.Trace(figure).IsExact, figure);
    }

    [Fact]
    public void Without_enough_donors_nothing_is_imputed_and_it_says_why()
    {
        var off = Values(_workspace.Store.Find("latest"));
        var on = Build("1,rd_expense,,2024,,1,2,example\n");
        var said = _workspace.Query("select enterprise_code, outcome, amount from metric.imputed_amount", on);
        Assert.Contains(said, r => (string)r[0]! == SmallReturns.B && (string)r[1]! == "FEW_DONORS");
        Assert.All(said, r => Assert.Null(r[2]));
        Assert.Equal(off, Values(on));
    }

    [Fact]
    public void Without_a_rule_nothing_is_imputed()
    {
        Assert.Equal([0L], _workspace.Query("select count(*) from metric.imputed_amount")[0]);
        Assert.Empty(_workspace.Query("from published.figure where value is not null and (imputed_percent <> 0 or contains(flags, 'imputed'))"));
        Assert.Empty(_workspace.Query("from lineage.figure_cell where fact = 'metric.imputed_amount' or side in ('base', 'donor')"));
    }

    [Theory]
    [InlineData("1,patents_filed,,2024,,1,1,example\n", "2", "metric must be one of")]
    [InlineData("1,rd_expense,,2024,,1,1,example\n1,revenue,,2024,,1,1,example\n", "3", "neither empty nor repeated")]
    [InlineData("1,rd_expense,Q,2024,,1,1,example\n", "2", "has no \"Q\"")]
    [InlineData("1,rd_expense,,2024,2023,1,1,example\n", "2", "to_year is before from_year")]
    [InlineData("1,rd_expense,,2024,,0,1,example\n", "2", "industry_length must be a whole number")]
    [InlineData("1,rd_expense,,2024,,1,0,example\n", "2", "min_donors must be a whole number")]
    [InlineData("1,rd_expense,,2024,,1,1,\n", "2", "say on what the rule rests")]
    public void A_rule_that_does_not_hold_is_refused_with_its_line(string lines, string line, string why)
    {
        var refused = Assert.Throws<DefinitionException>(() => ImputationRules.Demand(With(("imputation_rule", Header + lines))));
        Assert.Equal(ImputationRules.Path, refused.File);
        Assert.Equal(line, refused.Place);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Disclosure_control_and_imputation_are_not_on_together() =>
        Assert.Contains(
            "empty one of the two tables",
            Assert
                .Throws<DefinitionException>(() =>
                    ImputationRules.Demand(
                        With(
                            ("imputation_rule", Header + "1,rd_expense,,2024,,1,1,example\n"),
                            (
                                "disclosure_rule",
                                "rule,metric,threshold,dominance_n,dominance_k_percent,p_percent,range_percent,reason\n1,rd_expense,3,,,,10,example\n"
                            )
                        )
                    )
                )
                .Message,
            StringComparison.Ordinal
        );

    private Manifest Build(string rules)
    {
        var built = new Building(_workspace.Workspace, With(("imputation_rule", Header + rules)), TimeProvider.System, releasesToKeep: 9).Build(
            null,
            null,
            TestContext.Current.CancellationToken
        );
        Assert.Empty(built.Failures);
        return built.Manifest!;
    }

    private Definitions With(params (string Seed, string Text)[] seeds)
    {
        var folder = Path.Combine(_workspace.Workspace.Root, "definitions");
        Directory.CreateDirectory(Path.Combine(folder, "seeds"));
        foreach (var (seed, text) in seeds)
            File.WriteAllText(Path.Combine(folder, "seeds", seed + ".csv"), text);
        return Definitions.Load(folder);
    }

    private List<string> Rows(Manifest release, string sql) => [.. _workspace.Query(sql, release).Select(r => string.Join('|', r))];

    private Dictionary<string, (decimal? Value, string? Flags, decimal? Percent, int? Contributors)> Values(Manifest release) =>
        _workspace
            .Query("select figure_id, value, flags, imputed_percent, contributors from published.figure where value is not null", release)
            .ToDictionary(r => (string)r[0]!, r => ((decimal?)r[1], (string?)r[2], (decimal?)r[3], (int?)r[4]), StringComparer.Ordinal);
}
