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
        Months = "#months";
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
        foreach (var list in content.Forms.SelectMany(f => f.Fields).Select(f => f.CodeList).OfType<string>().Distinct(StringComparer.Ordinal))
            _lists.Add((list, [.. content.Codes.Members(list).Select(m => CodeLists.Choice(m.Code, m.Zh))]));
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
