using System.Globalization;

namespace Innovation1551.Publishing.Formats;

/// <summary>Whole numbers as attributes of markup have them, whatever language the machine speaks.</summary>
internal static class PlainNumber
{
    public static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
