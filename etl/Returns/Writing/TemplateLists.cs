using DocumentFormat.OpenXml.Spreadsheet;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Writing;

/// <summary>
/// The hidden sheet from which drop-downs take their choices, a column for each list. A list written into the cell's own rule may
/// have no more than 255 characters; a range has no such limit.
/// </summary>
internal sealed class TemplateLists
{
    public const string Units = "#units",
        UnitNames = "#names",
        Periods = "#periods",
        Months = "#months",
        Forms = "#forms",
        FormsOfFields = "#forms of fields",
        FormFields = "#fields";
    private readonly string _sheetName;
    private readonly List<(string Name, List<string> Choices)> _lists = [];

    public TemplateLists(TemplateContent content, string sheetName)
    {
        _sheetName = sheetName;
        _lists.Add((Periods, [content.Period]));
        if (content.Forms.FirstOrDefault(f => f.Sent == Cadence.Months) is { } monthly)
            _lists.Add((Months, [.. content.PeriodsOf(monthly)]));
        if (content.Units.Count > 0)
        {
            _lists.Add((Units, [.. content.Units.Select(u => u.Code)]));
            _lists.Add((UnitNames, [.. content.Units.Select(u => u.Name)]));
        }
        if (content.Forms.Any(f => f.Fields.Any(x => x.Type == FieldType.FormField)))
        {
            var cells = CorrectableCells.Forms.SelectMany(f => CorrectableCells.Fields(f).Select(x => (Form: f, Field: x))).ToList();
            _lists.Add((Forms, [.. CorrectableCells.Forms.Select(CorrectableCells.Choice)]));
            _lists.Add((FormsOfFields, [.. cells.Select(c => CorrectableCells.Choice(c.Form))]));
            _lists.Add((FormFields, [.. cells.Select(c => CorrectableCells.Choice(c.Field, content.Year))]));
        }
        foreach (var list in content.Forms.SelectMany(f => f.Fields).Select(f => f.CodeList).OfType<string>().Distinct(StringComparer.Ordinal))
            _lists.Add((list, [.. content.Codes.Members(list).Select(m => CodeLists.Choice(m.Code, m.Zh))]));
    }

    /// <summary>
    /// The fields of the form that a cell names, as a formula: the part of the list that stands beside that form. Where the cell names none in the words of
    /// the list, all of them. OFFSET and MATCH are understood by Excel, WPS and LibreOffice alike.
    /// </summary>
    public string? FieldsOf(string cell)
    {
        if (RangeOf(FormsOfFields) is not { } forms || RangeOf(FormFields) is not { } fields)
            return null;
        return $"IF(ISNUMBER(MATCH({cell},{forms},0)),OFFSET({fields[..fields.IndexOf(':', StringComparison.Ordinal)]},MATCH({cell},{forms},0)-1,0,COUNTIF({forms},{cell}),1),{fields})";
    }

    /// <summary>The range that holds a list, as a formula; null where the template has no such list.</summary>
    public string? RangeOf(string list)
    {
        var at = _lists.FindIndex(l => l.Name == list);
        if (at < 0)
            return null;
        var column = ColumnName.Of(at + 1);
        return $"{SheetNames.Quoted(_sheetName)}!${column}$2:${column}${StoredText.Of(_lists[at].Choices.Count + 1)}";
    }

    public Worksheet Sheet()
    {
        var cells = new SheetCells().Begin();
        foreach (var list in _lists)
            cells.Add(list.Name, TemplateStyles.Label);
        for (var i = 0; i < _lists.Max(l => l.Choices.Count); i++)
        {
            cells.Begin();
            foreach (var list in _lists)
                cells.Add(i < list.Choices.Count ? list.Choices[i] : null);
        }
        return new(cells.Data, Protection());
    }

    private static SheetProtection Protection() => new() { Sheet = true };
}
