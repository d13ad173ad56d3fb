using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Innovation1551.Returns;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sheets;
using Xunit;

namespace Innovation1551.Specs.Reading;

/// <summary>A15 to A18 of the reliability reference, as far as they concern reading. The hostile files are made here.</summary>
public sealed class HostileSpecs(ITestOutputHelper output) : IDisposable
{
    private static readonly string Plain = XlsxBuilder.Rows("<c r=\"A1\"><v>1</v></c>");
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Specs run side by side with others, on machines that do other things too; the seconds below are those of an idle one.</summary>
    private const int Patience = 4;

    /// <summary>Reads a file to its end; the reader may refuse it, but quickly and within its memory.</summary>
    private (Document Document, int Rows, int Cells) Read(string path, double seconds = 10, long megabytes = 512, ReadOptions? options = null)
    {
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        long peak = 0;
        int rows = 0,
            cells = 0;
        using var document = ReturnReader.Open(path, options);
        foreach (var row in document.Sheets().SelectMany(s => s.Rows()))
        {
            rows++;
            cells += row.Cells.Count;
            if ((rows & 0xFFFFF) == 0)
                peak = Math.Max(peak, GC.GetTotalMemory(false));
        }
        peak = Math.Max(peak, GC.GetTotalMemory(false)) - before;
        output.WriteLine(
            $"{Path.GetFileName(path)}: {watch.Elapsed.TotalSeconds:0.00} s, {peak >> 20} MB, {rows} rows, {cells} cells, {string.Join("; ", document.Findings.Take(3).Select(f => f.Code + " " + f.Problem.En))}"
        );
        Assert.True(watch.Elapsed.TotalSeconds < seconds * Patience, $"{watch.Elapsed.TotalSeconds:0.0} s");
        Assert.True(peak < megabytes << 20, $"{peak >> 20} MB");
        return (document, rows, cells);
    }

    private void Refused(byte[] bytes, string code, string name = "t.xlsx", ReadOptions? options = null)
    {
        var (document, _, _) = Read(_folder.Write(name, bytes), seconds: 2, megabytes: 256, options);
        Assert.True(document.Refused);
        Assert.Contains(document.Findings, f => f.Code == code && f.File == name);
    }

    private static byte[] Zeros(int megabytes)
    {
        using var memory = new MemoryStream();
        using (var deflate = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var stream = deflate.CreateEntry("xl/worksheets/sheet1.xml").Open();
            var block = new byte[1 << 20];
            block.AsSpan().Fill((byte)' ');
            for (var i = 0; i < megabytes; i++)
                stream.Write(block);
        }
        return memory.ToArray();
    }

    [Fact]
    public void A_zip_bomb_is_refused_before_it_goes_off()
    {
        var bomb = Zeros(1024);
        output.WriteLine($"bomb: {bomb.Length} bytes to 1 GB");
        Refused(bomb, "R009");
    }

    [Fact]
    public void An_archive_of_archives_is_no_workbook() =>
        Refused(new XlsxBuilder().Part("lib1.zip", Zeros(8)).Sheet("a", "<sheetData/>").Build()[..200], "R007");

