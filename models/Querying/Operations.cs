using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Querying;

/// <summary>
/// What was done in a workspace and asked of it, as tables beside a release: <c>operations.run</c>, <c>operations.statement</c>,
/// <c>operations.notice</c>, <c>operations.step</c>. They are read from the lines of <c>history/</c>, <c>audit/</c> and <c>logs/</c> into a file of
/// their own, as they stand then.
/// </summary>
public static class Operations
{
    /// <summary>The name under which it is read, where a release would be named.</summary>
    public const string Name = "operations";

    private static readonly (string Name, string Type)[] RunLine =
    [
        ("event", "varchar"),
        ("id", "varchar"),
        ("at", "timestamptz"),
        ("verb", "varchar"),
        ("arguments", "varchar[]"),
        ("job", "varchar"),
        ("user", "varchar"),
        ("process", "bigint"),
        ("exit_code", "bigint"),
        ("release", "varchar"),
        ("way", "varchar"),
        ("failure", "varchar"),
    ];

    private static readonly (string Name, string Type)[] StatementLine =
    [
        ("event", "varchar"),
        ("id", "varchar"),
        ("at", "timestamptz"),
        ("key", "varchar"),
        ("role", "varchar"),
        ("session", "varchar"),
        ("release", "varchar"),
        ("from", "varchar"),
        ("sql", "varchar"),
        ("parameters", "varchar[]"),
        ("outcome", "varchar"),
        ("rows", "bigint"),
        ("bytes", "bigint"),
        ("milliseconds", "double"),
        ("reason", "varchar"),
    ];

    private static readonly (string Name, string Type)[] LogLine =
    [
        ("at", "timestamptz"),
        ("level", "varchar"),
        ("process", "bigint"),
        ("category", "varchar"),
        ("message", "varchar"),
        ("exception", "varchar"),
        ("step", "varchar"),
        ("milliseconds", "bigint"),
        ("release", "varchar"),
        ("trace", "varchar"),
        ("span", "varchar"),
        ("part_of", "varchar"),
    ];

    private const string Run = """
        create table run as
        select s.id, s.verb, s.arguments, s.job, s."user", s.process, s.at as started_at, e.at as ended_at,
            cast((epoch_ms(e.at) - epoch_ms(s.at)) / 1000.0 as decimal(12, 3)) as seconds, e.exit_code,
            case when e.id is null then 'unfinished' else case e.exit_code when 0 then 'done' when 1 then 'data errors' when 2 then 'refused'
                when 3 then 'bug' when 75 then 'busy' when 130 then 'interrupted' else 'failed' end end as outcome,
            e.release
        from (from line where event = 'start') s left join (from line where event = 'end') e using (id)
        order by s.at, s.id;
        comment on table run is '程序在本工作区的每次运行 / each run of the program in this workspace';
        comment on column run.verb is '命令 / the verb';
        comment on column run.job is '任务名；人工运行时为空 / the job that it was; null where a person started it';
        comment on column run.exit_code is '退出码 / exit code';
        comment on column run.outcome is 'unfinished：仍在运行或被强行终止 / unfinished: at work, or killed';
        comment on column run.release is '结束时的现行版本 / the release in force at its end';
        create table notice as select "at", job, way, failure from line where event = 'notice' order by "at";
        comment on table notice is '发给人的通知 / notices to people';
        comment on column notice.failure is '未发出的原因；空为已发出 / why it did not go out; null where it did'
        """;

    private const string Statement = """
        create table statement as
        select s.id, s.key, s.role, s.session, s.release, s."from" as from_address, s.sql, s.parameters, s.at as started_at, e.at as ended_at,
            e.outcome, e.rows, e.bytes, cast(e.milliseconds as decimal(18, 1)) as milliseconds, e.reason
        from (from line where event = 'start') s left join (from line where event = 'end') e using (id)
        order by s.at, s.id;
        comment on table statement is '服务收到的每条语句 / each statement that the service was asked';
        comment on column statement.key is '密钥编号 / id of the key';
        comment on column statement.outcome is '空：仍在执行，或服务被强行终止 / null: at work, or the service was killed'
        """;

    private const string Step = """
        create table step as
        select "at" as ended_at, step, milliseconds, level, message, release, process, trace, span, part_of from line where step is not null order by "at";
        comment on table step is '日志中的每一步及其用时 / each step in the log, with how long it took';
        comment on column step.milliseconds is '用时，毫秒 / how long it took, in milliseconds';
        comment on column step.trace is '同一次运行的各步相同 / the same for all steps of a run';
        comment on column step.part_of is '所属的一步（span） / the span of the step that it was part of';
        create table problem as select "at", level, category, message, exception, process from line where level in ('warning', 'error', 'critical') order by "at";
        comment on table problem is '日志中的警告与错误 / warnings and errors in the log'
        """;

    /// <summary>Makes the file.</summary>
    /// <param name="workspace">Folder of the workspace.</param>
    /// <param name="file">Replaced where it is there.</param>
    public static void Write(string workspace, string file)
    {
        File.Delete(file);
        using var connection = Database.OpenForBuilding(file, threads: 1);
        Table(connection, Path.Combine(workspace, "history"), RunLine, Run);
        Table(connection, Path.Combine(workspace, "audit"), StatementLine, Statement);
        Table(connection, Path.Combine(workspace, "logs"), LogLine, Step);
        connection.Run("checkpoint");
    }

    private static void Table(DuckDBConnection connection, string folder, (string Name, string Type)[] columns, string tables)
    {
        connection.Run($"create temp table line ({string.Join(", ", columns.Select(c => $"{Sql.Name(c.Name)} {c.Type}"))})");
        // Line by line: the one that a crash cut off costs itself alone.
        foreach (var path in Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal)] : (string[])[])
            connection.Run(
                $"insert into line by name select * from read_json({Sql.Literal(path)}, format = 'newline_delimited', ignore_errors = true, maximum_object_size = 67108864, columns = {Columns(columns)})"
            );
        connection.Run(tables);
        connection.Run("drop table line");
    }

    private static string Columns((string Name, string Type)[] columns) =>
        "{" + string.Join(", ", columns.Select(c => $"{Sql.Literal(c.Name)}: {Sql.Literal(c.Type)}")) + "}";
}
