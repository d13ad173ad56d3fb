using System.Text;
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

    private static readonly string[] Names = ["NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"];
    private static readonly Lazy<byte[][]> Whole = new(() => [.. Names.Select(Bytes)]);
    private static readonly Lazy<ChartFont> Shared = new(Install);
    private readonly SKTypeface _regular = Load(Names[0]);
    private readonly SKTypeface _bold = Load(Names[1]);

    private ChartFont() { }

    /// <summary>The font files, regular and bold.</summary>
    public static IReadOnlyList<byte[]> Files => Whole.Value;

    public static SKTypeface Regular => Shared.Value._regular;

    public static SKTypeface Bold => Shared.Value._bold;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Family
            ? weight >= FontWeight.SemiBold
                ? _bold
                : _regular
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

    private static SKTypeface Load(string name)
    {
        using var stream = ShippedFile.Open(name);
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException($"{name} is not a font");
    }

    private static byte[] Bytes(string name)
    {
        using var stream = ShippedFile.Open(name);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