    [Fact]
    public void A_hundred_thousand_entries_are_refused()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            for (var i = 0; i < 100_000; i++)
                zip.CreateEntry($"xl/e{i}", CompressionLevel.NoCompression).Open().Dispose();
        Refused(memory.ToArray(), "R009");
    }

    [Theory]
    [InlineData("../../x")]
    [InlineData("xl/../../../etc/passwd")]
    [InlineData("..\\x")]
    public void An_entry_that_points_outside_is_refused(string name) => Refused(new XlsxBuilder().Sheet("a", Plain).Part(name, "x").Build(), "R008");

    [Theory]
    [InlineData("xl/workbook.xml")]
    [InlineData("XL/Workbook.XML")]
    public void An_entry_that_stands_there_twice_is_refused(string name) => Refused(new XlsxBuilder().Sheet("a", Plain).Part(name, "<x/>").Build(), "R008");

    [Fact]
    public void A_wrong_checksum_is_found_in_every_part_that_is_read()
    {
        var bytes = new XlsxBuilder { SharedStrings = "<si><t>x</t></si>", Styles = "<cellXfs><xf numFmtId=\"0\"/></cellXfs>" }
            .Sheet("a", XlsxBuilder.Rows("<c r=\"A1\" t=\"s\"><v>0</v></c>"))
            .Build();
        var hits = 0;
        // Every central directory record keeps the checksum 16 bytes behind its signature.
        for (var at = 0; (at = bytes.AsSpan(at).IndexOf("PK\x01\x02"u8) is var i && i >= 0 ? at + i : -1) >= 0; at += 4)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[at + 16] ^= 1;
            var name = Encoding.ASCII.GetString(damaged, at + 46, damaged[at + 28]);
            var (document, _, _) = Read(_folder.Write("t.xlsx", damaged));
            if (name == "[Content_Types].xml")
                continue;
            Assert.True(document.Refused, name);
            Assert.Contains(document.Findings, f => f.Code is "R011" or "R007");
            hits++;
        }
        Assert.Equal(6, hits);
    }

    [Fact]
    public void Sizes_that_lie_do_not_deceive()
    {
        var bytes = new XlsxBuilder().Sheet("a", Plain).Build();
        for (var at = 0; (at = bytes.AsSpan(at).IndexOf("PK\x01\x02"u8) is var i && i >= 0 ? at + i : -1) >= 0; at += 4)
        {
            foreach (var size in new uint[] { 1, 0x7FFFFFFF, 0xFFFFFFFE })
            {
                var lying = (byte[])bytes.Clone();
                BitConverter.TryWriteBytes(lying.AsSpan(at + 24), size);
                var (document, rows, _) = Read(_folder.Write("t.xlsx", lying), seconds: 2, megabytes: 256);
                if (Encoding.ASCII.GetString(lying, at + 46, lying[at + 28]) != "[Content_Types].xml" || size > 1)
                    Assert.True(document.Refused);
            }
        }
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;\">]>")]
    [InlineData("<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\">")]
    public void Entities_and_external_definitions_are_refused(string doctype) =>
        Refused(
            new XlsxBuilder { Prologue = "<?xml version=\"1.0\"?>" + doctype }
                .Sheet("a", Plain)
                .Build(),
            "R012"
        );

    [Fact]
    public void A_bomb_of_shared_texts_is_refused()
    {
        // Every text differs in length so that it is not the compression that gives it away.
        var random = new Random(1);
        var one = new char[900_000];
        var texts = new StringBuilder();
        for (var i = 0; i < 30; i++)
        {
            for (var k = 0; k < one.Length; k++)
                one[k] = (char)('a' + (k * 31 + random.Next(2)) % 26);
            texts.Append("<si><t>").Append(one).Append("</t></si>");
        }
        Refused(
            new XlsxBuilder { SharedStrings = texts.ToString() }
                .Sheet("a", XlsxBuilder.Rows("<c r=\"A1\" t=\"s\"><v>0</v></c>"))
                .Build(),
            "R009",
            options: new ReadOptions { Limits = new ReadLimits { MaxMemoryBytes = 128 << 20 } }
        );
    }

    [Fact]
    public void Macros_links_connections_and_objects_are_named_and_left_alone()
    {
        var builder = new XlsxBuilder()
            .Sheet("a", Plain)
            .Part("xl/vbaProject.bin", "x")
            .Part("xl/embeddings/oleObject1.bin", "x")
            .Part("customXml/item1.xml", Encoding.Unicode.GetBytes("<DataMashup xmlns=\"http://schemas.microsoft.com/DataMashup\">"));
        var (document, rows, _) = Read(_folder.Write("t.xlsm", builder.Build()));
        Assert.Equal((false, 1, "xlsm"), (document.Refused, rows, document.Format));
        Assert.Contains(document.Findings, f => f.Code == "R018");
        Assert.Equal(2, document.Findings.Count(f => f.Code == "R019"));
    }

    [Fact]
    public void A_lie_about_the_dimension_costs_nothing() =>
        Assert.Equal(
            1,
            Read(_folder.Write("t.xlsx", new XlsxBuilder().Sheet("a", "<dimension ref=\"A1:XFD1048576\"/>" + Plain).Build()), seconds: 2, megabytes: 64).Cells
        );

    [Fact]
    public void Workbooks_with_a_password_are_named_as_such()
    {
        var folder = Corpora.Path("corpora", "exceldatareader");
        var files = Corpora.Files(folder, ".xlsx", ".xls").Where(f => f.Contains("pwd_password", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var document = ReturnReader.Open(file);
            Assert.Equal("R005", document.Findings.Single(f => f.Severity == Severity.Error).Code);
        }
    }

    [Fact]
    public void Only_regular_files_are_opened()
    {
        File.CreateSymbolicLink(_folder["link.csv"], "/etc/passwd");
        Directory.CreateDirectory(_folder["folder.csv"]);
        foreach (var path in new[] { _folder["link.csv"], _folder["folder.csv"], _folder["missing.csv"] })
        {
            using var document = ReturnReader.Open(path);
            Assert.Equal((true, "R038"), (document.Refused, Assert.Single(document.Findings).Code));
        }
        using (var device = ReturnReader.Open("/dev/zero"))
            Assert.True(device.Refused);
        Process.Start("mkfifo", _folder["pipe.csv"]).WaitForExit();
        using var pipe = ReturnReader.Open(_folder["pipe.csv"]);
        Assert.Equal("R038", Assert.Single(pipe.Findings).Code);
    }

    [Theory]
    [InlineData("-leading.csv")]
    [InlineData("trailing space .csv")]
    [InlineData("a\nb.csv")]
    [InlineData("CON.csv")]
    [InlineData("\u202Efdp.csv")]
    [InlineData("各企业研发经费情况表（二〇二四年度，修订第三版，最终确认稿，请勿外传）各企业研发经费情况.csv")]
    public void Odd_names_are_only_names(string name)
    {
        using var document = ReturnReader.Open(_folder.Write(name, "a,b\n1,2\n"u8.ToArray()));
        Assert.Equal((2, name), (Corpora.Records(document).Count, document.FileName));
        using var archived = ReturnReader.Open(_folder[name], displayName: "用户的文件.csv");
        Assert.Equal("用户的文件.csv", archived.FileName);
    }

    private string WriteLarge(string name, Action<Stream> write)
    {
        using var stream = new FileStream(_folder[name], FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        write(stream);
        return _folder[name];
    }

    [Fact, Trait("Category", "Long")]
    public void A_cell_of_a_hundred_megabytes_is_refused_with_its_line()
    {
        var (document, _, _) = Read(
            WriteLarge(
                "cell.csv",
                s =>
                {
                    s.Write("a,b\n1,"u8);
                    var block = Enumerable.Repeat((byte)'x', 1 << 20).ToArray();
                    for (var i = 0; i < 100; i++)
                        s.Write(block);
                }
            )
        );
        Assert.Contains(document.Findings, f => f is { Code: "R031", Row: 2 });
    }

    [Fact]
    public void A_million_columns_are_refused_with_their_line()
    {
        var (document, _, _) = Read(WriteLarge("columns.csv", s => s.Write(Encoding.ASCII.GetBytes("a,b\n" + new string(',', 1_000_000) + "\n"))));
        Assert.Contains(document.Findings, f => f is { Code: "R032", Row: 2 });
    }

    [Fact, Trait("Category", "Long")]
    public void A_hundred_million_empty_lines_pass_within_bounds()
    {
        var path = WriteLarge(
            "lines.csv",
            s =>
            {
                s.Write("a,b\n"u8);
                var block = Enumerable.Repeat((byte)'\n', 1 << 20).ToArray();
                for (var i = 0; i < 96; i++)
                    s.Write(block);
                s.Write("1,2,3\n"u8);
            }
        );
        var (document, rows, _) = Read(path);
        Assert.Equal(1, rows);
        Assert.Contains(document.Findings, f => f.Code == "R029" && f.Row == 96 * (1 << 20) + 2);
    }

    [Fact, Trait("Category", "Long")]
    public void A_line_of_two_gigabytes_is_refused()
    {
        // A sparse file: two gigabytes of NUL that take no room.
        var path = WriteLarge(
            "line.csv",
            s =>
            {
                s.Write("a,b\n1,x"u8);
                s.SetLength(1L << 31);
            }
        );
        var (document, _, _) = Read(path);
        Assert.True(document.Refused);
        Assert.Contains(document.Findings, f => f.Code == "R004");
        var letters = WriteLarge(
            "letters.csv",
            s =>
            {
                var block = Enumerable.Repeat((byte)'x', 1 << 20).ToArray();
                for (var i = 0; i < 300; i++)
                    s.Write(block);
            }
        );
        Assert.Contains(Read(letters).Document.Findings, f => f is { Code: "R031", Row: 1 });
    }

    [Fact, Trait("Category", "Long")]
    public void A_quote_that_never_closes_is_bounded()
    {
        var path = WriteLarge(
            "quote.csv",
            s =>
            {
                s.Write("a,b\n1,\"x\n"u8);
                var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("12345,67890\n", 100_000)));
                for (var i = 0; i < 50; i++)
                    s.Write(block);
            }
        );
        var (document, rows, _) = Read(path);
        Assert.Equal(5_000_001, rows);
        Assert.Contains(document.Findings, f => f is { Code: "R026", Row: 2 });
        // And one that opens on every line.
        var hopeless = WriteLarge(
            "quotes.csv",
            s =>
            {
                for (var i = 0; i < 1_000_000; i++)
                    s.Write("1,\"x\n"u8);
            }
        );
        Assert.True(Read(hopeless).Document.Refused || Read(hopeless).Rows == 0);
    }

    [Fact]
    public void Nul_and_lone_cr_are_told()
    {
        var (document, rows, _) = Read(_folder.Write("nul.csv", "a,b\r1,2\rx\0,3\r4,5\r"u8.ToArray()));
        Assert.Equal(3, rows);
        Assert.Contains(document.Findings, f => f is { Code: "R030", Row: 3 });
    }

    [Fact]
    public void Truncated_workbooks_are_refused_and_never_read_in_part()
    {
        var bytes = new XlsxBuilder().Sheet("a", XlsxBuilder.Rows([.. Enumerable.Range(1, 500).Select(i => $"<c r=\"A{i}\"><v>{i}</v></c>")])).Build();
        for (var length = 0; length < bytes.Length; length += 97)
        {
            using var document = ReturnReader.Open(_folder.Write("t.xlsx", bytes[..length]));
            Assert.Empty(Corpora.Records(document));
            Assert.True(document.Refused);
        }
    }

    [Fact]
    public void A_parser_that_crashes_hangs_or_is_missing_costs_only_its_child()
    {
        // A Parquet head and tail with nonsense between.
        byte[] bytes = [.. "PAR1"u8, .. Enumerable.Repeat((byte)0xEE, 400), 0x10, 0, 0, 0, .. "PAR1"u8];
        var (document, _, _) = Read(_folder.Write("t.parquet", bytes));
        Assert.True(document.Refused);
        Assert.Contains(document.Findings, f => f.Code is "R035" or "R036");
        var (arrow, _, _) = Read(_folder.Write("t.arrow", [.. "ARROW1\0\0"u8, .. Enumerable.Repeat((byte)0x7F, 400)]));
        Assert.True(arrow.Refused);
        var late = Read(_folder.Write("u.parquet", bytes), options: new ReadOptions { Limits = new ReadLimits { MaxTime = TimeSpan.FromMilliseconds(1) } });
        Assert.Contains(late.Document.Findings, f => f.Code == "R010");
    }
}
