using System.Text.RegularExpressions;
using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>What a sentence is told of where that is no figure of the year: named pieces, and what holds of it.</summary>
internal sealed record Told(IReadOnlyDictionary<string, Phrase> Pieces, params IEnumerable<string> Facts)
{
    public static readonly Told Nothing = new(new Dictionary<string, Phrase>());

    public bool Holds(string fact) => Facts.Contains(fact);
}

/// <summary>
/// Makes sentences of the patterns in <c>commentary.csv</c>. A slot is a figure of the year by its metric (<c>rd_expense</c>,
/// <c>awards/award_role/LEAD</c>, <c>task_done_share_month@month</c> for the last month of the year, <c>@ytd</c> for the last year to date),
/// one of its aspects (<c>|size</c> without its sign, <c>|year</c> with its stage, <c>|month</c>, <c>|span</c>, <c>|stage</c>; its change on the year
/// before, where <see cref="Comparison"/> lets one be told, as <c>|growth</c> or <c>|difference</c>; <c>|streak</c> the years that it has risen in a row,
/// <c>|since</c> the first year of the series; of a breakdown <c>|first</c> and <c>|top</c>, <c>|leaders</c> the first three in order, <c>|rising</c> and
/// <c>|falling</c> how many lie above and below nought), a piece that the sentence brings with it, or <c>&gt;</c> another sentence, which may be empty.
/// A condition is <c>told:metric</c> (no flash figure), <c>metric&gt;0</c>, <c>&lt;0</c> or <c>=0</c> as displayed, <c>up:metric</c>, <c>down:metric</c>
/// or <c>level:metric</c> against the year before, <c>streak:metric</c> (a rise in three years or more), <c>record:metric</c> (higher than in every year
/// before), <c>tied:metric/breakdown</c>, or a fact that the sentence brings with it.
/// </summary>
internal sealed partial class Commentary(PublishedRelease release, int year, IReadOnlyList<SentencePattern> patterns)
{
    private const int MostTied = 3,
        Leaders = 3,
        LeastStreak = 3;

    /// <summary>Where the cumulative counts of the programme begin.</summary>
    private const int CountedFrom = 2021;

    /// <summary>The patterns that the program ships.</summary>
    public static IReadOnlyList<SentencePattern> Shipped { get; } = SentencePattern.Shipped();

    /// <summary>The sentences of a chapter, in the order of the patterns.</summary>
    public IEnumerable<string> Of(Section section) => patterns.Where(p => p.Sections.Contains(section)).Select(p => p.Sentence).Distinct();

    /// <summary>The sentences of a chapter that are not said, or said by a lesser pattern, because the release lacks figures; with those figures.</summary>
    public IEnumerable<(string Sentence, IReadOnlyList<string> Figures)> Lacking(Section section) =>
        Of(section)
            .Select(sentence =>
                (
                    sentence,
                    (IReadOnlyList<string>)
                        [
                            .. patterns
                                .Where(p => p.Sentence == sentence)
                                .TakeWhile(p => !p.When.All(c => Holds(c, Told.Nothing)) || Filled(p, Told.Nothing) is null)
                                .SelectMany(Asked)
                                .Where(q => Find(q) is null)
                                .Select(q => q.Value.Split('|')[0])
                                .Distinct(),
                        ]
                )
            )
            .Where(s => s.Item2.Count > 0);

    /// <summary>The figures that a pattern speaks of. A breakdown without its category asks for places, which nobody may have.</summary>
    private IEnumerable<Match> Asked(SentencePattern pattern) =>
        pattern
            .Parts.Select(part => part.Slot)
            .OfType<string>()
            .Concat(pattern.When.Select(c => c[^1] == '0' ? c[..^2] : c[(c.IndexOf(':') + 1)..]))
            .Select(slot => Query().Match(slot))
            .Where(q =>
                q.Success && release.Metrics.Any(m => m.Code == q.Groups["metric"].Value) && q.Groups["breakdown"].Success == q.Groups["category"].Success
            );

    /// <summary>The sentence in the first of its patterns that may be said; null where none may.</summary>
    public Phrase? Say(string sentence, Told told) =>
        patterns.Where(p => p.Sentence == sentence && p.When.All(c => Holds(c, told))).Select(p => Filled(p, told)).FirstOrDefault(p => p is not null);

    private Phrase? Filled(SentencePattern pattern, Told told)
    {
        var phrase = Phrase.Empty;
        foreach (var (words, slot) in pattern.Parts)
        {
            phrase = phrase.Say(words.Zh, words.En);
            if (slot is null)
                continue;
            if (Piece(slot, told) is not { } piece)
                return null;
            phrase = phrase.With(piece);
        }
        return phrase;
    }

