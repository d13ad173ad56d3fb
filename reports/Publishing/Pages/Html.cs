using System.Globalization;
using System.Net;
using System.Text;
using Innovation1551.Models;

namespace Innovation1551.Publishing.Pages;

/// <summary>Writes HTML. Whatever comes from data passes through <see cref="Escape"/>; there is no way to append it raw but <see cref="Raw"/>.</summary>
public sealed class Html
{
    public const string Chinese = "zh-Hans", English = "en";
    private const int LongestName = 160;
    private readonly StringBuilder html = new();

    /// <summary>Markup written by this program, never data.</summary>
    public Html Raw(string markup)
    {
        html.Append(markup);
        return this;
    }

    public Html Line(string markup) => Raw(markup).Raw("\n");

    /// <summary>Data or words, escaped.</summary>
    public Html Text(string text) => Raw(Escape(text));

    /// <summary>Both languages; the page shows one of them.</summary>
    public Html Text(Text text) => Raw(Both(text));

    public Html Element(string name, Text text, string attributes = "") => Line($"<{name}{(attributes.Length == 0 ? "" : " ")}{attributes}>{Both(text)}</{name}>");

    /// <summary>Both languages as markup.</summary>
    public static string Both(Text text) => text.Zh == text.En
        ? Escape(text.Zh)
        : $"<span lang=\"{Chinese}\">{Escape(text.Zh)}</span><span lang=\"{English}\">{Escape(text.En)}</span>";

    /// <summary>
    /// Text made harmless: markup escaped, control and direction-changing characters dropped (they can make a name read as another),
    /// and an absurdly long name cut.
    /// </summary>
    public static string Escape(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, LongestName));
        foreach (var rune in text.EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format) || rune.Value is '\n' or '\t')
                clean.Append(rune.ToString());
        return WebUtility.HtmlEncode(clean.ToString());
    }

    /// <summary>A name from data, cut where no table could hold it; the files beside the page carry it whole.</summary>
    public static Text Name(Text name) => new(Cut(name.Zh), Cut(name.En));

    private static string Cut(string name) => name.Length <= LongestName ? name : string.Concat(name.EnumerateRunes().Take(LongestName).Select(r => r.ToString())) + "…";

    public override string ToString() => html.ToString();
}
