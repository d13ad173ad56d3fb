using System.Globalization;
using System.Text;
using DuckDB.NET.Data;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>
/// ClickHouse, 18.16 or later, one server or the shards of a cluster. It has no transactions: a release's databases count once they stand in the list of
/// releases, which is written last, and the analysts' names change places with new ones by a single statement on each server. What was broken off before is
/// removed, and names that lead to several releases are made one, by the next publication.
/// </summary>
internal sealed class ClickHouseEngine : IEngine
{
    private const string Own = EnginePublication.Mark;
    private const string Registry = Own + ".release";
    private const string Turns = Own + ".turn";
    private const string Mapping = Own + ".mapping";
    private const string StandingNames = Own + ".standing";

    /// <summary>Where views wait to take their place, and where those go that made room.</summary>
    private const string Coming = Own + "_coming",
        Going = Own + "_going";

    /// <summary>What the database of a server's own part of spread tables ends with.</summary>
    private const string Shard = "_shard";

    /// <summary>What facts are joined to stands whole on each server of a cluster, however many rows it has.</summary>
    private const string Dimension = "dim_";

    /// <summary>Rows from which on a table is cut by years; below, a partition is nothing but files.</summary>
    private const long Large = 100_000;

    /// <summary>What analysts ask by, in this order: rows that are asked for together lie together.</summary>
    private static readonly string[] AskedBy = ["metric", "breakdown", "category", "period_key", "enterprise_key", "enterprise_code"];

    /// <summary>Of these one is the year's: 2024000 is 2024, 2026013 is the task list of 2026.</summary>
    private const string Period = "period_key";

    /// <summary>What a row of a spread table is placed by: what belongs to one enterprise lies on one shard.</summary>
    private static readonly string[] PlacedBy = ["enterprise_code", "enterprise_key", "return_id"];

    private readonly ClickHouseConnection _to;
    private readonly List<ClickHouseLock> _locks = [];
    private ClickHouseType _type = null!;
    private bool _hasFunctions;
    private IReadOnlyList<string> _mixed = [];

    private ClickHouseEngine(ClickHouseConnection to) => _to = to;

    public static ClickHouseEngine Of(string connection) => new(ClickHouseConnection.Of(connection));

    public string Place => string.Join(",", Servers.Select(s => s.Place));

    public long Rows { get; private set; }

    private IReadOnlyList<ClickHouseHttp> Servers => _to.Servers;

    public void Dispose()
    {
        foreach (var held in _locks)
            held.Dispose();
        foreach (var server in Servers)
            server.Dispose();
    }

