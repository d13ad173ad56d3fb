using Innovation1551.Returns.Reading.Legacy;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Child;

/// <summary>Reads an .xls in the child and tells the other side everything.</summary>
internal static class XlsRows
{
    public static void Write(string path, RowWriter output)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        using var document = new XlsParser
        {
            FileName = "",
            Format = "xls",
            Limits = new ReadLimits(),
        };
        document.Allow(file.Length);
        // Excel 2 to 4 wrote their records without a container.
        document.Load(file, file.ReadByte() == 0x09 || OleContainer.Open(file) is not { } container ? null : BiffScan.Of(container));
        foreach (var sheet in document.Sheets())
        {
            var rows = sheet.Rows().GetEnumerator();
            // Hidden columns are known once the sheet stands before its first row.
            var any = rows.MoveNext();
            output.Message(
                new XlsMessage
                {
                    Sheet = new XlsSheetMessage(
                        sheet.Name,
                        sheet.Hidden,
                        [.. sheet.Merged.Select(m => new[] { m.FirstRow, m.FirstColumn, m.LastRow, m.LastColumn })],
                        [.. sheet.HiddenColumns]
                    ),
                }
            );
            for (; any; any = rows.MoveNext())
            {
                var row = rows.Current;
                output.Message(
                    new XlsMessage
                    {
                        Row = new XlsRowMessage(
                            row.Number,
                            row.Hidden,
                            [.. row.Cells.Select(c => c.Column)],
                            [.. row.Cells.Select(c => RowWriter.Letter(c.Kind) + c.Text)],
                            [.. row.Cells.Select(c => c.NumberFormat)]
                        ),
                    }
                );
            }
        }
        output.Message(new XlsMessage { End = new XlsEndMessage(document.Refused, [.. document.Findings]) });
    }
}
