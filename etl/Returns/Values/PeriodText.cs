using System.Globalization;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Values;

/// <summary>
/// Reads a cell as a reference period: 2024, 2024年度, 2024年3月, 2024-03, 202403, 2024Q1, 2024年一季度, 2024年1-3月 and 截至2024年3月底
/// (both from the year's start), 2024年上半年. A period without its year is a problem, and so is a single day.
/// </summary>
public static class PeriodText
{
    private const int FirstYear = 1949,
        LastYear = 2100;

    public static Parsed<Period> Read(Cell cell)
    {
        if (CellText.Unreadable<Period>(cell) is { } unreadable)
            return unreadable;
        return cell.Kind switch
        {
            CellKind.Date => FromDate(cell),
            CellKind.Boolean => NotPeriod(cell.Text),
            _ => FromText(cell.Text),
        };
    }

    private static Parsed<Period> FromDate(in Cell cell)
    {
        if (
            cell.NumberFormat is { } format
            && NumberFormat.ShowsNoDay(format)
            && cell.Text.Length >= 7
            && int.TryParse(cell.Text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && int.TryParse(cell.Text.AsSpan(5, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var month)
        )
            return NumberFormat.ShowsMonth(format) ? Of(cell.Text, year, month: month) : Of(cell.Text, year);
        return CellText.Bad<Period>(
            $"“{cell.Text}”是一天，不是报告期；请写成 2024年3月 或 2024年",
            $"\"{cell.Text}\" is a day, not a period; write 2024年3月 or 2024年"
        );
    }

    private static Parsed<Period> FromText(string raw)
    {
        var text = CellText.Plain(raw).Replace(" ", "", StringComparison.Ordinal);
        if (CellText.MissingKind(text) is { } missing)
            return Parsed<Period>.Absent(missing);
        var upTo = text.StartsWith("截至", StringComparison.Ordinal) || text.StartsWith("截止", StringComparison.Ordinal);
        var span = text.AsSpan(upTo ? 2 : 0);
        if (upTo && span.StartsWith("到"))
            span = span[1..];
        if (span.Length < 4 || span[..4].ContainsAnyExceptInRange('0', '9'))
            return NotPeriod(raw);
        var year = int.Parse(span[..4], CultureInfo.InvariantCulture);
        span = span[4..];
        if (span.Length == 0)
            return upTo ? NotPeriod(raw) : Of(raw, year);

        var cumulative = upTo;
        if (span.EndsWith("累计") || span.EndsWith("底") || span.EndsWith("末") || span.EndsWith("止"))
        {
            cumulative = true;
            span = span.EndsWith("累计") ? span[..^2] : span[..^1];
        }
        if (span[0] == '年')
        {
            span = span[1..];
            if (span.Length == 0 || span is "度" or "全年")
                return Of(raw, year);
            if (span is "上半年")
                return Of(raw, year, month: 6, cumulative: true);
            if (span is "前三季度" or "前3季度")
                return Of(raw, year, month: 9, cumulative: true);
            if (Quarter(span) is { } quarter)
                return cumulative ? NotPeriod(raw) : Of(raw, year, quarter: quarter);
            if (!Chop(ref span, "月份") && !Chop(ref span, "月"))
                return NotPeriod(raw);
            return Months(span, year, cumulative, raw);
        }
        if (cumulative)
            return NotPeriod(raw);
        if (Quarter(span) is { } q)
            return Of(raw, year, quarter: q);
        if (span[0] is '-' or '/')
        {
            if (Quarter(span[1..]) is { } dashed)
                return Of(raw, year, quarter: dashed);
            return Month(span[1..]) is { } m ? Of(raw, year, month: m) : NotPeriod(raw);
        }
        if (span[0] == '.')
        {
            // A spreadsheet drops the zero of 2024.10, so 2024.1 may be January or October.
            if (span is ".1")
                return CellText.Bad<Period>(
                    $"“{raw}”可能是 1 月也可能是 10 月；请写成 {year}年1月 或 {year}年10月",
                    $"\"{raw}\" may be January or October; write {year}年1月 or {year}年10月"
                );
            return Month(span[1..]) is { } m ? Of(raw, year, month: m) : NotPeriod(raw);
        }
        return span.Length == 2 && Month(span) is { } packed ? Of(raw, year, month: packed) : NotPeriod(raw);
    }

    /// <summary>One month, or a range of months that begins with January.</summary>
    private static Parsed<Period> Months(ReadOnlySpan<char> span, int year, bool cumulative, string raw)
    {
        var sign = span.IndexOfAny("-~至到");
        if (sign < 0)
            return Month(span) is { } single ? Of(raw, year, month: single, cumulative: cumulative) : NotPeriod(raw);
        var from = span[..sign];
        if (from.EndsWith("月"))
            from = from[..^1];
        if (Month(from) is not { } first || Month(span[(sign + 1)..]) is not { } last || last < first)
            return NotPeriod(raw);
        if (first != 1)
            return CellText.Bad<Period>($"“{CellText.Show(raw)}”不是从 1 月起的累计期", $"\"{CellText.Show(raw)}\" does not run from January");
        return Of(raw, year, month: last, cumulative: true);
    }

    private static int? Month(ReadOnlySpan<char> text)
    {
        if (text.Length is 1 or 2 && !text.ContainsAnyExceptInRange('0', '9'))
            return int.Parse(text, CultureInfo.InvariantCulture) is >= 1 and <= 12 and var m ? m : null;
        var at = Array.IndexOf(ChineseMonths, text.ToString());
        return at >= 0 ? at + 1 : null;
    }

    private static readonly string[] ChineseMonths = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

    /// <summary>Q1, 1季度, 第一季度, 一季度, 1季.</summary>
    private static int? Quarter(ReadOnlySpan<char> text)
    {
        if (text.Length == 2 && text[0] is 'Q' or 'q')
            return Number(text[1]);
        if (text.StartsWith("第"))
            text = text[1..];
        if (text.EndsWith("季度"))
            text = text[..^2];
        else if (text.EndsWith("季"))
            text = text[..^1];
        else
            return null;
        return text.Length == 1 ? Number(text[0]) : null;

        static int? Number(char c) =>
            c switch
            {
                '1' or '一' => 1,
                '2' or '二' => 2,
                '3' or '三' => 3,
                '4' or '四' => 4,
                _ => null,
            };
    }

    private static bool Chop(ref ReadOnlySpan<char> span, string ending)
    {
        if (!span.EndsWith(ending))
            return false;
        span = span[..^ending.Length];
        return true;
    }

    private static Parsed<Period> Of(string raw, int year, int? quarter = null, int? month = null, bool cumulative = false) =>
        year is < FirstYear or > LastYear ? NotPeriod(raw) : Parsed<Period>.Of(new Period(year, quarter, month, cumulative));

    private static Parsed<Period> NotPeriod(string raw) =>
        CellText.Bad<Period>(
            $"“{CellText.Show(raw)}”不能确定为报告期；请写成 2024年、2024年3月、2024年一季度 或 2024年1-3月",
            $"\"{CellText.Show(raw)}\" cannot be read as a period for certain; write 2024年, 2024年3月, 2024年一季度 or 2024年1-3月"
        );
}