    private Phrase? Piece(string slot, Told told)
    {
        if (slot is ['>', .. var other])
            return Say(other, told) ?? Phrase.Empty;
        if (told.Pieces.TryGetValue(slot, out var piece))
            return piece;
        if (slot == "year")
            return Phrase.Empty.Period($"{year}", $"{year}");
        if (slot == "counted_from")
            return Phrase.Empty.Period($"{CountedFrom}", $"{CountedFrom}");
        var query = Query().Match(slot);
        if (!query.Success)
            return null;
        var (metric, aspect) = (release.Metric(query.Groups["metric"].Value), query.Groups["aspect"].Value);
        if (aspect is "rising" or "falling")
            return Counted(metric, query.Groups["breakdown"].Value, aspect);
        if (aspect == "leaders")
            return Ordered(metric, query.Groups["breakdown"].Value) is { } leaders
                ? Names(leaders.Take(Leaders).Select(f => release.Category(f.Breakdown, f.Category).Name))
                : null;
        if (aspect is "first" or "top")
            return First(metric, query.Groups["breakdown"].Value) is not [{ } top, ..] first ? null
                : aspect == "top" ? Phrase.Empty.Say(top, metric)
                : Names(first.Select(f => release.Category(f.Breakdown, f.Category).Name));
        if (Find(query) is not { } figure)
            return null;
        return aspect switch
        {
            "" => Phrase.Empty.Say(figure, metric),
            "size" => Phrase.Empty.Size(figure, metric),
            "year" => Say("year_of", new Told(Told.Nothing.Pieces, Stage(figure))),
            "month" => Phrase.Empty.Period($"{figure.Month}", $"{figure.Month}"),
            "span" => Phrase.Empty.Period($"{figure.Year}年1—{figure.Month}月", $"January to month {figure.Month} of {figure.Year}"),
            "stage" => Phrase.Of(Wording.Stage(figure.Stage)),
            "growth" or "difference" => Change(query, year, aspect == "growth") is { Direction: not 0 } change ? Phrase.Of(change.Size, change.Bound) : null,
            "streak" => Streak(query) is var years and > 0 ? Phrase.Empty.Period($"{years}", $"{years}") : null,
            "since" => Phrase.Empty.Period($"{Before(figure).Min(f => f.Year)}", $"{Before(figure).Min(f => f.Year)}"),
            _ => null,
        };
    }

    /// <summary>Names in a row.</summary>
    public static Phrase Names(IEnumerable<Text> names)
    {
        var (phrase, all) = (Phrase.Empty, names.ToArray());
        for (var i = 0; i < all.Length; i++)
            phrase = (i == 0 ? phrase : phrase.Say("、", i == all.Length - 1 ? " and " : ", ")).Name(all[i]);
        return phrase;
    }

    private static string Stage(Figure figure) =>
        figure.Status != FigureStatus.Provisional ? "final"
        : figure.IsFlash ? "flash"
        : figure.Stage == "preliminary" ? "preliminary"
        : "not_final";

    private Figure? Find(Match query)
    {
        var (metric, breakdown, category) = (query.Groups["metric"].Value, query.Groups["breakdown"].Value, query.Groups["category"].Value);
        if (breakdown.Length == 0)
            (breakdown, category) = ("total", "all");
        var figure = query.Groups["at"].Value switch
        {
            "month" => Last(PeriodKind.Month, year),
            "ytd" => Last(PeriodKind.YearToDate, year + 1),
            _ => release.Annual(metric, year, breakdown, category),
        };
        return figure?.Value is null ? null : figure;

        Figure? Last(PeriodKind kind, int until) =>
            release
                .Series(metric, breakdown, kind)
                .Where(f => f.Value is not null && f.Category == category && f.Year <= until && (kind != PeriodKind.Month || f.Year == year))
                .MaxBy(f => f.Period, StringComparer.Ordinal);
    }

    private Compared? Change(Match query, int of, bool asGrowth) =>
        query.Groups["at"].Length > 0
            ? null
            : new Comparison(
                release,
                of,
                query.Groups["breakdown"].Length > 0 ? query.Groups["breakdown"].Value : "total",
                query.Groups["category"].Length > 0 ? query.Groups["category"].Value : "all"
            ).Of(release.Metric(query.Groups["metric"].Value), asGrowth);

    /// <summary>The years up to this one in each of which it rose, as displayed.</summary>
    private int Streak(Match query)
    {
        var years = 0;
        while (Change(query, year - years, asGrowth: true) is { Direction: > 0 })
            years++;
        return years;
    }

    private IEnumerable<Figure> Before(Figure figure) =>
        release.Series(figure.Metric, figure.Breakdown).Where(f => f.Category == figure.Category && f.Year < figure.Year && f.Value is not null);

