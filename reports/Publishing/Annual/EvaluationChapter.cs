using System.Collections.Immutable;
using Innovation1551.Models;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>
/// The performance evaluation of a year: scores with places and how firm they are, what each part gives, what moved the score, and the
/// system itself. What the system is, is said before anything else. A year with several systems has the tables of each.
/// </summary>
internal sealed class EvaluationChapter(PublishedRelease release, int year, Numbering numbers)
{
    private const int MostMovers = 3;

    /// <summary>What counts as it stands and needs no word.</summary>
    private static readonly string[] Usual = ["USED", "PROVISIONAL", "UNWEIGHTED"];

    private static readonly FigureText Place = new(1, new Text("", ""), 0, false, false);

    private readonly IGrouping<string, EvaluationScore>[] _systems = [.. release.Scores.Where(s => s.Year == year).GroupBy(s => s.System)];
    private readonly ILookup<(string System, string Group), EvaluationPart> _parts = release
        .ScoreParts.Where(p => p.Year == year)
        .ToLookup(p => (p.System, p.Group));

    public IEnumerable<Block> Cautions() => _systems.Select(s => s.First()).Select(Caution).OfType<Caution>();

    /// <summary>What the system is; nothing where its definition has no notice.</summary>
    public Caution? Caution(EvaluationScore s) =>
        s.Notice.Zh.Length > 0 ? new Caution(Phrase.Empty.Name(s.SystemName).Say("：", ": ").Name(s.Notice).Say("。", ".")) : null;

    public IEnumerable<Block> Tables() => _systems.SelectMany((s, i) => Tables([.. s], i == 0 ? "" : "-" + Slug(s.Key)));

    private IEnumerable<Block> Tables(EvaluationScore[] scores, string suffix)
    {
        var name = scores[0].SystemName;
        yield return new DataTable(
            "t-evaluation" + suffix,
            numbers.Table(),
            new($"{year}年得分与位次（{name.Zh}）", $"Scores and places in {year} ({name.En})"),
            [
                Column.Of("企业集团", "Group", ColumnKind.Name),
                Column.Of("类别", "Class", ColumnKind.LongWords),
                Column.Of("得分", "Score", ColumnKind.Number),
                Column.Of("位次", "Place", ColumnKind.Number),
                Column.Of("类内位次", "In class", ColumnKind.Number),
                Column.Of("位次区间", "Range", ColumnKind.Number),
                Column.Of("上年位次", "Year before", ColumnKind.Number),
                Column.Of("位次变化", "Change", ColumnKind.Number),
                Column.Of("几何平均", "Geometric mean", ColumnKind.Number),
            ],
            [.. scores.Select(Score)]
        );
        yield return DataTable.Marks(release.Info);
        yield return Paragraph.Note(
            "位次区间：权重在体系所定幅度内随机变动时所占的位次。位次变化只在两年区间不重叠时列出，正数为上升；区间重叠的写“区间内”。几何平均：同一权重下各指标得分的几何平均，未计加减分，与得分相差大的，各项不均衡。",
            "Range: the places taken when the weights vary at random as far as the system says. A change of place is given only where the ranges of both years do not overlap, above zero for a rise; otherwise it says within range. Geometric mean: of the indicators by the same weights, without bonus and veto; where it lies far below the score, the indicators are out of balance."
        );
        foreach (var block in Unscored(scores))
            yield return block;
        if (scores.Any(s => s.Score is not null))
        {
            yield return Contributions(scores, suffix);
            yield return Paragraph.Note(
                "各项之和等于得分。加分项和扣分项各为合计。",
                "The parts of a line sum to its score. Bonus and veto are the sums of their items."
            );
        }
        if (scores.Any(s => s.Change is not null))
            yield return Movers(scores, suffix);
        if (Exceptions(scores, suffix) is { } exceptions)
            yield return new Aside(new Text("未按公布数计分的各项", "Parts that do not count as published"), [exceptions]);
        yield return System(scores, suffix);
        yield return Paragraph.Note(
            "指标得分＝（数值－下限）÷（目标－下限），不低于零、不超过一百；乘以权重为该项得分。加分项每满一个门槛加一次；扣分项触及门槛即扣。权重按类别，合计为一百。",
            "An indicator gives (value − floor) ÷ (goal − floor), never below nothing nor above a hundred; times its weight, that is its contribution. A bonus counts for each whole threshold; a veto takes points off beyond its threshold. Weights are by class and sum to a hundred."
        );
    }

