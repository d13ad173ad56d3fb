using Innovation1551.Models.Dissemination.Engines;
using Innovation1551.Models.Releases;
using Xunit;

namespace Innovation1551.Specs.Dissemination;

/// <summary>A release in a ClickHouse of today: types, recipes, division, and the metrics made again there.</summary>
[Collection(EngineDataCollection.Name)]
public sealed class ChdbSpecs(EngineData data, ChdbServer server) : IClassFixture<ChdbServer>
{
    [Fact]
    public void A_release_is_there_and_answers_and_its_metrics_can_be_made_again()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        using (var release = data.Workspace.Open(data.Now))
        using (var engine = ClickHouseEngine.Of(server.Connection))
        {
            // The engine embedded answers one question at a time, and so can hold no lock by one that lasts.
            engine.Prepare();
            var tables = EngineTable.All(release.Connection);
            engine.Load(release.Connection, data.Now, tables, null, TestContext.Current.CancellationToken);
            engine.Turn(data.Now.Id, tables);
            Assert.Equal(data.Now.Id, engine.InForce());
            foreach (var table in tables)
                engine.Hold(release.Connection, data.Now.Id, table);
        }
        Assert.Equal(["2299-12-31", "Nullable(Date32)"], server.Ask("select max(ends_on), any(toTypeName(ends_on)) from core.dim_enterprise").Single());
        PortableRecipes.Demand(data.Workspace, data.Now, server.Ask, e => e is ClickHouseException, new Dictionary<string, string>());
        ExactDivision.Demand(pairs =>
            ExactDivision.InClickHouse(ClickHouseConnection.Of(server.Connection), pairs, "core_percent(a, b)", "core_quotient(a, b)")
        );
        PortableModels.Demand(
            data.Workspace,
            data.Now,
            server.Ask,
            e => e is ClickHouseException,
            [PortableModels.ForClickHouse, PortableModels.ForClickHouseNamed],
            new Dictionary<string, string>
            {
                ["achievement_amount"] = "ClickHouse calls the columns of f.* by their table",
                ["amount"] = "ClickHouse has no lateral",
                ["annual_amount"] = "ClickHouse has no lateral",
                ["carried_amount"] = "ClickHouse has no lateral",
                ["completed_period"] = "ClickHouse has no order in an aggregate",
                ["growth_from_base"] = "ClickHouse takes the sum for the column of its name",
                ["imputed_amount"] = "core.grown wants whole numbers of more than 38 digits",
                ["intensity_change"] = "ClickHouse takes a column for another of its name",
                ["joined_unit"] = "ClickHouse knows no second recursion in one query",
                ["patent_count"] = "ClickHouse has no & between numbers",
                ["patent_stock"] = "ClickHouse sums no signed with unsigned",
                ["project_count"] = "ClickHouse calls the columns of f.* by their table",
                ["ratio"] = "ClickHouse has no lateral",
                ["talent_count"] = "ClickHouse has no lateral",
                ["task_account"] = "ClickHouse takes a column for another of its name",
                ["task_progress"] = "ClickHouse has no lateral",
                ["task_standing"] = "ClickHouse has no arg_min with a filter",
                ["title_count"] = "ClickHouse takes a column for another of its name",
                ["title_standing"] = "ClickHouse has no structs with names",
            }
        );
    }
}
