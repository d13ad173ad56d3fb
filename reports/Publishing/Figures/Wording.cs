using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>The words that charts and page share, each once.</summary>
public static class Wording
{
    /// <summary>The marks of what may not be taken for an official figure of real data: that it is a draft, that it is constructed. Empty where it is neither.</summary>
    public static Text Stamp(Text? draft, bool isSynthetic)
    {
        Text[] marks = [.. draft is null ? (Text[])[] : [draft], .. isSynthetic ? (Text[])[Synthetic] : []];
        return new(string.Join(" · ", marks.Select(m => m.Zh)), string.Join(" · ", marks.Select(m => m.En)));
    }

    public static bool IsChinese(string text) => text.Any(c => c is >= '\u4e00' and <= '\u9fff');

    public static readonly Text Synthetic = new("示例数据 synthetic", "示例数据 synthetic");
    public static readonly Text SyntheticNote = new("。示例数据。", ". Synthetic sample data.");
    public static readonly Text NoDataYet = new("尚无数据", "no data yet");
    public static readonly Text NoData = new("无数据", "no data");
    public static readonly Text Provisional = new("非最终数", "not final");
    public static readonly Text Missing = new("缺失", "missing");
    public static readonly Text Suppressed = new("不予公布", "suppressed");
    public static readonly Text TargetPath = new("目标路径", "target path");
    public static readonly Text Projection = new("测算值，非统计数据", "Projection, not a statistic");
    public static readonly Text Total = new("全部企业", "all enterprises");
    public static readonly Text Sum = new("合计", "Total");

    /// <summary>The qualifier of a programme number in words.</summary>
    public static Text Qualifier(string code) =>
        code switch
        {
            "gt" => new("超过", "over"),
            "ge" => new("不低于", "at least"),
            "lt" or "lt_approx" => new("低于", "below"),
            "near" => new("近", "nearly"),
            "about" => new("约", "about"),
            "strive" => new("力争", "striving for"),
            _ => new("", ""),
        };

    /// <summary>Units of the programme's numbers that no metric of a release has; an unknown one is shown by its code.</summary>
    public static Text Unit(string code) =>
        code switch
        {
            "item" => new("件", "patents"),
            "award" => new("项", "awards"),
            "project" => new("项", "projects"),
            "task" => new("项", "tasks"),
            "scene" => new("项", "scenes"),
            "policy" => new("项", "policies"),
            "platform" => new("个", "platforms"),
            "source" => new("个", "sources"),
            "face" => new("个", "working faces"),
            "mine" => new("座", "mines"),
            "person" => new("人", "people"),
            "10k_person" => new("万人", "10,000 people"),
            "enterprise" => new("户", "enterprises"),
            "year" => new("年", "years"),
            "tonne" => new("吨", "tonnes"),
            "mu" => new("亩", "mu"),
            "class" => new("类", "class"),
            _ => new(code, code),
        };

    /// <summary>An English unit after the number one.</summary>
    public static string One(string unit) =>
        unit switch
        {
            "people" => "person",
            _ when unit.EndsWith("ies", StringComparison.Ordinal) => unit[..^3] + "y",
            "consortia" => "consortium",
            _ when unit.Contains(' ', StringComparison.Ordinal) => unit,
            _ => unit.TrimEnd('s'),
        };

    /// <summary>How far the returns behind a figure had come.</summary>
    public static Text Stage(string code) =>
        code switch
        {
            "flash" => new("快报", "flash"),
            "preliminary" => new("初步", "preliminary"),
            "final" => new("终审", "final"),
            "revised" => new("修订", "revised"),
            _ => Provisional,
        };

    /// <summary>The day of a statement; what was concluded and not stated says so in the reader's language.</summary>
    public static Text AsOf(Target target) => target.IsInferred ? new($"{target.AsOf}（推定）", $"{target.AsOf} (inferred)") : new(target.AsOf, target.AsOf);

    /// <summary>The period that a published number is about: <c>2021</c>, <c>2020-2022</c>, <c>2021-01/2024-03</c>.</summary>
    public static Text Period(string code) =>
        code.Contains('/', StringComparison.Ordinal)
            ? new(code.Replace("/", "至", StringComparison.Ordinal), code.Replace("/", " to ", StringComparison.Ordinal))
        : code.Length == 9 ? new(code.Replace('-', '—'), code.Replace('-', '–'))
        : new(code, code);
}
