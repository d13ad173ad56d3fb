using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Models.Dissemination.Engines;
using Innovation1551.Specs.Endurance;
using Innovation1551.Specs.MainJob;
using Npgsql;
using Xunit;
using static Innovation1551.Specs.Dissemination.EngineData;

namespace Innovation1551.Specs.Dissemination;

/// <summary>A server whose disk is full: told which and what to do, nothing half visible or left over, and well once there is room.</summary>
[Collection(EngineDataCollection.Name)]
public sealed class FullServerSpecs : IDisposable
{
    private const int Usage = 2,
        Ample = 400;

    private const string Sum = "select sum(revenue_wan) from fact.finance";

    private readonly EngineData _data;
    private readonly string _folder = Directory.CreateTempSubdirectory("innovation1551-full-").FullName;

    public FullServerSpecs(EngineData data)
    {
        _data = data;
        // A server is somebody else, who has to get through here.
        File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.OtherExecute);
    }

    public void Dispose() => TestWorkspace.Delete(_folder);

    [Fact]
    public void A_tablespace_of_postgres_that_is_full_is_told_and_with_room_the_release_is_there()
    {
        Assert.SkipWhen(_data.Postgres.Missing is not null, _data.Postgres.Missing ?? "");
        Assert.True(_data.PublishedBefore.IsTurned);
        var server = _data.Postgres;
        using var disk = new SmallDisk(Path.Combine(_folder, "tablespace"), Ample);
        server.Own(disk.Folder);
        server.Ask("postgres", $"create tablespace small location {Sql.Literal(disk.Folder)}");
        try
        {
            var to = server.Database("tight", "before", "small");
            disk.Resize(disk.Taken + 2);
            Refused("postgres", to, $"127.0.0.1:{server.Port}/tight", "zh");
            DemandBefore(server, "tight");
            disk.Resize(Ample);
            var done = _data.Publish("postgres", to, _data.Now);
            Assert.Equal((true, true), (done.IsNew, done.IsTurned));
        }
        finally
        {
            server.Ask("postgres", "drop database if exists tight with (force)");
            server.Ask("postgres", "drop tablespace small");
        }
    }

    [Fact(Explicit = true)]
    public void A_disk_of_postgres_that_is_full_at_many_sizes_is_told_and_the_server_comes_back()
    {
        Assert.SkipWhen(_data.Postgres.Missing is not null, _data.Postgres.Missing ?? "");
        using var disk = new SmallDisk(Path.Combine(_folder, "postgres"), Ample);
        using var server = new PostgresServer(disk.Folder);
        var to = server.Database("tight");
        _data.Publish("postgres", to, _data.Before);
        server.Ask("tight", "checkpoint");
        for (var free = 1; ; free *= 2)
        {
            disk.Resize(disk.Taken + free);
            var run = _data.Run("postgres", to, null, "--lang", "en");
            if (run.ExitCode == 0)
                break;
            // Without room for its log the server gives up, and comes back with all that was committed when there is room.
            if (Answers(server))
                Full(run, $"127.0.0.1:{server.Port}/tight", "en");
            else
            {
                TestContext.Current.SendDiagnosticMessage(run.Error);
                Assert.Equal(Usage, run.ExitCode);
                disk.Resize(Ample);
                server.Start();
            }
            DemandBefore(server, "tight");
        }
        Assert.Empty(_data.Check("postgres", to, _data.Now).Faults);
    }

    private static bool Answers(PostgresServer server) =>
        SpinWait.SpinUntil(
            () =>
            {
                try
                {
                    return server.Ask("tight", "select 1").Count == 1;
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(5)
        );

    /// <summary>The names lead where they led, and of the new release there is nothing, or all of it where only the turn found no room.</summary>
    private void DemandBefore(PostgresServer server, string database)
    {
        Assert.Equal(_data.Workspace.Query(Sum, _data.Before), server.Ask(database, Sum));
        Assert.Equal([_data.Before.Id], server.Ask(database, "select release from innovation1551.release where is_in_force").Single());
        var schemas = (long)
            server.Ask(database, $"select count(*) from pg_namespace where nspname like '{EnginePublication.Prefix(_data.Now.Id)}%'").Single()[0]!;
        var isListed = server.Ask(database, "select release from innovation1551.release").Count == 2;
        Assert.Equal(isListed ? EngineTable.Schemas.Count : 0, schemas);
        if (isListed)
            Assert.Empty(_data.Check("postgres", server.Of("publisher", database), _data.Now, isInForce: false).Faults);
    }

    [Fact]
    public void A_disk_of_clickhouse_that_is_full_is_told_and_with_room_the_release_is_there()
    {
        Assert.SkipWhen(_data.ClickHouse.Missing is not null, _data.ClickHouse.Missing ?? "");
        using var disk = new SmallDisk(Path.Combine(_folder, "clickhouse"), Ample);
        using var server = new ClickHouseServer(disk.Folder);
        var to = server.Of("publisher");
        disk.Resize(disk.Taken + 2);
        Refused("clickhouse", to, server.Address, "en");
        // A table that is longer than what is under way: the server answers while it is still being sent.
        server.Run("create table default.long (text String) engine = MergeTree order by text");
        using (var http = ClickHouseConnection.Of(to).Servers[0])
            Assert.Equal(Usage, Assert.Throws<EngineFullException>(() => http.Insert("insert into default.long format TabSeparated", Long())).ExitCode);
        Assert.Empty(server.Ask("select name from system.databases where match(name, '^r[0-9]') or name = 'core'"));
        disk.Resize(Ample);
        var done = _data.Publish("clickhouse", to, _data.Now);
        Assert.Equal((true, true), (done.IsNew, done.IsTurned));
    }

    private static IEnumerable<string> Long() => Enumerable.Range(0, 3_000_000).Select(n => n.ToString("X32", CultureInfo.InvariantCulture));

    [Fact(Explicit = true)]
    public void A_shard_that_is_full_at_many_sizes_is_told_by_name_and_the_names_stand_on_the_release_before()
    {
        Assert.SkipWhen(_data.ClickHouse.Missing is not null, _data.ClickHouse.Missing ?? "");
        using var disk = new SmallDisk(Path.Combine(_folder, "shard"), Ample);
        using var cluster = new ClickHouseCluster(disk.Folder);
        var to = cluster.To(500);
        _data.Publish("clickhouse", to, _data.Before);
        for (var free = 0; ; free = 1 + free * 2)
        {
            disk.Resize(disk.Taken + free);
            var run = _data.Run("clickhouse", to, null, "--lang", "zh");
            if (run.ExitCode == 0)
                break;
            Full(run, cluster.Servers[1].Address, "zh");
            foreach (var server in cluster.Servers)
            {
                Assert.Equal(
                    _data.Workspace.Query(Sum, _data.Before).Single().Select(v => (decimal?)v),
                    server.Ask(Sum).Single().Select(v => (decimal?)decimal.Parse(v!, CultureInfo.InvariantCulture))
                );
                Assert.Empty(server.Ask($"select name from system.databases where name like '{EnginePublication.Prefix(_data.Now.Id)}%'"));
            }
            disk.Resize(Ample);
        }
        Assert.Empty(_data.Publish("clickhouse", to, _data.Now).Notes);
    }

    /// <summary>With the server's name, what to do, and the exit code of the contract.</summary>
    private void Refused(string engine, string to, string place, string language) => Full(_data.Run(engine, to, null, "--lang", language), place, language);

    private static void Full(ProgramRun run, string place, string language)
    {
        Assert.Equal(Usage, run.ExitCode);
        Assert.StartsWith(language == "en" ? $"the disk of {place} is full" : $"{place} 的磁盘已满", run.Error, StringComparison.Ordinal);
        Assert.Contains(language == "en" ? "Make room there" : "腾出空间", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        TestContext.Current.SendDiagnosticMessage(run.Error);
    }
}