    public T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.Net.Sockets.SocketException or TimeoutException or TaskCanceledException)
        {
            // Whoever is gone is named; where all answer again, the first is.
            throw (Servers.FirstOrDefault(s => !s.Answers()) ?? Servers[0]).Lost(e);
        }
    }

    public void Begin(string release)
    {
        foreach (var server in Servers)
        {
            DemandOwn(server);
            server.Run($"create database if not exists {Own}");
            _locks.Add(new(server));
        }
        Prepare();
    }

    public void Look()
    {
        var versions = Servers.Select(s => ClickHouseType.VersionOf(Texts(s, "select version()").Single())).ToList();
        _type = new(versions.Min()!);
        _hasFunctions = versions.Min()! >= ClickHouseDivision.WithFunctions;
        if (_to.Cluster is not null)
            foreach (var server in Servers)
                DemandCluster(server);
    }

    /// <summary>What stands there made ready for a publication, by whoever alone is at work.</summary>
    internal void Prepare()
    {
        Look();
        foreach (var server in Servers)
        {
            server.Run($"create database if not exists {Own}");
            server.Run(
                $"create table if not exists {Registry} (release String, content_hash String, is_synthetic UInt8, published_at DateTime, manifest String) engine = MergeTree order by release"
            );
            server.Run($"create table if not exists {Turns} (turn UInt64, release String, turned_at DateTime) engine = MergeTree order by turn");
            server.Run(
                $"create table if not exists {Mapping} (release String, table String, column String, duckdb_type String, clickhouse_type String, note String, meaning String) engine = MergeTree order by (release, table, column)"
            );
            if (!Has(server, StandingNames))
                server.Run(
                    $"create view {StandingNames} as select database, name, extract(create_table_query, 'r[0-9]+_[0-9a-f]+') as leads_to from system.tables where database in ({Literals(EngineTable.Schemas)})"
                );
        }
        // Listed on one server, it was whole on all of them; where it is listed on none, nothing of it counts.
        var listed = Servers.SelectMany(s => Texts(s, $"select release from {Registry}")).ToHashSet(StringComparer.Ordinal);
        foreach (var server in Servers)
        {
            foreach (
                var half in Texts(
                    server,
                    $"select name from system.databases where match(name, '^r[0-9]+_[0-9a-f]+_({string.Join('|', EngineTable.Schemas)})(_shard)?$')"
                )
            )
                if (!listed.Any(whole => half.StartsWith(EnginePublication.Prefix(whole) + "_", StringComparison.Ordinal)))
                    server.Run($"drop database {half}");
            foreach (
                var missing in listed
                    .Except(Texts(server, $"select release from {Registry}"))
                    .Where(r => Texts(server, $"select name from system.databases where name = {Literal(EnginePublication.Schema(r, "core"))}").Count > 0)
            )
            // The mapping is written first, everywhere: it may be there already.
            foreach (var list in (string[])[Mapping, Registry])
                if (Texts(server, $"select release from {list} where release = {Literal(missing)} limit 1").Count == 0)
                    server.Insert(
                        $"insert into {list} format TabSeparated",
                        Servers
                            .Select(s => s.Rows($"select distinct * from {list} where release = {Literal(missing)}").ToList())
                            .First(r => r.Count > 0)
                            .Select(r => ClickHouseHttp.Line(r))
                    );
        }
        _mixed = [.. Servers.SelectMany(LeadingTo).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Ours are views and distributed tables alone, each on a table of a release.</summary>
    private static void DemandOwn(ClickHouseHttp server)
    {
        var strange = Texts(
            server,
            $"""
            select distinct database from system.tables where database in ({Literals(
                EngineTable.Schemas
            )}) and not (engine in ('View', 'Distributed') and match(create_table_query, 'r[0-9]+_[0-9a-f]+_'))
            union all select database from system.tables where database = '{Own}' and name not in ('release', 'turn', 'mapping', 'standing', 'publisher')
            """
        );
        if (strange.Count > 0)
            throw new DisseminationException(
                new(
                    $"{server.Place} 中的数据库 {string.Join("、", strange)} 有不是由本程序建立的表，未作改动；请发布到另一台服务器",
                    $"databases of {server.Place} hold tables that this program did not make: {string.Join(", ", strange)}; nothing was changed: publish to another server"
                )
            );
    }

    /// <summary>The cluster as this server has it: as many shards as servers are named, each of one server. Whether they are the same is found by counting.</summary>
    private void DemandCluster(ClickHouseHttp server)
    {
        var (wanted, shards) = (
            Servers.Count.ToString(CultureInfo.InvariantCulture),
            server.Rows($"select toString(uniqExact(shard_num)), toString(count()) from system.clusters where cluster = {Literal(_to.Cluster!)}").Single()
        );
        if (shards[0] != wanted || shards[1] != wanted)
            throw new DisseminationException(
                new(
                    $"{server.Place} 配置的集群 {_to.Cluster} 有 {shards[0]} 个分片、{shards[1]} 台服务器，连接字符串写了 {wanted} 台；请核对 remote_servers（每个分片一台）与 Host",
                    $"{server.Place} has the cluster {_to.Cluster} with {shards[0]} shards and {shards[1]} servers, and {wanted} are named: compare remote_servers (one server a shard) with Host"
                )
            );
    }

    public string? ContentHash(string release) =>
        Servers
            .Where(s => Has(s, Registry))
            .SelectMany(s => Texts(s, $"select content_hash from {Registry} where release = {Literal(release)} limit 1"))
            .FirstOrDefault();

    /// <summary>As it was written down, and as the names do lead: none where they lead to several, or a server went away in the middle.</summary>
    public string? InForce()
    {
        if (!Servers.All(s => Has(s, Turns) && Has(s, StandingNames)))
            return null;
        var turned = Servers.Select(s => Texts(s, $"select release from {Turns} order by turn desc limit 1").SingleOrDefault()).Distinct().ToList();
        return turned is [{ } one] && Servers.All(s => LeadingTo(s) is [var prefix] && prefix == EnginePublication.Prefix(one) && IsTurnedWhole(s, one))
            ? one
            : null;
    }

    private static bool Has(ClickHouseHttp server, string table) =>
        Texts(server, $"select name from system.tables where concat(database, '.', name) = '{table}'").Count > 0;

    private static List<string> LeadingTo(ClickHouseHttp server) => Texts(server, $"select distinct leads_to from {StandingNames}");

    private static bool IsTurnedWhole(ClickHouseHttp server, string release) =>
        Texts(server, $"select toString(count()) from {StandingNames}").Single()
        == Texts(
                server,
                $"select toString(count()) from system.tables where database in ({Literals(EngineTable.Schemas.Select(s => EnginePublication.Schema(release, s)))})"
            )
            .Single();

    public void Load(
        DuckDBConnection release,
        Manifest manifest,
        IReadOnlyList<EngineTable> tables,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancel
    )
    {
        var id = manifest.Id;
        IReadOnlyList<string[]> mapping;
        try
        {
            mapping = LoadAll(release, id, tables, progress, cancel);
        }
        catch when (_locks.TrueForAll(l => l.IsHeld))
        {
            // A disk that is full has room again; what cannot be removed now is by the next publication.
            Forget(id);
            throw;
        }
        var about = Publication.About(release, manifest).ToJsonString();
        foreach (var server in Servers)
            server.Insert($"insert into {Mapping} format TabSeparated", mapping.Select(m => ClickHouseHttp.Line(m)));
        foreach (var server in Servers)
        {
            server.Insert(
                $"insert into {Registry} (release, content_hash, is_synthetic, published_at, manifest) format TabSeparated",
                [ClickHouseHttp.Line(id, manifest.ContentHash, manifest.IsSynthetic ? "1" : "0", Texts(server, "select toString(now())").Single(), about)]
            );
            FaultPoint.Reach("engine.committed");
        }
    }

    /// <summary>The tables on every server, held against the release and in no list yet; the lines of their mapping.</summary>
    private List<string[]> LoadAll(
        DuckDBConnection release,
        string id,
        IReadOnlyList<EngineTable> tables,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancel
    )
    {
        foreach (var server in Servers)
        {
            foreach (var schema in EngineTable.Schemas)
            {
                server.Run($"create database {EnginePublication.Schema(id, schema)}");
                if (_to.Cluster is not null)
                    server.Run($"create database {EnginePublication.Schema(id, schema)}{Shard}");
            }
            server.Run($"alter table {Mapping} delete where release = {Literal(id)}");
        }
        FaultPoint.Reach("engine.begun");
        Rows = 0;
        var mapping = new List<string[]>();
        foreach (var (table, done) in tables.Select((t, i) => (t, i)))
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report((done, tables.Count, table.FullName));
            mapping.AddRange(Load(release, id, table, cancel));
        }
        progress?.Report((tables.Count, tables.Count, ""));
        FaultPoint.Reach("engine.held");
        foreach (var held in _locks)
            held.Demand();
        return mapping;
    }

    private IEnumerable<string> Databases(string release) =>
        EngineTable.Schemas.Select(s => EnginePublication.Schema(release, s)).SelectMany(d => _to.Cluster is null ? (string[])[d] : [d, d + Shard]);

    private void Forget(string release)
    {
        foreach (var server in Servers)
        foreach (var database in Databases(release))
            try
            {
                server.Run($"drop database if exists {database}");
            }
            catch (Exception e) when (e is Refusal or HttpRequestException or IOException)
            {
                // Why nothing was published is being told already.
            }
    }

    /// <summary>One table, made on every server, filled, and held against the release; the lines of its mapping.</summary>
    internal IEnumerable<string[]> Load(DuckDBConnection release, string id, EngineTable table, CancellationToken cancel)
    {
        var columns = Columns(table);
        _type.DemandDays(release, table);
        var wanted = EngineTotals.Of(release, table, columns);
        var rows = long.Parse(wanted[0]!, CultureInfo.InvariantCulture);
        var whole = columns.Where((_, i) => wanted[1 + 2 * i] == wanted[0]).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var order = Order(table, whole);
        var types = columns.Select(c => order.Contains(c.Name) ? _type.Of(c) : $"Nullable({_type.Of(c)})").ToList();
        var isSpread = _to.Cluster is not null && rows >= _to.ShardFrom && !table.Name.StartsWith(Dimension, StringComparison.Ordinal);
        var (made, stored) = (
            string.Join(", ", columns.Select((c, i) => $"{Name(c.Name)} {types[i]} comment {Literal(c.Meaning)}")),
            isSpread ? AtShard(id, table) : At(id, table)
        );
        foreach (var (server, shard) in Servers.Select((s, i) => (s, i)))
        {
            server.Run(
                $"create table {stored} ({made}) engine = MergeTree"
                    + (order.Contains(Period) && rows >= Large ? $" partition by intDiv({Period}, 1000)" : "")
                    + $" order by ({(order.Count == 0 ? "tuple()" : string.Join(", ", order.Select(Name)))})"
            );
            server.Insert(
                $"insert into {stored} ({string.Join(", ", columns.Select(c => Name(c.Name)))}) format TabSeparated",
                Lines(release, table, columns, isSpread ? Placed(table, shard) : "", cancel)
            );
        }
        if (isSpread)
            foreach (var server in Servers)
                server.Run($"create table {At(id, table)} ({made}) {Distributed(id, table.Schema, table.Name)}");
        Demand(release, id, table, columns, wanted);
        return columns.Select((c, i) => (string[])[id, table.FullName, c.Name, table.Table.Columns[i].Type, types[i], _type.Note(c), c.Meaning]);
    }

    /// <summary>
    /// A table that is all shards' parts. It has no key by which it would place rows, so that nobody writes by way of it: where a row lies is settled by
    /// <see cref="Placed"/>.
    /// </summary>
    private string Distributed(string release, string schema, string table) =>
        $"engine = Distributed({Name(_to.Cluster!)}, {EnginePublication.Schema(release, schema)}{Shard}, {Name(table)})";

    private string Placed(EngineTable table, int shard)
    {
        var columns = table.Table.Columns.Select(c => c.Name).ToList();
        var by =
            PlacedBy.FirstOrDefault(columns.Contains) is { } one ? [one]
            : table.Table.Key.Count > 0 ? table.Table.Key
            : columns;
        return string.Create(CultureInfo.InvariantCulture, $" where hash({string.Join(", ", by.Select(Sql.Name))}) % {Servers.Count} = {shard}");
    }

    public void Hold(DuckDBConnection release, string id, EngineTable table)
    {
        var columns = Columns(table);
        try
        {
            Demand(release, id, table, columns, EngineTotals.Of(release, table, columns));
        }
        catch (ClickHouseException e) when (e.Missing is not null)
        {
            throw new DisseminationException(new($"{At(id, table)} 已不完整：{e.Missing}", $"{At(id, table)} is no longer whole: {e.Missing}"));
        }
    }

    public void Turn(string release, IReadOnlyList<EngineTable> tables)
    {
        foreach (var held in _locks)
            held.Demand();
        var turns = Servers.Select(s => (Server: s, Statement: Turning(s, release, tables))).ToList();
        FaultPoint.Reach("engine.turning");
        // One statement for all names of a server, under the lock that queries take when they look up a name.
        foreach (var (server, statement) in turns)
        {
            server.Run(statement);
            FaultPoint.Reach("engine.turned-one");
        }
        FaultPoint.Reach("engine.turned");
        foreach (var server in Servers)
        {
            server.Insert(
                $"insert into {Turns} (turn, release, turned_at) format TabSeparated",
                [
                    ClickHouseHttp.Line(
                        Texts(server, $"select toString(count() + 1) from {Turns}").Single(),
                        release,
                        Texts(server, "select toString(now())").Single()
                    ),
                ]
            );
            foreach (var passing in (string[])[Coming, Going])
                Empty(server, passing);
        }
    }

    /// <summary>18.16 leaves the folder of a distributed table behind when it is renamed, so that the database itself cannot go; a view has none.</summary>
    private void Empty(ClickHouseHttp server, string database)
    {
        if (_to.Cluster is null)
            server.Run($"drop database if exists {database}");
        else
            foreach (var table in Texts(server, $"select name from system.tables where database = '{database}'"))
                server.Run($"drop table {database}.{Name(table)}");
    }

    /// <summary>New names made aside on a server; the statement that puts them in place.</summary>
    private string Turning(ClickHouseHttp server, string release, IReadOnlyList<EngineTable> tables)
    {
        foreach (var passing in (string[])[Coming, Going])
        {
            Empty(server, passing);
            server.Run($"create database if not exists {passing}");
        }
        foreach (var schema in EngineTable.Schemas)
            server.Run($"create database if not exists {schema}");
        var spread = Texts(
                server,
                $"select concat(database, '.', name) from system.tables where engine = 'Distributed' and database in ({Literals(EngineTable.Schemas.Select(s => EnginePublication.Schema(release, s)))})"
            )
            .ToHashSet(StringComparer.Ordinal);
        // A view would fetch the rows of the shards to reckon with them here.
        foreach (var table in tables)
            server.Run(
                spread.Contains($"{EnginePublication.Schema(release, table.Schema)}.{table.Name}")
                    ? $"create table {Passing(Coming, table.FullName)} as {At(release, table)} {Distributed(release, table.Schema, table.Name)}"
                    : $"create view {Passing(Coming, table.FullName)} as select * from {At(release, table)}"
            );
        if (_hasFunctions)
            foreach (var function in ClickHouseDivision.Functions)
                server.Run(function);
        var standing = Texts(server, $"select concat(database, '.', name) from system.tables where database in ({Literals(EngineTable.Schemas)})");
        return "rename table "
            + string.Join(
                ", ",
                standing
                    .Select(s => $"{Standing(s)} to {Passing(Going, s)}")
                    .Concat(tables.Select(t => $"{Passing(Coming, t.FullName)} to {Standing(t.FullName)}"))
            );

        static string Standing(string name) => string.Join('.', name.Split('.', 2).Select(Name));
        static string Passing(string database, string name) => $"{database}.{Name(name.Replace('.', '/'))}";
    }

    /// <summary>Users and their rights are the server's own matter: its configuration in old versions, its administrator's in new ones.</summary>
    public IReadOnlyList<Text> Grant() =>
        _mixed.Count < 2
            ? []
            :
            [
                new(
                    $"{Place} 上分析用的各表此前分别指向 {string.Join("、", _mixed)}（切换时服务器中断）；发布当前版本即统一",
                    $"the names of analysts on {Place} led to {string.Join(" and ", _mixed)} when this began (a server went away while they were turned); publishing the release in force makes them one"
                ),
            ];

    public Text Remedy(string release)
    {
        var drops = string.Join("; ", Databases(release).Select(d => $"drop database {d}"));
        var (zh, en) = Servers.Count == 1 ? ("", "") : ("在每台服务器上", " on every server");
        return new(
            $"请{zh}删去后再发布：{drops}; alter table {Registry} delete where release = '{release}'",
            $"remove it{en} and publish again: {drops}; alter table {Registry} delete where release = '{release}'"
        );
    }

    private static string At(string release, EngineTable table) => $"{EnginePublication.Schema(release, table.Schema)}.{Name(table.Name)}";

    private static string AtShard(string release, EngineTable table) => $"{EnginePublication.Schema(release, table.Schema)}{Shard}.{Name(table.Name)}";

    private IReadOnlyList<EngineColumn> Columns(EngineTable table) => [.. table.Table.Columns.Select(EngineColumn.Of).Select(_type.Fit)];

    /// <summary>What analysts ask by, then the key; columns that are empty in some row are in no order of the engine's.</summary>
    private static List<string> Order(EngineTable table, HashSet<string> whole) =>
        [.. AskedBy.Concat(table.Table.Key).Where(whole.Contains).Distinct(StringComparer.Ordinal)];

    private void Demand(DuckDBConnection release, string id, EngineTable table, IReadOnlyList<EngineColumn> columns, IReadOnlyList<string?> wanted)
    {
        foreach (var server in Servers)
        {
            EngineTotals.Demand(
                server.Place,
                table,
                columns,
                wanted,
                server.Rows($"select {EngineTotals.Query(columns, ClickHouseType.Total, "String", Name)} from {At(id, table)}").Single()
            );
            if (table.FullName == "published.figure")
                EngineTotals.DemandFigures(
                    server.Place,
                    release,
                    server.Rows($"select figure_id, toString(value), status from {At(id, table)} order by figure_id").Select(r => (r[0]!, r[1], r[2]))
                );
        }
        Rows += long.Parse(wanted[0]!, CultureInfo.InvariantCulture);
    }

    /// <summary>The rows as lines, which DuckDB makes; the server puts them in order.</summary>
    private static IEnumerable<string> Lines(
        DuckDBConnection release,
        EngineTable table,
        IReadOnlyList<EngineColumn> columns,
        string where,
        CancellationToken cancel
    )
    {
        using var command = release.CreateCommand();
        command.CommandText = $"select concat_ws(chr(9), {string.Join(", ", columns.Select(Field))}) from {table.Table.Source}{where}";
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            cancel.ThrowIfCancellationRequested();
            yield return reader.GetString(0);
        }
    }

    /// <summary>A value as <see cref="ClickHouseHttp.Line"/> writes it, in DuckDB's words.</summary>
    private static string Field(EngineColumn column)
    {
        var text = column.Kind switch
        {
            EngineKind.Truth => $"cast(cast({column.Read} as tinyint) as varchar)",
            EngineKind.Text =>
                $@"replace(replace(replace(replace(replace({column.Read}, '\', '\\'), chr(9), '\t'), chr(10), '\n'), chr(13), '\r'), chr(0), '\0')",
            _ => $"cast({column.Read} as varchar)",
        };
        return $@"coalesce({text}, '\N')";
    }

    private static List<string> Texts(ClickHouseHttp server, string sql) => [.. server.Rows(sql).Select(r => r[0]!)];

    internal static string Name(string name) => "`" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal) + "`";

    internal static string Literal(string text) =>
        "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";

    private static string Literals(IEnumerable<string> texts) => string.Join(", ", texts.Select(Literal));
}