    /// <summary>The evaluation of one group: its score and places in a sentence, then each part with how it came about.</summary>
    public IEnumerable<Block> Sheet(EvaluationScore s)
    {
        if (s is not { Score: { } score, Rank: { } rank })
        {
            foreach (var why in Unscored([s]))
                yield return why with
                {
                    IsNote = false,
                };
            yield break;
        }

        var sentence = Phrase.Empty.Period($"{year}年", $"In {year} ").Say("得", "the score was ").Say(score, EvaluationPart.Points, s.Key("score"));
        if (s.Status == FigureStatus.Provisional)
            sentence = sentence.Mark();
        sentence = sentence
            .Say("，位次", ", place ")
            .With(Of(rank, s.Key("rank"), s.Ranked, s.Key("ranked")))
            .With(
                s.Best == s.Worst
                    ? Phrase.Empty.Say("（权重变动时不变", " (the same when weights change")
                    : Phrase.Empty.Say("（权重变动时", " (when weights change ").With(Span(s))
            )
            .Say("），在", "), in class ")
            .Name(s.ClassName)
            .Say("中", " ")
            .With(Of(s.RankInClass, s.Key("rank_in_class"), s.RankedInClass, s.Key("ranked_in_class")));
        if (s is { RankBefore: { } was, Before: { } before })
            sentence = sentence
                .Say("；上年得", "; the year before ")
                .Say(before, EvaluationPart.Points, s.Key("score_before"))
                .Say("，位次", ", place ")
                .Count(was, s.Key("rank_before"));
        yield return new Paragraph(sentence.Say("。", "."));
        yield return new DataTable(
            "t-parts",
            numbers.Table(),
            new($"{year}年得分构成（{s.SystemName.Zh}）", $"What the score of {year} is made of ({s.SystemName.En})"),
            [
                Column.Of("指标", "Part", ColumnKind.Name),
                Column.Of("数值", "Value", ColumnKind.Number),
                Column.Of("下限或门槛", "Floor or threshold", ColumnKind.Number),
                Column.Of("目标", "Goal", ColumnKind.Number),
                Column.Of("权重（%）", "Weight (%)", ColumnKind.Number),
                Column.Of("得分", "Points", ColumnKind.Number),
                Column.Of("比上年", "Change", ColumnKind.Number),
                Column.Of("规则", "Rule", ColumnKind.LongWords),
            ],
            [
                .. _parts[(s.System, s.Group)]
                    .Select(p => new DataRow(
                        Phrase.Empty.Name(p.Name).Unit(FigureText.For(release.Metric(p.Metric))),
                        [
                            Value(p, "value", p.Value),
                            AsSet(p, "floor", p.Floor),
                            AsSet(p, "goal", p.Goal),
                            p.Weight is null ? DataCell.Empty : DataCell.Of(p.Key("weight"), p.Weight, FigureStatus.Actual, EvaluationPart.WeightText),
                            Points(p.Key("contribution"), p.Contribution),
                            p.Change is null ? DataCell.Empty : DataCell.Of(p.Key("change"), p.Change, FigureStatus.Actual, Signed),
                            new(Usual.Contains(p.Rule) ? Phrase.Empty : Why(p)),
                        ]
                    )),
                new DataRow(
                    Phrase.Of(Wording.Sum),
                    [
                        DataCell.Empty,
                        DataCell.Empty,
                        DataCell.Empty,
                        DataCell.Empty,
                        DataCell.Of(s.Key("score"), s.Score, s.Status, EvaluationPart.Points),
                        s.Change is null ? DataCell.Empty : DataCell.Of(s.Key("score_change"), s.Change, FigureStatus.Actual, Signed),
                        DataCell.Empty,
                    ]
                ),
            ]
        );
        yield return Paragraph.Note("规则空白的，按公布数计分。", "Where no rule is named the published figure counts.");
    }

