using System.Xml;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Workbook;

/// <summary>The number formats that the cells of a workbook point at by index.</summary>
internal static class CellStyles
{
    public static List<NumberFormat> Read(Stream part, ReadLimits limits)
    {
        var codes = new Dictionary<int, NumberFormat>();
        var formats = new List<NumberFormat>();
        using var xml = XmlParts.Parser(part, new NameTable(), limits.MaxEntryBytes);
        var inCellFormats = false;
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "cellXfs")
                inCellFormats = false;
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            switch (xml.LocalName)
            {
                // Differential formats (dxf) also hold numFmt elements, but after the cell formats and with ids of their own.
                case "numFmt" when formats.Count == 0 && int.TryParse(xml.GetAttribute("numFmtId"), out var id):
                    codes[id] = NumberFormat.Of(xml.GetAttribute("formatCode"));
                    break;
                case "cellXfs":
                    inCellFormats = !xml.IsEmptyElement;
                    break;
                case "xf" when inCellFormats:
                    formats.Add(
                        int.TryParse(xml.GetAttribute("numFmtId"), out var number)
                            ? codes.TryGetValue(number, out var format)
                                ? format
                                : NumberFormat.BuiltIn(number)
                            : NumberFormat.General
                    );
                    break;
            }
        }
        return formats;
    }
}
