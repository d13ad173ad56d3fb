using System.Text;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sheets;
using Xunit;

namespace Innovation1551.Specs.Reading;

/// <summary>A14 of the reliability reference.</summary>
public sealed class EncodingSpecs : IDisposable
{
    private const string Chinese =
        "填报单位,项目名称,研发经费（万元）\n山西某某煤业有限公司,煤矿智能化关键技术研究,1200.5\n太原某某装备公司,大型矿用设备的设计与试验,380\n";
    private const string Traditional =
        "單位名稱,項目,經費（萬元）\n臺灣某某股份有限公司,煤礦自動化關鍵技術的研究與開發,1200\n國立研究機構,這個計畫為設備的實驗與應用,380\n";
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

    [Theory]
    [InlineData(Korean, 949, "EUC-KR")]
    [InlineData("연도,지역,인구수\n2024,서울특별시,540000\n2024,부산광역시,400000\n", 949, "EUC-KR")]
    [InlineData(Japanese, 51932, "EUC-JP")]
    [InlineData("氏名,住所\n例示太郎,東京都の千代田区\n例示一郎,大阪府の大阪市ビル\n", 51932, "EUC-JP")]
    [InlineData("姓名,职称\n张晓峰,高级工程师\n王丽娟,工程师\n李建国,研究员\n赵婷婷,助理\n", 936, "GB18030")]
    public void Korean_and_Japanese_on_old_machines_are_not_taken_for_Chinese(string text, int codePage, string detected)
    {
        using var document = Open(Encoding.GetEncoding(codePage).GetBytes(text));
        Assert.True((detected, false) == (document.Encoding, document.Refused), $"{document.Encoding} {string.Join(", ", document.Findings)}");
        Assert.Equal(text, string.Concat(Corpora.Records(document).Select(r => string.Join(',', r) + "\n")));
    }

    private const string Russian = "предприятие,затраты на исследования\nПример Машиностроение,1200\nПример Энергия Юг,380\n";
    private const string Greek = "επιχείρηση,δαπάνες έρευνας\nΠαράδειγμα Ενέργεια,1200\nΔοκιμαστική Βιομηχανία,380\n";
    private const string French = "société,dépenses de recherche\nExemple Énergie à Orléans,1200\nModèle Sidérurgie générale,380\n";
    private const string Czech = "podnik,výdaje na výzkum\nPříklad Strojírenství Žďár,1200\nUkázka Ocelárny Třinec,380\n";
    private const string Turkish = "kuruluş,araştırma gideri\nÖrnek Sanayi Şirketi Iğdır,1200\nDeneme Çelik Üretim,380\n";
    private const string Hebrew = "חברה,הוצאות מחקר\nדוגמה תעשיות,1200\nניסוי אנרגיה,380\n";
    private const string Arabic = "شركة,نفقات البحث\nمثال للصناعة,1200\nتجربة للطاقة,380\n";
    private const string Thai = "บริษัท,ค่าใช้จ่ายวิจัย\nตัวอย่างอุตสาหกรรม,1200\nทดสอบพลังงาน,380\n";
    private const string Vietnamese = "doanh nghiệp,chi phí\nVí dụ,1200\n";
    private const string Korean = "기업명,연구개발비,매출액\n주식회사예시전자,1200,5000\n예시자동차,380,2000\n예시전력공사,20,900\n";

