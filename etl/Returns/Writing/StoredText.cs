using System.Globalization;

namespace Innovation1551.Returns.Writing;

/// <summary>A value as the digits that a file holds, the same on every machine.</summary>
internal static class StoredText
{
    public static string Of(object value) =>
        value switch
        {
            string text => text,
            decimal number => OfNumber(number),
            long number => number.ToString(CultureInfo.InvariantCulture),
            int number => number.ToString(CultureInfo.InvariantCulture),
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => throw new ArgumentException($"a return cannot hold a {value.GetType().Name}", nameof(value)),
        };

    /// <summary>Without trailing zeros: 1.50 and 1.5 are one amount and must give one text.</summary>
    private static string OfNumber(decimal number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    /// <summary>A text as a workbook stores it.</summary>
    public static string Stored(string text) => Models.Exchange.WorkbookText.Stored(text);
}
