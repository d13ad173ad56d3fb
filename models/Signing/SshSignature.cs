using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Innovation1551.Models.Signing;

/// <summary>
/// A signature as <c>ssh-keygen -Y sign</c> makes and <c>ssh-keygen -Y verify</c> reads it (SSHSIG, PROTOCOL.sshsig of OpenSSH), by an Ed25519 key:
/// whoever has OpenSSH can check it without this program.
/// </summary>
public static class SshSignature
{
    /// <summary>What the signature is for; one made for anything else does not count.</summary>
    public const string Namespace = "innovation1551";

    private const string Begin = "-----BEGIN SSH SIGNATURE-----",
        End = "-----END SSH SIGNATURE-----";
    private static readonly byte[] Magic = "SSHSIG"u8.ToArray();

    internal static string Make(SigningKey key, byte[] message)
    {
        var blob = (byte[])
            [
                .. Magic,
                0,
                0,
                0,
                1,
                .. SshWire.Strings(
                    key.Public.Wire,
                    SshWire.Text(Namespace),
                    [],
                    SshWire.Text("sha512"),
                    SshWire.Strings(SshWire.Text(SshWire.KeyType), key.Sign(Signed(SHA512.HashData(message), "sha512")))
                ),
            ];
        var lines = Convert.ToBase64String(blob).Chunk(70).Select(c => new string(c));
        return string.Join('\n', lines.Prepend(Begin).Append(End)) + "\n";
    }

    /// <summary>The key that made a signature over a message.</summary>
    /// <returns>Null where it is no such signature, is for something else, or is not of that message.</returns>
    public static PublicSigningKey? Signer(string armored, byte[] message)
    {
        try
        {
            var text = armored.ReplaceLineEndings("\n").Trim();
            if (!text.StartsWith(Begin, StringComparison.Ordinal) || !text.EndsWith(End, StringComparison.Ordinal))
                return null;
            ReadOnlySpan<byte> blob = Convert.FromBase64String(text[Begin.Length..^End.Length]);
            if (!blob.StartsWith((byte[])[.. Magic, 0, 0, 0, 1]))
                return null;
            blob = blob[(Magic.Length + 4)..];
            var key = PublicSigningKey.OfWire(SshWire.Take(ref blob));
            var purpose = Encoding.ASCII.GetString(SshWire.Take(ref blob));
            _ = SshWire.Take(ref blob);
            var algorithm = Encoding.ASCII.GetString(SshWire.Take(ref blob));
            ReadOnlySpan<byte> signature = SshWire.Take(ref blob);
            if (Encoding.ASCII.GetString(SshWire.Take(ref signature)) != SshWire.KeyType || purpose != Namespace)
                return null;
            var hash = algorithm switch
            {
                "sha512" => SHA512.HashData(message),
                "sha256" => SHA256.HashData(message),
                _ => null,
            };
            return hash is not null && key.Verifies(Signed(hash, algorithm), SshWire.Take(ref signature)) ? key : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static byte[] Signed(byte[] hash, string algorithm) => [.. Magic, .. SshWire.Strings(SshWire.Text(Namespace), [], SshWire.Text(algorithm), hash)];
}

/// <summary>An Ed25519 public key.</summary>
public sealed class PublicSigningKey
{
    private readonly PublicKey _key;

    internal PublicSigningKey(PublicKey key) => _key = key;

    internal byte[] Wire => SshWire.Strings(SshWire.Text(SshWire.KeyType), _key.Export(KeyBlobFormat.RawPublicKey));

    /// <summary>As a line of authorized_keys and allowed_signers has it.</summary>
    public string Line => $"{SshWire.KeyType} {Convert.ToBase64String(Wire)}";

    /// <summary>As OpenSSL reads it.</summary>
    public string Pem => Encoding.ASCII.GetString(_key.Export(KeyBlobFormat.PkixPublicKeyText)).ReplaceLineEndings("\n").TrimEnd() + "\n";

    /// <summary>As <c>ssh-keygen -l</c> shows it.</summary>
    public string Fingerprint => "SHA256:" + Convert.ToBase64String(SHA256.HashData(Wire)).TrimEnd('=');

    internal bool Verifies(byte[] message, byte[] signature) =>
        signature.Length == SignatureAlgorithm.Ed25519.SignatureSize && SignatureAlgorithm.Ed25519.Verify(_key, message, signature);

    /// <exception cref="FormatException">It is no Ed25519 key.</exception>
    internal static PublicSigningKey OfWire(ReadOnlySpan<byte> wire) =>
        Encoding.ASCII.GetString(SshWire.Take(ref wire)) == SshWire.KeyType
        && PublicKey.TryImport(SignatureAlgorithm.Ed25519, SshWire.Take(ref wire), KeyBlobFormat.RawPublicKey, out var key)
            ? new(key!)
            : throw new FormatException("no Ed25519 key");

    /// <summary>The key in a line of OpenSSH; null where there is none.</summary>
    public static PublicSigningKey? OfLine(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(words, SshWire.KeyType);
        try
        {
            return at >= 0 && at + 1 < words.Length ? OfWire(Convert.FromBase64String(words[at + 1])) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
