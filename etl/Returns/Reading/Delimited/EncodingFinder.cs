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
    /// <summary>So many characters beyond ASCII are enough to judge by.</summary>
    private const int Judged = 200_000;
    /// <summary>By how much, per character, the best reading must beat the next.</summary>
    private const double Margin = 0.5;

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
            return marked is not null && (marked.Name == known.Name || known.Name.StartsWith("UTF-16", StringComparison.Ordinal) && marked.Name.StartsWith("UTF-16", StringComparison.Ordinal)) ? marked : known;
        }
        if (marked is not null)
        {
            if (marked.Name == "UTF-8" && InvalidUtf8(file, 3) is { } bad) throw NotUtf8(file, fileName, bad, marked);
            return marked;
        }
        if (WithoutMark(start) is { } wide) return wide;
        if (InvalidUtf8(file, 0) is not { } offset) return KnownEncoding.Utf8;
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
        if (head is [0xEF, 0xBB, 0xBF, ..]) return KnownEncoding.Utf8 with { MarkLength = 3 };
        if (head is [0x84, 0x31, 0x95, 0x33, ..]) return KnownEncoding.Gb18030 with { MarkLength = 4 };
        if (head is [0xFF, 0xFE, ..]) return KnownEncoding.Utf16Le with { MarkLength = 2 };
        if (head is [0xFE, 0xFF, ..]) return KnownEncoding.Utf16Be with { MarkLength = 2 };
        return null;
    }

    /// <summary>UTF-16 without a mark: the line ends, delimiters and digits of a table leave a NUL in every second byte.</summary>
    private static KnownEncoding? WithoutMark(ReadOnlySpan<byte> head)
    {
        int even = 0, odd = 0;
        for (var i = 0; i < head.Length; i++)
        {
            if (head[i] != 0) continue;
            if ((i & 1) == 0) even++;
            else odd++;
        }
        var pairs = head.Length / 2;
        if (pairs < 2) return null;
        if (odd > 0 && even == 0 && odd * 10 >= pairs) return KnownEncoding.Utf16Le;
        if (even > 0 && odd == 0 && even * 10 >= pairs) return KnownEncoding.Utf16Be;
        return null;
    }

    private static KnownEncoding EastAsian(FileStream file, string fileName, long offset)
    {
        if (RefuseMixture(file, fileName) is { } mixed) throw mixed;
        (KnownEncoding Encoding, CommonCharacters Common)[] candidates =
            [(KnownEncoding.Gb18030, CommonCharacters.Gb18030), (KnownEncoding.Big5, CommonCharacters.Big5), (KnownEncoding.Cp932, CommonCharacters.Cp932)];
        var scored = new List<(KnownEncoding Encoding, double Score)>();
        foreach (var (encoding, common) in candidates)
            if (Score(file, encoding, common) is { } score)
                scored.Add((encoding, score));
        scored.Sort((a, b) => b.Score.CompareTo(a.Score));
        if (scored.Count == 0 || scored[0].Score <= 0)
        {
            var (line, _, _) = Locate(file, offset, KnownEncoding.Utf8);
            throw new RefusedException(ReadingFindings.EncodingUnknown(fileName, "UTF-8, UTF-16, GB18030, Big5, Shift_JIS", offset, line));
        }
        if (scored.Count > 1 && scored[0].Score - scored[1].Score < Margin)
            throw new RefusedException(ReadingFindings.EncodingAmbiguous(fileName, string.Join(", ", scored.Select(s => s.Encoding.Name))));
        return scored[0].Encoding;
    }

    /// <summary>Average weight of the characters beyond ASCII; null when the file is not valid in the encoding.</summary>
    private static double? Score(FileStream file, KnownEncoding encoding, CommonCharacters common)
    {
        long weight = 0, count = 0;
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
                    if (chars[i] < 0x80) continue;
                    count++;
                    weight += common.Weight(chars[i]);
                }
                if (read == 0) return count == 0 ? null : (double)weight / count;
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
        (long Offset, bool Utf8)? first = null, other = null;
        var run = new List<byte>(256);
        var bytes = ArrayPool<byte>.Shared.Rent(Chunk);
        file.Position = 0;
        long at = 0, runStart = 0;
        int read;
        while (other is null && (read = file.Read(bytes, 0, Chunk)) > 0)
        {
            for (var i = 0; i < read && other is null; i++, at++)
            {
                if (bytes[i] >= 0x80)
                {
                    if (run.Count == 0) runStart = at;
                    if (run.Count < 4096) run.Add(bytes[i]);
                }
                else if (run.Count > 0) EndRun();
            }
        }
        if (other is null && run.Count > 0) EndRun();
        ArrayPool<byte>.Shared.Return(bytes);
        if (first is not { } a || other is not { } b) return null;
        var (line, column, letters) = Locate(file, b.Offset, KnownEncoding.Utf8);
        const string local = "GB18030/GBK";
        return new RefusedException(ReadingFindings.EncodingMixed(fileName, a.Utf8 ? "UTF-8" : local, b.Utf8 ? "UTF-8" : local, line, column, b.Offset, letters));

        void EndRun()
        {
            var kind = KindOfRun(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(run));
            run.Clear();
            if (kind is not { } utf8) return;
            if (first is null) first = (runStart, utf8);
            else if (first.Value.Utf8 != utf8) other = (runStart, utf8);
        }
    }

    /// <summary>True for Chinese in UTF-8, false for what cannot be UTF-8, null for what says nothing.</summary>
    private static bool? KindOfRun(ReadOnlySpan<byte> run)
    {
        var characters = 0;
        var rest = run;
        while (rest.Length > 0)
        {
            if (Rune.DecodeFromUtf8(rest, out var rune, out var used) != OperationStatus.Done) return rest.Length == run.Length || characters < 2 ? false : null;
            if (rune.Value is >= 0x4E00 and <= 0x9FFF or >= 0x3000 and <= 0x3015 or >= 0xFF01 and <= 0xFF5E) characters++;
            else if (used != 3 || rune.Value is not (>= 0x2010 and <= 0x2260 or >= 0x3040 and <= 0x30FF)) return null;
            rest = rest[used..];
        }
        return characters >= 2 ? true : null;
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
                if (read == 0) return span.Length == 0 ? null : offset;
                // A character cut by the end of the chunk waits for the next one.
                var whole = span.Length;
                for (var back = 1; back <= 3 && back <= span.Length; back++)
                {
                    var b = span[^back];
                    if (b < 0x80) break;
                    if (b < 0xC0) continue;
                    var need = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                    if (need > back) whole = span.Length - back;
                    break;
                }
                var valid = span[..whole];
                if (!Utf8.IsValid(valid))
                {
                    var at = 0;
                    while (Rune.DecodeFromUtf8(valid[at..], out _, out var used) == OperationStatus.Done) at += used;
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
        if (encoding.Name == "UTF-8") return InvalidUtf8(file, encoding.MarkLength);
        var decoder = encoding.Encoding.GetDecoder();
        var one = new byte[1];
        var chars = new char[8];
        file.Position = encoding.MarkLength;
        long offset = encoding.MarkLength, good = offset;
        using var buffered = new BufferedStream(new Unowned(file), Chunk);
        try
        {
            // Byte by byte, so that the decoder's complaint can be pinned to the start of the character.
            while (buffered.Read(one, 0, 1) == 1)
            {
                offset++;
                if (decoder.GetChars(one, 0, 1, chars, 0, flush: false) > 0) good = offset;
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
        int column = 1, commas = 0, tabs = 0;
        var cr = false;
        int read;
        while (at < offset && (read = file.Read(bytes, 0, (int)Math.Min(Chunk, offset - at))) > 0)
        {
            for (var i = 0; i < read; i++)
            {
                var b = bytes[i];
                if (b == '\n' && cr) { cr = false; continue; }
                cr = b == '\r';
                if (b is (byte)'\n' or (byte)'\r')
                {
                    line++;
                    (column, commas, tabs) = (1, 0, 0);
                    continue;
                }
                if (b == ',') commas++;
                else if (b == '\t') tabs++;
                if (wide ? ((at + i) & 1) == 0 : b is < 0x80 or >= 0xC0) column++;
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
    public override long Position { get => inner.Position; set => inner.Position = value; }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
