using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Innovation1551.Returns.Reading.Delimited;

/// <summary>
/// Decides how a text file is encoded, and refuses to guess. A byte order mark decides. Text that is valid UTF-8 to the last byte
/// is UTF-8. Otherwise the encodings of East Asia are tried strictly on the whole file, those that fail are out, and the one whose
/// characters people really use must win clearly.
/// </summary>
internal static class EncodingFinder
{
    private const int Chunk = 1 << 20;

    /// <summary>So many bytes beyond ASCII in a row are looked at to tell UTF-8 from GBK.</summary>
    private const int LongestRun = 4096;

    /// <summary>So many characters beyond ASCII are enough to judge by.</summary>
    private const int Judged = 200_000;

    /// <summary>By how much, per character, the best reading must beat the next.</summary>
    private const double Margin = 0.5;

    /// <summary>With fewer characters beyond ASCII no other encoding is believed before the one that is usual here.</summary>
    private const int Enough = 8;

    /// <summary>Below this average weight it is text of another kind: tables in EUC-TW, for which there is no decoder, reach 0.4 when read as GB18030, lists of Chinese names 1.6.</summary>
    private const double SurelyNoNoise = 0.75;

    /// <summary>Above this average weight a text is made of the most frequent Chinese characters.</summary>
    private const double SurelyChinese = 1.5;

