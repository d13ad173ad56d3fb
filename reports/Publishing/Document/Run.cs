using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Document;

/// <summary>How a piece of text stands out from what is around it.</summary>
public enum Style
{
    Plain,

    /// <summary>The unit after a name or a number.</summary>
    Unit,

    /// <summary>What a name is about, below it.</summary>
    Scope,

    /// <summary>The raised mark of a figure that is not final.</summary>
    Mark,

    /// <summary>What a person must fill in.</summary>
    Blank,

    /// <summary>The words of a source, in quotation marks of the language it is written in.</summary>
    Quote,
}

/// <summary>Text in both languages whose numerals are one thing.</summary>
/// <param name="Bound">What its numerals are.</param>
/// <param name="Target">The id in the document to which it leads; empty where to none.</param>
public readonly record struct Run(Text Text, Bound Bound, Style Style = Style.Plain, string Target = "")
{
    /// <summary>Begins a new line in a cell.</summary>
    public static readonly Run NewLine = new(new Text("\n", "\n"), Bound.Nothing);
}
