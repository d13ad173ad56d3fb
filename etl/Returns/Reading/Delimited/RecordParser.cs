using System.Buffers;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Delimited;

/// <summary>Why a record could not be cut into fields for certain.</summary>
internal enum RecordFault
{
    None,
    UnclosedQuote,
    TextAfterQuote,
    StrayQuote,
    NulCharacter,
}

/// <summary>
/// Cuts decoded text into records and fields (RFC 4180, with the delimiter, quote and escape of the dialect; LF, CRLF and CR all end
/// a record). A record that breaks the rules is reported and passed over, and reading goes on at the next physical line: nothing of it
/// is guessed. Only one record is held at a time, and its size is bounded.
/// </summary>
internal sealed class RecordParser : IDisposable
{
    /// <summary>A record may have this many times the characters of one cell.</summary>
    private const int CellsOfRecord = 4;

    /// <summary>How many characters may be read twice in all because quotes were not closed; beyond it the file is refused.</summary>
    private const long RereadBudget = 64L << 20;

    private readonly TextReader _reader;
    private readonly Dialect _dialect;
    private readonly ReadLimits _limits;
    private readonly char _delimiter;
    private readonly char _quote;
    private readonly char _escape;
    private readonly bool _quoted;
    private readonly bool _innerQuotes;
    private readonly SearchValues<char> _plainStops;
    private readonly SearchValues<char> _quotedStops;
    private readonly List<string> _fields = [];
    private readonly ArrayBufferWriter<char> _assembled = new(256);

    private char[] _buffer = ArrayPool<char>.Shared.Rent(1 << 16);
    private int _length;
    private int _position;
    private int _recordStart;
    private bool _ended;
    private int _line = 1;
    private long _reread;

    /// <param name="quoteClosesBeforeDelimiter">With an escape declared that is not the quote, a quote ends its field only before a delimiter or a line end; elsewhere it is a character.</param>
    public RecordParser(TextReader reader, Dialect dialect, ReadLimits limits, bool quoteClosesBeforeDelimiter = false)
    {
        (_reader, _dialect, _limits, _innerQuotes) = (reader, dialect, limits, quoteClosesBeforeDelimiter);
        _delimiter = dialect.Delimiter;
        _quoted = dialect.Quote is not null;
        _quote = dialect.Quote ?? '\0';
        // Without an escape of its own a quote is written twice; without a quote there is nothing to escape.
        _escape = dialect.Escape ?? _quote;
        // NUL is looked for so that it can be reported.
        _plainStops = SearchValues.Create(_quoted && !_innerQuotes ? [_delimiter, '\r', '\n', '\0', _quote] : [_delimiter, '\r', '\n', '\0']);
        _quotedStops = SearchValues.Create(_escape == _quote ? [_quote, '\r', '\n', '\0'] : [_quote, _escape, '\r', '\n', '\0']);
    }

    /// <summary>Blank lines are no records: they are counted and passed over in one go.</summary>
    public bool SkipBlankLines { get; set; }

    /// <summary>The fields of the record last read.</summary>
    public List<string> Fields => _fields;

    /// <summary>The physical line on which the record last read begins.</summary>
    public int Line { get; private set; }

    /// <summary>What was wrong with it; its fields are then not to be used.</summary>
    public RecordFault Fault { get; private set; }

    /// <summary>The 1-based field in which the fault lies.</summary>
    public int FaultField { get; private set; }

    /// <summary>A limit that was exceeded; reading has then ended.</summary>
    public string? Limit { get; private set; }

    /// <summary>Too much would have to be read again and again: the file's quoting is hopeless.</summary>
    public bool Hopeless { get; private set; }

    /// <summary>The first part of the record's text as it stands in the file.</summary>
    public string Raw { get; private set; } = "";

