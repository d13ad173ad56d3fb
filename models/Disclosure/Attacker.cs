using System.Collections.Immutable;
using Google.OrTools.LinearSolver;

namespace Innovation1551.Models.Disclosure;

/// <summary>A question that an attacker asks: can this be so much larger (or smaller) than it is?</summary>
/// <param name="Insider">An enterprise that knows its own amounts; null for a reader from outside.</param>
internal sealed record Doubt(Guarded Target, bool IsUp, string? Insider);

/// <summary>
/// Reckons what readers can reckon: all amounts that agree with every sum they know. A target is protected where such amounts exist with it far enough
/// above its value, and others with it far enough below: linear programmes over the differences from the true amounts (Fischetti and Salazar,
/// Solving the cell suppression problem on tabular data with linear constraints, 2001).
/// </summary>
internal sealed class Attacker(LinkedTable table, Deadline deadline) : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly Solver _solver = Solver.CreateSolver("GLOP");
    private readonly List<(Variable Up, Variable Down)> _differences = [];
    private Constraint? _aim;

    /// <summary>
    /// Differences found so far, those that are nought left out. What is possible once stays possible when more is hidden, and any multiple of it
    /// that no amount forbids.
    /// </summary>
    private readonly List<(int Atom, double By)[]> _possible = [];

    /// <summary>The doubts of anybody that are not in place.</summary>
    public List<Doubt> Unprotected()
    {
        Lay();
        var open = new List<Doubt>();
        foreach (var target in table.Targets)
        foreach (var isUp in (ReadOnlySpan<bool>)[true, false])
        {
            var anybody = new Doubt(target, isUp, null);
            if (Answer(anybody) is not { } differences)
            {
                open.Add(anybody);
                continue;
            }
            foreach (var insider in Offended(target, differences))
                if (Answer(new(target, isUp, insider)) is null)
                    open.Add(new(target, isUp, insider));
        }
        return open;
    }

    /// <summary>How far it has to be possible: nothing can lie further below than all of it that he does not know himself.</summary>
    public static double Needed(LinkedTable table, Doubt doubt) =>
        doubt.IsUp
            ? doubt.Target.Needed
            : Math.Min(doubt.Target.Needed, doubt.Target.Value - doubt.Target.Atoms.Sum(a => doubt.Insider is null ? 0 : table.Known(a, doubt.Insider) ?? 0));

    /// <summary>The enterprises that know these differences to be false by what they have themselves. Whoever has all of the target has nothing to find out.</summary>
    private IEnumerable<string> Offended(Guarded target, (int Atom, double By)[] differences)
    {
        var offended = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (a, by) in differences)
        foreach (var share in table.Atoms[a].Shares)
            if (!Agrees(a, by, share.Respondent))
                offended.Add(share.Respondent);
        offended.RemoveWhere(r => target.Atoms.All(a => table.Atoms[a].Shares.All(s => s.Respondent == r)));
        return offended;
    }

    /// <summary>Differences by which the target lies just far enough away; null where there are none.</summary>
    private (int Atom, double By)[]? Answer(Doubt doubt)
    {
        var needed = Needed(table, doubt);
        if (needed <= Tiny)
            return [];
        if (!doubt.IsUp)
            needed = -needed;
        foreach (var known in _possible)
        {
            var reached = known.Sum(d => doubt.Target.Atoms.Contains(d.Atom) ? d.By : 0);
            if (Math.Abs(reached) > Tiny && known.All(d => Agrees(d.Atom, d.By * needed / reached, doubt.Insider)))
                return [.. known.Select(d => (d.Atom, d.By * needed / reached))];
        }
        for (var a = 0; a < table.Atoms.Length; a++)
        {
            _differences[a].Up.SetUb(table.Rise(a, doubt.Insider));
            _differences[a].Down.SetUb(table.Fall(a, doubt.Insider));
        }
        _aim!.Clear();
        foreach (var a in doubt.Target.Atoms)
        {
            _aim.SetCoefficient(_differences[a].Up, 1);
            _aim.SetCoefficient(_differences[a].Down, -1);
        }
        _aim.SetBounds(needed, needed);
        if (!deadline.Solve(_solver, Long))
            return null;
        var found = _differences.Select((d, a) => (a, d.Up.SolutionValue() - d.Down.SolutionValue())).Where(d => Math.Abs(d.Item2) > Tiny).ToArray();
        _possible.Add(found);
        return found;
    }

    private bool Agrees(int atom, double by, string? insider) => by <= table.Rise(atom, insider) + Tiny && -by <= table.Fall(atom, insider) + Tiny;

    /// <summary>The sums that are known now; of all differences that agree with them the smallest are wanted, so that few enterprises know better.</summary>
    private void Lay()
    {
        _solver.Clear();
        _differences.Clear();
        for (var a = 0; a < table.Atoms.Length; a++)
            _differences.Add((_solver.MakeNumVar(0, table.Most, ""), _solver.MakeNumVar(0, table.Fall(a, null), "")));
        foreach (var sum in table.Sums.Where(s => s.IsKnown))
        {
            var constraint = _solver.MakeConstraint(0, 0);
            foreach (var a in sum.Atoms)
            {
                constraint.SetCoefficient(_differences[a].Up, 1);
                constraint.SetCoefficient(_differences[a].Down, -1);
            }
        }
        _aim = _solver.MakeConstraint(0, 0);
        foreach (var (up, down) in _differences)
        {
            _solver.Objective().SetCoefficient(up, 1);
            _solver.Objective().SetCoefficient(down, 1);
        }
        _solver.Objective().SetMinimization();
    }

    /// <summary>In the unit of the amount (万元, full-time equivalents): a millionth of it is nothing.</summary>
    private const double Tiny = 1e-6;

    public void Dispose() => _solver.Dispose();
}
