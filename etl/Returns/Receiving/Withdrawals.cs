using Innovation1551.Models;
using Innovation1551.Models.Releases;

namespace Innovation1551.Returns.Receiving;

/// <summary>A received file taken out of account, or taken back into it.</summary>
/// <param name="Why">The reason that whoever did it gave.</param>
/// <param name="IsUndone">The file counts again from here on.</param>
public sealed record Withdrawal(string Sha256, string Why, DateTimeOffset At, bool IsUndone);

/// <summary>
/// Which received files are out of account, and why. The bytes stay in the archive.
/// </summary>
public sealed class Withdrawals
{
    private readonly RecordList<Withdrawal> _given;
    private readonly Dictionary<string, Withdrawal> _last = new(StringComparer.Ordinal);

    /// <param name="archive">The folder of received files.</param>
    public Withdrawals(string archive)
    {
        // A line that cannot be read was cut off by a crash: it was never said to be done.
        _given = new(Path.Combine(archive, "withdrawn.jsonl"));
        foreach (var withdrawal in _given.Records)
            _last[withdrawal.Sha256] = withdrawal;
    }

    /// <summary>The withdrawals in force, by hash.</summary>
    public IReadOnlyDictionary<string, Withdrawal> InForce => _last.Where(w => !w.Value.IsUndone).ToDictionary(StringComparer.Ordinal);

    /// <summary>Puts one on record; it is safe on the disk afterwards.</summary>
    public void Record(Withdrawal withdrawal)
    {
        _given.Add(withdrawal);
        FaultPoint.Reach("withdrawal.recorded");
        _last[withdrawal.Sha256] = withdrawal;
    }
}
