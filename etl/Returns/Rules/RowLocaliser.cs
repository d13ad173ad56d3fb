using System.Collections.Immutable;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Rules;

/// <summary>A cell that is probably wrong: what was read and what would make everything balance (null where that is not determined).</summary>
public sealed record SuspectCell(string Field, decimal? Read, decimal? Likely, SlipKind Kind);

/// <summary>The likeliest explanation of a row's broken balances.</summary>
/// <param name="Cells">Cells to look at together.</param>
/// <param name="Others">Explanations that are just as likely, where the row alone cannot tell them apart.</param>
public sealed record Localisation(ImmutableArray<SuspectCell> Cells, ImmutableArray<ImmutableArray<SuspectCell>> Others);

/// <summary>Names the cells of a row that most likely break its balances.</summary>
public sealed class RowLocaliser
{
    private readonly Form _form;
    private readonly ImmutableArray<Balance> _balances;
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    public RowLocaliser(Form form, IEnumerable<Balance> balances)
    {
        _form = form;
        _balances = [.. balances];
        Fields = [.. _balances.SelectMany(b => b.Fields).Distinct()];
        foreach (var field in Fields)
            _index[field] = _index.Count;
    }

    /// <summary>The fields that take part in any balance.</summary>
    public ImmutableArray<string> Fields { get; }

    /// <param name="before">The same row of last year, where there is an accepted one; it tells equally small explanations apart.</param>
    public Localisation? Locate(IReadOnlyDictionary<string, decimal?> row, IReadOnlyDictionary<string, decimal?>? before)
    {
        var values = Fields.Select(f => row[f] ?? 0).ToArray();
        var equations = _balances
            .Where(b => b.Parts.Concat(b.Minus).Any(p => row[p] is not null))
            .Select(b => new LinearBalance(
                [(_index[b.Total], 1), .. b.Parts.Select(p => (_index[p], -1)), .. b.Minus.Select(m => (_index[m], 1))],
                b.Tolerance(_form, row)
            ))
            .ToList();
        var sets = ErrorLocaliser.MinimalSets(equations, values, [.. Fields.Select(f => _form[f].MayBeNegative)]);
        if (sets.Count == 0)
            return null;
        var expected = Expected(row, before);
        var ranked = sets.Select(s => (Set: Suspects(s, equations, row, values), Score: 0.0))
            .Select(s => (s.Set, Score: s.Set.Sum(c => Score(c, expected))))
            .OrderBy(s => s.Score)
            .ToList();
        return new(ranked[0].Set, [.. ranked.Skip(1).TakeWhile(r => r.Score - ranked[0].Score < 0.05).Select(r => r.Set)]);
    }

    private ImmutableArray<SuspectCell> Suspects(CellSet set, List<LinearBalance> equations, IReadOnlyDictionary<string, decimal?> row, decimal[] values) =>
        [
            .. set.Cells.Select(
                (cell, k) =>
                {
                    var field = Fields[cell];
                    if (set.Ranges[k] is not ({ } low, { } high))
                        return new SuspectCell(field, row[field], null, SlipKind.Other);
                    var touching = equations.Where(e => e.Terms.Any(t => t.Cell == cell)).ToList();
                    var slack = touching.Min(e => e.Tolerance);
                    // A wide interval means that the other cells of the set take up the rest: no value can be named.
                    if (high - low > 2 * slack)
                        return new SuspectCell(field, row[field], null, SlipKind.Other);
                    var balanced = Round(
                        Exact(cell, set, touching, values) is { } exact && exact >= low && exact <= high ? exact : (low + high) / 2,
                        low,
                        high
                    );
                    var (kind, likely) = Slip.Explain(row[field], low, high, balanced);
                    return new SuspectCell(field, row[field], likely, kind);
                }
            ),
        ];

    /// <summary>The value at which the first balance that no other cell of the set takes part in holds to the last place.</summary>
    private static decimal? Exact(int cell, CellSet set, List<LinearBalance> touching, decimal[] values)
    {
        var own = touching.FirstOrDefault(e => !e.Terms.Any(t => t.Cell != cell && set.Cells.Contains(t.Cell)));
        if (own is null)
            return null;
        var coefficient = own.Terms.First(t => t.Cell == cell).Coefficient;
        return -own.Terms.Where(t => t.Cell != cell).Sum(t => t.Coefficient * values[t.Cell]) / coefficient;
    }

    /// <summary>The shortest number in the interval near a value, so that nobody is told to enter 329.9999995.</summary>
    private static decimal Round(decimal value, decimal low, decimal high)
    {
        for (var places = 0; places < 6; places++)
            if (decimal.Round(value, places) is var rounded && rounded == value || (rounded >= low && rounded <= high && low == high))
                return rounded;
        return decimal.Round(value, 6);
    }

    /// <summary>Last year's cells scaled by the growth of the row: the median of the cells' growth, which a few wrong cells do not move.</summary>
    private Dictionary<string, double> Expected(IReadOnlyDictionary<string, decimal?> row, IReadOnlyDictionary<string, decimal?>? before)
    {
        var expected = new Dictionary<string, double>(StringComparer.Ordinal);
        if (before is null)
            return expected;
        var growth = Fields.Where(f => row[f] > 0 && before[f] > 0).Select(f => (double)(row[f]!.Value / before[f]!.Value)).Order().ToList();
        if (growth.Count == 0)
            return expected;
        foreach (var field in Fields)
            if (before[field] is { } amount and >= 0)
                expected[field] = (double)amount * growth[growth.Count / 2];
        return expected;
    }

    /// <summary>How unlikely a change is: the kind of slip, and whether it brings the cell closer to what last year leads to expect.</summary>
    private static double Score(SuspectCell cell, Dictionary<string, double> expected)
    {
        var kind = cell.Kind switch
        {
            SlipKind.PowerOfTen or SlipKind.Sign => 0,
            SlipKind.Transposed => 0.3,
            SlipKind.LeftOut => 0.3,
            SlipKind.OneDigit => 0.8,
            _ => 1.2,
        };
        if (cell.Likely is not { } likely || !expected.TryGetValue(cell.Field, out var usual))
            return kind;
        return kind + Math.Clamp((Away(likely, usual) - Away(cell.Read ?? 0, usual)) / 0.1, -3, 3);
    }

    /// <summary>Distance in decimal orders of magnitude; small amounts are all alike.</summary>
    private static double Away(decimal value, double usual) => value < 0 ? 4 : Math.Abs(Math.Log10(((double)value + 1) / (usual + 1)));
}
