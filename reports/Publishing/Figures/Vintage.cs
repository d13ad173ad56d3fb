using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>A main amount of a year, all enterprises together, as it was known from one day until the next vintage.</summary>
public sealed record Vintage(string Metric, int Year, int No, DateOnly AsOf, decimal Value, string Stage)
{
    public Bound Bound => Bound.Record(FormattableString.Invariant($"vintage/{Metric}/{Year}/{No}"));
}

/// <summary>How far a main amount of a year has moved since it could first be told, and what moved it.</summary>
public sealed record RevisionCause(
    string Metric,
    int Year,
    DateOnly ToldOn,
    decimal Told,
    decimal Latest,
    decimal Change,
    decimal? Percent,
    decimal FromNewReturns,
    decimal FromReplacements
)
{
    /// <summary>Where one of its numbers stands: <c>told_value</c>, <c>latest_value</c>, <c>change</c>, <c>change_percent</c>, <c>from_new_returns</c>, <c>from_replacements</c>.</summary>
    public Bound Key(string column) => Bound.Record(FormattableString.Invariant($"revision_cause/{Metric}/{Year}/{column}"));
}

/// <summary>How far the figures of one stage lay from the figures in force.</summary>
public sealed record StageRevision(string Metric, string Stage, int Figures, decimal? Mean, decimal? MeanAbsolute, decimal? Largest)
{
    public Bound Key(string column) => Bound.Record($"revision_by_stage/{Metric}/{Stage}/{column}");
}

/// <summary>An enterprise renamed, merged, split, moved, founded or closed.</summary>
public sealed record RegisterChange(string Name, int Year, DateOnly Day, Text Kind, string Before, string Group);
