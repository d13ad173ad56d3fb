using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;
using Innovation1551.Models.Warehouse;
using Innovation1551.Specs.Reading;
using Xunit;

namespace Innovation1551.Specs.Exchange;

/// <summary>What leaves in any format is read again by a reader that is not ours, and equal value by value; what a format cannot hold is said.</summary>
public sealed class ExchangeSpecs : IDisposable
{
    private const string Python = "/usr/bin/python3";

    /// <summary>By column: its type and two values, as SQL; a third row is null but for its number.</summary>
    private static readonly (string Name, string Type, string First, string Second)[] Columns =
    [
        ("id", "integer", "1", "2"),
        ("b", "boolean", "true", "false"),
        ("i1", "tinyint", "-128", "127"),
        ("i2", "smallint", "-32768", "32767"),
        ("i4", "integer", "-2147483648", "2147483647"),
        ("i8", "bigint", "-9223372036854775808", "9007199254740993"),
        ("u1", "utinyint", "255", "0"),
        ("u2", "usmallint", "65535", "0"),
        ("u4", "uinteger", "4294967295", "0"),
        ("u8", "ubigint", "18446744073709551615", "0"),
        ("i16", "hugeint", "'-170141183460469231731687303715884105728'", "99999999999999999999999999999999999999"),
        ("i16_small", "hugeint", "-1", "12345678901234567890"),
        ("u16", "uhugeint", "'340282366920938463463374607431768211455'", "0"),
        ("big", "bignum", "'12345678901234567890123456789012345678901234567890'", "'-1'"),
        ("f4", "float", "'nan'", "0.1"),
        ("f4_inf", "float", "'-inf'", "1.5"),
        ("f8", "double", "0.1", "1e300"),
        ("f8_nan", "double", "'nan'", "'inf'"),
        ("d4", "decimal(4,1)", "-999.9", "0.1"),
        ("d9", "decimal(9,2)", "1234567.89", "-0.01"),
        ("d18", "decimal(18,4)", "99999999999999.9999", "0"),
        ("d38", "decimal(38,10)", "1234567890123456789012345678.0123456789", "-0.0000000001"),
        ("s", "varchar", "'=1+1'", "'＝SUM(A1),\"引号\"' || chr(10) || '\t换行 𠮷'"),
        ("s_odd", "varchar", "'+1'", "''"),
        ("blob", "blob", "'\\x00\\xFF'", "'x'"),
        ("bit", "bit", "'0101'", "'1'"),
        ("day", "date", "'0001-01-01'", "'2024-02-29'"),
        ("time", "time", "'23:59:59.999999'", "'00:00:00'"),
        ("timetz", "timetz", "'12:00:00+08'", "'00:00:00-12'"),
        ("time_ns", "time_ns", "'00:00:00.000000001'", "'12:00:00'"),
        ("ts", "timestamp", "'2024-02-29 23:59:59.123456'", "'1900-02-28 00:00:00'"),
        ("ts_s", "timestamp_s", "'2024-02-29 23:59:59'", "'1969-12-31 23:59:59'"),
        ("ts_ms", "timestamp_ms", "'2024-02-29 23:59:59.123'", "'1970-01-01 00:00:00.001'"),
        ("ts_ns", "timestamp_ns", "'2024-02-29 23:59:59.123456789'", "'1970-01-01 00:00:00.000000001'"),
        ("ts_tz", "timestamptz", "'2024-02-29 23:59:59.5+08'", "'1900-01-01 00:00:00+00'"),
        ("span", "interval", "'1 year 2 months 3 days 04:05:06.789'", "'-1 day'"),
        ("uuid", "uuid", "'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'", "'00000000-0000-0000-0000-000000000000'"),
        ("choice", "enum('a','b')", "'b'", "'a'"),
        ("js", "json", "'{\"k\":[1,2.50,null]}'", "'\"t\"'"),
        ("list", "integer[]", "[1,null,3]", "[]"),
        ("texts", "varchar[]", "['a,b','\"']", "['']"),
        ("array", "integer[3]", "[1,2,3]", "[null,0,-1]"),
        ("record", "struct(x integer, y struct(z varchar))", "{'x':1,'y':{'z':'w'}}", "{'x':null,'y':{'z':null}}"),
        ("map", "map(varchar, decimal(2,1))", "map{'k':1.5,'l':null}", "map{}"),
        ("both", "union(n integer, s varchar)", "union_value(n := 5)", "union_value(s := 'x')"),
        ("records", "struct(a date, b hugeint)[]", "[{'a':date '2024-01-01','b':1::hugeint}]", "[]"),
        ("nothing", "\"null\"", "null", "null"),
    ];

