using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Innovation1551.Returns.Reading.Child;

/// <summary>
/// A file that is parsed by a child process. The child is started when the rows are asked for; it is stopped when it takes too long over
/// a row, or too much memory, and its end without a farewell is a finding.
/// </summary>
internal sealed class ChildDocument : OpenedDocument
{
    private readonly string _path;
    private ChildSheet? _sheet;

    public ChildDocument(string path) => _path = Path.GetFullPath(path);

    public override IEnumerable<Sheet> Sheets() => [_sheet ??= new ChildSheet(this)];

    private sealed class ChildSheet(ChildDocument document) : StreamedSheet(document)
    {
        public override string Name => System.IO.Path.GetFileNameWithoutExtension(document.FileName);
        public override int Index => 1;
        protected override RowCursor OpenCursor() => new ChildCursor(document);
    }

    private sealed class ChildCursor : RowCursor
    {
        private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(50);

        private readonly ChildDocument _document;
        private readonly Process _process;
        private readonly Timer _timer;
        private readonly StreamReader _lines;
        private int _width;
        private int _row;
        private bool _ended;
        private long _waitingSince;
        private volatile bool _late;
        private volatile bool _large;

        public ChildCursor(ChildDocument document)
        {
            _document = document;
            var program = ChildProgram.Find() ?? throw new RefusedException(ReadingFindings.ParserCrashed(document.FileName, document.Format, "the program for the child process was not found"));
            var start = new ProcessStartInfo(program.FileName)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
                UseShellExecute = false,
                CreateNoWindow = true,
                StandardOutputEncoding = new System.Text.UTF8Encoding(false, true),
            };
            foreach (var argument in program.Leading) start.ArgumentList.Add(argument);
            foreach (var argument in new[] { ChildReader.Verb, document.Format, document._path, document.Limits.MaxMemoryBytes.ToString(CultureInfo.InvariantCulture) }) start.ArgumentList.Add(argument);
            start.Environment["DOTNET_GCHeapHardLimit"] = "0x" + (document.Limits.MaxMemoryBytes / 2).ToString("X", CultureInfo.InvariantCulture);
            start.Environment["DOTNET_TieredPGO"] = "0";
            start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
            try
            {
                _process = Process.Start(start)!;
            }
            catch (Win32Exception fault)
            {
                throw new RefusedException(ReadingFindings.ParserCrashed(document.FileName, document.Format, fault.Message));
            }
            // What a dying parser writes is not for people; it is read so that the pipe does not fill.
            _process.ErrorDataReceived += static (_, _) => { };
            _process.BeginErrorReadLine();
            _process.StandardInput.Close();
            _lines = _process.StandardOutput;
            _timer = new Timer(static state => ((ChildCursor)state!).Check(), this, Watch, Watch);
        }

        public override Row? Next()
        {
            if (_ended) return null;
            while (true)
            {
                Volatile.Write(ref _waitingSince, Stopwatch.GetTimestamp());
                var line = _lines.ReadLine();
                Volatile.Write(ref _waitingSince, 0);
                if (_late) throw new RefusedException(ReadingFindings.TooSlow(_document.FileName, _document.Limits.MaxTime));
                if (_large) throw new RefusedException(ReadingFindings.LimitExceeded(_document.FileName, nameof(ReadLimits.MaxMemoryBytes), "child", _document.Limits.MaxMemoryBytes.ToString(CultureInfo.InvariantCulture)));
                if (line is null) throw Crashed();
                using var json = JsonDocument.Parse(line);
                if (Message(json.RootElement) is { } row) return row;
                if (_ended) return null;
            }
        }

        public override void Dispose()
        {
            _timer.Dispose();
            Kill();
            _process.Dispose();
            base.Dispose();
        }

        private Row? Message(JsonElement message)
        {
            if (message.ValueKind == JsonValueKind.Array) return ReadRow(message);
            if (message.TryGetProperty("refused", out var refused))
                throw new RefusedException(ReadingFindings.ColumnarRefused(_document.FileName, _document.Format, ReadingFindings.Quote(refused.GetString() ?? "")));
            if (message.TryGetProperty("end", out _))
            {
                _ended = true;
                return null;
            }
            var cells = new List<Cell>();
            foreach (var name in message.GetProperty("columns").EnumerateArray())
            {
                _width++;
                if (name.GetString() is { Length: > 0 } text) cells.Add(new Cell(_width, CellKind.Text, text));
            }
            if (_width > _document.Limits.MaxColumns) throw new RefusedException(ReadingFindings.TooManyColumns(_document.FileName, 1, null, _document.Limits.MaxColumns));
            // Row 0: the names are part of the format, not a row of the table.
            return new Row(0, cells) { Fields = _width };
        }

        private Row ReadRow(JsonElement items)
        {
            _row++;
            var cells = new List<Cell>(_width);
            var column = 0;
            foreach (var item in items.EnumerateArray())
            {
                column++;
                if (item.ValueKind == JsonValueKind.Null) continue;
                var text = item.GetString()!;
                if (text.Length > _document.Limits.MaxCellCharacters) throw new RefusedException(ReadingFindings.CellTooLong(_document.FileName, _row, null, _document.Limits.MaxCellCharacters));
                if (text.AsSpan().IndexOfAny('\uFFFD', '\0') >= 0)
                {
                    _document.Findings.Add(ReadingFindings.ReplacementCharacter(_document.FileName, null, _row, ReadingFindings.Letters(column), text[1..].Replace("\0", "<NUL>", StringComparison.Ordinal)));
                    cells.Add(new Cell(column, CellKind.Error, "#DAMAGED"));
                }
                else cells.Add(new Cell(column, RowWriter.KindOf(text[0]), text[1..]));
            }
            return new Row(_row, cells.ToArray()) { Fields = _width };
        }

        /// <summary>Looks after the child while we wait for its next line.</summary>
        private void Check()
        {
            try
            {
                var since = Volatile.Read(ref _waitingSince);
                if (since != 0 && _document.Remaining < Stopwatch.GetElapsedTime(since)) _late = true;
                _process.Refresh();
                // The runtime and the engine take some 100 MB before the first byte is read; the limit is for all of it.
                if (!_process.HasExited && _process.WorkingSet64 > _document.Limits.MaxMemoryBytes) _large = true;
                if (_late || _large) Kill();
            }
            catch (InvalidOperationException)
            {
                // It ended, or was disposed of, between two looks: nothing is left to look after.
                _timer.Change(Timeout.Infinite, Timeout.Infinite);
            }
        }

        private RefusedException Crashed()
        {
            _process.WaitForExit();
            return new RefusedException(ReadingFindings.ParserCrashed(_document.FileName, _document.Format, $"exit code {_process.ExitCode}"));
        }

        private void Kill()
        {
            try
            {
                if (!_process.HasExited) _process.Kill(entireProcessTree: true);
            }
            catch (InvalidOperationException)
            {
                // It has ended already, which is what was wanted.
                _ended = true;
            }
        }
    }
}
