using System.Text.Json;
using Innovation1551.Models;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Child;

/// <summary>A columnar file (Parquet, Arrow) that is parsed by a child process, which is started when the rows are asked for.</summary>
internal sealed class ChildDocument(string path) : OpenedDocument
{
    private readonly string _path = System.IO.Path.GetFullPath(path);
    private ChildSheet? _sheet;

    public override IEnumerable<Sheet> Sheets() => [_sheet ??= new ChildSheet(this)];

    private sealed class ChildSheet(ChildDocument document) : StreamedSheet(document)
    {
        public override string Name => System.IO.Path.GetFileNameWithoutExtension(document.FileName);
        public override int Index => 1;

        protected override RowCursor OpenCursor() => new ChildCursor(document);
    }

    private sealed class ChildCursor(ChildDocument document) : RowCursor
    {
        private readonly ChildProcess _child = new(document, document.Format, document._path);
        private int _width;
        private int _row;
        private bool _ended;

        public override Row? Next()
        {
            while (!_ended)
            {
                using var json = JsonDocument.Parse(_child.ReadLine());
                if (Message(json.RootElement) is { } row)
                    return row;
            }
            return null;
        }

        public override void Dispose()
        {
            _child.Dispose();
            base.Dispose();
        }

        private Row? Message(JsonElement message)
        {
            if (message.ValueKind == JsonValueKind.Array)
                return ReadRow(message);
            if (message.TryGetProperty("refused", out var refused))
            {
                throw new RefusedException(ReadingFindings.ColumnarRefused(document.FileName, document.Format, Words(refused.GetString() ?? "", message)));
            }
            if (message.TryGetProperty("end", out _))
            {
                _ended = true;
                return null;
            }
            var cells = new List<Cell>();
            foreach (var name in message.GetProperty("columns").EnumerateArray())
            {
                _width++;
                if (name.GetString() is { Length: > 0 } text)
                    cells.Add(Sound(_width, CellKind.Text, text));
            }
            if (_width > document.Limits.MaxColumns)
                throw new RefusedException(ReadingFindings.TooManyColumns(document.FileName, 1, null, document.Limits.MaxColumns));
            // Row 0: the names are part of the format, not a row of the table.
            return new Row(0, cells) { Fields = _width };
        }

        /// <summary>What the child met, for a person; the parser's own words are for its makers.</summary>
        private static Text Words(string reason, JsonElement message) =>
            reason switch
            {
                RowWriter.Unsupported when message.TryGetProperty("what", out var what) => new(
                    $"含有不读取的列类型 {ReadingFindings.Quote(what.GetString() ?? "")}",
                    $"it has a column of the type {ReadingFindings.Quote(what.GetString() ?? "")}, which is not read"
                ),
                RowWriter.BigEndian => new(
                    "由大端字节序的机器写成，数值的字节次序与本机相反",
                    "it was written on a big-endian machine, with the bytes of its numbers in the other order"
                ),
                _ => new("内部结构不完整或互相矛盾，文件可能已损坏或被截断", "its structure is cut off or contradicts itself; the file may be damaged"),
            };

        private Row ReadRow(JsonElement items)
        {
            _row++;
            var cells = new List<Cell>(_width);
            var column = 0;
            foreach (var item in items.EnumerateArray())
            {
                column++;
                if (item.ValueKind == JsonValueKind.Null)
                    continue;
                var text = item.GetString()!;
                if (text.Length > document.Limits.MaxCellCharacters)
                    throw new RefusedException(ReadingFindings.CellTooLong(document.FileName, _row, null, document.Limits.MaxCellCharacters));
                cells.Add(Sound(column, RowWriter.KindOf(text[0]), text[1..]));
            }
            return new Row(_row, cells.ToArray()) { Fields = _width };
        }

        /// <summary>The cell, or a finding in the place of damaged text.</summary>
        private Cell Sound(int column, CellKind kind, string text)
        {
            if (text.AsSpan().IndexOfAny('\uFFFD', '\0') < 0)
                return new(column, kind, text);
            document.Findings.Add(
                ReadingFindings.ReplacementCharacter(
                    document.FileName,
                    null,
                    _row,
                    ReadingFindings.Letters(column),
                    text.Replace("\0", "<NUL>", StringComparison.Ordinal)
                )
            );
            return new(column, CellKind.Error, "#DAMAGED");
        }
    }
}
