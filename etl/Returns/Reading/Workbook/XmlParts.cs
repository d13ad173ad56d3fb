using System.Text;
using System.Xml;

namespace Innovation1551.Returns.Reading.Workbook;

/// <summary>XML parsers for the parts of a workbook: no DTD, nothing external, bounded.</summary>
internal static class XmlParts
{
    public static XmlReader Parser(Stream part, NameTable names, long maxCharacters) =>
        XmlReader.Create(
            part,
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                NameTable = names,
                MaxCharactersInDocument = maxCharacters,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                CloseInput = true,
                // Control characters are decided on cell by cell, not by refusing the file.
                CheckCharacters = false,
            }
        );

    /// <summary>True when the exception says that a DTD was met.</summary>
    public static bool IsDtd(XmlException fault) => fault.Message.Contains("DTD", StringComparison.Ordinal);

    /// <summary>Undoes the escape by which spreadsheets store characters that XML cannot: _x000D_ is a carriage return, _x005F_ an underscore.</summary>
    public static string Unescape(string text)
    {
        var at = text.IndexOf("_x", StringComparison.Ordinal);
        if (at < 0)
            return text;
        StringBuilder? result = null;
        var from = 0;
        while (at >= 0 && at + 7 <= text.Length)
        {
            if (
                text[at + 6] == '_'
                && ushort.TryParse(text.AsSpan(at + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code)
                && IsCharacter(code)
            )
            {
                result ??= new StringBuilder(text.Length);
                result.Append(text, from, at - from).Append((char)code);
                from = at + 7;
                at = text.IndexOf("_x", from, StringComparison.Ordinal);
            }
            else
            {
                at = text.IndexOf("_x", at + 2, StringComparison.Ordinal);
            }
        }
        return result is null ? text : result.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>Escapes of half characters and of no characters stay as they are written: nothing broken is made out of them.</summary>
    private static bool IsCharacter(ushort code) => code is not 0 and not (>= 0xD800 and <= 0xDFFF) and not 0xFFFD;

    /// <summary>The absolute name of a part that a relationship of another part points at.</summary>
    public static string Resolve(string fromPart, string target)
    {
        target = target.Replace('\\', '/');
        if (target.StartsWith('/'))
            return target.TrimStart('/');
        var folder = fromPart.Contains('/', StringComparison.Ordinal) ? fromPart[..(fromPart.LastIndexOf('/') + 1)] : "";
        var parts = new List<string>();
        foreach (var part in (folder + target).Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
        }
        return string.Join('/', parts);
    }

    /// <summary>The relationships file that belongs to a part.</summary>
    public static string RelationshipsOf(string part)
    {
        var slash = part.LastIndexOf('/');
        return slash < 0 ? $"_rels/{part}.rels" : $"{part[..slash]}/_rels/{part[(slash + 1)..]}.rels";
    }
}

/// <summary>One relationship: its id, the last word of its type (the transitional and the strict standard differ only before it), and its target.</summary>
internal readonly record struct Relationship(string Id, string Kind, string Target, bool External)
{
    public static List<Relationship> ReadAll(WorkbookArchive archive, string ofPart, long maxCharacters)
    {
        var found = new List<Relationship>();
        using var stream = archive.Read(XmlParts.RelationshipsOf(ofPart));
        if (stream is null)
            return found;
        using var xml = XmlParts.Parser(stream, new NameTable(), maxCharacters);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "Relationship")
                continue;
            var type = xml.GetAttribute("Type") ?? "";
            var external = xml.GetAttribute("TargetMode") == "External";
            var target = xml.GetAttribute("Target") ?? "";
            found.Add(
                new Relationship(
                    xml.GetAttribute("Id") ?? "",
                    type[(type.LastIndexOf('/') + 1)..],
                    external ? target : XmlParts.Resolve(ofPart, target),
                    external
                )
            );
        }
        return found;
    }
}
