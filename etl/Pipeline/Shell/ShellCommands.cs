using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Models.Querying;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Verbs;

namespace Innovation1551.Pipeline.Shell;

/// <summary>The commands of the shell that begin with a dot.</summary>
internal static class ShellCommands
{
    private static readonly (string Name, string Takes, Text Does)[] All =
    [
        (".tables", "[WORD]", new("列出表和视图及其含义", "tables and views with their meanings")),
        (".describe", "TABLE", new("表的各列：类型、单位、含义", "the columns of a table: type, unit, meaning")),
        (".metric", "[ID|WORD]", new("指标：名称、单位、能否相加、定义", "metrics: name, unit, whether they add up, definition")),
        (".trace", "FIGURE|CELL", new("数字由哪些单元格而来，或单元格进入哪些数字", "the cells of a figure, or the figures of a cell")),
        (".release", "[R]", new("列出发布版本，或换用另一个", "list the releases, or go to another")),
        (".mode", "auto|table|record|csv|json", new("结果的样式", "how answers look")),
        (".about", "on|off", new("结果之后是否注明版本、阶段、单位、标记", "whether an answer is followed by release, stage, units and flags")),
        (".pager", "on|off", new("长的结果是否分页显示（$PAGER，默认 less）", "whether long answers are paged ($PAGER, less where it is not set)")),
        (".timer", "on|off", new("是否显示用时", "whether the time is shown")),
        (".help", "", new("本说明", "this help")),
        (".quit", "", new("退出（或 Ctrl-D）", "leave (or Ctrl-D)")),
    ];

    public static IEnumerable<string> Names => All.Select(c => c.Name);
    public static IReadOnlyList<string> Modes { get; } = ["auto", "table", "record", "csv", "json"];

    /// <exception cref="UsageException">There is no such command, or not with that.</exception>
    public static void Run(SqlShell shell, string line)
    {
        var words = line.Trim().TrimEnd(';').Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var rest = words.Length > 1 ? words[1] : "";
        switch (words[0])
        {
            case ".tables":
                Tables(shell, rest);
                break;
            case ".describe":
                Describe(shell, rest);
                break;
            case ".metric":
                Metrics(shell, rest);
                break;
            case ".trace":
                TraceVerb.Tell(shell.Session, shell.Release, Wanted(rest, "FIGURE"), all: false);
                break;
            case ".release":
                Releases(shell, rest);
                break;
            case ".mode":
                if (!Modes.Contains(rest))
                    throw new UsageException(new($".mode 可为 {string.Join("、", Modes)}", $".mode is one of {string.Join(", ", Modes)}"));
                shell.Manner = shell.Manner with { Format = rest is "csv" or "json" ? rest : "table", Records = rest == "auto" ? null : rest == "record" };
                break;
            case ".about":
                shell.Manner = shell.Manner with { Tells = IsOn(rest) };
                break;
            case ".pager":
                shell.Manner = shell.Manner with { Pages = IsOn(rest) };
                break;
            case ".timer":
                shell.Timer = IsOn(rest);
                break;
            case ".help":
                Help(shell.Session.Speaker);
                break;
            default:
                var near = Nearest.Of(words[0], Names);
                throw new UsageException(
                    new(
                        $"没有命令 {words[0]}{(near is null ? "" : $"；是否指 {near}")}；.help 列出全部",
                        $"there is no command {words[0]}{(near is null ? "" : $"; did you mean {near}")}; .help lists them all"
                    )
                );
        }
    }

    private static void Help(Speaker speaker)
    {
        foreach (var (name, takes, does) in All)
            speaker.Line($"  {(name + " " + takes).PadRight(38)}{does.In(speaker.Language)}");
        speaker.Say(
            new(
                "  以分号结束查询。Tab 补全，↑↓ 历史，Ctrl-C 中止查询，create temp table … as 建自用的表。",
                "  A query ends with a semicolon. Tab completes, ↑↓ go through history, Ctrl-C stops a query, create temp table … as makes a table of your own."
            )
        );
    }

