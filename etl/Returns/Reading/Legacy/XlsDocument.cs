using System.Text.Json;
using Innovation1551.Returns.Reading.Child;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Legacy;

/// <summary>
/// A damaged .xls as a child process told it. The parser took gigabytes and many seconds over some of them (fuzzing showed it), so
/// they are not read in this process; an .xls has at most 65,536 rows a sheet, so what comes back fits in memory, and is counted.
/// </summary>
internal sealed class XlsDocument : OpenedDocument
{
    private readonly List<XlsSheet> _sheets = [];

    public override IEnumerable<Sheet> Sheets() => _sheets;

    public bool Load(string path) => Guard(() => Receive(Path.GetFullPath(path)));

    private void Receive(string path)
    {
        using var child = new ChildProcess(this, "xls", path);
        // One object for each format: cells of a column share it.
        var formats = new Dictionary<string, string>(StringComparer.Ordinal);
        long bytes = 0;
        while (true)
        {
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            var line = child.ReadLine();
            Spend(System.Diagnostics.Stopwatch.GetTimestamp() - start);
            if (Refused)
                return;
            bytes += line.Length * 2L;
            if (bytes > Limits.MaxMemoryBytes / 2)
                throw new RefusedException(
                    ReadingFindings.LimitExceeded(FileName, nameof(ReadLimits.MaxMemoryBytes), bytes.ToString(), (Limits.MaxMemoryBytes / 2).ToString())
                );
            // The child says so itself when its parser fails in a way that is no finding.
            if (line.StartsWith("{\"refused\"", StringComparison.Ordinal))
                throw new RefusedException(ReadingFindings.ParserCrashed(FileName, Format, ReadingFindings.Quote(line)));
            var message = JsonSerializer.Deserialize<XlsMessage>(line)!;
            if (message.Sheet is { } sheet)
                _sheets.Add(new XlsSheet(sheet, _sheets.Count + 1));
            else if (message.Row is { } row)
                _sheets[^1].All.Add(ToRow(row, formats));
            else if (message.End is { } end)
            {
                Findings.AddRange(end.Findings.Select(f => f with { File = FileName }));
                Refused = end.Refused;
                return;
            }
        }
    }

    private static Row ToRow(XlsRowMessage message, Dictionary<string, string> formats)
    {
        var cells = new Cell[message.Columns.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var format = message.Formats[i];
            if (format is not null && !formats.TryAdd(format, format))
                format = formats[format];
            cells[i] = new Cell(message.Columns[i], RowWriter.KindOf(message.Texts[i][0]), message.Texts[i][1..], format);
        }
        return new Row(message.Number, cells, message.Hidden);
    }

    private sealed class XlsSheet(XlsSheetMessage message, int index) : Sheet
    {
        public List<Row> All { get; } = [];
        public override string Name => message.Name;
        public override int Index => index;
        public override bool Hidden => message.Hidden;
        public override IReadOnlyList<MergedRange> Merged { get; } = [.. message.Merged.Select(m => new MergedRange(m[0], m[1], m[2], m[3]))];
        public override IReadOnlySet<int> HiddenColumns { get; } = message.HiddenColumns.ToHashSet();

        public override IEnumerable<Row> Rows() => All;
    }
}
