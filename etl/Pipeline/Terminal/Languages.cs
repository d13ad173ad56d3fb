using System.CommandLine.Parsing;
using Innovation1551.Models;

namespace Innovation1551.Pipeline.Terminal;

/// <summary>The language to speak: asked for, or that of the locale.</summary>
public static class Languages
{
    /// <summary>A language that nobody speaks here is a slip, and not English.</summary>
    public static void RefuseOthers(OptionResult result)
    {
        foreach (var name in result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.TrimEntries)))
            if (name.Split('-', '_')[0].ToUpperInvariant() is not ("ZH" or "EN"))
                result.AddError($"没有语言“{name}”，只有 zh 和 en / there is no language {name}: zh or en");
    }

    /// <summary>zh for a Chinese locale, otherwise English; both environment variables as POSIX orders them.</summary>
    public static Language Choose(string? asked)
    {
        if (asked is not null)
            return asked.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Language.Zh : Language.En;
        var locale = new[] { "LC_ALL", "LC_MESSAGES", "LANG" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v));
        return locale?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? Language.Zh : Language.En;
    }
}
