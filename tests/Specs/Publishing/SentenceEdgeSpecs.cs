using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Annual;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>
/// Every shipped sentence pattern on both sides of each of its conditions: said where all of them just hold, not said where one just fails, nor
/// where one of its figures is suppressed. States are made from the pattern alone, so that a new line of commentary.csv is tested by being there.
/// </summary>
public sealed partial class SentenceEdgeSpecs : IClassFixture<SentenceEdgeSpecs.Release>
{
    private const int Year = 2025;
    private readonly Release _release;

    public SentenceEdgeSpecs(Release release) => _release = release;

    public sealed class Release : IDisposable
    {
        public DuckDBConnection Connection { get; } = PublishedFixture.Open();

        /// <summary>As it stands before any state: how metrics are displayed does not change.</summary>
        internal PublishedRelease Published => field ??= new(Connection);

        public void Dispose() => Connection.Dispose();
    }

    public static TheoryData<int> Patterns => [.. Enumerable.Range(0, Commentary.Shipped.Count)];

    [Theory, MemberData(nameof(Patterns))]
    public void A_pattern_is_said_where_its_conditions_just_hold_and_not_where_one_just_fails(int at)
    {
        var pattern = Commentary.Shipped[at];
        var conditions = pattern.When.Where(IsOfFigures).ToArray();
        var facts = pattern.When.Except(conditions).ToArray();
        var figures = pattern.Parts.Select(p => p.Slot).OfType<string>().Where(IsFigure).ToArray();

        // What comes before it in the table and would be said as well is kept silent by a condition that this one does not have.
        var rivals = Commentary.Shipped.Take(at).Where(p => p.Sentence == pattern.Sentence).ToArray();
        var silent = rivals.SelectMany(r => r.When.Where(IsOfFigures).Except(conditions).Take(1)).ToArray();
        var unspoken = rivals
            .Where(r => r.When.Count == 0)
            .SelectMany(r => r.Parts.Select(p => p.Slot).OfType<string>().Where(IsFigure).Except(figures).Take(1))
            .ToArray();
        string[] holding =
        [
            .. figures
                .Concat(conditions.SelectMany(Metrics))
                .Concat(rivals.SelectMany(r => r.Parts.Select(p => p.Slot)).OfType<string>().Where(IsFigure))
                .Distinct()
                .Select(There),
            .. silent.Select(c => Make(c, holds: false)),
            .. figures.Select(Ready),
            .. conditions.Select(c => Make(c, holds: true)),
            .. unspoken.Select(Gone),
        ];

        Assert.True(Said(pattern, facts, holding) is { } said && said == Words(pattern), $"not said: {pattern.Sentence} when {string.Join(';', pattern.When)}");
        foreach (var condition in conditions)
            Assert.False(
                Said(pattern, facts, [.. holding, Make(condition, holds: false)]) == Words(pattern),
                $"{pattern.Sentence} is said though {condition} just fails"
            );
        foreach (
            var figure in figures.Where(f =>
                !f.Contains("|first", StringComparison.Ordinal)
                && !f.Contains("|top", StringComparison.Ordinal)
                && !f.Contains("|leaders", StringComparison.Ordinal)
            )
        )
            Assert.False(Said(pattern, facts, [.. holding, Gone(figure)]) == Words(pattern), $"{pattern.Sentence} is said though {figure} is suppressed");
        foreach (var told in conditions.Where(c => c.StartsWith("told:", StringComparison.Ordinal)))
            Assert.False(
                Said(pattern, facts, [.. holding, $"update published.figure set may_tell_growth = false where {At(told[5..])} and period_year = {Year}"])
                    == Words(pattern),
                $"{pattern.Sentence} is said though the response behind {told} is too low"
            );
    }

