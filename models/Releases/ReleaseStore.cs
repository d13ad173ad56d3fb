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

    /// <summary>Which of the releases are approved.</summary>
    public Approvals Approvals => new(folder);

    /// <summary>Identifiers of all releases, oldest first.</summary>
    public IReadOnlyList<string> Ids =>
        Directory.Exists(folder)
            ?
            [
                .. Folders
                    .Where(d => ReleaseFolder.IsId(Path.GetFileName(d)) && new DirectoryInfo(d).LinkTarget is null)
                    .Select(d => Path.GetFileName(d)!)
                    .Where(id => File.Exists(ManifestPath(id)))
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>The release that readers get; null before the first, and where the pointer does not name one that stands.</summary>
    public string? Current => Pointed is { } text && text.EndsWith('\n') && ReleaseFolder.IsId(text[..^1]) && Ids.Contains(text[..^1]) ? text[..^1] : null;

    /// <summary>What is wrong with the pointer; null where it names a release that stands, or there is none to name.</summary>
    public Text? PointerFault =>
        Current is not null || Ids.Count == 0 && Pointed is null ? null
        : Pointed is null
            ? new(
                "缺少指针文件 CURRENT；以最新的完好版本代替，innovation build 会重新写出",
                "the pointer CURRENT is missing; the newest sound release takes its place, and innovation build writes the pointer again"
            )
        : new(
            "指针文件 CURRENT 已损坏，不指向任何现有版本；以最新的完好版本代替，innovation build 会重新写出",
            "the pointer CURRENT is damaged and names no release that stands; the newest sound release takes its place, and innovation build writes the pointer again"
        );

    /// <summary>The release that a person means: its identifier, its number (r3, 3), or latest.</summary>
    /// <exception cref="ReleaseException">There is no such release; lists those that exist.</exception>
    public Manifest Find(string name)
    {
        var id = Resolve(name);
        return ReleaseFolder.Sealed(Path.Combine(folder, id), id);
    }

    /// <summary>The manifest of a release that is whole, file by file; null where it is not.</summary>
    /// <param name="digest">SHA-256 of a file, where it is remembered.</param>
    /// <param name="faults">Takes what is wrong with it.</param>
    public Manifest? Sound(string id, Func<string, string>? digest = null, List<Text>? faults = null)
    {
        faults ??= [];
        return ReleaseFolder.Inspect(Path.Combine(folder, id), id, digest ?? FileHash.Of, faults) is { } manifest && faults.Count == 0 ? manifest : null;
    }

    /// <summary>The same, kept from being pruned until it is disposed of.</summary>
    /// <exception cref="ReleaseException">There is no such release; lists those that exist.</exception>
    public HeldRelease Hold(string name)
    {
        // Between the look at the pointer and the hold newer releases may have come and this one been pruned: look again.
        var wait = new SpinWait();
        while (true)
        {
            var id = Resolve(name);
            if (HeldRelease.Take(ManifestPath(id)) is { } held)
                return held;
            if (wait.Count == Patience)
                throw new ReleaseException(new($"发布版本 {id} 正在被清除，请重试", $"release {id} is being pruned; try again"));
            wait.SpinOnce();
        }
    }

    public string WarehousePath(Manifest manifest) => Path.Combine(folder, manifest.Id, manifest.WarehouseFile);

    public string NextId(string inputHash, string definitionHash)
    {
        // Also those that have lost their manifest: no number is given twice.
        var last = Directory.Exists(folder) ? Folders.Select(d => Number(Path.GetFileName(d))).DefaultIfEmpty(0).Max() : 0;
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
        ReleaseFolder.Seal(stage, manifest);
        foreach (var file in Directory.EnumerateFiles(stage))
        {
            Durable.Flush(file);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
        Durable.FlushFolder(stage);
        FaultPoint.Reach("release.sealed");
    }

    /// <summary>Puts a sealed stage in its place, a folder in which nothing can be added or removed, and turns the pointer to it, unless it is to lie beside the one in force.</summary>
    public void Publish(string stage, Manifest manifest)
    {
        Directory.Move(stage, Path.Combine(folder, manifest.Id));
        FaultPoint.Reach("release.moved");
        Announce(manifest);
    }

    /// <summary>Puts a sealed stage in the place of the damaged release of the same name, which is moved to a folder aside.</summary>
    public void Replace(string id, string stage, string aside)
    {
        var place = Path.Combine(folder, id);
        if (Directory.Exists(place))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(aside)!);
            Discard(aside);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(place, ReadOnlyFolder | UnixFileMode.UserWrite);
            Directory.Move(place, aside);
            FaultPoint.Reach("release.damaged-set-aside");
        }
        Directory.Move(stage, place);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(place, ReadOnlyFolder);
        Durable.FlushFolder(folder);
        FaultPoint.Reach("release.replaced");
    }

    /// <summary>The newest release where the pointer is not on it: what publishes it was cut off between the move and the pointer.</summary>
    public Manifest? Unannounced => Ids is [.., var last] && last != Current && Sound(last) is { IsAside: false } whole ? whole : null;

    /// <summary>Turns a damaged pointer to the newest release that is whole; where none is, there is no pointer.</summary>
    /// <param name="missing">Also one that is not there, which a build that goes on where it was cut off would write.</param>
    public void Heal(bool missing = false)
    {
        if (PointerFault is null || Pointed is null && !missing)
            return;
        if (NewestSound() is { } id && Sound(id) is { } manifest)
            Announce(manifest);
        else
            File.Delete(Pointer);
    }

    /// <summary>Makes the folder of a release in its place read-only and turns the pointer to it, unless it is to lie beside the one in force.</summary>
    public void Announce(Manifest manifest)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(folder, manifest.Id), ReadOnlyFolder);
        Durable.FlushFolder(folder);
        FaultPoint.Reach("release.in-place");
        if (manifest.IsAside)
            return;
        var next = Pointer + ".next";
        File.WriteAllText(next, manifest.Id + "\n");
        Durable.Flush(next);
        FaultPoint.Reach("pointer.written");
        File.Move(next, Pointer, overwrite: true);
        FaultPoint.Reach("pointer.turned");
        Durable.FlushFolder(folder);
    }

    /// <summary>Removes the oldest releases beyond the number to keep, never the current one nor an approved one, for which somebody answers, nor one that is held or that a stranger's DuckDB has open. Returns what was removed.</summary>
    public IReadOnlyList<string> Prune(int keep)
    {
        List<string> gone = [];
        foreach (var id in Beyond(keep))
        {
            // Out of sight in one step: cut off halfway, a folder with a manifest and no warehouse would pass for a release.
            var aside = Path.Combine(folder, $".gone-{id}");
            if (!HeldRelease.MoveUnlessHeld(ManifestPath(id), aside))
                continue;
            FaultPoint.Reach("release.set-aside");
            Discard(aside);
            FaultPoint.Reach("release.pruned");
            gone.Add(id);
        }
        return gone;
    }

    /// <summary>The releases beyond the number to keep, which <see cref="Prune"/> removes unless somebody has them open.</summary>
    public IReadOnlyList<string> Beyond(int keep)
    {
        var (approved, current) = (Approvals.Approved, Current);
        return [.. Ids.Where(id => id != current && !approved.Contains(id)).Reverse().Skip(Math.Max(0, keep - 1))];
    }

    /// <summary>Removes what a build or a pruning that was cut off has left.</summary>
    public void Tidy()
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var left in (string[])[".building-*", ".gone-*"])
        foreach (var directory in Directory.EnumerateDirectories(folder, left))
            Discard(directory);
    }

    /// <summary>Looks at a release that is being pruned; all but the first ten are a millisecond apart.</summary>
    private const int Patience = 200;

    private const UnixFileMode ReadOnlyFolder =
        UnixFileMode.UserRead
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private string Resolve(string name)
    {
        var ids = Ids;
        // A pointer that has just moved is looked at again before it counts as damaged.
        var id =
            name == "latest"
                ? Current ?? Current ?? NewestSound()
                : ids.FirstOrDefault(i => i == name) ?? ids.FirstOrDefault(i => Number(i).ToString(CultureInfo.InvariantCulture) == name.TrimStart('r', '0'));
        if (id is null || !File.Exists(ManifestPath(id)))
            throw new ReleaseException(
                ids.Count > 0 && name == "latest"
                    ? new(
                        "没有完好的发布版本；innovation build 会由收到的文件重建",
                        "no release is whole; innovation build makes one again from the files received"
                    )
                : ids.Count == 0
                    ? new(
                        "还没有发布版本，请先运行 innovation run 或 innovation build",
                        "there is no release yet; run innovation run or innovation build first"
                    )
                : new(
                    $"没有发布版本“{ReleaseFolder.Shown(name)}”，现有：{string.Join("、", ids)}",
                    $"there is no release \"{ReleaseFolder.Shown(name)}\"; there are: {string.Join(", ", ids)}"
                )
            );
        return id;
    }

    private string? NewestSound() => Ids.Reverse().FirstOrDefault(id => Sound(id) is { IsAside: false });

    private IEnumerable<string> Folders => Directory.EnumerateDirectories(folder, "r*");

    private string? Pointed
    {
        get
        {
            try
            {
                return FileStamp.IsRegular(Pointer) ? File.ReadAllText(Pointer)
                    : File.Exists(Pointer) || Directory.Exists(Pointer) ? ""
                    : null;
            }
            catch (FileNotFoundException)
            {
                return null;
            }
        }
    }

    private string ManifestPath(string id) => Path.Combine(folder, id, ReleaseFolder.ManifestName);

    private static int Number(string id) =>
        int.TryParse(id.AsSpan(1, Math.Clamp(id.IndexOf('-') - 1, 0, id.Length - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;

    private static void Discard(string directory)
    {
        if (!Directory.Exists(directory))
            return;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(directory, ReadOnlyFolder | UnixFileMode.UserWrite);
        Directory.Delete(directory, recursive: true);
    }
}
