using System.Security.Cryptography;
using System.Text.Json;
using Innovation1551.Models;
using Innovation1551.Models.Releases;

namespace Innovation1551.Returns.Receiving;

/// <summary>What became of a file that was handed in.</summary>
/// <param name="Receipt">The receipt of these bytes: a new one, or the one that they have had since they first came; null where the file was not received.</param>
/// <param name="Finding">Why it was not received, or that the same bytes are known under another name.</param>
public sealed record Received(Receipt? Receipt, bool IsNew, Finding? Finding);

/// <summary>
/// The archive of received files: each is copied under its hash before anything reads it, and never changed.
/// The ledger lists the receipts in order, one JSON object a line; a line that a crash cut off is passed over, its file comes again. A file that has
/// gone from the archive keeps its receipt, and lies there again as soon as the same bytes come.
/// </summary>
public sealed class Archive
{
    /// <summary>Bytes copied between two looks at the free space.</summary>
    private const long Watch = 16 << 20;

    private readonly string _folder;
    private readonly string _ledgerPath;
    private readonly Dictionary<string, Receipt> _byHash = new(StringComparer.Ordinal);
    private readonly HashSet<long> _knownLengths = [];
    private IReadOnlyList<Receipt>? _receipts;

    /// <summary>Files that were received and are not there any more, nor known to lie elsewhere: the ledger speaks of none that was not safe on the disk.</summary>
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private readonly long _maxFileBytes;
    private int _lastSeq;

    /// <param name="maxFileBytes">Larger files are not received.</param>
    public Archive(string folder, TimeProvider clock, long maxFileBytes)
    {
        _folder = folder;
        _clock = clock;
        _maxFileBytes = maxFileBytes;
        Directory.CreateDirectory(folder);
        _ledgerPath = System.IO.Path.Combine(folder, "ledger.jsonl");
        var there = Directory.EnumerateFiles(folder).Select(f => System.IO.Path.GetFileName(f)).ToHashSet(StringComparer.Ordinal);
        foreach (var unfinished in there.Where(f => f.EndsWith(".part", StringComparison.Ordinal)))
            File.Delete(PathOf(unfinished));
        if (!File.Exists(_ledgerPath))
            return;
        var ledger = File.ReadAllBytes(_ledgerPath);
        foreach (var line in ledger.AsSpan().Split((byte)'\n'))
            if (Parse(ledger.AsSpan(line)) is { } receipt)
            {
                Keep(receipt);
                if (!there.Contains(receipt.Sha256))
                    _missing.Add(receipt.Sha256);
            }
        if (_missing.Count > 0)
            Elsewhere = [.. new KeptElsewhere(folder).Files.Values.Where(k => _missing.Remove(k.Sha256)).OrderBy(k => k.Sha256, StringComparer.Ordinal)];
    }

    /// <summary>All receipts in the order of receipt.</summary>
    public IReadOnlyList<Receipt> Receipts => _receipts ??= [.. _byHash.Values.OrderBy(r => r.Seq)];

    /// <summary>Where the bytes with this hash lie.</summary>
    public string PathOf(string sha256) => System.IO.Path.Combine(_folder, sha256);

    /// <summary>Those received files whose copy in the archive is gone or no longer what its hash says, but for those that lie elsewhere; reads them all.</summary>
    public IEnumerable<Receipt> Decayed() =>
        Receipts.ExceptBy(Elsewhere.Select(k => k.Sha256), r => r.Sha256).AsParallel().AsOrdered().Where(r => !FileHash.IsOf(r.Sha256, PathOf(r.Sha256)));

    /// <summary>Those that lie in a backup and not here.</summary>
    public IReadOnlyList<KeptFile> Elsewhere { get; } = [];

