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
    public Manifest Find(string name)
    {
        var ids = Ids;
        var id = name == "latest" ? Current
            : ids.FirstOrDefault(i => i == name) ?? ids.FirstOrDefault(i => Number(i).ToString(CultureInfo.InvariantCulture) == name.TrimStart('r', '0'));
        if (id is null || !File.Exists(ManifestPath(id)))
            throw new ReleaseException(ids.Count == 0
                ? new("还没有发布版本，请先运行 innovation run 或 innovation build", "there is no release yet; run innovation run or innovation build first")
                : new($"没有发布版本“{name}”，现有：{string.Join("、", ids)}", $"there is no release \"{name}\"; there are: {string.Join(", ", ids)}"));
        return Manifest.Read(ManifestPath(id));
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

    /// <summary>Puts a finished stage in its place, read-only, and turns the pointer to it.</summary>
    public void Publish(string stage, Manifest manifest)
    {
        var manifestPath = Path.Combine(stage, "manifest.json");
        File.WriteAllBytes(manifestPath, manifest.ToJson());
        foreach (var file in Directory.EnumerateFiles(stage))
        {
            Flush(file);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
        Directory.Move(stage, Path.Combine(folder, manifest.Id));
        var next = Pointer + ".next";
        File.WriteAllText(next, manifest.Id + "\n");
        Flush(next);
        File.Move(next, Pointer, overwrite: true);
    }

    /// <summary>Removes the oldest releases beyond the number to keep, never the current one. Returns what was removed.</summary>
    public IReadOnlyList<string> Prune(int keep)
    {
        var gone = Ids.Where(id => id != Current).Reverse().Skip(Math.Max(0, keep - 1)).ToList();
        foreach (var id in gone) Discard(Path.Combine(folder, id));
        return gone;
    }

    /// <summary>Removes what a build that was cut off has left.</summary>
    public void Tidy()
    {
        if (!Directory.Exists(folder)) return;
        foreach (var stage in Directory.EnumerateDirectories(folder, ".building-*")) Discard(stage);
    }

    private string ManifestPath(string id) => Path.Combine(folder, id, "manifest.json");

    private static int Number(string id) => int.TryParse(id.AsSpan(1, Math.Max(0, id.IndexOf('-') - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;

    private static void Discard(string directory)
    {
        if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
    }

    private static void Flush(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }
}
