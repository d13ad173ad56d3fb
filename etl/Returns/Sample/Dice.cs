using System.Numerics;

namespace Innovation1551.Returns.Sample;

/// <summary>
/// A seeded source of chance (SplitMix64). Our own, because the framework's generator may change between versions and the
/// sample must stay the same to the byte; a stream for each thing by name, so that adding one thing leaves the others alone.
/// </summary>
internal sealed class Dice
{
    private ulong _state;

    private Dice(ulong state) => _state = state;

    /// <summary>The stream that belongs to a name, e.g. ("economy", code, "2024").</summary>
    public static Dice For(int seed, params ReadOnlySpan<string> name)
    {
        var hash = 14695981039346656037UL ^ (uint)seed;
        foreach (var part in name)
        {
            foreach (var c in part)
                hash = (hash ^ c) * 1099511628211UL;
            hash = (hash ^ 0xFFFF) * 1099511628211UL;
        }
        var dice = new Dice(hash);
        dice.Next();
        return dice;
    }

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>0 to limit - 1.</summary>
    public int Below(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);

    /// <summary>Both ends included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    public bool Chance(int permille) => Below(1000) < permille;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>The index of a weight, drawn in proportion to the weights.</summary>
    public int Weighted(ReadOnlySpan<long> cumulative)
    {
        var at = (long)Math.BigMul(Next(), (ulong)cumulative[^1], out _);
        var found = cumulative.BinarySearch(at + 1);
        return found >= 0 ? FirstAt(cumulative, found) : ~found;
    }

    /// <summary>Items without weight repeat the sum before them; the first of equals is the one that has weight.</summary>
    private static int FirstAt(ReadOnlySpan<long> cumulative, int at)
    {
        while (at > 0 && cumulative[at - 1] == cumulative[at])
            at--;
        return at;
    }

    public DateOnly DayIn(int year, int fromMonth = 1, int toMonth = 12)
    {
        var first = new DateOnly(year, fromMonth, 1);
        var last = new DateOnly(year, toMonth, DateTime.DaysInMonth(year, toMonth));
        return first.AddDays(Below(last.DayNumber - first.DayNumber + 1));
    }
}
