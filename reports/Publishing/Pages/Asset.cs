using System.Security.Cryptography;
using System.Text;

namespace Innovation1551.Publishing.Pages;

/// <summary>A style sheet or script that travels in the program, with the hash by which a content security policy lets exactly it run.</summary>
public sealed record Asset(string Content)
{
    public string PolicyHash => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Content)))}'";

    public static Asset Embedded(string name) => new(ShippedFile.Text(name).ReplaceLineEndings("\n"));
}
