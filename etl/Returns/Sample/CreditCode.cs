namespace Innovation1551.Returns.Sample;

/// <summary>
/// Unified social credit codes (GB 32100) with true check digits around an organisation part that no register has:
/// EXA and a running number.
/// </summary>
internal static class CreditCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static readonly int[] OrganisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Enterprise (91), city of registration, EXA and number, both check digits.</summary>
    public static string Of(string city, int number)
    {
        var organisation = $"EXA{number:00000}";
        var stem = $"91{city}00{organisation}{OrganisationCheck(organisation)}";
        return stem + Check(stem);
    }

    /// <summary>The 18th character: weights 3^i mod 31.</summary>
    public static char Check(ReadOnlySpan<char> stem)
    {
        int sum = 0,
            weight = 1;
        foreach (var c in stem)
        {
            sum += Alphabet.IndexOf(c, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }
        return Alphabet[(31 - sum % 31) % 31];
    }

    /// <summary>The ninth character of the organisation part (GB 11714).</summary>
    private static char OrganisationCheck(string organisation)
    {
        var sum = 0;
        for (var i = 0; i < organisation.Length; i++)
            sum += OrganisationWeights[i] * (char.IsAsciiDigit(organisation[i]) ? organisation[i] - '0' : organisation[i] - 'A' + 10);
        return ((11 - sum % 11) % 11) switch
        {
            10 => 'X',
            var digit => (char)('0' + digit),
        };
    }
}
