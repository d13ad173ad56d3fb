using Innovation1551.Models.Dissemination;
using Innovation1551.Models.Dissemination.Engines;
using Xunit;

namespace Innovation1551.Specs.Dissemination;

/// <summary>The keys of two thousand returns sum to more than 64 bits hold, and the sum must still be the release's.</summary>
internal static class LargeSums
{
    public static void Demand(ClickHouseConnection to)
    {
        var (server, column) = (to.Servers[0], EngineColumn.Of(new CanonicalColumn("a", "BIGINT", "")));
        server.Run("drop table if exists default.large");
        server.Run("create table default.large (a Nullable(Int64)) engine = Memory");
        server.Insert("insert into default.large format TabSeparated", [.. Enumerable.Repeat("9000000000000000001", 1000), "\\N", "-1"]);
        Assert.Equal(["9000000000000000000999"], server.Rows($"select {ClickHouseType.Total(column)} from default.large").Single());
    }
}
