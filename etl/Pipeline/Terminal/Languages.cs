using Innovation1551.Models;

namespace Innovation1551.Pipeline.Terminal;

/// <summary>The language to speak: asked for, or that of the locale.</summary>
public static class Languages
{
    /// <summary>zh for a Chinese locale, otherwise English; both environment variables as POSIX orders them.</summary>
    public static Language Choose(string? asked)
    {
        if (asked is not null)
            return asked.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Language.Zh : Language.En;
        var locale = new[] { "LC_ALL", "LC_MESSAGES", "LANG" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v));
        return locale?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? Language.Zh : Language.En;
    }
}
