using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Innovation1551.Models.Dissemination;

/// <summary>JSON files that are published: the same bytes on every system, Chinese as it is.</summary>
internal static class DisseminationJson
{
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = Encoder,
        WriteIndented = true,
        NewLine = "\n",
    };

    public static void Write(string path, JsonObject content) =>
        File.WriteAllBytes(path, [.. JsonSerializer.SerializeToUtf8Bytes(content, Options), (byte)'\n']);

    /// <summary>A list of objects or texts; the members of one are in no other.</summary>
    public static JsonArray Array(IEnumerable<JsonNode?> items) => [.. items];

    public static JsonArray Texts(IEnumerable<string> items) => Array(items.Select(i => (JsonNode?)JsonValue.Create(i)));
}
