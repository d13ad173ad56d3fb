using System.Globalization;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Releases;

/// <summary>Holds a release against its manifest: bytes, then every block of every table, then what it says.</summary>
public static class ReleaseVerifier
{
    /// <param name="folder">The folder of the release.</param>
    /// <param name="expected">The identifier that the release should have; null for whatever its manifest says.</param>
    /// <returns>What differs; empty where the release is what its manifest says.</returns>
    public static IReadOnlyList<Text> Verify(string folder, string scratch, string? expected = null)
    {
        var faults = new List<Text>();
        var manifest = ReleaseFolder.Inspect(folder, expected, FileHash.Of, faults);
        // What is not the file that was published is not opened.
        if (faults.Count == 0)
            faults.AddRange(Content(Path.Combine(folder, manifest!.WarehouseFile), scratch, manifest));
        return faults;
    }

    private static IEnumerable<Text> Content(string path, string scratch, Manifest manifest)
    {
        var faults = new List<Text>();
        try
        {
            using var release = Database.OpenForReading(path, scratch);
            foreach (var (table, rows) in manifest.Tables)
            {
                // A hash over all columns reads every block; a count alone would read none.
                var found = release.Scalar<string>($"select count(*) || ' ' || coalesce(bit_xor(hash(t)), 0) from {table} as t")!.Split(' ')[0];
                if (found != rows.ToString(CultureInfo.InvariantCulture))
                    faults.Add(new($"表 {table} 应有 {rows} 行，实有 {found}", $"the table {table} should have {rows} rows and has {found}"));
            }
            var content = ContentHash.Of(release);
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
