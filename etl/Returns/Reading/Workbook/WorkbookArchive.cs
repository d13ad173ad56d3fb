using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Workbook;

/// <summary>
/// The zip archive of a workbook, opened only after its directory was found harmless: number of entries, no entry twice,
/// none that points outside, none encrypted. What is unpacked is counted and its checksum compared.
/// </summary>
internal sealed class WorkbookArchive : IDisposable
{
    /// <summary>Below this size an entry may be compressed as well as it likes: rows of blank styled cells honestly pack 200 to 1.</summary>
    private const long RatioGrace = 8L << 20;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries;
    private readonly string _fileName;
    private readonly ReadLimits _limits;
    private long _unpacked;

    private WorkbookArchive(ZipArchive zip, Dictionary<string, ZipArchiveEntry> entries, string fileName, ReadLimits limits) =>
        (_zip, _entries, _fileName, _limits) = (zip, entries, fileName, limits);

    public IEnumerable<string> Names => _entries.Keys;

    /// <exception cref="RefusedException">The directory breaks a limit or is built to mislead.</exception>
    /// <exception cref="InvalidDataException">It is not a zip archive, or a broken one.</exception>
    public static WorkbookArchive Open(FileStream file, string fileName, ReadLimits limits)
    {
        // The directory is not read before its own count of entries was looked at: a million entries cost a gigabyte as objects.
        if (DeclaredEntries(file) is { } declared && declared > limits.MaxArchiveEntries)
            throw new RefusedException(
                ReadingFindings.LimitExceeded(fileName, nameof(ReadLimits.MaxArchiveEntries), declared.ToString(), limits.MaxArchiveEntries.ToString())
            );
        file.Position = 0;
        var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: false);
        if (zip.Entries.Count > limits.MaxArchiveEntries)
            throw new RefusedException(
                ReadingFindings.LimitExceeded(fileName, nameof(ReadLimits.MaxArchiveEntries), zip.Entries.Count.ToString(), limits.MaxArchiveEntries.ToString())
            );
        var entries = new Dictionary<string, ZipArchiveEntry>(zip.Entries.Count, StringComparer.OrdinalIgnoreCase);
        long total = 0;
        foreach (var entry in zip.Entries)
        {
            var name = entry.FullName.Replace('\\', '/').TrimStart('/');
            if (entry.FullName.Split('/', '\\').Contains(".."))
                throw new RefusedException(
                    ReadingFindings.ArchiveUnsafe(
                        fileName,
                        $"条目名 {entry.FullName} 指向压缩包之外",
                        $"the entry name {entry.FullName} points outside the archive"
                    )
                );
            if (entry.IsEncrypted)
                throw new RefusedException(ReadingFindings.PasswordProtected(fileName));
            if (entry.Length > limits.MaxEntryBytes)
                throw new RefusedException(
                    ReadingFindings.LimitExceeded(
                        fileName,
                        $"{nameof(ReadLimits.MaxEntryBytes)} ({name})",
                        entry.Length.ToString(),
                        limits.MaxEntryBytes.ToString()
                    )
                );
            total += entry.Length;
            if (total > limits.MaxArchiveBytes)
                throw new RefusedException(
                    ReadingFindings.LimitExceeded(fileName, nameof(ReadLimits.MaxArchiveBytes), total.ToString(), limits.MaxArchiveBytes.ToString())
                );
            if (entry.Length > RatioGrace && entry.Length > entry.CompressedLength * limits.MaxCompressionRatio)
                throw new RefusedException(
                    ReadingFindings.LimitExceeded(
                        fileName,
                        $"{nameof(ReadLimits.MaxCompressionRatio)} ({name})",
                        $"{entry.Length}:{entry.CompressedLength}",
                        $"{limits.MaxCompressionRatio}:1"
                    )
                );
            if (name.EndsWith('/'))
                continue;
            if (!entries.TryAdd(name, entry))
                throw new RefusedException(ReadingFindings.ArchiveUnsafe(fileName, $"条目 {name} 出现两次", $"the entry {name} stands in the archive twice"));
        }
        return new WorkbookArchive(zip, entries, fileName, limits);
    }

    public bool Has(string name) => _entries.ContainsKey(name);

    public long Size(string name) => _entries.TryGetValue(name, out var entry) ? entry.Length : 0;

    /// <summary>The entry's content, counted and checked while it is read; null when there is none of that name.</summary>
    public Stream? Read(string name) => _entries.TryGetValue(name, out var entry) ? new CheckedStream(this, entry, name) : null;

    public void Dispose() => _zip.Dispose();

    /// <summary>The count in the end-of-directory record; null when it is not where it should be (the archive class then refuses the file).</summary>
    private static long? DeclaredEntries(FileStream file)
    {
        var length = (int)Math.Min(file.Length, 65_535 + 22);
        var tail = new byte[length];
        file.Position = file.Length - length;
        file.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (at < 0 || at + 22 > length)
            return null;
        var count = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10));
        if (count != 0xFFFF)
            return count;
        var at64 = tail.AsSpan(0, at).LastIndexOf("PK\x06\x06"u8);
        return at64 >= 0 && at64 + 40 <= length ? (long)Math.Min(long.MaxValue, BinaryPrimitives.ReadUInt64LittleEndian(tail.AsSpan(at64 + 32))) : count;
    }

    private sealed class CheckedStream(WorkbookArchive archive, ZipArchiveEntry entry, string name) : Stream
    {
        private readonly Stream _inner = entry.Open();
        private long _read;
        private readonly Crc32 _crc = new();
        private bool _checked;

        public override int Read(Span<byte> buffer)
        {
            var count = _inner.Read(buffer);
            if (count > 0)
            {
                _read += count;
                archive._unpacked += count;
                _crc.Append(buffer[..count]);
                if (_read > archive._limits.MaxEntryBytes)
                    throw Over(nameof(ReadLimits.MaxEntryBytes), _read, archive._limits.MaxEntryBytes);
                if (archive._unpacked > archive._limits.MaxArchiveBytes)
                    throw Over(nameof(ReadLimits.MaxArchiveBytes), archive._unpacked, archive._limits.MaxArchiveBytes);
                if (_read > RatioGrace && _read > entry.CompressedLength * archive._limits.MaxCompressionRatio)
                    throw Over(nameof(ReadLimits.MaxCompressionRatio), _read, (long)(entry.CompressedLength * archive._limits.MaxCompressionRatio));
            }
            else if (buffer.Length > 0 && !_checked)
            {
                _checked = true;
                if (_crc.GetCurrentHashAsUInt32() != entry.Crc32 || _read != entry.Length)
                    throw new RefusedException(ReadingFindings.ChecksumWrong(archive._fileName, name));
            }
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _inner.Dispose();
            base.Dispose(disposing);
        }

        private RefusedException Over(string limit, long value, long allowed) =>
            new(ReadingFindings.LimitExceeded(archive._fileName, $"{limit} ({name})", value.ToString(), allowed.ToString()));

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