    /// <summary>Whatever the encoding, a file is read as it was written or refused.</summary>
    public static TheoryData<string, string, bool> EveryEncoding() =>
        new()
        {
            { "utf-8", Chinese, true },
            { "utf-16", Chinese, true },
            { "utf-16BE", Chinese, true },
            { "utf-32", Chinese, false },
            { "utf-32BE", Chinese, false },
            { "gb18030", Chinese, true },
            { "gb2312", Chinese, true },
            { "x-cp20936", Chinese, true },
            { "hz-gb-2312", Chinese, false },
            { "big5", Traditional, true },
            { "x-Chinese-CNS", Traditional, false },
            { "x-Chinese-Eten", Traditional, false },
            { "shift_jis", Japanese, true },
            { "euc-jp", Japanese, true },
            { "iso-2022-jp", Japanese, false },
            { "ks_c_5601-1987", Korean, true },
            { "euc-kr", Korean, true },
            { "Johab", Korean, false },
            { "iso-2022-kr", Korean, false },
            { "koi8-r", Russian, false },
            { "koi8-u", Russian, false },
            { "windows-1251", Russian, false },
            { "iso-8859-5", Russian, false },
            { "cp866", Russian, false },
            { "x-mac-cyrillic", Russian, false },
            { "windows-1253", Greek, false },
            { "iso-8859-7", Greek, false },
            { "windows-1252", French, false },
            { "iso-8859-1", French, false },
            { "iso-8859-15", French, false },
            { "macintosh", French, false },
            { "ibm850", French, false },
            { "windows-1250", Czech, false },
            { "iso-8859-2", Czech, false },
            { "ibm852", Czech, false },
            { "windows-1254", Turkish, false },
            { "iso-8859-9", Turkish, false },
            { "windows-1255", Hebrew, false },
            { "iso-8859-8", Hebrew, false },
            { "windows-1256", Arabic, false },
            { "iso-8859-6", Arabic, false },
            { "windows-874", Thai, false },
            { "windows-1258", Vietnamese, false },
            { "IBM037", French, false },
            { "IBM01047", French, false },
        };

    [Theory]
    [MemberData(nameof(EveryEncoding))]
    public void A_file_in_any_encoding_is_read_as_it_was_written_or_refused(string name, string text, bool expected)
    {
        var encoding = Encoding.GetEncoding(name);
        foreach (var mark in new[] { true, false })
        {
            using var document = Open(mark ? [.. encoding.GetPreamble(), .. encoding.GetBytes(text)] : encoding.GetBytes(text));
            var read = string.Concat(Corpora.Records(document).Select(r => string.Join(',', r) + "\n"));
            Assert.True(document.Refused || read == text, $"{document.Encoding}: {read}");
            Assert.Equal(!expected, document.Refused);
        }
    }

    /// <summary>There is no decoder for EUC-TW in the framework; bytes made by iconv from a table in traditional characters (單位名稱,項目,經費).</summary>
    [Fact]
    public void Taiwanese_in_EUC_is_refused_and_not_read_as_Chinese_of_the_mainland()
    {
        using var document = Open(
            Convert.FromHexString(
                "DECCC8EDC7D8EAA22CE2FAC6F82CE5EEE2B6A1BEE5DCC4F7A1BF0AEAD7FDA4D1DCD1DCCFB4C7B9C8B4D3EEC4FCC6B32CE4F7F9FCC8DCD9AFC5A7F9C3F5EFCAC0DDB4CEFBD2E6"
                    + "CBB6EAD8E2E4E0F52C313230300AD9CFC7A1D2E6CBB6F1A2E9AC2CDDD5D4B6D3D3E0EBD2B3DDC3DEACCEFBE8D2FCD3EAD8F3DCC6EE2C3338300A"
            )
        );
        Assert.True(document.Refused);
        // Not one of several that it might be: none that is known.
        Assert.Equal("R020", document.Findings[0].Code);
    }

    [Fact]
    public void Every_character_of_gb18030_comes_back_two_byte_forms_and_four_byte_forms()
    {
        var encoding = Encoding.GetEncoding("gb18030");
        var text = new StringBuilder("码,字\n");
        var count = 0;
        for (var code = 0xA0; code <= 0x10FFFF; code += code < 0x10000 ? 1 : 97)
        {
            if (code is >= 0xD800 and <= 0xDFFF or 0xFFFD)
                continue;
            var character = char.ConvertFromUtf32(code);
            if (encoding.GetString(encoding.GetBytes(character)) != character)
                continue;
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
            var bytes = Encoding
                .GetEncoding(name)
                .GetBytes(
                    name == "big5" ? Traditional
                    : name == "shift_jis" ? Japanese
                    : Chinese
                );
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
