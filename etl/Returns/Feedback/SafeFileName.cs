using System.Globalization;
using System.Text;

namespace Innovation1551.Returns.Feedback;

/// <summary>A name from outside as part of a file name of ours: it can leave no folder, hide nothing and fit any file system.</summary>
public static class SafeFileName
{
    private const int Longest = 60;

    /// <summary>The name without separators, reserved and invisible characters, shortened; "_" where nothing is left.</summary>
    public static string Of(string name)
    {
        var safe = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (safe.Length >= Longest)
                break;
            // Format characters turn text around (RLO) or are not seen at all.
            var kind = Rune.GetUnicodeCategory(rune);
            if (
                kind
                is UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.OtherNotAssigned
                    or UnicodeCategory.PrivateUse
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
            )
                continue;
            if (rune.Value is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' or '\'' or '`' or '$' or '%' or '&' or ';')
                safe.Append('_');
            else
                safe.Append(rune.ToString());
        }
        var text = safe.ToString().Trim(' ', '.', '-', '~', '=', '+', '@', '\u3000');
        return text.Length == 0 ? "_" : text;
    }
}
