using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts.Output;

/// <summary>
/// A chart as SVG, in two ways. On a page (<see cref="Inline"/>) its text is text, in the font that the page carries: small, selectable,
/// and each number says which figure it tells. In a file of its own (<see cref="Standalone"/>) its text is outlines of the shipped font,
/// each glyph defined once, so that it looks the same on a machine without the font.
/// </summary>
public sealed partial record ChartSvg(int Width, int Height, string Title, string Description)
{
    private const string Open = "<svg xmlns=\"http://www.w3.org/2000/svg\"";
    private const float Em = 1000;

    /// <summary>Kept for all files: the same few hundred characters come again and again.</summary>
    private static readonly Lazy<GlyphOutline> Regular = new(() => new GlyphOutline(ChartFont.RegularFile)),
        Bold = new(() => new GlyphOutline(ChartFont.BoldFile));

    /// <summary>The shapes, without the texts.</summary>
    internal string Shapes { get; init; } = "";

    internal IReadOnlyList<TextRun> Texts { get; init; } = [];

    /// <summary>Where its values lie.</summary>
    internal IReadOnlyList<ChartSpot> Spots { get; init; } = [];

    /// <summary>The series that a reader may have stand back.</summary>
    internal IReadOnlyList<SeriesMarks> Series { get; init; } = [];

