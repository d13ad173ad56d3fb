using DuckDB.NET.Data;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Querying;

/// <summary>
/// A release opened for reading: the one door through which every verb and every format goes. What was published is what is read:
/// the manifest is the sealed one, nothing lies beside the files that it names, each of them has its digest, and the connection has
/// the settings that it was asked for. It is held, and not pruned, until it is disposed of; the connection is opened once.
/// </summary>
public sealed class OpenRelease : IDisposable
{
    private readonly HeldRelease _held;

    private OpenRelease(HeldRelease held, Manifest manifest, DuckDBConnection connection, Text? notice) =>
        (_held, Manifest, Connection, Notice) = (held, manifest, connection, notice);

    public Manifest Manifest { get; }

    /// <summary>Read-only, locked and without access to anything outside the release. One thread at a time.</summary>
    public DuckDBConnection Connection { get; }

    /// <summary>What is to be told although the release is whole: that another was taken because the pointer is damaged.</summary>
    public Text? Notice { get; }

    public string WarehousePath => _held.WarehousePath;

    /// <param name="name">Identifier, number, or latest.</param>
    /// <param name="scratch">The workspace's folder for what may be thrown away.</param>
    /// <param name="spill">A folder for what does not fit into memory; null for the same.</param>
    /// <exception cref="ReleaseException">There is no such release, or it is not what was published.</exception>
    public static OpenRelease Of(ReleaseStore store, string name, string scratch, string? spill = null)
    {
        var notice = name == "latest" ? store.PointerFault : null;
        var held = store.Hold(name);
        DuckDBConnection? connection = null;
        try
        {
            var warehouse = Path.Combine(held.Folder, $"wh-{held.Id}.duckdb");
            var before = FileStamp.Of(warehouse);
            var faults = new List<Text>();
            var manifest = ReleaseFolder.Inspect(held.Folder, held.Id, new RememberedDigests(scratch).Of, faults);
            if (manifest is null || faults.Count > 0)
                throw ReleaseFolder.Refusal(held.Id, manifest, faults);
            connection = Database.OpenForReading(warehouse, spill ?? scratch);
            // What was hashed is what was opened.
            if (FileStamp.Of(warehouse) != before)
                throw new ReleaseException(
                    new($"发布版本 {held.Id} 的文件在打开时被改动，未使用", $"the file of release {held.Id} was changed while it was opened; it is not used")
                );
            return new(held, manifest, connection, notice);
        }
        catch
        {
            connection?.Dispose();
            held.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Connection.Dispose();
        _held.Dispose();
    }
}
