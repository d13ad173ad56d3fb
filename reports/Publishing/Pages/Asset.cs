using System.Security.Cryptography;
using System.Text;

namespace Innovation1551.Publishing.Pages;

/// <summary>A style sheet or script that travels in the program, with the hash by which a content security policy lets exactly it run.</summary>
public sealed record Asset(string Content)
{
    public string PolicyHash => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Content)))}'";

    public static Asset Embedded(string name)
    {
        using var stream =
            typeof(Asset).Assembly.GetManifestResourceStream("publishing/" + name)
            ?? throw new InvalidOperationException($"the program was built without {name}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new Asset(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}
