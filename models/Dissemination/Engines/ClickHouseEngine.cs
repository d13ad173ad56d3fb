using System.Globalization;
using System.Text;
using DuckDB.NET.Data;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>
/// ClickHouse, 18.16 or later. It has no transactions: a release's databases count once they stand in the list of releases, which is written last, and the
/// analysts' views change places with new ones by a single statement. What was broken off before is removed by the next publication.
/// </summary>
internal sealed class ClickHouseEngine : IEngine
{
    private const string Own = EnginePublication.Mark;
    private const string Registry = Own + ".release";
    private const string Turns = Own + ".turn";
    private const string Mapping = Own + ".mapping";

    /// <summary>Where views wait to take their place, and where those go that made room.</summary>
    private const string Coming = Own + "_coming",
        Going = Own + "_going";

    /// <summary>Rows from which on a table is cut by years; below, a partition is nothing but files.</summary>
    private const long Large = 100_000;

    /// <summary>What analysts ask by, in this order: rows that are asked for together lie together.</summary>
    private static readonly string[] AskedBy = ["metric", "breakdown", "category", "period_key", "enterprise_key", "enterprise_code"];

    /// <summary>Of these one is the year's: 2024000 is 2024, 2026013 is the task list of 2026.</summary>
    private const string Period = "period_key";

    private readonly ClickHouseHttp _server;
    private ClickHouseType _type = null!;

    private ClickHouseEngine(ClickHouseHttp server) => _server = server;

    public static ClickHouseEngine Of(string connection) => new(ClickHouseHttp.Of(connection));

    public string Place => _server.Place;

    public long Rows { get; private set; }

    public void Dispose() => _server.Dispose();

