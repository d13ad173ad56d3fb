using System.Security.Cryptography;
using System.Text.Json;

namespace Innovation1551.Returns.Receiving;

/// <summary>One file as it was received.</summary>
/// <param name="Seq">Running number of receipt; 1 for the first.</param>
/// <param name="Sha256">Hash of the bytes, lower-case hex: the file's name in the archive.</param>
/// <param name="Name">The name under which it came, without folders.</param>
public sealed record Receipt(int Seq, string Sha256, string Name, long Bytes, DateTimeOffset ReceivedAt);

/// <summary>What became of a file that was handed in.</summary>
/// <param name="Receipt">The receipt of these bytes: a new one, or the one that they have had since they first came; null where the file was not received.</param>
/// <param name="Finding">Why it was not received, or that the same bytes are known under another name.</param>
public sealed record Received(Receipt? Receipt, bool IsNew, Finding? Finding);

/// <summary>
/// The archive of received files: each is copied under its hash before anything reads it, and never changed.
/// The ledger lists the receipts in order, one JSON object a line; a line that a crash cut off is passed over, its file comes again.
/// </summary>
public sealed class Archive
{
    private readonly string folder;
    private readonly string ledgerPath;
    private readonly Dictionary<string, Receipt> byHash = new(StringComparer.Ordinal);
    private readonly TimeProvider clock;
    private readonly long maxFileBytes;
    private int lastSeq;

    /// <param name="maxFileBytes">Larger files are not received.</param>
    public Archive(string folder, TimeProvider clock, long maxFileBytes)
    {
        this.folder = folder;
        this.clock = clock;
        this.maxFileBytes = maxFileBytes;
        Directory.CreateDirectory(folder);
        ledgerPath = System.IO.Path.Combine(folder, "ledger.jsonl");
        foreach (var unfinished in Directory.EnumerateFiles(folder, "*.part")) File.Delete(unfinished);
        if (!File.Exists(ledgerPath)) return;
        foreach (var line in File.ReadLines(ledgerPath))
            if (Parse(line) is { } receipt && File.Exists(PathOf(receipt.Sha256)))
            {
                byHash.TryAdd(receipt.Sha256, receipt);
                lastSeq = Math.Max(lastSeq, receipt.Seq);
            }
    }

    /// <summary>All receipts in the order of receipt.</summary>
    public IReadOnlyList<Receipt> Receipts => [.. byHash.Values.OrderBy(r => r.Seq)];

    /// <summary>Where the bytes with this hash lie.</summary>
    public string PathOf(string sha256) => System.IO.Path.Combine(folder, sha256);

    /// <summary>Copies a file into the archive while hashing it, so that what is read later is exactly what was hashed.</summary>
    public Received Receive(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        try
        {
            using var source = RegularFile.Open(path);
            if (source is null) return new(null, false, ReceivingFindings.NotRegular(name));
            if (source.Length > maxFileBytes) return new(null, false, ReceivingFindings.TooLarge(name, source.Length, maxFileBytes));
            return Receive(source, path, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(null, false, ReceivingFindings.Unreadable(name, e.Message));
        }
    }

    private Received Receive(FileStream source, string path, string name)
    {
        var part = System.IO.Path.Combine(folder, $"{Guid.NewGuid():N}.part");
        try
        {
            var (length, written) = (source.Length, File.GetLastWriteTimeUtc(path));
            var sha = Copy(source, part);
            if (new FileInfo(part).Length != length || source.Length != length || File.GetLastWriteTimeUtc(path) != written)
                return new(null, false, ReceivingFindings.Changing(name));
            if (byHash.TryGetValue(sha, out var known))
                return new(known, false, known.Name == name ? null : ReceivingFindings.Duplicate(name, known));
            File.Move(part, PathOf(sha), overwrite: true);
            var receipt = new Receipt(lastSeq + 1, sha, name, length, clock.GetUtcNow());
            Record(receipt);
            return new(receipt, true, null);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static string Copy(FileStream source, string part)
    {
        using var target = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        int read;
        while ((read = source.Read(buffer)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            target.Write(buffer, 0, read);
        }
        target.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Record(Receipt receipt)
    {
        using (var ledger = new FileStream(ledgerPath, FileMode.Append, FileAccess.Write, FileShare.Read))
        {
            // A line that a crash cut off would swallow the next one: begin on a fresh line.
            if (ledger.Length > 0 && !EndsWithNewline()) ledger.WriteByte((byte)'\n');
            ledger.Write(JsonSerializer.SerializeToUtf8Bytes(receipt));
            ledger.WriteByte((byte)'\n');
            ledger.Flush(flushToDisk: true);
        }
        byHash.Add(receipt.Sha256, receipt);
        lastSeq = receipt.Seq;
    }

    private bool EndsWithNewline()
    {
        using var stream = new FileStream(ledgerPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() == '\n';
    }

    private static Receipt? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize<Receipt>(line);
        }
        catch (JsonException)
        {
            return null; // cut off by a crash: the file was never acknowledged
        }
    }
}
