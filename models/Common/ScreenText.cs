using System.Globalization;
using System.Text;

namespace Innovation1551.Models;

/// <summary>
/// Text from outside as it may stand on a screen or in a list that people read. What moves the cursor, colours, turns the direction of
/// text around, or is not seen at all (control and format characters, halves of pairs, fillers) is written as its number: it neither
/// acts nor hides, and who looks for it finds it.
/// </summary>
public static class ScreenText
{
    /// <summary>Blank to the eye, although letters by their category.</summary>
    private const string Fillers = "\u115F\u1160\u2800\u3164\uFFA0";

    /// <summary>One line: line breaks and tabs are shown too.</summary>
    public static string Line(string text) => Shown(text, breaks: false);

    /// <summary>Text of our own with such text in it: its line breaks and tabs stand.</summary>
    public static string Lines(string text) => Shown(text, breaks: true);

    /// <summary>Columns that a text takes on a screen: a Chinese character takes two, what is put over another none.</summary>
    public static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
            width += Width(rune);
        return width;
    }

    /// <summary>Columns that a character takes, by the East Asian widths of Unicode.</summary>
    public static int Width(Rune rune) =>
        rune.Value switch
        {
            < 0x300 => 1,
            >= 0x1100
            and <= 0x115F
            or >= 0x2E80
            and <= 0x303E
            or >= 0x3041
            and <= 0xA4CF
            or >= 0xA960
            and <= 0xA97C
            or >= 0xAC00
            and <= 0xD7A3
            or >= 0xF900
            and <= 0xFAFF
            or >= 0xFE30
            and <= 0xFE6F
            or >= 0xFF01
            and <= 0xFF60
            or >= 0xFFE0
            and <= 0xFFE6
            or >= 0x1F300
            and <= 0x1F64F
            or >= 0x1F680
            and <= 0x1FAFF
            or >= 0x20000
            and <= 0x3FFFD => 2,
            _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0 : 1,
        };

    private static string Shown(string text, bool breaks)
    {
        if (IsPlain(text, breaks))
            return text;
        var shown = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; )
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var taken) != System.Buffers.OperationStatus.Done)
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            else if (Acts(rune, breaks))
                shown.Append(rune.IsBmp ? "\\u" : "\\U").Append(rune.Value.ToString(rune.IsBmp ? "x4" : "x8", CultureInfo.InvariantCulture));
            else
                shown.Append(text, i, taken);
            i += taken;
        }
        return shown.ToString();
    }

    private static bool IsPlain(string text, bool breaks)
    {
        foreach (var c in text)
        {
            if (c is >= ' ' and < '\u007F' or >= '\u4E00' and <= '\u9FFF')
                continue;
            if (char.IsSurrogate(c) || Acts(new Rune(c), breaks))
                return false;
        }
        return true;
    }

    private static bool Acts(Rune rune, bool breaks) =>
        rune.Value switch
        {
            '\n' or '\t' => !breaks,
            < ' ' => true,
            _ => Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.Surrogate
                || rune.IsBmp && Fillers.Contains((char)rune.Value, StringComparison.Ordinal),
        };
}
