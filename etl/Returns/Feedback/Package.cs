using System.Xml.Linq;
using Innovation1551.Models.Exchange;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Reading.Workbook;
using Innovation1551.Returns.Sheets;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Returns.Feedback;

/// <summary>The parts of a workbook in memory: taken out through the reader's guarded archive, changed one by one, written back.</summary>
internal sealed class Package
{
    public const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    public const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>Unpacked size up to which a copy is made; larger files are answered with a list.</summary>
    private const long MaxBytes = 200L << 20;

    private readonly List<string> _order = [];
    private readonly Dictionary<string, byte[]> _parts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null where the workbook is too large to be copied in memory.</summary>
    /// <exception cref="RefusedException">The archive breaks a limit or is damaged.</exception>
    public static Package? Open(string path, string name, ReadLimits limits)
    {
        using var archive = WorkbookArchive.Open(SafeFile.Open(path, name), name, limits);
        if (archive.Names.Sum(archive.Size) > MaxBytes)
            return null;
        var package = new Package();
        foreach (var part in archive.Names)
        {
            using var stream = archive.Read(part)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            package.Set(part, bytes.ToArray());
        }
        return package;
    }

    public IEnumerable<string> Names => _order;

    public byte[]? Get(string part) => _parts.GetValueOrDefault(part);

    public void Set(string part, byte[] content)
    {
        if (!_parts.ContainsKey(part))
            _order.Add(part);
        _parts[part] = content;
    }

    /// <summary>The relationships of a part; those of the package for "".</summary>
    public List<(string Id, string Kind, string Target)> RelationsOf(string part) =>
        Get(XmlParts.RelationshipsOf(part)) is not { } bytes
            ? []
            :
            [
                .. Load(bytes)
                    .Root!.Elements()
                    .Where(e => (string?)e.Attribute("TargetMode") != "External")
                    .Select(e =>
                    {
                        var type = (string?)e.Attribute("Type") ?? "";
                        return (
                            (string?)e.Attribute("Id") ?? "",
                            type[(type.LastIndexOf('/') + 1)..],
                            XmlParts.Resolve(part, (string?)e.Attribute("Target") ?? "")
                        );
                    }),
            ];

    /// <summary>Adds a relationship and returns its id.</summary>
    public string Relate(string part, string type, string target)
    {
        var name = XmlParts.RelationshipsOf(part);
        XNamespace ns = Relations;
        var document = Get(name) is { } bytes ? Load(bytes) : new XDocument(new XElement(ns + "Relationships"));
        var taken = document.Root!.Elements().Select(e => (string?)e.Attribute("Id")).ToHashSet(StringComparer.Ordinal);
        var id = Enumerable.Range(1, int.MaxValue).Select(n => "rIdReview" + StoredText.Of(n)).First(n => !taken.Contains(n));
        document.Root.Add(new XElement(ns + "Relationship", new XAttribute("Id", id), new XAttribute("Type", type), new XAttribute("Target", "/" + target)));
        Set(name, Save(document));
        return id;
    }

    /// <summary>Declares the type of a part, and the default type of an extension where one is given.</summary>
    public void Declare(string part, string type, bool byExtension = false)
    {
        const string name = "[Content_Types].xml";
        var document = Load(Get(name)!);
        var ns = document.Root!.Name.Namespace;
        if (byExtension)
        {
            var extension = Path.GetExtension(part).TrimStart('.');
            if (
                document.Root.Elements(ns + "Default").Any(d => string.Equals((string?)d.Attribute("Extension"), extension, StringComparison.OrdinalIgnoreCase))
            )
                return;
            document.Root.AddFirst(new XElement(ns + "Default", new XAttribute("Extension", extension), new XAttribute("ContentType", type)));
        }
        else
        {
            document.Root.Add(new XElement(ns + "Override", new XAttribute("PartName", "/" + part), new XAttribute("ContentType", type)));
        }
        Set(name, Save(document));
    }

    /// <summary>A name that no part has.</summary>
    public string FreeName(string folder, string stem, string extension) =>
        Enumerable.Range(1, int.MaxValue).Select(n => $"{folder}/{stem}{StoredText.Of(n)}.{extension}").First(n => !_parts.ContainsKey(n));

    public void Write(Stream stream)
    {
        using var zip = new PlainZip(stream, compress: true);
        foreach (var part in _order)
            zip.Add(part, _parts[part]);
    }

    public static XDocument Load(byte[] part)
    {
        using var stream = new MemoryStream(part, writable: false);
        using var xml = XmlParts.Parser(stream, new System.Xml.NameTable(), 0);
        return XDocument.Load(xml, LoadOptions.PreserveWhitespace);
    }

    public static byte[] Save(XDocument document) =>
        System.Text.Encoding.UTF8.GetBytes(
            """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + "\n" + document.Root!.ToString(SaveOptions.DisableFormatting)
        );
}
