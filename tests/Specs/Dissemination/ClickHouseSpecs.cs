using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Dissemination;
using Innovation1551.Models.Dissemination.Engines;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Xunit;
using static Innovation1551.Specs.Dissemination.EngineData;

namespace Innovation1551.Specs.Dissemination;

/// <summary>A release in ClickHouse: as the release has it, listed when it is whole, finished by the next publication where one was broken off.</summary>
[Collection(EngineDataCollection.Name)]
public sealed class ClickHouseSpecs
{
    private const string Engine = "clickhouse";

    private readonly EngineData _data;

    public ClickHouseSpecs(EngineData data)
    {
        Assert.SkipWhen(data.ClickHouse.Missing is not null, data.ClickHouse.Missing ?? "");
        _data = data;
    }

    /// <summary>Recipes that 18.16 does not run, and why.</summary>
    internal static readonly IReadOnlyDictionary<string, string> OldExceptions = new Dictionary<string, string>
    {
        ["03_patents_per_rd"] = "18.16 joins no year to a number",
        ["04_intensity_distribution"] = "18.16 has no window functions",
        ["05_basic_share"] = "18.16 divides by the nought that stands behind a null",
        ["07_co_owners"] = "18.16 groups by no expression that is numbered",
        ["08_comparable_growth"] = "18.16 has no window functions",
        ["11_vintage"] = "18.16 joins on equal columns alone",
        ["12_lateness"] = "18.16 has no filter",
        ["14_concentration"] = "18.16 has no window functions",
        ["19_mechanism_and_government_share"] = "18.16 takes the sum for the column of its name",
        ["20_zero_rd"] = "18.16 has no filter",
    };

    private ClickHouseServer Server => _data.ClickHouse;

    private string To => Server.Of("publisher");

    /// <summary>One life of a server: a publication cut off by its end, the next one, a second release killed on the way, somebody's hand in it.</summary>
    [Fact]
    public async Task A_release_is_there_as_it_is_and_whatever_is_broken_off_the_next_publication_makes_good()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a kill is another there");
        // The server goes away while tables are written: told, nothing is listed, no analyst's name leads anywhere.
        var lost = Assert.Throws<DisseminationException>(() => _data.Publish(Engine, To, _data.Before, progress: new At(30, Server.Stop)));
        Assert.Contains("cannot be reached", lost.Problem.En, StringComparison.Ordinal);
        Server.Start();
        Assert.NotEmpty(Server.Ask($"select name from system.databases where name = '{Own(_data.Before, "core")}'"));
        Assert.Empty(Server.Ask("select release from innovation1551.release"));
        Assert.Empty(Server.Ask("select name from system.databases where name = 'core'"));

        var first = _data.Publish(Engine, To, _data.Before);
        Assert.Equal((true, true), (first.IsNew, first.IsTurned));
        const string Sum = "select toString(sum(revenue_wan)) from fact.finance";
        var before = Server.Ask(Sum);

        // Whoever reads meanwhile keeps nobody waiting, and is given the one or the other release.
        using var isOver = new CancellationTokenSource();
        var read = Task.Run(() =>
        {
            var seen = new List<string?>();
            while (!isOver.IsCancellationRequested)
                seen.Add(Server.Ask(Sum).Single()[0]);
            return seen;
        });

        // Killed after the turn, before that is written down: the names lead to the new release, and the next publication writes it down.
        var killed = _data.Run(Engine, To, "engine.turned");
        Assert.True(killed.ExitCode != 0 && killed.Error.Contains("engine.turned", StringComparison.Ordinal), killed.Error);
        Assert.NotEqual(before, Server.Ask(Sum));
        Assert.Equal([_data.Before.Id], Server.Ask("select release from innovation1551.turn order by turn desc limit 1").Single());
        var run = _data.Run(Engine, To, null, "--lang", "en");
        Assert.Equal(0, run.ExitCode);
        await isOver.CancelAsync();
        var seen = await read;
        Assert.Equal([before.Single()[0], Server.Ask(Sum).Single()[0]], seen.Where((s, i) => i == 0 || s != seen[i - 1]));
        Assert.Contains("lead to " + _data.Now.Id, run.Output, StringComparison.Ordinal);
        Assert.Empty(Server.Ask("select name from system.databases where name like 'innovation1551%' and name <> 'innovation1551'"));

