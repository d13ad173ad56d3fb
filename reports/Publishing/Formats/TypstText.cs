using System.Globalization;
using System.Text;
using Innovation1551.Publishing.Charts;

namespace Innovation1551.Publishing.Formats;

/// <summary>
/// Text as a string of Typst. Nothing that comes from data is ever written as markup: a string knows two characters to be escaped, and
/// those are.
/// </summary>
internal static class TypstText
{
    /// <summary>A word longer than any column may be broken anywhere after so many characters.</summary>
    private const int LongestWord = 24;

    private const char MayBreak = '\u200B';

    /// <summary>What is read on the page.</summary>
    public static string Shown(string text) => Literal(text, LongestWord);

    /// <summary>Names of places and files, and what is read out: no breaks in it.</summary>
    public static string Exact(string text) => Literal(text, int.MaxValue);

    public static string Number(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Literal(string text, int longest)
    {
        var literal = new StringBuilder(text.Length + 2).Append('"');
        var length = 0;
        // What the font lacks and what turns the direction of writing is gone after this.
        foreach (var rune in ChartFont.Drawable(text).EnumerateRunes())
        {
            length = Rune.IsWhiteSpace(rune) || rune.Value > '\u2E7F' ? 0 : length + 1;
            if (length > longest)
                literal.Append(MayBreak);
            if (rune.Value is '"' or '\\')
                literal.Append('\\');
            literal.Append(rune.ToString());
        }

        return literal.Append('"').ToString();
    }
}
