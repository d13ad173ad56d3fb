using System.Globalization;
using System.Text;
using Innovation1551.Models.Releases;

namespace Innovation1551.Models.Signing;

/// <summary>A signature over the edition of a release.</summary>
/// <param name="File">The text that was signed.</param>
/// <param name="Key">The key by which it was; null where the signature does not hold.</param>
/// <param name="Principals">Whom the workspace knows the key of; empty for a stranger.</param>
public sealed record EditionSignature(string File, Edition Edition, PublicSigningKey? Key, IReadOnlyList<string> Principals);

/// <summary>
/// Signatures of releases, in <c>releases/signatures/ID/</c>: for each signer what was signed (<c>NAME.edition</c>), the signature of OpenSSH
/// (<c>.edition.sig</c>), the bare Ed25519 one (<c>.edition.ed25519</c>) with its key as PEM, and VERIFY.txt with the commands that check them by
/// other programs. Whose a key is says <c>releases/allowed_signers</c>, in the form that ssh-keygen reads.
/// </summary>
public sealed class Signatures(string releases)
{
    private const string Ending = ".edition";

    private string Known => Path.Combine(releases, "allowed_signers");

    private string Folder(string id) => Path.Combine(releases, "signatures", id);

    /// <summary>Signs an edition.</summary>
    /// <param name="who">Whose key it is: a mail address or a name without blanks.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="SigningException">The name cannot stand in a list of signers.</exception>
    public string Sign(Edition edition, SigningKey key, string who)
    {
        var place = Place(edition, key.Public, who);
        Write(place, edition.Bytes);
        Write(place + ".sig", Encoding.ASCII.GetBytes(SshSignature.Make(key, edition.Bytes)));
        Write(place + ".ed25519", key.Sign(edition.Bytes));
        Write(place + ".pem", Encoding.ASCII.GetBytes(key.Public.Pem));
        Explain(edition.Release);
        return Folder(edition.Release);
    }

    /// <summary>Takes in a signature that was made elsewhere by <c>ssh-keygen -Y sign -n innovation1551</c>.</summary>
    /// <exception cref="SigningException">It is not one over this edition by an Ed25519 key.</exception>
    public PublicSigningKey Take(Edition edition, string armored, string who)
    {
        var key =
            SshSignature.Signer(armored, edition.Bytes)
            ?? throw new SigningException(
                new(
                    "这不是对该版次文本的签名（ssh-keygen -Y sign -n innovation1551，Ed25519 密钥）",
                    "this is no signature over the text of that edition (ssh-keygen -Y sign -n innovation1551, an Ed25519 key)"
                )
            );
        var place = Place(edition, key, who);
        Write(place, edition.Bytes);
        Write(place + ".sig", Encoding.ASCII.GetBytes(armored));
        Explain(edition.Release);
        return key;
    }

    /// <summary>The signatures of a release, by file.</summary>
    public IReadOnlyList<EditionSignature> Of(string id) =>
        Directory.Exists(Folder(id))
            ?
            [
                .. Directory
                    .EnumerateFiles(Folder(id), "*" + Ending)
                    .Order(StringComparer.Ordinal)
                    .Select(f =>
                    {
                        var edition = new Edition(File.ReadAllText(f));
                        var key = File.Exists(f + ".sig") ? SshSignature.Signer(File.ReadAllText(f + ".sig"), edition.Bytes) : null;
                        return new EditionSignature(f, edition, key, key is null ? [] : Principals(key));
                    }),
            ]
            : [];

    /// <summary>Who has a key, as <c>allowed_signers</c> says.</summary>
    public IReadOnlyList<string> Principals(PublicSigningKey key) =>
        File.Exists(Known)
            ? [.. File.ReadLines(Known).Where(l => !l.StartsWith('#') && PublicSigningKey.OfLine(l)?.Line == key.Line).Select(l => l.Split(' ')[0])]
            : [];

    /// <summary>Lets the workspace know whose a key is.</summary>
    /// <exception cref="SigningException">The name cannot stand there.</exception>
    private void Know(PublicSigningKey key, string who)
    {
        Demand(who);
        if (!Principals(key).Contains(who))
            Durable.Append(Known, Encoding.UTF8.GetBytes($"{who} namespaces=\"{SshSignature.Namespace}\" {key.Line}"));
    }

    /// <summary>Where a key's signature lies; whose it is, is known before it stands there.</summary>
    private string Place(Edition edition, PublicSigningKey key, string who)
    {
        Know(key, who);
        Directory.CreateDirectory(Folder(edition.Release));
        return Path.Combine(Folder(edition.Release), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(key.Wire))[..12] + Ending);
    }

    private static void Demand(string who)
    {
        if (who.Length is 0 or > 100 || who.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '"' or '#' or ',' or '*' or '?' or '!'))
            throw new SigningException(
                new($"签名人“{who}”应为邮件地址或不含空格的名称", $"a signer is a mail address or a name without blanks, and this is \"{who}\"")
            );
    }

    private void Explain(string id)
    {
        var text = new StringBuilder();
        text.Append("用通用程序核对本目录中的签名 / Checking the signatures in this folder by other programs\n\n");
        foreach (var signature in Of(id).Where(s => s.Key is not null))
        {
            var file = Path.GetFileName(signature.File);
            text.Append(CultureInfo.InvariantCulture, $"{file}\n  {signature.Key!.Fingerprint}\n");
            text.Append(CultureInfo.InvariantCulture, $"  ssh-keygen -Y check-novalidate -n {SshSignature.Namespace} -s {file}.sig < {file}\n");
            foreach (var who in signature.Principals)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"  ssh-keygen -Y verify -f ../../allowed_signers -I {who} -n {SshSignature.Namespace} -s {file}.sig < {file}\n"
                );
            if (File.Exists(signature.File + ".ed25519"))
                text.Append(CultureInfo.InvariantCulture, $"  openssl pkeyutl -verify -pubin -inkey {file}.pem -rawin -in {file} -sigfile {file}.ed25519\n");
            text.Append('\n');
        }
        text.Append("文件 / files: 各行 file、report 之后为 SHA-256（report 为其 manifest.json），用 sha256sum 对照。\n");
        text.Append("Behind file and report stands a SHA-256 (of a report: of its manifest.json), to be held against sha256sum.\n");
        Write(Path.Combine(Folder(id), "VERIFY.txt"), Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static void Write(string path, byte[] bytes)
    {
        WholeFile.Write(path, s => s.Write(bytes));
        Durable.Flush(path);
    }
}
