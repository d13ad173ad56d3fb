using Innovation1551.Models;
using Innovation1551.Models.Dissemination;
using Innovation1551.Models.Dissemination.Engines;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Specs.MainJob;
using Npgsql;
using Xunit;
using static Innovation1551.Specs.Dissemination.EngineData;

namespace Innovation1551.Specs.Dissemination;

/// <summary>A release in PostgreSQL: as the release has it, whole or not there, turned to at once, told where it cannot be, and no password anywhere.</summary>
[Collection(EngineDataCollection.Name)]
public sealed class PostgresSpecs
{
    private const string Engine = "postgres";

    private readonly EngineData _data;

    public PostgresSpecs(EngineData data)
    {
        Assert.SkipWhen(data.Postgres.Missing is not null, data.Postgres.Missing ?? "");
        _data = data;
    }

    private PostgresServer Server => _data.Postgres;

    [Fact]
    public void A_release_is_there_with_types_keys_references_and_meanings_and_the_one_before_stays_readable()
    {
        // Without the right to make a role nobody is let in, and that is told; with it the next publish makes good.
        var first = _data.PublishedBefore;
        Assert.Equal((true, true), (first.IsNew, first.IsTurned));
        Assert.Contains($"create role {PostgresEngine.Reader}", Assert.Single(first.Notes).En, StringComparison.Ordinal);
        var to = Server.Database("whole", "before");
        var second = _data.Publish(Engine, to, _data.Now);
        Assert.Equal((true, true, 0), (second.IsNew, second.IsTurned, second.Notes.Count));

        // Both releases beside each other, and the plain names lead to the second.
        foreach (var manifest in (Manifest[])[_data.Before, _data.Now])
        {
            var figures = _data.Workspace.Query("select figure_id, value from published.figure order by figure_id", manifest);
            Assert.Equal(figures, Server.Ask("whole", $"select figure_id, value from {Own(manifest, "published")}.figure order by figure_id collate \"C\""));
        }
        Assert.NotEqual(
            Server.Ask("whole", $"select sum(revenue_wan) from {Own(_data.Before, "fact")}.finance"),
            Server.Ask("whole", $"select sum(revenue_wan) from {Own(_data.Now, "fact")}.finance")
        );
        Assert.Equal(
            Server.Ask("whole", $"select sum(revenue_wan) from {Own(_data.Now, "fact")}.finance"),
            Server.Ask("whole", "select sum(revenue_wan) from fact.finance")
        );
        Assert.Equal(
            _data.Workspace.Query("select sum(rd_expense_wan) from published.rd_wide"),
            Server.Ask("whole", "select sum(rd_expense_wan) from published.rd_wide")
        );
        // 9999-12-31 is a day, not infinity.
        Assert.Equal([0L], Server.Ask("whole", "select count(*) from core.return_span where not isfinite(known_until)").Single());

        // Types by name and order, as DuckDB has them.
        string[] types = ["INTEGER integer", "BIGINT bigint", "VARCHAR text", "DATE date", "BOOLEAN boolean"];
        var mapped = _data
            .Workspace.Query(
                "select table_name || '.' || column_name || ' ' || data_type from duckdb_columns() where schema_name = 'core' and not internal order by all"
            )
            .Select(r =>
            {
                var words = ((string)r[0]!).Split(' ', 2);
                return $"{words[0]} {types.FirstOrDefault(t => t.StartsWith(words[1] + " ", StringComparison.Ordinal))?.Split(' ')[1] ?? words[1].Replace("DECIMAL", "numeric", StringComparison.Ordinal)}";
            });
        Assert.Equal(
            mapped.Order(StringComparer.Ordinal),
            Server
                .Ask(
                    "whole",
                    $"select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relnamespace = '{Own(_data.Now, "core")}'::regnamespace and c.relkind = 'r' and a.attnum > 0"
                )
                .Select(r => (string)r[0]!)
                .Order(StringComparer.Ordinal)
        );

        // What psql shows.
        if (Server.Psql("whole", $"\\d {Own(_data.Now, "core")}.rd_cost") is { } shown)
        {
            Assert.Contains("PRIMARY KEY", shown, StringComparison.Ordinal);
            Assert.Contains($"REFERENCES {Own(_data.Now, "core")}.dim_return(return_id)", shown, StringComparison.Ordinal);
            Assert.Contains("numeric(18,6)", shown, StringComparison.Ordinal);
            Assert.Contains("金额（万元） / amount in 10,000 yuan", Server.Psql("whole", "\\d+ core.rd_cost")!, StringComparison.Ordinal);
            Assert.Contains("synthetic", Server.Psql("whole", "\\dn+")!, StringComparison.Ordinal);
        }
        Assert.True(
            (long)
                Server
                    .Ask("whole", $"select count(*) from pg_constraint where contype = 'f' and connamespace = '{Own(_data.Now, "core")}'::regnamespace")
                    .Single()[0]! > 50
        );
        Assert.Equal(
            [0L],
            Server
                .Ask(
                    "whole",
                    "select count(*) from pg_class c where c.relkind = 'v' and c.relnamespace = 'published'::regnamespace and obj_description(c.oid) is null"
                )
                .Single()
        );
        var kept = Server.Ask(
            "whole",
            "select release, is_in_force, is_synthetic, manifest ->> 'content_hash', manifest #>> '{figures,count}' from innovation1551.release order by 1"
        );
        Assert.Equal(
            [
                [_data.Before.Id, false, true, _data.Before.ContentHash, kept[0][4]],
                [_data.Now.Id, true, true, _data.Now.ContentHash, kept[1][4]],
            ],
            kept
        );

        // Again it does nothing, and says so.
        var sizes = Server.Ask("whole", Sizes);
        var run = _data.Run(Engine, to, null, "--lang", "en");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("nothing to do", run.Output, StringComparison.Ordinal);
        Assert.Equal(sizes, Server.Ask("whole", Sizes));
        // The readers' role reads, and nothing else; what analysts built on the names stays when they are turned.
        Server.Ask(
            "whole",
            $"create role analyst login password '{PostgresServer.Password.Replace("'", "''", StringComparison.Ordinal)}' in role {PostgresEngine.Reader}"
        );
        Assert.NotEqual(0L, Server.AskAs("analyst", "whole", "select count(*) from core.rd_cost").Single()[0]);
        Assert.NotEqual(0L, Server.AskAs("analyst", "whole", $"select count(*) from {Own(_data.Before, "core")}.rd_cost").Single()[0]);
        foreach (
            var sql in (string[])
                ["delete from core.rd_cost", $"delete from {Own(_data.Now, "core")}.rd_cost", "create table core.mine (a int)", "drop view core.rd_cost"]
        )
            Assert.Throws<PostgresException>(() => Server.AskAs("analyst", "whole", sql));
        Server.Ask("whole", "create schema lab; create view lab.spend as select period, sum(revenue_wan) as wan from fact.finance group by period");
        var built = Server.Ask("whole", "select * from lab.spend order by 1");
        Assert.True(_data.Publish(Engine, to, _data.Before).IsTurned);
        Assert.NotEqual(built, Server.Ask("whole", "select * from lab.spend order by 1"));

        // A view whose columns change cannot be replaced under a view of theirs: told, and done when that is gone.
        Server.Ask("whole", "drop view core.award cascade");
        Server.AskAs("publisher", "whole", "create view core.award as select 1 as other");
        Server.Ask("whole", "create view lab.award as select other from core.award");
        Assert.Contains("lead to", Assert.Single(_data.Check(Engine, to, _data.Before).Faults).En, StringComparison.Ordinal);
        var hung = Assert.Throws<DisseminationException>(() => _data.Publish(Engine, to, _data.Now));
        Assert.Contains("lab.award", hung.Problem.En, StringComparison.Ordinal);
        Assert.Equal([1], Server.Ask("whole", "select other from core.award").Single());
        Server.Ask("whole", "drop view lab.award");
        Assert.True(_data.Publish(Engine, to, _data.Now).IsTurned);
        Assert.NotEqual(0L, Server.Ask("whole", "select count(*) from core.award").Single()[0]);

        // Somebody's hand in a release is found, named and left to him, also where two figures changed places and every sum is as it was.
        var (one, other) = _data.Workspace.Query("select min(figure_id), max(figure_id) from published.figure where metric = 'revenue' and value > 0")[0] switch
        {
            [string a, string b] => (a, b),
            _ => throw new InvalidOperationException("no figures"),
        };
        Server.Ask(
            "whole",
            $"""
            update {Own(_data.Now, "published")}.figure as f set value = o.value, status = o.status from {Own(_data.Now, "published")}.figure as o
            where (f.figure_id, o.figure_id) in (('{one}', '{other}'), ('{other}', '{one}'))
            """
        );
        var touched = Assert.Throws<DisseminationException>(() => _data.Publish(Engine, to, _data.Now));
        Assert.Contains($"figure {one}", touched.Problem.En, StringComparison.Ordinal);
        Assert.Contains("drop schema", touched.Problem.En, StringComparison.Ordinal);
        Server.Ask("whole", $"update {Own(_data.Now, "core")}.award set certificate_no = certificate_no || ' '");
        Assert.Contains("core.award", Assert.Throws<DisseminationException>(() => _data.Publish(Engine, to, _data.Now)).Problem.En, StringComparison.Ordinal);
        Server.Ask("whole", $"drop table {Own(_data.Now, "core")}.award cascade");
        Assert.Contains(
            "no longer whole",
            Assert.Throws<DisseminationException>(() => _data.Publish(Engine, to, _data.Now)).Problem.En,
            StringComparison.Ordinal
        );
    }

