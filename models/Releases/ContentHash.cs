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
    /// <summary>What each table says, read row by row.</summary>
    /// <param name="read">Those that are read; of the others is told what the release keeps about them itself. Null for all.</param>
    internal static IReadOnlyDictionary<string, TableDigest> Tables(DuckDBConnection warehouse, SideBySide connections, IReadOnlySet<string>? read = null)
    {
        var kept = read is null ? null : BuildAccount.Of(warehouse).Tables;
        var tables = warehouse.Rows(
            """
            select table_schema || '.' || table_name, list(column_name order by ordinal_position)
            from information_schema.columns
            -- A view says nothing that its tables do not.
            where (table_schema, table_name) in (select schema_name, table_name from duckdb_tables() where schema_name in ('core', 'metric', 'published'))
            group by all
            """
        );
        return connections
            .Each(
                tables,
                (own, row) =>
                    read?.Contains((string)row[0]!) == false ? kept![(string)row[0]!].Says : TableDigest.Of(own, (string)row[0]!, [.. (List<string>)row[1]!])
            )
            .Zip(tables)
            .ToDictionary(t => (string)t.Second[0]!, t => t.First, StringComparer.Ordinal);
    }

    /// <summary>The hash of what tables say, each told by its digest.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, TableDigest>> tables)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (table, digest) in tables.OrderBy(t => t.Key, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{table}={digest.Rows}:{digest.Content}\n")));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
