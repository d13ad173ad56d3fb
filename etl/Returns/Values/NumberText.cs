using Innovation1551.Models;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Values;

/// <summary>
/// Reads a cell as a number, exactly or not at all. Full-width digits, correctly grouped thousands, bracketed negatives, 万 and 亿,
/// a known unit, a percent sign and a footnote mark are understood; whatever leaves a doubt is a problem.
/// </summary>
public static class NumberText
{
    public static Parsed<NumberValue> Read(Cell cell)
    {
        if (CellText.Unreadable<NumberValue>(cell) is { } unreadable)
            return unreadable;
        return cell.Kind switch
        {
            CellKind.Number => FromNumber(cell),
            CellKind.Date => Bad($"这里应填数字，单元格却是日期 {cell.Text}", $"a number is wanted, but the cell holds the date {cell.Text}"),
            CellKind.Boolean => Bad($"这里应填数字，单元格却是逻辑值 {cell.Text}", $"a number is wanted, but the cell holds {cell.Text}"),
            _ => FromText(cell.Text),
        };
    }

    private static Parsed<NumberValue> FromNumber(in Cell cell)
    {
        if (!ExactDecimal.TryParse(cell.Text, exponentAllowed: true, out var value))
            return Bad(
                $"数字 {CellText.Show(cell.Text)} 过大、过小或位数过多，无法准确保存",
                $"the number {CellText.Show(cell.Text)} is too large, too small or too long to be kept exactly"
            );
        var meaning = FormatMeaning.Of(cell.NumberFormat, value);
        if (meaning.Elapsed)
            return Bad(
                $"数字格式 {cell.NumberFormat} 显示的是时长，与实际存储的 {cell.Text}（天）不同",
                $"the number format {cell.NumberFormat} shows a duration, not the stored {cell.Text} (days)"
            );
        if (meaning.Scaled)
            return Bad(
                $"数字格式 {cell.NumberFormat} 显示的是缩小后的数，与实际存储的 {cell.Text} 不同",
                $"the number format {cell.NumberFormat} shows a scaled figure, not the stored {cell.Text}"
            );
        return Parsed<NumberValue>.Of(new NumberValue(meaning.Percent ? value * 100 : value, meaning.Percent, meaning.Unit));
    }

    private static Parsed<NumberValue> FromText(string raw)
    {
        var text = CellText.Plain(raw);
        if (CellText.MissingKind(text) is { } missing)
            return Parsed<NumberValue>.Absent(missing);
        // Statistical offices print X for a figure withheld to protect respondents; among texts X may be a word.
        if (text is "X" or "x")
            return Parsed<NumberValue>.Absent(Missing.NotReported);
        if (IsApproximate(text))
            return Bad($"“{CellText.Show(raw)}”是约数；请填写确切数字", $"\"{CellText.Show(raw)}\" is approximate; give the exact figure");
        var rest = text.AsSpan();
        var footnote = TakeFootnote(ref rest);
        var bracketed = false;
        if (rest.Length > 2 && rest[0] == '(' && rest[^1] == ')')
        {
            bracketed = true;
            rest = rest[1..^1].Trim(' ');
        }
        string? unit = null;
        if (rest.Length > 1 && rest[0] is '¥' or '￥')
        {
            unit = "元";
            rest = rest[1..].TrimStart(' ');
        }
        var length = NumberLength(rest);
        if (length == 0)
            return NotNumber(raw);
        var digits = rest[..length];
        var suffix = rest[length..].Trim(' ');

        Span<char> plain = stackalloc char[64];
        if (length > plain.Length)
            return NotNumber(raw);
        if (!Ungroup(digits, plain, out var count))
            return Bad(
                $"“{CellText.Show(raw)}”的千位分隔不规范，数值不能确定",
                $"the thousands marks in \"{CellText.Show(raw)}\" are not regular, so its value is not certain"
            );
        if (bracketed && plain[0] is '-' or '+')
            return NotNumber(raw);
        if (!ExactDecimal.TryParse(plain[..count], exponentAllowed: false, out var value))
            return NotNumber(raw);

        var percent = false;
        if (suffix.Length > 0 && !TakeSuffix(suffix, ref value, ref unit, ref percent))
            return NotNumber(raw);
        if (percent && unit is not null)
            return NotNumber(raw);
        if (bracketed)
            value = -value;
        return Parsed<NumberValue>.Of(new NumberValue(value == 0 ? 0m : value, percent, unit) { Footnote = footnote });
    }

