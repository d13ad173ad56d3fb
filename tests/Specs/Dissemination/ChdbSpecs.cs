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
        LargeSums.Demand(ClickHouseConnection.Of(server.Connection));
        ExactDivision.DemandGrown(sql => server.Ask(sql + " settings data_type_default_nullable = 1").Single(), "core_");
        PortableModels.Demand(data.Workspace, data.Now, sql => server.Ask(ClickHouseWords.Of(sql)), e => e is ClickHouseException);
    }
}
