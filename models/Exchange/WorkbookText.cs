using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Innovation1551.Models.Exchange;

/// <summary>Texts in the cells of workbooks.</summary>
public static partial class WorkbookText
{
    /// <summary>Characters (UTF-16) that a cell holds.</summary>
    public const int Longest = 32_767;

    /// <summary>
    /// A text as a workbook stores it (ST_Xstring): what XML 1.0 cannot hold or would alter is written _xHHHH_, and a text that looks so
    /// already is protected. Cut at the 32,767 characters that a cell holds.
    /// </summary>
    public static string Stored(string text)
    {
        if (text.Length > Longest)
            text = text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)];
        var stored = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isPair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (isPair)
                stored.Append(c).Append(text[++i]);
            else if (
                c < ' ' && c is not ('\n' or '\t')
                || c is '\uFFFE' or '\uFFFF'
                || char.IsSurrogate(c)
                || c == '_' && Escape().IsMatch(text.AsSpan(i, Math.Min(7, text.Length - i)))
            )
                stored.Append(CultureInfo.InvariantCulture, $"_x{(int)c:X4}_");
            else
                stored.Append(c);
        }
        return stored.ToString();
    }

    [GeneratedRegex("^_x[0-9A-Fa-f]{4}_")]
    private static partial Regex Escape();
}
