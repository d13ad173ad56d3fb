using System.Collections.Immutable;
using System.Globalization;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Values;

/// <summary>
/// Reads a cell as an identifier: digits and leading zeros are kept as they are. A spreadsheet number keeps 15 digits only,
/// so a longer identifier that arrives as a number has been damaged already and is a problem.
/// </summary>
public static class IdentifierText
{
    private const int ExactDigits = 15;

    public static Parsed<string> Read(Cell cell)
    {
        if (CellText.Unreadable<string>(cell) is { } unreadable)
            return unreadable;
        switch (cell.Kind)
        {
            case CellKind.Date:
                return CellText.Bad<string>(
                    $"编号被当成了日期 {cell.Text}；请设为文本格式后重新填写",
                    $"the identifier was turned into the date {cell.Text}; format the cell as text and fill it in again"
                );
            case CellKind.Boolean:
                return CellText.Bad<string>($"这里应填编号，单元格却是逻辑值 {cell.Text}", $"an identifier is wanted, but the cell holds {cell.Text}");
            case CellKind.Number:
                return FromNumber(cell);
        }
        var text = CellText.Plain(cell.Text);
        if (CellText.MissingKind(text) is { } missing)
            return Parsed<string>.Absent(missing);
        return LooksScientific(text) ? Lost(text) : Parsed<string>.Of(text);
    }

    /// <summary>The identifier without a mark that people write before it (ZL 2024…, CN2024…), so that one thing has one number.</summary>
    public static string WithoutPrefix(string identifier, ImmutableArray<string> prefixes)
    {
        foreach (var prefix in prefixes)
            if (
                identifier.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
                && identifier.AsSpan(prefix.Length).TrimStart(" .:-") is { Length: > 0 } rest
                && char.IsAsciiDigit(rest[0])
            )
                return rest.ToString();
        return identifier;
    }

    private static Parsed<string> FromNumber(in Cell cell)
    {
        var digits = cell.Text;
        if (digits.Length is 0 or > ExactDigits || digits.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return Lost(digits);
        // A format of zeros (000000) is how people show leading zeros: the identifier is what they saw.
        var zeros = FormatMeaning.Of(cell.NumberFormat, decimal.Parse(digits, CultureInfo.InvariantCulture)).Zeros;
        return Parsed<string>.Of(zeros > digits.Length ? digits.PadLeft(zeros, '0') : digits);
    }

    /// <summary>1.23E+17: what is left of a long identifier after a spreadsheet showed it as a number.</summary>
    private static bool LooksScientific(string text)
    {
        var e = text.IndexOf("E+", StringComparison.OrdinalIgnoreCase);
        return e > 0
            && char.IsAsciiDigit(text[0])
            && !text.AsSpan(0, e).ContainsAnyExcept("0123456789.")
            && e + 2 < text.Length
            && !text.AsSpan(e + 2).ContainsAnyExceptInRange('0', '9');
    }

    private static Parsed<string> Lost(string text) =>
        CellText.Bad<string>(
            $"编号 {CellText.Show(text)} 以数字形式保存，超过 15 位或带小数的部分已经失真；请设为文本格式后重新填写",
            $"the identifier {CellText.Show(text)} was kept as a number, which loses digits beyond 15; format the cell as text and fill it in again"
        );
}
