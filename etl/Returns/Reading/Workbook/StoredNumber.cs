using System.Globalization;

namespace Innovation1551.Returns.Reading.Workbook;

/// <summary>
/// A spreadsheet stores binary numbers with up to 17 digits (0.30000000000000004) and shows 15 (0.3).
/// The respondent saw the 15, so the 15 are read; numbers stored with fewer digits, and whole numbers, stay as stored.
/// </summary>
internal static class StoredNumber
{
    private const int ShownDigits = 15;

    /// <summary>True when the text is a number as spreadsheets store it: sign, digits, dot, exponent.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text)
    {
        var i = 0;
        if (i < text.Length && text[i] is '+' or '-')
            i++;
        var digits = 0;
        for (; i < text.Length && char.IsAsciiDigit(text[i]); i++)
            digits++;
        if (i < text.Length && text[i] == '.')
            for (i++; i < text.Length && char.IsAsciiDigit(text[i]); i++)
                digits++;
        if (digits == 0)
            return false;
        if (i == text.Length)
            return true;
        if (text[i] is not ('e' or 'E'))
            return false;
        i++;
        if (i < text.Length && text[i] is '+' or '-')
            i++;
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        return i > start && i == text.Length;
    }

    /// <summary>The text to show for a stored number.</summary>
    public static string Shown(ReadOnlySpan<char> stored)
    {
        int significant = 0,
            trailing = 0,
            first = -1,
            cut = -1;
        bool point = false,
            exponent = false;
        for (var i = 0; i < stored.Length; i++)
        {
            var c = stored[i];
            if (c is 'e' or 'E')
            {
                exponent = true;
                break;
            }
            if (c == '.')
            {
                point = true;
                continue;
            }
            if (!char.IsAsciiDigit(c) || first < 0 && c == '0')
                continue;
            if (first < 0)
                first = i;
            significant++;
            if (significant == ShownDigits + 1)
                cut = i;
            trailing = c == '0' ? trailing + 1 : 0;
        }
        if (significant <= ShownDigits || !point || significant - trailing <= ShownDigits)
            return new string(stored);
        if (!exponent && Rounded(stored, cut) is { } rounded)
            return rounded;
        return double.TryParse(stored, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? Shown(value)
            : new string(stored);
    }

    /// <summary>
    /// Rounds the digits themselves before the place of the sixteenth; null where that could differ from rounding the binary number
    /// (what is cut off is nearly a half), where whole digits would be cut, or where a carry runs through.
    /// </summary>
    private static string? Rounded(ReadOnlySpan<char> stored, int cut)
    {
        var rest = stored[cut..];
        if (rest.Contains('.') || stored[..cut].IndexOf('.') < 0)
            return null;
        var half = rest[0] == '5' && !rest[1..].ContainsAnyExcept('0') || rest[0] == '4' && rest.Length > 1 && !rest[1..].ContainsAnyExcept('9');
        if (half)
            return null;
        var end = cut;
        if (rest[0] < '5')
        {
            while (stored[end - 1] == '0')
                end--;
            if (stored[end - 1] == '.')
                end--;
            return new string(stored[..end]);
        }
        // Nines carry; zeros behind the carry go.
        while (stored[end - 1] == '9')
            end--;
        if (stored[end - 1] == '.')
            return null;
        Span<char> digits = stackalloc char[end];
        stored[..end].CopyTo(digits);
        digits[^1]++;
        return new string(digits);
    }

    /// <summary>A binary number as Excel shows it at full width: 15 significant digits, plain notation where it is short enough to read.</summary>
    public static string Shown(double value)
    {
        if (value == 0)
            return "0";
        var text = value.ToString("E14", CultureInfo.InvariantCulture);
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && Math.Abs(exact) is < 1e21m and > 1e-12m)
        {
            var plain = exact.ToString(CultureInfo.InvariantCulture);
            return plain.Contains('.', StringComparison.Ordinal) ? plain.TrimEnd('0').TrimEnd('.') : plain;
        }
        return value.ToString("G15", CultureInfo.InvariantCulture);
    }
}
