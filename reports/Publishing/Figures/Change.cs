using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>What the change of an amount on the year before is made of; the parts sum to it exactly.</summary>
public sealed record Change(
    string Metric,
    int Year,
    decimal Before,
    decimal Now,
    decimal Continuing,
    decimal Restatement,
    decimal Definition,
    decimal Entrants,
    decimal Exits,
    decimal NonResponse,
    int Missing,
    int UnsharedSplits
)
{
    /// <summary>Where one of its numbers stands.</summary>
    public Bound Key(string column) => Bound.Record(FormattableString.Invariant($"change/{Metric}/{Year}/{column}"));
}
