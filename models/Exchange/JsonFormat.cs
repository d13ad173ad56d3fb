using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Apache.Arrow;

namespace Innovation1551.Models.Exchange;

/// <summary>
/// An object <c>{"about": …, "rows": […]}</c>, or the rows alone; a row a line. Numbers keep every digit, nested values are JSON of their
/// own, everything else is DuckDB's text. What JSON has no number for (nan, infinity) is a text.
/// </summary>
internal sealed class JsonFormat(bool head) : ITableFormat
{
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    public string Name => "json";

    public ColumnFit Fit(string type)
    {
        var fit = TableFormats.AsText(type);
        return DuckType.IsNested(type) ? new("VARCHAR", HeldAs.Json, AsJson: true)
            : type == "VARIANT" ? new("VARCHAR", HeldAs.Json, AsJson: true)
            : fit;
    }

    public async Task<long> Write(TableRows rows, TableAbout about, Stream stream, TableNotes notes, CancellationToken cancel)
    {
        var buffer = new TextBuffer(stream);
        var names = rows.Schema.FieldsList.Select(f => f.Name).ToArray();
        if (head)
        {
            buffer.Add("{\"about\": "u8);
            buffer.Add(about.ToJson(notes.All));
            buffer.Add(",\n\"rows\": "u8);
        }
        buffer.Add("["u8);
        long count = 0;
        await foreach (var batch in rows.Batches.WithCancellation(cancel))
            using (batch)
            {
                Rows(batch, names, rows.Kinds, count == 0, buffer, notes);
                count += batch.Length;
            }
        buffer.Add(head ? "\n]}\n"u8 : "\n]\n"u8);
        buffer.Drain(all: true);
        return count;
    }

    private static void Rows(RecordBatch batch, string[] names, IReadOnlyList<HeldAs> kinds, bool first, TextBuffer buffer, TableNotes notes)
    {
        var columns = batch.Arrays.Cast<StringArray>().ToArray();
        var keys = names.Select((n, i) => Encoding.UTF8.GetBytes((i == 0 ? "{" : ",") + $"\"{Encoder.Encode(n)}\":")).ToArray();
        for (var row = 0; row < batch.Length; row++)
        {
            buffer.Add(first && row == 0 ? "\n"u8 : ",\n"u8);
            for (var i = 0; i < columns.Length; i++)
            {
                buffer.Add(keys[i]);
                var value = columns[i].GetBytes(row, out var isNull);
                if (isNull)
                    buffer.Add("null"u8);
                else
                    switch (kinds[i])
                    {
                        case HeldAs.Number or HeldAs.Truth:
                        case HeldAs.Float when value[^1] is >= (byte)'0' and <= (byte)'9':
                            buffer.Add(value);
                            break;
                        case HeldAs.Float:
                            Said(names[i], "float", notes);
                            Quoted(value, buffer);
                            break;
                        case HeldAs.Json:
                            Nested(value, names[i], buffer, notes);
                            break;
                        default:
                            Quoted(value, buffer);
                            break;
                    }
            }
            buffer.Add((byte)'}');
            buffer.Drain();
        }
    }

    private static void Said(string name, string kind, TableNotes notes) =>
        notes.Count(
            name,
            kind,
            n =>
                new(
                    $"{name} 列有 {n} 格含 JSON 数字写不出的值（nan、inf），写为文本",
                    $"{n} cells of the column {name} hold what is no number in JSON (nan, inf); it is written as text"
                )
        );

    private static void Quoted(ReadOnlySpan<byte> value, TextBuffer buffer)
    {
        Span<byte> escaped = stackalloc byte[256];
        buffer.Add((byte)'"');
        while (Encoder.FindFirstCharacterToEncodeUtf8(value) is >= 0 and var at)
        {
            buffer.Add(value[..at]);
            value = value[at..];
            if (Encoder.EncodeUtf8(value, escaped, out var read, out var written) is OperationStatus.InvalidData)
                throw new InvalidDataException("not UTF-8");
            buffer.Add(escaped[..written]);
            value = value[read..];
        }
        buffer.Add(value);
        buffer.Add((byte)'"');
    }

    /// <summary>DuckDB's JSON as it stands where the standard allows it; DuckDB also takes nan, infinity, comments and spare commas for JSON.</summary>
    private static void Nested(ReadOnlySpan<byte> value, string name, TextBuffer buffer, TableNotes notes)
    {
        if (IsJson(value))
        {
            buffer.Add(value);
            return;
        }
        var repaired = new MemoryStream();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == (byte)'"')
            {
                var end = i + 1;
                while (end < value.Length && value[end] != (byte)'"')
                    end += value[end] == (byte)'\\' ? 2 : 1;
                end = Math.Min(end, value.Length - 1);
                repaired.Write(value[i..(end + 1)]);
                i = end;
                continue;
            }
            var word = 0;
            foreach (var text in (ReadOnlySpan<string>)["-Infinity", "Infinity", "NaN", "-NaN"])
                if (value[i..].StartsWith(Encoding.ASCII.GetBytes(text)))
                    word = Math.Max(word, text.Length);
            if (word > 0)
            {
                repaired.WriteByte((byte)'"');
                repaired.Write(value.Slice(i, word));
                repaired.WriteByte((byte)'"');
                i += word - 1;
            }
            else
                repaired.WriteByte(value[i]);
        }
        var mended = repaired.ToArray();
        if (IsJson(mended))
        {
            Said(name, "float", notes);
            buffer.Add(mended);
            return;
        }
        notes.Count(
            name,
            "json",
            n => new($"{name} 列有 {n} 格不合 JSON 标准，写为文本", $"{n} cells of the column {name} are no JSON by its standard and are written as text")
        );
        Quoted(value, buffer);
    }

    private static bool IsJson(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = 1000 });
        try
        {
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
