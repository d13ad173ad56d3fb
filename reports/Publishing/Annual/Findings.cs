using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>
/// What the figures of the year say, chapter by chapter, in the words of <c>commentary.csv</c>. A sentence whose figures are missing is not
/// written; a growth is told only of figures beyond the flash stage and taken from the same returns; what displays as equal is called
/// unchanged, and ties are called ties. What is no figure of the year (targets, scores, response) is brought to the sentences here.
/// </summary>
internal sealed class Findings(PublishedRelease release, int year, IReadOnlyList<SentencePattern>? patterns = null)
{
    private static readonly FigureText Percent = FigureText.Percents(1);

    /// <summary>A mean of fewer revisions says nothing.</summary>
    private const int FewestToAverage = 4;

    private readonly Commentary _commentary = new(release, year, patterns ?? Commentary.Shipped);

    public IReadOnlyList<Phrase> Of(Section section) => [.. Say(_commentary.Of(section))];

    /// <summary>Some sentences by their names, as far as they may be said.</summary>
    public IEnumerable<Phrase> Say(params IEnumerable<string> sentences) =>
        sentences.SelectMany(sentence => About(sentence).Select(told => _commentary.Say(sentence, told))).OfType<Phrase>();

    /// <summary>A sentence by its name, of the first thing that it can be told of; null where it cannot be said.</summary>
    public Phrase? First(string sentence) => About(sentence).Select(told => _commentary.Say(sentence, told)).FirstOrDefault(p => p is not null);

    /// <summary>What a sentence is told of: once for each target; once, with nothing, for those that are made of figures alone.</summary>
    private IEnumerable<Told> About(string sentence) =>
        sentence switch
        {
            "coverage" => Coverage(),
            "target" => release
                .Targets.Where(t => t.Breakdown != "task_kind")
                .Select(t => TargetProgress.Of(t, release, year))
                .OfType<Progress>()
                .Select(Target),
            "scored" => [Scored()],
            "highest_score" => HighestScore(),
            "largest_gain" => LargestGain(),
            "lowest_response" => LowestResponse(),
            "projected" => Projected(),
            "growth_from" => GrowthFrom(),
            "revised" => release.RevisionCauses.Where(c => c.Year == year).Select(Revised),
            "mean_revision" => release.StageRevisions.Where(s => s is { Stage: "preliminary", MeanAbsolute: not null }).Select(MeanRevision),
            "register" => [Register()],
            _ => [Told.Nothing],
        };

    /// <summary>Who has not reported is missing, not gone: how complete the returns of the year are stands beside its headline figures.</summary>
    private IEnumerable<Told> Coverage()
    {
        if (release.Annual("rd_expense", year) is { Value: not null, Missing: > 0, Response: { } response, Coverage: { } coverage } spend)
            yield return new(
                new Dictionary<string, Phrase>
                {
                    ["missing"] = Phrase.Empty.Count(spend.Missing, spend.Key("missing")),
                    ["response"] = Phrase.Empty.Say(response, Percent, spend.Key("response_percent")),
                    ["coverage"] = Phrase.Empty.Say(coverage, Percent, spend.Key("coverage_percent")),
                },
                [.. spend.IsFlash ? (string[])["flash"] : [], .. spend.Missing == 1 ? (string[])["one"] : []]
            );
    }

    /// <summary>A target whose year has not come yet is told as a distance, not as missed; what displays as equal is called equal.</summary>
    private static Told Target(Progress p)
    {
        var show = FigureText.For(p.Metric);
        var qualifier = p.IsPath ? new Text("", "") : Wording.Qualifier(p.Target.Qualifier);
        var pieces = new Dictionary<string, Phrase>
        {
            ["name"] = Phrase.Empty.Name(p.IsPath ? p.Metric.Name : p.Target.Name),
            ["told_for"] = Phrase.Empty.Period($"{p.Actual.Year}", $"{p.Actual.Year}"),
            ["actual"] = Phrase.Empty.Say(p.Actual, p.Metric),
            ["qualifier"] = Phrase.Empty.Say(qualifier.Zh, qualifier.En.Length > 0 ? qualifier.En + " " : ""),
            ["aim"] = Phrase.Empty.Say(p.Aim, show, p.AimBound),
        };
        if (p.Target.DueYear is { } due)
            pieces["due"] = Phrase.Empty.Period($"{due}", $"{due}");
        if (p.Standing.Missing is > 0 and var missing)
            pieces["missing"] = Phrase.Empty.Say(missing, show, p.Standing.Key("missing"));
        if (!p.Actual.IsFlash && p.Standing.RequiredGrowth is { } growth)
            pieces["growth"] = Phrase.Empty.Say(growth, Percent, p.Standing.Key("required_growth_percent"));
        return new(
            pieces,
            p.IsPath ? "path"
                : p.Target.DueYear is not null ? "due"
                : "plan",
            p.IsPath
                ? show.Rounded(p.Actual.Value!.Value).CompareTo(show.Rounded(p.Aim)) switch
                {
                    > 0 => "above",
                    0 => "equal",
                    _ => "below",
                }
                : p.Standing.Standing
        );
    }

