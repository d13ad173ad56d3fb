using System.Collections.Frozen;
using System.Text.Json;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Querying;

/// <summary>A query that may not run, and why.</summary>
public sealed class QueryRefusedException(Text problem) : Refusal(problem);

/// <summary>
/// Lets through one SELECT that reads the release's own tables and calls no function that reaches outside it.
/// The query is judged by its syntax tree from DuckDB's own parser, not by its text.
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
        ["", "main", "core", "fact", "metric", "lineage", "published", "seed", "information_schema", "pg_catalog"],
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

    /// <exception cref="QueryRefusedException">The query may not run; says why and what would do.</exception>
    public static void Check(string query)
    {
        if (query.Length > MaxLength)
            throw new QueryRefusedException(new($"查询超过 {MaxLength} 个字符", $"the query is longer than {MaxLength} characters"));
        string tree;
        lock (Parser)
            tree = Parser.Value.Scalar<string>("select cast(json_serialize_sql(cast($1 as varchar)) as varchar)", query)!;
        using var json = JsonDocument.Parse(tree, new JsonDocumentOptions { MaxDepth = 10_000 });
        var root = json.RootElement;
        if (root.GetProperty("error").GetBoolean())
        {
            var message = root.TryGetProperty("error_message", out var m) ? m.GetString() : "?";
            throw new QueryRefusedException(new($"只接受一条 SELECT 查询：{message}", $"one SELECT query is accepted, nothing else: {message}"));
        }
        if (root.GetProperty("statements").GetArrayLength() != 1)
            throw new QueryRefusedException(new("只接受一条 SELECT 查询", "one SELECT query is accepted, no more"));
        Walk(root);
    }

    private static void Walk(JsonElement element)
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
                case "TABLE_FUNCTION":
                    var called = element.GetProperty("function");
                    var name = Name(called, "function_name");
                    // In schema fact stand the release's own macros and nothing else.
                    if (!TableFunctions.Contains(name) && !Name(called, "schema").Equals("fact", StringComparison.OrdinalIgnoreCase))
                        throw new QueryRefusedException(new($"不允许使用表函数 {name}", $"the table function {name} is not allowed"));
                    break;
            }
        if (
            element.TryGetProperty("function_name", out var function)
            && function.ValueKind == JsonValueKind.String
            && Forbidden.Contains(function.GetString()!)
        )
            throw new QueryRefusedException(new($"不允许使用函数 {function.GetString()}", $"the function {function.GetString()} is not allowed"));
        foreach (var property in element.EnumerateObject())
            Walk(property.Value);
    }

    private static void Table(JsonElement table)
    {
        var (schema, name) = (Name(table, "schema_name"), Name(table, "table_name"));
        // A table name that looks like a file would be read as one.
        if (!Schemas.Contains(schema) || Name(table, "catalog_name").Length > 0 || name.AsSpan().IndexOfAny("/\\:*?.") >= 0)
            throw new QueryRefusedException(new($"发布版本中没有表 {schema}.{name}", $"the release has no table {schema}.{name}"));
    }

    private static string Name(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