    /// <summary>One value is changed in a table, then a view taken away; nothing is written by asking.</summary>
    [Fact]
    public void An_engine_is_asked_whether_it_holds_a_release_exactly()
    {
        Assert.True(_data.PublishedBefore.IsTurned);
        var to = Server.Database("asked", "before");
        var found = _data.Check(Engine, to, _data.Before);
        Assert.Equal((0, _data.Before.Id), (found.Faults.Count, found.Leads));
        Assert.Contains($"does not have {_data.Now.Id}", Assert.Single(_data.Check(Engine, to, _data.Now).Faults).En, StringComparison.Ordinal);
        Server.Ask(
            "asked",
            $"update {Own(_data.Before, "core")}.rd_cost set amount_wan = amount_wan + 0.000001 where (return_id, cost_item) = (select return_id, cost_item from {Own(_data.Before, "core")}.rd_cost where amount_wan > 0 limit 1)"
        );
        var sizes = Server.Ask("asked", Sizes);
        var run = _data.Run(Engine, to, null, "--check", "--release", _data.Before.Id, "--lang", "en");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("core.rd_cost on 127.0.0.1", Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Contains("the sum of amount_wan", run.Error, StringComparison.Ordinal);
        Assert.Equal(sizes, Server.Ask("asked", Sizes));
        Server.Ask("asked", $"drop table {Own(_data.Before, "core")}.award cascade");
        var faults = _data.Check(Engine, to, _data.Before).Faults;
        Assert.Equal(2, faults.Count);
        Assert.Contains("core.award", faults[0].Zh, StringComparison.Ordinal);
        Assert.Contains("core.rd_cost", faults[1].Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void The_recipes_of_the_cookbook_give_the_answers_of_the_release()
    {
        Assert.True(_data.PublishedBefore.IsTurned);
        PortableRecipes.Demand(_data.Workspace, _data.Before, sql => Server.Ask("before", sql), e => e is PostgresException, new Dictionary<string, string>());
    }

    [Fact]
    public void The_metrics_made_again_are_those_of_the_release()
    {
        Assert.True(_data.PublishedBefore.IsTurned);
        PortableModels.Demand(_data.Workspace, _data.Before, sql => Server.Ask("before", sql), e => e is PostgresException);
    }

    /// <summary>Every table and view of ours by the number that a new one would change, and the bytes of the tables.</summary>
    private const string Sizes =
        "select c.oid, c.relfilenode, pg_relation_size(c.oid) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname like 'r0%' or n.nspname in ('core', 'fact', 'metric', 'published', 'seed') order by c.oid";

    /// <summary>The release before is in force, and the process is killed on the way to the next.</summary>
    [Fact]
    public void A_killed_publish_leaves_the_one_before_and_nothing_of_its_own_and_the_next_one_finishes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a kill is another there");
        Assert.True(_data.PublishedBefore.IsTurned);
        var to = Server.Database("killed", "before");
        const string Sum = "select sum(revenue_wan) from fact.finance";
        var before = Server.Ask("killed", Sum);
        foreach (var (step, isThere) in ((string, bool)[])[("engine.held", false), ("engine.turning", true)])
            Kill(to, "killed", step, isThere, () => Assert.Equal(before, Server.Ask("killed", Sum)));
        var done = _data.Publish(Engine, to, _data.Now);
        Assert.Equal((false, true), (done.IsNew, done.IsTurned));
        Assert.NotEqual(before, Server.Ask("killed", Sum));
    }

    [Fact(Explicit = true)]
    public void Killed_at_every_step_it_leaves_nothing_half_visible()
    {
        Assert.True(_data.PublishedBefore.IsTurned);
        var to = Server.Database("every", "before");
        foreach (
            var (step, isThere) in ((string, bool)[])
                [
                    ("engine.begun", false),
                    ("engine.loaded", false),
                    ("engine.keyed", false),
                    ("engine.held", false),
                    ("engine.committed", true),
                    ("engine.turning", true),
                ]
        )
            Kill(to, "every", step, isThere, () => { });
    }

    private void Kill(string to, string database, string step, bool isThere, Action before)
    {
        var killed = _data.Run(Engine, to, step);
        Assert.True(killed.ExitCode != 0 && killed.Error.Contains(step, StringComparison.Ordinal), $"{step}: {killed.Error}");
        // The server finds out when it next looks at the connection.
        Assert.True(
            SpinWait.SpinUntil(
                () => (long)Server.Ask(database, "select count(*) from pg_stat_activity where application_name = 'innovation1551'").Single()[0]! == 0,
                TimeSpan.FromSeconds(10)
            )
        );
        var schemas = Server.Ask(database, $"select count(*) from pg_namespace where nspname like '{EnginePublication.Prefix(_data.Now.Id)}%'").Single()[0];
        Assert.Equal((step, isThere ? EngineTable.Schemas.Count : 0L), (step, (long)schemas!));
        Assert.Equal(_data.Before.Id, Server.Ask(database, "select release from innovation1551.release where is_in_force").Single()[0]);
        before();
    }

    [Fact]
    public void A_server_that_goes_away_or_is_at_work_is_told_and_nothing_is_there_of_it()
    {
        var to = Server.Database("gone");
        // The connection is cut while tables are written.
        var cut = Assert.Throws<DisseminationException>(() =>
            _data.Publish(
                Engine,
                to,
                _data.Now,
                progress: new At(30, () => Server.Ask("postgres", "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'gone'"))
            )
        );
        Assert.Contains("127.0.0.1", cut.Problem.En, StringComparison.Ordinal);
        Assert.Equal([0L], Server.Ask("gone", "select count(*) from pg_namespace where nspname like 'r0%' or nspname = 'core'").Single());

        // Somebody else publishes.
        using var other = new NpgsqlConnection(to);
        other.Open();
        using (var hold = new NpgsqlCommand("select pg_advisory_lock(15510000)", other))
            hold.ExecuteNonQuery();
        Assert.Equal(75, Assert.Throws<EngineBusyException>(() => _data.Publish(Engine, to, _data.Now)).ExitCode);
    }

    /// <summary>Whoever reads is given his time; the names are turned when he is done.</summary>
    [Fact]
    public async Task A_reader_that_holds_a_view_is_waited_for()
    {
        Assert.True(_data.PublishedBefore.IsTurned);
        var to = Server.Database("held", "before");
        var publish = await Held(to, "held", TimeSpan.FromSeconds(5));
        Assert.Equal((true, true), (publish.IsNew, publish.IsTurned));
    }

    [Fact(Explicit = true)]
    public async Task A_reader_that_lets_nothing_go_is_told_with_exit_75_and_the_next_publication_turns_the_names()
    {
        Assert.True(_data.PublishedBefore.IsTurned);
        var to = Server.Database("kept", "before");
        var busy = await Assert.ThrowsAsync<EngineBusyException>(() => Held(to, "kept", TimeSpan.FromSeconds(60)));
        Assert.Equal(75, busy.ExitCode);
        Assert.Contains("稍后再发布一次", busy.Problem.Zh, StringComparison.Ordinal);
        Assert.Equal([_data.Before.Id], Server.Ask("kept", "select release from innovation1551.release where is_in_force").Single());
        var done = _data.Publish(Engine, to, _data.Now);
        Assert.Equal((false, true), (done.IsNew, done.IsTurned));
    }

    /// <summary>Publishes while somebody reads from a view; he lets go so long after he is first in the way, or as soon as the publication has ended.</summary>
    private async Task<EnginePublished> Held(string to, string database, TimeSpan howLong)
    {
        using var reader = new NpgsqlConnection(Server.Of("boss", database));
        reader.Open();
        using var transaction = reader.BeginTransaction();
        using (var read = new NpgsqlCommand("select count(*) from core.rd_cost", reader, transaction))
            read.ExecuteScalar();
        var publish = Task.Run(() => _data.Publish(Engine, to, _data.Now));
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                    publish.IsCompleted
                    || (long)
                        Server
                            .Ask(database, "select count(*) from pg_stat_activity where application_name = 'innovation1551' and wait_event_type = 'Lock'")
                            .Single()[0]! == 1,
                TimeSpan.FromSeconds(120)
            )
        );
        Assert.False(publish.IsCompleted);
        await Task.WhenAny(publish, Task.Delay(howLong));
        transaction.Rollback();
        return await publish;
    }