    public static KnownEncoding Find(FileStream file, string fileName, string? declared)
    {
        var head = new byte[4096];
        file.Position = 0;
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var start = head.AsSpan(0, length);
        var marked = Marked(start);
        if (declared is not null)
        {
            var known = KnownEncoding.Named(declared) ?? throw new RefusedException(ReadingFindings.UnknownEncodingName(fileName, declared));
            // The mark tells the byte order of UTF-16 better than a name does.
            return
                marked is not null
                && (
                    marked.Name == known.Name
                    || known.Name.StartsWith("UTF-16", StringComparison.Ordinal) && marked.Name.StartsWith("UTF-16", StringComparison.Ordinal)
                )
                ? marked
                : known;
        }
        if (start is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..])
            throw new RefusedException(ReadingFindings.EncodingUnread(fileName, "UTF-32"));
        if (marked is not null)
        {
            if (marked.Name == "UTF-8" && InvalidUtf8(file, 3) is { } bad)
                throw NotUtf8(file, fileName, bad, marked);
            return marked;
        }
        if (WithoutMark(start) is { } wide)
            return wide;
        if (InvalidUtf8(file, 0) is not { } offset)
        {
            // 联通 in GBK is valid UTF-8 for two letters that nobody writes: what reads as frequent Chinese is not taken for Latin or Arabic.
            if (OnlyTwoByteForms(file) && Score(file, KnownEncoding.Gb18030, CommonCharacters.Gb18030) is { Average: > SurelyChinese })
                throw new RefusedException(ReadingFindings.EncodingAmbiguous(fileName, "UTF-8, GB18030"));
            if (SevenBit(file) is { } shifted)
                throw new RefusedException(ReadingFindings.EncodingUnread(fileName, shifted));
            return KnownEncoding.Utf8;
        }
        return EastAsian(file, fileName, offset);
    }

    /// <summary>Says where the bytes stop being text of this encoding.</summary>
    public static RefusedException Broken(FileStream file, string fileName, KnownEncoding encoding)
    {
        var offset = FirstInvalid(file, encoding) ?? 0;
        var (line, column, letters) = Locate(file, offset, encoding);
        return new RefusedException(ReadingFindings.EncodingBroken(fileName, encoding.Name, line, column, offset, Bytes(file, offset), letters));
    }

    private static KnownEncoding? Marked(ReadOnlySpan<byte> head)
    {
        if (head is [0xEF, 0xBB, 0xBF, ..])
            return KnownEncoding.Utf8 with { MarkLength = 3 };
        if (head is [0x84, 0x31, 0x95, 0x33, ..])
            return KnownEncoding.Gb18030 with { MarkLength = 4 };
        if (head is [0xFF, 0xFE, ..])
            return KnownEncoding.Utf16Le with { MarkLength = 2 };
        if (head is [0xFE, 0xFF, ..])
            return KnownEncoding.Utf16Be with { MarkLength = 2 };
        return null;
    }

    /// <summary>UTF-16 without a mark: read so, nearly all is what tables consist of, and delimiters, digits or line ends leave a NUL in every second byte.</summary>
    public static KnownEncoding? WithoutMark(ReadOnlySpan<byte> head)
    {
        if (Plausible(head, bigEndian: false))
            return KnownEncoding.Utf16Le;
        return Plausible(head, bigEndian: true) ? KnownEncoding.Utf16Be : null;
    }

    private static bool Plausible(ReadOnlySpan<byte> head, bool bigEndian)
    {
        int good = 0,
            ascii = 0;
        var pairs = head.Length / 2;
        for (var i = 0; i < pairs; i++)
        {
            var code = bigEndian ? head[2 * i] << 8 | head[2 * i + 1] : head[2 * i + 1] << 8 | head[2 * i];
            if (code is 0x09 or 0x0A or 0x0D or >= 0x20 and <= 0x7E)
                ascii++;
            else if (
                code is not (>= 0x4E00 and <= 0x9FFF or >= 0x3000 and <= 0x30FF or >= 0xFF00 and <= 0xFFEF or >= 0x2010 and <= 0x203F or >= 0xA0 and <= 0xFF)
            )
                continue;
            good++;
        }
        return ascii > 0 && pairs >= 2 && good * 100 >= pairs * 95;
    }

    /// <summary>True when there are bytes beyond ASCII, and all of them in UTF-8's two-byte forms.</summary>
    private static bool OnlyTwoByteForms(FileStream file)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            var any = false;
            file.Position = 0;
            int read;
            while ((read = file.Read(bytes, 0, Chunk)) > 0)
            {
                var span = bytes.AsSpan(0, read);
                if (span.IndexOfAnyInRange((byte)0xE0, (byte)0xFF) >= 0)
                    return false;
                any = any || span.IndexOfAnyInRange((byte)0x80, (byte)0xDF) >= 0;
            }
            return any;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>The encoding whose shifts stand in a text of ASCII alone (RFC 1468, 1557, 1922: an escape and a set of characters; RFC 1843: ~{ and ~} around pairs of bytes); null where there are none.</summary>
    private static string? SevenBit(FileStream file)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            string? found = null;
            file.Position = 0;
            int read;
            while ((read = file.Read(bytes, 0, Chunk)) > 0)
            {
                var span = bytes.AsSpan(0, read);
                if (span.IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0)
                    return null;
                while (found is null && span.IndexOfAny((byte)0x1B, (byte)'~') is >= 0 and var at)
                {
                    if (span[at..] is [0x1B, (byte)'$', ..])
                        found = "ISO-2022";
                    else if (
                        span[at..] is [(byte)'~', (byte)'{', ..]
                        && span[(at + 2)..Math.Min(at + 2 + LongestRun, span.Length)] is var rest
                        && rest.IndexOf("~}"u8) is > 0 and var length
                        && length % 2 == 0
                        && !rest[..length].ContainsAnyInRange((byte)0, (byte)0x20)
                    )
                        found = "HZ-GB-2312";
                    span = span[(at + 1)..];
                }
            }
            return found;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static KnownEncoding EastAsian(FileStream file, string fileName, long offset)
    {
        if (RefuseMixture(file, fileName) is { } mixed)
            throw mixed;
        (KnownEncoding Encoding, CommonCharacters Common)[] candidates =
        [
            (KnownEncoding.Gb18030, CommonCharacters.Gb18030),
            (KnownEncoding.Big5, CommonCharacters.Big5),
            (KnownEncoding.Cp932, CommonCharacters.Cp932),
            (KnownEncoding.EucJp, CommonCharacters.EucJp),
            (KnownEncoding.EucKr, CommonCharacters.EucKr),
        ];
        var scored = new List<(KnownEncoding Encoding, double Score, long Characters)>();
        foreach (var (encoding, common) in candidates)
            if (Score(file, encoding, common) is { } score)
                scored.Add((encoding, score.Average, score.Characters));
        scored.Sort((a, b) => b.Score.CompareTo(a.Score));
        if (scored.Count == 0 || scored[0].Score < SurelyNoNoise)
        {
            var (line, _, _) = Locate(file, offset, KnownEncoding.Utf8);
            throw new RefusedException(ReadingFindings.EncodingUnknown(fileName, "UTF-8, UTF-16, GB18030, Big5, Shift_JIS, EUC-JP, EUC-KR", offset, line));
        }
        if (scored.Count > 1 && (scored[0].Score - scored[1].Score < Margin || scored[0] is { Characters: < Enough, Encoding.Name: not "GB18030" }))
            throw new RefusedException(ReadingFindings.EncodingAmbiguous(fileName, string.Join(", ", scored.Select(s => s.Encoding.Name))));
        return scored[0].Encoding;
    }

    /// <summary>Average weight of the characters beyond ASCII; null when the file is not valid in the encoding.</summary>
    private static (double Average, long Characters)? Score(FileStream file, KnownEncoding encoding, CommonCharacters common)
    {
        long weight = 0,
            count = 0;
        var decoder = encoding.Encoding.GetDecoder();
        var bytes = ArrayPool<byte>.Shared.Rent(Chunk);
        var chars = ArrayPool<char>.Shared.Rent(Chunk + 16);
        try
        {
            file.Position = 0;
            while (true)
            {
                var read = file.Read(bytes, 0, Chunk);
                var got = decoder.GetChars(bytes, 0, read, chars, 0, flush: read == 0);
                for (var i = 0; i < got && count < Judged; i++)
                {
                    if (chars[i] < 0x80)
                        continue;
                    count++;
                    weight += common.Weight(chars[i]);
                }
                if (read == 0)
                    return count == 0 ? null : ((double)weight / count, count);
            }
        }
        catch (DecoderFallbackException)
        {
            // Not an error but the answer: the file is not in this encoding.
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    /// <summary>
    /// Chinese in UTF-8 often passes for valid GBK (中文 becomes 涓枃), so validity alone does not show a mixture.
    /// A run of bytes that reads as two or more Chinese characters in UTF-8 beside runs that are not UTF-8 does:
    /// in honest GBK it comes up less than once in a hundred thousand runs, because it needs rare characters in a row.
    /// </summary>
    private static RefusedException? RefuseMixture(FileStream file, string fileName)
    {
        (long Offset, bool Utf8)? first = null,
            other = null;
        var run = new List<byte>(256);
        var bytes = ArrayPool<byte>.Shared.Rent(Chunk);
        file.Position = 0;
        long at = 0,
            runStart = 0;
        int read;
        while (other is null && (read = file.Read(bytes, 0, Chunk)) > 0)
        {
            for (var i = 0; i < read && other is null; i++, at++)
            {
                if (bytes[i] >= 0x80)
                {
                    if (run.Count == 0)
                        runStart = at;
                    if (run.Count < LongestRun)
                        run.Add(bytes[i]);
                }
                else if (run.Count > 0)
                    EndRun();
            }
        }
        if (other is null && run.Count > 0)
            EndRun();
        ArrayPool<byte>.Shared.Return(bytes);
        if (first is not { } a || other is not { } b)
            return null;
        var (line, column, letters) = Locate(file, b.Offset, KnownEncoding.Utf8);
        const string local = "GB18030/GBK";
        return new RefusedException(
            ReadingFindings.EncodingMixed(fileName, a.Utf8 ? "UTF-8" : local, b.Utf8 ? "UTF-8" : local, line, column, b.Offset, letters)
        );

        void EndRun()
        {
            var kind = KindOfRun(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(run));
            run.Clear();
            if (kind is not { } utf8)
                return;
            if (first is null)
                first = (runStart, utf8);
            else if (first.Value.Utf8 != utf8)
                other = (runStart, utf8);
        }
    }

    /// <summary>True for Chinese in UTF-8, false for what cannot be UTF-8, null for what says nothing.</summary>
    private static bool? KindOfRun(ReadOnlySpan<byte> run)
    {
        var characters = 0;
        var odd = false;
        for (var rest = run; rest.Length > 0; )
        {
            var status = Rune.DecodeFromUtf8(rest, out var rune, out var used);
            // A run that was cut at its limit may end within a character.
            if (status == OperationStatus.NeedMoreData && run.Length == LongestRun)
                break;
            if (status != OperationStatus.Done)
                return false;
            if (rune.Value is >= 0x4E00 and <= 0x9FFF or >= 0x3000 and <= 0x3015 or >= 0xFF01 and <= 0xFF5E)
                characters++;
            else
                odd |= used != 3 || rune.Value is not (>= 0x2010 and <= 0x2260 or >= 0x3040 and <= 0x30FF);
            rest = rest[used..];
        }
        return characters >= 2 && !odd ? true : null;
    }

    private static RefusedException NotUtf8(FileStream file, string fileName, long offset, KnownEncoding encoding)
    {
        var (line, column, letters) = Locate(file, offset, encoding);
        var bytes = new byte[64];
        file.Position = offset;
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        // Two pairs of lead and trail bytes of the first level: Chinese in GBK.
        return length >= 4 && bytes[0] is >= 0xB0 and <= 0xF7 && bytes[1] >= 0xA1 && bytes[2] is >= 0xB0 and <= 0xF7 && bytes[3] >= 0xA1
            ? new RefusedException(ReadingFindings.EncodingMixed(fileName, "UTF-8", "GB18030/GBK", line, column, offset, letters))
            : new RefusedException(ReadingFindings.EncodingBroken(fileName, "UTF-8", line, column, offset, Bytes(file, offset), letters));
    }

    /// <summary>Offset of the first byte that is not UTF-8; null when all are.</summary>
    internal static long? InvalidUtf8(FileStream file, int skip)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            file.Position = skip;
            long offset = skip;
            var kept = 0;
            while (true)
            {
                var read = file.Read(bytes, kept, Chunk - kept);
                var span = bytes.AsSpan(0, kept + read);
                if (read == 0)
                    return span.Length == 0 ? null : offset;
                // A character cut by the end of the chunk waits for the next one.
                var whole = span.Length;
                for (var back = 1; back <= 3 && back <= span.Length; back++)
                {
                    var b = span[^back];
                    if (b < 0x80)
                        break;
                    if (b < 0xC0)
                        continue;
                    var need =
                        b >= 0xF0 ? 4
                        : b >= 0xE0 ? 3
                        : 2;
                    if (need > back)
                        whole = span.Length - back;
                    break;
                }
                var valid = span[..whole];
                if (!Utf8.IsValid(valid))
                {
                    var at = 0;
                    while (Rune.DecodeFromUtf8(valid[at..], out _, out var used) == OperationStatus.Done)
                        at += used;
                    return offset + at;
                }
                kept = span.Length - whole;
                span[whole..].CopyTo(bytes);
                offset += whole;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static long? FirstInvalid(FileStream file, KnownEncoding encoding)
    {
        if (encoding.Name == "UTF-8")
            return InvalidUtf8(file, encoding.MarkLength);
        var decoder = encoding.Encoding.GetDecoder();
        var one = new byte[1];
        var chars = new char[8];
        file.Position = encoding.MarkLength;
        long offset = encoding.MarkLength,
            good = offset;
        using var buffered = new BufferedStream(new Unowned(file), Chunk);
        try
        {
            // Byte by byte, so that the decoder's complaint can be pinned to the start of the character.
            while (buffered.Read(one, 0, 1) == 1)
            {
                offset++;
                if (decoder.GetChars(one, 0, 1, chars, 0, flush: false) > 0)
                    good = offset;
            }
            decoder.GetChars(one, 0, 0, chars, 0, flush: true);
            return null;
        }
        catch (DecoderFallbackException)
        {
            return good;
        }
    }

    /// <summary>Line, character within the line, and column letters (by counting delimiters) of a byte.</summary>
    private static (int Line, int Column, string? Letters) Locate(FileStream file, long offset, KnownEncoding encoding)
    {
        var wide = encoding.Name.StartsWith("UTF-16", StringComparison.Ordinal);
        var bytes = ArrayPool<byte>.Shared.Rent(Chunk);
        file.Position = encoding.MarkLength;
        var line = 1;
        long at = encoding.MarkLength;
        int column = 1,
            commas = 0,
            tabs = 0;
        var cr = false;
        int read;
        while (at < offset && (read = file.Read(bytes, 0, (int)Math.Min(Chunk, offset - at))) > 0)
        {
            for (var i = 0; i < read; i++)
            {
                var b = bytes[i];
                if (b == '\n' && cr)
                {
                    cr = false;
                    continue;
                }
                cr = b == '\r';
                if (b is (byte)'\n' or (byte)'\r')
                {
                    line++;
                    (column, commas, tabs) = (1, 0, 0);
                    continue;
                }
                if (b == ',')
                    commas++;
                else if (b == '\t')
                    tabs++;
                if (wide ? ((at + i) & 1) == 0 : b is < 0x80 or >= 0xC0)
                    column++;
            }
            at += read;
        }
        ArrayPool<byte>.Shared.Return(bytes);
        return (line, column, ReadingFindings.Letters(Math.Max(commas, tabs) + 1));
    }

    private static string Bytes(FileStream file, long offset)
    {
        var bytes = new byte[4];
        file.Position = offset;
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Convert.ToHexString(bytes, 0, length);
    }
}

/// <summary>A view of a stream that leaves it open.</summary>
internal sealed class Unowned(Stream inner) : Stream
{
    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    public override bool CanRead => true;
    public override bool CanSeek => inner.CanSeek;
    public override bool CanWrite => false;
    public override long Length => inner.Length;
    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