    private static Phrase Why(EvaluationPart p) =>
        p.Reason.Length == 0
            ? Phrase.Empty.Name(p.RuleName)
            : Phrase.Empty.Name(p.RuleName).Say("：", ": ").With(new Run(Text.Same(p.Reason), Bound.Words(Prose.Quote), Style.Quote));

    private DataRow Score(EvaluationScore s) =>
        new(
            Name(s),
            [
                new(Phrase.Empty.Name(s.ClassName)),
                DataCell.Of(s.Key("score"), s.Score, s.Status, EvaluationPart.Points),
                Count(s.Rank, s.Key("rank")),
                new(Of(s.RankInClass, s.Key("rank_in_class"), s.RankedInClass, s.Key("ranked_in_class"))),
                new(Span(s)),
                Count(s.RankBefore, s.Key("rank_before")),
                Change(s),
                s.Geometric is null ? DataCell.Empty : DataCell.Of(s.Key("geometric_score"), s.Geometric, FigureStatus.Actual, EvaluationPart.Points),
            ]
        );

    /// <summary>The places from best to worst; one where they are the same.</summary>
    internal static Phrase Span(EvaluationScore s) =>
        (s.Best, s.Worst) switch
        {
            ({ } best, { } worst) when best == worst => Phrase.Empty.Count(best, s.Key("rank_low")),
            ({ } best, { } worst) => Phrase.Empty.Count(best, s.Key("rank_low")).Say("–", "–").Count(worst, s.Key("rank_high")),
            _ => Phrase.Empty,
        };

    /// <summary>Place among how many: 3/18.</summary>
    internal static Phrase Of(int? place, Bound bound, int among, Bound all) =>
        place is { } p ? Phrase.Empty.Count(p, bound).Say("/", "/").Count(among, all) : Phrase.Empty;

    /// <summary>A rise or fall is told only where the ranges of both years part.</summary>
    internal static DataCell Change(EvaluationScore s) =>
        s.RankChange switch
        {
            null => DataCell.Empty,
            0 => new(Phrase.Empty.Say("不变", "unchanged")),
            { } places when s.MayTellRankChange => DataCell.Of(s.Key("rank_change"), places, FigureStatus.Actual, Place with { IsChange = true }),
            _ => new(Phrase.Empty.Say("区间内", "within range")),
        };

    /// <summary>Who has no score, and why.</summary>
    private IEnumerable<Paragraph> Unscored(EvaluationScore[] scores) =>
        scores
            .Where(s => s.Score is null)
            .Select(s =>
            {
                var phrase = Name(s).Say("没有得分：", " has no score: ");
                var why = _parts[(s.System, s.Group)].Where(p => p is { IsIndicator: true, Rule: "MISSING" or "LOW_RESPONSE" or "INCOMPLETE" }).ToArray();
                for (var i = 0; i < why.Length; i++)
                    phrase = phrase.Say(i == 0 ? "" : "；", i == 0 ? "" : "; ").Name(why[i].Name).Say("，", ", ").Name(why[i].RuleName);
                return new Paragraph(phrase.Say("。", "."), IsNote: true);
            });

