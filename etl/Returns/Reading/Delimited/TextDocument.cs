using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Delimited;

/// <summary>A table in a text file with delimiters: one sheet.</summary>
internal sealed class TextDocument : OpenedDocument
{
    /// <summary>So much of the text is looked at to find its dialect.</summary>
    private const int SampleCharacters = 1 << 16;

    private readonly FileStream _file;
    private readonly KnownEncoding _encoding;
    private readonly ReadOptions _options;
    private readonly int _width;
    private TextSheet? _sheet;

    private TextDocument(FileStream file, KnownEncoding encoding, ReadOptions options, int width) =>
        (_file, _encoding, _options, _width) = (file, encoding, options, width);

    /// <exception cref="RefusedException">The encoding cannot be told, or the text is broken at its very beginning.</exception>
    public static TextDocument Open(FileStream file, string fileName, ReadOptions options)
    {
        var encoding = EncodingFinder.Find(file, fileName, options.Encoding);
        var sample = new char[SampleCharacters];
        int length;
        bool whole;
        using (var reader = Reader(file, encoding))
        {
            try
            {
                length = reader.ReadBlock(sample, 0, sample.Length);
                whole = length < sample.Length || reader.Peek() < 0;
            }
            catch (System.Text.DecoderFallbackException)
            {
                throw EncodingFinder.Broken(file, fileName, encoding);
            }
        }
        if (options.Skip == 0 && DelimiterLine(sample.AsSpan(0, length)) is { } stated)
            options = options with { Delimiter = options.Delimiter ?? stated, Skip = 1 };
        var text = SkipLines(new string(sample, 0, length), options.Skip);
        var dialect = DialectFinder.Find(text, whole, options, out var width);
        return new TextDocument(file, encoding, options, width)
        {
            FileName = fileName,
            Format = "csv",
            Encoding = encoding.Name,
            Dialect = dialect,
            Limits = options.Limits,
        };
    }

    public override IEnumerable<Sheet> Sheets() => [_sheet ??= new TextSheet(this)];

    public override void Dispose()
    {
        _file.Dispose();
        base.Dispose();
    }

    private static StreamReader Reader(FileStream file, KnownEncoding encoding)
    {
        file.Position = encoding.MarkLength;
        return new StreamReader(file, encoding.Encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16, leaveOpen: true);
    }

    /// <summary>The delimiter that a first line "sep=;" states; Excel obeys such a line and shows it to nobody.</summary>
    private static char? DelimiterLine(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('\r', '\n');
        var line = (end < 0 ? text : text[..end]).Trim('"');
        return line.Length == 5 && line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? line[4] : null;
    }

    private static string SkipLines(string text, int lines)
    {
        var at = 0;
        for (; lines > 0 && at < text.Length; lines--)
        {
            var end = text.AsSpan(at).IndexOfAny('\r', '\n');
            if (end < 0)
                return "";
            at += end + (text[at + end] == '\r' && at + end + 1 < text.Length && text[at + end + 1] == '\n' ? 2 : 1);
        }
        return text[at..];
    }

    private sealed class TextSheet(TextDocument document) : StreamedSheet(document)
    {
        public override string Name => Path.GetFileNameWithoutExtension(document.FileName);
        public override int Index => 1;

        protected override RowCursor OpenCursor() =>
            new TextCursor(
                document,
                new RecordParser(
                    Reader(document._file, document._encoding),
                    document.Dialect!,
                    document.Limits,
                    document._options.Escape is { } escape && escape != document.Dialect!.Quote
                )
                {
                    SkipBlankLines = document._width > 1,
                }
            );
    }

    /// <summary>Turns records into rows, holding back those that cannot be trusted.</summary>
    private sealed class TextCursor(TextDocument document, RecordParser parser) : RowCursor
    {
        /// <summary>So many findings of one kind are listed; the rest is counted.</summary>
        private const int Listed = 1000;

        private readonly Dictionary<string, int> _counts = [];

        /// <summary>Quote and escape are guesses only where they were not declared.</summary>
        private readonly bool _apostrophes = document.Dialect!.Quote == '\'' && document._options is { Quote: null, Escape: null };
        private bool _begun;
        private bool _headerSeen;
        private string[]? _header;
        private int _headerLine;
        private int _toSkip = document._options.Skip;

