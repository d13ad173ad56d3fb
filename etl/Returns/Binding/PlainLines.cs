using System.Buffers;
using System.Text.Unicode;

namespace Innovation1551.Returns.Binding;

/// <summary>
/// Tells whether the lines of a large text file leave nothing to interpret: valid UTF-8, no quote, no control character, no blank
/// line, one kind of line end. Then a record is a line, and any reader finds the same fields in it.
/// </summary>
internal static class PlainLines
{
    private const int Block = 1 << 20;
    private static readonly SearchValues<byte> Doubtful = SearchValues.Create([
        .. Enumerable.Range(0, 32).Where(b => b is not ('\n' or '\r')).Select(b => (byte)b),
        (byte)'"',
        0x7F,
    ]);

    /// <summary>Number of lines below the given line; null where the text there is not plain.</summary>
    public static long? CountBelow(string path, int line)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        var buffer = new byte[Block + 4];
        var kept = 0;
        var passed = 0;
        long feeds = 0,
            returns = 0,
            pairs = 0;
        byte last = (byte)'\n';
        var any = false;
        while (true)
        {
            var read = file.ReadAtLeast(buffer.AsSpan(kept, Block - kept), Block - kept, throwOnEndOfStream: false);
            var bytes = buffer.AsSpan(0, kept + read);
            if (bytes.IsEmpty)
                break;
            while (passed < line && bytes.IndexOf((byte)'\n') is >= 0 and var end)
            {
                bytes = bytes[(end + 1)..];
                passed++;
            }
            if (passed < line)
            {
                if (read == 0)
                    return null;
                kept = 0;
                continue;
            }
            // A character cut by the block's end is looked at with the next block.
            var cut = read == 0 ? 0 : CutCharacter(bytes);
            var whole = bytes[..^cut];
            if (!whole.IsEmpty)
            {
                if (!Utf8.IsValid(whole) || whole.ContainsAny(Doubtful) || whole.IndexOf("\uFFFD"u8) >= 0)
                    return null;
                if (last == '\n' && (whole[0] is (byte)'\n' or (byte)'\r') || whole.IndexOf("\n\n"u8) >= 0 || whole.IndexOf("\n\r"u8) >= 0)
                    return null;
                feeds += whole.Count((byte)'\n');
                returns += whole.Count((byte)'\r');
                pairs += whole.Count("\r\n"u8) + (last == '\r' && whole[0] == '\n' ? 1 : 0);
                last = whole[^1];
                any = true;
            }
            if (read == 0)
                break;
            bytes[^cut..].CopyTo(buffer);
            kept = cut;
        }
        if (!any || returns > 0 && (returns != feeds || pairs != feeds))
            return null;
        return feeds + (last == '\n' ? 0 : 1);
    }

    /// <summary>How many bytes at the end belong to a character that goes on behind it.</summary>
    private static int CutCharacter(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var b = bytes[^back];
            if (b < 0x80)
                return 0;
            if (b >= 0xC0)
                return
                    (
                        b >= 0xF0 ? 4
                        : b >= 0xE0 ? 3
                        : 2
                    ) > back
                    ? back
                    : 0;
        }
        return 0;
    }
}
