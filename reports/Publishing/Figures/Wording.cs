using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>The words that charts and page share, each once.</summary>
public static class Wording
{
    public static readonly Text Synthetic = new("示例数据 synthetic", "示例数据 synthetic");
    public static readonly Text SyntheticNote = new("。示例数据。", ". Synthetic sample data.");
    public static readonly Text NoDataYet = new("尚无数据", "no data yet");
    public static readonly Text NoData = new("无数据", "no data");
    public static readonly Text Provisional = new("非最终数", "not final");
    public static readonly Text Missing = new("缺失", "missing");
    public static readonly Text Suppressed = new("不予公布", "suppressed");
    public static readonly Text TargetPath = new("目标路径", "target path");
    public static readonly Text Total = new("全部企业", "all enterprises");
    public static readonly Text Sum = new("合计", "Total");

    /// <summary>The qualifier of a programme number in words.</summary>
    public static Text Qualifier(string code) => code switch
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
    public static Text Unit(string code, decimal value) => value == 1 && Units(code) is var one ? new Text(one.Zh, one.En == "people" ? "person" : one.En.TrimEnd('s')) : Units(code);

    private static Text Units(string code) => code switch
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

    /// <summary>How far the returns behind a figure had come.</summary>
    public static Text Stage(string code) => code switch
    {
        "flash" => new("快报", "flash"),
        "preliminary" => new("初步", "preliminary"),
        "final" => new("终审", "final"),
        "revised" => new("修订", "revised"),
        _ => Provisional,
    };

    /// <summary>A date as a source gives it; what was inferred says so in the reader's language.</summary>
    public static Text AsOf(string date) =>
        date.Replace(" (inferred)", "", StringComparison.Ordinal) is var plain && plain.Length < date.Length ? new($"{plain}（推定）", $"{plain} (inferred)") : new(date, date);

    /// <summary>The period that a published number refers to, in words.</summary>
    public static Text Period(string code) => code switch
    {
        "stock" => new("存量", "stock"),
        "plan" => new("计划", "plan"),
        "annual" => new("年度", "annual"),
        "to date" => new("至今", "to date"),
        "last three years" => new("近三年", "last three years"),
        "3-5 years" => new("3—5年", "3 to 5 years"),
        _ when code.StartsWith("by ", StringComparison.Ordinal) => new($"到{code[3..]}年", code),
        _ when code.StartsWith("end ", StringComparison.Ordinal) => new($"{code[4..]}年末", code),
        _ when code.StartsWith("January-September, year not stated (2024", StringComparison.Ordinal) => new("1—9月，年份未注明（推定为2024年）", "January to September, year not stated (2024 inferred)"),
        _ when code.Contains('/', StringComparison.Ordinal) => new(code.Replace("/", "至", StringComparison.Ordinal), code.Replace("/", " to ", StringComparison.Ordinal)),
        _ when code.All(c => char.IsAsciiDigit(c) || c == '-') => new(code.Replace('-', '—'), code.Replace('-', '–')),
        _ => new(code, code),
    };

    public static Text TargetKind(TargetKind kind) => kind switch
    {
        Figures.TargetKind.Target => new("目标", "Target"),
        Figures.TargetKind.Plan => new("计划", "Plan"),
        Figures.TargetKind.Baseline => new("参照数", "Reference"),
        _ => new("背景", "Context"),
    };

    public static Text Status(FigureStatus status) => status switch
    {
        FigureStatus.Provisional => Provisional,
        FigureStatus.Missing => Missing,
        FigureStatus.Suppressed => Suppressed,
        _ => new("实绩", "actual"),
    };
}
