using Innovation1551.Models;
using Innovation1551.Models.Dissemination;
using Innovation1551.Models.Dissemination.Engines;
using Innovation1551.Models.Releases;
using Xunit;
using static Innovation1551.Specs.Dissemination.EngineData;

namespace Innovation1551.Specs.Dissemination;

/// <summary>A release over the shards of a cluster: two servers on loopback, each with half of the facts and all of the dimensions.</summary>
[Collection(EngineDataCollection.Name)]
public sealed class ClickHouseClusterSpecs
{
    private const string Engine = "clickhouse";

    private readonly EngineData _data;

    public ClickHouseClusterSpecs(EngineData data)
    {
        Assert.SkipWhen(data.ClickHouse.Missing is not null, data.ClickHouse.Missing ?? "");
        _data = data;
    }

    [Fact(Explicit = true)]
    public void Killed_at_every_step_the_next_publication_finishes() => Over((to, servers) => Kills.AtEveryStep(_data, to, servers));

    /// <summary>When all is written and nothing listed; while new names are made; and when the first has turned its names and the second has not.</summary>
    [Fact(Explicit = true)]
    public void A_shard_that_goes_away_late_is_named_and_the_next_publication_finishes() =>
        Over(
            (to, servers) =>
            {
                var (one, two) = (servers[0], servers[1]);
                _data.Publish(Engine, to, _data.Before);
                using (var release = _data.Workspace.Open(_data.Now))
                {
                    var tables = EngineTable.All(release.Connection).Count;
                    Gone(() => _data.Publish(Engine, to, _data.Now, progress: new At(tables, two.Stop)));
                }
                Assert.Empty(one.Ask($"select release from innovation1551.release where release = '{_data.Now.Id}'"));
                // While names are made on the second server, the second to be asked.
                var turned = Task.Run(() =>
                {
                    SpinWait.SpinUntil(
                        () => two.Ask("select name from system.tables where database = 'innovation1551_coming' limit 1").Count > 0,
                        TimeSpan.FromMinutes(2)
                    );
                    two.Stop();
                });
                Gone(() => _data.Publish(Engine, to, _data.Now));
                Assert.True(turned.IsCompleted);
                Assert.NotEqual(0, _data.Run(Engine, to, "engine.turned-one").ExitCode);
                Assert.Equal([EnginePublication.Prefix(_data.Now.Id)], one.Ask("select distinct leads_to from innovation1551.standing").Single());
                two.Stop();
                Gone(() => _data.Publish(Engine, to, _data.Now));
                Assert.Null(_data.Check(Engine, to, _data.Now).Leads);
                var done = _data.Publish(Engine, to, _data.Now);
                Assert.Equal((false, true), (done.IsNew, done.IsTurned));
                Assert.Empty(_data.Check(Engine, to, _data.Now).Faults);

                void Gone(Action publish)
                {
                    var told = Assert.Throws<DisseminationException>(publish);
                    Assert.Contains(two.Address + " cannot be reached", told.Problem.En, StringComparison.Ordinal);
                    two.Stop();
                    two.Start();
                    Assert.Equal([EnginePublication.Prefix(_data.Before.Id)], two.Ask("select distinct leads_to from innovation1551.standing").Single());
                }
            }
        );

    /// <summary>Somebody reads a long answer from a spread table and from one that is whole while names are turned.</summary>
    [Fact(Explicit = true)]
    public async Task A_reader_that_holds_tables_keeps_no_publication_waiting_for_ever()
    {
        using var cluster = new ClickHouseCluster();
        var to = cluster.To(500);
        _data.Publish(Engine, to, _data.Before);
        var held = cluster.Servers.Select(s => (Server: s, Rows: s.Hold("core.rd_cost"), More: s.Hold("core.dim_enterprise"))).ToList();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var publish = Task.Run(() => _data.Publish(Engine, to, _data.Now));
        var first = await Task.WhenAny(publish, Task.Delay(TimeSpan.FromSeconds(100), TestContext.Current.CancellationToken));
        TestContext.Current.SendDiagnosticMessage($"{first == publish} after {clock.Elapsed}");
        foreach (var (_, rows, more) in held)
        {
            rows.Dispose();
            more.Dispose();
        }
        TestContext.Current.SendDiagnosticMessage($"{(await publish).IsTurned} after {clock.Elapsed}");
        Assert.Same(publish, first);
        Assert.Empty(_data.Check(Engine, to, _data.Now).Faults);
    }

