using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Output;

/// <summary>
/// Makes Skia's SVG self-sufficient and repeatable: every text becomes outlines of the shipped font (each glyph defined once and
/// then used), clip ids are numbered in order, and title and description are added for screen readers.
/// </summary>
internal static class SvgOutline
{
    private const float Em = 1000;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static byte[] Write(byte[] skia, int width, int height, string title, string description)
    {
        XDocument document;
        using (var reader = XmlReader.Create(new MemoryStream(skia), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit }))
            document = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
        var root = document.Root!;
        NumberIds(root);
        var glyphs = new Glyphs();
        foreach (var text in root.Descendants(Svg + "text").ToArray())
            text.ReplaceWith(glyphs.Outline(text));
        root.SetAttributeValue("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width} {height}"));
        root.SetAttributeValue("role", "img");
        root.SetAttributeValue("aria-labelledby", "t d");
        root.AddFirst(
            new XElement(Svg + "title", new XAttribute("id", "t"), title),
            new XElement(Svg + "desc", new XAttribute("id", "d"), description),
            glyphs.Definitions());
        foreach (var space in root.DescendantNodes().OfType<XText>().Where(t => string.IsNullOrWhiteSpace(t.Value)).ToArray())
            space.Remove();
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineChars = "\n", Indent = true, IndentChars = "" }))
            document.Save(writer);
        return buffer.ToArray();
    }

    /// <summary>Skia numbers its clips by a counter of the whole process; here they count from one in each file.</summary>
    private static void NumberIds(XElement root)
    {
        var names = new Dictionary<string, string>();
        foreach (var id in root.Descendants().Select(e => e.Attribute("id")).OfType<XAttribute>())
        {
            names.TryAdd(id.Value, string.Create(CultureInfo.InvariantCulture, $"c{names.Count + 1}"));
            id.Value = names[id.Value];
        }

        foreach (var attribute in root.Descendants().Attributes().Where(a => a.Value.StartsWith("url(#", StringComparison.Ordinal)))
            if (names.TryGetValue(attribute.Value[5..^1], out var name))
                attribute.Value = $"url(#{name})";
    }

    private sealed class Glyphs
    {
        /// <summary>Outlines by glyph, for all files: the same few hundred characters come again and again.</summary>
        private static readonly ConcurrentDictionary<(bool Bold, ushort Glyph), string> Outlines = new();

        private readonly Dictionary<(bool Bold, ushort Glyph), (string Id, string Path)> known = [];

        public XElement Definitions() =>
            new(Svg + "defs", known.Values.Where(g => g.Path.Length > 0).Select(g => new XElement(Svg + "path", new XAttribute("id", g.Id), new XAttribute("d", g.Path))));

        /// <summary>A group of glyphs in place of one text element; colour, stroke and transform stay as they were.</summary>
        public XElement Outline(XElement text)
        {
            var size = Number(text, "font-size", 12);
            var bold = Number(text, "font-weight", 400) >= 600;
            var xs = Numbers(text, "x");
            var ys = Numbers(text, "y");
            var scale = size / Em;
            var group = new XElement(Svg + "g", text.Attributes().Where(a => !a.Name.LocalName.StartsWith("font", StringComparison.Ordinal) && a.Name.LocalName is not ("x" or "y" or "space" or "stroke-width")));
            if (text.Attribute("stroke-width") is { } stroke)
                group.SetAttributeValue("stroke-width", (float.Parse(stroke.Value, CultureInfo.InvariantCulture) / scale).ToString("0.##", CultureInfo.InvariantCulture));
            var i = 0;
            foreach (var rune in text.Value.Trim('\n', '\r', '\t').EnumerateRunes())
            {
                if (i >= xs.Count)
                    break;
                var (id, path) = Glyph(bold, rune);
                var y = ys[Math.Min(i, ys.Count - 1)];
                if (path.Length > 0)
                    group.Add(new XElement(Svg + "use", new XAttribute("href", "#" + id),
                        new XAttribute("transform", string.Create(CultureInfo.InvariantCulture, $"translate({xs[i]:0.##} {y:0.##}) scale({scale:0.#####})"))));
                i++;
            }

            return group;
        }

        private (string Id, string Path) Glyph(bool bold, Rune rune)
        {
            var typeface = bold ? ChartFont.Bold : ChartFont.Regular;
            var glyph = typeface.GetGlyph(rune.Value);
            if (known.TryGetValue((bold, glyph), out var found))
                return found;
            var id = string.Create(CultureInfo.InvariantCulture, $"{(bold ? 'b' : 'r')}{glyph}");
            return known[(bold, glyph)] = (id, Outlines.GetOrAdd((bold, glyph), static (key, face) => PathOf(face, key.Glyph), typeface));
        }

        private static string PathOf(SKTypeface typeface, ushort glyph)
        {
            using var font = new SKFont(typeface, Em) { Hinting = SKFontHinting.None };
            using var outline = font.GetGlyphPath(glyph);
            return outline?.ToSvgPathData() ?? "";
        }

        private static float Number(XElement element, string name, float otherwise) =>
            element.Attribute(name) is { } a ? float.Parse(a.Value, CultureInfo.InvariantCulture) : otherwise;

        private static List<float> Numbers(XElement element, string name) =>
            (element.Attribute(name)?.Value ?? "0").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(v => float.Parse(v, CultureInfo.InvariantCulture)).ToList();
    }
}
