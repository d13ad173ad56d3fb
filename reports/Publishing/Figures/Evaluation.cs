using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>A group's score in one year under one system of evaluation, its places, and how firm they are. All null where there is no score.</summary>
/// <param name="Standing"><c>scored</c>, <c>provisional</c> (rests on a figure that is not final) or <c>none</c>.</param>
/// <param name="Best">The best place when the weights are perturbed.</param>
/// <param name="Worst">The worst place.</param>
/// <param name="MayTellRankChange">The ranges of both years do not overlap.</param>
/// <param name="Notice">What the system is; of the shipped one, that it is an example.</param>
public sealed record EvaluationScore(
    string System,
    string Group,
    int Year,
    string Class,
    Text ClassName,
    string Standing,
    decimal? Geometric,
    decimal? Bonus,
    decimal? Veto,
    decimal? Score,
    int? Rank,
    int? RankInClass,
    int Ranked,
    int RankedInClass,
    int? Best,
    int? Worst,
    decimal? Before,
    decimal? Change,
    int? RankBefore,
    int? RankChange,
    bool MayTellRankChange,
    Text SystemName,
    Text Notice
)
{
    public FigureStatus Status =>
        Score is null ? FigureStatus.Missing
        : Standing == "provisional" ? FigureStatus.Provisional
        : FigureStatus.Actual;

    /// <summary>Where one of its numbers stands.</summary>
    public Bound Key(string column) => Bound.Record(FormattableString.Invariant($"evaluation_score/{System}/{Group}/{Year}/{column}"));
}

/// <summary>What one indicator, bonus or veto item gives a group in one year. The contributions of a group sum to its score.</summary>
/// <param name="Kind"><c>indicator</c>, <c>bonus</c> or <c>veto</c>.</param>
/// <param name="Value">The value that counts; not the published one where another was decided on appeal.</param>
/// <param name="Rule">The code of the rule by which it counts or does not.</param>
/// <param name="Floor">The value that gives 0; of items the threshold.</param>
/// <param name="Goal">The value that gives 100; null for items.</param>
/// <param name="Weight">1 together; null for items.</param>
public sealed record EvaluationPart(
    string System,
    string Group,
    int Year,
    string Part,
    string Kind,
    string Class,
    Text Name,
    string Metric,
    decimal? PublishedValue,
    decimal? Value,
    string Rule,
    Text RuleName,
    string Reason,
    decimal? Floor,
    decimal? Goal,
    decimal? Normalised,
    decimal? Weight,
    decimal? Contribution,
    decimal? Change,
    decimal? ChangeByWeight
)
{
    /// <summary>Points are kept and shown to hundredths, so that what is displayed adds up.</summary>
    public static readonly FigureText Points = new(1, new Text("分", "points"), 2, false, false);

    /// <summary>A weight as percent.</summary>
    public static readonly FigureText WeightText = new(0.01m, new Text("%", "%"), 1, false, false);

    public bool IsIndicator => Kind == "indicator";

    /// <summary>Where one of its numbers stands.</summary>
    public Bound Key(string column) => Bound.Record(FormattableString.Invariant($"evaluation_part/{System}/{Group}/{Year}/{Part}/{column}"));
}
