namespace Innovation1551.Returns.Writing;

/// <summary>A list as a sheet of a workbook; every cell is text.</summary>
/// <param name="Name">On the tab; shortened and made unique where that is needed.</param>
/// <param name="Widths">Of the columns, in characters.</param>
public sealed record ListedSheet(
    string Name,
    string Title,
    IReadOnlyList<string> Headings,
    IReadOnlyList<double> Widths,
    IReadOnlyList<IReadOnlyList<string>> Rows
);

/// <summary>A workbook of lists to be read, filtered and printed; it says of itself that it is no return.</summary>
public static class ListWorkbook
{
    private static readonly HashSet<int> None = [];

    public static void Write(Stream stream, string title, IEnumerable<ListedSheet> sheets)
    {
        var named = new List<(string Name, DocumentFormat.OpenXml.Spreadsheet.Worksheet Sheet)>();
        foreach (var sheet in sheets)
            named.Add(
                (
                    SheetNames.Free(sheet.Name, named.Select(s => s.Name)),
                    ListSheet.Styled(sheet.Title, sheet.Headings, sheet.Widths, sheet.Rows.Select(r => ((IEnumerable<string>)r, (IReadOnlySet<int>)None)))
                )
            );
        ListSheet.Write(stream, title, named);
    }
}
