using System.Text;
using System.Xml;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Workbook;

/// <summary>One worksheet of an Office Open XML workbook.</summary>
internal sealed class XlsxSheet(XlsxDocument document, string name, int index, bool hidden, string part) : StreamedSheet(document)
{
    /// <summary>Sheets up to this size are unpacked once and kept while the document is open, because their merged ranges stand behind the rows.</summary>
    private const long KeptBytes = 4L << 20;

    private readonly XlsxDocument _workbook = document;
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);
    private byte[]? _kept;
    private IReadOnlyList<MergedRange>? _merged;
    private IReadOnlySet<int>? _hiddenColumns;

    public override string Name => name;
    public override int Index => index;
    public override bool Hidden => hidden;
    public override IReadOnlyDictionary<string, string> Names => _names;

    /// <summary>What was noticed on the way; becomes findings when the rows have been read, once.</summary>
    internal SheetNotes? Notes { get; set; }

    public override IReadOnlyList<MergedRange> Merged
    {
        get
        {
            if (_merged is null)
                _workbook.Guard(() => _workbook.Xml(part, () => _merged = ReadMerged()));
            return _merged ??= [];
        }
    }

    public override IReadOnlySet<int> HiddenColumns
    {
        get
        {
            if (_hiddenColumns is null)
                _workbook.Guard(() => _workbook.Xml(part, () => _hiddenColumns = ReadHiddenColumns()));
            return _hiddenColumns ??= new HashSet<int>();
        }
    }

    protected override RowCursor OpenCursor() => new XlsxCursor(_workbook, this, part, OpenPart());

    internal void Keep(List<MergedRange> merged) => _merged ??= merged;

    internal void Define(string name, string content) => _names.TryAdd(name, content);

    private Stream OpenPart()
    {
        if (_kept is not null)
            return new MemoryStream(_kept, writable: false);
        var stream = _workbook.Archive.Read(part) ?? throw new RefusedException(ReadingFindings.SheetMissing(_workbook.FileName, name));
        var size = _workbook.Archive.Size(part);
        if (size > KeptBytes)
            return stream;
        using (stream)
        {
            var bytes = new byte[size];
            stream.ReadExactly(bytes);
            // The end is asked for once more, so that length and checksum are compared.
            if (stream.ReadByte() >= 0)
                throw new RefusedException(ReadingFindings.ChecksumWrong(_workbook.FileName, part));
            _kept = bytes;
        }
        return new MemoryStream(_kept, writable: false);
    }

    private List<MergedRange> ReadMerged()
    {
        using var stream = OpenPart();
        // Sheets are nearly always UTF-8: without the word in the bytes there is nothing to parse for.
        if (_kept is { } bytes && bytes.AsSpan().IndexOf("mergeCell"u8) < 0 && bytes.AsSpan().IndexOf("m\0e\0r\0"u8) < 0)
            return [];
        var merged = new List<MergedRange>();
        using var xml = XmlParts.Parser(stream, new NameTable(), _workbook.Limits.MaxEntryBytes);
        while (xml.Read())
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "mergeCell" && CellReference.Range(xml.GetAttribute("ref")) is { } range)
                merged.Add(range);
        return merged;
    }

    private HashSet<int> ReadHiddenColumns()
    {
        var columns = new HashSet<int>();
        using var stream = OpenPart();
        using var xml = XmlParts.Parser(stream, new NameTable(), _workbook.Limits.MaxEntryBytes);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "sheetData")
                break;
            if (xml.LocalName != "col" || xml.GetAttribute("hidden") is not ("1" or "true"))
                continue;
            if (!int.TryParse(xml.GetAttribute("min"), out var first) || !int.TryParse(xml.GetAttribute("max"), out var last))
                continue;
            for (var c = Math.Max(1, first); c <= Math.Min(last, _workbook.Limits.MaxColumns); c++)
                columns.Add(c);
        }
        return columns;
    }
}

/// <summary>Collects what is worth a note while rows go by, with the first few places of each.</summary>
internal sealed class SheetNotes
{
    private const int ShownPlaces = 10;
    private readonly StringBuilder _formulas = new(),
        _errors = new(),
        _rows = new();
    private int _formulaCount,
        _errorCount,
        _rowCount;

    public void Formula(int row, int column) => Add(_formulas, ++_formulaCount, ReadingFindings.Letters(column), row);

    public void Error(int row, int column) => Add(_errors, ++_errorCount, ReadingFindings.Letters(column), row);

    public void HiddenRow(int row) => Add(_rows, ++_rowCount, "", row);

    public void Report(Document document, Sheet sheet)
    {
        var file = document.FileName;
        if (_formulaCount > 0)
            document.Findings.Add(ReadingFindings.FormulasWithoutValue(file, sheet.Name, _formulaCount, _formulas.ToString()));
        if (_errorCount > 0)
            document.Findings.Add(ReadingFindings.ErrorCells(file, sheet.Name, _errorCount, _errors.ToString()));
        if (_rowCount > 0)
            document.Findings.Add(ReadingFindings.HiddenRows(file, sheet.Name, _rowCount, _rows.ToString()));
        if (sheet.HiddenColumns.Count > 0)
            document.Findings.Add(
                ReadingFindings.HiddenColumns(
                    file,
                    sheet.Name,
                    string.Join(", ", sheet.HiddenColumns.Order().Take(ShownPlaces).Select(ReadingFindings.Letters))
                        + (sheet.HiddenColumns.Count > ShownPlaces ? " …" : "")
                )
            );
    }

    private static void Add(StringBuilder places, int count, string letters, int row)
    {
        if (count > ShownPlaces + 1)
            return;
        if (count > 1)
            places.Append(", ");
        if (count > ShownPlaces)
            places.Append('…');
        else
            places.Append(letters).Append(row);
    }
}
