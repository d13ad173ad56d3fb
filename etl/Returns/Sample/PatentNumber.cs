using System.Globalization;

namespace Innovation1551.Returns.Sample;

/// <summary>Chinese application numbers since 2003: year, type, seven digits, a dot and the check digit.</summary>
internal static class PatentNumber
{
    /// <param name="type">I, U or D.</param>
    /// <param name="serial">Below ten million.</param>
    public static string Of(int year, string type, int serial)
    {
        var digit = type switch
        {
            "I" => '1',
            "U" => '2',
            _ => '3',
        };
        var stem = string.Create(CultureInfo.InvariantCulture, $"{year:0000}{digit}{serial:0000000}");
        return $"{stem}.{Check(stem)}";
    }

    /// <summary>Weights 2 to 9 and 2 to 5 from the left, modulo 11; ten is X.</summary>
    public static char Check(ReadOnlySpan<char> stem)
    {
        var sum = 0;
        for (var i = 0; i < stem.Length; i++)
            sum += (stem[i] - '0') * (2 + i % 8);
        return (sum % 11) switch
        {
            10 => 'X',
            var digit => (char)('0' + digit),
        };
    }
}
