using System.Security.Cryptography;

namespace Innovation1551.Models;

/// <summary>
/// Files of the user's own cache, which take long to make and hang on nothing but what their names say. Whatever is in it can be deleted at any time.
/// The digest of a file stands at its end: what is not as it was written counts as not there.
/// </summary>
public static class UserCache
{
    private const string Unfinished = ".part";

    /// <summary>Null where the user has none.</summary>
    public static string? Folder
    {
        get
        {
            var root =
                Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
                : OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? Path.Combine(home, ".cache")
                : "";
            return Path.IsPathFullyQualified(root) ? Path.Combine(root, "innovation1551") : null;
        }
    }

    /// <summary>Whether the file is there and as it was written.</summary>
    public static bool IsWhole(string file) => Read(file, Stream.Null);

    /// <summary>Copies what was kept to a place of its own; false, and nothing there, where it was not kept or is not whole.</summary>
    public static bool Take(string file, string to)
    {
        using (var copy = File.Create(to))
            if (Read(file, copy))
            {
                // Where it cannot be, it is pruned a little earlier than it should be.
                Tried(() => File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime));
                return true;
            }
        File.Delete(to);
        return false;
    }

    /// <summary>Keeps a file. Written under another name and renamed, so that nobody finds half of it, and who has the one before open keeps that.</summary>
    public static void Keep(string file, Stream content)
    {
        var folder = Path.GetDirectoryName(file)!;
        var part = Path.Combine(folder, $"{Path.GetFileName(file)}.{Guid.NewGuid():N}{Unfinished}");
        var isKept = Tried(() =>
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using (var stream = File.Create(part))
            {
                content.CopyTo(stream);
                content.Position = 0;
                stream.Write(SHA256.HashData(content));
            }
            File.Move(part, file, overwrite: true);
        });
        if (!isKept)
            Tried(() => File.Delete(part));
    }

    /// <summary>Of the files with this ending keeps so many: those that were written or taken last.</summary>
    public static void Prune(string folder, string ending, int keep)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var old in new DirectoryInfo(folder).EnumerateFiles("*" + ending).OrderByDescending(f => f.LastWriteTimeUtc).Skip(keep))
            Tried(old.Delete);
        // What a process that was killed has left half done.
        var yesterday = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1);
        foreach (var half in new DirectoryInfo(folder).EnumerateFiles("*" + Unfinished).Where(f => f.LastWriteTimeUtc < yesterday))
            Tried(half.Delete);
    }

    /// <summary>Reads a file up to its digest; false where it is not there, cannot be read or is not whole. What goes wrong in writing goes on.</summary>
    private static bool Read(string file, Stream to)
    {
        using var stream = Open(file);
        if (stream is null)
            return false;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        for (var left = stream.Length - SHA256.HashSizeInBytes; left > 0; )
        {
            var read = Next(buffer.AsSpan(0, (int)Math.Min(buffer.Length, left)));
            if (read == 0)
                return false;
            hash.AppendData(buffer, 0, read);
            to.Write(buffer, 0, read);
            left -= read;
        }
        return Next(buffer) == SHA256.HashSizeInBytes && hash.GetHashAndReset().AsSpan().SequenceEqual(buffer.AsSpan(0, SHA256.HashSizeInBytes));

        int Next(Span<byte> into)
        {
            try
            {
                return stream.Read(into);
            }
            catch (IOException)
            {
                return 0;
            }
        }
    }

    private static FileStream? Open(string file)
    {
        FileStream? opened = null;
        Tried(() => opened = File.OpenRead(file));
        return opened;
    }

    /// <summary>A full or closed disk costs time at the next run, nothing else: what cannot be deleted lies under a name that nobody asks for.</summary>
    private static bool Tried(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
