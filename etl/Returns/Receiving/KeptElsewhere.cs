using Innovation1551.Models.Releases;

namespace Innovation1551.Returns.Receiving;

/// <summary>A received file whose bytes lie in a folder of backups, where they were read and found whole before the copy here went.</summary>
public sealed record KeptFile(string Sha256, string Folder, DateTimeOffset At);

/// <summary>Which received files lie elsewhere, and where: beside the archive, only added to.</summary>
public sealed class KeptElsewhere(string archive)
{
    private readonly RecordList<KeptFile> _kept = new(Path.Combine(archive, "elsewhere.jsonl"));

    /// <summary>Where each lies, by hash; the last place counts.</summary>
    public IReadOnlyDictionary<string, KeptFile> Files =>
        _kept.Records.GroupBy(k => k.Sha256, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);

    /// <summary>Puts one on record; it is safe on the disk afterwards.</summary>
    public void Record(KeptFile kept) => _kept.Add(kept);
}
