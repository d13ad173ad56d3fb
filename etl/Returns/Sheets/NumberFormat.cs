namespace Innovation1551.Returns.Sheets;

/// <summary>What a number format makes of a number.</summary>
internal enum FormatKind { Number, DateTime, TimeOfDay }

/// <summary>A cell style as far as it changes meaning: the format code, and whether numbers under it are dates.</summary>
/// <param name="Code">The format code; null for General.</param>
internal sealed record NumberFormat(string? Code, FormatKind Kind)
{
    public static readonly NumberFormat General = new(null, FormatKind.Number);

    public static NumberFormat Of(string? code)
    {
        if (string.IsNullOrEmpty(code) || code.Equals("General", StringComparison.OrdinalIgnoreCase) || code.StartsWith("G/", StringComparison.Ordinal)) return General;
        return new NumberFormat(code, Classify(code));
    }

    /// <summary>The formats that have a number but no code in the file; 27 to 36 and 50 to 58 are those of a Chinese Excel.</summary>
    public static NumberFormat BuiltIn(int id) => Of(id switch
    {
        1 => "0", 2 => "0.00", 3 => "#,##0", 4 => "#,##0.00",
        5 => "¥#,##0;¥-#,##0", 6 => "¥#,##0;[Red]¥-#,##0", 7 => "¥#,##0.00;¥-#,##0.00", 8 => "¥#,##0.00;[Red]¥-#,##0.00",
        9 => "0%", 10 => "0.00%", 11 => "0.00E+00", 12 => "# ?/?", 13 => "# ??/??",
        14 => "yyyy/m/d", 15 => "d-mmm-yy", 16 => "d-mmm", 17 => "mmm-yy",
        18 => "h:mm AM/PM", 19 => "h:mm:ss AM/PM", 20 => "h:mm", 21 => "h:mm:ss", 22 => "yyyy/m/d h:mm",
        27 or 36 or 50 or 52 or 57 => "yyyy\"年\"m\"月\"", 28 or 29 or 51 or 53 or 54 or 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy", 31 => "yyyy\"年\"m\"月\"d\"日\"", 32 => "h\"时\"mm\"分\"", 33 => "h\"时\"mm\"分\"ss\"秒\"",
        34 or 55 => "上午/下午h\"时\"mm\"分\"", 35 or 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        37 => "#,##0;-#,##0", 38 => "#,##0;[Red]-#,##0", 39 => "#,##0.00;-#,##0.00", 40 => "#,##0.00;[Red]-#,##0.00",
        45 => "mm:ss", 46 => "[h]:mm:ss", 47 => "mm:ss.0", 48 => "##0.0E+0", 49 => "@",
        _ => null,
    });

    /// <summary>True when the format shows a year or a month but no day: 2024年3月 is then what the cell says, though a day is stored.</summary>
    public static bool ShowsNoDay(string code)
    {
        var (_, month, year, day, _, _) = Letters(code);
        return !day && (month || year);
    }

    /// <summary>True when the format shows a month.</summary>
    public static bool ShowsMonth(string code) => Letters(code).Month;

    private static FormatKind Classify(string code)
    {
        var (clock, month, year, day, elapsed, digits) = Letters(code);
        if (elapsed) return FormatKind.Number;
        if (year || day) return FormatKind.DateTime;
        // A lone m is a month only where no clock letter makes it minutes; 0 or # beside it make it a number with a text.
        if (clock) return FormatKind.TimeOfDay;
        return month && !digits ? FormatKind.DateTime : FormatKind.Number;
    }

    /// <summary>Which letters the first section of a format uses outside quotes, escapes and brackets.</summary>
    private static (bool Clock, bool Month, bool Year, bool Day, bool Elapsed, bool Digits) Letters(string code)
    {
        bool clock = false, month = false, year = false, day = false, elapsed = false, digits = false;
        for (var i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '"':
                    i = code.IndexOf('"', i + 1);
                    if (i < 0) i = code.Length;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case '[':
                    var close = code.IndexOf(']', i);
                    if (close < 0) close = code.Length;
                    // [h], [mm], [ss] count elapsed time and are not a point in time.
                    elapsed |= close - i > 1 && code.AsSpan(i + 1, close - i - 1).ToString().ToLowerInvariant().Trim('h', 'm', 's').Length == 0;
                    i = close;
                    break;
                case ';':
                    return (clock, month, year, day, elapsed, digits);
                case 'y' or 'Y': year = true; break;
                case 'e' or 'E' when i + 1 >= code.Length || code[i + 1] is not ('+' or '-'): year = true; break;
                case 'd' or 'D': day = true; break;
                case 'm' or 'M': month = true; break;
                case 'h' or 'H' or 's' or 'S': clock = true; break;
                case '0' or '#' or '?': digits = true; break;
            }
        }
        return (clock, month, year, day, elapsed, digits);
    }
}