    /// <summary>Higher, as displayed, than in every year before, of which there are three or more, each whole and on the same basis.</summary>
    private bool IsRecord(Figure figure)
    {
        var show = FigureText.For(release.Metric(figure.Metric));
        var before = Before(figure).ToArray();
        return !figure.IsFlash
            && before.Length >= 3
            && before.Min(f => f.Year) == figure.Year - before.Length
            && before.All(f =>
                f is { IsFlash: false, Missing: 0 } && f.Basis == figure.Basis && show.Rounded(f.Value!.Value) < show.Rounded(figure.Value!.Value)
            );
    }

    /// <summary>How many members of a breakdown lie above or below nought, as displayed; null while one of them is a flash figure.</summary>
    private Phrase? Counted(Metric metric, string breakdown, string aspect)
    {
        var members = release.Series(metric.Code, breakdown).Where(f => f.Year == year && f.Value is not null).ToArray();
        if (members.Length == 0 || members.Any(f => f.IsFlash))
            return null;
        var show = FigureText.For(metric);
        var sign = aspect == "rising" ? 1 : -1;
        return Phrase.Empty.Count(
            members.Count(f => Math.Sign(show.Rounded(f.Value!.Value)) == sign),
            Bound.Record(FormattableString.Invariant($"figure_count/{metric.Code}:{breakdown}:{year}/{aspect}"))
        );
    }

    private bool Holds(string condition, Told told)
    {
        if (condition.Split(':') is [var kind, var of])
            return Query().Match(of) is { Success: true } query
                && kind switch
                {
                    "told" => Find(query) is { IsFlash: false },
                    "tied" => First(release.Metric(query.Groups["metric"].Value), query.Groups["breakdown"].Value).Count > 1,
                    "up" => Change(query, year, asGrowth: true) is { Direction: > 0 },
                    "down" => Change(query, year, asGrowth: true) is { Direction: < 0 },
                    "level" => Change(query, year, asGrowth: true) is { Direction: 0 },
                    "streak" => Streak(query) >= LeastStreak,
                    "record" => Find(query) is { } record && IsRecord(record),
                    _ => false,
                };
        if (condition[^1] != '0')
            return told.Holds(condition);
        var asked = Query().Match(condition[..^2]);
        return asked.Success
            && Find(asked) is { IsFlash: false } figure
            && Math.Sign(FigureText.For(release.Metric(figure.Metric)).Rounded(figure.Value!.Value))
                == condition[^2] switch
                {
                    '>' => 1,
                    '<' => -1,
                    _ => 0,
                };
    }

    /// <summary>The members from the first on, where the first three and the one after them all differ as displayed and their order may be told.</summary>
    private IReadOnlyList<Figure>? Ordered(Metric metric, string breakdown)
    {
        var show = FigureText.For(metric);
        if (First(metric, breakdown).Count != 1)
            return null;
        Figure[] ordered =
        [
            .. release
                .Series(metric.Code, breakdown)
                .Where(f => f.Year == year && f.Value is not null)
                .OrderByDescending(f => f.Value)
                .ThenBy(f => f.Category, StringComparer.Ordinal),
        ];
        var shown = ordered.Take(Leaders + 1).Select(f => show.Rounded(f.Value!.Value)).ToArray();
        return shown.Length > Leaders && shown.Distinct().Count() == shown.Length ? ordered : null;
    }

    /// <summary>Who stands first; tied ones together. Nobody does while a figure is a flash one, one of last year's is missing, or a group has not reported whole.</summary>
    private IReadOnlyList<Figure> First(Metric metric, string breakdown)
    {
        var series = release.Series(metric.Code, breakdown);
        var figures = series
            .Where(f => f.Year == year && f.Value is not null)
            .OrderByDescending(f => f.Value)
            .ThenBy(f => f.Category, StringComparer.Ordinal)
            .ToArray();
        var missing = series.Any(f =>
            f.Year == year && f.Value is null && series.Any(b => b.Year == year - 1 && b.Category == f.Category && b.Value is not null)
        );
        if (figures.Length == 0 || missing || figures.Any(f => f.IsFlash || breakdown == "group" && f.Missing > 0))
            return [];
        var show = FigureText.For(metric);
        var first = figures.TakeWhile(f => show.Rounded(f.Value!.Value) == show.Rounded(figures[0].Value!.Value)).ToArray();
        return first.Length > MostTied ? [] : first;
    }

    [GeneratedRegex(@"^(?<metric>\w+)(/(?<breakdown>\w+)(/(?<category>\w+))?)?(@(?<at>month|ytd))?(\|(?<aspect>\w+))?$")]
    private static partial Regex Query();
}