    [Fact]
    public void No_chapter_says_a_sentence_twice_and_no_pattern_stands_twice()
    {
        var patterns = Commentary
            .Shipped.Select(p => (p.Sentence, string.Join(';', p.When), Zh: string.Join('§', p.Parts.Select(x => x.Words.Zh + x.Slot))))
            .ToArray();
        Assert.Equal(patterns.Length, patterns.Distinct().Count());
        Assert.True(patterns.Length >= 120);
        var findings = new Findings(new PublishedRelease(_release.Connection), Year);
        foreach (var section in Enum.GetValues<Innovation1551.Publishing.Charts.Section>())
        foreach (var language in Enum.GetValues<Language>())
        {
            var said = findings.Of(section).Select(p => p.In(language)).ToArray();
            Assert.Equal(said.Length, said.Distinct().Count());
            Assert.All(said, s => Assert.EndsWith(language == Language.Zh ? "。" : ".", s, StringComparison.Ordinal));
        }
    }

    /// <summary>The words of a sentence with every slot left out, as it is said in a state.</summary>
    private string? Said(SentencePattern pattern, string[] facts, string[] state)
    {
        _release.Connection.Run("begin transaction");
        try
        {
            foreach (var sql in state.Where(s => s.Length > 0))
                _release.Connection.Run(sql);
            var pieces = Commentary
                .Shipped.Where(p => p.Sentence == pattern.Sentence || pattern.Parts.Any(x => x.Slot == ">" + p.Sentence))
                .SelectMany(p => p.Parts)
                .Select(p => p.Slot)
                .OfType<string>()
                .Where(s => !IsFigure(s) && s[0] != '>')
                .Where(s => pattern.Parts.Any(p => p.Slot == s))
                .Distinct()
                .ToDictionary(s => s, _ => Phrase.Of(Text.Same("¤")), StringComparer.Ordinal);
            var phrase = new Commentary(new PublishedRelease(_release.Connection), Year, Commentary.Shipped).Say(pattern.Sentence, new Told(pieces, facts));
            return phrase is null ? null : string.Concat(phrase.Select(r => r.Text.En).Where(t => pattern.Parts.Any(p => p.Words.En == t)));
        }
        finally
        {
            _release.Connection.Run("rollback");
        }
    }

    private static string Words(SentencePattern pattern) => string.Concat(pattern.Parts.Select(p => p.Words.En));

    private static bool IsOfFigures(string condition) => condition.Contains(':') || condition[^1] == '0';

    /// <summary>A slot that is made of figures: a metric that the seed describes.</summary>
    private static bool IsFigure(string slot) => Described.Contains(Regex.Match(slot, "^\\w+?(?=_ytd\\b|\\b)").Value);

    private static readonly HashSet<string> Described =
    [
        .. Seed.Parse("metric.csv", Models.WarehouseSketch.Definitions["seeds/metric.csv"]).Skip(1).Select(r => r[0]),
    ];

    private static IEnumerable<string> Metrics(string condition) => [condition.Contains(':') ? condition[(condition.IndexOf(':') + 1)..] : condition[..^2]];

    private static (string Metric, string Breakdown, string Category, string Kind) Parsed(string slot)
    {
        var m = Query().Match(slot);
        var breakdown = m.Groups["breakdown"].Value;
        return (
            m.Groups["metric"].Value,
            breakdown.Length == 0 ? "total" : breakdown,
            breakdown.Length == 0 ? "all" : m.Groups["category"].Value,
            m.Groups["at"].Value is { Length: > 0 } kind ? kind : "year"
        );
    }

    private static string At(string slot)
    {
        var (metric, breakdown, category, kind) = Parsed(slot);
        return $"metric = '{metric}' and breakdown = '{breakdown}' and period_kind = '{kind}'{(category.Length == 0 ? "" : $" and category = '{category}'")}";
    }

    /// <summary>A hundred units of the last place displayed in each of the years, or four members that differ, so that every slot has something to tell.</summary>
    private string There(string slot)
    {
        var (metric, breakdown, category, kind) = Parsed(slot);
        var unit = Unit(metric);
        var years = kind == "year" ? Enumerable.Range(Year - 5, 6) : [Year];
        string[] members = category.Length > 0 ? [category] : ["c1", "c2", "c3", "c4"];
        var rows =
            from year in years
            from m in members.Select((code, i) => (code, i))
            let period = kind == "year" ? $"{year}" : $"{year}-12"
            select $"('{metric}:{breakdown}:{m.code}:{period}','{metric}','{breakdown}','{m.code}','{period}',{year},'{kind}',{Sql(unit * (100 - m.i))},'actual','b','final',true,0,true)";
        return $"delete from published.figure where {At(slot)}; insert into published.figure (figure_id, metric, breakdown, category, period, period_year, period_kind, value, status, basis, stage, may_tell_growth, missing, is_synthetic) values {string.Join(',', rows)}";
    }

