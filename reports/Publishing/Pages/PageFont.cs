using System.Text.RegularExpressions;

namespace Innovation1551.Publishing.Pages;

/// <summary>
/// The characters that a page uses, cut from the shipped font and put into its style sheet. A page must be readable on a machine
/// that has no Chinese font at all, and the whole font would be twenty times as large as the page.
/// </summary>
internal static partial class PageFont
{
    /// <summary>The font-face rules for this markup.</summary>
    public static string FaceFor(string markup, FontFile regular, FontFile bold)
    {
        var runes = FontSubset.Runes([Tags().Replace(markup, " ")], regular);
        return Face(regular, runes, 400) + Face(bold, runes, 700);
    }

    private static string Face(FontFile font, int[] runes, int weight) =>
        $"@font-face {{ font-family: \"Innovation1551 Page\"; font-weight: {(weight == 400 ? "100 500" : "501 900")}; src: url(data:font/woff;base64,{Convert.ToBase64String(FontSubset.Woff(font, runes))}) format(\"woff\"); }}\n";

    /// <summary>Tags with their attributes.</summary>
    [GeneratedRegex("<[^>]*>", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Tags();
}
