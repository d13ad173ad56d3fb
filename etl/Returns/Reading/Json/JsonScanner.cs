using System.Buffers;
using System.Text.Json;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Json;

/// <summary>One record of a JSON file.</summary>
/// <param name="Line">The line on which it begins.</param>
/// <param name="RepeatedColumn">A column whose key stands in the object twice; 0 without.</param>
/// <param name="DamagedColumn">A column whose text holds half a character or a replacement character; 0 without.</param>
internal sealed record JsonRecord(int Line, List<Cell> Cells, int RepeatedColumn, int DamagedColumn);

/// <summary>
/// Goes through JSON strictly and gives its records one by one. The buffer holds what one chunk has and grows only for a single long
/// text, up to the limit of a cell.
/// </summary>
internal sealed class JsonScanner : IDisposable
{
    private const string ValueColumn = "value";

    private readonly Stream _stream;
    private readonly OpenedDocument _document;
    private readonly Func<string, int> _columnOf;
    private readonly Queue<JsonRecord> _ready = new();
    private readonly ArrayBufferWriter<byte> _nested = new();
    private Utf8JsonWriter? _nestedWriter;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int _start;
    private int _end;
    private bool _ended;
    private JsonReaderState _state;

    private int _line = 1;
    private int _roots;
    private int _lastRootLine;
    private bool _rootIsArray;
    private List<Cell>? _cells;
    private HashSet<int> _seen = [];
    private int _recordLine;
    private int _column;
    private int _repeated;
    private int _damaged;
    private int _nestedDepth;

    public JsonScanner(FileStream file, OpenedDocument document, Func<string, int> columnOf)
    {
        (_stream, _document, _columnOf) = (file, document, columnOf);
        file.Position = 0;
        var mark = new byte[3];
        if (file.ReadAtLeast(mark, 3, throwOnEndOfStream: false) < 3 || mark is not [0xEF, 0xBB, 0xBF])
            file.Position = 0;
        _state = new JsonReaderState(
            new JsonReaderOptions
            {
                AllowMultipleValues = true,
                MaxDepth = document.Limits.MaxDepth,
                CommentHandling = JsonCommentHandling.Disallow,
                AllowTrailingCommas = false,
            }
        );
    }

    /// <summary>True when the file has more than one value: JSON lines.</summary>
    public bool SeveralValues => _roots > 1;

    public JsonRecord? Next()
    {
        while (_ready.Count == 0 && !(_ended && _start == _end))
        {
            Fill();
            Scan();
            if (_ended && _ready.Count == 0 && _start < _end)
                break;
        }
        if (_ready.TryDequeue(out var record))
            return record;
        if (_roots == 0)
            throw new RefusedException(ReadingFindings.InvalidJson(_document.FileName, 1, "no value in the file"));
        return null;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _nestedWriter?.Dispose();
    }

    private void Fill()
    {
        if (_ended)
            return;
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
        {
            if (_end > _document.Limits.MaxCellCharacters * 4L)
                throw new RefusedException(ReadingFindings.CellTooLong(_document.FileName, _line, null, _document.Limits.MaxCellCharacters));
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            Buffer.BlockCopy(_buffer, 0, larger, 0, _end);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        if (read == 0)
            _ended = true;
        _end += read;
    }

    private void Scan()
    {
        var span = _buffer.AsSpan(_start, _end - _start);
        var reader = new Utf8JsonReader(span, _ended, _state);
        var counted = 0;
        try
        {
            while (reader.Read())
            {
                var at = (int)reader.TokenStartIndex;
                _line += span[counted..at].Count((byte)'\n');
                counted = at;
                Token(ref reader);
            }
        }
        catch (JsonException fault)
        {
            throw new RefusedException(ReadingFindings.InvalidJson(_document.FileName, (fault.LineNumber ?? 0) + 1, Shorten(fault.Message)));
        }
        var consumed = (int)reader.BytesConsumed;
        _line += span[counted..consumed].Count((byte)'\n');
        _state = reader.CurrentState;
        _start += consumed;
    }

    private void Token(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        if (_nestedDepth > 0)
        {
            Nested(ref reader);
            return;
        }
        var closing = reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject;
        if (depth == 0 && !closing)
            Root(reader.TokenType);
        var recordDepth = _rootIsArray ? 1 : 0;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray when depth == 0:
                break;
            case JsonTokenType.EndArray when depth == 0:
                break;
            case JsonTokenType.StartObject when depth == recordDepth:
                Begin();
                break;
            case JsonTokenType.EndObject when depth == recordDepth:
                End();
                break;
            case JsonTokenType.PropertyName when depth == recordDepth + 1:
                _column = _columnOf(Text(ref reader, out _) is { Length: > 0 } key ? key : "");
                if (!_seen.Add(_column))
                    _repeated = _column;
                break;
            default:
                if (depth == recordDepth && _cells is null)
                {
                    // A bare value is a record of one column.
                    Begin();
                    _column = _columnOf(ValueColumn);
                    Value(ref reader);
                    if (_nestedDepth == 0)
                        End();
                }
                else
                    Value(ref reader);
                break;
        }
    }

