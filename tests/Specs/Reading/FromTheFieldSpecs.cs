using System.IO.Compression;
using System.Text;
using Innovation1551.Returns;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sheets;
using Xunit;

namespace Innovation1551.Specs.Reading;

/// <summary>Sound files as many programs write them: each ends in the very values that its author sees, or in a finding that says why not.</summary>
public sealed class FromTheFieldSpecs : IDisposable
{
    private const string Strict = "http://purl.oclc.org/ooxml/";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Read(string name, byte[] bytes, out IReadOnlyList<Finding> findings, ReadOptions? options = null)
    {
        using var document = ReturnReader.Open(_folder.Write(name, bytes), options);
        var rows = string.Join('\n', Corpora.Records(document).Where(r => r.Exists(f => f.Length > 0)).Select(r => string.Join('|', r)));
        findings = [.. document.Findings];
        return rows;
    }

    private void Reads(string expected, string name, byte[] bytes, ReadOptions? options = null)
    {
        Assert.Equal(expected, Read(name, bytes, out var findings, options));
        Assert.DoesNotContain(findings, f => f.Severity == Severity.Error);
    }

    /// <summary>A package as given, entry by entry.</summary>
    private static byte[] Zip(params (string Name, string Content)[] parts)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in parts)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        return memory.ToArray();
    }

    private static (string, string)[] Workbook(
        string sheet,
        string target = "worksheets/sheet1.xml",
        string type = Relations + "/worksheet",
        string main = XlsxBuilder.Main,
        string relations = Relations,
        string prefix = ""
    ) =>
        [
            ("[Content_Types].xml", $"<Types xmlns=\"{Package}content-types\"/>"),
            (
                "_rels/.rels",
                $"<Relationships xmlns=\"{Package}relationships\"><Relationship Id=\"rId1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
            (
                "xl/workbook.xml",
                $"<{prefix}workbook xmlns{(prefix.Length > 0 ? ":" + prefix.TrimEnd(':') : "")}=\"{main}\" xmlns:r=\"{relations}\"><{prefix}sheets><{prefix}sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></{prefix}sheets></{prefix}workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                $"<Relationships xmlns=\"{Package}relationships\"><Relationship Id=\"rId1\" Type=\"{type}\" Target=\"{target}\"/></Relationships>"
            ),
            ("xl/worksheets/sheet1.xml", sheet),
        ];

    private static string Sheet(string rows) => $"<worksheet xmlns=\"{XlsxBuilder.Main}\"><sheetData>{rows}</sheetData></worksheet>";

    [Fact]
    public void Strict_open_xml() =>
        Reads(
            "1|x",
            "t.xlsx",
            Zip(
                Workbook(
                    $"<worksheet xmlns=\"{Strict}spreadsheetml/main\"><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData></worksheet>",
                    type: Strict + "officeDocument/relationships/worksheet",
                    main: Strict + "spreadsheetml/main",
                    relations: Strict + "officeDocument/relationships"
                )
            )
        );

    [Fact]
    public void Prefixed_names() =>
        Reads(
            "1|x",
            "t.xlsx",
            Zip(
                Workbook(
                    $"<x:worksheet xmlns:x=\"{XlsxBuilder.Main}\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\"><x:v>1</x:v></x:c><x:c r=\"B1\" t=\"inlineStr\"><x:is><x:t>x</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>",
                    prefix: "x:"
                )
            )
        );

    [Theory]
    [InlineData("/xl/worksheets/sheet1.xml")]
    [InlineData("./worksheets/sheet1.xml")]
    [InlineData("../xl/worksheets/sheet1.xml")]
    public void Targets_from_the_root_and_with_dots(string target) => Reads("7", "t.xlsx", Zip(Workbook(Sheet("<row><c><v>7</v></c></row>"), target)));

    [Fact]
    public void Parts_of_wps_and_backslashes_in_entry_names()
    {
        (string Name, string Content)[] parts =
        [
            .. Workbook(Sheet("<row r=\"1\"><c r=\"A1\"><v>7</v></c></row>")),
            ("xl/cellimages.xml", "<etc:cellImages xmlns:etc=\"http://www.wps.cn/officeDocument/2017/etCustomData\"/>"),
            ("docProps/custom.xml", "<Properties/>"),
            ("xl/media/image1.png", "x"),
        ];
        Reads("7", "t.xlsx", Zip(parts));
        var text = Read("t.xlsx", Zip([.. parts.Select(p => (p.Name.Replace('/', '\\'), p.Content))]), out var findings);
        Assert.True(text == "7" || findings.Any(f => f.Severity == Severity.Error), text);
    }

    [Fact]
    public void Shared_formulas_keep_their_values_and_are_named_without()
    {
        Assert.Equal(
            "2|3|A1+1",
            Read(
                "t.xlsx",
                Zip(
                    Workbook(
                        Sheet(
                            "<row r=\"1\"><c r=\"A1\"><f t=\"shared\" ref=\"A1:B1\" si=\"0\">1+1</f><v>2</v></c><c r=\"B1\"><f t=\"shared\" si=\"0\"/><v>3</v></c><c r=\"C1\"><f>A1+1</f></c></row>"
                        )
                    )
                ),
                out var findings
            )
        );
        Assert.Contains(findings, f => f.Code == "R013");
    }

    [Fact]
    public void A_shared_formula_without_text_and_without_value_is_named() =>
        Named("t.xlsx", Zip(Workbook(Sheet("<row r=\"1\"><c r=\"A1\"><f t=\"shared\" si=\"0\"/></c><c r=\"B1\"><v>1</v></c></row>"))));

    private void Named(string name, byte[] bytes)
    {
        Read(name, bytes, out var findings);
        Assert.Contains(findings, f => f.Severity != Severity.Note);
    }

    [Fact]
    public void Cells_out_of_order_stand_in_order() =>
        Reads("1|2|3", "t.xlsx", Zip(Workbook(Sheet("<row r=\"1\"><c r=\"C1\"><v>3</v></c><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row>"))));

    [Fact]
    public void Rows_out_of_order_are_named() =>
        Named("t.xlsx", Zip(Workbook(Sheet("<row r=\"2\"><c r=\"A2\"><v>3</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"))));

    [Fact]
    public void Phonetic_guides_are_no_part_of_the_text() =>
        Reads(
            "東京|甲乙",
            "t.xlsx",
            new XlsxBuilder { SharedStrings = "<si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh></si><si><r><t>甲</t></r><r><t>乙</t></r></si>" }
                .Sheet("a", XlsxBuilder.Rows("<c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"))
                .Build()
        );

    [Fact]
    public void Dates_of_the_epoch_of_1904_and_iso_dates() =>
        Reads(
            "2024-03-01|2024-03-01",
            "t.xlsx",
            new XlsxBuilder { Epoch1904 = true, Styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>" }
                .Sheet("a", XlsxBuilder.Rows("<c r=\"A1\" s=\"1\"><v>43890</v></c><c r=\"B1\" s=\"1\" t=\"d\"><v>2024-03-01</v></c>"))
                .Build()
        );

    [Fact]
    public void A_workbook_of_charts_only_is_named()
    {
        Assert.Equal(
            "",
            Read(
                "t.xlsx",
                Zip([
                    .. Workbook("<chartsheet/>", "chartsheets/sheet1.xml", Relations + "/chartsheet"),
                    ("xl/chartsheets/sheet1.xml", $"<chartsheet xmlns=\"{XlsxBuilder.Main}\"/>"),
                ]),
                out var findings
            )
        );
        Assert.Contains(findings, f => f.Severity == Severity.Error);
    }

    [Fact]
    public void Parts_with_a_mark_or_in_utf_16()
    {
        var utf16 = new XlsxBuilder { Prologue = "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>" }
            .Sheet("a", XlsxBuilder.Rows("<c r=\"A1\"><v>7</v></c>"))
            .Build();
        Reads("7", "t.xlsx", utf16);
    }

    [Fact]
    public void Entries_written_to_a_stream_have_their_sizes_behind_them()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(new ForwardOnly(memory), ZipArchiveMode.Create))
            foreach (var (name, content) in Workbook(Sheet("<row r=\"1\"><c r=\"A1\"><v>7</v></c></row>")))
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        Reads("7", "t.xlsx", memory.ToArray());
    }

    private sealed class ForwardOnly(Stream inner) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }

    [Theory]
    [InlineData("t.csv", "sep=;\r\na;b\r\n1;2,5\r\n3;4\r\n", "a|b\n1|2,5\n3|4")]
    [InlineData("t.csv", "sep=,\na,b\n1,2\n", "a|b\n1|2")]
    [InlineData("t.csv", "\"sep=;\"\na;b\n1;2\n", "a|b\n1|2")]
    [InlineData("t.csv", "a;b;c\n1,5;2,25;x\n3,5;4,75;y\n", "a|b|c\n1,5|2,25|x\n3,5|4,75|y")]
    [InlineData("t.xls", "企业\t金额\n甲\t1,200\n乙\t3\n", "企业|金额\n甲|1,200\n乙|3")]
    [InlineData("t.csv", "\uFEFF\"企业\",\"金额\"\n\"甲\",\"1\"\n", "企业|金额\n甲|1")]
    [InlineData("t.csv", "\"\uFEFF企业\",\"金额\"\n\"甲\",\"1\"\n", "企业|金额\n甲|1")]
    [InlineData("t.csv", "\uFEFF\uFEFF企业,金额\n甲,1\n", "企业|金额\n甲|1")]
    [InlineData("t.csv", "a,b,\n1,2,\n3,4,\n", "a|b|\n1|2|\n3|4|")]
    [InlineData("t.csv", "a,b\n\n1,2\n\n\n3,4\n\n", "a|b\n1|2\n3|4")]
    [InlineData("t.csv", "a,b\r1,2\r3,4\r", "a|b\n1|2\n3|4")]
    [InlineData("t.csv", "a,b\r\n1,2\n3,4\r\n", "a|b\n1|2\n3|4")]
    [InlineData("t.csv", "a,b\n1,2\n\u001A", "a|b\n1|2")]
    [InlineData("t.csv", "\"a\",\"b\"\n\"1\",\"x\n\ny\"\n", "a|b\n1|x\n\ny")]
    [InlineData("t.csv", "a|b\n1|2\n3|4\n", "a|b\n1|2\n3|4")]
    [InlineData("t.csv", "甲，乙\n1，2\n3，4\n", "甲|乙\n1|2\n3|4")]
    public void Text_tables(string name, string text, string expected) => Reads(expected, name, Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    public void Unicode_text_of_excel(string encoding, bool mark)
    {
        var unicode = Encoding.GetEncoding(encoding);
        Reads(
            "企业|金额\n甲, 公司|1.5\n乙公司|2",
            "t.txt",
            [.. mark ? unicode.Preamble : [], .. unicode.GetBytes("企业\t金额\r\n\"甲, 公司\"\t1.5\r\n乙公司\t2\r\n")]
        );
    }

    [Theory]
    [InlineData("code,name\n=\"00123\",x\n=\"00124\",y\n")]
    [InlineData("a,b,c\n1,2,3\n4,5\n6,7,8\n")]
    [InlineData("a,b,c\n1,2,3\n4,5,6,7\n8,9,10\n")]
    [InlineData("a,b\n1,\"2\" \n3,4\n")]
    public void What_is_not_certain_is_named(string text) => Named("t.csv", Encoding.UTF8.GetBytes(text));

    [Fact]
    public void A_second_header_is_told_with_both_lines()
    {
        Assert.Equal("a|b\n1|2\na|b\n3|4", Read("t.csv", "a,b\n1,2\na,b\n3,4\n"u8.ToArray(), out var findings));
        var finding = Assert.Single(findings);
        Assert.Equal(("R043", 3, Severity.Warning), (finding.Code, finding.Row!.Value, finding.Severity));
    }

    [Fact]
    public void Doubled_double_quotes_between_apostrophes_are_not_guessed()
    {
        var bytes = "'a','b'\n'48\"\"','x'\n'y','z'\n'u','v'\n"u8.ToArray();
        Assert.Equal("a|b\ny|z\nu|v", Read("t.csv", bytes, out var findings));
        Assert.Contains(findings, f => f is { Code: "R044", Row: 2, Column: "A" });
        Reads("a|b\n48\"\"|x\ny|z\nu|v", "t.csv", bytes, new ReadOptions { Quote = '\'' });
    }
}
