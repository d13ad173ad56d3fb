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