    private DataTable Contributions(EvaluationScore[] scores, string suffix)
    {
        var indicators = Parts(scores).Where(p => p.IsIndicator).ToArray();
        return new DataTable(
            "t-contribution" + suffix,
            numbers.Table(),
            new($"{year}年得分构成（{scores[0].SystemName.Zh}）", $"What the scores of {year} are made of ({scores[0].SystemName.En})"),
            [
                Column.Of("企业集团", "Group", ColumnKind.Name),
                .. indicators.Select(p => new Column(Phrase.Empty.Name(p.Name), ColumnKind.Number)),
                Column.Of("加分", "Bonus", ColumnKind.Number),
                Column.Of("扣分", "Veto", ColumnKind.Number),
                Column.Of("得分", "Score", ColumnKind.Number),
            ],
            [
                .. scores
                    .Where(s => s.Score is not null)
                    .Select(s =>
                    {
                        var own = _parts[(s.System, s.Group)].ToDictionary(p => p.Part);
                        return new DataRow(
                            Name(s),
                            [
                                .. indicators.Select(i => own.TryGetValue(i.Part, out var p) ? Points(p.Key("contribution"), p.Contribution) : DataCell.Empty),
                                Points(s.Key("bonus"), s.Bonus),
                                Points(s.Key("veto"), s.Veto),
                                DataCell.Of(s.Key("score"), s.Score, s.Status, EvaluationPart.Points),
                            ]
                        );
                    }),
            ]
        );
    }

    private DataTable Movers(EvaluationScore[] scores, string suffix) =>
        new(
            "t-moved" + suffix,
            numbers.Table(),
            new($"{year}年得分变化的原因（{scores[0].SystemName.Zh}）", $"What moved the scores in {year} ({scores[0].SystemName.En})"),
            [
                Column.Of("企业集团", "Group", ColumnKind.Name),
                Column.Of("上年得分", "Year before", ColumnKind.Number),
                Column.Of("变化", "Change", ColumnKind.Number),
                Column.Of("变化最大的几项", "The parts that moved most", ColumnKind.LongWords),
            ],
            [
                .. scores
                    .Where(s => s.Change is not null)
                    .OrderByDescending(s => s.Change)
                    .Select(s => new DataRow(
                        Name(s),
                        [
                            Points(s.Key("score_before"), s.Before),
                            DataCell.Of(s.Key("score_change"), s.Change, FigureStatus.Actual, Signed),
                            new(MovedBy(_parts[(s.System, s.Group)])),
                        ]
                    )),
            ]
        );

    private static readonly FigureText Signed = EvaluationPart.Points with { IsChange = true, Unit = new Text("", "") };

    /// <summary>The parts that moved most, and what a change of weights had in it.</summary>
    internal static Phrase MovedBy(IEnumerable<EvaluationPart> parts)
    {
        var phrase = Phrase.Empty;
        foreach (var p in parts.Where(p => p.Change is not (null or 0)).OrderByDescending(p => Math.Abs(p.Change!.Value)).Take(MostMovers))
        {
            phrase = (phrase.IsEmpty ? phrase : phrase.Say("；", "; "))
                .Name(p.Name)
                .Say("", " ")
                .With(new Run(Text.Same(Signed.Label(p.Change!.Value)), p.Key("change")));
            if (p.ChangeByWeight is { } weight and not 0)
                phrase = phrase
                    .Say("（其中权重变动", " (of which by weight ")
                    .With(new Run(Text.Same(Signed.Label(weight)), p.Key("change_by_weight")))
                    .Say("）", ")");
        }
        return phrase;
    }

    /// <summary>What was decided on appeal, has no figure, or counts as nothing because nothing was listed.</summary>
    private DataTable? Exceptions(EvaluationScore[] scores, string suffix)
    {
        var rows = scores
            .SelectMany(s => _parts[(s.System, s.Group)].Where(p => !Usual.Contains(p.Rule)), (s, p) => (Score: s, Part: p))
            .Select(x => new DataRow(
                Name(x.Score),
                [
                    new(Phrase.Empty.Name(x.Part.Name)),
                    Value(x.Part, "published_value", x.Part.PublishedValue),
                    Value(x.Part, "value", x.Part.Value),
                    new(Why(x.Part)),
                ]
            ))
            .ToImmutableArray();
        return rows.Length == 0
            ? null
            : new DataTable(
                "t-exception" + suffix,
                numbers.Table(),
                new($"{year}年未按公布数计分的各项", $"Parts of {year} that do not count as published"),
                [
                    Column.Of("企业集团", "Group", ColumnKind.Name),
                    Column.Of("指标", "Indicator", ColumnKind.LongWords),
                    Column.Of("公布数", "Published", ColumnKind.Number),
                    Column.Of("计分数", "Counted", ColumnKind.Number),
                    Column.Of("规则与理由", "Rule and reason", ColumnKind.LongWords),
                ],
                rows
            );
    }

