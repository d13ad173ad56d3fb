using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sheets;
using Xunit;

namespace Innovation1551.Specs.Reading;

public sealed class JsonAndColumnSpecs : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Document Json(string text, string name = "t.json") => ReturnReader.Open(_folder.Write(name, System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Objects_become_rows_and_numbers_keep_their_digits()
    {
        using var document = Json("[\n {\"a\": 0.10, \"b\": \"x\"},\n {\"b\": null, \"c\": true, \"a\": 12345678901234567890.5, \"d\": {\"e\": [1, 2.50]}}\n]");
        var rows = document.Sheets().Single().Rows().ToList();
        Assert.Equal(
            [(0, "a|b|c|d"), (2, "0.10|x||"), (3, "12345678901234567890.5||TRUE|{\"e\":[1,2.50]}")],
            rows.Select(r => (r.Number, string.Join('|', Corpora.Fields(r))))
        );
        Assert.Equal(("json", 0), (document.Format, document.Findings.Count));
    }

    [Fact]
    public void Json_lines_are_one_object_a_line()
    {
        using var document = Json("{\"a\":1}\n{\"a\":2}\n\n{\"a\":3}\n", "t.jsonl");
        Assert.Equal([0, 1, 2, 4], document.Sheets().Single().Rows().Select(r => r.Number));
        Assert.Equal("jsonl", document.Format);
        using var together = Json("{\"a\":1}{\"a\":2}");
        Assert.True(together.Refused);
    }

    [Fact]
    public void A_key_that_stands_twice_takes_its_object_out()
    {
        using var document = Json("[{\"a\":1,\"a\":2},{\"a\":3}]");
        Assert.Equal(2, document.Sheets().Single().Rows().Count());
        Assert.Equal(1, document.RowsRefused);
        Assert.Contains(document.Findings, f => f.Code == "R037");
    }

    [Fact]
    public void Depth_is_limited()
    {
        using var document = Json(new string('[', 100_000));
        Assert.Equal("R033", Assert.Single(document.Findings).Code);
    }

    /// <summary>The byte order stands in the schema, left out where it is little-endian: its place in the table of fields is turned to the padding, where a one is put.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Arrow_of_a_big_endian_machine_is_refused_by_name(bool file)
    {
        var bytes = Arrow(file, null);
        var message = (file ? 8 : 0) + 8;
        int U32(int at) => BitConverter.ToInt32(bytes, message + at);
        int Table(int at) => at - BitConverter.ToInt32(bytes, message + at);
        var root = U32(0);
        var header = root + BitConverter.ToUInt16(bytes, message + Table(root) + 4 + 2 * 2);
        var schema = header + U32(header);
        var padding = BitConverter.ToInt32(bytes, message - 4) - 2;
        bytes[message + padding] = 1;
        BitConverter.GetBytes((ushort)(padding - schema)).CopyTo(bytes, message + Table(schema) + 4);
        using var document = ReturnReader.Open(_folder.Write("big.arrow", bytes));
        _ = document.Sheets().SelectMany(s => s.Rows()).Count();
        Assert.True(document.Refused);
        Assert.Contains("big-endian", Assert.Single(document.Findings).Problem.En, StringComparison.Ordinal);
    }

    /// <summary>People are told what is wrong in words; names of exceptions and SQL are for makers of parsers.</summary>
    [Theory]
    [InlineData("arrow")]
    [InlineData("parquet")]
    [InlineData("xls")]
    public void A_damaged_file_is_refused_in_words(string kind)
    {
        var random = new Random(7);
        var told = 0;
        var good =
            kind == "arrow" ? Arrow(true, null)
            : kind == "parquet" ? Parquet()
            : File.ReadAllBytes(
                Directory
                    .EnumerateFiles(Corpora.Path("corpora", "exceldatareader"), "*.xls", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal)
                    .First(f => new FileInfo(f).Length < 40_000)
            );
        for (var n = 0; n < (kind == "xls" ? 60 : 12); n++)
        {
            var bytes = (byte[])good.Clone();
            for (var i = 0; i < 30; i++)
                bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);
            if (n % 3 == 0)
                bytes = bytes[..(bytes.Length * 2 / 3)];
            using var document = ReturnReader.Open(_folder.Write($"d{n}.{kind}", bytes));
            _ = document.Sheets().SelectMany(s => s.Rows()).Count();
            foreach (var finding in document.Findings)
            {
                told++;
                foreach (var text in (string[])[finding.Problem.Zh, finding.Problem.En])
                    Assert.DoesNotMatch(@"Exception|Parameter '|LINE \d|read_parquet|   at ", text);
            }
        }
        Assert.True(told > 5, $"{told} findings");
    }

    private byte[] Parquet()
    {
        var path = _folder["good.parquet"];
        using var connection = new DuckDB.NET.Data.DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"copy (select n, 'x' || n as t from range(5000) as r(n)) to '{path}' (format parquet)";
        command.ExecuteNonQuery();
        return File.ReadAllBytes(path);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, null)]
    [InlineData(true, CompressionCodecType.Lz4Frame)]
    [InlineData(false, CompressionCodecType.Zstd)]
    public void Arrow_files_and_streams_are_read_in_a_child(bool file, CompressionCodecType? compression)
    {
        var path = _folder.Write(file ? "t.arrow" : "t.arrows", Arrow(file, compression));
        using var document = ReturnReader.Open(path);
        var rows = document.Sheets().Single().Rows().Select(r => string.Join('|', Corpora.Fields(r))).ToList();
        Assert.Empty(document.Findings);
        Assert.Equal("arrow", document.Format);
        Assert.Equal(["名称|数|日|率", "甲|9007199254740993|2024-03-05|0.3", "乙||2024-03-06|1"], rows);
    }

    /// <summary>Found by fuzzing: the parser puts U+FFFD where a name is no UTF-8, and believes a batch that claims more rows than its columns have.</summary>
    [Fact]
    public void Damaged_names_and_lengths_of_arrow_are_told()
    {
        var bytes = Arrow(file: false, null);
        bytes.AsSpan(bytes.AsSpan().IndexOf("名称"u8), 1)[0] = 0xFF;
        using var document = ReturnReader.Open(_folder.Write("name.arrows", bytes));
        var header = document.Sheets().Single().Rows().First();
        Assert.Equal((CellKind.Error, "#DAMAGED"), (header[1].Kind, header[1].Text));
        Assert.Contains(document.Findings, f => f.Column == "A" && f.Problem.En.Contains("U+FFFD", StringComparison.Ordinal));

        // Whichever length of 2 is made larger, that of the batch or of one column.
        bytes = Arrow(file: false, null);
        for (var at = bytes.AsSpan().IndexOf("率"u8); at < bytes.Length - 8; at++)
        {
            var longer = bytes.ToArray();
            if (BitConverter.ToInt64(longer, at) != 2)
                continue;
            BitConverter.TryWriteBytes(longer.AsSpan(at), 3_000_000L);
            using var claimed = ReturnReader.Open(_folder.Write("length.arrows", longer));
            Assert.True(claimed.Sheets().Single().Rows().Take(10).Count() < 10);
        }
    }

    /// <summary>A small Arrow file or stream of four columns and two rows.</summary>
    internal static byte[] Arrow(bool file, CompressionCodecType? compression)
    {
        var batch = new RecordBatch.Builder()
            .Append("名称", false, c => c.String(a => a.AppendRange(["甲", "乙"])))
            .Append("数", true, c => c.Int64(a => a.Append(9_007_199_254_740_993).AppendNull()))
            .Append("日", false, c => c.Date32(a => a.Append(new DateTime(2024, 3, 5)).Append(new DateTime(2024, 3, 6))))
            .Append("率", false, c => c.Double(a => a.Append(0.1 + 0.2).Append(1)))
            .Build();
        var options = new IpcOptions { CompressionCodec = compression, CompressionCodecFactory = new Apache.Arrow.Compression.CompressionCodecFactory() };
        using var stream = new MemoryStream();
        using (
            var writer = file
                ? new ArrowFileWriter(stream, batch.Schema, leaveOpen: true, options)
                : new ArrowStreamWriter(stream, batch.Schema, leaveOpen: true, options)
        )
        {
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }
        return stream.ToArray();
    }
}
