using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Innovation1551.Models.Releases;

/// <summary>A file that went into a release.</summary>
public sealed record ManifestInput(string Name, string Sha256, long Bytes);

/// <summary>A received file that was kept out of a release, since when, and the reason given.</summary>
public sealed record WithdrawnInput(string Name, string Sha256, string Why, DateTimeOffset At);

/// <summary>What a release is made of and what it holds. Written once, beside the warehouse file.</summary>
/// <param name="Id">Running number and the beginning of the input hash, such as r0003-1a2b3c4d.</param>
/// <param name="InputHash">SHA-256 over the sorted hashes of the received files.</param>
/// <param name="DefinitionHash">SHA-256 over models, seeds, checks, forms, rules and the reader's version.</param>
/// <param name="WarehouseSha256">SHA-256 of the warehouse file's bytes.</param>
/// <param name="ContentHash">Hash of what the warehouse says, the same whatever the order in which files came and the machine that built it.</param>
/// <param name="Tables">Rows of each table.</param>
/// <param name="Pages">Files beside the warehouse: the data dictionary and the graph of its tables.</param>
/// <param name="ReaderVersion">Version of the code that read the files; null in releases made before it had one.</param>
/// <param name="Format">2 where the sums of <see cref="ReleaseFolder"/> must lie beside it; 1 in releases from before there were any.</param>
/// <param name="Withdrawn">Files received and kept out of account; null where there are none.</param>
/// <param name="IsAside">Built again from the files of an older release and kept beside the one in force: it is never taken for the newest.</param>
public sealed record Manifest(
    string Id,
    string InputHash,
    string DefinitionHash,
    string WarehouseFile,
    long WarehouseBytes,
    string WarehouseSha256,
    string ContentHash,
    DateTimeOffset BuiltAt,
    bool IsSynthetic,
    SortedDictionary<string, long> Tables,
    IReadOnlyList<ManifestInput> Inputs,
    IReadOnlyList<ManifestInput>? Pages = null,
    int Format = 1,
    string? ReaderVersion = null,
    IReadOnlyList<WithdrawnInput>? Withdrawn = null,
    bool IsAside = false
)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        // What this program did not write it does not read.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The format that releases are sealed in.</summary>
    public const int Sealed = 2;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <exception cref="JsonException">The bytes are no manifest.</exception>
    public static Manifest Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<Manifest>(json, Options) ?? throw new JsonException("null");
}
