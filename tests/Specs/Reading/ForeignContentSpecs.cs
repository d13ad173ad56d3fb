using System.IO.Compression;
using System.Text;
using Innovation1551.Returns;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sheets;
using Xunit;

namespace Innovation1551.Specs.Reading;

/// <summary>What people send in place of a workbook is named as what it is, under whatever name it comes, with a remedy that fits.</summary>
public sealed class ForeignContentSpecs : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(
        "t.xls",
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><body><table><tr><td>1</td></tr></table>",
        "a saved web page (HTML)",
        ".xlsx"
    )]
    [InlineData("t.xlsx", "\uFEFF\r\n  <!doctype html>\n<html></html>", "a saved web page (HTML)", ".xlsx")]
    [InlineData("t.xls", "<table border=1><tr><th>企业</th></tr></table>", "a saved web page (HTML)", ".xlsx")]
    [InlineData("t.xls", "<!-- 导出 --><meta http-equiv=\"Content-Type\"><table></table>", "a saved web page (HTML)", ".xlsx")]
    [InlineData("t.xls", "<?xml version=\"1.0\"?><!DOCTYPE html><html></html>", "a saved web page (HTML)", ".xlsx")]
    [InlineData("t.xls", "MIME-Version: 1.0\nContent-Type: multipart/related", "MHTML", ".xlsx")]
    [InlineData("t.xls", "From: <Saved by Blink>\nSnapshot-Content-Location: x", "MHTML", ".xlsx")]
    [InlineData("t.xls", "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook>", "XML Spreadsheet 2003", ".xlsx")]
    [InlineData("t.xlsx", "<?xml version=\"1.0\"?><returns/>", "an XML file", ".xlsx")]
    [InlineData("t.xlsx", "%PDF-1.7\n", "a PDF file", "from which it was made")]
    [InlineData("t.xls", "{\\rtf1\\ansi", "an RTF document", "from which it was made")]
    [InlineData("t.xls", "ID;PWXL;N;E\r\nP;PGeneral", "a SYLK file", ".xlsx")]
    [InlineData("t.xlsx", "SQLite format 3\0", "an SQLite database", ".xlsx")]
    public void Text_that_is_no_table(string name, string content, string named, string remedy) => Named(name, Encoding.UTF8.GetBytes(content), named, remedy);

    [Theory]
    [InlineData("89504E470D0A1A0A", "a PNG picture")]
    [InlineData("FFD8FFE000104A46", "a JPEG picture")]
    [InlineData("DBA52D0000000904", "an old Word document")]
    [InlineData("526172211A0700CF", "a RAR archive")]
    [InlineData("377ABCAF271C0004", "a 7z archive")]
    [InlineData("1F8B080000000000", "a gzip archive")]
    public void Binary_that_is_no_table(string hex, string named) => Named("t.xlsx", Convert.FromHexString(hex), named, "");

    [Fact]
    public void A_web_page_in_utf_16() => Named("t.xls", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<html><table>")], "a saved web page (HTML)", ".xlsx");

    [Fact]
    public void An_archive_of_workbooks_is_to_be_unpacked()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("甲公司/研发.xlsx").Open())
            entry.Write(new XlsxBuilder().Sheet("a", "<sheetData/>").Build());
        Named("t.xlsx", memory.ToArray(), "an ordinary zip archive", "unpack");
    }

    [Fact]
    public void An_old_word_document() => Named("t.xls", OldWord(), "an old Word document", "from which it was made");

    /// <summary>What begins with an angle bracket may yet be a table.</summary>
    [Fact]
    public void A_table_with_angle_brackets_is_read()
    {
        using var document = ReturnReader.Open(_folder.Write("t.csv", "<1 万元,>1 万元\n3,4\n"u8.ToArray()));
        Assert.Equal((false, 2), (document.Refused, Corpora.Records(document).Count));
    }

    private void Named(string name, byte[] content, string named, string remedy)
    {
        using var document = ReturnReader.Open(_folder.Write(name, content));
        Assert.True(document.Refused);
        var finding = Assert.Single(document.Findings);
        Assert.Equal(("R006", name), (finding.Code, finding.File));
        Assert.Contains(named, finding.Problem.En, StringComparison.Ordinal);
        Assert.Contains(remedy, finding.Remedy.En, StringComparison.Ordinal);
    }

    /// <summary>The smallest OLE container with one stream, WordDocument: header, one sector of the table, one of the directory.</summary>
    private static byte[] OldWord()
    {
        var file = new byte[512 * 3];
        Convert.FromHexString("D0CF11E0A1B11AE1").CopyTo(file, 0);
        file[24] = 0x3E;
        file[26] = 3;
        file[28] = 0xFE;
        file[29] = 0xFF;
        file[30] = 9;
        file[32] = 6;
        file[44] = 1;
        file[48] = 1;
        file[57] = 0x10;
        file.AsSpan(60, 4).Fill(0xFF);
        file[60] = 0xFE;
        file.AsSpan(68, 4).Fill(0xFF);
        file[68] = 0xFE;
        file.AsSpan(76, 436).Fill(0xFF);
        file.AsSpan(76, 4).Clear();
        file.AsSpan(512, 512).Fill(0xFF);
        file[512] = 0xFD;
        file[516] = 0xFE;
        Entry(1024, "Root Entry", 5, child: 1);
        Entry(1152, "WordDocument", 2, child: -1);
        return file;

        void Entry(int at, string name, byte type, int child)
        {
            Encoding.Unicode.GetBytes(name).CopyTo(file, at);
            file[at + 64] = (byte)(name.Length * 2 + 2);
            file[at + 66] = type;
            file[at + 67] = 1;
            file.AsSpan(at + 68, 8).Fill(0xFF);
            BitConverter.TryWriteBytes(file.AsSpan(at + 76), child);
            file.AsSpan(at + 116, 4).Fill(0xFF);
            file[at + 116] = 0xFE;
        }
    }
}
