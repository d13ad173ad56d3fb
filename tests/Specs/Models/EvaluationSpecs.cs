using Innovation1551.Models.Warehouse;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Models;

/// <summary>The evaluation's own arithmetic holds on the sample, and a change of its tables moves what it must and nothing else.</summary>
public sealed class EvaluationSpecs(BuiltSample sample) : IClassFixture<BuiltSample>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evaluation").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_parts_sum_to_the_score_and_to_its_change_as_displayed()
    {
        Assert.NotEmpty(sample.Query("select * from published.evaluation_score where score is not null and score_change is not null"));
        Assert.Empty(
            sample.Query(
                """
                select s.system, s.group_code, s.period_year
                from published.evaluation_score as s
                join published.evaluation_part as p using (system, group_code, period_year)
                group by s.system, s.group_code, s.period_year, s.score, s.score_change, s.base_score, s.bonus, s.veto
                having sum(p.contribution) is distinct from s.score or s.base_score + s.bonus + s.veto is distinct from s.score
                    or s.score_change is not null and (sum(p.change) <> s.score_change or sum(p.change_by_value + p.change_by_weight) <> s.score_change)
                """
            )
        );
    }

    [Fact]
    public void A_place_lies_within_its_range_and_a_change_is_told_only_where_ranges_part()
    {
        Assert.Empty(
            sample.Query("select * from published.evaluation_score where not rank between rank_low and rank_high or (rank is null) <> (score is null)")
        );
        Assert.Empty(
            sample.Query(
                """
                select * from published.evaluation_score as a
                join published.evaluation_score as b on b.system = a.system and b.group_code = a.group_code and b.period_year = a.period_year - 1
                where a.may_tell_rank_change <> (a.rank <> b.rank and (a.rank_high < b.rank_low or a.rank_low > b.rank_high))
                """
            )
        );
    }

    /// <summary>The models run once more over the figures of the release, with the tables as a statistician changed them.</summary>
    [Fact]
    public void A_change_of_weights_moves_its_class_alone()
    {
        using var release = new DuckDB.NET.Data.DuckDBConnection("DataSource=:memory:");
        release.Open();
        release.Run($"attach '{sample.Warehouse}' as release (read_only)");
        release.Run(WarehouseSketch.Definitions["prelude.sql"]);
        release.Run(
            string.Concat(
                release
                    .Rows(
                        "select schema_name, table_name from duckdb_tables() where database_name = 'release' and (schema_name = 'seed' or schema_name || '.' || table_name in ('published.figure', 'core.dim_enterprise', 'core.dim_return', 'core.dim_period', 'core.evaluation_decision'))"
                    )
                    .Select(r => $"create table {r[0]}.{r[1]} as from release.{r[0]}.{r[1]};")
            )
        );
        release.Run(
            "update seed.evaluation_weight set weight = case indicator when 'EX1_PATENTS' then '0.20' else '0.10' end where class = 'MAKING' and indicator in ('EX1_PATENTS', 'EX1_INTENSITY')"
        );
        release.Run("update seed.evaluation_weight set weight = '0.30' where class = 'MAKING' and indicator = 'EX1_SPEND_GROWTH'");
        foreach (var relation in (string[])["published.evaluation_part", "published.evaluation_score"])
            release.Run(WarehouseSketch.ModelOf(relation).Sql);

        const string both = "published.evaluation_part as a join release.published.evaluation_part as b using (system, group_code, period_year, part)";
        Assert.Empty(release.Rows($"select * from {both} where a.class <> 'MAKING' and a is distinct from b"));
        Assert.Empty(release.Rows($"select * from {both} where a.value is distinct from b.value or a.normalised is distinct from b.normalised"));
        Assert.Empty(
            release.Rows(
                $"select * from {both} where a.contribution <> b.contribution and (a.class <> 'MAKING' or a.part not in ('EX1_SPEND_GROWTH', 'EX1_INTENSITY') and a.kind = 'indicator')"
            )
        );
        Assert.NotEmpty(release.Rows($"select * from {both} where a.class = 'MAKING' and a.contribution <> b.contribution"));
    }

    /// <summary>What is decided on appeal is read by the evaluation alone, so no published figure can move.</summary>
    [Fact]
    public void A_decision_reaches_the_evaluation_and_no_figure() =>
        Assert.Equal(["published.evaluation_part"], WarehouseSketch.Graph.Reads.Where(r => r.Value.Contains("core.evaluation_decision")).Select(r => r.Key));

    [Theory]
    [InlineData("weight", "MAKING_EX1_SPEND_GROWTH,MAKING,EX1_SPEND_GROWTH,0.15", "MAKING_EX1_SPEND_GROWTH,MAKING,EX1_SPEND_GROWTH,0.16", 15)]
    [InlineData("weight", "MAKING_EX1_PATENTS,MAKING", "MAKING_EX1_PATENTS,OTHER", 12)]
    [InlineData("weight", "EX1_PATENTS,0.15", "EX1_NONE,0.15", 5)]
    [InlineData("indicator", "rd_expense_yoy", "rd_expense_growth", 3)]
    [InlineData("indicator", "higher,0.3,4", "higher,4,4", 2)]
    [InlineData("indicator", "higher,0,15", "lower,0,15", 7)]
    [InlineData("indicator", "higher,0,250,ZERO", "higher,0,250,SKIP", 5)]
    [InlineData("item", "academicians,ge,1", "academicians,ge,0", 2)]
    [InlineData("item", "rd_intensity,lt", "rd_intensity,under", 4)]
    [InlineData("system", "MARK", "PERHAPS", 2)]
    [InlineData("system", ",500,", ",many,", 2)]
    public void A_table_that_does_not_hang_together_is_refused_at_its_line(string seed, string from, string to, int line)
    {
        var path = $"seeds/evaluation_{seed}.csv";
        var text = WarehouseSketch.Definitions[path];
        Assert.Contains(from, text, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_folder, "seeds"));
        File.WriteAllText(Path.Combine(_folder, path), text.Replace(from, to, StringComparison.Ordinal));
        var fault = Assert.Throws<DefinitionException>(() => EvaluationSystem.Demand(Definitions.Load(_folder)));
        Assert.Equal((path, line.ToString(System.Globalization.CultureInfo.InvariantCulture)), (fault.File, fault.Place));
    }
}
