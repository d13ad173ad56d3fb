using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>What a document is, and what it was made from.</summary>
/// <param name="Kind"><c>annual-report</c>, <c>group-sheet</c> or <c>task-bulletin</c>.</param>
/// <param name="About">Writes what it is about: a year, a group, a month.</param>
/// <param name="Inputs">The files that the release was made from.</param>
internal sealed record DocumentOrigin(string Kind, Action<Utf8JsonWriter> About, string ReleaseId, IReadOnlyList<(string Name, string Sha256)>? Inputs)
{
    /// <summary>The release whose changes since it tells; null where it tells of none.</summary>
    public string? EditionBefore { get; init; }

    /// <summary>Files that go with it.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> Attached { get; init; } = [];
}

/// <summary>What the report was made from and what it consists of, so that anyone can check that nothing was changed since.</summary>
internal static class ReportManifest
{
    /// <summary>Whether the report in a folder says of the approval what it would say now; false where it is not whole.</summary>
    public static bool Says(string folder, ReportStanding standing) =>
        Read(
            folder,
            manifest =>
                manifest.TryGetProperty("standing", out var said)
                && said.GetProperty("state").GetString() == standing.State
                && (said.TryGetProperty("approved_at", out var at) ? at.GetDateTimeOffset() : null) == standing.Approval?.At
        );

    /// <summary>The release whose changes since the report in a folder tells; null where it tells of none or is not whole.</summary>
    public static string? EditionBefore(string folder) => Word(folder, "edition_before");

    /// <summary>See <see cref="DocumentOrigin"/>; null where the report is not whole.</summary>
    public static string? Kind(string folder) => Word(folder, "kind");

    private static string? Word(string folder, string name) => Read(folder, manifest => manifest.TryGetProperty(name, out var said) ? said.GetString() : null);

    /// <summary>What the manifest in a folder says; nothing where it is not whole.</summary>
    private static T? Read<T>(string folder, Func<JsonElement, T> say)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
            return say(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or IOException or KeyNotFoundException or InvalidOperationException)
        {
            return default;
        }
    }

    public static byte[] Write(DocumentOrigin origin, ReportDocument document, IEnumerable<OutputFile> outputs)
    {
        var (release, standing) = (document.Release, document.Standing);
        using var stream = new MemoryStream();
        using (
            var json = new Utf8JsonWriter(
                stream,
                new JsonWriterOptions
                {
                    Indented = true,
                    NewLine = "\n",
                    Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            )
        )
        {
            json.WriteStartObject();
            json.WriteString("kind", origin.Kind);
            origin.About(json);
            json.WriteString("release", origin.ReleaseId);
            if (origin.EditionBefore is { } before)
                json.WriteString("edition_before", before);
            json.WriteString("as_of", release.AsOf);
            json.WriteBoolean("is_synthetic", release.IsSynthetic);
            json.WriteString("definition_hash", release.DefinitionHash);
            if (standing is not null)
            {
                json.WriteStartObject("standing");
                json.WriteString("state", standing.State);
                if (standing.Approval is { } approval)
                {
                    json.WriteString("approved_by", approval.By);
                    json.WriteString("approved_at", approval.At);
                    json.WriteString("why", approval.Why);
                    json.WriteString("content_hash", approval.ContentHash);
                    if (approval.Embargo is { } day)
                        json.WriteString("embargo", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                }
                json.WriteEndObject();
            }
            json.WriteStartArray("inputs");
            foreach (var (name, sha256) in (origin.Inputs ?? []).OrderBy(i => i.Name, StringComparer.Ordinal).ThenBy(i => i.Sha256, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("sha256", sha256);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("outputs");
            foreach (var file in outputs.OrderBy(f => f.Path, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("path", file.Path);
                json.WriteNumber("size", file.Size);
                json.WriteString("sha256", file.Sha256);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }
}