    /// <summary>How many characters at the start are sign, digits, dots and commas.</summary>
    private static int NumberLength(ReadOnlySpan<char> text)
    {
        var i = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var start = i;
        while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] is '.' or ','))
            i++;
        return i == start ? 0 : i;
    }

    /// <summary>Takes thousands marks out; false unless every group but the first has three digits.</summary>
    private static bool Ungroup(ReadOnlySpan<char> digits, Span<char> plain, out int count)
    {
        count = 0;
        var comma = digits.IndexOf(',');
        if (comma < 0)
        {
            digits.CopyTo(plain);
            count = digits.Length;
            return true;
        }
        var dot = digits.IndexOf('.');
        var whole = dot < 0 ? digits : digits[..dot];
        if (dot >= 0 && digits[dot..].Contains(','))
            return false;
        var start = whole[0] is '+' or '-' ? 1 : 0;
        var first = comma - start;
        if (first is < 1 or > 3 || whole[start] == '0')
            return false;
        var inGroup = 0;
        var groups = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var c = digits[i];
            if (c != ',')
            {
                plain[count++] = c;
                if (groups > 0 && i < whole.Length)
                    inGroup++;
                continue;
            }
            if (groups > 0 && inGroup != 3)
                return false;
            groups++;
            inGroup = 0;
        }
        return inGroup == 3;
    }

    /// <summary>万, 亿, a unit or a percent sign behind the number.</summary>
    private static bool TakeSuffix(ReadOnlySpan<char> suffix, ref decimal value, ref string? unit, ref bool percent)
    {
        if (suffix is "%")
        {
            percent = true;
            return true;
        }
        if (suffix is "‰")
        {
            percent = true;
            value /= 10;
            return true;
        }
        var word = suffix.ToString();
        if (UnitWords.KeepsMagnitude(word) || UnitWords.Known(word))
        {
            unit = word;
            return true;
        }
        var factor = word[0] switch
        {
            '万' => 10_000m,
            '亿' => 100_000_000m,
            _ => 0m,
        };
        if (factor == 0)
            return false;
        var after = word[1..];
        if (word.StartsWith("万亿", StringComparison.Ordinal))
            (factor, after) = (1_000_000_000_000m, word[2..]);
        if (after.Length > 0 && !(UnitWords.Known(after) && !UnitWords.KeepsMagnitude(after)))
            return false;
        // 28 digits hold any honest amount; what overflows is no number to keep.
        if (Math.Abs(value) > 1_000_000_000_000_000m)
            return false;
        value *= factor;
        if (after.Length > 0)
            unit = after;
        return true;
    }

    /// <summary>Marks that can only be footnotes: * ① [1] [注1] (注) a superscript tag. Digits and letters alone never are.</summary>
    private static string? TakeFootnote(ref ReadOnlySpan<char> text)
    {
        var trimmed = text.TrimEnd(' ');
        if (trimmed.EndsWith("</sup>"))
        {
            var open = trimmed.LastIndexOf("<sup>");
            if (open > 0 && trimmed.Length - open <= 16)
            {
                var mark = trimmed[(open + 5)..^6].ToString();
                text = trimmed[..open].TrimEnd(' ');
                return mark;
            }
            return null;
        }
        if (trimmed.Length > 1 && trimmed[^1] is ']' or ')')
        {
            var open = trimmed.LastIndexOf(trimmed[^1] == ']' ? '[' : '(');
            if (open > 0)
            {
                var mark = trimmed[(open + 1)..^1];
                // Round brackets also hold negatives and remarks: only 注 is sure in them.
                var sure = trimmed[^1] == ']' ? mark.Length is > 0 and <= 3 : mark.Length is > 0 and <= 3 && mark[0] == '注';
                if (sure && IsMark(mark))
                {
                    var found = mark.ToString();
                    text = trimmed[..open].TrimEnd(' ');
                    return found;
                }
            }
            return null;
        }
        var end = trimmed.Length;
        while (end > 1 && (trimmed[end - 1] is '*' or '†' or '‡' or '§' || trimmed[end - 1] is >= '①' and <= '⑳'))
            end--;
        if (end == trimmed.Length || trimmed.Length - end > 3)
            return null;
        var marks = trimmed[end..].ToString();
        text = trimmed[..end].TrimEnd(' ');
        return marks;
    }

    private static bool IsMark(ReadOnlySpan<char> mark)
    {
        var start = mark[0] == '注' ? 1 : 0;
        foreach (var c in mark[start..])
            if (!char.IsAsciiLetterOrDigit(c))
                return false;
        return true;
    }

    private static bool IsApproximate(string text)
    {
        if (text[0] is '约' or '近' or '超' or '逾' or '>' or '<' or '~' or '≈' or '≥' or '≤' or '不')
            return true;
        return text.Contains("左右", StringComparison.Ordinal)
            || text.Contains("以上", StringComparison.Ordinal)
            || text.Contains("以下", StringComparison.Ordinal)
            || text.EndsWith('余')
            || text.Contains("余万", StringComparison.Ordinal)
            || text.Contains("多万", StringComparison.Ordinal)
            || text.StartsWith("大约", StringComparison.Ordinal)
            || text.StartsWith("大于", StringComparison.Ordinal)
            || text.StartsWith("小于", StringComparison.Ordinal);
    }

    private static Parsed<NumberValue> NotNumber(string raw) =>
        Bad($"“{CellText.Show(raw)}”不能确定为数字", $"\"{CellText.Show(raw)}\" cannot be read as a number for certain");

    private static Parsed<NumberValue> Bad(string zh, string en) => CellText.Bad<NumberValue>(zh, en);
}
