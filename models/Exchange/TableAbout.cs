using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Innovation1551.Models.Exchange;

/// <summary>A column as whoever asked for the table knows it.</summary>
/// <param name="Name">Heading in the file.</param>
/// <param name="Type">DuckDB's type, as it was before a format had to hold it in another.</param>
/// <param name="Unit">What a number of it counts; null where nothing says so.</param>
/// <param name="Meaning">What the release says of a column of this name; null where it says nothing, or several things.</param>
public sealed record ColumnAbout(string Name, string Type, Text? Unit = null, string? Meaning = null);

/// <summary>What a table is, carried with it wherever it goes.</summary>
/// <param name="Release">Identifier of the release; null where it comes from none.</param>
/// <param name="Stage">How settled its figures are, such as "2024 final, 2025 preliminary"; null where unknown.</param>
/// <param name="IsSynthetic">True where any figure rests on constructed sample data.</param>
/// <param name="Query">The SQL that made it; null where none did.</param>
/// <param name="Title">What a reader calls it; null where nobody has named it.</param>
/// <param name="Units">Units of the published figures that it was made from, such as "rd_intensity percent"; null where it was made from none.</param>
/// <param name="Flags">How firm those figures are, such as "provisional 12, missing 3"; null where nothing is to be said.</param>
public sealed record TableAbout(
    string? Release,
    string? Stage,
    bool IsSynthetic,
    string? Query,
    IReadOnlyList<ColumnAbout> Columns,
    Text? Title = null,
    string? Units = null,
    string? Flags = null
)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static Text Synthetic { get; } = new("含示例数据（合成），不得作为统计数据使用", "contains synthetic sample data; not to be used as statistics");

    /// <summary>As pairs for the metadata of Arrow and Parquet. What is not known is left out.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(IEnumerable<Text> notes)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        Add("release", Release);
        Add("stage", Stage);
        Add("is_synthetic", IsSynthetic ? "true" : "false");
        if (IsSynthetic)
            Add("synthetic", Synthetic.ToString());
        Add("title", Title?.ToString());
        Add("units", Units);
        Add("flags", Flags);
        Add("query", Query);
        Add("columns", JsonSerializer.Serialize(Columns, Options));
        if (notes.ToList() is { Count: > 0 } said)
            Add("notes", JsonSerializer.Serialize(said, Options));
        return pairs;

        void Add(string key, string? value)
        {
            if (value is not null)
                pairs.Add(new("innovation1551." + key, value));
        }
    }

    /// <summary>As one JSON object: the head of a JSON file, the file beside a CSV.</summary>
    public byte[] ToJson(IEnumerable<Text> notes) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Release,
                Stage,
                IsSynthetic,
                Synthetic = IsSynthetic ? Synthetic : null,
                Title,
                Units,
                Flags,
                Query,
                Columns,
                Notes = notes.ToList(),
            },
            Options
        );
}