    /// <summary>Goalposts and thresholds, and the weight of each indicator in each class.</summary>
    private DataTable System(EvaluationScore[] scores, string suffix)
    {
        var classes = scores.Select(s => (s.Class, s.ClassName)).DistinctBy(c => c.Class).OrderBy(c => c.Class, StringComparer.Ordinal).ToArray();
        // Where the weight of a missing indicator was spread, the others do not have the class's own.
        var whole = scores
            .Where(s => _parts[(s.System, s.Group)].All(p => p.Rule != "REWEIGHTED"))
            .GroupBy(s => s.Class)
            .ToDictionary(c => c.Key, c => _parts[(c.First().System, c.First().Group)].ToDictionary(p => p.Part));
        return new DataTable(
            "t-system" + suffix,
            numbers.Table(),
            new($"指标、目标和权重（{scores[0].SystemName.Zh}）", $"Indicators, goals and weights ({scores[0].SystemName.En})"),
            [
                Column.Of("指标", "Indicator", ColumnKind.Name),
                Column.Of("类型", "Kind", ColumnKind.Words),
                Column.Of("下限或门槛", "Floor or threshold", ColumnKind.Number),
                Column.Of("目标", "Goal", ColumnKind.Number),
                .. classes.Select(c => new Column(Phrase.Empty.Name(c.ClassName).Say("权重（%）", " weight (%)"), ColumnKind.Number)),
            ],
            [
                .. Parts(scores)
                    .Select(p => new DataRow(
                        Phrase.Empty.Name(p.Name).Unit(FigureText.For(release.Metric(p.Metric))),
                        [
                            new(KindName(p)),
                            AsSet(p, "floor", p.Floor),
                            AsSet(p, "goal", p.Goal),
                            .. classes.Select(c =>
                                whole.TryGetValue(c.Class, out var own) && own.TryGetValue(p.Part, out var w) && w.Weight is { } weight
                                    ? DataCell.Of(w.Key("weight"), weight, FigureStatus.Actual, EvaluationPart.WeightText)
                                    : DataCell.Empty
                            ),
                        ]
                    )),
            ]
        );
    }

    internal static Phrase KindName(EvaluationPart p) =>
        p.Kind switch
        {
            "bonus" => Phrase.Empty.Say("加分", "bonus"),
            "veto" => Phrase.Empty.Say("扣分", "veto"),
            _ => Phrase.Empty.Say("指标", "indicator"),
        };

    /// <summary>A threshold or goal with the places that it was set with.</summary>
    internal DataCell AsSet(EvaluationPart p, string column, decimal? value) =>
        value is { } v ? DataCell.Of(p.Key(column), v, FigureStatus.Actual, FigureText.For(release.Metric(p.Metric)).AsSet(v)) : DataCell.Empty;

    /// <summary>A value in the unit of the part's metric.</summary>
    internal DataCell Value(EvaluationPart p, string column, decimal? value) =>
        value is null ? DataCell.Empty : DataCell.Of(p.Key(column), value, FigureStatus.Actual, FigureText.For(release.Metric(p.Metric)));

    private IEnumerable<EvaluationPart> Parts(EvaluationScore[] scores) => scores.SelectMany(s => _parts[(s.System, s.Group)]).DistinctBy(p => p.Part);

    private Phrase Name(EvaluationScore s) => Phrase.Empty.Name(release.Category("group", s.Group).Name);

    internal static DataCell Points(Bound bound, decimal? value) =>
        value is null ? DataCell.Empty : DataCell.Of(bound, value, FigureStatus.Actual, EvaluationPart.Points);

    internal static DataCell Count(int? value, Bound bound) => value is { } v ? DataCell.Count(v, bound) : DataCell.Empty;

    private static string Slug(string code) => string.Concat(code.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
}
