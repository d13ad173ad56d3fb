using System.Text;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Npgsql;

namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>
/// PostgreSQL, 12 or later. Everything that a release needs is made in one transaction, and the names that analysts use are turned in
/// another: whoever kills it on the way leaves nothing.
/// </summary>
internal sealed class PostgresEngine : IEngine
{
    /// <summary>The role that may read and nothing else; whoever should read becomes a member of it.</summary>
    public const string Reader = EnginePublication.Mark + "_reader";

    private const string Registry = $"{EnginePublication.Mark}.release";

    /// <summary>The key of the lock that one publication at a time holds in a database.</summary>
    private const long LockKey = 15510000;

    /// <summary>A query that is at work keeps a view from being replaced, and whoever comes after waits behind us: so not for long, and again.</summary>
    private const string Patience = "4s";

    private const int Tries = 5;

    /// <summary>
    /// Division as in the release's prelude, and exact: whole numbers are divided, so that nothing is rounded twice, and a half goes away from zero.
    /// </summary>
    internal const string Functions = """
        create or replace function core.quotient(part numeric, whole numeric) returns numeric language sql immutable parallel safe as $$
            select case when whole > 0 then cast(sign(part) * div(abs(part) * 2000000 + whole, 2 * whole) * 0.000001 as numeric(28, 6)) end $$;
        comment on function core.quotient(numeric, numeric) is '商，六位小数；分母为空或不为正时为空 / quotient to six decimals; null where the whole is null or not positive';
        create or replace function core.percent(part numeric, whole numeric) returns numeric language sql immutable parallel safe as $$
            select core.quotient(part * 100, whole) $$;
        comment on function core.percent(numeric, numeric) is '百分比，六位小数；分母为空或不为正时为空 / percentage to six decimals; null where the whole is null or not positive';
        create or replace function core.grown(amount numeric, part numeric, whole numeric) returns numeric language sql immutable parallel safe as $$
            select case when whole > 0 and amount >= 0 and part >= 0
                then cast(div(2 * amount * part * 1000000 + whole, 2 * whole) * 0.000001 as numeric(28, 6)) end $$;
        comment on function core.grown(numeric, numeric, numeric) is '按两合计之比放大的金额，六位小数 / an amount times a ratio of two sums, to six decimals';
        create or replace function core.days(until date, since date) returns integer language sql immutable parallel safe as $$ select until - since $$;
        comment on function core.days(date, date) is '两日相差的天数 / days from one day to another';

        """;

    private readonly NpgsqlConnectionStringBuilder _to;
    private readonly NpgsqlConnection _connection;

    private PostgresEngine(NpgsqlConnectionStringBuilder to)
    {
        _to = to;
        _connection = new(to.ConnectionString);
    }

    public string Place => $"{_to.Host}:{_to.Port}/{_to.Database ?? _to.Username}";

    public long Rows { get; private set; }

    /// <exception cref="DisseminationException">The connection string cannot be read; nothing of it is repeated, for a password may stand anywhere in it.</exception>
    public static PostgresEngine Of(string connection)
    {
        try
        {
            var to = new NpgsqlConnectionStringBuilder(connection)
            {
                ApplicationName = EnginePublication.Mark,
                Pooling = false,
                CommandTimeout = 0,
                // Told where objects of others hang on ours; no row of data stands in such a message.
                IncludeErrorDetail = true,
            };
            if (to.Host is { Length: > 0 })
                return new(to);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            // What it says may have the password in it.
        }
        throw new DisseminationException(
            new(
                "读不懂连接字符串；应写作 Host=主机;Port=5432;Database=库名;Username=用户;Password=…（Npgsql 的写法，此处不重复所写内容）",
                "the connection string cannot be read; it is written Host=…;Port=5432;Database=…;Username=…;Password=… (as Npgsql has it; what was written is not repeated here)"
            )
        );
    }

    public void Dispose() => _connection.Dispose();