        // Both releases beside each other, and the plain names lead to the second.
        foreach (var manifest in (Manifest[])[_data.Before, _data.Now])
            Assert.Equal(
                _data.Workspace.Query("select figure_id, value from published.figure order by figure_id", manifest).Select(r => (r[0], (decimal?)r[1])),
                Server
                    .Ask($"select figure_id, toString(value) from {Own(manifest, "published")}.figure order by figure_id")
                    .Select(r => ((object?)r[0], r[1] is null ? null : (decimal?)decimal.Parse(r[1]!, System.Globalization.CultureInfo.InvariantCulture)))
            );
        Assert.Equal(before, Server.Ask($"select toString(sum(revenue_wan)) from {Own(_data.Before, "fact")}.finance"));
        Assert.Equal(Server.Ask(Sum), Server.Ask($"select toString(sum(revenue_wan)) from {Own(_data.Now, "fact")}.finance"));

        // "While it lasts" is the last day that there is, and the mapping says so; meanings stand there and on the columns.
        Assert.Equal(["2105-12-31"], Server.Ask("select max(ends_on) from core.dim_enterprise").Single());
        Assert.Equal(
            ["DATE", "Nullable(Date)", "9999-12-31 记作 2105-12-31 / 9999-12-31 is 2105-12-31"],
            Server
                .Ask(
                    $"select duckdb_type, clickhouse_type, note from innovation1551.mapping where release = '{_data.Now.Id}' and table = 'core.dim_enterprise' and column = 'ends_on'"
                )
                .Single()
        );
        Assert.Contains(
            Server.Ask($"describe table {Own(_data.Now, "core")}.rd_cost"),
            c => c[0] == "amount_wan" && c[1] == "Nullable(Decimal(18, 6))" && c.Contains("金额（万元） / amount in 10,000 yuan")
        );
        Assert.Equal(
            ["metric, breakdown, category, period_key, figure_id"],
            Server.Ask($"select sorting_key from system.tables where database = '{Own(_data.Now, "published")}' and name = 'figure'").Single()
        );
        Assert.Equal(
            [_data.Now.ContentHash, "1"],
            Server.Ask($"select content_hash, is_synthetic from innovation1551.release where release = '{_data.Now.Id}'").Single()
        );

        // Somebody else publishes: whoever comes second is told, and a publisher that was killed has left no lock (above).
        using (new ClickHouseLock(ClickHouseConnection.Of(To).Servers[0]))
            Assert.Equal(75, _data.Run(Engine, To).ExitCode);

        // Again it does nothing.
        var parts = Server.Ask("select sum(rows), count() from system.parts where active");
        var again = _data.Publish(Engine, To, _data.Now);
        Assert.Equal((false, false), (again.IsNew, again.IsTurned));
        Assert.Equal(parts, Server.Ask("select sum(rows), count() from system.parts where active"));

        PortableRecipes.Demand(_data.Workspace, _data.Now, Server.Ask, e => e is ClickHouseException, OldExceptions);

        // A server that died in the middle of the turn has left names that lead to the one and the other: told, and made one.
        Server.Run("drop table core.rd_cost");
        Server.Run($"create view core.rd_cost as select * from {Own(_data.Before, "core")}.rd_cost");
        Server.Run("drop table seed.city");
        Assert.Equal(["2"], Server.Ask("select uniqExact(leads_to) from innovation1551.standing").Single());
        var mended = _data.Publish(Engine, To, _data.Now);
        Assert.Equal((false, true), (mended.IsNew, mended.IsTurned));
        Assert.Contains("led to", Assert.Single(mended.Notes).En, StringComparison.Ordinal);
        Assert.Equal(["1"], Server.Ask("select uniqExact(leads_to) from innovation1551.standing").Single());
        Assert.NotEmpty(Server.Ask("select code from seed.city limit 1"));

