using System.Collections.Immutable;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Publishing.Dictionary;

/// <summary>A question of an analyst with its query and what this release answers.</summary>
/// <param name="Rows">The first of its rows, as text; null for null.</param>
/// <param name="Count">All of its rows.</param>
internal sealed record Recipe(string Name, Text Title, string Sql, ImmutableArray<string> Columns, ImmutableArray<string?[]> Rows, int Count)
{
    private const int Shown = 6;
    private const string Folder = "cookbook/";

    /// <summary>The cookbook, asked of an open warehouse.</summary>
    /// <exception cref="DefinitionException">A query of it fails; names the file.</exception>
    public static ImmutableArray<Recipe> All(Definitions definitions, DuckDBConnection warehouse) =>
        [.. definitions.Under("cookbook").Select(c => Asked(c.Key, c.Value, warehouse))];

    private static Recipe Asked(string path, string text, DuckDBConnection warehouse)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        var title = lines[0].TrimStart('-', ' ').Split(" / ", 2);
        var sql = string.Join('\n', lines.Skip(1));
        try
        {
            using var command = warehouse.CreateCommand();
            // As DuckDB itself writes a value: the page says what the shell says.
            command.CommandText = $"select cast(columns(*) as varchar) from (\n{sql.TrimEnd(';')}\n)";
            using var reader = command.ExecuteReader();
            var rows = ImmutableArray.CreateBuilder<string?[]>();
            var count = 0;
            for (; reader.Read(); count++)
                if (count < Shown)
                    rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
            return new(
                path[Folder.Length..^".sql".Length],
                new(title[0], title[^1]),
                sql,
                [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)],
                rows.ToImmutable(),
                count
            );
        }
        catch (DuckDBException e)
        {
            throw new DefinitionException(path, 1, new($"查询未能执行：{e.Message}", $"the query failed: {e.Message}"));
        }
    }
}