    [Fact]
    public void What_cannot_be_published_is_told_in_both_languages_with_exit_2_and_without_the_password()
    {
        var to = Server.Database("refused");
        Server.Ask("refused", $"create role looker login password {Sql.Literal(PostgresServer.Password)}");
        Server.Database("taken");
        Server.Ask("taken", "create schema core; create table core.mine (a int)");
        Server.Ask("postgres", "create database narrow owner publisher encoding 'SQL_ASCII' template template0");
        foreach (
            var (connection, zh, en) in ((string, string, string)[])
                [
                    (Server.Of("publisher", "refused", "Wrong" + PostgresServer.Password), "不接受用户 publisher", "does not let publisher in"),
                    (Server.Of("publisher", "nowhere"), "没有这个数据库", "no such database"),
                    (Server.Of("looker", "refused"), "无权发布", "may not publish"),
                    (Server.Of("publisher", "taken"), "不是由本程序建立的模式 core", "schemas that this program did not make: core"),
                    (Server.Of("publisher", "narrow"), "编码", "encoded"),
                    (
                        $"Host=127.0.0.1;Port=1;Username=publisher;Password=\"{PostgresServer.Password}\"",
                        "连不上 127.0.0.1:1",
                        "127.0.0.1:1/publisher cannot be reached"
                    ),
                    ($"Hots=127.0.0.1;Password=\"{PostgresServer.Password}\"", "读不懂连接字符串", "connection string cannot be read"),
                    ($"postgres://publisher:{PostgresServer.Password}@127.0.0.1/x", "读不懂连接字符串", "connection string cannot be read"),
                ]
        )
        {
            var refused = Assert.ThrowsAny<Refusal>(() => _data.Publish(Engine, connection, _data.Now));
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains(zh, refused.Problem.Zh, StringComparison.Ordinal);
            Assert.Contains(en, refused.Problem.En, StringComparison.Ordinal);
            Assert.DoesNotContain(PostgresServer.Password, refused.ToString(), StringComparison.Ordinal);
        }
        // As a person runs it, with the string on the command line: not in what is printed, nor in any file of the workspace.
        var wrong = Server.Of("publisher", "refused", "Wrong" + PostgresServer.Password);
        foreach (
            var run in (ProgramRun[])
                [
                    _data.Run(Engine, "", null, "--lang", "zh", "--connection", wrong),
                    _data.Run(Engine, "", null, "--lang", "en", "--conection=" + wrong),
                    _data.Run(Engine, "", null, "--lang", "en"),
                ]
        )
        {
            Assert.Equal(2, run.ExitCode);
            Assert.NotEmpty(run.Error);
            Assert.DoesNotContain("4711", run.Output + run.Error, StringComparison.Ordinal);
        }
        Assert.All(
            Directory
                .EnumerateFiles(_data.Root, "*.jsonl", SearchOption.AllDirectories)
                .Concat(Directory.EnumerateFiles(_data.Root, "*.log", SearchOption.AllDirectories)),
            f => Assert.DoesNotContain("4711", File.ReadAllText(f), StringComparison.Ordinal)
        );
        Assert.Equal([0L], Server.Ask("refused", "select count(*) from pg_namespace where nspname like 'r0%'").Single());
        // No release leaves that its checklist holds back.
        using var unapproved = TestWorkspace.WithSmallRelease();
        var held = ProgramRun.Of(unapproved.Workspace.Root, "publish", "--to", Engine, "--connection", to, "--lang", "en");
        Assert.Equal(1, held.ExitCode);
        Assert.Contains("nothing was done", held.Error, StringComparison.Ordinal);
        Assert.Equal([0L], Server.Ask("refused", "select count(*) from pg_namespace where nspname like 'r0%'").Single());
    }

    [Fact]
    public void Percent_and_quotient_are_exact_and_those_of_the_release()
    {
        Server.Database("division");
        Server.Ask("division", "create schema core;\n" + PostgresEngine.Functions);
        ExactDivision.Demand(pairs =>
            Server
                .Ask("division", $"select core.percent(a, b), core.quotient(a, b) from (values {ExactDivision.Values(pairs)}) as v (n, a, b) order by n")
                .Select(r => ((decimal?)r[0], (decimal?)r[1]))
        );
        ExactDivision.DemandGrown(sql => Server.Ask("division", sql).Single(), "core.");
    }
}