    /// <summary>Reads one record. False at the end of the text, or when a limit was exceeded.</summary>
    public bool Read()
    {
        _fields.Clear();
        Fault = RecordFault.None;
        _recordStart = _position;
        if (SkipBlankLines)
            PassBlankLines();
        Line = _line;
        if (Limit is not null || Hopeless || !Ensure())
            return false;
        while (true)
        {
            if (_dialect.BlankAfterDelimiter && _fields.Count > 0 && _buffer[_position] == ' ')
            {
                _position++;
                if (!Ensure())
                {
                    _fields.Add("");
                    return true;
                }
            }
            var more = _quoted && _position < _length && _buffer[_position] == _quote ? QuotedField() : PlainField();
            if (Fault != RecordFault.None)
                return PassOver();
            if (Limit is not null)
                return Stop();
            if (!more)
                return true;
            if (_fields.Count >= _limits.MaxColumns)
            {
                Limit = nameof(ReadLimits.MaxColumns);
                return Stop();
            }
            if (Ensure())
                continue;
            // The text ends right after a delimiter: a last, empty field.
            _fields.Add("");
            return true;
        }
    }

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = [];
        _reader.Dispose();
    }

    private void PassBlankLines()
    {
        while (Ensure() && _buffer[_position] is '\n' or '\r')
        {
            if (_buffer[_position] == '\r')
                EndLine();
            else
            {
                var rest = _buffer.AsSpan(_position, _length - _position);
                var count = rest.IndexOfAnyExcept('\n');
                if (count < 0)
                    count = rest.Length;
                _line += count;
                _position += count;
            }
            _recordStart = _position;
        }
    }

    /// <summary>True when a delimiter ended the field, false when the record ended.</summary>
    private bool PlainField()
    {
        var start = _position - _recordStart;
        while (true)
        {
            var rest = _buffer.AsSpan(_position, _length - _position);
            var stop = rest.IndexOfAny(_plainStops);
            if (stop < 0)
            {
                _position = _length;
                if (TooLong(start))
                    return false;
                if (Ensure())
                    continue;
                AddSlice(start, _position);
                return false;
            }
            _position += stop;
            var c = _buffer[_position];
            if (c == _delimiter)
            {
                if (TooLong(start))
                    return false;
                AddSlice(start, _position);
                _position++;
                return true;
            }
            if (c is '\r' or '\n')
            {
                if (TooLong(start))
                    return false;
                AddSlice(start, _position);
                EndLine();
                return false;
            }
            return Fail(c == '\0' ? RecordFault.NulCharacter : RecordFault.StrayQuote);
        }
    }

    private bool QuotedField()
    {
        _position++;
        _assembled.ResetWrittenCount();
        var start = _position - _recordStart;
        var whole = true;
        while (true)
        {
            var rest = _buffer.AsSpan(_position, _length - _position);
            var stop = rest.IndexOfAny(_quotedStops);
            if (stop < 0)
            {
                _position = _length;
                if (TooLong(start - _assembled.WrittenCount))
                    return Fail(RecordFault.UnclosedQuote);
                if (Ensure())
                    continue;
                return Fail(RecordFault.UnclosedQuote);
            }
            _position += stop;
            var c = _buffer[_position];
            if (c is '\r' or '\n')
            {
                // A line break inside quotes belongs to the field.
                if (TooLong(start - _assembled.WrittenCount))
                    return Fail(RecordFault.UnclosedQuote);
                EndLine();
                continue;
            }
            if (c == '\0' && c != _escape)
                return Fail(RecordFault.NulCharacter);
            if (c == _escape && (c != _quote || NextIs(_quote)))
            {
                // The escaped character itself goes into the field; a lone escape stays what it is.
                var escapes = c == _quote || NextIs(_quote) || NextIs(_escape);
                whole = false;
                var from = _recordStart + start;
                _assembled.Write(_buffer.AsSpan(from, _position - from + (escapes ? 0 : 1)));
                _position++;
                if (escapes)
                {
                    _assembled.Write(_buffer.AsSpan(_position, 1));
                    _position++;
                }
                start = _position - _recordStart;
                continue;
            }
            var end = _position;
            _position++;
            if (_innerQuotes && Ensure() && _buffer[_position] != _delimiter && _buffer[_position] is not ('\r' or '\n'))
                continue;
            if (!whole)
            {
                var from = _recordStart + start;
                _assembled.Write(_buffer.AsSpan(from, end - from));
            }
            if (Ensure())
            {
                var after = _buffer[_position];
                if (after != _delimiter && after is not ('\r' or '\n'))
                    return Fail(after == '\0' ? RecordFault.NulCharacter : RecordFault.TextAfterQuote);
                AddQuoted(whole, start);
                if (after == _delimiter)
                {
                    _position++;
                    return true;
                }
                EndLine();
                return false;
            }
            AddQuoted(whole, start);
            return false;
        }

        void AddQuoted(bool unescaped, int from)
        {
            if (unescaped)
                AddSlice(from, _position - 1);
            else
                _fields.Add(new string(_assembled.WrittenSpan));
        }
    }

    private bool NextIs(char wanted)
    {
        _position++;
        var there = Ensure() && _buffer[_position] == wanted;
        _position--;
        return there;
    }

    private void AddSlice(int startInRecord, int end)
    {
        var from = _recordStart + startInRecord;
        _fields.Add(end == from ? "" : new string(_buffer, from, end - from));
    }

    /// <summary>Stands on CR or LF; moves past the line end and counts it.</summary>
    private void EndLine()
    {
        var cr = _buffer[_position] == '\r';
        _position++;
        _line++;
        if (cr && Ensure() && _buffer[_position] == '\n')
            _position++;
    }

    private bool TooLong(int startInRecord)
    {
        if (
            _position - _recordStart - startInRecord <= _limits.MaxCellCharacters
            && _position - _recordStart <= (long)_limits.MaxCellCharacters * CellsOfRecord
        )
            return false;
        Limit = nameof(ReadLimits.MaxCellCharacters);
        return true;
    }

    private bool Fail(RecordFault fault)
    {
        // An unclosed quote is told as such, also when it was the limit that ended the search for its partner.
        if (fault == RecordFault.UnclosedQuote)
            Limit = null;
        Fault = fault;
        FaultField = _fields.Count + 1;
        return false;
    }

    private bool Stop()
    {
        Raw = HeadOfRecord();
        return false;
    }

    /// <summary>Goes back to the record's first line end, and on from there: what the fault swallowed may be good records.</summary>
    private bool PassOver()
    {
        Raw = HeadOfRecord();
        _reread += _position - _recordStart;
        var scanned = _position;
        _position = _recordStart;
        _line = Line;
        if (_reread > RereadBudget)
        {
            Hopeless = true;
            return true;
        }
        while (true)
        {
            var stop = _buffer.AsSpan(_position, _length - _position).IndexOfAny('\r', '\n');
            if (stop >= 0)
            {
                _position += stop;
                EndLine();
                return true;
            }
            _position = _length;
            // Nothing of the faulty line is needed any more.
            if (_position > scanned)
                _recordStart = _position;
            if (!Ensure())
                return true;
        }
    }

    private string HeadOfRecord()
    {
        var rest = _buffer.AsSpan(_recordStart, Math.Min(_length - _recordStart, 240));
        var end = rest.IndexOfAny('\r', '\n');
        return new string(end < 0 ? rest : rest[..end]);
    }

    /// <summary>Makes sure that there is a character at the position; false at the end of the text.</summary>
    private bool Ensure()
    {
        if (_position < _length)
            return true;
        if (_ended)
            return false;
        if (_recordStart > 0)
        {
            Array.Copy(_buffer, _recordStart, _buffer, 0, _length - _recordStart);
            _length -= _recordStart;
            _position -= _recordStart;
            _recordStart = 0;
        }
        if (_length > _buffer.Length / 2)
        {
            var larger = ArrayPool<char>.Shared.Rent(_buffer.Length * 2);
            Array.Copy(_buffer, larger, _length);
            ArrayPool<char>.Shared.Return(_buffer);
            _buffer = larger;
        }
        var read = _reader.Read(_buffer, _length, _buffer.Length - _length);
        if (read == 0)
        {
            _ended = true;
            return false;
        }
        _length += read;
        return true;
    }
}