    /// <param name="skia">What Skia's SVG canvas has written.</param>
    /// <param name="idPrefix">Keeps the ids of several charts on one page apart.</param>
    internal static ChartSvg Of(byte[] skia, IReadOnlyList<TextRun> texts, string idPrefix, int width, int height, string title, string description)
    {
        XElement root;
        using (var reader = XmlReader.Create(new MemoryStream(skia), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit }))
            root = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
        foreach (var space in root.DescendantNodes().OfType<XText>().Where(t => string.IsNullOrWhiteSpace(t.Value)).ToArray())
            space.Remove();
        Compact(root);
        NumberIds(root, idPrefix);
        var body = new StringBuilder();
        foreach (var element in root.Elements())
            body.Append(element.ToString(SaveOptions.DisableFormatting).Replace(" xmlns=\"http://www.w3.org/2000/svg\"", "", StringComparison.Ordinal))
                .Append('\n');
        return new ChartSvg(width, height, title, description) { Shapes = body.ToString(), Texts = texts };
    }

    /// <summary>A file of its own, with title and description for screen readers.</summary>
    public byte[] Standalone()
    {
        var glyphs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var texts = new StringBuilder();
        foreach (var run in Texts)
            AppendOutlined(texts, run, glyphs);
        var svg = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"{Open} width=\"{Width}\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"t d\">\n"
        );
        svg.Append("<title id=\"t\">")
            .Append(Html.Escape(Title))
            .Append("</title>\n<desc id=\"d\">")
            .Append(Html.Escape(Description))
            .Append("</desc>\n<defs>\n");
        foreach (var (id, path) in glyphs)
            svg.Append("<path id=\"").Append(id).Append("\" d=\"").Append(path).Append("\"/>\n");
        return new UTF8Encoding(false).GetBytes(svg.Append("</defs>\n").Append(Shapes).Append(texts).Append("</svg>\n").ToString());
    }

    /// <summary>A part of a page whose style sheet brings the font.</summary>
    public string Inline(Language language)
    {
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"{Open} viewBox=\"0 0 {Width} {Height}\" role=\"img\" lang=\"{Html.Tag(language)}\" aria-label=\"{Html.Escape(Description)}\">{(Series.Count == 0 ? Shapes : Element().Replace(Shapes, OfSeries))}"
        );
        foreach (var run in Texts)
            AppendText(svg, run, language, SeriesOf(run));
        return svg.Append("</svg>").ToString();
    }

    /// <summary>A shape that says whose it is, by its colour; the white of a dot goes with the ring around it, which follows.</summary>
    private string OfSeries(Match element)
    {
        var after = element.Index + element.Length;
        var told =
            element.Value.StartsWith("<ellipse fill=\"white\"", StringComparison.Ordinal) && Shapes.IndexOf('>', after) is > 0 and var end
                ? Shapes[after..end]
                : element.Value;
        for (var i = 0; i < Series.Count; i++)
            if (told.Contains($"=\"{Hex(Series[i].Color)}\"", StringComparison.Ordinal))
                return string.Create(CultureInfo.InvariantCulture, $"{element.Groups[1].Value} data-series=\"{i}\"{element.Groups[2].Value}");
        return element.Value;
    }

    /// <summary>The series whose value or name a text tells; −1 where none.</summary>
    private int SeriesOf(TextRun run)
    {
        for (var i = 0; i < Series.Count; i++)
            if (Series[i].Values.Contains(run.Bound) || run.Color == Series[i].TextColor && run.Halo > 0)
                return i;
        return -1;
    }

    [GeneratedRegex("(<(?:path|rect|ellipse|polygon|line|circle))( [^>]*>)")]
    private static partial Regex Element();

    /// <summary>
    /// A picture in a document that is typeset with the shipped font: text as text, and nothing that only a style sheet knows. A halo is
    /// drawn below its text and not as a second text: who reads or copies the page meets each number once.
    /// </summary>
    public byte[] Typeset()
    {
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"{Open} width=\"{Width}\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\" font-family=\"{ChartFont.OwnName}\">{Shapes}"
        );
        foreach (var run in Texts)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text {Place(run)} font-size=\"{run.Size:0.##}\" fill=\"{Hex(run.Color)}\"");
            if (run.Bold)
                svg.Append(" font-weight=\"700\"");
            if (run.Halo > 0)
                svg.Append(CultureInfo.InvariantCulture, $" stroke=\"#fff\" stroke-width=\"{run.Halo:0.#}\" stroke-linejoin=\"round\" paint-order=\"stroke\"");
            svg.Append('>').Append(Html.Escape(run.Text)).Append("</text>");
        }

        return new UTF8Encoding(false).GetBytes(svg.Append("</svg>").ToString());
    }

    /// <summary>
    /// Skia writes a clip and a group for each mark, a path for each tick, and six decimals. The same picture with each clip once, groups
    /// and strokes of one kind joined where they follow each other, and hundredths of a pixel is half as long.
    /// </summary>
    private static void Compact(XElement root)
    {
        foreach (var attribute in root.Descendants().Attributes())
            attribute.Value = LongNumber()
                .Replace(
                    attribute.Value,
                    m => Math.Round(decimal.Parse(m.Value, CultureInfo.InvariantCulture), 2).ToString("0.##", CultureInfo.InvariantCulture)
                );
        root.Descendants().Attributes("stroke-miterlimit").Where(a => a.Value == "4").Remove();
        root.Descendants().Where(e => Nowhere().IsMatch((string?)e.Attribute("d") ?? "")).ToArray().Remove();

        var clips = new Dictionary<string, string>();
        foreach (var clip in root.Descendants().Where(e => e.Name.LocalName == "clipPath").ToArray())
        {
            var (shape, id) = (string.Concat(clip.Nodes()), clip.Attribute("id")!.Value);
            if (clips.TryAdd(shape, id))
                continue;
            foreach (var used in root.Descendants().Attributes("clip-path").Where(a => a.Value == $"url(#{id})"))
                used.Value = $"url(#{clips[shape]})";
            clip.Remove();
        }

        foreach (var group in root.DescendantsAndSelf().ToArray())
            Join(group);
    }

    private static void Join(XElement parent)
    {
        for (var node = parent.FirstNode as XElement; node?.NextNode is XElement next; )
        {
            var name = node.Name.LocalName;
            var alike = node.Name == next.Name && Others(node) == Others(next);
            if (alike && name == "path" && (string?)node.Attribute("fill") == "none")
                node.Attribute("d")!.Value += next.Attribute("d")!.Value;
            else if (alike && name == "g")
                node.Add(next.Nodes());
            else
            {
                node = next;
                continue;
            }

            next.Remove();
        }

        static string Others(XElement e) => string.Join('|', e.Attributes().Where(a => a.Name != "d"));
    }

    [GeneratedRegex(@"[0-9]+\.[0-9]{3,}")]
    private static partial Regex LongNumber();

    /// <summary>A line from a point to itself: a tick of no length.</summary>
    [GeneratedRegex(@"^M([-0-9. ]+)L\1$")]
    private static partial Regex Nowhere();

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

    private static void AppendText(StringBuilder svg, TextRun run, Language language, int series)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<text {Place(run)} font-size=\"{run.Size:0.##}\" fill=\"{Hex(run.Color)}\"");
        if (language == Language.En && Wording.IsChinese(run.Text))
            svg.Append(" lang=\"zh\"");
        if (series >= 0)
            svg.Append(CultureInfo.InvariantCulture, $" data-series=\"{series}\"");
        if (run.Bold)
            svg.Append(" font-weight=\"700\"");
        if (run.Halo > 0)
            svg.Append(CultureInfo.InvariantCulture, $" class=\"halo\" stroke-width=\"{run.Halo:0.#}\"");
        if (run.Bound != Bound.Nothing && run.Text.Any(char.IsAsciiDigit))
            svg.Append(' ').Append(run.Bound.Attribute).Append("=\"").Append(Html.Escape(run.Bound.Value)).Append('"');
        svg.Append('>').Append(Html.Escape(run.Text)).Append("</text>");
    }

    /// <summary>One text as a group in the font's own units, so that each glyph needs nothing but its place on the line.</summary>
    private static void AppendOutlined(StringBuilder svg, TextRun run, SortedDictionary<string, string> glyphs)
    {
        var scale = run.Size / Em;
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<g fill=\"{Hex(run.Color)}\" transform=\"translate({run.X:0.##} {run.Y:0.##}){(run.Upright ? " rotate(-90)" : "")} scale({scale:0.#####})\""
        );
        if (run.Halo > 0)
            svg.Append(
                CultureInfo.InvariantCulture,
                $" stroke=\"#fff\" stroke-width=\"{run.Halo / scale:0}\" stroke-linejoin=\"round\" paint-order=\"stroke\""
            );
        svg.Append('>');
        var font = ChartText.Font(run.Size, run.Bold);
        var outlines = (run.Bold ? Bold : Regular).Value;
        var letters = font.GetGlyphs(run.Text);
        var offsets = font.GetGlyphOffsets(letters);
        for (var i = 0; i < letters.Length; i++)
        {
            var outline = outlines.Path(letters[i]);
            if (outline.Length == 0)
                continue;
            var id = string.Create(CultureInfo.InvariantCulture, $"{(run.Bold ? 'b' : 'r')}{letters[i]}");
            glyphs.TryAdd(id, outline);
            svg.Append(CultureInfo.InvariantCulture, $"<use href=\"#{id}\" x=\"{offsets[i] / scale:0}\"/>");
        }

        svg.Append("</g>\n");
    }

    private static string Place(TextRun run) =>
        run.Upright
            ? string.Create(CultureInfo.InvariantCulture, $"transform=\"translate({run.X:0.#} {run.Y:0.#}) rotate(-90)\"")
            : string.Create(CultureInfo.InvariantCulture, $"x=\"{run.X:0.#}\" y=\"{run.Y:0.#}\"");

    internal static string Hex(ScottPlot.Color color) => string.Create(CultureInfo.InvariantCulture, $"#{color.R:X2}{color.G:X2}{color.B:X2}");
}