    private static void Tables(SqlShell shell, string word) =>
        shell.List(
            """
            select schema_name || '.' || name as "table", estimated_size as rows, case when $2 then split_part(comment, ' / ', 1) else regexp_replace(comment, '^.*? / ', '') end as meaning from (
                select schema_name, table_name as name, estimated_size, comment from duckdb_tables() where not internal
                union all select schema_name, view_name, null, comment from duckdb_views() where not internal)
            where schema_name || '.' || name || coalesce(comment, '') ilike '%' || $1 || '%'
            order by schema_name not in ('published'), schema_name, name
            """,
            word,
            shell.IsChinese
        );

    private static void Describe(SqlShell shell, string table)
    {
        var named = Wanted(table, "TABLE").Split('.');
        var known = shell
            .Release.Connection.Rows(
                "select schema_name, table_name from duckdb_columns() where not internal group by all order by min(if(schema_name = 'published', 0, 1)), 1"
            )
            .Select(r => (Schema: (string)r[0]!, Name: (string)r[1]!))
            .ToList();
        var found = known.FirstOrDefault(t =>
            t.Name.Equals(named[^1], StringComparison.OrdinalIgnoreCase) && (named.Length == 1 || t.Schema.Equals(named[0], StringComparison.OrdinalIgnoreCase))
        );
        if (found.Name is null)
        {
            var near = Nearest.Of(table, known.Select(t => $"{t.Schema}.{t.Name}")) ?? Nearest.Of(named[^1], known.Select(t => t.Name));
            throw new UsageException(
                new(
                    $"没有表 {table}{(near is null ? "；.tables 列出全部" : $"；是否指 {near}")}",
                    $"there is no table {table}{(near is null ? "; .tables lists them all" : $"; did you mean {near}")}"
                )
            );
        }
        shell.Session.Speaker.Line($"{found.Schema}.{found.Name}");
        shell.List(
            """
            select column_name as "column", data_type as "type", case when $3 then split_part(comment, ' / ', 1) else regexp_replace(comment, '^.*? / ', '') end as meaning
            from duckdb_columns() where schema_name = $1 and table_name = $2 order by column_index
            """,
            found.Schema,
            found.Name,
            shell.IsChinese
        );
    }

    private static void Metrics(SqlShell shell, string word)
    {
        if (shell.Release.Connection.Scalar<long>("select count(*) from published.metric where metric = $1", word) == 1)
            shell.List(
                """
                select metric, case when $2 then name_zh else name_en end as name, case when $2 then unit_zh else unit_en end as unit, additive,
                    case when $2 then definition_zh else definition_en end as definition, case when $2 then basis_zh else basis_en end as basis, perimeter,
                    (select string_agg(distinct breakdown, ', ' order by breakdown) from published.figure f where f.metric = m.metric) as breakdowns
                from published.metric m where metric = $1
                """,
                true,
                word,
                shell.IsChinese
            );
        else
            shell.List(
                """
                select metric, case when $2 then name_zh else name_en end as name, case when $2 then unit_zh else unit_en end as unit, additive
                from published.metric where metric || name_zh || name_en || definition_zh || definition_en ilike '%' || $1 || '%' order by sort_order
                """,
                word,
                shell.IsChinese
            );
    }

    private static void Releases(SqlShell shell, string name)
    {
        if (name.Length > 0)
        {
            shell.Open(name);
            shell.Session.Speaker.Line(shell.Release.Manifest.Id);
            return;
        }
        var store = new ReleaseStore(shell.Session.Workspace.Releases);
        foreach (var id in store.Ids)
            shell.Session.Speaker.Line(
                $"{(id == shell.Release.Manifest.Id ? "*" : " ")} {id}  {store.Find(id).BuiltAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}{(id == store.Current ? "  latest" : "")}"
            );
    }

    private static bool IsOn(string word) =>
        word switch
        {
            "on" => true,
            "off" => false,
            _ => throw new UsageException(new("应为 on 或 off", "on or off is wanted")),
        };

    private static string Wanted(string rest, string what) => rest.Length > 0 ? rest : throw new UsageException(new($"请写明 {what}", $"{what} is wanted"));
}
