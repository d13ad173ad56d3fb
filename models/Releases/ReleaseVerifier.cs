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
        Manifest manifest;
        try
        {
            manifest = Manifest.Read(Path.Combine(folder, "manifest.json"));
        }
        catch (Exception e) when (e is IOException or System.Text.Json.JsonException)
        {
            return [new($"清单 manifest.json 无法读取：{e.Message}", $"manifest.json cannot be read: {e.Message}")];
        }
        var faults = new List<Text>();
        if (expected is not null && manifest.Id != expected)
            faults.Add(new($"清单写的是 {manifest.Id}，应为 {expected}", $"the manifest says {manifest.Id} instead of {expected}"));
        foreach (var file in Directory.EnumerateFileSystemEntries(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal))
            if (file != "manifest.json" && file != manifest.WarehouseFile && manifest.Pages?.Any(p => p.Name == file) != true)
                faults.Add(file.Contains(".wal", StringComparison.OrdinalIgnoreCase)
                    ? new($"旁有日志文件 {file}，打开时会被重放，可能是伪造的", $"a write-ahead log {file} lies beside it; it would be replayed on opening and may be forged")
                    : new($"清单中没有文件 {file}", $"the file {file} is not in the manifest"));
        foreach (var page in manifest.Pages ?? [])
            if (Path.Combine(folder, page.Name) is var at && !File.Exists(at))
                faults.Add(new($"缺少文件 {page.Name}", $"the file {page.Name} is missing"));
            else if (FileHash.Of(at) is var found && found != page.Sha256)
                faults.Add(new($"{page.Name} 的 SHA-256 应为 {page.Sha256}，实为 {found}", $"the SHA-256 of {page.Name} should be {page.Sha256} and is {found}"));
        var path = Path.Combine(folder, manifest.WarehouseFile);
        if (!File.Exists(path))
            return [.. faults, new($"缺少文件 {manifest.WarehouseFile}", $"the file {manifest.WarehouseFile} is missing")];
        var bytes = new FileInfo(path).Length;
        if (bytes != manifest.WarehouseBytes)
            faults.Add(new($"{manifest.WarehouseFile} 应为 {manifest.WarehouseBytes} 字节，实为 {bytes}", $"{manifest.WarehouseFile} should have {manifest.WarehouseBytes} bytes and has {bytes}"));
        var hash = FileHash.Of(path);
        if (hash != manifest.WarehouseSha256)
            faults.Add(new($"{manifest.WarehouseFile} 的 SHA-256 应为 {manifest.WarehouseSha256}，实为 {hash}", $"the SHA-256 of {manifest.WarehouseFile} should be {manifest.WarehouseSha256} and is {hash}"));
        // What is not the file that was published is not opened.
        if (faults.Count == 0) faults.AddRange(Content(path, scratch, manifest));
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
