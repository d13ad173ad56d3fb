using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Models;
using Xunit;

namespace Innovation1551.Specs.Warehouse;

/// <summary>What an analyst can do with DuckDB alone: paste a model, read a release.</summary>
public sealed class BareShellSpecs : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Every_model_pasted_as_it_stands_makes_the_table_that_the_release_has()
    {
        using var shell = new DuckDBConnection("DataSource=:memory:");
        shell.Open();
        shell.Run(
            $"attach '{_workspace.Workspace.Landing}' as landing (read_only); attach '{_workspace.Store.WarehousePath(_workspace.Store.Find("latest"))}' as release (read_only)"
        );
        shell.Run(WarehouseSketch.Definitions["prelude.sql"]);
        foreach (var seed in shell.Rows("select table_name from duckdb_tables() where database_name = 'release' and schema_name = 'seed'"))
            shell.Run($"create table seed.{seed[0]} as from release.seed.{seed[0]}");
        var pasted = new HashSet<ModelView>();
        foreach (var model in WarehouseSketch.Graph.Ordered)
        {
            // Whoever pastes a model that reads views of cells pastes these first.
            foreach (var view in WarehouseSketch.Graph.ViewsOf(model).Where(pasted.Add))
                shell.Run(view.Sql);
            shell.Run(model.Sql);
            Assert.Equal(
                (model.Relation, 0L),
                (
                    model.Relation,
                    shell.Scalar<long>(
                        $"select count(*) from ((from {model.Relation} except all from release.{model.Relation}) union all (from release.{model.Relation} except all from {model.Relation}))"
                    )
                )
            );
        }
        foreach (var view in ModelView.All(WarehouseSketch.Definitions).Where(pasted.Add))
            shell.Run(view.Sql);
        Assert.True(shell.Scalar<long>("select count(*) from lineage.figure_cell") > 100);
    }

    /// <summary>Three versions of one return, filled in on the 4th, 5th and 6th of March 2025; the second no longer mentions one enterprise.</summary>
    [Theory]
    [InlineData("2025-03-03", "")]
    [InlineData("2025-03-04", "A 1100, B 550")]
    [InlineData("2025-03-05", "A 1200")]
    [InlineData("2025-03-06", "A 1300")]
    [InlineData("2099-01-01", "A 1300")]
    public void As_of_a_day_a_late_return_is_absent_before_and_a_superseded_one_after(string day, string known)
    {
        Assert.Equal(
            known,
            _workspace
                .Query(
                    $"""
                    select coalesce(string_agg(case enterprise_code when '{SmallReturns.A}' then 'A ' else 'B ' end || cast(amount_wan as integer), ', ' order by enterprise_code), '')
                    from fact.rd_expense_as_of(date '{day}') where period = '2024' and enterprise_code in ('{SmallReturns.A}', '{SmallReturns.B}')
                    """
                )
                .Single()[0]
        );
        // Every fact has its macro, and today it is the fact in force.
        if (day == "2099-01-01")
            foreach (var fact in _workspace.Query("select view_name from duckdb_views() where schema_name = 'fact'").Select(r => (string)r[0]!))
                Assert.Equal(
                    (fact, 0L),
                    (
                        fact,
                        (long)
                            _workspace
                                .Query(
                                    $"select count(*) from ((from fact.{fact} except all from fact.{fact}_as_of(date '{day}')) union all (from fact.{fact}_as_of(date '{day}') except all from fact.{fact}))"
                                )
                                .Single()[0]!
                    )
                );
    }

    [Fact]
    public void A_stranger_reads_in_the_release_what_each_table_and_column_is()
    {
        var bare = _workspace.Query(
            """
            select table_name, comment from duckdb_tables() where schema_name in ('core', 'metric', 'published') and coalesce(comment, '') not like '%/%'
            union all select view_name, comment from duckdb_views() where (schema_name = 'lineage' or schema_name = 'published') and coalesce(comment, '') not like '%/%'
            union all select function_name, comment from duckdb_functions() where schema_name = 'fact' and coalesce(comment, '') not like '%/%'
            union all select schema_name, null from duckdb_schemas() where database_name = current_database() and schema_name in ('core', 'fact', 'metric', 'lineage', 'published', 'seed') and schema_name not in (select schema_name from seed.warehouse_schema)
            union all select table_name || '.' || column_name, comment from duckdb_columns() where schema_name in ('core', 'metric', 'lineage', 'published') and coalesce(comment, '') not like '%/%'
            """
        );
        Assert.Empty(bare.Select(r => $"{r[0]}: {r[1]}"));
        // What is wide counts each thing once: the same sums as the figures.
        Assert.Equal(
            [0L],
            _workspace
                .Query(
                    """
                    select count(*) from (
                        select 'rd_expense:total:all:' || period_year as figure_id, sum(rd_expense_wan) as value from published.rd_wide group by all having sum(rd_expense_wan) is not null
                        union all select 'revenue:total:all:' || period_year, sum(revenue_wan) from published.rd_wide group by all having sum(revenue_wan) is not null
                        union all select 'patents_filed:total:all:' || year(filed_on), count(*) from published.dim_patent where filed_on is not null group by all
                        union all select 'awards:total:all:' || period_year, count(*) from published.dim_award where award_level in ('NAT', 'PROV') group by all
                    ) as w left join published.figure as f using (figure_id)
                    where w.value is distinct from f.value
                    """
                )
                .Select(r => r[0])
        );
        Assert.True((long)_workspace.Query("select count(*) from information_schema.columns where table_schema = 'published'").Single()[0]! > 80);
    }
}
