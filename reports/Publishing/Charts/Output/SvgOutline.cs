using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Innovation1551.Publishing.Pages;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Output;

/// <summary>
/// A chart as SVG whose text is outlines of the shipped font: it looks the same with and without the font. A glyph is defined once
/// and then used; so one file stands alone (<see cref="Standalone"/>), and a page with many charts shares one set of glyphs
/// (<see cref="Inline"/> and <see cref="Glyphs"/>).
/// </summary>
public sealed record ChartSvg(string Body, IReadOnlyDictionary<string, string> Glyphs, int Width, int Height, string Title, string Description)
{
    private const string Open = "<svg xmlns=\"http://www.w3.org/2000/svg\"";

    /// <summary>A file of its own, with title and description for screen readers.</summary>
    public byte[] Standalone()
    {
        var svg = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        svg.Append(CultureInfo.InvariantCulture, $"{Open} width=\"{Width}\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"t d\">\n");
        svg.Append("<title id=\"t\">").Append(Html.Escape(Title)).Append("</title>\n<desc id=\"d\">").Append(Html.Escape(Description)).Append("</desc>\n<defs>\n");
        AppendGlyphs(svg, Glyphs);
        return new UTF8Encoding(false).GetBytes(svg.Append("</defs>\n").Append(Body).Append("</svg>\n").ToString());
    }

    /// <summary>A part of a page that defines the glyphs elsewhere.</summary>
    public string Inline(string attributes) =>
        string.Create(CultureInfo.InvariantCulture, $"{Open} viewBox=\"0 0 {Width} {Height}\" role=\"img\" {attributes} aria-label=\"{Html.Escape(Description)}\">{Body}</svg>");

    /// <summary>The glyphs as definitions, in the order of their ids.</summary>
    public static void AppendGlyphs(StringBuilder svg, IReadOnlyDictionary<string, string> glyphs)
    {
        foreach (var (id, path) in glyphs.OrderBy(g => g.Key, StringComparer.Ordinal))
            svg.Append("<path id=\"").Append(id).Append("\" d=\"").Append(path).Append("\"/>\n");
    }
}

/// <summary>Turns what Skia's SVG canvas writes into a <see cref="ChartSvg"/>: clip ids counted anew, and the texts added as outlines.</summary>
internal static class SvgOutline
{
    private const float Em = 1000;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Outlines by glyph, for all files: the same few hundred characters come again and again.</summary>
    private static readonly ConcurrentDictionary<(bool Bold, ushort Glyph), string> Outlines = new();

    public static ChartSvg Read(byte[] skia, IEnumerable<TextRun> texts, string idPrefix, int width, int height, string title, string description)
    {
        XElement root;
        using (var reader = XmlReader.Create(new MemoryStream(skia), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit }))
            root = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
        NumberIds(root, idPrefix);
        var glyphs = new Dictionary<string, string>();
        foreach (var space in root.DescendantNodes().OfType<XText>().Where(t => string.IsNullOrWhiteSpace(t.Value)).ToArray())
            space.Remove();
        var body = new StringBuilder();
        foreach (var element in root.Elements())
            body.Append(element.ToString(SaveOptions.DisableFormatting).Replace(" xmlns=\"http://www.w3.org/2000/svg\"", "", StringComparison.Ordinal)).Append('\n');
        foreach (var run in texts)
            Outline(body, run, glyphs);
        return new ChartSvg(body.ToString(), glyphs, width, height, title, description);
    }

    /// <summary>Skia numbers its clips by a counter of the whole process; here they count from one in each chart.</summary>
    private static void NumberIds(XElement root, string prefix)
    {
        var names = new Dictionary<string, string>();
        foreach (var id in root.Descendants().Select(e => e.Attribute("id")).OfType<XAttribute>())
        {
            names.TryAdd(id.Value, string.Create(CultureInfo.InvariantCulture, $"{prefix}-c{names.Count + 1}"));
            id.Value = names[id.Value];
        }

        foreach (var attribute in root.Descendants().Attributes().Where(a => a.Value.StartsWith("url(#", StringComparison.Ordinal)))
            if (names.TryGetValue(attribute.Value[5..^1], out var name))
                attribute.Value = $"url(#{name})";
    }

    /// <summary>One text as a group in the font's own units, so that each glyph needs nothing but its place on the line.</summary>
    private static void Outline(StringBuilder svg, TextRun run, Dictionary<string, string> glyphs)
    {
        var scale = run.Size / Em;
        svg.Append(CultureInfo.InvariantCulture, $"<g fill=\"{Hex(run.Color)}\" fill-rule=\"evenodd\" transform=\"translate({run.X:0.##} {run.Y:0.##}){(run.Upright ? " rotate(-90)" : "")} scale({scale:0.#####})\"");
        if (run.Halo > 0)
            svg.Append(CultureInfo.InvariantCulture, $" stroke=\"#fff\" stroke-width=\"{run.Halo / scale:0}\" stroke-linejoin=\"round\" paint-order=\"stroke\"");
        svg.Append('>');
        var font = ChartText.Font(run.Size, run.Bold);
        var offsets = font.GetGlyphOffsets(font.GetGlyphs(run.Text));
        var i = 0;
        foreach (var rune in run.Text.EnumerateRunes())
        {
            var (id, path) = Glyph(run.Bold, rune);
            if (path.Length > 0)
            {
                glyphs.TryAdd(id, path);
                svg.Append(CultureInfo.InvariantCulture, $"<use href=\"#{id}\" x=\"{offsets[i] / scale:0}\"/>");
            }

            i++;
        }

        svg.Append("</g>\n");
    }

    private static string Hex(ScottPlot.Color color) => string.Create(CultureInfo.InvariantCulture, $"#{color.R:X2}{color.G:X2}{color.B:X2}");

    private static (string Id, string Path) Glyph(bool bold, Rune rune)
    {
        var typeface = bold ? ChartFont.Bold : ChartFont.Regular;
        var glyph = typeface.GetGlyph(rune.Value);
        return (string.Create(CultureInfo.InvariantCulture, $"{(bold ? 'b' : 'r')}{glyph}"), Outlines.GetOrAdd((bold, glyph), static (key, face) => PathOf(face, key.Glyph), typeface));
    }

    private static string PathOf(SKTypeface typeface, ushort glyph)
    {
        using var font = new SKFont(typeface, Em) { Hinting = SKFontHinting.None };
        using var outline = font.GetGlyphPath(glyph);
        // Strokes that overlap are merged, for some glyphs by the font engine already; what is merged is filled by the even-odd rule.
        using var merged = new SKPath();
        return outline is not null && outline.Simplify(merged) ? merged.ToSvgPathData() : "";
    }
}
