using System.Diagnostics;
using System.Globalization;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Innovation1551.Returns.Reading.Delimited;
using Innovation1551.Returns.Reading.Workbook;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Legacy;

/// <summary>
/// A workbook in the old binary format, through ExcelDataReader. Its parser was written for good files: on bad ones any framework
/// exception may come out, and every one of them means that this file is damaged.
/// </summary>
internal sealed class XlsParser : OpenedDocument
{
    private readonly List<XlsSheet> _sheets = [];
    private FileStream? _file;
    private IExcelDataReader? _reader;
    private int _at;
    private long _startedAt;
    private Dictionary<(int Sheet, int Row, int Column), string> _errors = [],
        _texts = [];
    private bool _epoch1904;

    public override IEnumerable<Sheet> Sheets() => _sheets;

    /// <param name="scan">Null for the bare record streams of Excel 2 to 4.</param>
    public bool Load(FileStream file, BiffScan? scan)
    {
        _file = file;
        if (scan is not null)
            (_errors, _texts, _epoch1904) = (scan.Errors, scan.Texts, scan.Epoch1904);
        return Guard(() =>
            Foreign(() =>
            {
                var reader = Reopen();
                do
                {
                    var hidden = !string.Equals(reader.VisibleState, "visible", StringComparison.OrdinalIgnoreCase);
                    var name = reader.Name ?? "";
                    if (hidden)
                        Findings.Add(ReadingFindings.HiddenSheet(FileName, name));
                    var merged = reader.MergeCells?.Select(m => new MergedRange(m.FromRow + 1, m.FromColumn + 1, m.ToRow + 1, m.ToColumn + 1)).ToArray() ?? [];
                    _sheets.Add(new XlsSheet(this, name, _sheets.Count + 1, hidden, merged));
                } while (reader.NextResult());
                if (_sheets.Count == 0)
                    throw new RefusedException(ReadingFindings.NoWorksheet(FileName));
            })
        );
    }

    public override void Dispose()
    {
        _reader?.Dispose();
        _file?.Dispose();
        base.Dispose();
    }

    /// <summary>The reader, standing before the first row of a sheet.</summary>
    public IExcelDataReader At(int index)
    {
        var reader = Reopen();
        for (; _at < index; _at++)
            if (!reader.NextResult())
                throw new RefusedException(ReadingFindings.Damaged(FileName, "工作表缺失", "a sheet is missing"));
        return reader;
    }

    /// <summary>Runs the foreign parser; whatever it throws is a finding about this file.</summary>
    public void Foreign(Action work)
    {
        _startedAt = Stopwatch.GetTimestamp();
        try
        {
            work();
        }
        catch (RefusedException)
        {
            throw;
        }
        catch (InvalidPasswordException)
        {
            throw new RefusedException(ReadingFindings.PasswordProtected(FileName));
        }
        catch (OutOfMemoryException)
        {
            throw new RefusedException(
                ReadingFindings.LimitExceeded(FileName, nameof(ReadLimits.MaxMemoryBytes), "?", Limits.MaxMemoryBytes.ToString(CultureInfo.InvariantCulture))
            );
        }
        catch (Exception fault)
        {
            // The one place where everything is caught: the parser's exceptions have no common type, and none of them is a fault of ours.
            throw new RefusedException(
                ReadingFindings.Damaged(FileName, "旧版 .xls 的内部记录不完整或互相矛盾", "the records inside the .xls are cut off or contradict each other"),
                fault
            );
        }
    }

    private IExcelDataReader Reopen()
    {
        _reader?.Dispose();
        _at = 1;
        _file!.Position = 0;
        // Files older than Excel 97 may not say their code page; here they come from Chinese machines.
        // Asked for first: it registers the code pages, without which not even the library's configuration can be made.
        var fallback = System.Text.Encoding.GetEncoding(KnownEncoding.Gbk.Encoding.CodePage);
        return _reader = ExcelReaderFactory.CreateBinaryReader(
            new DeadlineStream(this, _file),
            new ExcelReaderConfiguration { FallbackEncoding = fallback, LeaveOpen = true }
        );
    }

    private sealed class XlsSheet(XlsParser document, string name, int index, bool hidden, MergedRange[] merged) : StreamedSheet(document)
    {
        private HashSet<int> _hiddenColumns = [];

        public override string Name => name;
        public override int Index => index;
        public override bool Hidden => hidden;
        public override IReadOnlyList<MergedRange> Merged => merged;
        public override IReadOnlySet<int> HiddenColumns => _hiddenColumns;
        public bool Reported { get; set; }

        protected override RowCursor OpenCursor()
        {
            XlsCursor? cursor = null;
            document.Foreign(() =>
            {
                var reader = document.At(index);
                _hiddenColumns = HiddenOf(reader);
                cursor = new XlsCursor(document, this, reader);
            });
            return cursor!;
        }

        private static HashSet<int> HiddenOf(IExcelDataReader reader)
        {
            var hidden = new HashSet<int>();
            for (var c = 0; c < Math.Min(reader.FieldCount, 256); c++)
                if (reader.GetColumnWidth(c) == 0)
                    hidden.Add(c + 1);
            return hidden;
        }
    }

