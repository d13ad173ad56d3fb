using System.Text;
using Innovation1551.Publishing.Pages;
using ScottPlot;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts;

/// <summary>
/// The shipped typeface (Noto Sans SC, SIL Open Font License 1.1), loaded from the program itself.
/// It goes by a private family name and is asked first, so that no font of the machine can ever take its place.
/// </summary>
public sealed class ChartFont : IFontResolver
{
    public const string Family = "Innovation1551 Sans";

    /// <summary>What the typeface calls itself, in a document that carries it.</summary>
    internal const string OwnName = "Noto Sans SC";

    private static readonly Lazy<ChartFont> Shared = new(Install);
    private readonly FontFile _regular = new("NotoSansSC-Regular.ttf");
    private readonly FontFile _bold = new("NotoSansSC-Bold.ttf");

    private ChartFont() { }

    internal static FontFile RegularFile => Shared.Value._regular;

    internal static FontFile BoldFile => Shared.Value._bold;

    public static SKTypeface Regular => RegularFile.Typeface;

    public static SKTypeface Bold => BoldFile.Typeface;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Family
            ? weight >= FontWeight.SemiBold
                ? _bold.Typeface
                : _regular.Typeface
            : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        CreateTypeface(fontName, bold ? FontWeight.Bold : FontWeight.Normal, FontSlant.Upright, FontSpacing.Normal);

    /// <summary>
    /// The text as the typeface can draw it, on one line: control and direction marks are dropped, and a character without a
    /// glyph becomes 〓, the printer's mark for a missing type, never an empty box.
    /// </summary>
    public static string Drawable(string text)
    {
        var drawable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
                drawable.Append(' ');
            else if (Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format)
                continue;
            else if (Regular.GetGlyph(rune.Value) != 0)
                drawable.Append(rune.ToString());
            else
                drawable.Append('〓');
        }

        return drawable.ToString();
    }

    private static ChartFont Install()
    {
        var font = new ChartFont();
        Fonts.FontResolvers.Insert(0, font);
        Fonts.Default = Family;
        return font;
    }
}
