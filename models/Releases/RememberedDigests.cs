using System.Collections.Concurrent;
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
/// <param name="name">Of the file there.</param>
/// <param name="most">Files that are remembered, those hashed last.</param>
public sealed class RememberedDigests(string scratch, string name = "digests.json", int most = 200)
{
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Believed = TimeSpan.FromDays(1);

    private readonly string _path = Path.Combine(scratch, name);

    private sealed record Entry(FileStamp Stamp, string Sha256, DateTimeOffset At);

    /// <exception cref="IOException">The file cannot be read.</exception>
    public string Of(string file)
    {
        var one = ForMany();
        var digest = one.Of(file, () => FileHash.Of(file))!;
        one.Keep();
        return digest;
    }

    /// <summary>What is remembered, read once, to ask for many files; what they add is written by <see cref="Many.Keep"/>.</summary>
    public Many ForMany() => new(this);

    /// <summary>Any number of threads may ask.</summary>
    public sealed class Many
    {
        private readonly RememberedDigests _digests;
        private readonly Dictionary<string, Entry> _known;
        private readonly ConcurrentDictionary<string, Entry> _fresh = new(StringComparer.Ordinal);

        internal Many(RememberedDigests digests) => (_digests, _known) = (digests, digests.Read());

        /// <param name="compute">Called where nothing is remembered; null where it will not hash the file.</param>
        public string? Of(string file, Func<string?> compute)
        {
            var (now, stamp) = (TimeProvider.System.GetUtcNow(), FileStamp.Of(file));
            if (stamp is not null && _known.TryGetValue(file, out var entry) && entry.Stamp == stamp && entry.At <= now && now - entry.At < Believed)
                return entry.Sha256;
            if (compute() is not { } digest)
                return null;
            if (stamp is { } before && FileStamp.Of(file) == before && now - DateTimeOffset.UnixEpoch.AddTicks(before.Changed / 100) > Young)
                _fresh[file] = new(before, digest, now);
            return digest;
        }

        public void Keep()
        {
            if (!_fresh.IsEmpty)
                _digests.Remember(_fresh);
        }
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

    private void Remember(IEnumerable<KeyValuePair<string, Entry>> fresh)
    {
        var part = $"{_path}.{Guid.NewGuid():N}";
        try
        {
            // Read again: another process may have written meanwhile.
            var known = Read();
            foreach (var (file, entry) in fresh)
                known[file] = entry;
            var kept = known.OrderByDescending(k => k.Value.At).Take(most).ToDictionary(k => k.Key, k => k.Value, StringComparer.Ordinal);
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