    /// <summary>A further root is accepted only where every one is an object on a line of its own.</summary>
    private void Root(JsonTokenType type)
    {
        _roots++;
        if (_roots > 1 && (type != JsonTokenType.StartObject || _rootIsArray || !_lastWasObject || _line == _lastRootLine))
            throw new RefusedException(ReadingFindings.InvalidJson(_document.FileName, _line, "more than one value, and not one object per line"));
        _lastWasObject = type == JsonTokenType.StartObject;
        _rootIsArray = type == JsonTokenType.StartArray;
        _lastRootLine = _line;
    }

    private bool _lastWasObject;

    private void Begin()
    {
        _cells = [];
        _seen.Clear();
        (_recordLine, _repeated, _damaged) = (_line, 0, 0);
    }

    private void End()
    {
        _ready.Enqueue(new JsonRecord(_recordLine, _cells!, _repeated, _damaged));
        _cells = null;
    }

    private void Value(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                var text = Text(ref reader, out var damaged);
                if (text.Length > _document.Limits.MaxCellCharacters)
                    throw new RefusedException(ReadingFindings.CellTooLong(_document.FileName, _line, null, _document.Limits.MaxCellCharacters));
                if (damaged || text.AsSpan().IndexOfAny('\uFFFD', '\0') >= 0)
                    _damaged = _column;
                else if (text.Length > 0)
                    Add(CellKind.Text, text);
                break;
            case JsonTokenType.Number:
                Add(CellKind.Number, System.Text.Encoding.ASCII.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan));
                break;
            case JsonTokenType.True or JsonTokenType.False:
                Add(CellKind.Boolean, reader.TokenType == JsonTokenType.True ? "TRUE" : "FALSE");
                break;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                _nested.ResetWrittenCount();
                _nestedWriter ??= new Utf8JsonWriter(
                    _nested,
                    new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
                );
                _nestedWriter.Reset(_nested);
                _nestedDepth = reader.CurrentDepth + 1;
                Nested(ref reader);
                break;
        }
    }

    /// <summary>Copies the tokens of a nested value; at its end the JSON text becomes a cell.</summary>
    private void Nested(ref Utf8JsonReader reader)
    {
        var writer = _nestedWriter!;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.PropertyName:
                writer.WritePropertyName(Text(ref reader, out _));
                break;
            case JsonTokenType.String:
                var text = Text(ref reader, out var damaged);
                if (damaged || text.AsSpan().IndexOfAny('\uFFFD', '\0') >= 0)
                    _damaged = _column;
                writer.WriteStringValue(text);
                break;
            case JsonTokenType.Number:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
            case JsonTokenType.True:
                writer.WriteBooleanValue(true);
                break;
            case JsonTokenType.False:
                writer.WriteBooleanValue(false);
                break;
            case JsonTokenType.Null:
                writer.WriteNullValue();
                break;
        }
        if (writer.BytesPending + _nested.WrittenCount > _document.Limits.MaxCellCharacters * 4L)
            throw new RefusedException(ReadingFindings.CellTooLong(_document.FileName, _line, null, _document.Limits.MaxCellCharacters));
        if (reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject) || reader.CurrentDepth + 1 != _nestedDepth)
            return;
        writer.Flush();
        _nestedDepth = 0;
        Add(CellKind.Text, System.Text.Encoding.UTF8.GetString(_nested.WrittenSpan));
        // Inside an array of arrays the nested value is the whole record.
        if (reader.CurrentDepth == (_rootIsArray ? 1 : 0))
            End();
    }

    private void Add(CellKind kind, string text) => _cells!.Add(new Cell(_column, kind, text));

    /// <summary>The text of a token; damaged when it holds half a surrogate pair.</summary>
    private static string Text(ref Utf8JsonReader reader, out bool damaged)
    {
        damaged = false;
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            damaged = true;
            return "";
        }
    }

    private static string Shorten(string message)
    {
        var at = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return ReadingFindings.Quote(at > 0 ? message[..at] : message);
    }
}
