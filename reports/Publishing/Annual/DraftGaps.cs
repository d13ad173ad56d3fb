using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>
/// Marks in a draft what is missing, at its place: charts and tables without a figure, sentences whose figures are not there, texts without
/// a translation, pictures without a text. A finished report leaves out what it cannot tell; who works on one must see it.
/// </summary>
internal sealed class DraftGaps(PublishedRelease release, int year, IReadOnlyList<ChartDefinition> omitted)
{
    private readonly Commentary _commentary = new(release, year, Commentary.Shipped);

    public ReportDocument Mark(ReportDocument document) => document with { Chapters = [.. document.Chapters.Select(Mark)] };

    private Chapter Mark(Chapter chapter)
    {
        var blocks = chapter.Blocks.SelectMany(b => Lacks(b).Prepend(b)).ToList();
        // A chapter is known by the charts that it holds.
        if (chapter.Blocks.OfType<ChartBlock>().FirstOrDefault()?.Chart.Scene.Definition.Section is { } section)
        {
            blocks.InsertRange(
                blocks.FindIndex(b => b is Points) + 1,
                _commentary.Lacking(section).Select(s => Say("缺句", "sentence missing", Text.Same($"{s.Sentence}: {string.Join(", ", s.Figures)}")))
            );
            blocks.AddRange(
                omitted.Where(o => o.Section == section).Select(o => Say("缺图", "chart missing", new($"{o.Title.Zh}（{o.Id}）", $"{o.Title.En} ({o.Id})")))
            );
        }
        if (IsUntranslated(chapter.Title))
            blocks.Insert(0, Say("未译", "not translated", chapter.Title));
        return chapter with { Blocks = [.. blocks] };
    }

    private static IEnumerable<Gap> Lacks(Block block)
    {
        if (block is DataTable table && table.Rows.All(r => r.Cells.All(c => c.Phrase.In(Language.Zh) is "" or FigureText.MissingMark)))
            yield return Say("缺数", "table without data", table.Title);
        if (block is ChartBlock chart && new[] { chart.Chart.Zh, chart.Chart.En }.Any(p => AltText.Lacks(p.Description)))
            yield return Say("缺替代文字", "text for those who cannot see it is missing", chart.Title);
        foreach (var text in Names(block).Where(IsUntranslated).Distinct())
            yield return Say("未译", "not translated", text);
    }

    /// <summary>The names that a reader of either language must find in it.</summary>
    private static IEnumerable<Text> Names(Block block) =>
        block switch
        {
            ChartBlock chart => chart.Chart.Scene.Series.Select(s => s.Name).Append(chart.Title),
            DataTable table => table.Columns.Select(c => Whole(c.Heading)).Append(table.Title),
            KeyFigures figures => figures.Figures.Select(f => f.Name),
            Glossary glossary => glossary.Entries.SelectMany(e => new[] { Whole(e.Term), Whole(e.Meaning) }),
            Aside aside => aside.Blocks.SelectMany(Names).Append(aside.Summary),
            _ => [],
        };

    private static Text Whole(Phrase phrase) => new(phrase.In(Language.Zh), phrase.In(Language.En));

    /// <summary>One language lacks it, or English speaks Chinese. A name that is the same in both is data, and in the language in which it came.</summary>
    private static bool IsUntranslated(Text text) => text.Zh.Length == 0 != (text.En.Length == 0) || text.Zh != text.En && Wording.IsChinese(text.En);

    private static Gap Say(string chinese, string english, Text what) => new(Phrase.Of(new Text($"【{chinese}】", $"[{english}] ")).Name(what));
}
