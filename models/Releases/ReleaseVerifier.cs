using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Releases;

/// <summary>Holds a release against its manifest: bytes, then every block of every table, then what it says.</summary>
public static class ReleaseVerifier
{
    /// <param name="folder">The folder of the release.</param>
    /// <param name="expected">The identifier that the release should have; null for whatever its manifest says.</param>
    /// <param name="written">Tables of which every block is read; null for all. The others are bytes of a release that was read before, which the file's hash holds.</param>
    /// <returns>What differs; empty where the release is what its manifest says.</returns>
    public static IReadOnlyList<Text> Verify(string folder, string scratch, string? expected = null, IReadOnlySet<string>? written = null)
    {
        var faults = new List<Text>();
        var manifest = ReleaseFolder.Inspect(folder, expected, FileHash.Of, faults);
        // What is not the file that was published is not opened.
        if (faults.Count == 0)
            faults.AddRange(Content(Path.Combine(folder, manifest!.WarehouseFile), scratch, manifest, written));
        return faults;
    }

    private static IEnumerable<Text> Content(string path, string scratch, Manifest manifest, IReadOnlySet<string>? written)
    {
        var faults = new List<Text>();
        try
        {
            using var release = Database.OpenForReading(path, scratch);
            using var connections = new SideBySide(release, 1);
            var tables = ContentHash.Tables(release, connections, written);
            var counted = manifest.Tables.ToList();
            // A hash over all columns reads every block; a count alone would read none.
            var found = connections.Each(
                counted,
                (own, t) =>
                    tables.TryGetValue(t.Key, out var digest) && written?.Contains(t.Key) != false
                        ? digest.Rows
                        : (long)
                            own.Rows(
                                $"select count(*){(written is null ? ", bit_xor(hash(t))" : "")} from {string.Join('.', t.Key.Split('.', 2).Select(Sql.Name))} as t"
                            )[0][0]!
            );
            foreach (var ((table, rows), n) in counted.Zip(found))
                if (n != rows)
                    faults.Add(new($"表 {table} 应有 {rows} 行，实有 {n}", $"the table {table} should have {rows} rows and has {n}"));
            var content = ContentHash.Of(tables);
            if (content != manifest.ContentHash)
                faults.Add(new($"内容哈希应为 {manifest.ContentHash}，实为 {content}", $"the content hash should be {manifest.ContentHash} and is {content}"));
        }
        catch (Exception e) when (e is DuckDBException or ReleaseException)
        {
            faults.Add(new($"无法读取：{e.Message}", $"it cannot be read: {e.Message}"));
        }
        return faults;
    }
}
