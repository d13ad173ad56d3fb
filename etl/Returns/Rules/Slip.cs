using System.Globalization;
using Innovation1551.Models;

namespace Innovation1551.Returns.Rules;

/// <summary>How a figure is commonly miswritten.</summary>
public enum SlipKind
{
    PowerOfTen,
    Sign,
    Transposed,
    OneDigit,
    LeftOut,
    Other,
}

/// <summary>Which common slip turns the figure meant into the one that was written.</summary>
public static class Slip
{
    /// <summary>
    /// The likeliest slip that leads from a value in an interval to the value read, with that value; where none does, the value nearest to
    /// <paramref name="balanced"/> as <see cref="SlipKind.Other"/>.
    /// </summary>
    /// <param name="balanced">The value at which the row balances exactly.</param>
    public static (SlipKind Kind, decimal Value) Explain(decimal? read, decimal low, decimal high, decimal balanced)
    {
        if (read is not { } written)
            return (SlipKind.LeftOut, balanced);
        bool Fits(decimal value) => value >= low && value <= high && value != written;
        for (var k = 1; k <= 4; k++)
        {
            var factor = (decimal)Math.Pow(10, k);
            if (Fits(written / factor))
                return (SlipKind.PowerOfTen, written / factor);
            if (Fits(written * factor))
                return (SlipKind.PowerOfTen, written * factor);
        }
        if (Fits(-written))
            return (SlipKind.Sign, -written);
        foreach (var value in Transposed(written).Where(Fits).OrderBy(v => Math.Abs(v - balanced)).Take(1))
            return (SlipKind.Transposed, value);
        foreach (var value in OneDigit(written).Where(Fits).OrderBy(v => Math.Abs(v - balanced)).Take(1))
            return (SlipKind.OneDigit, value);
        return (SlipKind.Other, balanced);
    }

    public static Text Name(SlipKind kind) =>
        kind switch
        {
            SlipKind.PowerOfTen => new("疑为小数点或计量单位错位", "a shifted decimal point or another unit"),
            SlipKind.Sign => new("疑为正负号错误", "a wrong sign"),
            SlipKind.Transposed => new("疑为相邻数字颠倒", "two digits swapped"),
            SlipKind.OneDigit => new("疑为一位数字误写", "one digit mistyped"),
            SlipKind.LeftOut => new("疑为漏填", "left out"),
            _ => new("与其余各项推算", "as the other cells imply"),
        };

    private static IEnumerable<decimal> Transposed(decimal value)
    {
        var text = value.ToString("0.######", CultureInfo.InvariantCulture).ToCharArray();
        var digits = Enumerable.Range(0, text.Length).Where(i => char.IsAsciiDigit(text[i])).ToArray();
        for (var i = 0; i + 1 < digits.Length; i++)
        {
            var (a, b) = (digits[i], digits[i + 1]);
            if (text[a] == text[b])
                continue;
            var swapped = (char[])text.Clone();
            (swapped[a], swapped[b]) = (swapped[b], swapped[a]);
            yield return decimal.Parse(swapped, NumberStyles.Number, CultureInfo.InvariantCulture);
        }
    }

    private static IEnumerable<decimal> OneDigit(decimal value)
    {
        var text = value.ToString("0.######", CultureInfo.InvariantCulture);
        for (var i = 0; i < text.Length; i++)
            if (char.IsAsciiDigit(text[i]))
                for (var digit = '0'; digit <= '9'; digit++)
                    if (digit != text[i])
                        yield return decimal.Parse(
                            string.Concat(text.AsSpan(0, i), [digit], text.AsSpan(i + 1)),
                            NumberStyles.Number,
                            CultureInfo.InvariantCulture
                        );
    }
}
