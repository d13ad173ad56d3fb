using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using Apache.Arrow;

namespace Innovation1551.Models.Exchange;

/// <summary>
/// A workbook of two sheets: the rows, and what they are. It is written straight into the zip, because the library keeps a sheet in memory
/// until it is whole. Text is text, so that nothing in it can act as a formula. A cell holds a number of 15 digits: a longer exact one is a text.
/// </summary>
internal sealed class XlsxFormat : ITableFormat
{
    /// <summary>Rows that a sheet can hold below its header.</summary>
    private const int MaxRows = 1_048_575;
    private const int MaxColumns = 16_384;

    /// <summary>Excel's calendar has a 29 February 1900: days before it would be another day there.</summary>
    private static readonly DateOnly FirstSafeDay = new(1900, 3, 1);
    private static readonly int DayZero = new DateOnly(1899, 12, 30).DayNumber;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Head = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";

    public string Name => "xlsx";

    public ColumnFit Fit(string type) => TableFormats.AsText(type);

    public async Task<long> Write(TableRows rows, TableAbout about, Stream stream, TableNotes notes, CancellationToken cancel)
    {
        var names = rows.Schema.FieldsList.Select(f => f.Name).ToArray();
        if (names.Length > MaxColumns)
            throw new TableRefusedException(
                new(
                    $"结果有 {names.Length} 列，工作表最多 {MaxColumns} 列；请改用其他格式",
                    $"the result has {names.Length} columns and a sheet holds {MaxColumns}; use another format"
                )
            );
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        long count = 0,
            written;
        using (var part = Part("xl/worksheets/sheet1.xml"))
        {
            var sheet = new Sheet(part, names);
            sheet.Heading();
            await foreach (var batch in rows.Batches.WithCancellation(cancel))
                using (batch)
                {
                    sheet.Rows(batch, rows.Kinds, (int)Math.Min(batch.Length, MaxRows - Math.Min(count, MaxRows)), notes);
                    count += batch.Length;
                }
            sheet.End();
            written = Math.Min(count, MaxRows);
        }
        if (count > MaxRows)
            notes.Say(
                new(
                    $"结果有 {count} 行，工作表只容 {MaxRows} 行：后 {count - MaxRows} 行没有写入；请改用 csv、parquet 或 arrow",
                    $"the result has {count} rows and a sheet holds {MaxRows}: the last {count - MaxRows} are not in it; use csv, parquet or arrow"
                )
            );
        using (var part = Part("xl/worksheets/sheet2.xml"))
            About(part, about, written, notes);
        Put(
            "xl/workbook.xml",
            $"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="result" sheetId="1" r:id="rId1"/><sheet name="说明 about" sheetId="2" r:id="rId2"/></sheets></workbook>"""
        );
        Put(
            "xl/_rels/workbook.xml.rels",
            $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Relations}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="{Relations}/styles" Target="styles.xml"/></Relationships>"""
        );
        Put(
            "xl/styles.xml",
            $"""<styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>"""
        );
        Put(
            "_rels/.rels",
            $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
        );
        Put(
            "[Content_Types].xml",
            """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"""
        );
        return written;

        Stream Part(string name)
        {
            var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
            // The same rows make the same bytes.
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            return entry.Open();
        }

        void Put(string name, string xml)
        {
            using var part = Part(name);
            part.Write(Encoding.UTF8.GetBytes(Head + xml));
        }
    }

    private static void About(Stream part, TableAbout about, long rows, TableNotes notes)
    {
        var sheet = new Sheet(part, []);
        Line("发布版本 / release", about.Release);
        Line("阶段 / stage", about.Stage);
        Line("示例数据 / synthetic", about.IsSynthetic ? TableAbout.Synthetic.ToString() : "否 / no");
        Line("标题 / title", about.Title?.ToString());
        Line("行数 / rows", rows.ToString(CultureInfo.InvariantCulture));
        // A query may be longer than a cell.
        foreach (var (piece, i) in (about.Query ?? "").Chunk(WorkbookText.Longest / 2).Select((p, i) => (new string(p), i)))
            Line(i == 0 ? "查询 / query" : "", piece);
        foreach (var note in notes.All)
            Line("说明 / note", note.ToString());
        sheet.Texts([]);
        sheet.Texts(["列 / column", "类型 / type", "单位 / unit", "含义 / meaning"]);
        foreach (var column in about.Columns)
            sheet.Texts([column.Name, column.Type, column.Unit?.ToString() ?? "", column.Meaning ?? ""]);
        sheet.End();

        void Line(string name, string? value)
        {
            if (value is not null)
                sheet.Texts([name, value]);
        }
    }

    /// <summary>One sheet as it grows.</summary>
    private sealed class Sheet
    {
        private readonly TextBuffer _buffer;
        private readonly string[] _names;
        private readonly byte[][] _letters;
        private int _row;

        public Sheet(Stream stream, string[] names)
        {
            _buffer = new(stream);
            _names = names;
            _letters = [.. Enumerable.Range(0, Math.Max(4, names.Length)).Select(i => Encoding.ASCII.GetBytes(Letters(i)))];
            _buffer.Add(Head + $"""<worksheet xmlns="{Main}"><sheetData>""");
        }

        public void Heading() => Texts(_names);

        public void Texts(string[] texts)
        {
            Begin();
            for (var i = 0; i < texts.Length; i++)
                Text(i, Encoding.UTF8.GetBytes(texts[i]), null);
            _buffer.Add("</row>"u8);
        }

        public void End()
        {
            _buffer.Add("</sheetData></worksheet>"u8);
            _buffer.Drain(all: true);
        }

        public void Rows(RecordBatch batch, IReadOnlyList<HeldAs> kinds, int rows, TableNotes notes)
        {
            var columns = batch.Arrays.Cast<StringArray>().ToArray();
            for (var r = 0; r < rows; r++)
            {
                Begin();
                for (var i = 0; i < columns.Length; i++)
                {
                    var value = columns[i].GetBytes(r, out var isNull);
                    if (!isNull)
                        Value(i, value, kinds[i], notes);
                }
                _buffer.Add("</row>"u8);
                _buffer.Drain();
            }
        }

        private void Value(int column, ReadOnlySpan<byte> value, HeldAs kind, TableNotes notes)
        {
            switch (kind)
            {
                case HeldAs.Truth:
                    Cell(column, " t=\"b\""u8, value[0] == (byte)'t' ? "1"u8 : "0"u8);
                    return;
                case HeldAs.Number when Digits(value) <= 15:
                case HeldAs.Float when value[^1] is >= (byte)'0' and <= (byte)'9':
                    Cell(column, default, value);
                    return;
                case HeldAs.Date
                    when DateOnly.TryParseExact(Encoding.ASCII.GetString(value), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                        && day >= FirstSafeDay:
                    Span<byte> serial = stackalloc byte[8];
                    (day.DayNumber - DayZero).TryFormat(serial, out var length, default, CultureInfo.InvariantCulture);
                    Cell(column, " s=\"1\""u8, serial[..length]);
                    return;
                case HeldAs.Number:
                    notes.Count(
                        _names[column],
                        "digits",
                        n =>
                            new(
                                $"{_names[column]} 列有 {n} 格超过 15 位数字，写为文本",
                                $"{n} cells of the column {_names[column]} have more than 15 digits and are written as text"
                            )
                    );
                    break;
                case HeldAs.Float:
                    notes.Count(
                        _names[column],
                        "float",
                        n =>
                            new(
                                $"{_names[column]} 列有 {n} 格为 nan 或 inf，写为文本",
                                $"{n} cells of the column {_names[column]} are nan or inf and are written as text"
                            )
                    );
                    break;
                case HeldAs.Date:
                    notes.Count(
                        _names[column],
                        "date",
                        n =>
                            new(
                                $"{_names[column]} 列有 {n} 格的日期超出工作表的日历，写为文本",
                                $"{n} cells of the column {_names[column]} are days outside a workbook's calendar and are written as text"
                            )
                    );
                    break;
            }
            Text(column, value, notes);
        }

        private static int Digits(ReadOnlySpan<byte> value)
        {
            var digits = 0;
            foreach (var b in value)
                digits += b is >= (byte)'0' and <= (byte)'9' ? 1 : 0;
            return digits;
        }

        private void Begin()
        {
            _row++;
            _buffer.Add("<row r=\""u8);
            _buffer.AddNumber(_row);
            _buffer.Add("\">"u8);
        }

        private void Cell(int column, ReadOnlySpan<byte> attributes, ReadOnlySpan<byte> value)
        {
            Open(column, attributes);
            _buffer.Add("<v>"u8);
            _buffer.Add(value);
            _buffer.Add("</v></c>"u8);
        }

        private void Open(int column, ReadOnlySpan<byte> attributes)
        {
            _buffer.Add("<c r=\""u8);
            _buffer.Add(_letters[column]);
            _buffer.AddNumber(_row);
            _buffer.Add((byte)'"');
            _buffer.Add(attributes);
            _buffer.Add((byte)'>');
        }

        private void Text(int column, ReadOnlySpan<byte> value, TableNotes? notes)
        {
            Open(column, " t=\"inlineStr\""u8);
            _buffer.Add("<is><t xml:space=\"preserve\">"u8);
            if (IsPlain(value))
                _buffer.Add(value);
            else
            {
                var text = Encoding.UTF8.GetString(value);
                if (text.Length > WorkbookText.Longest)
                    notes?.Count(
                        _names[column],
                        "long",
                        n =>
                            new(
                                $"{_names[column]} 列有 {n} 格超过 {WorkbookText.Longest} 个字符，只写入开头",
                                $"{n} cells of the column {_names[column]} are longer than {WorkbookText.Longest} characters: only their beginning is written"
                            )
                    );
                _buffer.Add(SecurityElement.Escape(WorkbookText.Stored(text)));
            }
            _buffer.Add("</t></is></c>"u8);
        }

        /// <summary>True where a text is stored as it stands: short, and with nothing that XML or the workbook would take for something else.</summary>
        private static bool IsPlain(ReadOnlySpan<byte> value) =>
            value.Length <= WorkbookText.Longest
            && value.IndexOfAny("<>&_"u8) < 0
            && value.IndexOfAnyInRange((byte)0, (byte)31) < 0
            && value.IndexOf((byte)0xEF) < 0;

        private static string Letters(int column) => column < 26 ? ((char)('A' + column)).ToString() : Letters(column / 26 - 1) + (char)('A' + column % 26);
    }
}
