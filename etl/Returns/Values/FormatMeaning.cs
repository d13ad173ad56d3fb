using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Values;

/// <summary>What a number format adds to the number that stands under it.</summary>
/// <param name="Percent">It shows the number times 100 with a percent sign.</param>
/// <param name="Elapsed">It shows a duration: 1.5 as 36:00.</param>
/// <param name="Scaled">It shows the number divided by thousands: what the respondent saw is not what is stored.</param>
/// <param name="Unit">A unit written into the format: 0.00"万元".</param>
/// <param name="Zeros">It shows so many digits at least, and nothing else: 000000 for a code with leading zeros; 0 otherwise.</param>
internal sealed record FormatMeaning(bool Percent, bool Scaled, bool Elapsed, string? Unit, int Zeros)
{
    private static readonly FormatMeaning Plain = new(false, false, false, null, 0);

    // Cells of one column share one format object, so remembering the last one saves nearly all of the work.
    [ThreadStatic]
    private static string? _lastFormat;

    [ThreadStatic]
    private static (FormatSection Section, FormatMeaning Meaning)[]? _last;

    /// <summary>What the section of the format adds that shows this number.</summary>
    public static FormatMeaning Of(string? format, decimal value)
    {
        if (format is null)
            return Plain;
        if (!ReferenceEquals(format, _lastFormat))
        {
            _last = [.. FormatSection.All(format).Select(s => (s, Analyse(s)))];
            _lastFormat = format;
        }
        if (_last!.Length == 1)
            return _last[0].Meaning;
        var shown = FormatSection.For([.. _last.Select(s => s.Section)], (double)value);
        return Array.Find(_last, s => s.Section == shown).Meaning;
    }

    private static FormatMeaning Analyse(FormatSection section)
    {
        // The Chinese editions' word for General is no unit.
        var format = section.Text.Replace("G/通用格式", "General", StringComparison.Ordinal);
        bool percent = false,
            scaled = false,
            onlyZeros = true;
        var zeros = 0;
        var literal = "";
        var lastDigit = false;
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            switch (c)
            {
                case '"':
                    var close = format.IndexOf('"', i + 1);
                    if (close < 0)
                        close = format.Length;
                    literal += format[(i + 1)..close];
                    i = close;
                    break;
                case '\\' or '!':
                    // An escaped dot between digits is the usual trick to show ten-thousands: 0!.0,
                    if (i + 1 < format.Length && format[i + 1] == '.')
                        scaled = true;
                    else if (i + 1 < format.Length)
                        literal += format[i + 1];
                    i++;
                    break;
                case '_' or '*':
                    i++;
                    break;
                case '[':
                    var end = format.IndexOf(']', i);
                    i = end < 0 ? format.Length : end;
                    break;
                case '%':
                    percent = true;
                    break;
                case ',':
                    // A comma behind the last digit divides by a thousand; one between digits groups.
                    if (lastDigit && !DigitFollows(format, i + 1))
                        scaled = true;
                    break;
                case > '\x7F':
                    literal += c;
                    break;
            }
            lastDigit = c is '0' or '#' or '?' || c == ',' && lastDigit;
            if (c == '0')
                zeros++;
            else
                onlyZeros = false;
        }
        literal = literal.Trim();
        return new FormatMeaning(percent, scaled, section.Kind == FormatKind.Elapsed, UnitWords.Known(literal) ? literal : null, onlyZeros ? zeros : 0);
    }

    private static bool DigitFollows(string format, int from)
    {
        for (var i = from; i < format.Length; i++)
        {
            if (format[i] is '0' or '#' or '?')
                return true;
            if (format[i] is not ',')
                return false;
        }
        return false;
    }
}