    /// <summary>The last year that is projected, and how it would stand to a target of that year.</summary>
    private IEnumerable<Told> Projected()
    {
        foreach (var f in release.Forecasts.Where(f => f.BaseYear == year && f.Value is not null).GroupBy(f => f.Metric).Select(g => g.MaxBy(f => f.Year)!))
        {
            var metric = release.Metric(f.Metric);
            var show = FigureText.For(metric);
            var pieces = new Dictionary<string, Phrase>
            {
                ["due"] = Phrase.Empty.Period($"{f.Year}", $"{f.Year}"),
                ["name"] = Phrase.Empty.Name(metric.Name),
                ["value"] = Phrase.Empty.Say(f.Value!.Value, show, f.Key("value")),
                ["low"] = Phrase.Of(Text.Same(show.Number(f.Ninety.Low)), f.Key("low_90")),
                ["high"] = Phrase.Empty.Say(f.Ninety.High, show, f.Key("high_90")),
            };
            var target = release.Targets.FirstOrDefault(t =>
                !t.IsReference && t.Metric == f.Metric && t.Breakdown == "total" && t.Unit == metric.Unit && t.DueYear == f.Year
            );
            if (target is not null)
                pieces["aim"] = Phrase.Empty.Say(target.Value, FigureText.For(target), Bound.Target(target.Id));
            yield return new(
                pieces,
                target is null ? "alone"
                    : show.Rounded(f.Value!.Value) >= show.Rounded(target.Value) ? "above"
                    : "below"
            );
        }
    }

    /// <summary>The two groups that added most, where all together rose and the two make half of it or more, and the next one displays as less.</summary>
    private IEnumerable<Told> GrowthFrom()
    {
        if (
            ContributionTable.Of(release, year) is not [{ Share: { } first } one, { Share: { } second } two, var next, ..] parts
            || parts.Sum(p => p.Points) <= 0
            || first + second < 50
            || two.Points <= 0
            || Contribution.PointsText.Rounded(next.Points) == Contribution.PointsText.Rounded(two.Points)
        )
            yield break;
        yield return new(
            new Dictionary<string, Phrase>
            {
                ["name"] = Phrase.Empty.Name(release.Category("group", one.Category).Name),
                ["points"] = Phrase.Empty.Say(one.Points, Contribution.PointsText with { IsChange = false }, one.Key("pull_points")),
                ["share"] = Phrase.Empty.Say(first, Contribution.ShareText, one.Key("share_percent")),
                ["next"] = Phrase.Empty.Name(release.Category("group", two.Category).Name),
                ["next_points"] = Phrase.Empty.Say(two.Points, Contribution.PointsText with { IsChange = false }, two.Key("pull_points")),
                ["next_share"] = Phrase.Empty.Say(second, Contribution.ShareText, two.Key("share_percent")),
            }
        );
    }

    private Told Revised(RevisionCause c)
    {
        var show = FigureText.For(release.Metric(c.Metric));
        return new(
            new Dictionary<string, Phrase>
            {
                ["told_for"] = Phrase.Empty.Period($"{c.Year}", $"{c.Year}"),
                ["name"] = Phrase.Empty.Name(release.Metric(c.Metric).Name),
                ["was"] = Phrase.Empty.Say(c.Told, show, c.Key("told_value")),
                ["now"] = Phrase.Empty.Say(c.Latest, show, c.Key("latest_value")),
                ["gain"] = Phrase.Empty.Say(Math.Abs(c.Change), show, c.Key("change")),
                ["late"] = Phrase.Empty.Say(c.FromNewReturns, show with { IsChange = true }, c.Key("from_new_returns")),
                ["replaced"] = Phrase.Empty.Say(c.FromReplacements, show with { IsChange = true }, c.Key("from_replacements")),
            },
            show.Rounded(c.Latest).CompareTo(show.Rounded(c.Told)) switch
            {
                > 0 => "up",
                0 => "level",
                _ => "down",
            }
        );
    }

