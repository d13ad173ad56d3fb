using DuckDB.NET.Data;
using Google.OrTools.LinearSolver;
using Innovation1551.Models.Disclosure;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Specs.Disclosure;

/// <summary>Amounts of respondents and the sums of them that are told, to be put through the gate and attacked by hand.</summary>
internal sealed class ToldSums
{
    public List<(string Respondent, double Amount)> Amounts { get; } = [];
    public SortedDictionary<string, List<int>> Sums { get; } = new(StringComparer.Ordinal);

    public void Add(string respondent, double amount, params IEnumerable<string> sums)
    {
        foreach (var sum in sums)
            (Sums.TryGetValue(sum, out var members) ? members : Sums[sum] = []).Add(Amounts.Count);
        Amounts.Add((respondent, amount));
    }

    /// <summary>The names of the sums that the gate takes out.</summary>
    /// <param name="rule">threshold, n, k, p and range as they stand in a line of the rules.</param>
    /// <param name="earlier">Was a sum told by an earlier edition?</param>
    public IReadOnlyDictionary<string, (string Reason, string? Rule, string? Why)> Gate(
        string rule,
        IReadOnlyDictionary<string, bool>? earlier = null,
        Definitions? definitions = null
    )
    {
        definitions ??= Models.WarehouseSketch.Definitions;
        using var connection = new DuckDBConnection("DataSource=:memory:;threads=1");
        connection.Open();
        connection.Run(definitions["prelude.sql"]);
        Seed.Load(
            connection,
            "seed.disclosure_rule",
            DisclosureRules.Path,
            $"rule,metric,threshold,dominance_n,dominance_k_percent,p_percent,range_percent,reason\nR,amount,{rule},spec\n"
        );
        connection.Run(
            "create temp table gate_member (figure_id varchar, side varchar, rule varchar, problem varchar, breakdown varchar, variable varchar, respondent varchar, is_prior boolean, amount decimal(28, 6))"
        );
        // A temporary table has no appender of its own catalog.
        connection.Run(
            "insert into gate_member values "
                + string.Join(
                    ", ",
                    Sums.SelectMany(s =>
                        s.Value.Select(i =>
                            FormattableString.Invariant(
                                $"('{s.Key}', 'value', 'R', 'P', '{(s.Key == "total" ? "total" : "other")}', 'v{i}', '{Amounts[i].Respondent}', false, {Amounts[i].Amount})"
                            )
                        )
                    )
                )
        );
        return DisclosureGate
            .Protect(connection, definitions, earlier ?? new Dictionary<string, bool>(), Xunit.TestContext.Current.CancellationToken)
            .Suppressed;
    }

    /// <summary>
    /// What an attacker can say of some amounts together, from the sums that are told and what he has himself: the least and the most. It is written out
    /// over the single amounts, without any of the gate's own shortcuts.
    /// </summary>
    public (double Low, double High) Interval(IReadOnlyCollection<int> amounts, Func<string, bool> isTold, string? insider = null)
    {
        using var solver = Solver.CreateSolver("GLOP");
        var unknown = Amounts
            .Select(a => a.Respondent == insider ? solver.MakeNumVar(a.Amount, a.Amount, "") : solver.MakeNumVar(0, double.PositiveInfinity, ""))
            .ToList();
        foreach (var (_, members) in Sums.Where(s => isTold(s.Key)))
        {
            var value = members.Sum(i => Amounts[i].Amount);
            var sum = solver.MakeConstraint(value, value);
            foreach (var i in members)
                sum.SetCoefficient(unknown[i], 1);
        }
        foreach (var i in amounts)
            solver.Objective().SetCoefficient(unknown[i], 1);
        return (Extreme(false), Extreme(true));

        double Extreme(bool isMost)
        {
            solver.Objective().SetOptimizationDirection(isMost);
            var status = solver.Solve();
            return status switch
            {
                Solver.ResultStatus.OPTIMAL => solver.Objective().Value(),
                Solver.ResultStatus.UNBOUNDED or Solver.ResultStatus.INFEASIBLE or Solver.ResultStatus.ABNORMAL when isMost => double.PositiveInfinity,
                _ => throw new InvalidOperationException($"{status}"),
            };
        }
    }
}
