using System.Text;

namespace Innovation1551.Returns.Sheets;

/// <summary>Brings headings to one wording: line breaks and the blanks between Chinese characters out, full-width signs to plain ones.</summary>
public static class HeadingText
{
    public static string Clean(string text)
    {
        var result = new StringBuilder(text.Length);
        var gap = false;
        foreach (var raw in text)
        {
            var c = raw is >= '\uFF01' and <= '\uFF5E' ? (char)(raw - 0xFEE0) : raw;
            if (char.IsWhiteSpace(c) || c is '\u200B' or '\uFEFF')
            {
                gap = result.Length > 0;
                continue;
            }
            // A blank matters only between two Latin words.
            if (gap && c < 0x2E80 && result[^1] < 0x2E80)
                result.Append(' ');
            gap = false;
            result.Append(c);
        }
        return result.ToString();
    }

    /// <summary>The heading without a closing bracket, and what the bracket said: 研发费用(万元) gives 研发费用 and 万元.</summary>
    public static (string Text, string? Bracket) SplitBracket(string clean)
    {
        if (clean.Length < 3 || clean[^1] is not (')' or ']' or '】'))
            return (clean, null);
        var open = clean.LastIndexOfAny(['(', '[', '【']);
        if (open <= 0)
            return (clean, null);
        var inside = clean[(open + 1)..^1];
        foreach (var prefix in (ReadOnlySpan<string>)["单位:", "计量单位:"])
            if (inside.StartsWith(prefix, StringComparison.Ordinal))
                inside = inside[prefix.Length..];
        return (clean[..open].TrimEnd(), inside);
    }
}