    private Told MeanRevision(StageRevision s) =>
        new(
            new Dictionary<string, Phrase>
            {
                ["name"] = Phrase.Empty.Name(release.Metric(s.Metric).Name),
                ["mean"] = Phrase.Empty.Say(s.MeanAbsolute ?? 0, Percent with { Decimals = 2 }, s.Key("mean_absolute_revision_percent")),
                ["figures"] = Phrase.Empty.Count(s.Figures, s.Key("figures")),
            },
            s.Figures >= FewestToAverage ? "enough" : "few"
        );

    private Told Register()
    {
        var changes = release.RegisterChanges.Count(c => c.Year == year);
        return new(
            new Dictionary<string, Phrase> { ["changes"] = Phrase.Empty.Count(changes, Bound.Record(FormattableString.Invariant($"register_change/{year}"))) },
            changes switch
            {
                0 => "none",
                1 => "one",
                _ => "many",
            }
        );
    }

    private Told Scored() =>
        EvaluationPlaces.Scores(release, year) is [{ } any, ..]
            ? new(
                new Dictionary<string, Phrase>
                {
                    ["ranked"] = Phrase.Empty.Count(any.Ranked, any.Key("ranked")),
                    ["system"] = Phrase.Empty.Name(any.SystemName),
                },
                any.Ranked == 1 ? "one" : "many"
            )
            : Told.Nothing;

    /// <summary>The highest score, where it displays as higher than all others, and whether the weights decide it.</summary>
    private IEnumerable<Told> HighestScore()
    {
        var scores = EvaluationPlaces.Scores(release, year).Where(s => s.Score is not null).ToArray();
        if (scores is [{ Score: { } score, Best: { } best, Worst: { } worst } first, var second, ..] && second.Score != score)
            yield return new(
                new Dictionary<string, Phrase>
                {
                    ["name"] = Phrase.Empty.Name(release.Category("group", first.Group).Name),
                    ["score"] = Phrase.Empty.Say(score, EvaluationPart.Points, first.Key("score")),
                    ["best"] = Phrase.Empty.Count(best, first.Key("rank_low")),
                    ["worst"] = Phrase.Empty.Count(worst, first.Key("rank_high")),
                },
                best == worst ? "firm" : "open"
            );
    }

    /// <summary>Whose score rose most, and by which part most of it.</summary>
    private IEnumerable<Told> LargestGain()
    {
        var gains = EvaluationPlaces.Scores(release, year).Where(s => s.Change > 0).OrderByDescending(s => s.Change).ToArray();
        if (gains is not [{ Change: { } gain } first, ..] || gains.Length > 1 && gains[1].Change == gain)
            yield break;
        var pieces = new Dictionary<string, Phrase>
        {
            ["name"] = Phrase.Empty.Name(release.Category("group", first.Group).Name),
            ["gain"] = Phrase.Empty.Say(gain, EvaluationPart.Points, first.Key("score_change")),
        };
        var most = release.ScoreParts.Where(p => p.System == first.System && p.Group == first.Group && p.Year == year && p.Change > 0).MaxBy(p => p.Change);
        if (most?.Change is { } part)
            (pieces["part"], pieces["part_gain"]) = (Phrase.Empty.Name(most.Name), Phrase.Empty.Say(part, EvaluationPart.Points, most.Key("change")));
        yield return new(pieces);
    }

    private IEnumerable<Told> LowestResponse()
    {
        var rates = release
            .Responses.Where(r => r.Year == year && r.Rate is not null)
            .OrderBy(r => r.Rate)
            .ThenBy(r => r.Form, StringComparer.Ordinal)
            .ToArray();
        if (rates.Length == 0)
            yield break;
        var show = FigureText.For(ResponseSeries.Rate);
        var lowest = rates.TakeWhile(r => show.Rounded(r.Rate!.Value) == show.Rounded(rates[0].Rate!.Value)).ToArray();
        yield return new(
            new Dictionary<string, Phrase>
            {
                ["forms"] = Commentary.Names(lowest.Select(r => r.Name)),
                ["rate"] = Phrase.Empty.Say(rates[0].Rate!.Value, show, rates[0].Key("rate")),
                ["expected"] = Phrase.Empty.Count(rates[0].Expected, rates[0].Key("expected")),
                ["accepted"] = Phrase.Empty.Count(rates[0].Accepted, rates[0].Key("accepted")),
            },
            lowest.Length == rates.Length && rates.Length > 1 ? "same"
                : lowest.Length > 1 ? "tied"
                : "one"
        );
    }
}