    public T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (PostgresException e)
        {
            throw PostgresFault.Of(e, this, _to);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or System.Net.Sockets.SocketException or TimeoutException)
        {
            throw PostgresFault.Lost(e, Place, _to.Password);
        }
    }

    public void Look()
    {
        Connect();
        Run("set default_transaction_read_only = on");
    }

    private void Connect()
    {
        _connection.Open();
        Run(
            """
            set standard_conforming_strings = on; set client_min_messages = warning; set timezone = 'UTC'; set datestyle = 'ISO'; set statement_timeout = 0;
            set idle_in_transaction_session_timeout = 0; set search_path = pg_catalog
            """
        );
    }

    public void Begin(string release)
    {
        Connect();
        if (Scalar<string>("select current_setting('server_encoding')") is var encoding && encoding != "UTF8")
            throw new DisseminationException(
                new(
                    $"{Place} 的编码为 {encoding}，装不下中文；请建库：create database 库名 encoding 'UTF8' template template0",
                    $"{Place} is encoded in {encoding}, which has no place for Chinese: create database … encoding 'UTF8' template template0"
                )
            );
        if (!Scalar<bool>($"select pg_try_advisory_lock({LockKey})"))
            throw new EngineBusyException(new($"{Place} 上另有一次发布正在进行，稍后再试", $"another publication to {Place} is at work: try again later"));
        var strange = Texts(
            $"""
            select nspname from pg_namespace where (nspname = any(array[{Literals([EnginePublication.Mark, .. EngineTable.Schemas, .. Own(release)])}]))
                and coalesce(obj_description(oid, 'pg_namespace'), '') not like '{EnginePublication.Mark}%'
            """
        );
        if (strange.Count > 0)
            throw new DisseminationException(
                new(
                    $"{Place} 中已有不是由本程序建立的模式 {string.Join("、", strange)}，未作改动；请发布到另一个数据库",
                    $"{Place} has schemas that this program did not make: {string.Join(", ", strange)}; nothing was changed: publish to another database"
                )
            );
    }

    public string? ContentHash(string release) =>
        HasRegistry ? Scalar<string>($"select content_hash from {Registry} where release = {Sql.Literal(release)}") : null;

    /// <summary>As it was written down, and as the names do lead: none where a view is gone, or reads something else.</summary>
    public string? InForce() =>
        HasRegistry && Scalar<string>($"select release from {Registry} where is_in_force") is { } turned && IsTurnedWhole(turned) ? turned : null;

    /// <summary>Each table of the release has a view of its name that reads it.</summary>
    private bool IsTurnedWhole(string release) =>
        Scalar<bool>(
            $"""
            select not exists (
                select from pg_class as t join pg_namespace as n on n.oid = t.relnamespace
                where t.relkind = 'r' and n.nspname = any(array[{Literals(Own(release))}]) and not exists (
                    select from pg_depend as d join pg_rewrite as r on r.oid = d.objid join pg_class as v on v.oid = r.ev_class
                    join pg_namespace as s on s.oid = v.relnamespace
                    where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = t.oid
                        and v.relkind = 'v' and v.relname = t.relname and s.nspname = any(array[{Literals(EngineTable.Schemas)}])
                        and n.nspname = {Sql.Literal(EnginePublication.Prefix(release) + "_")} || s.nspname))
            """
        );

    private bool HasRegistry => Scalar<bool>($"select to_regclass('{Registry}') is not null");

    public void Load(
        DuckDBConnection release,
        Manifest manifest,
        IReadOnlyList<EngineTable> tables,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancel
    )
    {
        var (id, columns) = (manifest.Id, tables.ToDictionary(t => t, Columns));
        using var transaction = _connection.BeginTransaction();
        var about = new StringBuilder();
        foreach (var schema in Own(id))
            about.Append($"create schema {schema}; comment on schema {schema} is {Sql.Literal(About(manifest))};\n");
        foreach (var table in tables)
            about.Append($"create table {At(id, table)} ({string.Join(", ", columns[table].Select(c => $"{Sql.Name(c.Name)} {Type(c)}"))});\n");
        Run(about.ToString());
        FaultPoint.Reach("engine.begun");
        foreach (var (table, done) in tables.Select((t, i) => (t, i)))
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report((done, tables.Count, table.FullName));
            PostgresCopy.Write(release, table.Table.Query, columns[table], _connection, At(id, table), cancel);
        }
        FaultPoint.Reach("engine.loaded");
        progress?.Report((tables.Count, tables.Count, ""));
        Run(Keys(release, id, tables));
        cancel.ThrowIfCancellationRequested();
        Run(Comments(tables, t => $"table {At(id, t)}", t => At(id, t)) + string.Concat(tables.Select(t => $"analyze {At(id, t)};\n")));
        FaultPoint.Reach("engine.keyed");
        Rows = 0;
        foreach (var table in tables)
        {
            cancel.ThrowIfCancellationRequested();
            Hold(release, id, table);
        }
        FaultPoint.Reach("engine.held");
        Run(
            $"""
            create schema if not exists {EnginePublication.Mark};
            comment on schema {EnginePublication.Mark} is '{EnginePublication.Mark}: 已发布的版本 / the releases that are here';
            create table if not exists {Registry} (
                release text primary key, content_hash text not null, is_synthetic boolean not null, is_in_force boolean not null,
                published_at timestamptz not null, manifest jsonb not null
            );
            comment on table {Registry} is '已发布的版本及其清单 / releases that are here, with their manifests';
            insert into {Registry} values ({Sql.Literal(id)}, {Sql.Literal(manifest.ContentHash)}, {(manifest.IsSynthetic ? "true" : "false")}, false, now(),
                {Sql.Literal(Publication.About(release, manifest).ToJsonString())});
            """
        );
        transaction.Commit();
        FaultPoint.Reach("engine.committed");
    }

    public void Hold(DuckDBConnection release, string id, EngineTable table)
    {
        var columns = Columns(table);
        var wanted = EngineTotals.Of(release, table, columns);
        IReadOnlyList<string> found;
        try
        {
            found = Texts($"select unnest(array[{EngineTotals.Query(columns, Total, "text")}]) from {At(id, table)}");
        }
        catch (PostgresException e)
            when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InvalidSchemaName)
        {
            throw new DisseminationException(
                new($"{Place} 中 {At(id, table)} 已不完整：{e.MessageText}", $"{At(id, table)} of {Place} is no longer whole: {e.MessageText}")
            );
        }
        EngineTotals.Demand(Place, table, columns, wanted, found);
        Rows += long.Parse(wanted[0]!, System.Globalization.CultureInfo.InvariantCulture);
        if (table.FullName == "published.figure")
            EngineTotals.DemandFigures(Place, release, Figures(At(id, table)));
    }

    public void Turn(string release, IReadOnlyList<EngineTable> tables)
    {
        for (var tried = 1; ; tried++)
            try
            {
                using var transaction = _connection.BeginTransaction();
                Run($"set local lock_timeout = '{Patience}'");
                Run(Turning(release, tables));
                FaultPoint.Reach("engine.turning");
                transaction.Commit();
                FaultPoint.Reach("engine.turned");
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable && tried < Tries)
            {
                // Whoever held the view has had his time; the transaction is gone with all of it.
            }
    }

    public IReadOnlyList<Text> Grant()
    {
        var isThere = Scalar<bool>($"select exists (select from pg_roles where rolname = '{Reader}')");
        if (!isThere)
            try
            {
                Run($"create role {Reader} nologin");
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                return
                [
                    new(
                        $"没有建立角色的权限，未授权任何人阅读；请管理员执行 create role {Reader} nologin，再发布一次",
                        $"there is no right to make a role, so nobody was let in to read: have an administrator run create role {Reader} nologin, and publish once more"
                    ),
                ];
            }
        // Also of the releases that came before there was the role.
        string[] ours = [EnginePublication.Mark, .. EngineTable.Schemas, .. Texts($"select release from {Registry}").SelectMany(Own)];
        string[] schemas = [.. Texts("select nspname from pg_namespace").Intersect(ours)];
        Run($"grant usage on schema {string.Join(", ", schemas)} to {Reader}; grant select on all tables in schema {string.Join(", ", schemas)} to {Reader}");
        return [];
    }

    public Text Remedy(string release) =>
        new(
            $"请删去后再发布：drop schema {string.Join(", ", Own(release))} cascade; delete from {Registry} where release = '{release}'",
            $"remove it and publish again: drop schema {string.Join(", ", Own(release))} cascade; delete from {Registry} where release = '{release}'"
        );

    /// <summary>The schemas of a release.</summary>
    private static IEnumerable<string> Own(string release) => EngineTable.Schemas.Select(s => EnginePublication.Schema(release, s));

    private static string At(string release, EngineTable table) => $"{EnginePublication.Schema(release, table.Schema)}.{Sql.Name(table.Name)}";

    private static string About(Manifest manifest) => $"{EnginePublication.Mark}: {manifest.Id}{(manifest.IsSynthetic ? " 示例数据 synthetic" : "")}";

    private static IReadOnlyList<EngineColumn> Columns(EngineTable table) => [.. table.Table.Columns.Select(EngineColumn.Of)];

    internal static string Type(EngineColumn column) =>
        column.Kind switch
        {
            EngineKind.Whole => column.Precision switch
            {
                16 => "smallint",
                32 => "integer",
                _ => "bigint",
            },
            EngineKind.Decimal => $"numeric({column.Precision},{column.Scale})",
            EngineKind.Text => "text",
            EngineKind.Day => "date",
            EngineKind.Moment => "timestamp without time zone",
            EngineKind.Truth => "boolean",
            _ => "double precision",
        };

    private static string Total(EngineColumn column)
    {
        var name = Sql.Name(column.Name);
        return column.Kind switch
        {
            EngineKind.Whole or EngineKind.Decimal => $"cast(sum({name}) as text)",
            EngineKind.Text => $"cast(sum(octet_length({name})) as text)",
            EngineKind.Day => $"cast(sum({name} - date '1970-01-01') as text)",
            EngineKind.Moment => $"cast(sum(cast(extract(epoch from {name}) * 1000000 as bigint)) as text)",
            EngineKind.Truth => $"cast(count(*) filter (where {name}) as text)",
            _ => "''",
        };
    }

    /// <summary>Primary keys first, for the references lead to them. A key with an empty column in a row is unique, and no primary key.</summary>
    private static string Keys(DuckDBConnection release, string id, IReadOnlyList<EngineTable> tables)
    {
        var keys = new StringBuilder();
        foreach (var table in tables.Where(t => t.Table.Key.Count > 0))
            keys.Append(
                $"alter table {At(id, table)} add {(table.HasWholeKey(release) ? "primary key" : "unique")} ({string.Join(", ", table.Table.Key.Select(Sql.Name))});\n"
            );
        var byName = tables.ToDictionary(t => t.FullName, StringComparer.Ordinal);
        foreach (var table in tables)
        foreach (var reference in table.References)
            keys.Append(
                $"alter table {At(id, table)} add foreign key ({string.Join(", ", reference.Columns.Select(Sql.Name))}) references {At(id, byName[reference.Table])} ({string.Join(", ", reference.Keys.Select(Sql.Name))});\n"
            );
        return keys.ToString();
    }

    private static string Comments(IReadOnlyList<EngineTable> tables, Func<EngineTable, string> what, Func<EngineTable, string> at)
    {
        var comments = new StringBuilder();
        foreach (var table in tables)
        {
            comments.Append($"comment on {what(table)} is {Sql.Literal(table.Table.Meaning)};\n");
            foreach (var column in table.Table.Columns.Where(c => c.Meaning.Length > 0))
                comments.Append($"comment on column {at(table)}.{Sql.Name(column.Name)} is {Sql.Literal(column.Meaning)};\n");
        }
        return comments.ToString();
    }

    /// <summary>
    /// The views that lead to the release. One whose columns stay, or are added to behind, is replaced, so that what analysts have built on it stands;
    /// one whose columns change goes first, and where something of theirs hangs on it the server refuses and names it.
    /// </summary>
    private string Turning(string release, IReadOnlyList<EngineTable> tables)
    {
        var sql = new StringBuilder();
        foreach (var schema in EngineTable.Schemas)
            sql.Append($"create schema if not exists {schema}; comment on schema {schema} is '{EnginePublication.Mark}: {release}';\n");
        var changed = Texts(
            $"""
            select quote_ident(n.nspname) || '.' || quote_ident(v.relname)
            from pg_class as v join pg_namespace as n on n.oid = v.relnamespace
            where v.relkind = 'v' and n.nspname = any(array[{Literals(EngineTable.Schemas)}]) and (
                to_regclass(quote_ident({Sql.Literal(EnginePublication.Prefix(release) + "_")} || n.nspname) || '.' || quote_ident(v.relname)) is null
                or exists (
                    select from pg_attribute as o
                    left join pg_attribute as t on t.attnum = o.attnum and not t.attisdropped
                        and t.attrelid = to_regclass(quote_ident({Sql.Literal(
                EnginePublication.Prefix(release) + "_"
            )} || n.nspname) || '.' || quote_ident(v.relname))
                    where o.attrelid = v.oid and o.attnum > 0 and (o.attname, o.atttypid, o.atttypmod) is distinct from (t.attname, t.atttypid, t.atttypmod)))
            order by 1
            """
        );
        if (changed.Count > 0)
            sql.Append($"drop view {string.Join(", ", changed)};\n");
        foreach (var table in tables)
            sql.Append($"create or replace view {Named(table)} as select * from {At(release, table)};\n");
        sql.Append(Comments(tables, t => $"view {Named(t)}", Named));
        sql.Append(Functions);
        sql.Append(
            $"update {Registry} set is_in_force = release = {Sql.Literal(release)} where is_in_force is distinct from (release = {Sql.Literal(release)});\n"
        );
        return sql.ToString();

        static string Named(EngineTable table) => $"{table.Schema}.{Sql.Name(table.Name)}";
    }

    private IEnumerable<(string, string?, string?)> Figures(string table)
    {
        using var command = new NpgsqlCommand($"select figure_id, cast(value as text), status from {table} order by figure_id collate \"C\"", _connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return (reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2));
    }

    private static string Literals(IEnumerable<string> texts) => string.Join(", ", texts.Select(Sql.Literal));

    private void Run(string sql)
    {
        if (sql.Length == 0)
            return;
        using var command = new NpgsqlCommand(sql, _connection);
        command.ExecuteNonQuery();
    }

    private T? Scalar<T>(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        return command.ExecuteScalar() is { } value and not DBNull ? (T)value : default;
    }

    private IReadOnlyList<string> Texts(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
            texts.Add(reader.IsDBNull(0) ? null! : reader.GetString(0));
        return texts;
    }
}
