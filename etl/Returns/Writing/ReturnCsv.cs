using System.Text;

namespace Innovation1551.Returns.Writing;

/// <summary>Writes one form of a return as CSV: commas, CRLF, quotes where needed.</summary>
public static class ReturnCsv
{
    public static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    public static readonly Encoding Utf8WithMark = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);

    /// <summary>What Excel and WPS in China save; taken from the provider itself, so that nothing global is registered.</summary>
    public static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public static void Write(Stream stream, ReturnHeader header, ReturnSheet sheet, Encoding encoding)
    {
        using var writer = new StreamWriter(stream, encoding, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\r\n" };
        foreach (var line in SheetLayout.Lines(header, sheet))
        {
            // Every line has the table's width, as spreadsheet programs save it.
            for (var i = 0; i < Math.Max(line.Cells.Count, sheet.Columns.Count); i++)
            {
                if (i > 0)
                    writer.Write(',');
                if (i < line.Cells.Count && line.Cells[i] is { } value)
                    WriteCell(writer, StoredText.Of(value));
            }
            writer.WriteLine();
        }
    }

    private static void WriteCell(StreamWriter writer, string text)
    {
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0)
        {
            writer.Write(text);
            return;
        }
        writer.Write('"');
        writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.Write('"');
    }
}
