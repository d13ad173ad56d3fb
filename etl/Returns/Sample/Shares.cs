namespace Innovation1551.Returns.Sample;

/// <summary>Whole numbers divided without loss.</summary>
internal static class Shares
{
    /// <summary>Splits a total by weights; every part is rounded down and the largest takes the rest, so the parts sum to the total exactly. Among nobody there is nothing to split.</summary>
    public static long[] Split(long total, ReadOnlySpan<long> weights)
    {
        if (weights.IsEmpty)
            return [];
        Int128 sum = 0;
        var largest = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            if (weights[i] > weights[largest])
                largest = i;
        }
        var parts = new long[weights.Length];
        var rest = total;
        for (var i = 0; i < weights.Length; i++)
        {
            parts[i] = sum == 0 ? 0 : (long)(total * (Int128)weights[i] / sum);
            rest -= parts[i];
        }
        parts[largest] += rest;
        return parts;
    }

    /// <summary>The total times numerator over denominator, rounded down.</summary>
    public static long Part(long total, long numerator, long denominator) => (long)(total * (Int128)numerator / denominator);
}
