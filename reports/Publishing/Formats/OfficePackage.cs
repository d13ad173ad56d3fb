using System.Globalization;
using System.Text;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;
using Innovation1551.Publishing.Document;

namespace Innovation1551.Publishing.Formats;

/// <summary>
/// An Office file put together from the standard's own types, part by part. The library's own package gives relations random names and
/// stamps the clock into properties and zip; here all of it is fixed, so that the same document gives the same bytes.
/// </summary>
/// <param name="packs">Compress its parts. What deflate makes differs between processors; a file of pictures, which are packed themselves, loses nothing by it.</param>
internal sealed class OfficePackage(string mainPart, bool packs = false)
{
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private const string Properties = "application/vnd.openxmlformats-package.core-properties+xml";
    private readonly List<(string Name, string Type, byte[] Content)> _parts = [];
    private readonly Dictionary<string, List<(string Type, string Target)>> _relations = [];

    public void Add(string name, string type, OpenXmlElement root)
    {
        var buffer = new MemoryStream();
        using (var writer = new OpenXmlPartWriter(buffer, new UTF8Encoding(false)))
        {
            writer.WriteStartDocument(standalone: true);
            writer.WriteElement(root);
        }
        Add(name, type, buffer.ToArray());
    }

    public void Add(string name, string type, byte[] content) => _parts.Add((name, type, content));

    /// <summary>Relates a part to another by its path from the first one's folder, and gives the id by which the first speaks of it.</summary>
    /// <param name="type">The last word of the relation's type: <c>image</c>, <c>styles</c>.</param>
    public string Relate(string part, string type, string target)
    {
        if (!_relations.TryGetValue(part, out var relations))
            _relations[part] = relations = [];
        relations.Add((Office + type, target));
        return Id(relations.Count);
    }

    public byte[] Write(ReportDocument document, Language language)
    {
        using var stream = new MemoryStream();
        using (var zip = new PlainZip(stream, compress: packs))
        {
            zip.Add("[Content_Types].xml", ContentTypes());
            zip.Add(
                "_rels/.rels",
                RelationsPart([
                    (Office + "officeDocument", mainPart),
                    ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
                ])
            );
            zip.Add("docProps/core.xml", CoreProperties(document, language));
            foreach (var (name, _, content) in _parts)
            {
                zip.Add(name, content);
                if (_relations.TryGetValue(name, out var relations))
                    zip.Add($"{Path.GetDirectoryName(name)!.Replace('\\', '/')}/_rels/{Path.GetFileName(name)}.rels", RelationsPart(relations));
            }
        }
        return stream.ToArray();
    }

    private static string Id(int number) => "rId" + number.ToString(CultureInfo.InvariantCulture);

    private byte[] ContentTypes()
    {
        XNamespace ns = "http://schemas.openxmlformats.org/package/2006/content-types";
        XElement Default(string extension, string type) => new(ns + "Default", new XAttribute("Extension", extension), new XAttribute("ContentType", type));
        return Bytes(
            new XElement(
                ns + "Types",
                Default("rels", "application/vnd.openxmlformats-package.relationships+xml"),
                Default("xml", "application/xml"),
                Default("png", "image/png"),
                _parts
                    .Where(p => p.Type.Length > 0)
                    .Append((Name: "docProps/core.xml", Type: Properties, Content: []))
                    .Select(p => new XElement(ns + "Override", new XAttribute("PartName", "/" + p.Name), new XAttribute("ContentType", p.Type)))
            )
        );
    }

    private static byte[] RelationsPart(IEnumerable<(string Type, string Target)> relations)
    {
        XNamespace ns = Relations;
        return Bytes(
            new XElement(
                ns + "Relationships",
                relations.Select(
                    (r, i) =>
                        new XElement(ns + "Relationship", new XAttribute("Id", Id(i + 1)), new XAttribute("Type", r.Type), new XAttribute("Target", r.Target))
                )
            )
        );
    }

    private static byte[] CoreProperties(ReportDocument document, Language language)
    {
        XNamespace cp = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
            dc = "http://purl.org/dc/elements/1.1/";
        return Bytes(
            new XElement(
                cp + "coreProperties",
                new XAttribute(XNamespace.Xmlns + "cp", cp.NamespaceName),
                new XAttribute(XNamespace.Xmlns + "dc", dc.NamespaceName),
                new XElement(dc + "title", document.Title.In(language)),
                new XElement(dc + "subject", document.Edition.In(language)),
                new XElement(dc + "creator", "Innovation1551.Analytics"),
                document.Warning.IsEmpty ? null : new XElement(dc + "description", document.Warning.In(language)),
                new XElement(dc + "language", language == Language.Zh ? "zh-CN" : "en-GB")
            )
        );
    }

    private static byte[] Bytes(XElement root)
    {
        var buffer = new MemoryStream();
        new XDocument(new XDeclaration("1.0", "UTF-8", "yes"), root).Save(buffer, SaveOptions.DisableFormatting);
        return buffer.ToArray();
    }
}
