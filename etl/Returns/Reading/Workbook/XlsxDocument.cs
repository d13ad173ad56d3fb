using System.Xml;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Workbook;

/// <summary>A workbook in the Office Open XML format, transitional or strict. Macros, links and connections are named and left alone.</summary>
internal sealed class XlsxDocument : OpenedDocument
{
    private readonly List<XlsxSheet> _sheets = [];
    private WorkbookArchive? _archive;
    private string? _stringsPart;
    private string? _stylesPart;
    private List<string>? _strings;
    private List<NumberFormat>? _formats;

    public bool Epoch1904 { get; private set; }

    public override IEnumerable<Sheet> Sheets() => _sheets;

    /// <summary>Reads what must be known before the first row. False when the file is refused.</summary>
    public bool Load(WorkbookArchive archive)
    {
        _archive = archive;
        return Guard(() => Xml("xl/workbook.xml", LoadParts));
    }

    public override void Dispose()
    {
        _archive?.Dispose();
        base.Dispose();
    }

    /// <summary>Runs the parser over a part; a DTD is named as what it is.</summary>
    public void Xml(string part, Action work)
    {
        try
        {
            work();
        }
        catch (XmlException fault) when (XmlParts.IsDtd(fault))
        {
            throw new RefusedException(ReadingFindings.ForbiddenXml(FileName, part));
        }
    }

    public WorkbookArchive Archive => _archive ?? throw new ObjectDisposedException(nameof(XlsxDocument));

    /// <summary>The shared texts, read when the first cell asks for one.</summary>
    public List<string> Strings
    {
        get
        {
            if (_strings is not null)
                return _strings;
            using var part = _stringsPart is null ? null : Archive.Read(_stringsPart);
            if (part is null)
                return _strings = [];
            Xml(_stringsPart!, () => _strings = SharedStrings.Read(part, Limits, FileName));
            return _strings!;
        }
    }

    public List<NumberFormat> Formats
    {
        get
        {
            if (_formats is not null)
                return _formats;
            using var part = _stylesPart is null ? null : Archive.Read(_stylesPart);
            if (part is null)
                return _formats = [];
            Xml(_stylesPart!, () => _formats = CellStyles.Read(part, Limits));
            return _formats!;
        }
    }

    private void LoadParts()
    {
        var root = Relationship.ReadAll(Archive, "", Limits.MaxEntryBytes).Find(r => r.Kind == "officeDocument").Target;
        // Some writers leave the root relationships out; the customary place is then tried.
        root ??= "xl/workbook.xml";
        using var part =
            Archive.Read(root)
            ?? throw new RefusedException(ReadingFindings.Damaged(FileName, $"缺少工作簿主体 {root}", $"the workbook part {root} is missing"));
        var relationships = Relationship.ReadAll(Archive, root, Limits.MaxEntryBytes);
        _stringsPart = relationships.Find(r => r.Kind == "sharedStrings").Target;
        _stylesPart = relationships.Find(r => r.Kind == "styles").Target;
        NameForeignContent(relationships);

        using var xml = XmlParts.Parser(part, new NameTable(), Limits.MaxEntryBytes);
        var listed = new List<XlsxSheet?>();
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "workbookPr")
                Epoch1904 = xml.GetAttribute("date1904") is "1" or "true" or "on";
            else if (xml.LocalName == "sheet")
            {
                var before = _sheets.Count;
                AddSheet(xml, relationships);
                listed.Add(_sheets.Count > before ? _sheets[before] : null);
            }
            else if (xml.LocalName == "definedName")
                Define(xml, listed);
        }
        if (_sheets.Count == 0 && !Findings.Exists(f => f.Code == "R041"))
            throw new RefusedException(ReadingFindings.NoWorksheet(FileName));
        if (_sheets.Count == 0)
            Refused = true;
    }

    private void AddSheet(XmlReader xml, List<Relationship> relationships)
    {
        string? id = null,
            name = null,
            state = null;
        while (xml.MoveToNextAttribute())
        {
            if (xml.LocalName == "name")
                name = xml.Value;
            else if (xml.LocalName == "state")
                state = xml.Value;
            else if (xml.LocalName == "id" && xml.NamespaceURI.EndsWith("/relationships", StringComparison.Ordinal))
                id = xml.Value;
        }
        xml.MoveToElement();
        if (id is null || name is null)
            return;
        var relationship = relationships.Find(r => r.Id == id);
        if (relationship.Target is not null && relationship.Kind is not "worksheet")
            return;
        if (relationship.Target is null || relationship.External || !Archive.Has(relationship.Target))
        {
            Findings.Add(ReadingFindings.SheetMissing(FileName, name));
            return;
        }
        var hidden = state is "hidden" or "veryHidden";
        if (hidden)
            Findings.Add(ReadingFindings.HiddenSheet(FileName, name));
        _sheets.Add(new XlsxSheet(this, name, _sheets.Count + 1, hidden, relationship.Target));
    }

    /// <summary>A sheet's own name counts the sheets as the workbook lists them, charts included.</summary>
    private static void Define(XmlReader xml, List<XlsxSheet?> listed)
    {
        if (xml.GetAttribute("name") is not { } name || !int.TryParse(xml.GetAttribute("localSheetId"), out var index))
            return;
        if (index < 0 || index >= listed.Count || listed[index] is not { } sheet || xml.IsEmptyElement)
            return;
        if (xml.Read() && xml.NodeType == XmlNodeType.Text)
            sheet.Define(name, xml.Value);
    }

    private void NameForeignContent(List<Relationship> relationships)
    {
        if (Archive.Names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
            Findings.Add(ReadingFindings.MacrosIgnored(FileName));
        if (relationships.Exists(r => r.Kind == "externalLink"))
            Findings.Add(ReadingFindings.ForeignContentIgnored(FileName, "外部链接（或 DDE）", "external links (or DDE)"));
        if (
            relationships.Exists(r => r.Kind == "connections")
            || Archive.Names.Any(n =>
                n.StartsWith("xl/queryTables/", StringComparison.OrdinalIgnoreCase)
                || n.StartsWith("customXml/item", StringComparison.OrdinalIgnoreCase) && IsPowerQuery(n)
            )
        )
            Findings.Add(ReadingFindings.ForeignContentIgnored(FileName, "外部数据连接（或 Power Query）", "data connections (or Power Query)"));
        if (
            Archive.Names.Any(n =>
                n.StartsWith("xl/embeddings/", StringComparison.OrdinalIgnoreCase) || n.StartsWith("xl/activeX/", StringComparison.OrdinalIgnoreCase)
            )
        )
            Findings.Add(ReadingFindings.ForeignContentIgnored(FileName, "嵌入对象（OLE/ActiveX）", "embedded objects (OLE or ActiveX)"));
    }

    /// <summary>Power Query keeps its program in a custom part that begins with a DataMashup element, mostly in UTF-16.</summary>
    private bool IsPowerQuery(string part)
    {
        using var stream = Archive.Read(part);
        var head = new byte[512];
        var length = stream?.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) ?? 0;
        var text = System.Text.Encoding.Latin1.GetString(head, 0, length).Replace("\0", "", StringComparison.Ordinal);
        return text.Contains("<DataMashup", StringComparison.Ordinal);
    }
}
