using System.Text.RegularExpressions;

namespace Innovation1551.Models;

/// <summary>Passwords of connection strings: they stand in no message, log or history.</summary>
public static partial class Secrets
{
    private const string Hidden = "***";

    /// <summary>A text in which a person may have written a connection string, or that a driver has made of one.</summary>
    /// <param name="known">Secrets that are known, wherever they stand in it.</param>
    public static string Hide(string text, params ReadOnlySpan<string?> known)
    {
        foreach (var secret in known)
            if (secret is { Length: > 0 })
                text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        return InUri().Replace(Keyed().Replace(text, "$1" + Hidden), "$1" + Hidden + "@");
    }

    /// <summary>Password=…; with a value in quotes or to the next semicolon.</summary>
    [GeneratedRegex("""((?:password|passwd|pwd|passphrase|secret|token)\s*=\s*)(?:"[^"]*"|'[^']*'|[^;]*)""", RegexOptions.IgnoreCase)]
    private static partial Regex Keyed();

    /// <summary>scheme://user:password@</summary>
    [GeneratedRegex("(://[^/@:]*:)[^@/]*@")]
    private static partial Regex InUri();
}
