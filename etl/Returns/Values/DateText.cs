using System.Globalization;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Values;

/// <summary>
/// Reads a cell as a calendar day: 2024年3月5日, 2024-3-5, 2024/3/5, 2024.3.5, 20240305, and 24-3-5 in the Chinese order year, month, day.
/// A bare serial number is a problem that says what it would mean, unless the caller allows serials.
/// </summary>
public static class DateText
{
    private const int FirstYear = 1900,
        LastYear = 2100;
    private const decimal FirstSerial = 32_874,
        LastSerial = 73_050;

    public static Parsed<DateOnly> Read(Cell cell) => Read(cell, allowSerial: false);

    public static Parsed<DateOnly> Read(Cell cell, bool allowSerial)
    {
        if (CellText.Unreadable<DateOnly>(cell) is { } unreadable)
            return unreadable;
        return cell.Kind switch
        {
            CellKind.Date => FromDate(cell),
            CellKind.Boolean => Bad($"这里应填日期，单元格却是逻辑值 {cell.Text}", $"a date is wanted, but the cell holds {cell.Text}"),
            CellKind.Number => FromNumber(cell.Text, allowSerial),
            _ => FromText(cell.Text, allowSerial),
        };
    }

    private static Parsed<DateOnly> FromDate(in Cell cell)
    {
        if (
            cell.Text.Length < 10
            || !DateOnly.TryParseExact(cell.Text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        )
            return Bad($"“{cell.Text}”只有时间，没有日期", $"\"{cell.Text}\" is a time of day, not a date");
        // A cell that shows 2024年3月 stores a day that nobody meant.
        if (cell.NumberFormat is { } format && NumberFormat.ShowsNoDay(format))
            return Bad($"单元格只显示到年月（{cell.Text[..7]}），没有写明哪一天", $"the cell shows a month ({cell.Text[..7]}) and no day");
        return InRange(day, cell.Text);
    }

    private static Parsed<DateOnly> FromNumber(string digits, bool allowSerial)
    {
        if (digits.Length == 8 && digits.AsSpan().ContainsAnyExceptInRange('0', '9') == false)
            return FromText(digits, allowSerial);
        if (
            ExactDecimal.TryParse(digits, exponentAllowed: false, out var serial)
            && serial is >= FirstSerial and < LastSerial
            && SerialDate.Of((double)serial, false) is { } moment
        )
        {
            if (allowSerial)
                return Parsed<DateOnly>.Of(DateOnly.FromDateTime(moment));
            return Bad(
                $"数字 {digits} 可能是日期序列号（{moment:yyyy-MM-dd}），但不能确定；请设为日期格式或写成 2024-03-05",
                $"the number {digits} may be the serial of {moment:yyyy-MM-dd}, but that is not certain; format it as a date or write 2024-03-05"
            );
        }
        return NotDate(digits);
    }

    private static Parsed<DateOnly> FromText(string raw, bool allowSerial)
    {
        var text = CellText.Plain(raw);
        if (CellText.MissingKind(text) is { } missing)
            return Parsed<DateOnly>.Absent(missing);
        var span = WithoutTime(text);
        if (span.Length == 8 && !span.ContainsAnyExceptInRange('0', '9'))
            return Day(
                int.Parse(span[..4], CultureInfo.InvariantCulture),
                int.Parse(span[4..6], CultureInfo.InvariantCulture),
                int.Parse(span[6..], CultureInfo.InvariantCulture),
                raw
            );
        if (span.Length == 5 && !span.ContainsAnyExceptInRange('0', '9'))
            return FromNumber(span.ToString(), allowSerial);
        if (!ThreeNumbers(span, out var a, out var b, out var c, out var yearDigits))
            return NotDate(raw);
        if (yearDigits == 4)
            return Day(a, b, c, raw);
        // Two digits: only the Chinese order, and only where the first number cannot be a month.
        if (yearDigits == 2 && a is >= 13 and <= 49)
            return Day(2000 + a, b, c, raw);
        return Bad(
            $"“{CellText.Show(raw)}”的年月日顺序不能确定；请写成 2024-03-05",
            $"the order of day, month and year in \"{CellText.Show(raw)}\" is not certain; write 2024-03-05"
        );
    }

    /// <summary>Three numbers joined by one kind of sign, or by 年 月 日.</summary>
    private static bool ThreeNumbers(ReadOnlySpan<char> text, out int a, out int b, out int c, out int firstDigits)
    {
        a = b = c = firstDigits = 0;
        var at = 0;
        if (!Number(text, ref at, 4, out a, out firstDigits) || at >= text.Length)
            return false;
        var sign = text[at++];
        if (sign is not ('-' or '/' or '.' or '年'))
            return false;
        if (!Number(text, ref at, 2, out b, out _) || at >= text.Length)
            return false;
        if (text[at] != (sign == '年' ? '月' : sign))
            return false;
        at++;
        if (!Number(text, ref at, 2, out c, out _))
            return false;
        if (sign == '年' && at < text.Length && text[at] is '日' or '号')
            at++;
        return at == text.Length;
    }

    private static bool Number(ReadOnlySpan<char> text, ref int at, int most, out int value, out int digits)
    {
        value = digits = 0;
        while (at < text.Length && text[at] == ' ')
            at++;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            if (++digits > most)
                return false;
            value = value * 10 + (text[at] - '0');
        }
        while (at < text.Length && text[at] == ' ')
            at++;
        return digits > 0;
    }

    /// <summary>Cuts off a time of day: the day is certain without it.</summary>
    private static ReadOnlySpan<char> WithoutTime(string text)
    {
        var at = text.AsSpan().IndexOfAny(' ', 'T');
        if (at < 8 || !TimeOnly.TryParse(text.AsSpan(at + 1), CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return text;
        return text.AsSpan(0, at);
    }

    private static Parsed<DateOnly> Day(int year, int month, int day, string raw)
    {
        if (year is < FirstYear or > LastYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return Bad($"没有“{CellText.Show(raw)}”这一天", $"there is no such day as \"{CellText.Show(raw)}\"");
        return Parsed<DateOnly>.Of(new DateOnly(year, month, day));
    }

    private static Parsed<DateOnly> InRange(DateOnly day, string raw) => Day(day.Year, day.Month, day.Day, raw);

    private static Parsed<DateOnly> NotDate(string raw) =>
        Bad($"“{CellText.Show(raw)}”不能确定为日期；请写成 2024-03-05", $"\"{CellText.Show(raw)}\" cannot be read as a date for certain; write 2024-03-05");

    private static Parsed<DateOnly> Bad(string zh, string en) => CellText.Bad<DateOnly>(zh, en);
}
