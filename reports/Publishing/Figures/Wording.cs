using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>The words that charts and page share, each once.</summary>
public static class Wording
{
    public static readonly Text Synthetic = new("示例数据 synthetic", "示例数据 synthetic");
    public static readonly Text NoDataYet = new("尚无数据", "no data yet");
    public static readonly Text NoData = new("无数据", "no data");
    public static readonly Text Provisional = new("初步数", "provisional");
    public static readonly Text Missing = new("缺失", "missing");
    public static readonly Text Suppressed = new("不予公布", "suppressed");
    public static readonly Text TargetPath = new("目标路径", "target path");
    public static readonly Text Total = new("全部企业", "all enterprises");

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
