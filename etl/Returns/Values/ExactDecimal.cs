namespace Innovation1551.Returns.Values;

/// <summary>Reads decimal digits exactly. The framework's parser rounds what does not fit; here what does not fit is refused.</summary>
internal static class ExactDecimal
{
    private const int MaxDigits = 28;

    /// <summary>Sign, digits, one dot, and (if allowed) an exponent. False when it is anything else, or cannot be held exactly.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, bool exponentAllowed, out decimal value)
    {
        value = 0;
        var i = 0;
        var negative = false;
        if (i < text.Length && text[i] is '+' or '-')
            negative = text[i++] == '-';
        UInt128 digits = 0;
        int significant = 0,
            scale = 0,
            seen = 0,
            pendingZeros = 0;
        var point = false;
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '.')
            {
                if (point)
                    return false;
                point = true;
                continue;
            }
            if (!char.IsAsciiDigit(c))
                break;
            seen++;
            if (point)
                scale++;
            // Zeros at the end of a fraction are held back: they take no digits unless others follow.
            if (c == '0' && point)
            {
                pendingZeros++;
                continue;
            }
            for (; pendingZeros > 0; pendingZeros--)
            {
                if (significant > 0 && ++significant > MaxDigits)
                    return false;
                digits *= 10;
            }
            if ((significant > 0 || c != '0') && ++significant > MaxDigits)
                return false;
            digits = digits * 10 + (UInt128)(c - '0');
        }
        if (seen == 0 || point && text[i - 1] == '.')
            return false;
        scale -= pendingZeros;
        if (i < text.Length)
        {
            if (!exponentAllowed || text[i] is not ('e' or 'E'))
                return false;
            if (
                !int.TryParse(
                    text[(i + 1)..],
                    System.Globalization.NumberStyles.AllowLeadingSign,
                    System.Globalization.CultureInfo.InvariantCulture,
                    out var exponent
                )
                || Math.Abs(exponent) > 100
            )
                return false;
            scale -= exponent;
        }
        if (digits == 0)
            return true;
        for (; scale > 0 && digits % 10 == 0; scale--)
            digits /= 10;
        for (; scale < 0; scale++)
        {
            if (++significant > MaxDigits)
                return false;
            digits *= 10;
        }
        if (scale > MaxDigits || digits >> 96 != 0)
            return false;
        value = new decimal((int)(uint)digits, (int)(uint)(digits >> 32), (int)(uint)(digits >> 64), negative, (byte)scale);
        return true;
    }
}
