using System.Collections.Immutable;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Document;

/// <summary>The figures at the head of the report.</summary>
public sealed record KeyFigures(ImmutableArray<KeyFigure> Figures) : Block;

/// <summary>One of them.</summary>
/// <param name="Value">The number alone.</param>
/// <param name="Change">How it has changed and against what; empty where that may not be told.</param>
/// <param name="Meta">Year, stage, basis, day.</param>
public sealed record KeyFigure(Text Name, Phrase Value, Text Unit, Phrase Change, Phrase Meta);
