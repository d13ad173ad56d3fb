using System.Collections.Immutable;

namespace Innovation1551.Returns.Rules;

/// <summary>Sum of coefficient times cell lies within the tolerance of zero.</summary>
public sealed record LinearBalance(ImmutableArray<(int Cell, int Coefficient)> Terms, decimal Tolerance);

/// <summary>
/// A set of cells whose change satisfies all balances, and for each cell the interval of values that it can then take
/// (null where it is not bounded on that side).
/// </summary>
public sealed record CellSet(ImmutableArray<int> Cells, ImmutableArray<(decimal? Low, decimal? High)> Ranges);

/// <summary>
/// Error localisation after Fellegi and Holt (1976): the smallest sets of cells that can be changed so that all balances of a row hold.
/// The search is exact: a set is kept where the system of inequalities in its cells has a solution, decided by Fourier–Motzkin elimination.
/// </summary>
public static class ErrorLocaliser
{
    public const int MaxCells = 3;

    /// <summary>All sets of the smallest size that explain the faults; none where no balance is broken or more than <see cref="MaxCells"/> cells are needed.</summary>
    /// <param name="mayBeNegative">Cells that may fall below zero; the others may not.</param>
    public static IReadOnlyList<CellSet> MinimalSets(IReadOnlyList<LinearBalance> balances, IReadOnlyList<decimal> values, IReadOnlyList<bool> mayBeNegative)
    {
        var residuals = balances.Select(b => b.Terms.Sum(t => t.Coefficient * values[t.Cell])).ToArray();
        var failing = Enumerable.Range(0, balances.Count).Where(i => Math.Abs(residuals[i]) > balances[i].Tolerance).ToArray();
        if (failing.Length == 0)
            return [];
        var touching = new List<int>[values.Count];
        for (var c = 0; c < touching.Length; c++)
            touching[c] = [.. Enumerable.Range(0, balances.Count).Where(i => balances[i].Terms.Any(t => t.Cell == c))];
        var cells = Enumerable.Range(0, values.Count).Where(c => touching[c].Count > 0).ToArray();
        for (var size = 1; size <= MaxCells; size++)
        {
            var found = Subsets(cells, size)
                .Where(set => failing.All(i => set.Any(c => touching[c].Contains(i))))
                .Select(set => Solve(set, balances, residuals, values, mayBeNegative, touching))
                .OfType<CellSet>()
                .ToList();
            if (found.Count > 0)
                return found;
        }
        return [];
    }

    private static CellSet? Solve(
        int[] set,
        IReadOnlyList<LinearBalance> balances,
        decimal[] residuals,
        IReadOnlyList<decimal> values,
        IReadOnlyList<bool> mayBeNegative,
        List<int>[] touching
    )
    {
        var system = new List<(decimal[] A, decimal B)>();
        foreach (var i in set.SelectMany(c => touching[c]).Distinct())
        {
            var a = set.Select(c => balances[i].Terms.Where(t => t.Cell == c).Sum(t => (decimal)t.Coefficient)).ToArray();
            var rest = residuals[i] - set.Select((c, k) => a[k] * values[c]).Sum();
            system.Add((a, balances[i].Tolerance - rest));
            system.Add(([.. a.Select(x => -x)], balances[i].Tolerance + rest));
        }
        for (var k = 0; k < set.Length; k++)
            if (!mayBeNegative[set[k]])
                system.Add(([.. set.Select((_, j) => j == k ? -1m : 0m)], 0));
        var ranges = new (decimal?, decimal?)[set.Length];
        for (var k = 0; k < set.Length; k++)
        {
            var alone = system;
            for (var j = 0; j < set.Length && alone is not null; j++)
                if (j != k)
                    alone = Eliminate(alone, j);
            if (alone is null || Range(alone, k) is not { } range)
                return null;
            ranges[k] = range;
        }
        return new([.. set], [.. ranges]);
    }

    /// <summary>The system without one variable: each upper bound of it combined with each lower bound. Null where it has no solution.</summary>
    private static List<(decimal[] A, decimal B)>? Eliminate(List<(decimal[] A, decimal B)> system, int variable)
    {
        var next = system.Where(r => r.A[variable] == 0).ToList();
        foreach (var (upper, ub) in system.Where(r => r.A[variable] > 0))
        foreach (var (lower, lb) in system.Where(r => r.A[variable] < 0))
        {
            var (p, q) = (upper[variable], -lower[variable]);
            next.Add(([.. upper.Zip(lower, (u, l) => u * q + l * p)], ub * q + lb * p));
        }
        if (next.Any(r => r.B < 0 && r.A.All(x => x == 0)))
            return null;
        return [.. next.DistinctBy(r => (string.Join(',', r.A), r.B))];
    }

    /// <summary>The interval left for the one variable; null where it is empty.</summary>
    private static (decimal? Low, decimal? High)? Range(List<(decimal[] A, decimal B)> system, int variable)
    {
        decimal? low = null,
            high = null;
        foreach (var (a, b) in system)
        {
            if (a[variable] == 0 && b < 0)
                return null;
            if (a[variable] > 0)
                high = Math.Min(high ?? decimal.MaxValue, b / a[variable]);
            else if (a[variable] < 0)
                low = Math.Max(low ?? decimal.MinValue, b / a[variable]);
        }
        return low > high ? null : (low, high);
    }

    private static IEnumerable<int[]> Subsets(int[] cells, int size)
    {
        if (size == 0)
        {
            yield return [];
            yield break;
        }
        for (var i = 0; i <= cells.Length - size; i++)
            foreach (var rest in Subsets(cells[(i + 1)..], size - 1))
                yield return [cells[i], .. rest];
    }
}
