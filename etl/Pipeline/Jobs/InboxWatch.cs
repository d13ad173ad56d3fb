using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Innovation1551.Pipeline.Jobs;

/// <summary>
/// Whether something in the inbox has come or changed since it was last taken, and rests. It is looked at, not listened to: a folder that is
/// shared over a network sends no events.
/// </summary>
internal sealed class InboxWatch(string inbox)
{
    private ulong? _taken;
    private ulong? _before;

    /// <summary>True where there is something new, and two looks in a row saw the same.</summary>
    public bool HasNew()
    {
        var now = Look();
        var rests = now == _before;
        _before = now;
        return rests && now != _taken && now is not null;
    }

    /// <summary>What was seen last has been taken.</summary>
    public void Taken() => _taken = _before;

    /// <summary>Names, lengths and times of all files; null where there is none.</summary>
    private ulong? Look()
    {
        if (!Directory.Exists(inbox))
            return null;
        var sum = 0UL;
        var any = false;
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = true,
        };
        foreach (var file in new DirectoryInfo(inbox).EnumerateFiles("*", options))
        {
            if (file.Name.StartsWith('.') || file.Name.StartsWith("~$", StringComparison.Ordinal))
                continue;
            any = true;
            long[] stamp = [file.Length, file.LastWriteTimeUtc.Ticks];
            // Added up, because the order in which a folder is listed means nothing.
            sum += XxHash3.HashToUInt64([.. Encoding.UTF8.GetBytes(file.FullName), .. MemoryMarshal.AsBytes(stamp.AsSpan())]);
        }
        return any ? sum : null;
    }
}
