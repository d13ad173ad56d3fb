using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Receiving;
using Innovation1551.Returns.Values;

namespace Innovation1551.Returns.Binding;

/// <summary>Reads a file as returns: finds each sheet's form by its headings, then types its rows. All faults become findings.</summary>
public sealed class Binder(CodeLists codes, ReadOptions options)
{
    private const int RowsSearchedForHeader = 60;

    public BoundFile Bind(Receipt receipt, string path)
    {
        using var document = ReturnReader.Open(path, options, receipt.Name);
        var file = new BoundFile(receipt) { Format = document.Format, Encoding = document.Encoding };
        if (!document.Refused)
            foreach (var sheet in document.Sheets())
            {
                if (BindSheet(file, sheet) is { } bound) file.Sheets.Add(bound);
                if (document.Refused) break;
            }
        file.Findings.AddRange(document.Findings);
        file.Refused = document.Refused;
        if (!file.Refused && file.Sheets.Count == 0 && !file.Findings.Any(f => f.Severity == Severity.Error))
            file.Findings.Add(BindingFindings.NoForm(receipt.Name));
        // What a refused file held is not known to be whole: nothing of it is landed.
        if (file.Refused) file.Sheets.Clear();
        return file;
    }

    private BoundSheet? BindSheet(BoundFile file, Sheet sheet)
    {
        var preamble = new Preamble();
        SheetRows? rows = null;
        var searched = 0;
        foreach (var row in sheet.Rows())
        {
            if (rows is not null)
            {
                if (!rows.Take(row)) break;
                continue;
            }
            if (Header(row) is { } index)
            {
                rows = SheetRows.Begin(file, sheet, row, index, preamble, codes);
                if (rows is null) return null;
                continue;
            }
            preamble.Read(row);
            if (++searched > RowsSearchedForHeader) break;
        }
        file.IsSynthetic |= preamble.IsSynthetic;
        if (rows is null)
        {
            file.Findings.Add(BindingFindings.SheetPassedOver(file.Receipt.Name, sheet.Name));
            return null;
        }
        return rows.Sheet;
    }

    /// <summary>The form whose headings this row holds: at least three, and more than half of the row's cells.</summary>
    private static HeadingIndex? Header(Row row)
    {
        HeadingIndex? best = null;
        var bestCount = 2;
        foreach (var index in HeadingIndex.All)
        {
            var found = new HashSet<Field>();
            var cells = 0;
            foreach (var cell in row.Cells)
            {
                if (cell.Kind == CellKind.Blank) continue;
                cells++;
                if (cell.Kind == CellKind.Text && index.Find(cell.Text) is { } field) found.Add(field);
            }
            if (found.Count > bestCount && found.Count * 2 > cells) (best, bestCount) = (index, found.Count);
        }
        return best;
    }
}
