using System.Text.RegularExpressions;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Charts;

namespace Innovation1551.Publishing.Annual;

/// <summary>
/// One way of saying something: words in both languages with slots in the same order, and the conditions under which it may be said. No digit
/// stands in the words: every number comes by a slot, bound to its figure.
/// </summary>
/// <param name="Sections">The chapters whose findings it belongs to; none for a piece of other sentences.</param>
/// <param name="Sentence">What it says. Of several patterns of a sentence the first counts whose conditions hold and whose slots are filled.</param>
/// <param name="Parts">Words, each but the last followed by a slot.</param>
internal sealed partial record SentencePattern(
    IReadOnlyList<Section> Sections,
    string Sentence,
    IReadOnlyList<string> When,
    IReadOnlyList<(Text Words, string? Slot)> Parts
)
{
    /// <summary>The patterns that travel inside the program.</summary>
    public static IReadOnlyList<SentencePattern> Shipped() => Parse("commentary.csv", ShippedFile.Text("commentary.csv"));

    /// <summary>The patterns of a table, in its order.</summary>
    /// <exception cref="DefinitionException">A line has digits in its words, slots that differ between the languages, or a chapter that there is not.</exception>
    public static IReadOnlyList<SentencePattern> Parse(string path, string text) =>
        [
            .. Seed.Parse(path, text)
                .Skip(1)
                .Select(
                    (cells, i) =>
                        cells is [var chapters, var sentence, var when, var zh, var en]
                            ? Of(path, i + 2, chapters, sentence, when, zh, en)
                            : throw Wrong(path, i + 2, new("应为 chapters,sentence,when,zh,en", "chapters,sentence,when,zh,en expected"))
                ),
        ];

    private static SentencePattern Of(string path, int line, string chapters, string sentence, string when, string zh, string en)
    {
        var (chinese, english) = (Split(zh), Split(en));
        if (!chinese.Slots.SequenceEqual(english.Slots))
            throw Wrong(
                path,
                line,
                new(
                    $"中英文的花括号应相同且次序一致：{string.Join(' ', chinese.Slots)}；{string.Join(' ', english.Slots)}",
                    $"the slots of both languages must be the same in the same order: {string.Join(' ', chinese.Slots)}; {string.Join(' ', english.Slots)}"
                )
            );
        if (chinese.Words.Concat(english.Words).FirstOrDefault(w => w.Any(char.IsDigit)) is { } digits)
            throw Wrong(
                path,
                line,
                new($"词句中不得有数字：“{digits}”；数字应由花括号取得", $"no digit may stand in the words: {digits.Trim()}; a number comes by a slot")
            );
        var sections = chapters
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(c => Enum.TryParse<Section>(c, out var section) ? section : throw Wrong(path, line, new($"没有“{c}”一章", $"there is no chapter {c}")))
            .ToArray();
        return new SentencePattern(
            sections,
            sentence,
            when.Split(';', StringSplitOptions.RemoveEmptyEntries),
            [.. chinese.Words.Zip(english.Words, (z, e) => new Text(z, e)).Select((w, i) => (w, i < chinese.Slots.Length ? chinese.Slots[i] : null))]
        );
    }

    private static (string[] Words, string[] Slots) Split(string words) => (Slot().Split(words), [.. Slot().Matches(words).Select(m => m.Value[1..^1])]);

    private static DefinitionException Wrong(string path, int line, Text reason) => new(path, line, reason);

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Slot();
}
