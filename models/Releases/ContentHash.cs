using System.Security.Cryptography;
using System.Text;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Releases;

/// <summary>
/// A hash of what a warehouse says: over all tables of core, metric and published, each as a set of rows,
/// without the columns that only tell the order in which files came or the name of the release.
/// </summary>
public static class ContentHash
{
    private static readonly string[] OrderOfArrival = ["file_no", "release_id"];

    public static string Of(DuckDBConnection warehouse)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (
            var row in warehouse.Rows(
                """
                select table_schema || '.' || table_name, list(column_name order by ordinal_position)
                from information_schema.columns
                -- A view says nothing that its tables do not.
                where (table_schema, table_name) in (select schema_name, table_name from duckdb_tables() where schema_name in ('core', 'metric', 'published'))
                group by all order by all
                """
            )
        )
        {
            var table = (string)row[0]!;
            var columns = ((List<string>)row[1]!).Where(c => !OrderOfArrival.Contains(c)).Select(c => $"\"{c}\"");
            // A sum of row hashes does not depend on the order of rows; the count guards against pairs that cancel.
            var line = warehouse.Scalar<string>(
                $"select count(*) || ':' || coalesce(sum(cast(hash({string.Join(", ", columns)}) as hugeint)), 0) from {table}"
            );
            hash.AppendData(Encoding.UTF8.GetBytes($"{table}={line}\n"));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
