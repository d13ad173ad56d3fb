using System.Text;
using System.Xml;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Workbook;

/// <summary>The table of texts that the sheets of a workbook share.</summary>
internal static class SharedStrings
{
    public static List<string> Read(Stream part, ReadLimits limits, string fileName)
    {
        var texts = new List<string>();
        long characters = 0;
        using var xml = XmlParts.Parser(part, new NameTable(), limits.MaxEntryBytes);
        var builder = new StringBuilder();
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "si")
                continue;
            var text = RichText(xml, builder, limits, fileName);
            // What the list costs in memory: two bytes a character and the object's own.
            characters += text.Length + 20;
            if (characters * 2 > limits.MaxMemoryBytes / 4)
                throw new RefusedException(
                    ReadingFindings.LimitExceeded(
                        fileName,
                        $"{nameof(ReadLimits.MaxMemoryBytes)} (sharedStrings)",
                        (characters * 2).ToString(),
                        (limits.MaxMemoryBytes / 4).ToString()
                    )
                );
            texts.Add(text);
        }
        return texts;
    }

    /// <summary>The text of an si or is element: its runs joined, phonetic guides left out. Stands on the end element afterwards.</summary>
    public static string RichText(XmlReader xml, StringBuilder builder, ReadLimits limits, string fileName)
    {
        if (xml.IsEmptyElement)
            return "";
        var depth = xml.Depth;
        string? single = null;
        builder.Clear();
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "rPh")
            {
                SkipElement(xml);
                continue;
            }
            if (xml.LocalName != "t" || xml.IsEmptyElement)
                continue;
            var inner = xml.Depth;
            while (xml.Read() && xml.Depth > inner)
            {
                if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace))
                    continue;
                if (single is null && builder.Length == 0)
                    single = xml.Value;
                else
                {
                    if (single is not null)
                        builder.Append(single);
                    single = null;
                    builder.Append(xml.Value);
                }
                if ((single?.Length ?? builder.Length) > limits.MaxCellCharacters)
                    throw new RefusedException(ReadingFindings.CellTooLong(fileName, 0, null, limits.MaxCellCharacters) with { Row = null });
            }
        }
        return XmlParts.Unescape(single ?? builder.ToString());
    }

    /// <summary>Moves to the end of the element the reader stands on (XmlReader.Skip would move past it).</summary>
    private static void SkipElement(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth) { }
    }
}
