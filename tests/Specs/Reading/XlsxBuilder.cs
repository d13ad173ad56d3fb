using System.IO.Compression;
using System.Text;

namespace Innovation1551.Specs.Reading;

/// <summary>Writes small workbooks part by part, so that a spec can put in what no honest program would.</summary>
internal sealed class XlsxBuilder
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private readonly List<(string Name, byte[] Content)> _parts = [];
    private readonly List<(string Name, string State, string Data)> _sheets = [];

    public bool Epoch1904 { get; init; }
    public string? SharedStrings { get; init; }
    public string? Styles { get; init; }
    public string ContentTypes { get; init; } = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    public string Prologue { get; init; } = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    /// <param name="data">Everything inside the worksheet element.</param>
    public XlsxBuilder Sheet(string name, string data, string state = "visible")
    {
        _sheets.Add((name, state, data));
        return this;
    }

    public XlsxBuilder Part(string name, string content) => Part(name, Encoding.UTF8.GetBytes(content));

    public XlsxBuilder Part(string name, byte[] content)
    {
        _parts.Add((name, content));
        return this;
    }

    /// <summary>A sheet's data from rows of ready cell elements.</summary>
    public static string Rows(params string[] rows) => "<sheetData>" + string.Concat(rows.Select((r, i) => $"<row r=\"{i + 1}\">{r}</row>")) + "</sheetData>";

    public byte[] Build()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "[Content_Types].xml", ContentTypes);
            Write(
                zip,
                "_rels/.rels",
                $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Relationships}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            );
            var sheets = string.Concat(_sheets.Select((s, i) => $"<sheet name=\"{s.Name}\" sheetId=\"{i + 1}\" state=\"{s.State}\" r:id=\"s{i + 1}\"/>"));
            Write(
                zip,
                "xl/workbook.xml",
                $"{Prologue}<workbook xmlns=\"{Main}\" xmlns:r=\"{Relationships}\"><workbookPr{(Epoch1904 ? " date1904=\"1\"" : "")}/><sheets>{sheets}</sheets></workbook>"
            );
            var relationships =
                string.Concat(
                    _sheets.Select((_, i) => $"<Relationship Id=\"s{i + 1}\" Type=\"{Relationships}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>")
                )
                + (SharedStrings is null ? "" : $"<Relationship Id=\"t\" Type=\"{Relationships}/sharedStrings\" Target=\"sharedStrings.xml\"/>")
                + (Styles is null ? "" : $"<Relationship Id=\"y\" Type=\"{Relationships}/styles\" Target=\"styles.xml\"/>");
            Write(
                zip,
                "xl/_rels/workbook.xml.rels",
                $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relationships}</Relationships>"
            );
            for (var i = 0; i < _sheets.Count; i++)
                Write(zip, $"xl/worksheets/sheet{i + 1}.xml", $"{Prologue}<worksheet xmlns=\"{Main}\">{_sheets[i].Data}</worksheet>");
            if (SharedStrings is not null)
                Write(zip, "xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{SharedStrings}</sst>");
            if (Styles is not null)
                Write(zip, "xl/styles.xml", $"<styleSheet xmlns=\"{Main}\">{Styles}</styleSheet>");
            foreach (var (name, content) in _parts)
            {
                using var stream = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                stream.Write(content);
            }
        }
        return memory.ToArray();
    }

    private static void Write(ZipArchive zip, string name, string content)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(content));
    }
}
