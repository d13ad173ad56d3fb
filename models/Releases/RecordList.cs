using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Innovation1551.Models.Releases;

/// <summary>
/// A list on file, one JSON object a line, only ever added to, so that what was done and undone stays on record. What this program did not write it
/// does not read: such a line counts for nothing.
/// </summary>
public sealed class RecordList<T>
    where T : class
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly string _path;
    private readonly List<T> _records = [];
    private readonly List<int> _unread = [];

    /// <param name="path">The file; there need be none yet.</param>
    public RecordList(string path)
    {
        _path = path;
        if (!File.Exists(path))
            return;
        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            // One is left where a crash cut the line before it off.
            if (line.Length == 0)
                continue;
            if (Parse(line) is { } record)
                _records.Add(record);
            else
                _unread.Add(index + 1);
        }
    }

    /// <summary>All records in the order in which they were made.</summary>
    public IReadOnlyList<T> Records => _records;

    /// <summary>The numbers of the lines that cannot be read.</summary>
    public IReadOnlyList<int> Unread => _unread;

    /// <summary>Adds a record; it is safe on the disk afterwards.</summary>
    public void Add(T record)
    {
        Durable.Append(_path, JsonSerializer.SerializeToUtf8Bytes(record, Json));
        _records.Add(record);
    }

    private static T? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
