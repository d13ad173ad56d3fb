using System.Text.RegularExpressions;

namespace Innovation1551.Specs.Reading;

/// <summary>
/// Number formats by a small grammar: what numbers, dates, times and durations are written with, behind what people and programs put before
/// them, before what they put behind, and in sections. LibreOffice says what each makes of a number; see <see cref="NumberFormatSpecs"/>.
/// </summary>
internal static partial class FormatGrammar
{
    private static readonly string[] Numbers =
    [
        "General",
        "0",
        "0.00",
        "#,##0",
        "#,##0.00",
        "# ?/?",
        "0%",
        "0.0%",
        "0.00E+00",
        "##0.0E+0",
        "@",
        "0.00,",
        "0\\.0,",
        "000000",
    ];

    private static readonly string[] Dates =
    [
        "yyyy/m/d",
        "yyyy-mm-dd",
        "m/d/yy",
        "d-mmm-yy",
        "d",
        "m",
        "mmm",
        "yyyy",
        "e",
        "ggge",
        "aaaa",
        "dddd",
        "b2yyyy",
        "yyyy/m/d h:mm",
        "yyyy/m/d h:mm:ss.00",
        "yyyy\"年\"m\"月\"d\"日\"",
        "yyyy\"年\"m\"月\"",
        "m\"月\"d\"日\"",
        "yyyy年m月d日",
        "yyyy年",
        "[$-411]ge.m.d",
        "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
    ];

    private static readonly string[] Times =
    [
        "h:mm",
        "h:mm:ss",
        "mm:ss",
        "mm:ss.0",
        "h:mm AM/PM",
        "h:mm A/P",
        "h\"时\"mm\"分\"ss\"秒\"",
        "[h]:mm",
        "[hh]:mm:ss",
        "[mm]:ss",
        "[ss]",
        "[$-F400]h:mm:ss AM/PM",
    ];

    private static readonly string[] Before =
    [
        "[Red]",
        "[Color10]",
        "[$-804]",
        "[DBNum1]",
        "[DBNum1][$-804]",
        "[DBNum2][$-804]",
        "\"约\"",
        "￥",
        "\\d",
        "\"day \"",
        "_(",
        "* ",
        "(",
    ];
    private static readonly string[] Behind =
    [
        "\"万元\"",
        "万元",
        "_)",
        "_d",
        "* ",
        "\\m",
        "\\ ",
        " ",
        "\"h\"",
        "\\-",
        "%",
        "项",
        ";@",
        ";;;@",
        ";[Red]-General",
    ];
    private static readonly string[] BehindMoney = ["_ ;[Red]\\-", "\"元\";\\-"];

    /// <summary>Every format with the numbers that it is tried with.</summary>
    public static IEnumerable<(string Format, double Value)> All()
    {
        var seen = new HashSet<(string, double)>();
        foreach (var one in Some())
            if (seen.Add(one))
                yield return one;
    }

    private static IEnumerable<(string, double)> Some()
    {
        string[] all = [.. Numbers, .. Dates, .. Times];
        foreach (var body in all)
            yield return (body, 12345.5);
        // A year is cut off the front in some languages, and a system's date and time stand for themselves: they take nothing before or behind.
        string[] plain = [.. all.Where(b => !b.Contains('$', StringComparison.Ordinal))];
        foreach (var before in Before)
        foreach (var body in plain)
            yield return (before + body, 12345.5);
        foreach (var behind in Behind)
        foreach (var body in plain)
            if (behind != "%" || Array.IndexOf(Numbers, body) is >= 0 and < 5)
                yield return (body + behind, 12345.5);
        foreach (var money in BehindMoney)
        foreach (var body in Numbers.Take(5))
            yield return (body + money + body, 12345.5);
        foreach (var body in plain)
        {
            yield return ("[Red][>100]" + body + ";[Blue][<0]General;General", 12345.5);
            yield return ("[<100]General;" + body, 12345.5);
            yield return ("[<100]General;" + body, 12.5);
            yield return ("[>=10000]0\\.0,\"万元\";" + body, 12.5);
            yield return ("[=0]\"-\";" + body, 12345.5);
            yield return ("General;" + body, 12345.5);
            yield return ("0.00;General;\"零\";" + body, 12345.5);
        }
    }

    /// <summary>The sections of a format without their conditions, cut where a semicolon stands in no quotes.</summary>
    public static IEnumerable<string> Sections(string format) => Cut().Split(format).Select(s => Condition().Replace(s, "")).Where(s => s.Length > 0);

    [GeneratedRegex(";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")]
    private static partial Regex Cut();

    [GeneratedRegex("\\[[<>=][^\\]]*\\]")]
    private static partial Regex Condition();
}
