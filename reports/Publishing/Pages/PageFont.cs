using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using SkiaSharp;

namespace Innovation1551.Publishing.Pages;

/// <summary>
/// The characters that a page uses, cut from the shipped font and put into its style sheet. A page must be readable on a machine
/// that has no Chinese font at all, and the whole font would be twenty times as large as the page.
/// </summary>
public static partial class PageFont
{
    /// <summary>The font-face rules for this markup.</summary>
    public static string FaceFor(string markup, SKTypeface regular, SKTypeface bold)
    {
        var text = WebUtility.HtmlDecode(Tags().Replace(markup, " "));
        var runes = text.EnumerateRunes()
            .Select(r => r.Value)
            .Concat(Enumerable.Range(0x20, 0x5F))
            .Where(r => regular.GetGlyph(r) != 0)
            .Distinct()
            .Order()
            .ToArray();
        return Face(regular, runes, 400) + Face(bold, runes, 700);
    }

    private static string Face(SKTypeface typeface, int[] runes, int weight) =>
        $"@font-face {{ font-family: \"Innovation1551 Page\"; font-weight: {(weight == 400 ? "100 500" : "501 900")}; src: url(data:font/woff;base64,{Convert.ToBase64String(FontSubset.Woff(typeface, runes))}) format(\"woff\"); }}\n";

    /// <summary>Tags with their attributes.</summary>
    [GeneratedRegex("<[^>]*>", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Tags();
}
