namespace Innovation1551.Publishing.Figures;

/// <summary>How many figures of a metric are not published to keep data confidential, and by what rule.</summary>
/// <param name="Rule">Empty where the metric is only made from protected amounts.</param>
/// <param name="Figures">Figures that exist, those of single enterprises aside.</param>
/// <param name="ByRule">Of the suppressed those that a rule forbids; the others could be used to reckon these.</param>
/// <param name="Threshold">Enterprises from which on a figure may be published.</param>
/// <param name="DominanceN">The largest enterprises that may not have more than <paramref name="DominanceK"/> percent of a figure; null without that rule.</param>
/// <param name="P">How closely, in percent, the second largest enterprise may not know the largest; null without that rule.</param>
/// <param name="Range">How closely, in percent, nobody may reckon a protected amount.</param>
public sealed record Withheld(
    string Metric,
    string Rule,
    int Figures,
    int Suppressed,
    int ByRule,
    int Threshold,
    int? DominanceN,
    decimal? DominanceK,
    decimal? P,
    decimal? Range
)
{
    /// <summary>Where one of its numbers stands.</summary>
    public Bound Key(string column) => Bound.Record($"disclosure/{Metric}/{column}");
}