    private static void Over(Action<string, IReadOnlyList<ClickHouseServer>> life)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a kill is another there");
        using var cluster = new ClickHouseCluster();
        life(cluster.To(500), cluster.Servers);
    }

    /// <summary>One life of a cluster.</summary>
    [Fact(Explicit = true)]
    public void A_release_lies_over_two_servers_and_is_asked_by_way_of_each()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a kill is another there");
        using var cluster = new ClickHouseCluster();
        var servers = cluster.Servers;
        var (one, two) = (servers[0], servers[1]);
        // As many rows as a fact has: facts are spread, dimensions are not.
        var rows = (long)_data.Workspace.Query("select count(*) from core.rd_cost", _data.Before).Single()[0]!;
        Assert.True((long)_data.Workspace.Query("select count(*) from core.dim_enterprise", _data.Before).Single()[0]! < rows);
        string To(string cluster, params string[] hosts) => ClickHouseCluster.To(hosts, cluster, rows);
        var to = cluster.To(rows);

        // What is no such cluster is told: an unknown name, a server left out; and the same server twice has half of the rows twice.
        foreach (var wrong in (string[])[To("other", one.Address, two.Address), To(ClickHouseCluster.Name, one.Address)])
            Assert.Contains(
                "remote_servers",
                Assert.Throws<DisseminationException>(() => _data.Publish(Engine, wrong, _data.Before)).Problem.En,
                StringComparison.Ordinal
            );
        Assert.Equal(
            75,
            Assert.Throws<EngineBusyException>(() => _data.Publish(Engine, To(ClickHouseCluster.Name, one.Address, one.Address), _data.Before)).ExitCode
        );

        // One of the servers goes away while tables are written: it is named, and no name leads anywhere.
        var lost = Assert.Throws<DisseminationException>(() => _data.Publish(Engine, to, _data.Before, progress: new At(40, two.Stop)));
        Assert.Contains(two.Address + " cannot be reached", lost.Problem.En, StringComparison.Ordinal);
        two.Start();
        Assert.All(servers, s => Assert.Empty(s.Ask("select release from innovation1551.release")));
        Assert.All(servers, s => Assert.Empty(s.Ask("select name from system.databases where name = 'core'")));

        var first = _data.Publish(Engine, to, _data.Before);
        Assert.Equal((true, true), (first.IsNew, first.IsTurned));

        // Each server has a part of the facts, all of the dimensions, and answers for the whole.
        const string Parts =
            "select concat(database, '.', table) from system.parts where active and rows > 0 and match(database, '_shard$') group by database, table";
        Assert.NotEmpty(one.Ask(Parts).Select(r => r[0]).Intersect(two.Ask(Parts).Select(r => r[0])));
        foreach (var (table, isSpread) in ((string, bool)[])[("rd_cost", true), ("dim_enterprise", false)])
        foreach (var server in servers)
        {
            Assert.Equal(
                [_data.Workspace.Query($"select cast(count(*) as varchar) from core.{table}", _data.Before).Single()[0]],
                server.Ask($"select count() from core.{table}").Single()
            );
            Assert.Equal(
                isSpread ? "Distributed" : "View",
                server.Ask($"select engine from system.tables where database = 'core' and name = '{table}'").Single()[0]
            );
        }
        var placed = servers.Select(s => s.Ask($"select distinct enterprise_key from {Own(_data.Before, "core")}_shard.rd_cost").Select(r => r[0])).ToList();
        Assert.Empty(placed[0].Intersect(placed[1]));
        // Nobody writes by way of the whole: it would lie where no publication placed it.
        Assert.Contains(
            "no sharding key",
            Assert.Throws<ClickHouseException>(() => one.Run("insert into core.rd_cost select * from core.rd_cost")).Problem.En,
            StringComparison.Ordinal
        );

        // Killed between the servers: one leads to the new release and the other to the one before, which each of them says; the next publication makes them one.
        var killed = _data.Run(Engine, to, "engine.turned-one");
        Assert.True(killed.ExitCode != 0 && killed.Error.Contains("engine.turned-one", StringComparison.Ordinal), killed.Error);
        Assert.Equal([EnginePublication.Prefix(_data.Now.Id)], one.Ask("select distinct leads_to from innovation1551.standing").Single());
        Assert.Equal([EnginePublication.Prefix(_data.Before.Id)], two.Ask("select distinct leads_to from innovation1551.standing").Single());
        var mended = _data.Publish(Engine, to, _data.Now);
        Assert.Equal((false, true), (mended.IsNew, mended.IsTurned));
        Assert.Contains(EnginePublication.Prefix(_data.Before.Id), Assert.Single(mended.Notes).En, StringComparison.Ordinal);
        Assert.All(
            servers,
            s => Assert.Equal([EnginePublication.Prefix(_data.Now.Id)], s.Ask("select distinct leads_to from innovation1551.standing").Single())
        );

        // Killed when one server lists a release and the other does not: it was whole on both, and is listed on both by the next.
        foreach (var server in servers)
            server.Unlist(_data.Now.Id);
        killed = _data.Run(Engine, to, "engine.committed");
        Assert.True(killed.ExitCode != 0, killed.Error);
        Assert.Empty(two.Ask($"select release from innovation1551.release where release = '{_data.Now.Id}'"));
        Assert.False(_data.Publish(Engine, to, _data.Now).IsNew);
        Assert.Equal(["1"], two.Ask($"select count() from innovation1551.release where release = '{_data.Now.Id}'").Single());
        Assert.Empty(_data.Publish(Engine, to, _data.Now).Notes);
        Assert.Equal(["0"], two.Ask("select toString(count() - uniqExact(release, table, column)) from innovation1551.mapping").Single());

        // Asked, each of them answers for the whole; what somebody changed on one is told with its name.
        var asked = _data.Check(Engine, to, _data.Now);
        Assert.Equal((0, _data.Now.Id), (asked.Faults.Count, asked.Leads));
        two.Run($"insert into {Own(_data.Now, "core")}.dim_enterprise select * from {Own(_data.Now, "core")}.dim_enterprise limit 1");
        Assert.StartsWith($"core.dim_enterprise on {two.Address}", Assert.Single(_data.Check(Engine, to, _data.Now).Faults).En, StringComparison.Ordinal);

        PortableRecipes.Demand(_data.Workspace, _data.Now, two.Ask, e => e is ClickHouseException, ClickHouseSpecs.OldExceptions);
    }
}
