using System.Globalization;

namespace Innovation1551.Returns.Sheets;

/// <summary>What a number format makes of a number.</summary>
internal enum FormatKind
{
    Number,
    DateTime,
    TimeOfDay,

    /// <summary>Hours and minutes counted beyond a day: no point in time, and no number that anyone sees either.</summary>
    Elapsed,
}

/// <summary>A cell style as far as it changes meaning: the format code, and whether numbers under it are dates.</summary>
/// <param name="Code">The format code; null for General.</param>
/// <param name="Kind">What its first section makes of a number.</param>
internal sealed record NumberFormat(string? Code, FormatKind Kind)
{
    /// <summary>The sections, where they make different things of numbers; null where all agree.</summary>
    private FormatSection[]? _sections;

    public static readonly NumberFormat General = new(null, FormatKind.Number);

    public static NumberFormat Of(string? code)
    {
        if (string.IsNullOrEmpty(code) || code.Equals("General", StringComparison.OrdinalIgnoreCase))
            return General;
        var sections = FormatSection.All(code);
        var kind = sections[0].Kind;
        return new NumberFormat(code, kind) { _sections = Array.TrueForAll(sections[..Math.Min(3, sections.Length)], s => s.Kind == kind) ? null : sections };
    }

    /// <summary>The formats that have a number but no code in the file; 27 to 36 and 50 to 58 are those of a Chinese Excel.</summary>
    public static NumberFormat BuiltIn(int id) =>
        Of(
            id switch
            {
                1 => "0",
                2 => "0.00",
                3 => "#,##0",
                4 => "#,##0.00",
                5 => "¥#,##0;¥-#,##0",
                6 => "¥#,##0;[Red]¥-#,##0",
                7 => "¥#,##0.00;¥-#,##0.00",
                8 => "¥#,##0.00;[Red]¥-#,##0.00",
                9 => "0%",
                10 => "0.00%",
                11 => "0.00E+00",
                12 => "# ?/?",
                13 => "# ??/??",
                14 => "yyyy/m/d",
                15 => "d-mmm-yy",
                16 => "d-mmm",
                17 => "mmm-yy",
                18 => "h:mm AM/PM",
                19 => "h:mm:ss AM/PM",
                20 => "h:mm",
                21 => "h:mm:ss",
                22 => "yyyy/m/d h:mm",
                27 or 36 or 50 or 52 or 57 => "yyyy\"年\"m\"月\"",
                28 or 29 or 51 or 53 or 54 or 58 => "m\"月\"d\"日\"",
                30 => "m-d-yy",
                31 => "yyyy\"年\"m\"月\"d\"日\"",
                32 => "h\"时\"mm\"分\"",
                33 => "h\"时\"mm\"分\"ss\"秒\"",
                34 or 55 => "上午/下午h\"时\"mm\"分\"",
                35 or 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
                37 => "#,##0;-#,##0",
                38 => "#,##0;[Red]-#,##0",
                39 => "#,##0.00;-#,##0.00",
                40 => "#,##0.00;[Red]-#,##0.00",
                45 => "mm:ss",
                46 => "[h]:mm:ss",
                47 => "mm:ss.0",
                48 => "##0.0E+0",
                49 => "@",
                _ => null,
            }
        );

    /// <summary>What the format makes of this number: sections may differ.</summary>
    public FormatKind KindOf(ReadOnlySpan<char> stored) =>
        _sections is null || !double.TryParse(stored, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? Kind
            : FormatSection.For(_sections, value).Kind;

    /// <summary>True when the format shows a year or a month but no day: 2024年3月 is then what the cell says, though a day is stored.</summary>
    public static bool ShowsNoDay(string code) => FormatSection.All(code)[0] is { Day: false } section && (section.Month || section.Year);

    /// <summary>True when the format shows a month.</summary>
    public static bool ShowsMonth(string code) => FormatSection.All(code)[0].Month;
}
