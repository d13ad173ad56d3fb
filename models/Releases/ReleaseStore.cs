using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Releases;

/// <summary>
/// The releases of a workspace: a folder each, never changed, and the pointer CURRENT that is swapped in one step.
/// A reader resolves the pointer once and then holds a whole release.
/// </summary>
public sealed class ReleaseStore(string folder)
{
    private string Pointer => Path.Combine(folder, "CURRENT");

    /// <summary>Identifiers of all releases, oldest first.</summary>
    public IReadOnlyList<string> Ids => Directory.Exists(folder)
        ? [.. Directory.EnumerateDirectories(folder, "r*").Select(d => Path.GetFileName(d)!).Where(id => File.Exists(ManifestPath(id))).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The release that readers get; null before the first.</summary>
    public string? Current => File.Exists(Pointer) ? File.ReadAllText(Pointer).Trim() : null;

    /// <summary>The release that a person means: its identifier, its number (r3, 3), or latest.</summary>
    /// <exception cref="ReleaseException">There is no such release; lists those that exist.</exception>
    public Manifest Find(string name) => Manifest.Read(ManifestPath(Resolve(name)));

    /// <summary>The same, kept from being pruned until it is disposed of.</summary>
    /// <exception cref="ReleaseException">There is no such release; lists those that exist.</exception>
    public HeldRelease Hold(string name)
    {
        // Between the look at the pointer and the hold newer releases may have come and this one been pruned: look again.
        var wait = new SpinWait();
        while (true)
        {
            var id = Resolve(name);
            if (HeldRelease.Take(ManifestPath(id)) is { } held) return held;
            if (wait.Count == Patience) throw new ReleaseException(new($"发布版本 {id} 正在被清除，请重试", $"release {id} is being pruned; try again"));
            wait.SpinOnce();
        }
    }

    public string WarehousePath(Manifest manifest) => Path.Combine(folder, manifest.Id, manifest.WarehouseFile);

    public string NextId(string inputHash, string definitionHash)
    {
        var last = Ids.Select(Number).DefaultIfEmpty(0).Max();
        var content = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(inputHash + definitionHash)))[..8];
        return $"r{(last + 1).ToString("0000", CultureInfo.InvariantCulture)}-{content}";
    }

    /// <summary>A new folder in which a release is built; nobody sees it until it is published.</summary>
    public string Stage(string id)
    {
        var stage = Path.Combine(folder, $".building-{id}");
        Discard(stage);
        Directory.CreateDirectory(stage);
        return stage;
    }

    /// <summary>Writes the manifest beside the warehouse, brings all to the disk and makes the files read-only: nothing changes after that.</summary>
    public void Seal(string stage, Manifest manifest)
    {
        File.WriteAllBytes(Path.Combine(stage, ManifestName), manifest.ToJson());
        FaultPoint.Reach("manifest.written");
        foreach (var file in Directory.EnumerateFiles(stage))
        {
            Durable.Flush(file);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
        Durable.FlushFolder(stage);
        FaultPoint.Reach("release.sealed");
    }

    /// <summary>Puts a sealed stage in its place, a folder in which nothing can be added or removed, and turns the pointer to it.</summary>
    public void Publish(string stage, Manifest manifest)
    {
        Directory.Move(stage, Path.Combine(folder, manifest.Id));
        FaultPoint.Reach("release.moved");
        Announce(manifest);
    }

    /// <summary>The newest release where the pointer is not on it: what publishes it was cut off between the move and the pointer.</summary>
    public Manifest? Unannounced => Ids is [.., var last] && last != Current ? Manifest.Read(ManifestPath(last)) : null;

    /// <summary>Makes the folder of a release in its place read-only and turns the pointer to it.</summary>
    public void Announce(Manifest manifest)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(folder, manifest.Id), ReadOnlyFolder);
        Durable.FlushFolder(folder);
        FaultPoint.Reach("release.in-place");
        var next = Pointer + ".next";
        File.WriteAllText(next, manifest.Id + "\n");
        Durable.Flush(next);
        FaultPoint.Reach("pointer.written");
        File.Move(next, Pointer, overwrite: true);
        FaultPoint.Reach("pointer.turned");
        Durable.FlushFolder(folder);
    }

    /// <summary>Removes the oldest releases beyond the number to keep, never the current one nor one that is held or that a stranger's DuckDB has open. Returns what was removed.</summary>
    public IReadOnlyList<string> Prune(int keep)
    {
        List<string> gone = [];
        foreach (var id in Ids.Where(id => id != Current).Reverse().Skip(Math.Max(0, keep - 1)))
        {
            // Out of sight in one step: cut off halfway, a folder with a manifest and no warehouse would pass for a release.
            var aside = Path.Combine(folder, $".gone-{id}");
            if (!HeldRelease.MoveUnlessHeld(ManifestPath(id), aside)) continue;
            FaultPoint.Reach("release.set-aside");
            Discard(aside);
            FaultPoint.Reach("release.pruned");
            gone.Add(id);
        }
        return gone;
    }

    /// <summary>Removes what a build or a pruning that was cut off has left.</summary>
    public void Tidy()
    {
        if (!Directory.Exists(folder)) return;
        foreach (var left in (string[])[".building-*", ".gone-*"])
            foreach (var directory in Directory.EnumerateDirectories(folder, left)) Discard(directory);
    }

    /// <summary>Looks at a release that is being pruned; all but the first ten are a millisecond apart.</summary>
    private const int Patience = 200;

    private const string ManifestName = "manifest.json";
    private const UnixFileMode ReadOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private string Resolve(string name)
    {
        var ids = Ids;
        var id = name == "latest" ? Current
            : ids.FirstOrDefault(i => i == name) ?? ids.FirstOrDefault(i => Number(i).ToString(CultureInfo.InvariantCulture) == name.TrimStart('r', '0'));
        if (id is null || !File.Exists(ManifestPath(id)))
            throw new ReleaseException(ids.Count == 0
                ? new("还没有发布版本，请先运行 innovation run 或 innovation build", "there is no release yet; run innovation run or innovation build first")
                : new($"没有发布版本“{name}”，现有：{string.Join("、", ids)}", $"there is no release \"{name}\"; there are: {string.Join(", ", ids)}"));
        return id;
    }

    private string ManifestPath(string id) => Path.Combine(folder, id, ManifestName);

    private static int Number(string id) => int.TryParse(id.AsSpan(1, Math.Max(0, id.IndexOf('-') - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;

    private static void Discard(string directory)
    {
        if (!Directory.Exists(directory)) return;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(directory, ReadOnlyFolder | UnixFileMode.UserWrite);
        Directory.Delete(directory, recursive: true);
    }
}