    private static string Gone(string slot) => $"update published.figure set value = null, status = 'suppressed' where {At(slot)} and period_year = {Year}";

    /// <summary>What an aspect needs beyond a value: another value the year before, three rises, members on both sides of nought.</summary>
    private string Ready(string slot) =>
        slot.Split('|') is not [_, var aspect] ? ""
        : aspect is "growth" or "difference" && Comparison.Published(Parsed(slot).Metric, Parsed(slot).Breakdown) is { } change ? There(Beside(slot, change))
        : aspect is "growth" or "difference" ? Level(slot, Year, 101)
        : aspect == "streak" ? Make("streak:" + slot, holds: true)
        : "";

    private static string Beside(string slot, string metric)
    {
        var parts = slot.Split('|')[0].Split('/');
        return string.Join('/', [metric, .. parts[1..]]);
    }

    /// <summary>The state in which a condition just holds, or just fails, by half a unit of the last place displayed.</summary>
    private string Make(string condition, bool holds)
    {
        var kind = condition.Contains(':') ? condition.Split(':')[0] : "";
        var slot = Metrics(condition).Single().Split('|')[0];
        var unit = Unit(Parsed(slot).Metric);
        if (kind is "up" or "down" or "level" or "streak" && Comparison.Published(Parsed(slot).Metric, Parsed(slot).Breakdown) is { } published)
        {
            var beside = Beside(slot, published);
            var half = Unit(published) * (kind == "down" ? -1 : 1);
            return There(beside)
                + ";"
                + (
                    kind == "streak"
                        ? Set(beside, holds ? Year : Year - 2, half * (holds ? 1 : 0.4m))
                        : Set(beside, Year, half * (holds == (kind != "level") ? 0.5m : 0.4m))
                );
        }
        return kind switch
        {
            "told" => $"update published.figure set stage = '{(holds ? "final" : "flash")}' where {At(slot)} and period_year = {Year}",
            "up" => Level(slot, Year, holds ? 100.5m : 100.4m),
            "down" => Level(slot, Year, holds ? 99.4m : 99.6m),
            "level" => Level(slot, Year, holds ? 100.4m : 100.5m),
            "streak" => string.Join(';', Enumerable.Range(Year - 5, 6).Select((y, i) => Level(slot, y, holds || y != Year - 2 ? 100 + i : 100))),
            "record" => Level(slot, Year, holds ? 100.5m : 100.4m),
            "tied" =>
                $"update published.figure set value = {Sql(unit * (holds ? 100.4m : 100.5m))} where metric = '{Parsed(slot).Metric}' and breakdown = '{Parsed(slot).Breakdown}' and category = 'c2' and period_year = {Year}",
            _ => Set(slot, Year, unit * (condition[^2] == '<' ? -1 : 1) * (holds == (condition[^2] != '=') ? 0.5m : 0.4m)),
        };
    }

    private string Level(string slot, int year, decimal units) => Set(slot, year, Unit(Parsed(slot).Metric) * units);

    private static string Set(string slot, int year, decimal value) =>
        $"update published.figure set value = {Sql(value)} where {At(slot.Split('|')[0])} and period_year = {year}";

    /// <summary>One unit of the last place displayed, as it is stored.</summary>
    private decimal Unit(string metric)
    {
        var show = FigureText.For(_release.Published.Metric(metric));
        return show.Divisor * (decimal)Math.Pow(10, -show.Decimals);
    }

    private static string Sql(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<metric>\w+)(/(?<breakdown>\w+)(/(?<category>\w+))?)?(@(?<at>month|ytd))?")]
    private static partial Regex Query();
}
