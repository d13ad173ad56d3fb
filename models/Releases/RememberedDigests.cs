using System.Collections.Concurrent;
using System.Globalization;

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
public sealed class RememberedDigests(string scratch, string name = "digests", int most = 200)
{
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Believed = TimeSpan.FromDays(1);

    private readonly string _path = Path.Combine(scratch, name);

    /// <param name="Stamp">As text, to be held against another and nothing else.</param>
    private readonly record struct Entry(string Stamp, string Sha256, DateTimeOffset At);

    /// <exception cref="IOException">The file cannot be read.</exception>
    public string Of(string file)
    {
        var one = ForMany();
        var digest = one.Of(file, FileStamp.Of(file), () => FileHash.Of(file))!;
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

        /// <param name="stamp">What the system says of the file now.</param>
        /// <param name="compute">Called where nothing is remembered; null where it will not hash the file.</param>
        public string? Of(string file, FileStamp? stamp, Func<string?> compute)
        {
            var now = TimeProvider.System.GetUtcNow();
            if (stamp is not { } before)
                return compute();
            if (_known.TryGetValue(file, out var entry) && entry.At <= now && now - entry.At < Believed && entry.Stamp == before.ToString())
                return entry.Sha256;
            var digest = compute();
            if (digest is not null && FileStamp.Of(file) == before && now - DateTimeOffset.UnixEpoch.AddTicks(before.Changed / 100) > Young)
                _fresh[file] = new(before.ToString(), digest, now);
            return digest;
        }

        public void Keep()
        {
            if (!_fresh.IsEmpty)
                _digests.Remember(_fresh);
        }
    }

    /// <summary>A line a file: its stamp, its digest and when that was computed, then its path. A line that is none is passed over.</summary>
    private Dictionary<string, Entry> Read()
    {
        var known = new Dictionary<string, Entry>(StringComparer.Ordinal);
        try
        {
            if (OperatingSystem.IsLinux() && FileStamp.IsOnlyMine(_path))
                foreach (var line in File.ReadLines(_path))
                    if (
                        line.Split(' ', 4) is [var stamp, var digest, var at, var file]
                        && long.TryParse(at, CultureInfo.InvariantCulture, out var milliseconds)
                    )
                        known[file] = new(stamp, digest, DateTimeOffset.UnixEpoch.AddMilliseconds(milliseconds));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // Then everything is computed again.
            known.Clear();
        }
        return known;
    }

    private void Remember(IEnumerable<KeyValuePair<string, Entry>> fresh)
    {
        var part = $"{_path}.{Guid.NewGuid():N}";
        try
        {
            // Read again: another process may have written meanwhile.
            var known = Read();
            // A name that is more than a line is not remembered.
            foreach (var (file, entry) in fresh.Where(f => !f.Key.AsSpan().ContainsAny('\r', '\n')))
                known[file] = entry;
            Directory.CreateDirectory(scratch);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var writer = new StreamWriter(part, options))
                foreach (var (file, entry) in known.OrderByDescending(k => k.Value.At).Take(most))
                    writer.Write(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{entry.Stamp} {entry.Sha256} {(long)(entry.At - DateTimeOffset.UnixEpoch).TotalMilliseconds} {file}\n"
                        )
                    );
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
