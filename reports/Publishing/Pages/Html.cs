using System.Globalization;
using System.Net;
using System.Text;
using Innovation1551.Models;

namespace Innovation1551.Publishing.Pages;

/// <summary>Writes HTML. Whatever comes from data passes through <see cref="Escape"/>; there is no way to append it raw but <see cref="Raw"/>.</summary>
public sealed class Html
{
    private readonly StringBuilder _html = new();

    /// <summary>Markup written by this program, never data.</summary>
    public Html Raw(string markup)
    {
        _html.Append(markup);
        return this;
    }

    public Html Line(string markup) => Raw(markup).Raw("\n");

    /// <summary>The language as a <c>lang</c> attribute has it.</summary>
    public static string Tag(Language language) => language == Language.Zh ? "zh-Hans" : "en";

    /// <summary>Text as markup.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(Harmless(text));

    /// <summary>Without control and direction-changing characters: they can make a name read as another, and no format of XML holds them all.</summary>
    public static string Harmless(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format) || rune.Value is '\n' or '\t')
                clean.Append(rune.ToString());
        return clean.ToString();
    }

    public override string ToString() => _html.ToString();
}
