using System.Collections.Immutable;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Document;

/// <summary>
/// A report before it has a format: typed blocks with texts in both languages, every numeral bound. Page, PDF, Word file and workbook are
/// made from this alone, so that they cannot tell different things.
/// </summary>
/// <param name="Short">The title where room is short.</param>
/// <param name="Programme">What it reports on.</param>
public sealed record ReportDocument(Text Title, Text Short, Text Programme, ReleaseInfo Release, ImmutableArray<Chapter> Chapters)
{
    /// <summary>The languages and formats in which it is written, so that one can lead to the other.</summary>
    public ImmutableArray<Language> Languages { get; init; } = [Language.Zh, Language.En];

    public ImmutableArray<string> Formats { get; init; } = [];

    /// <summary>The archive beside it that holds all its files; empty where there is none.</summary>
    public string Archive { get; init; } = "";

    /// <summary>What its files are called by: <c>report.zh.html</c>.</summary>
    public string Name { get; init; } = "report";

    /// <summary>A page or two that are read through: no cover, no contents, chapters one below the other.</summary>
    public bool IsShort { get; init; }

    /// <summary>Whether it may be taken for the official report; null where nobody has told.</summary>
    public ReportStanding? Standing { get; init; }

    /// <summary>The marks on every page in short: draft, constructed. Empty for an official report of real figures.</summary>
    public Text Stamp => Wording.Stamp(Standing?.Stamp, Release.IsSynthetic);

    /// <summary>
    /// What a reader must know before the first figure: that the report is a draft, and whether its figures are made of constructed returns. Empty for an official
    /// report of real ones.
    /// </summary>
    public Phrase Warning =>
        Constructed.Aggregate(Standing?.Notice is { IsEmpty: false } notice ? notice.Say("", " ") : Phrase.Empty, (said, run) => said.With(run));

    private Phrase Constructed =>
        Release.IsSynthetic
            ? Phrase
                .Of(Wording.Synthetic)
                .Say(
                    "：本报告数字由示例报表计算，企业均为虚构；标明来源的目标与参照数为真实公布数。",
                    ": the figures of this report were computed from sample returns of invented enterprises; targets and reference figures that name a source are real."
                )
            : Phrase.Empty;

    /// <summary>All blocks of all chapters in the order of reading, those of asides among them.</summary>
    public IEnumerable<Block> Blocks
    {
        get
        {
            return Chapters.SelectMany(c => Flat(c.Blocks));

            static IEnumerable<Block> Flat(IEnumerable<Block> blocks) => blocks.SelectMany(b => b is Aside aside ? Flat(aside.Blocks).Prepend(b) : [b]);
        }
    }

    public Phrase Edition =>
        (Standing?.Imprint ?? Phrase.Empty).Aggregate(
            Phrase.Of(new Text($"发布版本{Release.Id}，截至{Release.AsOf}", $"Release {Release.Id}, as of {Release.AsOf}"), Bound.Words(Prose.Release)),
            (said, run) => said.With(run)
        );

    /// <summary>The name of the file in a language and format: <c>report.zh.html</c>.</summary>
    public string File(Language language, string extension) => File(Name, language, extension);

    /// <summary>The same of a document by its name.</summary>
    public static string File(string name, Language language, string extension) => $"{name}.{(language == Language.Zh ? "zh" : "en")}.{extension}";
}
