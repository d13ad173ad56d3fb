using System.Globalization;
using System.Net;
using System.Text;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Pages;

/// <summary>Writes HTML. Whatever comes from data passes through <see cref="Escape"/>; there is no way to append it raw but <see cref="Raw"/>.</summary>
public sealed class Html
{
    public const string Chinese = "zh-Hans",
        English = "en";
    private const int LongestName = 160;
    private readonly StringBuilder _html = new();

    /// <summary>Markup written by this program, never data.</summary>
    public Html Raw(string markup)
    {
        _html.Append(markup);
        return this;
    }

    public Html Line(string markup) => Raw(markup).Raw("\n");

    /// <summary>Data or words, escaped.</summary>
    public Html Text(string text) => Raw(Escape(text));

    /// <summary>Both languages; the page shows one of them.</summary>
    public Html Text(Text text, Bound bound = default) => Raw(Both(text, bound));

    public Html Element(string name, Text text, string attributes = "", Bound bound = default) =>
        Line($"<{name}{(attributes.Length == 0 ? "" : " ")}{attributes}>{Both(text, bound)}</{name}>");

    /// <summary>Both languages as markup. A name that has only a Chinese form says so to the reader's screen reader.</summary>
    /// <param name="bound">What the numerals in it are.</param>
    public static string Both(Text text, Bound bound = default)
    {
        var mark = bound.Attribute is { Length: > 0 } && (text.Zh + text.En).Any(char.IsAsciiDigit) ? $" {bound.Attribute}=\"{Escape(bound.Value)}\"" : "";
        if (text.Zh != text.En)
            return $"<span lang=\"{Chinese}\"{mark}>{Escape(text.Zh)}</span><span lang=\"{English}\"{mark}>{Foreign(text.En)}</span>";
        return mark.Length == 0 ? Foreign(text.Zh) : $"<span{mark}>{Foreign(text.Zh)}</span>";
    }

    /// <summary>The value of a figure as markup.</summary>
    public static string Marked(Bound bound, string text) => $"<span {bound.Attribute}=\"{Escape(bound.Value)}\">{Escape(text)}</span>";

    public static bool IsChinese(string text) => text.Any(c => c is >= '\u4e00' and <= '\u9fff');

    /// <summary>Chinese inside English, or inside what both languages show: marked, and shown in both.</summary>
    private static string Foreign(string text) => IsChinese(text) ? $"<span lang=\"zh\">{Escape(text)}</span>" : Escape(text);

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

    private static string Cut(string name) =>
        name.Length <= LongestName ? name : string.Concat(name.EnumerateRunes().Take(LongestName).Select(r => r.ToString())) + "…";

    public override string ToString() => _html.ToString();
}
