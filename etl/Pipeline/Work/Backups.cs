using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Pipeline.Work;

/// <summary>A file of a workspace as a backup has it.</summary>
/// <param name="Path">Below the workspace, with /.</param>
/// <param name="Mode">Rights as Unix has them.</param>
internal sealed record BackupFile(string Path, string Sha256, long Bytes, int Mode, DateTime Modified);

/// <summary>A workspace at a moment.</summary>
/// <param name="Release">The release in force; null where there was none.</param>
/// <param name="Folders">Folders that nothing may be written into, with their rights.</param>
internal sealed record Backup(string Name, DateTimeOffset At, string? Release, IReadOnlyList<BackupFile> Files, IReadOnlyDictionary<string, int> Folders);

/// <summary>What taking one did.</summary>
/// <param name="New">Files whose bytes no backup had yet.</param>
/// <param name="Decayed">Received files whose copy is no longer what its name says; in the backup as they are.</param>
internal sealed record BackupTaken(Backup Backup, int New, long NewBytes, IReadOnlyList<string> Decayed);

/// <summary>There is no such backup, or it is not whole.</summary>
internal sealed class BackupException(Text problem) : Refusal(problem);

/// <summary>
/// Backups of a workspace in a folder elsewhere: <c>objects/</c> holds each content once, under its SHA-256, and <c>backups/</c> a list of files for
/// each moment. Nobody has to stop for it: what is received never changes, releases are held while they are copied, and lists that grow are copied
/// before what they name. Landing is not in it, for it is made again from what was received; nor is what may be thrown away.
/// </summary>
internal sealed class Backups(string folder)
{
    private static readonly string[] Left = ["scratch", "warehouse", "logs"];
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    private string Objects => Path.Combine(folder, "objects");
    private string Lists => Path.Combine(folder, "backups");

    /// <summary>Their names, oldest first.</summary>
    public IReadOnlyList<string> Names =>
        Directory.Exists(Lists)
            ? [.. Directory.EnumerateFiles(Lists, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>Copies what is new and writes the list, last; each copy is read back.</summary>
    /// <exception cref="BackupException">A copy is not what was written.</exception>
    public BackupTaken Take(Workspace workspace, TimeProvider clock, IProgress<(int Done, int Total, string What)>? progress, CancellationToken cancel)
    {
        Directory.CreateDirectory(Objects);
        Directory.CreateDirectory(Lists);
        foreach (var part in Directory.EnumerateFiles(Objects, "*.part"))
            File.Delete(part);
        var store = new ReleaseStore(workspace.Releases);
        // The pointer before the releases that it may name: one that comes meanwhile is of the next backup.
        var pointer = Path.Combine(workspace.Releases, "CURRENT");
        var files = new List<BackupFile>();
        var (isNew, bytes) = (0, 0L);
        var release = store.Current;
        if (File.Exists(pointer))
            Add(pointer);
        var held = new List<HeldRelease>();
        try
        {
            foreach (var id in store.Ids)
                try
                {
                    held.Add(store.Hold(id));
                }
                catch (ReleaseException) when (id != release)
                {
                    // It was pruned at this moment.
                }
            var all = Below(workspace, held).ToList();
            for (var i = 0; i < all.Count; i++)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report((i, all.Count, Path.GetFileName(all[i])));
                Add(all[i]);
            }
            progress?.Report((all.Count, all.Count, ""));
            var folders = held.ToDictionary(h => "releases/" + h.Id, h => Mode(Path.Combine(workspace.Releases, h.Id)), StringComparer.Ordinal);
            var at = clock.GetUtcNow();
            var name = at.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
            var backup = new Backup(name, at, release, [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)], folders);
            var list = Path.Combine(Lists, name + ".json");
            WholeFile.Write(list, s => JsonSerializer.Serialize(s, backup, Options));
            Durable.Flush(list);
            Durable.FlushFolder(Lists);
            var decayed = files
                .Where(f =>
                    f.Path.StartsWith("received/", StringComparison.Ordinal)
                    && f.Path.Length == "received/".Length + 64
                    && !f.Path.EndsWith(f.Sha256, StringComparison.Ordinal)
                )
                .Select(f => f.Path);
            return new(backup, isNew, bytes, [.. decayed]);
        }
        finally
        {
            foreach (var one in held)
                one.Dispose();
        }

        void Add(string path)
        {
            try
            {
                var info = new FileInfo(path);
                var (sha256, length, isFirst) = Put(path);
                if (isFirst)
                    (isNew, bytes) = (isNew + 1, bytes + length);
                var place = Path.GetRelativePath(workspace.Root, path).Replace('\\', '/');
                files.Add(new(place, sha256, length, Mode(path), info.LastWriteTimeUtc));
            }
            catch (FileNotFoundException)
            {
                // A reply or a report that was made anew meanwhile: the next backup has it.
            }
        }
    }

