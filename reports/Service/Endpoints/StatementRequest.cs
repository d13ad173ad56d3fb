using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Innovation1551.Models;
using Innovation1551.Service.Workers;
using Microsoft.AspNetCore.Http;

namespace Innovation1551.Service.Endpoints;

/// <summary>What somebody asks by POST.</summary>
/// <param name="Sql">Statements; the last one gives the answer, those before it are create temp ….</param>
/// <param name="Parameters">Values of $name: a number, a text, true, null, or {"type": "date", "value": "2024-12-31"}.</param>
/// <param name="Release">
/// Identifier or latest; where there are several, a list (or names joined by +): the first one's tables are read as they are, those of the others
/// under their number, as r0001.published.figure. operations, for an administrator, is what was run and asked.
/// </param>
/// <param name="Session">A session opened before, whose temporary tables the statement sees.</param>
/// <param name="TimeoutSeconds">How long it may take.</param>
/// <param name="MaxRows">More rows than this are refused.</param>
/// <param name="MaxBytes">More bytes than this are refused.</param>
internal sealed record StatementRequest(
    string Sql,
    IReadOnlyDictionary<string, JsonElement>? Parameters = null,
    [property: JsonConverter(typeof(StatementRequest.ReleaseNames))] string? Release = null,
    string? Session = null,
    double? TimeoutSeconds = null,
    long? MaxRows = null,
    long? MaxBytes = null
)
{
    private const int Longest = 1 << 20;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 8,
    };

    /// <summary>The body: JSON, or SQL alone as application/sql, its release, timeout and limits then in the address.</summary>
    /// <exception cref="RequestException">It is neither, or too long.</exception>
    public static async Task<StatementRequest> Read(HttpRequest request)
    {
        var type = request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (type is not ("application/json" or "application/sql"))
            throw new RequestException(
                415,
                "usage",
                new("请求正文应为 application/json 或 application/sql", "the body is application/json or application/sql")
            );
        using var body = new MemoryStream();
        var buffer = new byte[16_384];
        for (int read; (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0; )
        {
            body.Write(buffer, 0, read);
            if (body.Length > Longest)
                throw new RequestException(413, "usage", new("请求正文超过 1 MiB", "the body is longer than 1 MiB"));
        }
        try
        {
            if (type == "application/json")
                return Parse(body.ToArray());
            var query = request.Query;
            return new(
                new System.Text.UTF8Encoding(false, true).GetString(body.ToArray()),
                ByAddress(query),
                Releases(query),
                query["session"].FirstOrDefault(),
                double.TryParse(query["timeout_seconds"], CultureInfo.InvariantCulture, out var seconds) ? seconds : null,
                long.TryParse(query["max_rows"], CultureInfo.InvariantCulture, out var rows) ? rows : null
            );
        }
        catch (JsonException e)
        {
            throw Unreadable(e);
        }
        catch (ArgumentException)
        {
            throw new RequestException(400, "usage", new("请求正文不是 UTF-8", "the body is not UTF-8"));
        }
    }

    /// <exception cref="JsonException">It is no such JSON.</exception>
    public static StatementRequest Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<StatementRequest>(json, Options) ?? throw new JsonException("null");

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>A body of JSON that is not of the form that is wanted, with the place in it.</summary>
    public static RequestException Unreadable(JsonException fault) =>
        new(
            400,
            "usage",
            new(
                $"请求正文不是所要的 JSON（{fault.Path ?? "$"}，第 {fault.LineNumber + 1} 行）；成员见 /v1/openapi.json",
                $"the body is no JSON of the form that is wanted (at {fault.Path ?? "$"}, line {fault.LineNumber + 1}); see /v1/openapi.json"
            )
        );

    /// <summary>Releases in the address: ?release=latest&amp;release=r0001.</summary>
    public static string? Releases(IQueryCollection query) => query["release"].Count == 0 ? null : string.Join(WorkerPool.And, query["release"].ToArray());

    /// <summary>A name, or a list of names, which is joined.</summary>
    internal sealed class ReleaseNames : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.StartArray
                ? string.Join(WorkerPool.And, JsonSerializer.Deserialize<string[]>(ref reader, options)!)
                : reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    /// <summary>Parameters in the address: ?param.year=2024.</summary>
    public static Dictionary<string, JsonElement> ByAddress(IQueryCollection query) =>
        query
            .Where(q => q.Key.StartsWith("param.", StringComparison.Ordinal))
            .ToDictionary(q => q.Key["param.".Length..], q => JsonSerializer.SerializeToElement(q.Value.ToString()), StringComparer.Ordinal);

    /// <exception cref="RequestException">One is neither a value nor a value with its type.</exception>
    public IReadOnlyDictionary<string, QueryParameter> Typed() =>
        (Parameters ?? new Dictionary<string, JsonElement>()).ToDictionary(p => p.Key, p => Value(p.Key, p.Value), StringComparer.Ordinal);

    private static QueryParameter Value(string name, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => new(null, null),
            JsonValueKind.String => new(value.GetString(), null),
            JsonValueKind.True or JsonValueKind.False => new(value.ToString(), "BOOLEAN"),
            JsonValueKind.Number when value.TryGetInt64(out _) => new(value.GetRawText(), "BIGINT"),
            JsonValueKind.Number when value.GetRawText().IndexOfAny(['.', 'e', 'E']) < 0 => new(value.GetRawText(), "HUGEINT"),
            JsonValueKind.Number => new(value.GetRawText(), value.GetRawText().IndexOfAny(['e', 'E']) < 0 && value.TryGetDecimal(out _) ? "DECIMAL" : "DOUBLE"),
            JsonValueKind.Object
                when value.TryGetProperty("value", out var inner)
                    && value.EnumerateObject().All(p => p.Name is "value" or "type")
                    && inner.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) => new(
                inner.ValueKind == JsonValueKind.Null ? null : inner.ToString(),
                value.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null
            ),
            _ => throw new RequestException(
                400,
                "usage",
                new($"参数 {name} 应为一个值，或 {{\"type\": …, \"value\": …}}", $"the parameter {name} is a value or {{\"type\": …, \"value\": …}}")
            ),
        };
}