        // Asked, it says that it holds the release; one value changed is told, and nothing is written by asking.
        var found = _data.Check(Engine, To, _data.Now);
        Assert.Equal((0, _data.Now.Id), (found.Faults.Count, found.Leads));
        var known = _data.Workspace.Query("select return_id, cost_item from core.rd_cost where amount_wan > 0 order by all limit 1", _data.Now).Single();
        Server.Change($"{Own(_data.Now, "core")}.rd_cost", $"amount_wan = amount_wan + 1 where return_id = {known[0]} and cost_item = '{known[1]}'");
        var asked = _data.Run(Engine, To, null, "--check", "--lang", "en");
        Assert.Equal(1, asked.ExitCode);
        Assert.StartsWith($"core.rd_cost on {Server.Address}", Assert.Single(asked.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Contains("the sum of amount_wan", asked.Error, StringComparison.Ordinal);

        // Somebody's hand in a release is found by the next publication as well.
        Server.Run($"insert into {Own(_data.Now, "core")}.rd_cost select * from {Own(_data.Now, "core")}.rd_cost limit 1");
        var touched = Assert.Throws<DisseminationException>(() => _data.Publish(Engine, To, _data.Now));
        Assert.Contains("core.rd_cost", touched.Problem.En, StringComparison.Ordinal);
        Assert.Contains("drop database", touched.Problem.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Percent_and_quotient_are_exact_and_those_of_the_release()
    {
        ExactDivision.Demand(pairs =>
            ExactDivision.InClickHouse(ClickHouseConnection.Of(To), pairs, ClickHouseDivision.Percent("a", "b"), ClickHouseDivision.Quotient("a", "b"))
        );
        LargeSums.Demand(ClickHouseConnection.Of(To));
    }

    [Fact(Explicit = true)]
    public void Killed_at_every_step_the_next_publication_finishes()
    {
        using var server = new ClickHouseServer();
        Kills.AtEveryStep(_data, server.Of("publisher"), server);
    }

    [Fact]
    public void What_cannot_be_published_is_told_in_both_languages_with_exit_2_and_without_the_password()
    {
        foreach (
            var (connection, zh, en) in ((string, string, string)[])
                [
                    (Server.Of("publisher", "Wrong4711"), "不接受用户 publisher", "does not let publisher in"),
                    (Server.Of("looker"), "无权发布", "may not publish"),
                    ($"Host=127.0.0.1;Port=1;Password=\"{ClickHouseServer.Password}\"", "连不上 127.0.0.1:1", "127.0.0.1:1 cannot be reached"),
                    ($"Hots=127.0.0.1;Password=\"{ClickHouseServer.Password}\"", "读不懂连接字符串", "connection string cannot be read"),
                ]
        )
        {
            var refused = Assert.ThrowsAny<Refusal>(() => _data.Publish(Engine, connection, _data.Now));
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains(zh, refused.Problem.Zh, StringComparison.Ordinal);
            Assert.Contains(en, refused.Problem.En, StringComparison.Ordinal);
            Assert.DoesNotContain("4711", refused.ToString(), StringComparison.Ordinal);
        }
    }

    /// <summary>A day that the server does not have would come out as another.</summary>
    [Fact]
    public void A_day_beyond_those_of_the_server_is_refused()
    {
        using var duckdb = new DuckDBConnection("DataSource=:memory:");
        duckdb.Open();
        duckdb.Run("create schema core; create table core.t as select date '1969-12-31' as d union all select date '9999-12-31'");
        var table = new EngineTable(new("core", "t", "", [], [new("d", "DATE", "")]), []);
        Assert.Contains(
            "1969-12-31",
            Assert.Throws<DisseminationException>(() => new ClickHouseType(new(18, 16)).DemandDays(duckdb, table)).Problem.En,
            StringComparison.Ordinal
        );
        new ClickHouseType(new(26, 7)).DemandDays(duckdb, table);
        duckdb.Run("insert into core.t values (date '2300-01-01')");
        Assert.Contains(
            "2300-01-01",
            Assert.Throws<DisseminationException>(() => new ClickHouseType(new(26, 7)).DemandDays(duckdb, table)).Problem.Zh,
            StringComparison.Ordinal
        );
    }
}
