using System.Globalization;

namespace Innovation1551.Models;

/// <summary>Fields of CSV files (RFC 4180) that people open in spreadsheet programs.</summary>
public static class CsvText
{
    /// <summary>A field that holds text: what a spreadsheet would run as a formula gets an apostrophe in front; numbers stay as they are.</summary>
    public static string Field(string? text) => Quoted(Inert(text ?? ""));

    /// <summary>A whole table of text, each record on one line.</summary>
    public static string Table(IEnumerable<string> headings, IEnumerable<IEnumerable<string?>> rows) =>
        string.Concat(rows.Prepend(headings).Select(r => string.Join(',', r.Select(text => Field(ScreenText.Line(text ?? "")))) + "\r\n"));

    /// <summary>A field as it stands, quoted where the standard asks for it.</summary>
    public static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") >= 0 || text is [' ', ..] or [.., ' '] ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;

    /// <summary>
    /// The text with an apostrophe in front where a spreadsheet would run it: it begins with = + - @ (also full-width, also behind
    /// blanks), a tab, a line break or NUL. A number such as -5 is left alone.
    /// </summary>
    public static string Inert(string text)
    {
        if (text.Length == 0)
            return text;
        var runs =
            text[0] is '\t' or '\r' or '\n' or '\0' || text.TrimStart() is [var first, ..] && first is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠';
        return runs && !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? "'" + text
            : text;
    }
}
