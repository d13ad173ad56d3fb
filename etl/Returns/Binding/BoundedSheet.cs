using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Binding;

/// <summary>
/// A sheet as binding sees it: no cell longer than a return can hold by more than a character, and no more text in all than goes with
/// the size of the file. A workbook of half a megabyte can hold a gigabyte of text, because cells share it; every step that looks at
/// cells would pay for each.
/// </summary>
internal sealed class BoundedSheet(Sheet sheet, Document document, BoundedText allowed) : Sheet
{
    private const int Top = 60;

    /// <summary>The first rows: what a table that is no form has for headings is looked up in them.</summary>
    public List<Row> First { get; } = [];

    // A name longer than any program gives is cut: it stands in every finding.
    public override string Name { get; } = ReadingFindings.Quote(sheet.Name);
    public override int Index => sheet.Index;
    public override bool Hidden => sheet.Hidden;
    public override IReadOnlyList<MergedRange> Merged => sheet.Merged;
    public override IReadOnlySet<int> HiddenColumns => sheet.HiddenColumns;
    public override IReadOnlyDictionary<string, string> Names => sheet.Names;

    public override IEnumerable<Row> Rows()
    {
        foreach (var row in sheet.Rows())
        {
            var bounded = Bounded(row);
            if (First.Count < Top)
                First.Add(bounded);
            if (!allowed.Take(bounded))
            {
                document.Refused = true;
                document.Findings.Add(BindingFindings.TooMuchText(document.FileName, sheet.Name, row.Number, allowed.Most));
                yield break;
            }
            yield return bounded;
        }
    }

    private static Row Bounded(Row row)
    {
        var cells = row.Cells;
        for (var i = 0; i < cells.Count; i++)
            if (cells[i].Text.Length > BoundedText.LongestCell + 1)
                return row with
                {
                    Cells = [.. cells.Select(c => c.Text.Length > BoundedText.LongestCell + 1 ? c with { Text = c.Text[..(BoundedText.LongestCell + 1)] } : c)],
                };
        return row;
    }
}

/// <summary>How much text of a file is looked at.</summary>
/// <param name="fileBytes">Size of the file as it came.</param>
internal sealed class BoundedText(long fileBytes)
{
    /// <summary>Characters that a cell of a return may hold.</summary>
    public const int LongestCell = 10_000;

    private long _taken;

    /// <summary>Characters in all. An honest file, packed, unpacks to ten or twenty times its size.</summary>
    public long Most { get; } = (32L << 20) + 32 * fileBytes;

    /// <summary>False where the text is more than is allowed, with that of this row.</summary>
    public bool Take(Row row)
    {
        for (var i = 0; i < row.Cells.Count; i++)
            _taken += row.Cells[i].Text.Length;
        return _taken <= Most;
    }
}
