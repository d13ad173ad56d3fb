using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>What a number of the programme says: <c>gt</c> over, <c>ge</c> at least, <c>near</c>, <c>about</c>, <c>strive</c> for, <c>eq</c> exactly.</summary>
public sealed record Target(
    string Id,
    string Metric,
    string Breakdown,
    string Category,
    Text Name,
    TargetKind Kind,
    string Qualifier,
    decimal Value,
    string Unit,
    string BasePeriod,
    int? DueYear,
    Text Scope,
    string AsOf,
    bool IsInferred,
    Text Source,
    string Quote
)
{
    /// <summary>A number that was published as it stood: something to compare with.</summary>
    public bool IsReference => Kind == TargetKind.Reference;
}

/// <summary>What kind of statement a number of the programme is: aimed at, planned, or once published, to be compared with and never reached.</summary>
public enum TargetKind
{
    Target,
    Plan,
    Reference,
}
