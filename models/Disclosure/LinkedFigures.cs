using System.Collections.Immutable;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Disclosure;

/// <summary>
/// The figures that tell anything of protected amounts, as linked sums. A sum is hidden once no figure tells it; a figure that tells a hidden sum goes
/// whole, with its other side, so that what is hidden in one table can only make others safer.
/// </summary>
internal sealed class LinkedFigures
{
    private readonly Dictionary<string, List<LinkedSum>> _sums = new(StringComparer.Ordinal);
    private readonly Dictionary<LinkedSum, List<string>> _figures = [];
    private readonly Dictionary<LinkedSum, (string Rule, string Why)> _forbidden = [];
    private readonly SortedDictionary<string, (string Reason, string? Rule, string? Why)> _suppressed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _totals = new(StringComparer.Ordinal);

    /// <summary>Reads what <c>gate/member.sql</c> and <c>gate/primary.sql</c> have made.</summary>
    /// <param name="isOut">Figures that an earlier edition has told.</param>
    public LinkedFigures(DuckDBConnection connection, IReadOnlySet<string> isOut)
    {
        foreach (var row in connection.Rows("select figure_id from gate_figure where breakdown = 'total' order by 1"))
            _totals.Add((string)row[0]!);
        var figures = connection.Rows("select sum_no, figure_id from gate_figure order by 1, 2").ToLookup(r => (int)r[0]!, r => (string)r[1]!);
        var atoms = connection.Rows("select sum_no, atom_no from gate_sum_atom order by 1, 2").ToLookup(r => (int)r[0]!, r => (int)r[1]!);
        var shares = connection
            .Rows("select atom_no, respondent, amount from gate_respondent order by atom_no, amount desc, respondent")
            .ToLookup(r => (int)r[0]!, r => new Share((string)r[1]!, (double)(decimal)r[2]!));
        var cells = connection
            .Rows("select kind, no, cast(value as double), cast(needed as double), rule, why from gate_cell where why is not null")
            .ToDictionary(r => ((string)r[0]!, (int)r[1]!), r => (Value: (double)r[2]!, Needed: (double)r[3]!, Rule: (string)r[4]!, Why: (string)r[5]!));
        var values = connection.Rows("select no, cast(value as double) from gate_cell where kind = 'sum'").ToDictionary(r => (int)r[0]!, r => (double)r[1]!);
        var tables = ImmutableArray.CreateBuilder<LinkedTable>();
        var atomsOf = connection.Rows("select distinct problem, atom_no from gate_atom_variable order by 1, 2").ToLookup(r => (string)r[0]!, r => (int)r[1]!);
        foreach (var problem in connection.Rows("select problem, list(sum_no order by sum_no) from gate_sum group by all order by 1"))
        {
            var name = (string)problem[0]!;
            var place = atomsOf[name].Select((atom, at) => (atom, at)).ToDictionary(a => a.atom, a => a.at);
            var targets = ImmutableArray.CreateBuilder<Guarded>();
            var sums = ImmutableArray.CreateBuilder<LinkedSum>();
            var summed = new HashSet<int>();
            foreach (var no in (List<int>)problem[1]!)
            {
                var parts = atoms[no].Select(a => place[a]).ToImmutableArray();
                var sum = new LinkedSum(figures[no].First(), parts, values.GetValueOrDefault(no), figures[no].Any(isOut.Contains));
                sums.Add(sum);
                _figures[sum] = [.. figures[no]];
                foreach (var figure in figures[no])
                    (_sums.TryGetValue(figure, out var told) ? told : _sums[figure] = []).Add(sum);
                // A sum of one unknown is that unknown: out with the sum, or guarded with it.
                if (parts is [var alone])
                    summed.Add(alone);
                if (!cells.TryGetValue(("sum", no), out var cell))
                    continue;
                _forbidden[sum] = (cell.Rule, cell.Why);
                if (sum.IsOut)
                    Out.Add(sum.Name);
                else
                    targets.Add(new(sum.Name, parts, cell.Value, cell.Needed));
            }
            foreach (var (atom, at) in place)
                if (cells.TryGetValue(("atom", atom), out var cell) && !summed.Contains(at))
                    targets.Add(new($"{string.Join('+', shares[atom].Select(s => s.Respondent))} ({name})", [at], cell.Value, cell.Needed));
            tables.Add(
                new(name, [.. place.Keys.Select(a => new Atom(shares[a].Sum(s => s.Amount), [.. shares[a]]))], sums.ToImmutable(), targets.ToImmutable())
            );
        }
        Tables = tables.ToImmutable();
    }

    public ImmutableArray<LinkedTable> Tables { get; }

    /// <summary>Figures that a rule forbids and that an earlier edition has told: they go, and nothing can protect them any more.</summary>
    public List<string> Out { get; } = [];

    public IReadOnlyDictionary<string, (string Reason, string? Rule, string? Why)> Suppressed => _suppressed;

    /// <summary>Takes out the figures that a rule forbids, and those that tell the same sum.</summary>
    public void SuppressForbidden()
    {
        foreach (var (sum, (rule, why)) in _forbidden)
            Hide(sum, "primary", rule, why);
    }

    /// <summary>Takes out every figure that tells a sum.</summary>
    public void Hide(LinkedSum sum, string reason, string? rule = null, string? why = null)
    {
        foreach (var figure in _figures[sum])
            Suppress(figure, reason, rule, why);
    }

    public void Suppress(string figure, string reason, string? rule = null, string? why = null)
    {
        if (!_suppressed.TryAdd(figure, (reason, rule, why)) || !_sums.TryGetValue(figure, out var told))
            return;
        foreach (var sum in told)
            sum.IsHidden = _figures[sum].All(_suppressed.ContainsKey);
    }

    /// <summary>Weighs what each sum costs to hide: the figures that would go with it; a total a hundredfold, because it is what a report is about.</summary>
    public void Weigh(LinkedTable table)
    {
        foreach (var sum in table.Sums)
            sum.Cost = _figures[sum].Where(f => !_suppressed.ContainsKey(f)).Sum(f => (1 + sum.Value / table.Most) * (_totals.Contains(f) ? 100 : 1));
    }
}
