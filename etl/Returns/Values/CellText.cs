using Innovation1551.Models;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Values;

/// <summary>What all value parsers do first: bring full-width characters to their plain form, and tell why a cell has no value.</summary>
internal static class CellText
{
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n', '\u3000', '\u00A0'];

    public static string Trim(string text) => text.Length > 0 && (IsBlank(text[0]) || IsBlank(text[^1])) ? text.Trim(Blanks) : text;

    /// <summary>The text with full-width letters, digits and signs (U+FF01 to U+FF5E) as their ASCII twins, the many dashes as a hyphen, and outer blanks removed.</summary>
    public static string Plain(string text)
    {
        text = Trim(text);
        var change = false;
        foreach (var c in text)
            if (c != PlainOf(c))
            {
                change = true;
                break;
            }
        return change
            ? string.Create(
                text.Length,
                text,
                static (span, source) =>
                {
                    for (var i = 0; i < span.Length; i++)
                        span[i] = PlainOf(source[i]);
                }
            )
            : text;
    }

    /// <summary>Why a text stands for no value; null when it is to be read. The text is plain already.</summary>
    public static Missing? MissingKind(string plain) =>
        plain switch
        {
            "" => Missing.Blank,
            "无" or "無" or "没有" => Missing.Nil,
            "-" or "--" or "---" or "/" or "//" or "不适用" or "N/A" or "n/a" => Missing.NotApplicable,
            "…" or "……" or "..." or "......" or "***" or "(D)" => Missing.NotReported,
            _ => null,
        };

    /// <summary>The outcome for cells that hold no readable text whatever the type wanted; null for the others.</summary>
    public static Parsed<T>? Unreadable<T>(in Cell cell) =>
        cell.Kind switch
        {
            CellKind.Blank => Parsed<T>.Absent(Missing.Blank),
            CellKind.Error => Parsed<T>.Bad(new Text($"单元格是错误值 {cell.Text}，不是 0", $"the cell holds the error {cell.Text}, which is not 0")),
            CellKind.FormulaWithoutValue => Parsed<T>.Bad(
                new Text("公式没有计算结果，不当作 0；请重新计算并保存", "the formula has no computed value, which is not 0; recalculate and save")
            ),
            _ => null,
        };

    public static Parsed<T> Bad<T>(string zh, string en) => Parsed<T>.Bad(new Text(zh, en));

    /// <summary>The text for a message, not longer than a line.</summary>
    public static string Show(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[38]) ? 38 : 39), "…");

    private static bool IsBlank(char c) => Array.IndexOf(Blanks, c) >= 0;

    private static char PlainOf(char c) =>
        c switch
        {
            >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
            '\u3000' or '\u00A0' => ' ',
            '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212' or '\uFE63' or '\uFE58' or '─' => '-',
            _ => c,
        };
}
