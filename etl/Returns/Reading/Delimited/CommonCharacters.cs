using System.Collections;
using System.Text;

namespace Innovation1551.Returns.Reading.Delimited;

/// <summary>
/// Which characters people really write in each encoding: a decoding that gives rare characters is the wrong decoding.
/// The frequent ones are listed; the common ones are the first level of each national standard, which was chosen by use.
/// </summary>
internal sealed class CommonCharacters
{
    private const string Shared =
        "的一是不了在人有我他中上大和到以要就出可也你生能而子那得自之年作里用道行所然家事成方多去法如都同天分好小部其些主本前因只想日者意力把十民第公此已工使情明性知全三又正外由很最重物手向文政美相利什二等或新己制身果加西月合回代信表化老位次度先海通教原提立及比解水名真入口平系更別打女四神何少才受目太再感建做接必件市直德指求住据交北死值格心小中下月日表件号市省县元合填核注技新科研人明用收入支出投本比率序份度位名"
        + "山西太原大同司集度";

    private const string SimplifiedOnly =
        "这个们来为国说时会对过发后里开学当动还进样实军无与长机关点业将两间问战头体见么产应条东声员论处义几认气题尔变总电数报结场计资许统区队决设则听达强难权类据边张该规万传师观觉术领确让识导争运单称编专经费额项县备创奖励级证书请观计财补长增质围标准简种复杂构仅从属营";

    private const string TraditionalOnly =
        "這個們來為國說時會對過發後裡開學當動還進樣實軍無與長機關點業將兩間問戰頭體見麼產應條東聲員論處義幾認氣題爾變總電數報結場計資許統區隊決設則聽達強難權類據邊張該規萬傳師觀覺術領確讓識導爭運單稱編專經費額項縣備創獎勵級證書請財補增質圍標準簡種複雜構僅從屬營";

    /// <summary>Frequent in tables written in simplified characters.</summary>
    public static CommonCharacters Gb18030 { get; } = new(Shared + SimplifiedOnly, KnownEncoding.Gb18030, 0xB0, 0xD7, 0xA1);

    /// <summary>Frequent in tables written in traditional characters.</summary>
    public static CommonCharacters Big5 { get; } = new(Shared + TraditionalOnly, KnownEncoding.Big5, 0xA4, 0xC6, 0x40);
    private const string Japanese = "年月日企業数研究開発費合計産業製造売上高比率円社人前度中小大国内外有無用使件所特許権実新案意匠別";

    /// <summary>Kana count as frequent: no Japanese table is without them or without first-level kanji.</summary>
    public static CommonCharacters Cp932 { get; } = new(Japanese, KnownEncoding.Cp932, 0x88, 0x97, 0x40) { _kana = true };
    public static CommonCharacters EucJp { get; } = new(Japanese, KnownEncoding.EucJp, 0xB0, 0xCF, 0xA1) { _kana = true };

    /// <summary>Frequent syllables; all that the standard has are common.</summary>
    public static CommonCharacters EucKr { get; } =
        new(
            "이다는에의가을를은고하지사기정시자대그로리도어인과해나서한국구일부전제조수있원상화보년월생산연발비합계금액업회출입매총건계명별공직",
            KnownEncoding.EucKr,
            0xB0,
            0xC8,
            0xA1
        )
        {
            _hangul = true,
        };

    private readonly BitArray _frequent = new(65_536),
        _level1 = new(65_536);
    private bool _kana,
        _hangul;

    private CommonCharacters(string frequent, KnownEncoding encoding, int firstLead, int lastLead, int firstTrail)
    {
        foreach (var c in frequent)
            _frequent[c] = true;
        Span<byte> pair = stackalloc byte[2];
        Span<char> decoded = stackalloc char[4];
        // A lenient copy: cells of the table that hold no character are passed over.
        var lenient = Encoding.GetEncoding(encoding.Encoding.CodePage);
        for (var lead = firstLead; lead <= lastLead; lead++)
        {
            for (var trail = firstTrail; trail <= 0xFE; trail++)
            {
                (pair[0], pair[1]) = ((byte)lead, (byte)trail);
                if (lenient.GetChars(pair, decoded) == 1 && decoded[0] is >= '\u4E00' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7A3')
                    _level1[decoded[0]] = true;
            }
        }
    }

    /// <summary>How much this non-ASCII character speaks for the encoding.</summary>
    public int Weight(char c)
    {
        if (c is >= '\u4E00' and <= '\u9FFF')
            return _frequent[c] ? 3
                : _level1[c] ? 1
                : -1;
        if (c is >= '\uAC00' and <= '\uD7A3')
            return !_hangul ? -1
                : _frequent[c] ? 3
                : _level1[c] ? 1
                : -1;
        if (c is >= '\u3041' and <= '\u30FE')
            return _kana ? 3 : -1;
        if (
            c
            is >= '\u3000'
                and <= '\u3015'
                or >= '\uFF01'
                and <= '\uFF5E'
                or '—'
                or '…'
                or '“'
                or '”'
                or '‘'
                or '’'
                or '·'
                or '％'
                or '￥'
                or '×'
                or '℃'
                or '①'
                or '②'
                or '③'
        )
            return 1;
        if (c is >= '\uE000' and <= '\uF8FF')
            return -5;
        return -1;
    }
}
