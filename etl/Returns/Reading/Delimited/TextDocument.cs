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

    private static string SkipLines(string text, int lines)
    {
        var at = 0;
        for (; lines > 0 && at < text.Length; lines--)
        {
            var end = text.AsSpan(at).IndexOfAny('\r', '\n');
            if (end < 0) return "";
            at += end + (text[at + end] == '\r' && at + end + 1 < text.Length && text[at + end + 1] == '\n' ? 2 : 1);
        }
        return text[at..];
    }

    private sealed class TextSheet(TextDocument document) : StreamedSheet(document)
    {
        public override string Name => Path.GetFileNameWithoutExtension(document.FileName);
        public override int Index => 1;
        protected override RowCursor OpenCursor() => new TextCursor(document, new RecordParser(Reader(document._file, document._encoding), document.Dialect!, document.Limits, document._options.Escape is { } escape && escape != document.Dialect!.Quote));
    }

    /// <summary>Turns records into rows, holding back those that cannot be trusted.</summary>
    private sealed class TextCursor(TextDocument document, RecordParser parser) : RowCursor
    {
        /// <summary>So many findings of one kind are listed; the rest is counted.</summary>
        private const int Listed = 1000;

        private readonly Dictionary<string, int> _counts = [];
        private bool _headerSeen;
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
                        if (parser.Hopeless) throw new RefusedException(ReadingFindings.UnclosedQuote(document.FileName, parser.Line, parser.Raw));
                        continue;
                    }
                    if (Accept() is { } row) return row;
                }
            }
            catch (System.Text.DecoderFallbackException)
            {
                throw EncodingFinder.Broken(document._file, document.FileName, document._encoding);
            }
            if (parser.Limit == nameof(ReadLimits.MaxColumns)) throw new RefusedException(ReadingFindings.TooManyColumns(document.FileName, parser.Line, null, document.Limits.MaxColumns));
            if (parser.Limit is not null) throw new RefusedException(ReadingFindings.CellTooLong(document.FileName, parser.Line, null, document.Limits.MaxCellCharacters));
            foreach (var (code, count) in _counts)
                if (count > Listed) document.Findings.Add(ReadingFindings.MoreOfTheSame(document.FileName, code, count - Listed));
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
            var blank = fields.Count == 1 && fields[0].Length == 0;
            // A blank line is a record only where records have one field.
            if (blank && document._width > 1) return null;
            if (fields.Count == document._width) _headerSeen = true;
            else if (_headerSeen && !blank && !document._options.KeepRaggedRows)
            {
                Add(ReadingFindings.WrongWidth(document.FileName, parser.Line, fields.Count, document._width, string.Join(document.Dialect!.Delimiter, fields)));
                return null;
            }
            var filled = 0;
            foreach (var field in fields)
                if (field.Length > 0) filled++;
            var cells = filled == 0 ? [] : new Cell[filled];
            var at = 0;
            for (var i = 0; i < fields.Count; i++)
            {
                var field = fields[i];
                if (field.Length == 0) continue;
                if (field.Contains('\uFFFD', StringComparison.Ordinal))
                {
                    Add(ReadingFindings.ReplacementCharacter(document.FileName, null, parser.Line, ReadingFindings.Letters(i + 1), field));
                    return null;
                }
                cells[at++] = new Cell(i + 1, CellKind.Text, field);
            }
            return new Row(parser.Line, cells) { Fields = fields.Count };
        }

        private void Report()
        {
            var (file, line, column, raw) = (document.FileName, parser.Line, ReadingFindings.Letters(parser.FaultField), parser.Raw);
            Add(parser.Fault switch
            {
                RecordFault.UnclosedQuote => ReadingFindings.UnclosedQuote(file, line, raw),
                RecordFault.TextAfterQuote => ReadingFindings.TextAfterQuote(file, line, column, raw),
                RecordFault.NulCharacter => ReadingFindings.NulCharacter(file, line, raw),
                _ => ReadingFindings.StrayQuote(file, line, column, raw),
            });
        }

        private void Add(Finding finding)
        {
            document.RowsRefused++;
            var count = _counts[finding.Code] = _counts.GetValueOrDefault(finding.Code) + 1;
            if (count <= Listed) document.Findings.Add(finding);
        }
    }
}
