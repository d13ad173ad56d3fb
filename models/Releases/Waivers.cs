using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Innovation1551.Models.Releases;

/// <summary>That a release may be published although something on its checklist does not hold.</summary>
/// <param name="Item">The item of the checklist.</param>
/// <param name="Faults">Hash of what did not hold when it was waived: what else turns up is not waived with it.</param>
/// <param name="By">Who answers for it.</param>
/// <param name="Why">The reason.</param>
public sealed record Waiver(string Release, string Item, string Faults, string By, string Why, DateTimeOffset At);

/// <summary>
/// What was waived, by whom and why: <c>releases/waivers.jsonl</c>, one JSON object a line, only ever added to. It lies beside the releases and never in one,
/// as approvals do.
/// </summary>
public sealed class Waivers
{
    public const string FileName = "waivers.jsonl";

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly string _path;
    private readonly List<Waiver> _given = [];

    /// <param name="releases">The folder of the releases.</param>
    public Waivers(string releases)
    {
        _path = Path.Combine(releases, FileName);
        if (!File.Exists(_path))
            return;
        var number = 0;
        var unread = new List<int>();
        foreach (var line in File.ReadLines(_path))
        {
            number++;
            if (line.Length == 0)
                continue;
            if (Parse(line) is { } waiver)
                _given.Add(waiver);
            else
                unread.Add(number);
        }
        if (unread.Count > 0)
            Fault = new(
                $"{FileName} 第 {string.Join("、", unread)} 行无法读取；其中的放行不算数，请从备份恢复或重新放行",
                $"{FileName}: line {string.Join(", ", unread)} cannot be read; what it waived does not count: bring it back from a backup or waive again"
            );
    }

    /// <summary>That a line cannot be read; null where all can.</summary>
    public Text? Fault { get; }

    /// <summary>The last waiver of just these faults; null where none was given.</summary>
    public Waiver? Of(string release, string item, IReadOnlyList<Text> faults) =>
        Hash(faults) is var hash ? _given.LastOrDefault(w => w.Release == release && w.Item == item && w.Faults == hash) : null;

    /// <summary>Puts one on record; it is safe on the disk afterwards.</summary>
    public void Record(Waiver waiver)
    {
        Durable.Append(_path, JsonSerializer.SerializeToUtf8Bytes(waiver, Json));
        _given.Add(waiver);
    }

    /// <summary>By what faults are known again.</summary>
    public static string Hash(IReadOnlyList<Text> faults) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', faults.Select(f => f.En)))));

    private static Waiver? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Waiver>(line, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
