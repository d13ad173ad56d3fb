using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Innovation1551.Returns.Writing;

/// <summary>A value as the digits that a file holds, the same on every machine.</summary>
internal static partial class StoredText
{
    private const int LongestText = 32_767;

    public static string Of(object value) => value switch
    {
        string text => text,
        decimal number => OfNumber(number),
        long number => number.ToString(CultureInfo.InvariantCulture),
        int number => number.ToString(CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"a return cannot hold a {value.GetType().Name}", nameof(value)),
    };

    /// <summary>Without trailing zeros: 1.50 and 1.5 are one amount and must give one text.</summary>
    private static string OfNumber(decimal number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    /// <summary>
    /// A text as a workbook stores it (ST_Xstring): what XML 1.0 cannot hold or would alter is written _xHHHH_, and a text that looks so
    /// already is protected. Cut at the 32,767 characters that a cell holds.
    /// </summary>
    public static string Stored(string text)
    {
        if (text.Length > LongestText) text = text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)];
        var stored = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isPair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (isPair) stored.Append(c).Append(text[++i]);
            else if (c < ' ' && c is not ('\n' or '\t') || c is '\uFFFE' or '\uFFFF' || char.IsSurrogate(c) || c == '_' && Escape().IsMatch(text.AsSpan(i, Math.Min(7, text.Length - i))))
                stored.Append(CultureInfo.InvariantCulture, $"_x{(int)c:X4}_");
            else stored.Append(c);
        }
        return stored.ToString();
    }

    [GeneratedRegex("^_x[0-9A-Fa-f]{4}_")]
    private static partial Regex Escape();
}