    private sealed class XlsCursor(XlsParser document, XlsSheet sheet, IExcelDataReader reader) : RowCursor
    {
        private readonly List<Cell> _cells = [];
        private readonly SheetNotes _notes = new();
        private int _row;

        public override Row? Next()
        {
            Row? row = null;
            document.Foreign(() =>
            {
                while (row is null && reader.Read())
                {
                    _row++;
                    row = ReadRow();
                }
            });
            if (row is null && !sheet.Reported)
            {
                sheet.Reported = true;
                _notes.Report(document, sheet);
            }
            return row;
        }

        private Row? ReadRow()
        {
            _cells.Clear();
            var count = Math.Min(reader.FieldCount, document.Limits.MaxColumns);
            for (var i = 0; i < count; i++)
                if (Read(i) is { } cell)
                    _cells.Add(cell);
            if (_cells.Count == 0)
                return null;
            var hidden = reader.RowHeight == 0;
            if (hidden)
                _notes.HiddenRow(_row);
            return new Row(_row, _cells.ToArray(), hidden);
        }

        private Cell? Read(int i)
        {
            var value = reader.GetValue(i);
            if (value is null)
            {
                if (document._texts.TryGetValue((sheet.Index, _row, i + 1), out var given))
                    return given.Length == 0 ? null : new Cell(i + 1, CellKind.Text, given);
                if (!document._errors.TryGetValue((sheet.Index, _row, i + 1), out var error))
                    return null;
                _notes.Error(_row, i + 1);
                return new Cell(i + 1, CellKind.Error, error);
            }
            var format = NumberFormat.Of(reader.GetNumberFormatString(i));
            switch (value)
            {
                case string { Length: 0 }:
                    return null;
                case string text:
                    if (text.Length > document.Limits.MaxCellCharacters)
                        throw new RefusedException(ReadingFindings.CellTooLong(document.FileName, _row, sheet.Name, document.Limits.MaxCellCharacters));
                    if (text.AsSpan().IndexOfAny('\uFFFD', '\0') < 0)
                        return new Cell(i + 1, CellKind.Text, text, format.Code);
                    document.Findings.Add(
                        ReadingFindings.ReplacementCharacter(
                            document.FileName,
                            sheet.Name,
                            _row,
                            ReadingFindings.Letters(i + 1),
                            text.Replace("\0", "<NUL>", StringComparison.Ordinal)
                        )
                    );
                    _notes.Error(_row, i + 1);
                    return new Cell(i + 1, CellKind.Error, "#DAMAGED");
                case double number:
                    return Number(i, StoredNumber.Shown(number), format);
                case int whole:
                    return Number(i, whole.ToString(CultureInfo.InvariantCulture), format);
                case bool truth:
                    return new Cell(i + 1, CellKind.Boolean, truth ? "TRUE" : "FALSE", format.Code);
                // The library takes some formats for dates that show a number: General"万元" has a d in no word of its own.
                case DateTime moment when Serial(moment) is var serial && format.KindOf(serial) is FormatKind.Number or FormatKind.Elapsed:
                    return new Cell(i + 1, CellKind.Number, serial, format.Code);
                case DateTime moment:
                    // Times of day come on the day before the epoch.
                    return new Cell(
                        i + 1,
                        CellKind.Date,
                        moment.Year < 1900 ? moment.ToString("HH:mm:ss", CultureInfo.InvariantCulture) : SerialDate.Iso(Rounded(moment)),
                        format.Code
                    );
                case TimeSpan elapsed:
                    return new Cell(i + 1, CellKind.Number, StoredNumber.Shown(elapsed.TotalDays), format.Code);
                default:
                    return new Cell(i + 1, CellKind.Text, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", format.Code);
            }
        }

        /// <summary>A number, or the date that it is under its format: years of an era and names of weekdays are none to the library.</summary>
        private Cell Number(int i, string stored, NumberFormat format) =>
            format.KindOf(stored) is var kind and (FormatKind.DateTime or FormatKind.TimeOfDay)
            && SerialDate.Read(stored, kind, document._epoch1904) is { } date
                ? new Cell(i + 1, CellKind.Date, date, format.Code)
                : new Cell(i + 1, CellKind.Number, stored, format.Code);

        /// <summary>The number that the library made a moment of. It keeps milliseconds: seven decimals of a day are all there is, and an amount has six.</summary>
        private string Serial(DateTime moment)
        {
            var serial = moment.ToOADate() - (document._epoch1904 ? 1462 : 0);
            // It moves what lies before the leap day that never was.
            if (!document._epoch1904 && serial is >= 1 and < 61)
                serial--;
            return StoredNumber.Shown(Math.Round(serial, 7));
        }

        private static DateTime Rounded(DateTime moment) =>
            moment.Ticks % TimeSpan.TicksPerSecond == 0
                ? moment
                : new DateTime((moment.Ticks + TimeSpan.TicksPerSecond / 2) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond);
    }

    /// <summary>Lets the parser read only while there is time: loops over damaged chains all come through here.</summary>
    private sealed class DeadlineStream(XlsParser document, Stream inner) : Stream
    {
        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            document.CheckTime(document._startedAt);
            return inner.Read(buffer);
        }

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => inner.Length;
        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
