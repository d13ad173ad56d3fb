using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Releases;

/// <summary>A release that is not pruned as long as this is held: a shared lock on its manifest, which the operating system frees when the holder dies.</summary>
public sealed class HeldRelease : IDisposable
{
    private readonly FileStream _hold;

    private HeldRelease(FileStream hold, string folder) => (_hold, Folder) = (hold, folder);

    public string Id => Path.GetFileName(Folder);

    public string Folder { get; }

    /// <exception cref="ReleaseException">It was changed or is damaged.</exception>
    public Manifest Manifest => field ??= ReleaseFolder.Sealed(Folder, Id);

    public string WarehousePath => Path.Combine(Folder, Manifest.WarehouseFile);

    public void Dispose() => _hold.Dispose();

    /// <summary>Holds the release of a manifest; null where it is being pruned or gone.</summary>
    internal static HeldRelease? Take(string path)
    {
        FileStream? hold = null;
        try
        {
            hold = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            // Opened before and locked after the folder was set aside, the lock would be on nothing.
            if (File.Exists(path))
                return new(hold, Path.GetDirectoryName(path)!);
        }
        catch (IOException)
        {
            // Whoever prunes has it to himself.
        }
        hold?.Dispose();
        return null;
    }

    /// <summary>Sets the folder of a release aside, unless somebody holds it or a stranger's DuckDB has its warehouse open.</summary>
    internal static bool MoveUnlessHeld(string path, string aside)
    {
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            // Windows moves no folder in which a file is open: there the move itself is the question.
            using var alone = OperatingSystem.IsWindows() ? null : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
            if (alone is not null && Durable.IsRead(Path.Combine(folder, $"wh-{Path.GetFileName(folder)}.duckdb")))
                return false;
            Directory.Move(folder, aside);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
