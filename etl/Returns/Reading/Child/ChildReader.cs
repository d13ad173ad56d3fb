using System.Text.Json;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Child;

/// <summary>
/// The other end of <see cref="ChildDocument"/>: a process that parses one hostile binary file and writes its rows to standard output,
/// one JSON value a line. If the parser crashes, runs away or eats the memory, only this process is lost.
/// </summary>
public static class ChildReader
{
    /// <summary>The hidden verb by which the program starts itself again.</summary>
    public const string Verb = "__read";

    /// <summary>Arguments: the verb, the format (parquet, arrow, xls), the path, the memory limit in bytes.</summary>
    public static int Main(string[] args)
    {
        using var output = new RowWriter(Console.OpenStandardOutput());
        if (args.Length != 4 || args[0] != Verb || !long.TryParse(args[3], out var memory))
        {
            output.Refused(RowWriter.Broken);
            return 2;
        }
        try
        {
            if (args[1] == "parquet")
                ParquetRows.Write(args[2], memory, output);
            else if (args[1] == "arrow")
                ArrowRows.Write(args[2], output);
            else
                XlsRows.Write(args[2], output);
            output.End();
            return 0;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Whatever the parser makes of bad bytes is a refusal to the other side; the parser's own words go to the error stream, for who debugs.
            Console.Error.WriteLine(fault);
            output.Refused(
                fault is UnreadTypeException ? RowWriter.Unsupported
                    : fault is BigEndianException ? RowWriter.BigEndian
                    : RowWriter.Broken,
                (fault as UnreadTypeException)?.Type
            );
            return 0;
        }
    }
}

/// <summary>A column of a type that is not read.</summary>
internal sealed class UnreadTypeException(string type) : Exception
{
    public string Type { get; } = type;
}

/// <summary>
/// The lines between the two processes: {"columns":[…]}, then rows as arrays whose items are null or a kind letter followed by the
/// text, then {"end":n} or {"refused":"…"}.
/// </summary>
internal sealed class RowWriter(Stream output) : IDisposable
{
    private readonly Utf8JsonWriter _json = new(
        output,
        new JsonWriterOptions { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );
    private readonly BufferedStream _output = new(output, 1 << 16);
    private long _rows;

    public void Columns(IEnumerable<string> names)
    {
        Start();
        _json.WriteStartObject();
        _json.WriteStartArray("columns");
        foreach (var name in names)
            _json.WriteStringValue(name);
        _json.WriteEndArray();
        _json.WriteEndObject();
        Finish();
    }

    public void StartRow()
    {
        Start();
        _json.WriteStartArray();
    }

    public void Cell(CellKind kind, string? text)
    {
        if (string.IsNullOrEmpty(text))
            _json.WriteNullValue();
        else
            _json.WriteStringValue(Letter(kind) + text);
    }

    public void EndRow()
    {
        _rows++;
        _json.WriteEndArray();
        Finish();
    }

    /// <summary>Any other line: the members of a record as JSON.</summary>
    public void Message<T>(T message)
    {
        Start();
        JsonSerializer.Serialize(_json, message);
        Finish();
    }

    /// <summary>Why a file is refused: a type of columns that is not read, the other byte order, or anything else that the parser could not read.</summary>
    public const string Unsupported = "type",
        BigEndian = "big-endian",
        Broken = "broken";

    public void Refused(string why, string? what = null)
    {
        Start();
        _json.WriteStartObject();
        _json.WriteString("refused", why);
        if (what is not null)
            _json.WriteString("what", what);
        _json.WriteEndObject();
        Finish();
    }

    public void End()
    {
        Start();
        _json.WriteStartObject();
        _json.WriteNumber("end", _rows);
        _json.WriteEndObject();
        Finish();
    }

    public void Dispose()
    {
        _json.Dispose();
        _output.Flush();
        _output.Dispose();
    }

    public static CellKind KindOf(char letter) =>
        letter switch
        {
            'n' => CellKind.Number,
            'b' => CellKind.Boolean,
            'd' => CellKind.Date,
            'e' => CellKind.Error,
            _ => CellKind.Text,
        };

    public static string Letter(CellKind kind) =>
        kind switch
        {
            CellKind.Number => "n",
            CellKind.Boolean => "b",
            CellKind.Date => "d",
            CellKind.Error => "e",
            _ => "t",
        };

    private void Start() => _json.Reset(_output);

    private void Finish()
    {
        _json.Flush();
        _output.WriteByte((byte)'\n');
    }
}
