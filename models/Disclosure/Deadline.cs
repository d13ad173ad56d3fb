using System.Diagnostics;
using Google.OrTools.LinearSolver;

namespace Innovation1551.Models.Disclosure;

/// <summary>The time that the gate may take. Whoever runs out of it publishes nothing: what was not shown to be safe is not.</summary>
internal sealed class Deadline(TimeSpan limit, CancellationToken cancel)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public TimeSpan Taken => _watch.Elapsed;

    /// <summary>Solves within what is left.</summary>
    /// <returns>True where there is a solution, false where there is none.</returns>
    /// <exception cref="DisclosureException">Neither is known in time.</exception>
    /// <param name="most">The most that this one may take; what it has found by then counts.</param>
    public bool Solve(Solver solver, TimeSpan most)
    {
        cancel.ThrowIfCancellationRequested();
        var left = limit - _watch.Elapsed;
        if (left <= TimeSpan.Zero)
            throw TooLong();
        solver.SetTimeLimit((long)Math.Ceiling((left < most ? left : most).TotalMilliseconds));
        return solver.Solve() switch
        {
            // A solution that may not be the best protects as well.
            Solver.ResultStatus.OPTIMAL or Solver.ResultStatus.FEASIBLE => true,
            Solver.ResultStatus.INFEASIBLE => false,
            _ => throw TooLong(),
        };
    }

    private DisclosureException TooLong() =>
        new(
            new(
                $"保密检查在 {limit.TotalSeconds:0.###} 秒内没有完成，不予发布；请放宽 seeds/threshold.csv 的 disclosure_seconds，或减少受保护的指标",
                $"the disclosure gate did not finish within {limit.TotalSeconds:0.###} seconds, so nothing is published; raise disclosure_seconds in seeds/threshold.csv or protect fewer metrics"
            )
        );
}
