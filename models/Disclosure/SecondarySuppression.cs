using Google.OrTools.LinearSolver;

namespace Innovation1551.Models.Disclosure;

/// <summary>
/// Hides further sums until nobody can reckon what is protected: an integer programme with one yes or no for each sum that could go and, for each doubt
/// that is not yet in place, amounts which agree with what stays (Kelly, Golden and Assad, Cell suppression, 1992). All doubts go into one programme
/// where that is small, and the sums that go are then the cheapest there are; otherwise one doubt after the other, and a few more may go than need to.
/// </summary>
internal static class SecondarySuppression
{
    /// <summary>Doubts times unknowns up to which all are weighed at once.</summary>
    private const int Small = 1500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="hide">Told of each sum that goes.</param>
    /// <exception cref="DisclosureException">Something can be reckoned whatever is hidden, or time is up.</exception>
    public static void Protect(LinkedTable table, Deadline deadline, Action<LinkedSum> hide)
    {
        using var attacker = new Attacker(table, deadline);
        while (attacker.Unprotected() is { Count: > 0 } open)
        {
            if (open.Count * table.Atoms.Length > Small)
                open = [open.MaxBy(d => Attacker.Needed(table, d))!];
            var chosen = Choose(table, open, deadline);
            if (chosen.Count == 0)
                throw Exposed(table, open[0]);
            foreach (var sum in chosen)
                hide(sum);
        }
    }

    /// <summary>The cheapest sums to hide.</summary>
    private static List<LinkedSum> Choose(LinkedTable table, List<Doubt> doubts, Deadline deadline)
    {
        using var solver = Solver.CreateSolver("SCIP");
        var candidates = table.Sums.Where(s => s is { IsHidden: false, IsOut: false }).Select(s => (Sum: s, Goes: solver.MakeBoolVar(""))).ToList();
        foreach (var (sum, goes) in candidates)
            solver.Objective().SetCoefficient(goes, sum.Cost);
        solver.Objective().SetMinimization();
        foreach (var doubt in doubts)
        {
            var needed = Attacker.Needed(table, doubt);
            // Differences in units of what is needed. Sums move about as far as the target has to; what would have to move further is left out, which can only hide more.
            const double most = 10;
            var differences = Enumerable
                .Range(0, table.Atoms.Length)
                .Select(a =>
                    solver.MakeNumVar(-Math.Min(most, table.Fall(a, doubt.Insider) / needed), Math.Min(most, table.Rise(a, doubt.Insider) / needed), "")
                )
                .ToList();
            foreach (var sum in table.Sums.Where(s => s.IsOut))
                Add(solver.MakeConstraint(0, 0), sum);
            foreach (var (sum, goes) in candidates)
            {
                var above = solver.MakeConstraint(double.NegativeInfinity, 0);
                Add(above, sum);
                above.SetCoefficient(goes, -most);
                var below = solver.MakeConstraint(0, double.PositiveInfinity);
                Add(below, sum);
                below.SetCoefficient(goes, most);
            }
            var aim = doubt.IsUp ? solver.MakeConstraint(1, double.PositiveInfinity) : solver.MakeConstraint(double.NegativeInfinity, -1);
            foreach (var a in doubt.Target.Atoms)
                aim.SetCoefficient(differences[a], 1);

            void Add(Constraint constraint, LinkedSum sum)
            {
                foreach (var a in sum.Atoms)
                    constraint.SetCoefficient(differences[a], 1);
            }
        }
        if (!deadline.Solve(solver, Patience))
            throw Exposed(table, doubts[0]);
        return [.. candidates.Where(c => c.Goes.SolutionValue() > 0.5).Select(c => c.Sum)];
    }

    private static DisclosureException Exposed(LinkedTable table, Doubt doubt) =>
        new(
            new(
                $"{table.Name}：无论再隐去哪些数字，{doubt.Target.Name} 都可由{(doubt.Insider is null ? "读者" : "另一家填报单位")}从本版和以往各版推算出来，不予发布；请并组、放宽规则或改用其他分类",
                $"{table.Name}: whatever else is hidden, {doubt.Target.Name} can be reckoned by {(doubt.Insider is null ? "a reader" : "another respondent")} from this edition and earlier ones, so nothing is published; merge categories, ease the rule or break down otherwise"
            )
        );
}