    public T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.Net.Sockets.SocketException or TimeoutException or TaskCanceledException)
        {
            throw _server.Lost(e);
        }
    }

    public void Begin(string release)
    {
        _type = new(Value("select version()"));
        // Ours are views alone, each on a table of a release.
        var strange = Texts(
            $"""
            select distinct database from system.tables where database in ({Literals(
                EngineTable.Schemas
            )}) and not (engine = 'View' and match(create_table_query, 'r[0-9]+_[0-9a-f]+_'))
            union all select database from system.tables where database = '{Own}' and name not in ('release', 'turn', 'mapping')
            """
        );
        if (strange.Count > 0)
            throw new DisseminationException(
                new(
                    $"{Place} 中的数据库 {string.Join("、", strange)} 有不是由本程序建立的表，未作改动；请发布到另一台服务器",
                    $"databases of {Place} hold tables that this program did not make: {string.Join(", ", strange)}; nothing was changed: publish to another server"
                )
            );
        Run($"create database if not exists {Own}");
        Run(
            $"create table if not exists {Registry} (release String, content_hash String, is_synthetic UInt8, published_at DateTime, manifest String) engine = MergeTree order by release"
        );
        Run($"create table if not exists {Turns} (turn UInt64, release String, turned_at DateTime) engine = MergeTree order by turn");
        Run(
            $"create table if not exists {Mapping} (release String, table String, column String, duckdb_type String, clickhouse_type String, note String, meaning String) engine = MergeTree order by (release, table, column)"
        );
        foreach (var half in Texts($"select name from system.databases where match(name, '^r[0-9]+_[0-9a-f]+_({string.Join('|', EngineTable.Schemas)})$')"))
            if (!Texts($"select distinct replaceAll(release, '-', '_') from {Registry}").Any(whole => half.StartsWith(whole + "_", StringComparison.Ordinal)))
                Run($"drop database {half}");
    }

    public string? ContentHash(string release) => Texts($"select content_hash from {Registry} where release = {Literal(release)} limit 1").SingleOrDefault();

    public string? InForce() => Texts($"select release from {Turns} order by turn desc limit 1").SingleOrDefault();

    public void Load(
        DuckDBConnection release,
        Manifest manifest,
        IReadOnlyList<EngineTable> tables,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancel
    )
    {
        var id = manifest.Id;
        foreach (var schema in EngineTable.Schemas)
            Run($"create database {Database(id, schema)}");
        Run($"alter table {Mapping} delete where release = {Literal(id)}");
        FaultPoint.Reach("engine.begun");
        Rows = 0;
        var mapping = new List<string[]>();
        foreach (var (table, done) in tables.Select((t, i) => (t, i)))
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report((done, tables.Count, table.FullName));
            var columns = Columns(table);
            _type.DemandDays(release, table);
            var wanted = EngineTotals.Of(release, table, columns);
            var whole = columns.Where((_, i) => wanted[1 + 2 * i] == wanted[0]).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
            var order = Order(table, whole);
            var types = columns.Select(c => order.Contains(c.Name) ? _type.Of(c) : $"Nullable({_type.Of(c)})").ToList();
            Run(
                $"create table {At(id, table)} ({string.Join(", ", columns.Select((c, i) => $"{Name(c.Name)} {types[i]} comment {Literal(c.Meaning)}"))}) engine = MergeTree"
                    + (order.Contains(Period) && long.Parse(wanted[0]!, CultureInfo.InvariantCulture) >= Large ? $" partition by intDiv({Period}, 1000)" : "")
                    + $" order by ({(order.Count == 0 ? "tuple()" : string.Join(", ", order.Select(Name)))})"
            );
            _server.Insert(
                $"insert into {At(id, table)} ({string.Join(", ", columns.Select(c => Name(c.Name)))}) format TabSeparated",
                Lines(release, table, columns, cancel)
            );
            Demand(release, id, table, columns, wanted);
            mapping.AddRange(columns.Select((c, i) => (string[])[id, table.FullName, c.Name, table.Table.Columns[i].Type, types[i], _type.Note(c), c.Meaning]));
        }
        progress?.Report((tables.Count, tables.Count, ""));
        FaultPoint.Reach("engine.held");
        _server.Insert($"insert into {Mapping} format TabSeparated", mapping);
        _server.Insert(
            $"insert into {Registry} (release, content_hash, is_synthetic, published_at, manifest) format TabSeparated",
            [
                [
                    id,
                    manifest.ContentHash,
                    manifest.IsSynthetic ? "1" : "0",
                    Value("select toString(now())"),
                    Publication.About(release, manifest).ToJsonString(),
                ],
            ]
        );
        FaultPoint.Reach("engine.committed");
    }

    public void Hold(DuckDBConnection release, string id, EngineTable table)
    {
        var columns = Columns(table);
        Demand(release, id, table, columns, EngineTotals.Of(release, table, columns));
    }

    public void Turn(string release, IReadOnlyList<EngineTable> tables)
    {
        foreach (var passing in (string[])[Coming, Going])
        {
            Run($"drop database if exists {passing}");
            Run($"create database {passing}");
        }
        foreach (var schema in EngineTable.Schemas)
            Run($"create database if not exists {schema}");
        foreach (var table in tables)
            Run($"create view {Passing(Coming, table.FullName)} as select * from {At(release, table)}");
        var standing = Texts($"select concat(database, '.', name) from system.tables where database in ({Literals(EngineTable.Schemas)})");
        FaultPoint.Reach("engine.turning");
        // One statement for all of them, under the lock that queries take when they look up a name.
        Run(
            "rename table "
                + string.Join(
                    ", ",
                    standing
                        .Select(s => $"{Standing(s)} to {Passing(Going, s)}")
                        .Concat(tables.Select(t => $"{Passing(Coming, t.FullName)} to {Standing(t.FullName)}"))
                )
        );
        FaultPoint.Reach("engine.turned");
        _server.Insert(
            $"insert into {Turns} (turn, release, turned_at) format TabSeparated",
            [
                [Value($"select toString(count() + 1) from {Turns}"), release, Value("select toString(now())")],
            ]
        );
        foreach (var passing in (string[])[Coming, Going])
            Run($"drop database {passing}");

        static string Standing(string name) => string.Join('.', name.Split('.', 2).Select(Name));
        static string Passing(string database, string name) => $"{database}.{Name(name.Replace('.', '/'))}";
    }

    /// <summary>Users and their rights are the server's own matter: its configuration in old versions, its administrator's in new ones.</summary>
    public IReadOnlyList<Text> Grant() => [];

    public Text Remedy(string release)
    {
        var drops = string.Join("; ", EngineTable.Schemas.Select(s => $"drop database {Database(release, s)}"));
        return new(
            $"请删去后再发布：{drops}; alter table {Registry} delete where release = '{release}'",
            $"remove it and publish again: {drops}; alter table {Registry} delete where release = '{release}'"
        );
    }

    private static string Database(string release, string schema) => $"{EnginePublication.Prefix(release)}_{schema}";

    private static string At(string release, EngineTable table) => $"{Database(release, table.Schema)}.{Name(table.Name)}";

    private IReadOnlyList<EngineColumn> Columns(EngineTable table) => [.. table.Table.Columns.Select(EngineColumn.Of).Select(_type.Fit)];

    /// <summary>What analysts ask by, then the key; columns that are empty in some row are in no order of the engine's.</summary>
    private static List<string> Order(EngineTable table, HashSet<string> whole) =>
        [.. AskedBy.Concat(table.Table.Key).Where(whole.Contains).Distinct(StringComparer.Ordinal)];

    private void Demand(DuckDBConnection release, string id, EngineTable table, IReadOnlyList<EngineColumn> columns, IReadOnlyList<string?> wanted)
    {
        EngineTotals.Demand(
            table,
            columns,
            wanted,
            _server.Rows($"select {EngineTotals.Query(columns, ClickHouseType.Total, "String", Name)} from {At(id, table)}").Single()
        );
        Rows += long.Parse(wanted[0]!, CultureInfo.InvariantCulture);
        if (table.FullName == "published.figure")
            EngineTotals.DemandFigures(
                release,
                _server.Rows($"select figure_id, toString(value), status from {At(id, table)} order by figure_id").Select(r => (r[0]!, r[1], r[2]))
            );
    }

    private static IEnumerable<string?[]> Lines(DuckDBConnection release, EngineTable table, IReadOnlyList<EngineColumn> columns, CancellationToken cancel)
    {
        using var command = release.CreateCommand();
        // DuckDB makes the texts.
        command.CommandText =
            $"select {string.Join(", ", columns.Select(c => $"cast({(c.Kind == EngineKind.Truth ? $"cast({c.Read} as tinyint)" : c.Read)} as varchar)"))} from ({table.Table.Query})";
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        var row = new string?[columns.Count];
        while (reader.Read())
        {
            cancel.ThrowIfCancellationRequested();
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
            yield return row;
        }
    }

    private void Run(string sql) => _server.Run(sql);

    private string Value(string sql) => Texts(sql).Single();

    private List<string> Texts(string sql) => [.. _server.Rows(sql).Select(r => r[0]!)];

    internal static string Name(string name) => "`" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal) + "`";

    internal static string Literal(string text) =>
        "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";

    private static string Literals(IEnumerable<string> texts) => string.Join(", ", texts.Select(Literal));
}
