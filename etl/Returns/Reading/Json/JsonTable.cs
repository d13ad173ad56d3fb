using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Json;

/// <summary>
/// JSON as a table: an array of objects, or one object per line. The file is gone through once for its keys, and is thereby known to be
/// valid to the end before the first row is handed out; the second time gives the rows.
/// Row 0 carries the keys, since the file has no header line of its own; other rows carry the line on which their object begins.
/// Values that are not objects stand in a single column named value; nested values are kept as their JSON text.
/// </summary>
internal sealed class JsonTable : OpenedDocument
{
    private readonly FileStream _file;
    private readonly List<string> _keys = [];
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private JsonSheet? _sheet;

    private JsonTable(FileStream file) => _file = file;

    /// <exception cref="RefusedException">It is not valid JSON.</exception>
    public static JsonTable Open(FileStream file, string name, ReadLimits limits)
    {
        if (Delimited.EncodingFinder.InvalidUtf8(file, 0) is not null)
            throw Delimited.EncodingFinder.Broken(file, name, Delimited.KnownEncoding.Utf8);
        var lines = false;
        var document = new JsonTable(file)
        {
            FileName = name,
            Format = "json",
            Encoding = "UTF-8",
            Limits = limits,
        };
        document.Allow(file.Length);
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        using (var scanner = new JsonScanner(file, document, document.Column))
        {
            var count = 0;
            while (scanner.Next() is not null)
                if ((++count & 0x3FF) == 0)
                    document.CheckTime(started);
            lines = scanner.SeveralValues;
        }
        document.Spend(System.Diagnostics.Stopwatch.GetTimestamp() - started);
        if (!lines)
            return document;
        var renamed = new JsonTable(file)
        {
            FileName = name,
            Format = "jsonl",
            Encoding = "UTF-8",
            Limits = limits,
        };
        foreach (var key in document._keys)
            renamed.Column(key);
        renamed.Allow(file.Length);
        return renamed;
    }

    public override IEnumerable<Sheet> Sheets() => [_sheet ??= new JsonSheet(this)];

    public override void Dispose()
    {
        _file.Dispose();
        base.Dispose();
    }

    private int Column(string key)
    {
        if (_columns.TryGetValue(key, out var column))
            return column;
        if (_keys.Count >= Limits.MaxColumns)
            throw new RefusedException(ReadingFindings.TooManyColumns(FileName, 1, null, Limits.MaxColumns));
        _keys.Add(key);
        return _columns[key] = _keys.Count;
    }

    private sealed class JsonSheet(JsonTable document) : StreamedSheet(document)
    {
        public override string Name => Path.GetFileNameWithoutExtension(document.FileName);
        public override int Index => 1;

        protected override RowCursor OpenCursor() => new JsonCursor(document);
    }

    private sealed class JsonCursor(JsonTable document) : RowCursor
    {
        private readonly JsonScanner _scanner = new(document._file, document, document.Column);
        private bool _headed;

        public override Row? Next()
        {
            if (!_headed)
            {
                _headed = true;
                var cells = new List<Cell>();
                for (var i = 0; i < document._keys.Count; i++)
                    if (document._keys[i].Length > 0)
                        cells.Add(new Cell(i + 1, CellKind.Text, document._keys[i]));
                if (document._keys.Count > 0)
                    return new Row(0, cells) { Fields = document._keys.Count };
            }
            while (_scanner.Next() is { } record)
            {
                if (record.RepeatedColumn > 0)
                {
                    document.Findings.Add(
                        ReadingFindings.RepeatedCell(document.FileName, "", record.Line, ReadingFindings.Letters(record.RepeatedColumn)) with
                        {
                            Sheet = null,
                        }
                    );
                    document.RowsRefused++;
                    continue;
                }
                if (record.DamagedColumn > 0)
                {
                    document.Findings.Add(
                        ReadingFindings.ReplacementCharacter(document.FileName, null, record.Line, ReadingFindings.Letters(record.DamagedColumn), "")
                    );
                    document.RowsRefused++;
                    continue;
                }
                record.Cells.Sort(static (a, b) => a.Column.CompareTo(b.Column));
                return new Row(record.Line, record.Cells.ToArray()) { Fields = document._keys.Count };
            }
            return null;
        }

        public override void Dispose()
        {
            _scanner.Dispose();
            base.Dispose();
        }
    }
}
