using System.Text;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sheets;
using Xunit;

namespace Innovation1551.Specs.Reading;

/// <summary>A14 of the reliability reference.</summary>
public sealed class EncodingSpecs : IDisposable
{
    private const string Chinese = "填报单位,项目名称,研发经费（万元）\n山西某某煤业有限公司,煤矿智能化关键技术研究,1200.5\n太原某某装备公司,大型矿用设备的设计与试验,380\n";
    private const string Traditional = "單位名稱,項目,經費（萬元）\n臺灣某某股份有限公司,煤礦自動化關鍵技術的研究與開發,1200\n國立研究機構,這個計畫為設備的實驗與應用,380\n";
    private const string Japanese = "産業,企業数,研究開発費\n製造業の合計,1200,380\n情報サービス業（ソフトウェア）,15,20\n";

    static EncodingSpecs() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Document Open(byte[] bytes, string? declared = null) => ReturnReader.Open(_folder.Write("t.csv", bytes), new ReadOptions { Encoding = declared });

    [Theory]
    [InlineData(Chinese, "utf-8", "UTF-8")]
    [InlineData(Chinese, "gb18030", "GB18030")]
    [InlineData(Chinese, "utf-16", "UTF-16LE")]
    [InlineData(Chinese, "utf-16BE", "UTF-16BE")]
    [InlineData(Traditional, "big5", "Big5")]
    [InlineData(Traditional, "utf-8", "UTF-8")]
    [InlineData(Japanese, "shift_jis", "Shift_JIS")]
    public void Encodings_are_detected_with_and_without_a_mark(string text, string name, string detected)
    {
        var encoding = Encoding.GetEncoding(name);
        foreach (var mark in new[] { true, false })
        {
            // In UTF-16 without a mark Chinese text shows itself by its delimiters and digits.
            using var document = Open(mark ? [.. encoding.GetPreamble(), .. encoding.GetBytes(text)] : encoding.GetBytes(text));
            Assert.Empty(document.Findings);
            Assert.Equal(detected, document.Encoding);
            Assert.Equal(text, string.Concat(Corpora.Records(document).Select(r => string.Join(',', r) + "\n")));
        }
    }

    [Fact]
    public void Every_character_of_gb18030_comes_back_two_byte_forms_and_four_byte_forms()
    {
        var encoding = Encoding.GetEncoding("gb18030");
        var text = new StringBuilder("码,字\n");
        var count = 0;
        for (var code = 0xA0; code <= 0x10FFFF; code += code < 0x10000 ? 1 : 97)
        {
            if (code is >= 0xD800 and <= 0xDFFF or 0xFFFD) continue;
            var character = char.ConvertFromUtf32(code);
            if (encoding.GetString(encoding.GetBytes(character)) != character) continue;
            text.Append($"{code:X},{character}\n");
            count++;
        }
        Assert.True(count > 60_000);
        using var document = Open(encoding.GetBytes(text.ToString()), "gb18030");
        Assert.Equal(text.ToString(), string.Concat(Corpora.Records(document).Select(r => string.Join(',', r) + "\n")));
        Assert.Empty(document.Findings);
    }

    [Fact]
    public void A_file_that_mixes_two_encodings_is_refused_with_line_column_and_byte()
    {
        var gbk = Encoding.GetEncoding("gb18030");
        var (first, second) = ("企业,金额\n山西某某煤业,100\n", "太原某某装备,200\n");
        foreach (var (a, b) in new[] { (Encoding.UTF8, gbk), (gbk, Encoding.UTF8) })
        {
            byte[] bytes = [.. a.GetBytes(first), .. b.GetBytes(second)];
            using var document = Open(bytes);
            Assert.True(document.Refused);
            var finding = Assert.Single(document.Findings);
            Assert.Equal(("R021", 3, "A"), (finding.Code, finding.Row, finding.Column));
            Assert.Contains($"byte {a.GetByteCount(first)}", finding.Problem.En, StringComparison.Ordinal);
        }
        // Within one line, and behind a mark.
        using var within = Open([.. gbk.GetBytes("企业,金额,备注\n山西某某煤业,100,"), .. "太原某某"u8, .. "\n"u8]);
        Assert.Equal(("R021", 2, "C"), (Assert.Single(within.Findings).Code, within.Findings[0].Row, within.Findings[0].Column));
        using var marked = Open([0xEF, 0xBB, 0xBF, .. "a,b\n1,"u8, .. gbk.GetBytes("装备制造"), .. "\n"u8]);
        Assert.Equal(("R021", 2, "B"), (Assert.Single(marked.Findings).Code, marked.Findings[0].Row, marked.Findings[0].Column));
    }

    [Fact]
    public void Bytes_that_are_not_text_in_the_declared_encoding_are_refused_where_they_stand()
    {
        using var document = Open([.. "a,b\n1,2\nx,"u8, 0xFF, .. "\n"u8], "utf-8");
        Assert.True(document.Refused);
        Assert.Contains(document.Findings, f => f is { Code: "R023", Row: 3, Column: "B", Read: "FF0A" });
        using var unknown = Open("a"u8.ToArray(), "klingon");
        Assert.Equal("R025", Assert.Single(unknown.Findings).Code);
    }

    [Fact]
    public void What_cannot_be_told_is_refused_and_not_guessed()
    {
        using var western = Open(Encoding.Latin1.GetBytes("nom,ville\nRené,Besançon\nZoë,Orléans\n"));
        Assert.True(western.Refused);
        Assert.Contains(western.Findings[0].Code, (string[])["R020", "R022"]);
        // The same two bytes are a character in every one of the encodings.
        using var brief = Open([(byte)'a', (byte)',', 0xB0, 0xA1, (byte)'\n']);
        Assert.True(brief.Refused || brief.Encoding == "GB18030");
        // These four characters in GBK are valid UTF-8 as well.
        using var both = Open([.. "a,b\n1,"u8, .. Encoding.GetEncoding("gb18030").GetBytes("太原某某"), .. "\n"u8]);
        Assert.Equal("R022", Assert.Single(both.Findings).Code);
        using var accents = Open("ville,nom\nBesançon,René\n"u8.ToArray());
        Assert.Equal(("UTF-8", false), (accents.Encoding, accents.Refused));
    }

    [Fact]
    public void The_replacement_character_is_never_handed_out()
    {
        using var document = Open("a,b\n1,x\uFFFDy\n2,z\n"u8.ToArray());
        Assert.DoesNotContain(Corpora.Records(document).SelectMany(r => r), c => c.Contains('\uFFFD', StringComparison.Ordinal));
        Assert.Contains(document.Findings, f => f is { Code: "R024", Row: 2, Column: "B" });
        Assert.Equal(1, document.RowsRefused);
    }

    [Fact]
    public void Text_damaged_at_any_one_byte_is_never_read_as_something_with_a_replacement_character()
    {
        foreach (var name in new[] { "utf-8", "gb18030", "big5", "shift_jis", "utf-16" })
        {
            var bytes = Encoding.GetEncoding(name).GetBytes(name == "big5" ? Traditional : name == "shift_jis" ? Japanese : Chinese);
            for (var i = 0; i < bytes.Length; i++)
            {
                var damaged = (byte[])bytes.Clone();
                damaged[i] ^= 0x80;
                using var document = Open(damaged, name);
                Assert.DoesNotContain(Corpora.Records(document).SelectMany(r => r), c => c.Contains('\uFFFD', StringComparison.Ordinal));
            }
        }
    }
}
