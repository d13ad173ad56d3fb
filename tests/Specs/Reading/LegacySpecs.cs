using System.Text;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sheets;
using Xunit;

namespace Innovation1551.Specs.Reading;

/// <summary>Old workbooks, made record by record: what no writer at hand puts into one.</summary>
public sealed class LegacySpecs : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Where an array, a shared formula or a table of values stands between a formula and the text that it gives, the text is still its value.</summary>
    [Theory]
    [InlineData(0x221)]
    [InlineData(0x4BC)]
    [InlineData(0x236)]
    [InlineData(null)]
    public void The_text_that_an_array_formula_gives_is_read(int? between)
    {
        byte[] parting = between is { } type ? Record(type, [0, 0, 0, 0, 0, 0, .. new byte[8], 0, 0]) : [];
        using var document = Open([
            .. Label(0, 0, "名称"),
            .. Label(0, 1, "甲"),
            .. FormulaOfText(1, 0),
            .. parting,
            .. Text("前沿"),
            .. FormulaOfText(1, 1),
            .. parting,
            .. Text("Ok"),
            .. Label(2, 0, "末"),
        ]);
        Assert.Equal(["名称|甲", "前沿|Ok", "末"], document.Sheets().Single().Rows().Select(r => string.Join('|', Corpora.Fields(r))));
        Assert.Empty(document.Findings);
    }

    [Theory]
    [InlineData("WordDocument")]
    [InlineData("EncryptedPackage")]
    [InlineData("PowerPoint Document")]
    public void A_workbook_that_holds_another_document_is_a_workbook(string embedded)
    {
        using var document = Open([.. Label(0, 0, "名称"), .. Label(1, 0, "甲")], embedded);
        Assert.Equal(("xls", 2), (document.Format, document.Sheets().Single().Rows().Count()));
        Assert.Empty(document.Findings);
    }

    /// <summary>The tree of a damaged directory may run in a circle or point nowhere.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 0)]
    [InlineData(0, 99)]
    [InlineData(0, uint.MaxValue)]
    public void A_directory_whose_tree_is_broken_is_read_by_what_it_holds(int entry, uint child)
    {
        var bytes = Container(Stream(Label(0, 0, "甲")), null);
        var at = 1024 + entry * 128 + 76;
        for (var pointer = 68; entry == 1 && pointer < 76; pointer += 4)
            BitConverter.GetBytes(child).CopyTo(bytes, 1024 + entry * 128 + pointer);
        BitConverter.GetBytes(child).CopyTo(bytes, at);
        using var document = ReturnReader.Open(_folder.Write("t.xls", bytes));
        _ = document.Sheets().SelectMany(s => s.Rows()).Count();
        Assert.Equal("xls", document.Format);
    }

    private Document Open(byte[] cells, string? embedded = null) => ReturnReader.Open(_folder.Write("t.xls", Container(Stream(cells), embedded)));

    private static byte[] Record(int type, byte[] body) => [.. BitConverter.GetBytes((ushort)type), .. BitConverter.GetBytes((ushort)body.Length), .. body];

    private static byte[] Place(int row, int column) => [(byte)row, 0, (byte)column, 0, 0, 0];

    private static byte[] Characters(string text) => [.. BitConverter.GetBytes((ushort)text.Length), 1, .. Encoding.Unicode.GetBytes(text)];

    private static byte[] Label(int row, int column, string text) => Record(0x204, [.. Place(row, column), .. Characters(text)]);

    /// <summary>The result says "a text follows"; the formula itself is the place of an array.</summary>
    private static byte[] FormulaOfText(int row, int column) =>
        Record(0x06, [.. Place(row, column), 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 5, 0, 1, (byte)row, 0, (byte)column, 0]);

    private static byte[] Text(string text) =>
        Record(0x207, text.All(c => c < 256) ? [(byte)text.Length, 0, 0, .. Encoding.Latin1.GetBytes(text)] : Characters(text));

    private static byte[] Stream(byte[] cells)
    {
        byte[] Begin(byte what) => Record(0x809, [0, 6, what, 0, 0, 0, 0xCC, 0x07, .. new byte[8]]);
        var end = Record(0x0A, []);
        byte[] Globals(int sheetAt) =>
            [.. Begin(5), .. Record(0x42, [0xB0, 0x04]), .. Record(0x85, [.. BitConverter.GetBytes(sheetAt), 0, 0, 2, 0, (byte)'S', (byte)'1']), .. end];
        byte[] stream = [.. Globals(Globals(0).Length), .. Begin(0x10), .. Record(0x200, [0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 3, 0, 0, 0]), .. cells, .. end];
        Array.Resize(ref stream, 4096);
        return stream;
    }

    /// <summary>One sector of the table, one of the directory, eight for the workbook's stream and eight for what is embedded in a storage below.</summary>
    private static byte[] Container(byte[] workbook, string? embedded)
    {
        byte[] U32(params uint[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
        const uint None = 0xFFFF_FFFF,
            End = 0xFFFF_FFFE;
        byte[] header =
        [
            0xD0,
            0xCF,
            0x11,
            0xE0,
            0xA1,
            0xB1,
            0x1A,
            0xE1,
            .. new byte[16],
            0x3E,
            0,
            3,
            0,
            0xFE,
            0xFF,
            9,
            0,
            6,
            0,
            .. new byte[10],
            .. U32(1, 1, 0, 4096, End, 0, End, 0, 0),
            .. U32([.. Enumerable.Repeat(None, 108)]),
        ];
        var table = Enumerable
            .Range(0, 128)
            .Select(n =>
                n switch
                {
                    0 => 0xFFFF_FFFD,
                    1 or 9 or 17 => End,
                    < 17 => (uint)n + 1,
                    _ => None,
                }
            )
            .ToArray();
        byte[] Entry(string name, byte type, uint left, uint right, uint child, uint start, uint length)
        {
            var entry = new byte[128];
            Encoding.Unicode.GetBytes(name).CopyTo(entry, 0);
            BitConverter.GetBytes((ushort)((name.Length + 1) * 2)).CopyTo(entry, 64);
            (entry[66], entry[67]) = (type, 1);
            U32(left, right, child).CopyTo(entry, 68);
            U32(start, length).CopyTo(entry, 116);
            return entry;
        }
        byte[] directory =
        [
            .. Entry("Root Entry", 5, None, None, 1, End, 0),
            .. Entry("Workbook", 2, embedded is null ? None : 2, None, None, 2, 4096),
            .. embedded is null ? new byte[256] : [.. Entry("MBD0001", 1, None, None, 3, End, 0), .. Entry(embedded, 2, None, None, None, 10, 4096)],
        ];
        return [.. header, .. U32(table), .. directory, .. workbook, .. new byte[4096]];
    }
}
