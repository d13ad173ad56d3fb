using System.Text;
using Apache.Arrow;

namespace Innovation1551.Models.Exchange;

/// <summary>
/// RFC 4180, UTF-8 without a byte order mark (so that every CSV reader takes the first heading as it stands), CRLF line ends. No value is
/// an empty field, an empty text a quoted one. A text that a spreadsheet would run as a formula is led by an apostrophe; numbers,
/// dates and truth values are left alone.
/// </summary>
internal sealed class CsvFormat : ITableFormat
{
    public string Name => "csv";

    public ColumnFit Fit(string type) => TableFormats.AsText(type);

    public async Task<long> Write(TableRows rows, TableAbout about, Stream stream, TableNotes notes, CancellationToken cancel)
    {
        var buffer = new TextBuffer(stream);
        var names = rows.Schema.FieldsList.Select(f => f.Name).ToArray();
        buffer.Add(string.Join(',', names.Select(CsvText.Field)) + "\r\n");
        long count = 0;
        await foreach (var batch in rows.Batches.WithCancellation(cancel))
            using (batch)
            {
                Rows(batch, names, rows.Kinds, buffer, notes);
                count += batch.Length;
            }
        buffer.Drain(all: true);
        return count;
    }

    private static void Rows(RecordBatch batch, string[] names, IReadOnlyList<HeldAs> kinds, TextBuffer buffer, TableNotes notes)
    {
        var columns = batch.Arrays.Cast<StringArray>().ToArray();
        var texts = kinds.Select(k => k is HeldAs.Text or HeldAs.Json).ToArray();
        for (var row = 0; row < batch.Length; row++)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                if (i > 0)
                    buffer.Add((byte)',');
                var value = columns[i].GetBytes(row, out var isNull);
                if (isNull)
                    continue;
                if (!texts[i])
                    buffer.Add(value);
                else if (!MayRun(value))
                    Quoted(value, buffer);
                else if (Encoding.UTF8.GetString(value) is var text && CsvText.Inert(text) is var inert && inert.Length == text.Length)
                    Quoted(value, buffer);
                else
                {
                    Quoted(Encoding.UTF8.GetBytes(inert), buffer);
                    // A name of its own: the words are put together when the loop has ended.
                    var name = names[i];
                    notes.Count(
                        name,
                        "formula",
                        n =>
                            new(
                                $"{name} 列有 {n} 格会被表格软件当作公式，前面加了撇号",
                                $"{n} cells of the column {name} would run as formulas in a spreadsheet and are led by an apostrophe"
                            )
                    );
                }
            }
            buffer.Add("\r\n"u8);
            buffer.Drain();
        }
    }

    /// <summary>False where the first byte alone shows a harmless text: a letter, a digit, most Chinese.</summary>
    private static bool MayRun(ReadOnlySpan<byte> value) =>
        value.Length > 0 && value[0] is < (byte)'0' or (byte)'=' or (byte)'@' or 0xC2 or 0xE1 or 0xE2 or 0xE3 or 0xEF;

    private static void Quoted(ReadOnlySpan<byte> value, TextBuffer buffer)
    {
        if (value.Length > 0 && value.IndexOfAny(",\"\r\n"u8) < 0 && value[0] != (byte)' ' && value[^1] != (byte)' ')
        {
            buffer.Add(value);
            return;
        }
        buffer.Add((byte)'"');
        for (int at; (at = value.IndexOf((byte)'"')) >= 0; value = value[(at + 1)..])
        {
            buffer.Add(value[..(at + 1)]);
            buffer.Add((byte)'"');
        }
        buffer.Add(value);
        buffer.Add((byte)'"');
    }
}
