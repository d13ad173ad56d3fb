using System.Collections.Frozen;
using System.Text.Json;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Querying;

/// <summary>
/// Lets through a SELECT (also by DESCRIBE, SUMMARIZE, SHOW, PIVOT, EXPLAIN) that reads the release's own tables and calls no function
/// that reaches outside it, and temporary tables and views made of such a query, which live and end with the connection.
/// The query is judged by its syntax tree from DuckDB's own parser, not by its text; where that has no tree for the whole statement, its
/// body is judged and runs behind a head that is written here.
/// The read-only, locked connection is the first wall; this is the second, for what that one leaves open.
/// </summary>
public static class SqlGate
{
    private const int MaxLength = 256 * 1024;

    private static readonly FrozenSet<string> TableFunctions = FrozenSet.ToFrozenSet(
        [
            "range",
            "generate_series",
            "unnest",
            "repeat_row",
            "duckdb_tables",
            "duckdb_columns",
            "duckdb_views",
            "duckdb_constraints",
            "duckdb_functions",
            "json_each",
            "json_tree",
            "pragma_version",
            "summary",
            "duckdb_types",
            "duckdb_keywords",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly FrozenSet<string> Forbidden = FrozenSet.ToFrozenSet(
        [
            "getenv",
            "query",
            "query_table",
            "json_execute_serialized_sql",
            "json_structure",
            "json_group_structure",
            "to_variant",
            "variant_extract",
            "variant_normalize",
            "currval",
            "nextval",
            "json_deep_merge",
            "json_transform",
            "json_transform_strict",
            "from_json",
            "from_json_strict",
            "pg_sleep",
            "sleep_ms",
            "sleep",
            "write_log",
            "getvariable",
            "current_setting",
            "read_text",
            "read_blob",
            "read_csv",
            "read_csv_auto",
            "read_json",
            "read_json_auto",
            "read_parquet",
            "parquet_scan",
            "glob",
            "sniff_csv",
            "force_checkpoint",
            "checkpoint",
            "enable_logging",
            "disable_logging",
            "duckdb_logs",
            "duckdb_settings",
            "duckdb_databases",
            "duckdb_secrets",
            "which_secret",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly FrozenSet<string> Schemas = FrozenSet.ToFrozenSet(
        ["", "main", "temp", "core", "fact", "metric", "lineage", "published", "seed", "information_schema", "pg_catalog"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Of the views of the catalogue those that tell of tables and columns; others tell paths and settings of the machine.</summary>
    private static readonly FrozenSet<string> CatalogueViews = FrozenSet.ToFrozenSet(
        [
            "duckdb_tables",
            "duckdb_columns",
            "duckdb_views",
            "duckdb_constraints",
            "pg_tables",
            "pg_views",
            "pg_class",
            "pg_namespace",
            "pg_attribute",
            "pg_type",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>An empty database that only parses, made once: making it takes ten times as long as the parsing.</summary>
    private static readonly Lazy<DuckDBConnection> Parser = new(() =>
    {
        var parser = new DuckDBConnection("DataSource=:memory:");
        parser.Open();
        parser.Run("set enable_external_access = false; set threads = 1; set lock_configuration = true");
        return parser;
    });

    /// <exception cref="QueryRefusedException">The statement may not run; says why, where, and what would do.</exception>
    /// <param name="only">Schemas whose tables may be read; null for all of the release.</param>
    /// <param name="beside">Names before the tables of other releases that are open.</param>
    public static GatedStatement Judge(SqlStatement statement, IReadOnlySet<string>? only = null, IReadOnlyCollection<string>? beside = null)
    {
        var text = statement.Text;
        if (text.Length > MaxLength)
            throw Refused(statement, 0, $"查询超过 {MaxLength} 个字符", $"the query is longer than {MaxLength} characters");
        var tokens = SqlTokens.Of(text, out var unfinished);
        if (unfinished)
            throw Refused(statement, text.Length, "引号或注释没有结束", "a quote or a comment does not end");
        if (tokens.Exists(t => t.Is(";")))
            throw Refused(statement, tokens.Find(t => t.Is(";")).At, "此处只接受一条语句", "one statement is accepted here, no more");
        if (tokens.Count == 0)
            throw Refused(statement, 0, "没有语句", "there is no statement");
        if (tokens[0].Is("explain"))
        {
            var analyze = tokens.Count > 1 && tokens[1].Is("analyze");
            var body = Body(statement, tokens, analyze ? 2 : 1);
            return new(
                statement,
                StatementKind.Plan,
                $"explain{(analyze ? " analyze" : "")}\n{text[body..]}",
                Read(statement, body, tokens, only, beside).Reading,
                body,
                1
            );
        }
        if (tokens[0].Is("create") || tokens[0].Is("drop"))
            return Temporary(statement, tokens, only, beside);
        // DuckDB lists the tables of the schema main, in which a release has none.
        if (tokens.Count == 2 && tokens[0].Is("show") && tokens[1].Is("tables"))
            return new(statement, StatementKind.Rows, TableList, Nothing);
        var (reading, shows) = Read(statement, 0, tokens, only, beside);
        return shows ? new(statement, StatementKind.Rows, $"from (\n{text}\n)", reading, 0, 1) : new(statement, StatementKind.Rows, text, reading);
    }

    /// <summary>create [or replace] temp table|view [if not exists] NAME as QUERY, and drop table|view [if exists] NAME.</summary>
    private static GatedStatement Temporary(SqlStatement statement, List<SqlToken> tokens, IReadOnlySet<string>? only, IReadOnlyCollection<string>? beside)
    {
        var at = 1;
        bool Take(params string[] words)
        {
            if (at + words.Length > tokens.Count || !words.Index().All(w => tokens[at + w.Index].Is(w.Item)))
                return false;
            at += words.Length;
            return true;
        }
        var creates = tokens[0].Is("create");
        var replaces = creates && Take("or", "replace");
        var isTemporary = creates && (Take("temp") || Take("temporary"));
        var kind =
            Take("table") ? "table"
            : Take("view") ? "view"
            : null;
        if (kind is null || creates && !isTemporary)
            throw Refused(
                statement,
                0,
                "发布版本不可更改；自用的表请写 create temp table 名称 as select …（或 temp view），随会话结束而消失",
                "a release is never changed; for a table of your own write create temp table NAME as select … (or temp view): it ends with the session"
            );
        var condition =
            creates && Take("if", "not", "exists") ? "if not exists "
            : !creates && Take("if", "exists") ? "if exists "
            : "";
        if (Take("temp", "."))
            Take("main", ".");
        if (at >= tokens.Count || tokens[at].Kind is not (SqlTokenKind.Word or SqlTokenKind.Quoted))
            throw Refused(statement, tokens[Math.Min(at, tokens.Count - 1)].At, "此处应为临时表的名称", "the name of a temporary table stands here");
        var name = tokens[at].Kind == SqlTokenKind.Quoted ? tokens[at].Text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : tokens[at].Text;
        at++;
        if (!creates)
        {
            if (at < tokens.Count)
                throw Refused(
                    statement,
                    tokens[at].At,
                    "只能删除本会话的临时表或视图，一次一个",
                    "only a temporary table or view of this session can be dropped, one at a time"
                );
            return new(statement, StatementKind.Temporary, $"drop {kind} {condition}temp.main.{Sql.Name(name)}", Nothing);
        }
        // It would be read for what the release has under that name.
        if (name.Any(c => c is '.' or '/' or '\\' or ':' or '*' or '?') || Catalogued(name) || Schemas.Contains(name))
            throw Refused(statement, tokens[at - 1].At, $"临时表不能叫 {name}", $"a temporary table cannot be called {name}");
        if (!Take("as"))
            throw Refused(
                statement,
                tokens[Math.Min(at, tokens.Count - 1)].At,
                "临时表由查询得来：名称后请写 as select …",
                "a temporary table is made of a query: write as select … behind its name"
            );
        var body = Body(statement, tokens, at);
        var reading = Read(statement, body, tokens, only, beside).Reading;
        return new(
            statement,
            StatementKind.Temporary,
            $"create {(replaces ? "or replace " : "")}temp {kind} {condition}{Sql.Name(name)} as\n{statement.Text[body..]}",
            reading,
            body,
            1
        );
    }

    private const string TableList =
        "select case when temporary then '' else schema_name || '.' end || table_name as name from duckdb_tables() where not internal union all select case when temporary then '' else schema_name || '.' end || view_name from duckdb_views() where not internal order by 1";

    private static QueryReading Nothing { get; } = new(new HashSet<string>(), [], [], new Dictionary<string, IReadOnlyList<string>>());

    private static int Body(SqlStatement statement, List<SqlToken> tokens, int at) =>
        at < tokens.Count ? tokens[at].At : throw Refused(statement, statement.Text.Length, "语句不完整：缺少查询", "the statement lacks its query");

    /// <summary>Judges a query by its tree.</summary>
    /// <returns>What it reads, and whether it is a DESCRIBE, SUMMARIZE or SHOW, which is no query where one is asked for.</returns>
    private static (QueryReading Reading, bool Shows) Read(
        SqlStatement statement,
        int body,
        List<SqlToken> tokens,
        IReadOnlySet<string>? only,
        IReadOnlyCollection<string>? beside
    )
    {
        var query = statement.Text[body..];
        var at = tokens.FindIndex(t => t.At == body);
        var judged = tokens[at].Is("pivot") || tokens[at].Is("pivot_wider") ? WithMembers(query, body, tokens[at..]) : query;
        string tree;
        lock (Parser)
            tree = Parser.Value.Scalar<string>("select cast(json_serialize_sql(cast($1 as varchar)) as varchar)", judged)!;
        using var json = JsonDocument.Parse(tree, new JsonDocumentOptions { MaxDepth = 10_000 });
        var root = json.RootElement;
        if (root.GetProperty("error").GetBoolean())
        {
            var message = Name(root, "error_message");
            if (int.TryParse(Name(root, "position"), out var position))
                throw Refused(statement, body + GatedStatement.Characters(query, position), $"语法有误：{message}", message);
            throw Refused(
                statement,
                0,
                Name(root, "error_type") == "not implemented"
                    ? "只接受查询：SELECT、FROM、WITH、DESCRIBE、SUMMARIZE、SHOW、PIVOT、EXPLAIN、create temp table … as（PIVOT 放在子查询中时请列出 in (…) 的成员）"
                    : $"语法有误：{message}",
                Name(root, "error_type") == "not implemented"
                    ? "queries alone are accepted: SELECT, FROM, WITH, DESCRIBE, SUMMARIZE, SHOW, PIVOT, EXPLAIN, create temp table … as (inside a query a PIVOT has to list its members with in (…))"
                    : message
            );
        }
        if (root.GetProperty("statements").GetArrayLength() != 1)
            throw Refused(statement, 0, "此处只接受一条查询", "one query is accepted here, no more");
        try
        {
            new Judgement(only, beside ?? []).Walk(root);
        }
        catch (QueryRefusedException e)
        {
            throw Refused(statement, body, e.Reason.Zh, e.Reason.En);
        }
        var made = root.GetProperty("statements")[0];
        var from = made.GetProperty("node").TryGetProperty("from_table", out var table) ? Name(table, "type") : "";
        return (QueryReading.Of(made), from == "SHOW_REF");
    }

    /// <summary>
    /// A PIVOT that takes its members from the data has no tree. With members named it has, and all else of it is the same. What is put in
    /// has no quote: wherever the parser sees it, it opens and ends nothing.
    /// </summary>
    private static string WithMembers(string query, int body, List<SqlToken> tokens)
    {
        const string Members = " in (1)";
        var (depth, inside, named) = (0, false, false);
        var ends = new List<int>();
        for (var i = 1; i < tokens.Count; i++)
        {
            var token = tokens[i];
            depth +=
                token.Is("(") || token.Is("[") ? 1
                : token.Is(")") || token.Is("]") ? -1
                : 0;
            if (depth > 0)
                continue;
            var closes = token.Is(",") || token.Is("using") || token.Is("group") || token.Is("order") || token.Is("limit");
            if (inside && closes)
            {
                if (!named)
                    ends.Add(tokens[i - 1].End - body);
                (inside, named) = (token.Is(","), false);
            }
            else if (!inside && token.Is("on"))
                inside = true;
            else if (inside && token.Is("in"))
                named = true;
        }
        if (inside && !named)
            ends.Add(tokens[^1].End - body);
        for (var i = ends.Count - 1; i >= 0; i--)
            query = query.Insert(ends[i], Members);
        return query;
    }

    private static QueryRefusedException Refused(SqlStatement statement, int offset, string zh, string en) =>
        GatedStatement.Refusal(statement, offset, new(zh, en));

    private static bool Catalogued(string name) =>
        name.StartsWith("duckdb_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("pragma_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("pg_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase);

    /// <summary>One look through a tree.</summary>
    private sealed class Judgement(IReadOnlySet<string>? only, IReadOnlyCollection<string> beside)
    {
        public void Walk(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Array)
                foreach (var item in element.EnumerateArray())
                    Walk(item);
            if (element.ValueKind != JsonValueKind.Object)
                return;
            if (element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String)
                switch (type.GetString())
                {
                    case "BASE_TABLE":
                        Table(element);
                        break;
                    case "SHOW_REF":
                        Shown(element);
                        break;
                    case "TABLE_FUNCTION":
                        var called = element.GetProperty("function");
                        var name = Name(called, "function_name");
                        // Macros of the release that give a fact as of a day.
                        var isMacro =
                            Name(called, "schema").Equals("fact", StringComparison.OrdinalIgnoreCase)
                            && Name(called, "catalog").Length == 0
                            && name.EndsWith("_as_of", StringComparison.OrdinalIgnoreCase)
                            && only?.Contains("fact") != false;
                        if (!TableFunctions.Contains(name) && !isMacro)
                            throw new QueryRefusedException(new($"不允许使用表函数 {name}", $"the table function {name} is not allowed"));
                        break;
                }
            if (
                element.TryGetProperty("function_name", out var function)
                && function.ValueKind == JsonValueKind.String
                && (Forbidden.Contains(function.GetString()!) || function.GetString()!.Contains("variant", StringComparison.OrdinalIgnoreCase))
            )
                throw new QueryRefusedException(new($"不允许使用函数 {function.GetString()}", $"the function {function.GetString()} is not allowed"));
            // A deeply nested value of this type brings the engine down.
            if (
                Name(element, "id") == "VARIANT"
                || Name(element, "id") == "UNBOUND" && Name(element.GetProperty("type_info"), "name").Equals("variant", StringComparison.OrdinalIgnoreCase)
            )
                throw new QueryRefusedException(new("不允许转换为 VARIANT 类型", "a cast to the type VARIANT is not allowed"));
            foreach (var property in element.EnumerateObject())
                Walk(property.Value);
        }

        /// <summary>SHOW of the tables; what else it shows (databases, variables) is of the machine.</summary>
        private void Shown(JsonElement show)
        {
            var name = Name(show, "table_name").Trim('"');
            if (!Schemas.Contains(Name(show, "schema_name")) || Name(show, "catalog_name").Length > 0)
                throw new QueryRefusedException(new("SHOW TABLES FROM 只用于发布版本的模式", "SHOW TABLES FROM is for the schemas of the release"));
            if (name is not ("" or "__show_tables_expanded") && !name.Equals("tables", StringComparison.OrdinalIgnoreCase))
                throw new QueryRefusedException(
                    new($"不允许 SHOW {name}；可用 SHOW TABLES、DESCRIBE 表名", $"SHOW {name} is not allowed; SHOW TABLES and DESCRIBE TABLE are")
                );
        }

        private void Table(JsonElement table) => Readable(Name(table, "catalog_name"), Name(table, "schema_name"), Name(table, "table_name"));

        private void Readable(string catalogue, string schema, string name)
        {
            // A table name that looks like a file would be read as one; a view of the catalogue may tell of the machine.
            // operations.run: what has one schema alone is named without it.
            var isOperations = catalogue.Length == 0 && schema.Equals(Operations.Name, StringComparison.OrdinalIgnoreCase) && beside.Contains(Operations.Name);
            if (
                !Schemas.Contains(schema) && !isOperations
                || catalogue.Length > 0 && !beside.Append("temp").Contains(catalogue, StringComparer.OrdinalIgnoreCase)
                || name.AsSpan().IndexOfAny("/\\:*?.") >= 0
                || (Catalogued(name) || schema.Equals("pg_catalog", StringComparison.OrdinalIgnoreCase)) && !CatalogueViews.Contains(name)
                || schema is "" && name.Equals("databases", StringComparison.OrdinalIgnoreCase)
            )
                throw new QueryRefusedException(new($"发布版本中没有表 {Joined(schema, name)}", $"the release has no table {Joined(schema, name)}"));
            if (only is not null && schema.Length > 0 && !only.Contains(schema) && !schema.Equals("information_schema", StringComparison.OrdinalIgnoreCase))
                throw new QueryRefusedException(
                    new(
                        $"您的角色只能查询 {string.Join("、", only)} 中的表，不能查询 {Joined(schema, name)}",
                        $"your role reads tables of {string.Join(", ", only)} alone, not {Joined(schema, name)}"
                    )
                );
        }

        private static string Joined(string schema, string name) => schema.Length > 0 ? $"{schema}.{name}" : name;
    }

    private static string Name(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