    private static readonly string All = string.Join(
        " union all ",
        new[] { 1, 2, 3 }.Select(row =>
            "select "
            + string.Join(
                ", ",
                Columns.Select(c =>
                    c.Type == "\"null\""
                        ? $"null as \"{c.Name}\""
                        : $"cast({(row == 1 ? c.First : row == 2 ? c.Second : c.Name == "id" ? "3" : "null")} as {c.Type}) as \"{c.Name}\""
                )
            )
        )
    );

    private readonly ScratchFolder _folder = new();
    private readonly DuckDBConnection _shell = new("DataSource=:memory:");

    public ExchangeSpecs()
    {
        _shell.Open();
        _shell.Run("set timezone = 'UTC'");
    }

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<string> Formats() => [.. TableFormats.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_type_is_read_again_by_a_foreign_reader_as_it_was(string format)
    {
        var (path, notes) = Write(format, $"select * from ({All})");
        var texts = Texts($"select {string.Join(", ", Columns.Select(c => $"\"{c.Name}\"::varchar"))} from ({All})");
        var nested = Texts($"select {string.Join(", ", Columns.Select(c => $"to_json(\"{c.Name}\")::varchar"))} from ({All})");
        var read = Read(path);
        Assert.Equal(3, read.Count);
        for (var row = 0; row < 3; row++)
        for (var column = 0; column < Columns.Length; column++)
        {
            var (expected, got, name) = (texts[row][column], read[row][column], Columns[column].Name);
            // A format of text has no other sign for null; the empty text of a workbook is a blank cell.
            if (format is "csv" or "xlsx" && string.IsNullOrEmpty(expected) && string.IsNullOrEmpty(got))
                continue;
            // Some numbers and texts stand behind an apostrophe; that is said.
            if (format == "csv" && got is ['\'', .. var rest] && rest == expected)
            {
                Assert.Contains(notes, n => n.En.Contains($"column {name} ", StringComparison.Ordinal));
                continue;
            }
            Assert.True(Same(expected, got) || Same(nested[row][column], got), $"{format} {name}, row {row + 1}: {expected} became {got}");
        }
        // Types that the format lacks are named, and no others.
        string[] lacking = format switch
        {
            "parquet" => ["i16", "i16_small", "u16", "big", "bit", "timetz", "span", "both", "records"],
            "arrow" => ["i16", "i16_small", "u16", "big", "bit", "timetz", "both", "records"],
            _ => [],
        };
        foreach (var name in lacking)
            Assert.Contains(notes, n => n.En.Contains($"column {name} ", StringComparison.Ordinal));
        if (lacking.Length > 0)
            Assert.Empty(notes.Where(n => !lacking.Concat(["time_ns"]).Any(l => n.En.Contains($"column {l} ", StringComparison.Ordinal))).Select(n => n.En));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void An_empty_result_is_a_table_with_its_columns(string format)
    {
        var (path, _) = Write(format, $"select * from ({All}) where false");
        Assert.Empty(Read(path));
        if (format == "csv")
            Assert.Equal(Columns.Select(c => c.Name), File.ReadAllLines(path).Single().Split(','));
        if (format == "parquet")
            Assert.Equal(Columns.Length, Texts($"select column_name from (describe from '{path}')").Count);
        if (format == "arrow")
        {
            using var reader = new ArrowFileReader(File.OpenRead(path));
            Assert.Equal(Columns.Select(c => c.Name), reader.Schema.FieldsList.Select(f => f.Name));
        }
    }

    /// <summary>One row more than a sheet of a workbook holds.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public void More_rows_than_a_sheet_holds_are_all_there_or_it_is_said_how_many_are_not(string format)
    {
        const int rows = 1_048_577;
        var (path, notes) = Write(format, $"select range as n from range({rows})", out var written);
        if (format == "xlsx")
        {
            Assert.Equal(1_048_575, written);
            Assert.Contains("the last 2 are not in it", Assert.Single(notes).En, StringComparison.Ordinal);
            using var zip = ZipFile.OpenRead(path);
            using var text = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
            Assert.Contains("<c r=\"A1048576\"", text.ReadToEnd(), StringComparison.Ordinal);
            return;
        }
        Assert.Equal((rows, 0), (written, notes.Count));
        var sum = format switch
        {
            "csv" or "parquet" => Texts($"select sum(n)::varchar from '{path}'")[0][0],
            "json" => Texts($"select sum(r.n)::varchar from (select unnest(rows) as r from read_json('{path}', maximum_object_size = 1000000000))")[0][0],
            _ => Batches(path)
                .Sum(b => Enumerable.Range(0, b.Length).Sum(i => ((Int64Array)b.Column(0)).GetValue(i)!.Value))
                .ToString(CultureInfo.InvariantCulture),
        };
        Assert.Equal(((long)rows * (rows - 1) / 2).ToString(CultureInfo.InvariantCulture), sum);
    }

    /// <summary>Release, stage, synthetic mark, unit and query go with the table, in the place that its format has for that.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public void What_a_table_is_goes_with_it(string format)
    {
        var (path, _) = Write(format, "select 1 as value");
        var said = format switch
        {
            "csv" => "",
            "json" => File.ReadAllText(path),
            "parquet" => string.Join("\n", Texts($"select decode(key) || '=' || decode(value) from parquet_kv_metadata('{path}')").Select(r => r[0])),
            "arrow" => Schema(path),
            _ => string.Join("\n", Sheet2(path)),
        };
        foreach (var part in format == "csv" ? [] : (string[])["r0001-abcd", "2024 final", "合成", "select 1 as value"])
            Assert.Contains(part, said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Where_the_query_fails_midway_or_is_stopped_what_stood_there_stands(string format)
    {
        var path = _folder.Write($"kept.{format}", "what was there"u8.ToArray());
        var place = NewFile.Check(path, replace: true, _folder["closed"]);
        var late = new QueryTable(
            _shell,
            "select case when range < 300000 then range else error('late') end as n from range(400000)",
            new Dictionary<string, object?>()
        );
        // Now and then the threads that the failing one interrupts are heard first; it is the failure that must be told.
        for (var time = 0; time < 20; time++)
            Assert.Contains(
                "late",
                Assert
                    .ThrowsAny<DuckDBException>(() =>
                        NewFile.Write(place, true, s => late.Write(Format(format), About, s, new(), TestContext.Current.CancellationToken))
                    )
                    .Message,
                StringComparison.Ordinal
            );
        using var stop = new CancellationTokenSource();
        var endless = new QueryTable(
            _shell,
            "select count(*) as n from range(100000) a, range(100000) b, range(1000) c where (a.range + b.range + c.range) % 7 = 8",
            new Dictionary<string, object?>()
        );
        stop.CancelAfter(300);
        Assert.ThrowsAny<Exception>(() => NewFile.Write(place, true, s => endless.Write(Format(format), About, s, new(), stop.Token)));
        Assert.Equal("what was there", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    /// <summary>Texts that a spreadsheet would run, also behind signs of full width.</summary>
    [Fact]
    public void Nothing_in_a_csv_runs_as_a_formula()
    {
        string[] hostile = ["=1", "+a", "-a", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", " =1", "\n=1"];
        var (path, notes) = Write("csv", $"select unnest([{string.Join(",", hostile.Select(Quoted))}]) as s, '-1.5'::decimal(4,1) as n");
        var read = Read(path);
        Assert.Equal(hostile.Length, read.Count);
        Assert.All(read, r => Assert.StartsWith("'", r[0], StringComparison.Ordinal));
        Assert.All(read, r => Assert.Equal("-1.5", r[1]));
        Assert.Contains($"{hostile.Length} cells of the column s", Assert.Single(notes).En, StringComparison.Ordinal);
    }

    private static readonly TableAbout About = new("r0001-abcd", "2024 final", true, null, []);

    private static ITableFormat Format(string name) => TableFormats.All.Single(f => f.Name == name);

    private (string Path, IReadOnlyList<Text> Notes) Write(string format, string query) => Write(format, query, out _);

    private (string Path, IReadOnlyList<Text> Notes) Write(string format, string query, out long rows)
    {
        var notes = new TableNotes();
        var place = NewFile.Check(_folder[$"t.{format}"], replace: true, _folder["closed"]);
        var written = NewFile.Write(
            place,
            true,
            s => new QueryTable(_shell, query, new Dictionary<string, object?>()).Write(Format(format), About, s, notes, TestContext.Current.CancellationToken)
        );
        rows = written;
        return (place, notes.All);
    }

    private static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private List<string?[]> Texts(string query)
    {
        using var command = _shell.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var rows = new List<string?[]>();
        while (reader.Read())
            rows.Add([
                .. Enumerable
                    .Range(0, reader.FieldCount)
                    .Select(i => reader.IsDBNull(i) ? null : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)),
            ]);
        return rows;
    }

    /// <summary>The rows as texts: Parquet by DuckDB, Arrow by Apache's reader, the others by Python.</summary>
    private List<string?[]> Read(string path)
    {
        switch (Path.GetExtension(path))
        {
            case ".parquet":
                return Texts(
                    $"select {string.Join(", ", Texts($"select column_name from (describe from '{path}')").Select(r => $"\"{r[0]}\"::varchar"))} from '{path}'"
                );
            case ".arrow":
                return [.. Batches(path).SelectMany(b => Enumerable.Range(0, b.Length).Select(row => b.Arrays.Select(a => Value(a, row)).ToArray()))];
            default:
                Assert.SkipUnless(
                    File.Exists(Python) && Run("-c", "import openpyxl").Code == 0,
                    $"there is no {Python} with openpyxl (Debian: python3-openpyxl)"
                );
                var (code, text) = Run(House.At("tests", "Readers", "read_table.py"), path);
                Assert.True(code == 0, text);
                return JsonSerializer.Deserialize<List<string?[]>>(text)!;
        }
    }

    private static (int Code, string Text) Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? text : text + error.Result);
    }

    /// <summary>Equal as they stand, or as numbers, or as moments.</summary>
    private static bool Same(string? expected, string? got)
    {
        if (expected == got)
            return true;
        if (expected is null || got is null)
            return false;
        if (expected.Trim('"') == got)
            return true;
        if (Number(expected) is { } a && Number(got) is { } b)
            return a == b;
        if (
            double.TryParse(expected, NumberStyles.Float, CultureInfo.InvariantCulture, out var x)
            && double.TryParse(got, NumberStyles.Float, CultureInfo.InvariantCulture, out var y)
        )
            return x.Equals(y);
        try
        {
            return Canonical(JsonDocument.Parse(expected).RootElement) == Canonical(JsonDocument.Parse(got).RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Canonical(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Canonical)) + "]",
            JsonValueKind.Object => "{" + string.Join(",", value.EnumerateObject().Select(p => p.Name + ":" + Canonical(p.Value))) + "}",
            JsonValueKind.String => value.GetString()!,
            _ => value.GetRawText(),
        };

    /// <summary>Digits and scale, exact at any length; null for what is no plain number.</summary>
    private static (BigInteger Digits, int Scale)? Number(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var (digits, scale) = point < 0 ? (text, 0) : (text.Remove(point, 1).TrimEnd('0'), text.TrimEnd('0').Length - point - 1);
        return BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? (value, scale) : null;
    }

    private static List<RecordBatch> Batches(string path)
    {
        using var reader = new ArrowFileReader(File.OpenRead(path), new Apache.Arrow.Compression.CompressionCodecFactory());
        var batches = new List<RecordBatch>();
        while (reader.ReadNextRecordBatch() is { } batch)
            batches.Add(batch);
        return batches;
    }

    private static string Schema(string path)
    {
        using var reader = new ArrowFileReader(File.OpenRead(path));
        _ = reader.ReadNextRecordBatch();
        return string.Join("\n", reader.Schema.Metadata.Select(m => m.Key + "=" + m.Value));
    }

    private static IEnumerable<string> Sheet2(string path)
    {
        using var document = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(path, false);
        return
        [
            .. document
                .WorkbookPart!.WorksheetParts.SelectMany(p => p.Worksheet!.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>())
                .Select(c => c.InnerText),
        ];
    }

    /// <summary>A value of Arrow as DuckDB would write it; what is nested as JSON.</summary>
    private static string? Value(IArrowArray array, int row)
    {
        if (array.IsNull(row))
            return null;
        return array switch
        {
            BooleanArray a => a.GetValue(row)!.Value ? "true" : "false",
            StringArray a => a.GetString(row),
            DictionaryArray a => Value(a.Dictionary, Convert.ToInt32(Value(a.Indices, row), CultureInfo.InvariantCulture)),
            FloatArray a => a.GetValue(row)!.Value.ToString("R", CultureInfo.InvariantCulture),
            DoubleArray a => a.GetValue(row)!.Value.ToString("R", CultureInfo.InvariantCulture),
            Decimal128Array a => a.GetString(row),
            Date32Array a => a.GetDateTime(row)!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Time64Array a => Clock(a.GetValue(row)!.Value, ((Time64Type)a.Data.DataType).Unit),
            TimestampArray a => Moment(a, row),
            BinaryArray a => string.Concat(a.GetBytes(row).ToArray().Select(b => b is >= 32 and < 127 ? ((char)b).ToString() : $"\\x{b:X2}")),
            FixedSizeListArray a => "["
                + string.Join(
                    ",",
                    Enumerable
                        .Range(0, ((FixedSizeListType)a.Data.DataType).ListSize)
                        .Select(i => Json(a.Values, row * ((FixedSizeListType)a.Data.DataType).ListSize + i))
                )
                + "]",
            MapArray a => "{"
                + string.Join(
                    ",",
                    Enumerable
                        .Range(a.ValueOffsets[row], a.GetValueLength(row))
                        .Select(i => JsonSerializer.Serialize(Value(a.Keys, i)) + ":" + Json(a.Values, i))
                )
                + "}",
            ListArray a => "[" + string.Join(",", Enumerable.Range(a.ValueOffsets[row], a.GetValueLength(row)).Select(i => Json(a.Values, i))) + "]",
            StructArray a => "{"
                + string.Join(",", ((StructType)a.Data.DataType).Fields.Select((f, i) => JsonSerializer.Serialize(f.Name) + ":" + Json(a.Fields[i], row)))
                + "}",
            Int8Array a => Plain(a.GetValue(row)),
            Int16Array a => Plain(a.GetValue(row)),
            Int32Array a => Plain(a.GetValue(row)),
            Int64Array a => Plain(a.GetValue(row)),
            UInt8Array a => Plain(a.GetValue(row)),
            UInt16Array a => Plain(a.GetValue(row)),
            UInt32Array a => Plain(a.GetValue(row)),
            UInt64Array a => Plain(a.GetValue(row)),
            MonthDayNanosecondIntervalArray a => Span(a.GetValue(row)!.Value),
            _ => array.GetType().Name,
        };
    }

    private static string Plain<T>(T? value)
        where T : struct, IFormattable => value!.Value.ToString(null, CultureInfo.InvariantCulture);

    private static string Json(IArrowArray array, int row) =>
        Value(array, row) is not { } text ? "null"
        : array is StringArray or Date32Array ? JsonSerializer.Serialize(text)
        : text;

    private static string Moment(TimestampArray array, int row)
    {
        var (value, type) = (array.GetValue(row)!.Value, (TimestampType)array.Data.DataType);
        var perSecond = type.Unit switch
        {
            TimeUnit.Second => 1L,
            TimeUnit.Millisecond => 1_000,
            TimeUnit.Microsecond => 1_000_000,
            _ => 1_000_000_000,
        };
        var second = (long)Math.Floor((decimal)value / perSecond);
        var fraction = value - second * perSecond;
        var text = DateTime.UnixEpoch.AddSeconds(second).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        if (fraction > 0)
            text +=
                "." + fraction.ToString(CultureInfo.InvariantCulture).PadLeft(perSecond.ToString(CultureInfo.InvariantCulture).Length - 1, '0').TrimEnd('0');
        return type.Timezone is null ? text : text + "+00";
    }

    private static string Clock(long value, TimeUnit unit)
    {
        var nanoseconds = unit == TimeUnit.Microsecond ? value * 1_000 : value;
        var text = TimeSpan.FromTicks(nanoseconds / 100).ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture);
        var rest = nanoseconds % 1_000_000_000;
        return rest == 0 ? text : text + "." + rest.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
    }

    private static string Span(Apache.Arrow.Scalars.MonthDayNanosecondInterval value)
    {
        var parts = new List<string>();
        if (value.Months / 12 != 0)
            parts.Add($"{value.Months / 12} year");
        if (value.Months % 12 != 0)
            parts.Add($"{value.Months % 12} months");
        if (value.Days != 0)
            parts.Add($"{value.Days} day{(Math.Abs(value.Days) == 1 ? "" : "s")}");
        if (value.Nanoseconds != 0)
            parts.Add(Clock(value.Nanoseconds, TimeUnit.Nanosecond));
        return string.Join(' ', parts);
    }
}