    /// <summary>Puts a copy with the right bytes in the place of one that is gone or has decayed.</summary>
    /// <param name="copy">A file beside the archive's, which is moved.</param>
    public void Heal(Receipt receipt, string copy)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.Move(copy, PathOf(receipt.Sha256), overwrite: true);
        Durable.FlushFolder(_folder);
        _missing.Remove(receipt.Sha256);
    }

    /// <summary>The receipt of a file whose bytes are in the archive already; null where it is to be received. Only files as long as a known one are read. Any number of threads may ask.</summary>
    /// <param name="stamp">What the system says of the file now.</param>
    /// <param name="digests">What is remembered of files that were not written to since they were read.</param>
    public Received? Known(string path, FileStamp? stamp, RememberedDigests.Many digests)
    {
        try
        {
            return digests.Of(path, stamp, Hash) is { } sha && _byHash.TryGetValue(sha, out var receipt) && !_missing.Contains(receipt.Sha256)
                ? Again(receipt, System.IO.Path.GetFileName(path))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Receiving it will say so.
            return null;
        }

        string? Hash()
        {
            using var source = RegularFile.Open(path);
            return source is not null && _knownLengths.Contains(source.Length) ? Convert.ToHexStringLower(SHA256.HashData(source)) : null;
        }
    }

    /// <summary>
    /// Copies files into the archive while hashing them, so that what is read later is exactly what was hashed. Files are copied side
    /// by side, and stand in the ledger in the order given.
    /// </summary>
    public IReadOnlyList<Received> Receive(IReadOnlyList<string> paths, CancellationToken cancel = default)
    {
        var copies = new Copied[paths.Count];
        try
        {
            // More hands than cores: they wait for the disk.
            Parallel.For(0, paths.Count, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = 8 }, i => copies[i] = Copy(paths[i]));
            var received = new Received[paths.Count];
            var receipts = new List<Receipt>();
            for (var i = 0; i < paths.Count; i++)
            {
                var (name, copy) = (System.IO.Path.GetFileName(paths[i]), copies[i]);
                if (copy.Part is null)
                    received[i] = new(null, false, copy.Finding);
                else if (_byHash.TryGetValue(copy.Sha256!, out var known))
                {
                    if (_missing.Remove(known.Sha256))
                        Heal(known, copy.Part);
                    received[i] = Again(known, name);
                }
                else
                {
                    File.Move(copy.Part, PathOf(copy.Sha256!), overwrite: true);
                    FaultPoint.Reach("archive.renamed");
                    var receipt = new Receipt(_lastSeq + 1, copy.Sha256!, name, copy.Bytes, _clock.GetUtcNow());
                    receipts.Add(receipt);
                    Keep(receipt);
                    received[i] = new(receipt, true, null);
                }
            }
            if (receipts.Count > 0)
                Durable.FlushFolder(_folder);
            Record(receipts);
            return received;
        }
        finally
        {
            foreach (var copy in copies)
                if (copy.Part is not null)
                    File.Delete(copy.Part);
        }
    }

    /// <summary>A copy on its way into the archive, or the reason why there is none.</summary>
    private readonly record struct Copied(string? Part, string? Sha256, long Bytes, Finding? Finding);

    private Copied Copy(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        var part = System.IO.Path.Combine(_folder, $"{Guid.NewGuid():N}.part");
        try
        {
            using var source = RegularFile.Open(path);
            if (source is null)
                return new(null, null, 0, ReceivingFindings.NotRegular(name));
            if (source.Length > _maxFileBytes)
                return new(null, null, 0, ReceivingFindings.TooLarge(name, source.Length, _maxFileBytes));
            var (length, written) = (source.Length, File.GetLastWriteTimeUtc(path));
            var sha = Copy(source, part, length);
            if (new FileInfo(part).Length == length && source.Length == length && File.GetLastWriteTimeUtc(path) == written)
                return new(part, sha, length, null);
            File.Delete(part);
            return new(null, null, 0, ReceivingFindings.Changing(name));
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) && !DiskFull.Is(e))
        {
            File.Delete(part);
            return new(null, null, 0, ReceivingFindings.Unreadable(name, e.Message));
        }
    }

    private static Received Again(Receipt known, string name) => new(known, false, known.Name == name ? null : ReceivingFindings.Duplicate(name, known));

    /// <summary>Copies no more than the length measured at the start, and stops before the disk is full.</summary>
    private static string Copy(FileStream source, string part, long length)
    {
        var disk = new DriveInfo(System.IO.Path.GetDirectoryName(part)!);
        using var target = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        int read;
        for (
            long copied = 0, watched = 0;
            copied < length && (read = source.Read(buffer, 0, (int)Math.Min(buffer.Length, length - copied))) > 0;
            copied += read
        )
        {
            if (copied >= watched)
            {
                if (disk.AvailableFreeSpace is var free && free < length - copied)
                    throw new IOException(DiskFull.Foreseen(length - copied, free));
                watched += Watch;
            }
            hash.AppendData(buffer, 0, read);
            target.Write(buffer, 0, read);
        }
        FaultPoint.Reach("archive.copied");
        // Nothing changes what was received, not even by mistake.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(part, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        target.Flush(flushToDisk: true);
        FaultPoint.Reach("archive.flushed");
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The files are safe on the disk before the ledger says so.</summary>
    private void Record(List<Receipt> receipts)
    {
        if (receipts.Count == 0)
            return;
        using var ledger = new FileStream(_ledgerPath, FileMode.Append, FileAccess.Write, FileShare.Read);
        // A line that a crash cut off would swallow the next one: begin on a fresh line.
        if (ledger.Length > 0 && !EndsWithNewline())
            ledger.WriteByte((byte)'\n');
        foreach (var receipt in receipts)
        {
            ledger.Write(JsonSerializer.SerializeToUtf8Bytes(receipt));
            ledger.WriteByte((byte)'\n');
        }
        FaultPoint.Reach("ledger.appended");
        ledger.Flush(flushToDisk: true);
        FaultPoint.Reach("ledger.flushed");
    }

    private void Keep(Receipt receipt)
    {
        _byHash.TryAdd(receipt.Sha256, receipt);
        _receipts = null;
        _knownLengths.Add(receipt.Bytes);
        _lastSeq = Math.Max(_lastSeq, receipt.Seq);
    }

    private bool EndsWithNewline()
    {
        using var stream = new FileStream(_ledgerPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() == '\n';
    }

    private static Receipt? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return line.IsEmpty ? null : JsonSerializer.Deserialize<Receipt>(line);
        }
        catch (JsonException)
        {
            return null; // cut off by a crash: the file was never acknowledged
        }
    }
}
