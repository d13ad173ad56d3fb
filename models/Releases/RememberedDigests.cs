using System.Text.Json;

namespace Innovation1551.Models.Releases;

/// <summary>
/// SHA-256 of files, computed once and then remembered as long as the system says that the file was not written to: same device,
/// inode, length, time of modification and time of change, the last of which no program can set.
/// What is remembered is believed only where nobody but this user can have written it, for a day at most (a medium decays without a
/// write; DuckDB's own checksums of blocks notice that in what is read), and never of a file changed less than two seconds before,
/// because a second change in the same tick of the clock would not show.
/// </summary>
/// <param name="scratch">The workspace's folder for what may be thrown away; what is remembered lies there.</param>
public sealed class RememberedDigests(string scratch)
{
    private const int Most = 200;
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Believed = TimeSpan.FromDays(1);

    private readonly string _path = Path.Combine(scratch, "digests.json");

    private sealed record Entry(FileStamp Stamp, string Sha256, DateTimeOffset At);

    /// <exception cref="IOException">The file cannot be read.</exception>
    public string Of(string file)
    {
        var (now, stamp) = (TimeProvider.System.GetUtcNow(), FileStamp.Of(file));
        if (stamp is null)
            return FileHash.Of(file);
        var known = Read();
        if (known.TryGetValue(file, out var entry) && entry.Stamp == stamp && entry.At <= now && now - entry.At < Believed)
            return entry.Sha256;
        var digest = FileHash.Of(file);
        var changed = DateTimeOffset.UnixEpoch.AddTicks(stamp.Value.Changed / 100);
        if (FileStamp.Of(file) == stamp && now - changed > Young)
            Remember(file, new(stamp.Value, digest, now));
        return digest;
    }

    private Dictionary<string, Entry> Read()
    {
        try
        {
            if (OperatingSystem.IsLinux() && FileStamp.IsOnlyMine(_path))
                return JsonSerializer.Deserialize<Dictionary<string, Entry>>(File.ReadAllBytes(_path)) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // Then everything is computed again.
        }
        return [];
    }

    private void Remember(string file, Entry entry)
    {
        var part = $"{_path}.{Guid.NewGuid():N}";
        try
        {
            var known = Read();
            known[file] = entry;
            var kept = known.OrderByDescending(k => k.Value.At).Take(Most).ToDictionary(k => k.Key, k => k.Value, StringComparer.Ordinal);
            Directory.CreateDirectory(scratch);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var stream = new FileStream(part, options))
                JsonSerializer.Serialize(stream, kept);
            File.Move(part, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Who may not write here reads all the same, and computes each time.
            if (File.Exists(part))
                File.Delete(part);
        }
    }
}
