using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Pipeline.Work;

/// <summary>The texts that stand in some columns of a release. A release of an older model has not all of them.</summary>
internal static class ReleaseTexts
{
    /// <param name="columns">schema.table.column</param>
    public static IEnumerable<string> Of(DuckDBConnection release, IReadOnlyList<string> columns)
    {
        var there = release.Rows("select schema_name || '.' || table_name || '.' || column_name from duckdb_columns()").Select(r => (string)r[0]!).ToHashSet();
        foreach (var column in columns.Where(there.Contains))
        {
            var (table, name) = (column[..column.LastIndexOf('.')], column[(column.LastIndexOf('.') + 1)..]);
            foreach (var row in release.Rows($"select distinct {name} from {table} where {name} is not null order by 1"))
                yield return (string)row[0]!;
        }
    }
}
