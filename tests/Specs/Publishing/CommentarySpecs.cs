using System.Text.RegularExpressions;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Annual;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Figures;
using Innovation1551.Specs.Models;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>The sentences of the report are made of a table of patterns.</summary>
public class CommentarySpecs
{
    private const string Head = "chapters,sentence,when,zh,en\n";

    private static string[] Said(string patterns, Section section, string? change = null, Language language = Language.En)
    {
        using var release = PublishedFixture.Open(change);
        var findings = new Findings(new PublishedRelease(release), 2025, SentencePattern.Parse("commentary.csv", Head + patterns));
        return [.. findings.Of(section).Select(p => p.In(language))];
    }

    [Fact]
    public void A_new_pattern_is_one_entry_and_its_numbers_are_bound()
    {
        const string Added = "Spend,revenue,revenue_yoy>0,营业收入{revenue}，增长{revenue_yoy|size}。,\"Revenue was {revenue}, up {revenue_yoy|size}.\"\n";
        const string Grown =
            "insert into published.figure by name select * replace ('revenue_yoy:total:all:2025' as figure_id, 'revenue_yoy' as metric, 4.25 as value) from published.figure where figure_id = 'rd_expense_yoy:total:all:2025'";
        using var release = PublishedFixture.Open(Grown);
        var phrase = Assert.Single(new Findings(new PublishedRelease(release), 2025, SentencePattern.Parse("commentary.csv", Head + Added)).Of(Section.Spend));
        Assert.Matches("^Revenue was [0-9,.]+ hundred million yuan, up 4\\.25", phrase.In(Language.En));
        Assert.All(phrase.Where(r => r.Text.En.Any(char.IsAsciiDigit)), r => Assert.Equal("data-figure", r.Bound.Attribute));
        Assert.Empty(Said(Added, Section.Spend));
    }

    [Theory]
    [InlineData("Spend,x,,增长2个百分点,up by two", 2)]
    [InlineData("Spend,x,,增长,up 10 percent", 2)]
    [InlineData("Spend,x,,增长２,up", 2)]
    [InlineData("Spend,x,,{revenue}与{rd_expense},{rd_expense} and {revenue}", 2)]
    [InlineData("Spend,x,,甲,a\nSpending,x,,乙,b", 3)]
    public void Digits_in_words_slots_that_differ_and_chapters_that_are_none_are_refused_with_their_line(string patterns, int line)
    {
        var refused = Assert.Throws<DefinitionException>(() => SentencePattern.Parse("commentary.csv", Head + patterns));
        Assert.Contains($"commentary.csv:{line}", refused.Problem.En, StringComparison.Ordinal);
    }

    /// <summary>Both sides of each edge: what displays as nothing is no growth, what displays as a tenth is one.</summary>
    [Theory]
    [InlineData("0.04", "little changed")]
    [InlineData("0.05", "up 0.1")]
    [InlineData("-0.04", "little changed")]
    [InlineData("-0.05", "down 0.1")]
    [InlineData("null", "yuan.")]
    public void A_condition_is_held_against_what_is_displayed(string growth, string said)
    {
        using var release = PublishedFixture.Open($"update published.figure set value = {growth} where figure_id = 'rd_expense_yoy:total:all:2025'");
        Assert.Contains(said, new Findings(new PublishedRelease(release), 2025).Of(Section.Spend)[0].In(Language.En), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tie_is_told_as_one_and_a_flash_figure_stands_alone()
    {
        const string Tie = "update published.figure set value = 99999999 where figure_id in ('rd_expense:group:g01:2025', 'rd_expense:group:g05:2025')";
        using (var release = PublishedFixture.Open(Tie))
            Assert.Contains(
                new Findings(new PublishedRelease(release), 2025).Of(Section.Enterprises),
                p => p.In(Language.En).Contains("Sample Coal Group and Sample Heavy Machinery Group (tied): ", StringComparison.Ordinal)
            );
        using var flash = PublishedFixture.Open("update published.figure set may_tell_growth = false where figure_id = 'rd_expense:total:all:2025'");
        Assert.Matches(
            "^In 2025 \\(flash\\), R&D expense was [^,]*[0-9,.]+ hundred million yuan\\.$",
            new Findings(new PublishedRelease(flash), 2025).Of(Section.Spend)[0].In(Language.En)
        );
    }

    /// <summary>A slot that is misspelt would leave its sentence out in silence.</summary>
    [Fact]
    public void Every_slot_of_the_shipped_patterns_is_a_metric_a_sentence_or_a_piece_that_is_brought()
    {
        var metrics = Seed.Parse("metric.csv", WarehouseSketch.Definitions["seeds/metric.csv"]).Skip(1).Select(r => r[0]).ToHashSet();
        var sentences = Commentary.Shipped.Select(p => p.Sentence).ToHashSet();
        HashSet<string> pieces =
        [
            "year",
            "counted_from",
            "missing",
            "response",
            "coverage",
            "name",
            "told_for",
            "actual",
            "qualifier",
            "aim",
            "due",
            "growth",
            "ranked",
            "system",
            "score",
            "best",
            "worst",
            "gain",
            "part",
            "part_gain",
            "forms",
            "rate",
            "expected",
            "accepted",
            "value",
            "low",
            "high",
            "was",
            "now",
            "late",
            "replaced",
            "mean",
            "figures",
            "changes",
            "points",
            "share",
            "next",
            "next_points",
            "next_share",
        ];
        foreach (var slot in Commentary.Shipped.SelectMany(p => p.Parts.Select(s => s.Slot)).OfType<string>())
            Assert.True(
                slot[0] == '>' ? sentences.Contains(slot[1..]) : pieces.Contains(slot) || metrics.Contains(Regex.Match(slot, "^\\w+?(?=_ytd\\b|\\b)").Value),
                $"commentary.csv: no such metric, sentence or piece: {slot}"
            );
        foreach (var condition in Commentary.Shipped.SelectMany(p => p.When).Where(c => c.Contains(':') || c.EndsWith('0')))
            Assert.Contains(Regex.Match(condition, "^(?:\\w+:)?(\\w+)").Groups[1].Value, metrics);
        // Each sentence ends with a pattern that asks for nothing but its own pieces, or is left out on purpose.
        Assert.True(Commentary.Shipped.Count >= 60);
    }
}