    /// <summary>Writes a backup into a folder that is not there or empty: whole or not at all.</summary>
    /// <param name="name">Null for the newest.</param>
    /// <exception cref="BackupException">There is none of that name, a content is missing or decayed, or the folder has something in it.</exception>
    public Backup Restore(string? name, string root, IProgress<(int Done, int Total, string What)>? progress, CancellationToken cancel)
    {
        var backup = Find(name);
        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
            throw new BackupException(
                new($"{root} 不是空文件夹；请恢复到新的位置（--workspace）", $"{root} is not empty: restore into a new place (--workspace)")
            );
        return WholeFolder.Write(
            root,
            made =>
            {
                for (var i = 0; i < backup.Files.Count; i++)
                {
                    cancel.ThrowIfCancellationRequested();
                    var file = backup.Files[i];
                    progress?.Report((i, backup.Files.Count, file.Path));
                    var path = Path.GetFullPath(Path.Combine(made, file.Path));
                    if (!path.StartsWith(made + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                        throw Damaged(file);
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    Get(file, path);
                }
                foreach (var (place, mode) in backup.Folders)
                    if (!OperatingSystem.IsWindows() && ReleaseFolder.IsId(place["releases/".Length..]))
                        File.SetUnixFileMode(Path.Combine(made, place), (UnixFileMode)mode);
                return backup;
            }
        );
    }

    /// <summary>Drops all but the newest, and the contents that none of those has.</summary>
    public int Keep(int newest)
    {
        var dropped = Names.SkipLast(newest).ToList();
        if (dropped.Count == 0)
            return 0;
        foreach (var name in dropped)
            File.Delete(Path.Combine(Lists, name + ".json"));
        var needed = Names.SelectMany(n => Find(n).Files).Select(f => f.Sha256).ToHashSet(StringComparer.Ordinal);
        foreach (var content in Directory.EnumerateFiles(Objects).Where(f => !needed.Contains(Path.GetFileName(f))).ToList())
            File.Delete(content);
        return dropped.Count;
    }

    private Backup Find(string? name)
    {
        var found = name is null ? Names.LastOrDefault() : Names.FirstOrDefault(n => n == name);
        if (found is null)
            throw new BackupException(
                Names.Count == 0
                    ? new($"{folder} 中没有备份", $"there is no backup in {folder}")
                    : new($"没有备份 {name}；现有：{string.Join("、", Names)}", $"there is no backup {name}; there are {string.Join(", ", Names)}")
            );
        try
        {
            return JsonSerializer.Deserialize<Backup>(File.ReadAllBytes(Path.Combine(Lists, found + ".json")), Options)!;
        }
        catch (JsonException e)
        {
            throw new BackupException(new($"备份 {found} 的清单已损坏：{e.Message}", $"the list of backup {found} is damaged: {e.Message}"));
        }
    }

    /// <summary>Lists that grow first, so that whatever they name is there when its turn comes.</summary>
    private static IEnumerable<string> Below(Workspace workspace, IReadOnlyList<HeldRelease> held)
    {
        var releases = held.Select(h => Path.Combine(workspace.Releases, h.Id)).ToList();
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Directory
            .EnumerateFiles(workspace.Root, "*", options)
            .Where(f =>
                Path.GetRelativePath(workspace.Root, f).Split(Path.DirectorySeparatorChar) is var parts
                && !Left.Contains(parts[0])
                && !parts[^1].StartsWith('.')
                && !f.EndsWith(".part", StringComparison.Ordinal)
            )
            .Where(f => !f.StartsWith(workspace.Releases + Path.DirectorySeparatorChar, StringComparison.Ordinal) || IsWhole(f))
            .OrderBy(f => !f.EndsWith(".jsonl", StringComparison.Ordinal))
            .ThenBy(f => f, StringComparer.Ordinal);

        bool IsWhole(string file) =>
            Path.GetDirectoryName(file) == workspace.Releases
                ? Path.GetFileName(file) != "CURRENT"
                : releases.Any(r => file.StartsWith(r + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }

    /// <summary>Has the content of a file among the objects.</summary>
    private (string Sha256, long Bytes, bool IsFirst) Put(string path)
    {
        using var source = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var known = Convert.ToHexStringLower(SHA256.HashData(source));
        if (new FileInfo(Path.Combine(Objects, known)) is { Exists: true } there)
            return (known, there.Length, false);
        // A list may have grown meanwhile: what is copied is hashed again.
        source.Position = 0;
        var part = Path.Combine(Objects, Guid.NewGuid().ToString("N") + ".part");
        string sha256;
        long bytes;
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        using (var copy = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            var buffer = new byte[1 << 20];
            for (int read; (read = source.Read(buffer)) > 0; )
            {
                hash.AppendData(buffer.AsSpan(0, read));
                copy.Write(buffer.AsSpan(0, read));
            }
            (sha256, bytes) = (Convert.ToHexStringLower(hash.GetHashAndReset()), copy.Length);
            copy.Flush(flushToDisk: true);
        }
        if (FileHash.Of(part) != sha256)
            throw new BackupException(new($"{path} 的副本读出与写入不符", $"the copy of {path} reads otherwise than it was written"));
        FaultPoint.Reach("backup.copied");
        File.Move(part, Path.Combine(Objects, sha256), overwrite: true);
        return (sha256, bytes, true);
    }

    /// <summary>Whether a content is there, whole: it is read.</summary>
    public bool Has(string sha256) => FileHash.IsOf(sha256, Path.Combine(Objects, sha256));

    /// <summary>Copies a content to a file that is not there; false where no backup has it, or not whole.</summary>
    public bool Find(string sha256, string path)
    {
        try
        {
            Get(new(path, sha256, 0, 0b100_100_100, DateTime.UnixEpoch), path);
            return true;
        }
        catch (BackupException)
        {
            File.Delete(path);
            return false;
        }
    }

    /// <summary>Writes a release as the newest backup has it that has it whole into a folder that is not there; false where none has.</summary>
    public bool FindRelease(string id, string to)
    {
        foreach (var backup in Names.Reverse().Select(Find))
        {
            var files = backup.Files.Where(f => f.Path.StartsWith($"releases/{id}/", StringComparison.Ordinal)).ToList();
            if (files.Count == 0)
                continue;
            Directory.CreateDirectory(to);
            try
            {
                foreach (var file in files)
                    Get(file, Path.Combine(to, Path.GetFileName(file.Path)));
                return true;
            }
            catch (BackupException)
            {
                Directory.Delete(to, recursive: true);
            }
        }
        return false;
    }

    private void Get(BackupFile file, string path)
    {
        var content = Path.Combine(Objects, file.Sha256);
        if (file.Sha256.Length != 64 || !file.Sha256.All(char.IsAsciiHexDigitLower) || !File.Exists(content))
            throw Damaged(file);
        File.Copy(content, path);
        if (FileHash.Of(path) != file.Sha256)
            throw Damaged(file);
        File.SetLastWriteTimeUtc(path, file.Modified);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)file.Mode & (UnixFileMode)0b111_111_111);
    }

    private BackupException Damaged(BackupFile file) =>
        new(
            new(
                $"备份 {folder} 中 {file.Path} 的内容缺失或已损坏；什么都没有恢复",
                $"the content of {file.Path} is missing or damaged in the backup {folder}; nothing was restored"
            )
        );

    private static int Mode(string path) => OperatingSystem.IsWindows() ? 0b110_100_100 : (int)File.GetUnixFileMode(path);
}
