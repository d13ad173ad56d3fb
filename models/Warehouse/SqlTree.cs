using System.Collections.Immutable;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Innovation1551.Models.Warehouse;

/// <summary>A query as DuckDB's own parser sees it.</summary>
internal static class SqlTree
{
    /// <exception cref="DefinitionException">The query does not parse.</exception>
    public static JsonElement Of(DuckDBConnection parser, string path, string query)
    {
        using var command = parser.CreateCommand();
        command.CommandText = "select cast(json_serialize_sql(cast($1 as varchar), skip_null := true, skip_empty := true) as varchar)";
        command.Parameters.Add(new DuckDBParameter(query));
        var root = JsonDocument.Parse((string)command.ExecuteScalar()!).RootElement;
        if (!root.GetProperty("error").GetBoolean())
            return root.GetProperty("statements")[0].GetProperty("node");
        var message = root.TryGetProperty("error_message", out var m) ? m.GetString()! : "?";
        throw new DefinitionException(path, 1, new("SQL 无法解析：" + message, "the SQL does not parse: " + message));
    }

    /// <summary>The base tables that a query reads, as <c>schema.table</c>.</summary>
    public static ImmutableSortedSet<string> Tables(JsonElement tree)
    {
        var tables = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        Walk(tree);
        return tables.ToImmutable();

        void Walk(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Array)
                foreach (var item in element.EnumerateArray())
                    Walk(item);
            else if (element.ValueKind == JsonValueKind.Object)
            {
                if (
                    element.TryGetProperty("type", out var type)
                    && type.ValueKind == JsonValueKind.String
                    && type.GetString() == "BASE_TABLE"
                    && element.TryGetProperty("schema_name", out var schema)
                )
                    tables.Add(schema.GetString() + "." + element.GetProperty("table_name").GetString());
                foreach (var property in element.EnumerateObject())
                    Walk(property.Value);
            }
        }
    }
}
