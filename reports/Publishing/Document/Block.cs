using System.Collections.Immutable;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Document;

/// <summary>A part of the document. A format makes it readable; it counts, rounds and words nothing.</summary>
public abstract record Block;

/// <summary>A chapter with its number; what it holds follows in order.</summary>
public sealed record Chapter(string Id, int Number, Text Title, ImmutableArray<Block> Blocks) : Block;

/// <summary>A paragraph; a note stands smaller, below what it explains.</summary>
public sealed record Paragraph(Phrase Phrase, bool IsNote = false) : Block
{
    public static Paragraph Note(string chinese, string english) => new(Phrase.Empty.Say(chinese, english), IsNote: true);
}

/// <summary>What must be known before what follows is read at all.</summary>
public sealed record Caution(Phrase Phrase) : Block;

/// <summary>What a draft lacks at this place, told to those who work on it.</summary>
public sealed record Gap(Phrase Phrase) : Block;

/// <summary>What the figures say, a sentence a point.</summary>
public sealed record Points(ImmutableArray<Phrase> Sentences) : Block;

/// <summary>Numbered lines: footnotes, sources. A line can be led to by <c>ID-1</c>, <c>ID-2</c>.</summary>
public sealed record Numbered(string Id, ImmutableArray<Phrase> Lines) : Block;

/// <summary>Terms with their meaning.</summary>
public sealed record Glossary(ImmutableArray<(Phrase Term, Phrase Meaning)> Entries) : Block
{
    /// <summary>An entry of words alone.</summary>
    public static (Phrase Term, Phrase Meaning) Entry(string termZh, string termEn, string zh, string en) =>
        (Phrase.Empty.Say(termZh, termEn), Phrase.Empty.Say(zh, en));
}

/// <summary>What a reader may pass over.</summary>
public sealed record Aside(Text Summary, ImmutableArray<Block> Blocks) : Block;