        public override Row? Next()
        {
            try
            {
                while (parser.Read())
                {
                    if (_toSkip >= parser.Line)
                    {
                        // Lines declared as no part of the table are not judged.
                        continue;
                    }
                    if (parser.Fault != RecordFault.None)
                    {
                        Report();
                        if (parser.Hopeless)
                            throw new RefusedException(ReadingFindings.UnclosedQuote(document.FileName, parser.Line, parser.Raw));
                        continue;
                    }
                    if (Accept() is { } row)
                        return row;
                }
            }
            catch (System.Text.DecoderFallbackException)
            {
                throw EncodingFinder.Broken(document._file, document.FileName, document._encoding);
            }
            if (parser.Limit == nameof(ReadLimits.MaxColumns))
                throw new RefusedException(ReadingFindings.TooManyColumns(document.FileName, parser.Line, null, document.Limits.MaxColumns));
            if (parser.Limit is not null)
                throw new RefusedException(ReadingFindings.CellTooLong(document.FileName, parser.Line, null, document.Limits.MaxCellCharacters));
            foreach (var (code, count) in _counts)
                if (count > Listed)
                    document.Findings.Add(ReadingFindings.MoreOfTheSame(document.FileName, code, count - Listed));
            _counts.Clear();
            return null;
        }

        public override void Dispose()
        {
            parser.Dispose();
            base.Dispose();
        }

        private Row? Accept()
        {
            var fields = parser.Fields;
            if (!_begun)
            {
                // A second mark, or one inside the first field's quotes, is none of the heading's characters.
                _begun = true;
                fields[0] = fields[0].TrimStart('\uFEFF');
            }
            // The end mark of old systems stands alone behind the last line.
            var blank = fields.Count == 1 && fields[0] is "" or "\u001A";
            // A blank line is a record only where records have one field.
            if (blank && document._width > 1)
                return null;
            if (fields.Count == document._width)
            {
                if (!_headerSeen)
                    KeepHeader(fields);
                else if (_header is not null && IsHeader(fields))
                    Warn(ReadingFindings.HeaderAgain(document.FileName, parser.Line, _headerLine));
                _headerSeen = true;
            }
            else if (!_headerSeen && fields.Count > 1 && !document._options.KeepRaggedRows)
            {
                Warn(
                    ReadingFindings.HeaderWidth(document.FileName, parser.Line, fields.Count, document._width, string.Join(document.Dialect!.Delimiter, fields))
                );
            }
            else if (_headerSeen && !blank && !document._options.KeepRaggedRows)
            {
                Add(
                    ReadingFindings.WrongWidth(document.FileName, parser.Line, fields.Count, document._width, string.Join(document.Dialect!.Delimiter, fields))
                );
                return null;
            }
            var filled = 0;
            foreach (var field in fields)
                if (field.Length > 0)
                    filled++;
            var cells = filled == 0 ? [] : new Cell[filled];
            var at = 0;
            for (var i = 0; i < fields.Count; i++)
            {
                var field = fields[i];
                if (field.Length == 0)
                    continue;
                if (field.Contains('\uFFFD', StringComparison.Ordinal))
                {
                    Add(ReadingFindings.ReplacementCharacter(document.FileName, null, parser.Line, ReadingFindings.Letters(i + 1), field));
                    return null;
                }
                if (_apostrophes && field.Contains("\"\"", StringComparison.Ordinal))
                {
                    Add(ReadingFindings.QuoteConvention(document.FileName, parser.Line, ReadingFindings.Letters(i + 1), field));
                    return null;
                }
                cells[at++] = new Cell(i + 1, CellKind.Text, field);
            }
            return new Row(parser.Line, cells) { Fields = fields.Count };
        }

        private void Report()
        {
            var (file, line, column, raw) = (document.FileName, parser.Line, ReadingFindings.Letters(parser.FaultField), parser.Raw);
            Add(
                parser.Fault switch
                {
                    RecordFault.UnclosedQuote => ReadingFindings.UnclosedQuote(file, line, raw),
                    RecordFault.TextAfterQuote => ReadingFindings.TextAfterQuote(file, line, column, raw),
                    RecordFault.NulCharacter => ReadingFindings.NulCharacter(file, line, raw),
                    _ => ReadingFindings.StrayQuote(file, line, column, raw),
                }
            );
        }

        /// <summary>The first record of full width, where it looks like a header: all filled, none a number.</summary>
        private void KeepHeader(List<string> fields)
        {
            if (fields.Count < 2 || fields.Exists(f => f.Length == 0 || decimal.TryParse(f, System.Globalization.CultureInfo.InvariantCulture, out _)))
                return;
            (_header, _headerLine) = ([.. fields], parser.Line);
        }

        private bool IsHeader(List<string> fields)
        {
            for (var i = 0; i < fields.Count; i++)
                if (fields[i] != _header![i])
                    return false;
            return true;
        }

        private void Add(Finding finding)
        {
            document.RowsRefused++;
            Warn(finding);
        }

        /// <summary>A finding that leaves its record in.</summary>
        private void Warn(Finding finding)
        {
            var count = _counts[finding.Code] = _counts.GetValueOrDefault(finding.Code) + 1;
            if (count <= Listed)
                document.Findings.Add(finding);
        }
    }
}
