using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Innovation1551.Models;
using Innovation1551.Models.Releases;

namespace Innovation1551.Returns.Receiving;

/// <summary>A received file taken out of account, or taken back into it.</summary>
/// <param name="Why">The reason that whoever did it gave.</param>
/// <param name="IsUndone">The file counts again from here on.</param>
public sealed record Withdrawal(string Sha256, string Why, DateTimeOffset At, bool IsUndone);

/// <summary>
/// Which received files are out of account, and why. The bytes stay in the archive; the list is only added to, one JSON object a line, so
/// that what was done and undone stays on record.
/// </summary>
public sealed class Withdrawals
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly string _path;
    private readonly Dictionary<string, Withdrawal> _last = new(StringComparer.Ordinal);

    /// <param name="archive">The folder of received files.</param>
    public Withdrawals(string archive)
    {
        _path = Path.Combine(archive, "withdrawn.jsonl");
        if (!File.Exists(_path))
            return;
        foreach (var line in File.ReadLines(_path))
            if (Parse(line) is { } withdrawal)
                _last[withdrawal.Sha256] = withdrawal;
    }

    /// <summary>The withdrawals in force, by hash.</summary>
    public IReadOnlyDictionary<string, Withdrawal> InForce => _last.Where(w => !w.Value.IsUndone).ToDictionary(StringComparer.Ordinal);

    /// <summary>Puts one on record; it is safe on the disk afterwards.</summary>
    public void Record(Withdrawal withdrawal)
    {
        Durable.Append(_path, JsonSerializer.SerializeToUtf8Bytes(withdrawal, Json));
        FaultPoint.Reach("withdrawal.recorded");
        _last[withdrawal.Sha256] = withdrawal;
    }

    private static Withdrawal? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize<Withdrawal>(line);
        }
        catch (JsonException)
        {
            return null; // cut off by a crash: it was never said to be done
        }
    }
}
