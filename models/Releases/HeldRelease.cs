namespace Innovation1551.Models.Releases;

/// <summary>A release that is not pruned as long as this is held: a shared lock on its manifest, which the operating system frees when the holder dies.</summary>
public sealed class HeldRelease : IDisposable
{
    private readonly FileStream hold;

    private HeldRelease(FileStream hold, Manifest manifest, string folder) => (this.hold, Manifest, Folder) = (hold, manifest, folder);

    public Manifest Manifest { get; }

    public string Folder { get; }

    public string WarehousePath => Path.Combine(Folder, Manifest.WarehouseFile);

    public void Dispose() => hold.Dispose();

    /// <summary>Holds the release of a manifest; null where it is being pruned or gone.</summary>
    internal static HeldRelease? Take(string path)
    {
        FileStream? hold = null;
        try
        {
            hold = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            // Opened before and locked after the folder was set aside, the lock would be on nothing.
            if (File.Exists(path)) return new(hold, Manifest.Read(hold), Path.GetDirectoryName(path)!);
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
            if (alone is not null && Durable.IsRead(Path.Combine(folder, Manifest.Read(alone).WarehouseFile))) return false;
            Directory.Move(folder, aside);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
