using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using DuckDB.NET.Data;

namespace Innovation1551.Models.Signing;

/// <summary>
/// One figure, the way from it to the root, the edition that names the root, and the signatures over that: all that is needed to see that a
/// figure was published and by whom, and nothing else of the release.
/// </summary>
/// <param name="Figure">The figure as it is hashed: identifier, value, unit, status, stage, separated by tabs.</param>
/// <param name="Index">Its place among the figures, from 0.</param>
/// <param name="Count">The figures of the release.</param>
/// <param name="Path">Hashes beside its way to the root, from below, hexadecimal.</param>
/// <param name="Edition">The text that was signed.</param>
/// <param name="Signatures">Of OpenSSH, over that text.</param>
public sealed record FigureProof(string Figure, int Index, int Count, IReadOnlyList<string> Path, string Edition, IReadOnlyList<string> Signatures)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="SigningException">The release has no such figure, or has not been signed.</exception>
    public static FigureProof Of(string figure, DuckDBConnection release, string id, Signatures signatures)
    {
        var figures = FigureTree.Figures(release);
        var index = figures.ToList().FindIndex(f => f.Id == figure);
        if (index < 0)
            throw new SigningException(
                Nearest.Of(figure, figures.Select(f => f.Id)) is { } near
                    ? new($"没有数字 {figure}；是否指 {near}？", $"there is no figure {figure}; did you mean {near}?")
                    : new($"没有数字 {figure}", $"there is no figure {figure}")
            );
        var lines = figures.Select(f => f.Line).ToList();
        var root = Signing.Edition.Hex(FigureTree.Root(lines));
        var signed = signatures.Of(id).Where(s => s.Key is not null && s.Edition.Figures.Root == root).ToList();
        if (signed.Count == 0)
            throw new SigningException(
                new($"{id} 没有有效的签名；请先 innovation sign {id}", $"{id} has no signature that holds; sign it first: innovation sign {id}")
            );
        // One text: signatures over another, with more reports in it, say the same of the figure.
        var edition = signed[^1].Edition;
        return new(
            lines[index],
            index,
            lines.Count,
            [.. FigureTree.Path(lines, index).Select(Signing.Edition.Hex)],
            edition.Text,
            [.. signed.Where(s => s.Edition == edition).Select(s => File.ReadAllText(s.File + ".sig"))]
        );
    }

    /// <exception cref="SigningException">It is no proof.</exception>
    public static FigureProof Read(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<FigureProof>(json, Options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new SigningException(new($"不是数字证明：{e.Message}", $"this is no proof of a figure: {e.Message}"));
        }
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>The keys whose signatures hold over an edition that has this figure.</summary>
    /// <exception cref="SigningException">The figure is not under the root, or nobody's signature holds.</exception>
    public IReadOnlyList<PublicSigningKey> Signers()
    {
        var edition = new Edition(Edition);
        byte[]? root;
        try
        {
            root = FigureTree.Root(Figure, Index, Count, [.. Path.Select(Convert.FromHexString)]);
        }
        catch (FormatException)
        {
            root = null;
        }
        if (root is null || edition.Figures != (Count, Signing.Edition.Hex(root)))
            throw new SigningException(
                new("该数字不在版次的根之下：数字或证明被改动", "the figure is not under the root of the edition: it or the proof was changed")
            );
        var keys = Signatures.Select(s => SshSignature.Signer(s, edition.Bytes)).OfType<PublicSigningKey>().ToList();
        return keys.Count > 0 ? keys : throw new SigningException(new("没有一个签名有效", "no signature over it holds"));
    }
}
