using Innovation1551.Models;
using static Innovation1551.Returns.Reading.ForeignContent.Remedy;

namespace Innovation1551.Returns.Reading;

/// <summary>
/// Files that people send in place of a workbook or a table, told by their first bytes. They are named as what they are, with what to do,
/// whatever ending they carry: many systems export a web page under the name report.xls.
/// </summary>
internal static class ForeignContent
{
    internal enum Remedy
    {
        SaveAs,
        Original,
        Unpack,
    }

    /// <summary>How much white space, marks and comments may stand before a web page's first tag.</summary>
    private const int Longest = 512;

    private static readonly (byte[] Start, string Zh, string En, Remedy Remedy)[] Binary =
    [
        ([0x1F, 0x8B], "gzip 压缩文件", "a gzip archive", Unpack),
        ([.. "Rar!"u8], "RAR 压缩包", "a RAR archive", Unpack),
        ([0x37, 0x7A, 0xBC, 0xAF], "7z 压缩包", "a 7z archive", Unpack),
        ([.. "%PDF"u8], "PDF 文件", "a PDF file", Original),
        ([.. "{\\rtf"u8], "RTF 文档", "an RTF document", Original),
        ([0xDB, 0xA5], "旧版 Word 文档", "an old Word document", Original),
        ([0x89, .. "PNG"u8], "PNG 图片", "a PNG picture", Original),
        ([0xFF, 0xD8, 0xFF], "JPEG 图片", "a JPEG picture", Original),
        ([.. "GIF8"u8], "GIF 图片", "a GIF picture", Original),
        ([.. "II*\0"u8], "TIFF 图片", "a TIFF picture", Original),
        ([.. "MM\0*"u8], "TIFF 图片", "a TIFF picture", Original),
        ([.. "SQLite format 3\0"u8], "SQLite 数据库", "an SQLite database", SaveAs),
        ([.. "ID;P"u8], "SYLK 文件（.slk）", "a SYLK file (.slk)", SaveAs),
    ];

    private static readonly string[] WebPage =
    [
        "<!DOCTYPE HTML",
        "<HTML",
        "<HEAD",
        "<BODY",
        "<META",
        "<STYLE",
        "<SCRIPT",
        "<TABLE",
        "<TITLE",
        "<DIV",
        "<FRAMESET",
    ];

    /// <summary>What the file is, as a finding; null for what may be a table.</summary>
    public static Finding? Of(ReadOnlySpan<byte> head, string name)
    {
        foreach (var (start, zh, en, remedy) in Binary)
            if (head.StartsWith(start))
                return Found(name, zh, en, remedy);
        var text = Text(head);
        if (text.StartsWith("MIME-Version:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("From: <Saved by", StringComparison.OrdinalIgnoreCase))
            return Found(name, "保存为单个文件的网页（MHTML），不是工作簿", "a web page saved in one file (MHTML), not a workbook", SaveAs);
        if (!text.StartsWith('<'))
            return null;
        if (text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<Workbook", StringComparison.Ordinal))
        {
            if (text.Contains("schemas-microsoft-com:office:spreadsheet", StringComparison.Ordinal) || text.Contains("Excel.Sheet", StringComparison.Ordinal))
                return Found(name, "“XML 电子表格 2003”文件，不是 .xlsx 工作簿", "an \"XML Spreadsheet 2003\" file, not an .xlsx workbook", SaveAs);
            if (!text.Contains("<html", StringComparison.OrdinalIgnoreCase))
                return Found(name, "XML 文件", "an XML file", SaveAs);
        }
        else if (!Array.Exists(WebPage, tag => text.StartsWith(tag, StringComparison.OrdinalIgnoreCase)) && !text.StartsWith("<!--", StringComparison.Ordinal))
            return null;
        return Found(
            name,
            "保存的网页（HTML），不是工作簿；改扩展名不会改变格式",
            "a saved web page (HTML), not a workbook; another ending does not change what it is",
            SaveAs
        );
    }

    public static Finding Found(string name, string zh, string en, Remedy remedy) =>
        ReadingFindings.FormatNotRead(name, zh, en) switch
        {
            var found => remedy switch
            {
                Original => found with
                {
                    Remedy = new(
                        "请报送其来源的工作簿（.xlsx），或把数据填入模板后报送",
                        "send the workbook (.xlsx) from which it was made, or fill the figures in the template"
                    ),
                },
                Unpack => found with { Remedy = new("请解压后逐个报送其中的工作簿", "unpack it and send the workbooks inside one by one") },
                _ => found,
            },
        };

    /// <summary>The beginning as text without a mark and leading blanks; in any encoding its tags are ASCII.</summary>
    private static string Text(ReadOnlySpan<byte> head)
    {
        head = head[..Math.Min(head.Length, Longest)];
        var wide =
            head is [0xFF, 0xFE, ..] or [(byte)'<', 0, ..] ? System.Text.Encoding.Unicode
            : head is [0xFE, 0xFF, ..] or [0, (byte)'<', ..] ? System.Text.Encoding.BigEndianUnicode
            : null;
        return (wide ?? System.Text.Encoding.Latin1).GetString(head).TrimStart('\uFEFF', 'ï', '»', '¿', ' ', '\t', '\r', '\n');
    }
}
