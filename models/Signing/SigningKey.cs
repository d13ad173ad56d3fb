using NSec.Cryptography;

namespace Innovation1551.Models.Signing;

/// <summary>A key cannot be made, read or used; says which file and what to do.</summary>
public sealed class SigningException(Text problem) : Refusal(problem);

/// <summary>
/// An Ed25519 key with which releases are signed, in a file (PKCS #8, PEM) that its owner alone may read. It lies in the person's own folder
/// of configuration and never in a workspace: who copies a workspace must not be able to sign.
/// </summary>
public sealed class SigningKey : IDisposable
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly Key _key;

    private SigningKey(Key key) => (_key, Public) = (key, new(key.PublicKey));

    public PublicSigningKey Public { get; }

    /// <summary>Where a person's key lies unless told otherwise.</summary>
    public static string Usual => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "innovation1551", "signing-key.pem");

    /// <summary>Makes a key and its file.</summary>
    /// <exception cref="SigningException">There is a file already.</exception>
    public static SigningKey New(string path)
    {
        if (File.Exists(path))
            throw new SigningException(
                new($"{path} 已有密钥；更换请用 innovation key rotate", $"there is a key in {path}; to change it use innovation key rotate")
            );
        var key = Key.Create(SignatureAlgorithm.Ed25519, new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerAlone;
        using (var file = new FileStream(path, options))
        {
            file.Write(key.Export(KeyBlobFormat.PkixPrivateKeyText));
            file.Flush(flushToDisk: true);
        }
        return new(key);
    }

    /// <exception cref="SigningException">There is none, others may read it, or it is no such key.</exception>
    public static SigningKey Read(string path)
    {
        if (!File.Exists(path))
            throw new SigningException(new($"没有密钥 {path}；请先 innovation key new", $"there is no key {path}; make one with innovation key new"));
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerAlone) != 0)
            throw new SigningException(
                new($"{path} 可被他人读取，未使用；请执行 chmod 600", $"others may read {path}, so it is not used; chmod 600 makes it yours alone")
            );
        return Key.TryImport(SignatureAlgorithm.Ed25519, File.ReadAllBytes(path), KeyBlobFormat.PkixPrivateKeyText, out var key)
            ? new(key!)
            : throw new SigningException(new($"{path} 不是 Ed25519 私钥（PEM）", $"{path} is no private Ed25519 key in PEM"));
    }

    /// <summary>Puts a new key in the place of one, which is kept beside it under the time.</summary>
    /// <returns>The new key, and the old one's signature over the new one's line: whoever trusts the old one may trust the new one.</returns>
    public static (SigningKey New, string Handover) Rotate(string path, DateTimeOffset at)
    {
        using var old = Read(path);
        File.Move(path, $"{path}.{at.UtcDateTime:yyyyMMddHHmmss}");
        var made = New(path);
        return (made, SshSignature.Make(old, System.Text.Encoding.UTF8.GetBytes(made.Public.Line + "\n")));
    }

    internal byte[] Sign(byte[] message) => SignatureAlgorithm.Ed25519.Sign(_key, message);

    public void Dispose() => _key.Dispose();
}
