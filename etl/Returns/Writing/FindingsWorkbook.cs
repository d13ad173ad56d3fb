using DocumentFormat.OpenXml.Spreadsheet;
using Innovation1551.Returns.Sheets;
using Row = Innovation1551.Returns.Sheets.Row;
using Sheet = Innovation1551.Returns.Sheets.Sheet;

namespace Innovation1551.Returns.Writing;

/// <summary>
/// A workbook of our own about a file that cannot carry comments: the list of findings, and the faulty rows as they were read,
/// the cells at fault in red. All of it is text.
/// </summary>
internal static class FindingsWorkbook
{
    /// <summary>Faulty rows shown, and columns of each.</summary>
    private const int MostRows = 2_000,
        MostColumns = 200;

    /// <summary>Characters shown of a cell, and of all: an answer stays small enough for a letter.</summary>
    private const int MostSheets = 10,
        LongestShown = 300,
        MostShown = 2_000_000;

    /// <summary>Rows above and with the header that are shown for orientation.</summary>
    private const int Top = 4;

    /// <param name="list">The list of findings: title, headings, widths, rows.</param>
    /// <param name="faults">Faulty columns (1-based; none for the whole row) by sheet name ("" where the format has none) and row.</param>
    public static void Write(
        Stream stream,
        (string Title, IReadOnlyList<string> Headings, IReadOnlyList<double> Widths, IEnumerable<IEnumerable<string>> Rows) list,
        Document? document,
        IReadOnlyDictionary<(string Sheet, int Row), HashSet<int>> faults
    )
    {
        var none = new HashSet<int>();
        List<(string, Worksheet)> sheets =
        [
            ("审核意见 Findings", ListSheet.Styled(list.Title, list.Headings, list.Widths, list.Rows.Select(r => (r, (IReadOnlySet<int>)none)))),
        ];
        if (document is not null && !document.Refused)
            foreach (var sheet in document.Sheets())
                if (sheets.Count <= MostSheets && Rows(sheet, faults) is { Count: > 0 } rows)
                {
                    var width = Math.Min(MostColumns, rows.Max(r => r.Row.Cells.Count == 0 ? 1 : r.Row.Cells[^1].Column));
                    string[] headings = ["行 Row", .. Enumerable.Range(1, width).Select(ColumnName.Of)];
                    sheets.Add(
                        (
                            SheetNames.Free("原表 " + sheet.Name, sheets.Select(s => s.Item1)),
                            ListSheet.Styled(
                                $"有问题的行（按读取结果） Faulty rows as read：{sheet.Name}",
                                headings,
                                [8, .. Enumerable.Repeat(18.0, width)],
                                rows.Select(r => (Cells(r.Row, width), (IReadOnlySet<int>)r.Faults))
                            )
                        )
                    );
                }
        ListSheet.Write(stream, list.Title, sheets);
    }

    private static List<(Row Row, HashSet<int> Faults)> Rows(Sheet sheet, IReadOnlyDictionary<(string Sheet, int Row), HashSet<int>> faults)
    {
        var found = new List<(Row, HashSet<int>)>();
        var last = faults.Keys.Where(k => k.Sheet == sheet.Name || k.Sheet.Length == 0).Select(k => k.Row).DefaultIfEmpty(0).Max();
        if (last == 0)
            return found;
        var shown = 0;
        foreach (var row in sheet.Rows())
        {
            if (row.Number > last && row.Number > Top || found.Count >= MostRows || shown > MostShown)
                break;
            shown += row.Cells.Take(MostColumns).Sum(c => Math.Min(c.Text.Length, LongestShown) + 20);
            if (faults.GetValueOrDefault((sheet.Name, row.Number)) is { } here || faults.TryGetValue(("", row.Number), out here))
                found.Add((row, here));
            else if (row.Number <= Top)
                found.Add((row, []));
        }
        return found;
    }

    private static IEnumerable<string> Cells(Row row, int width)
    {
        yield return StoredText.Of(row.Number);
        for (var column = 1; column <= width; column++)
            yield return row[column].Text is var text && text.Length <= LongestShown ? text : string.Concat(text.AsSpan(0, LongestShown - 1), "…");
    }
}
