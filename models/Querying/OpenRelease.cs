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
    private readonly Whole _whole;
    private readonly IReadOnlyList<Whole> _beside;

    /// <summary>A release that is held and is what its manifest says.</summary>
    private sealed record Whole(HeldRelease Held, Manifest Manifest, string Warehouse, FileStamp? Stamp)
    {
        /// <summary>Its number, r0001: the name under which others are read beside one.</summary>
        public string Number => Held.Id.Split('-')[0];
    }

    private OpenRelease(Whole whole, IReadOnlyList<Whole> beside, DuckDBConnection connection, Text? notice, bool hasOperations) =>
        (_whole, _beside, Connection, Notice, HasOperations) = (whole, beside, connection, notice, hasOperations);

    public Manifest Manifest => _whole.Manifest;

    /// <summary>Other releases that are read in the same queries, by the name before their tables: <c>r0001.published.figure</c>.</summary>
    public IReadOnlyDictionary<string, Manifest> Beside => _beside.ToDictionary(b => b.Number, b => b.Manifest, StringComparer.OrdinalIgnoreCase);

    /// <summary>True where <see cref="Operations"/> is read beside it.</summary>
    public bool HasOperations { get; }

    /// <summary>Read-only, locked and without access to anything outside the release. One thread at a time.</summary>
    public DuckDBConnection Connection { get; }

    /// <summary>What is to be told although the release is whole: that another was taken because the pointer is damaged.</summary>
    public Text? Notice { get; }

    public string WarehousePath => _whole.Held.WarehousePath;

    /// <param name="name">Identifier, number, or latest.</param>
    /// <param name="scratch">The workspace's folder for what may be thrown away.</param>
    /// <param name="spill">A folder for what does not fit into memory; null for the same.</param>
    /// <param name="beside">Other releases to be read in the same queries; held and checked as the first is.</param>
    /// <exception cref="ReleaseException">There is no such release, or it is not what was published.</exception>
    public static OpenRelease Of(ReleaseStore store, string name, string scratch, string? spill = null, params IReadOnlyList<string> beside) =>
        Of(store, name, scratch, spill, null, beside);

    /// <param name="operations">A file that <see cref="Operations"/> has made, to be read beside the releases; null for none.</param>
    public static OpenRelease Of(ReleaseStore store, string name, string scratch, string? spill, string? operations, IReadOnlyList<string> beside)
    {
        var notice = name == "latest" ? store.PointerFault : null;
        var taken = new List<Whole>();
        DuckDBConnection? connection = null;
        try
        {
            foreach (var release in beside.Prepend(name))
                Take(store, release, scratch, taken);
            var others = taken.Skip(1).Select(t => (t.Number, t.Warehouse));
            connection = Database.OpenForReading(
                taken[0].Warehouse,
                spill ?? scratch,
                [.. operations is null ? others : others.Append((Operations.Name, operations))]
            );
            // What was hashed is what was opened.
            if (taken.Find(t => FileStamp.Of(t.Warehouse) != t.Stamp) is { } changed)
                throw new ReleaseException(
                    new(
                        $"发布版本 {changed.Held.Id} 的文件在打开时被改动，未使用",
                        $"the file of release {changed.Held.Id} was changed while it was opened; it is not used"
                    )
                );
            return new(taken[0], taken[1..], connection, notice, operations is not null);
        }
        catch
        {
            connection?.Dispose();
            foreach (var one in taken)
                one.Held.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Connection.Dispose();
        foreach (var one in _beside.Prepend(_whole))
            one.Held.Dispose();
    }

    /// <summary>Holds a release and checks it, once.</summary>
    private static void Take(ReleaseStore store, string name, string scratch, List<Whole> taken)
    {
        var held = store.Hold(name);
        if (taken.Exists(t => t.Held.Id == held.Id))
        {
            held.Dispose();
            return;
        }
        try
        {
            var warehouse = Path.Combine(held.Folder, $"wh-{held.Id}.duckdb");
            var stamp = FileStamp.Of(warehouse);
            var faults = new List<Text>();
            var manifest = ReleaseFolder.Inspect(held.Folder, held.Id, new RememberedDigests(scratch).Of, faults);
            if (manifest is null || faults.Count > 0)
                throw ReleaseFolder.Refusal(held.Id, manifest, faults);
            taken.Add(new(held, manifest, warehouse, stamp));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }
}
