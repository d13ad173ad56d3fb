using System.Security.Cryptography;

namespace Innovation1551.Models.Releases;

/// <summary>SHA-256 of a file's bytes, in lower-case hexadecimal.</summary>
public static class FileHash
{
    public static string Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Whether there is a file with just these bytes.</summary>
    public static bool IsOf(string sha256, string path) => File.Exists(path) && Of(path) == sha256;
}
