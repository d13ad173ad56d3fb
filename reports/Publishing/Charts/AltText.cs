using System.Text;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>
/// What a reader who cannot see the chart is told: its kind, then for each series the first and last value, the direction, the
/// highest point; the missing years; how the figures stand to the target. Every number comes from the figures.
/// </summary>
public static class AltText
{
    private const int SeriesTold = 8, CategoriesTold = 5, LongestName = 80;

    public static Text Of(ChartScene scene) => new(In(scene, Language.Zh), In(scene, Language.En));

    private static string In(ChartScene scene, Language language)
    {
        var zh = language == Language.Zh;
        var text = new StringBuilder();
        text.Append(Kind(scene.Definition.Kind).In(language)).Append(zh ? "：" : ": ").Append(scene.Definition.Title.In(language)).Append(zh ? "。" : ". ");
        if (scene.SlotKind == SlotKind.Months)
            text.Append(scene.Unit.In(language)).Append(zh ? "。" : ". ");
        if (scene.IsEmpty)
            return text.Append(Wording.NoData.In(language)).Append(zh ? "。" : ".").ToString();
        if (scene.SlotKind == SlotKind.Categories)
            Categories(text, scene, language);
        else
            Trends(text, scene, language);
        Targets(text, scene, language);
        if (scene.HasProvisional)
            text.Append(zh ? "空心为初步数。" : "Hollow marks are provisional. ");
        if (scene.IsSynthetic)
            text.Append(zh ? "数据为示例数据（synthetic）。" : "The data are synthetic. ");
        return text.ToString().TrimEnd();
    }

    private static void Trends(StringBuilder text, ChartScene scene, Language language)
    {
        var zh = language == Language.Zh;
        foreach (var s in scene.Series.Where(s => s.Valued.Any()).Take(SeriesTold))
        {
            var (first, last, top) = (s.Valued.First(), s.Valued.Last(), s.Valued.MaxBy(v => v.Value));
            var name = Short(s.Name.In(language));
            var (at, to, peak) = (scene.Slots[first.Slot].Label.In(language), scene.Slots[last.Slot].Label.In(language), scene.Slots[top.Slot].Label.In(language));
            var year = zh && scene.SlotKind == SlotKind.Years ? "年" : "";
            if (first.Slot == last.Slot)
                text.Append(zh ? $"{name}仅有{to}{year}数据，为{s.Show.Prose(last.Value, language)}。" : $"{name} has only {to}: {s.Show.Prose(last.Value, language)}. ");
            else
                text.Append(zh
                    ? $"{name}由{at}{year}的{s.Show.Prose(first.Value, language)}{Direction(first.Value, last.Value).Zh}{to}{year}的{s.Show.Prose(last.Value, language)}，最高为{peak}{year}的{s.Show.Prose(top.Value, language)}。"
                    : $"{name} {Direction(first.Value, last.Value).En} from {s.Show.Prose(first.Value, language)} in {at} to {s.Show.Prose(last.Value, language)} in {to}; highest in {peak} at {s.Show.Prose(top.Value, language)}. ");
        }

        if (scene.Series.Count > SeriesTold)
            text.Append(zh ? $"另有{scene.Series.Count - SeriesTold}个系列见数据表。" : $"{scene.Series.Count - SeriesTold} more series are in the table. ");
        if (scene.EmptySlots.Select(i => scene.Slots[i].Label.In(language)).ToArray() is { Length: > 0 } empty)
            text.Append(zh ? $"无数据：{string.Join('、', empty)}{(scene.SlotKind == SlotKind.Years ? "年" : "")}。" : $"No data: {string.Join(", ", empty)}. ");
    }

    private static void Categories(StringBuilder text, ChartScene scene, Language language)
    {
        var zh = language == Language.Zh;
        var bars = scene.Series[0];
        var valued = bars.Valued.ToArray();
        if (scene.Definition.Kind != ChartKind.Progress)
            text.Append(zh ? $"{scene.ReportYear}年共{valued.Length}项，" : $"{valued.Length} categories in {scene.ReportYear}; ");
        var told = valued.Take(CategoriesTold).Select(v => zh ? $"{Name(v.Slot)} {bars.Show.Prose(v.Value, language)}" : $"{Name(v.Slot)}, {bars.Show.Prose(v.Value, language)}");
        text.Append(zh ? "依次为" : "in order: ").Append(string.Join(zh ? "；" : "; ", told)).Append(zh ? "。" : ". ");
        if (valued.Length > CategoriesTold)
            text.Append(zh ? $"最低为{Name(valued[^1].Slot)} {bars.Show.Prose(valued[^1].Value, language)}。" : $"Lowest: {Name(valued[^1].Slot)}, {bars.Show.Prose(valued[^1].Value, language)}. ");
        if (scene.Series.FirstOrDefault(s => s.IsReference)?.Value(0) is { } all)
            text.Append(zh ? $"{Wording.Total.Zh}为{bars.Show.Prose(all, language)}。" : $"All enterprises: {bars.Show.Prose(all, language)}. ");
        if (scene.Slots.Count - valued.Length is > 0 and var missing)
            text.Append(zh ? $"{missing}项无数据。" : $"{missing} without data. ");

        string Name(int slot) => Short(scene.Slots[slot].Label.In(language));
    }

    /// <summary>No name is read out for minutes.</summary>
    private static string Short(string name) => name.Length <= LongestName ? name : string.Concat(name.EnumerateRunes().Take(LongestName).Select(r => r.ToString())) + "…";

    private static void Targets(StringBuilder text, ChartScene scene, Language language)
    {
        var zh = language == Language.Zh;
        foreach (var path in scene.Paths)
            if (Status(scene, path) is { } status)
                text.Append(zh
                    ? $"目标路径{status.Year}年为{path.Show.Prose(status.Aim, language)}，实绩{(status.Actual >= status.Aim ? "达到" : "低于")}该值。"
                    : $"The target path asks for {path.Show.Prose(status.Aim, language)} in {status.Year}; the actual {(status.Actual >= status.Aim ? "reaches" : "is below")} it. ");
        foreach (var mark in scene.References)
            text.Append(zh
                ? $"公布的参照数：{Wording.Qualifier(mark.Target.Qualifier).Zh}{mark.Show.Prose(mark.Target.Value, language)}（截至{mark.Target.AsOf}，真实数据）。"
                : $"Published reference: {Wording.Qualifier(mark.Target.Qualifier).En} {mark.Show.Prose(mark.Target.Value, language)} as of {mark.Target.AsOf} (real). ".Replace(":  ", ": ", StringComparison.Ordinal));
    }

    /// <summary>The last year for which both the path and an actual figure exist.</summary>
    internal static (string Year, decimal Aim, decimal Actual)? Status(ChartScene scene, TargetLine path)
    {
        var series = scene.Series.FirstOrDefault(s => s.Metric.Code == path.Target.Metric);
        foreach (var (slot, aim) in path.Points.Reverse())
            if (series?.Value(slot) is { } actual)
                return (scene.Slots[slot].Label.Zh, aim, actual);
        return null;
    }

    private static Text Direction(decimal first, decimal last) =>
        last > first ? new("上升至", "rises") : last < first ? new("下降至", "falls") : new("持平于", "stays level");

    private static Text Kind(ChartKind kind) => kind switch
    {
        ChartKind.Lines => new("折线图", "Line chart"),
        ChartKind.Columns => new("柱形图", "Column chart"),
        ChartKind.Stacked => new("堆积柱形图", "Stacked column chart"),
        ChartKind.Shares => new("百分比堆积柱形图", "100 % stacked column chart"),
        ChartKind.Combo => new("柱形与折线组合图", "Columns with a line on a second axis"),
        ChartKind.Panels => new("并列图", "Two panels side by side"),
        ChartKind.Ranked => new("条形图（由高到低）", "Ranked bar chart"),
        ChartKind.Multiples => new("小型多图", "Small multiples"),
        _ => new("目标达成条形图", "Bars of progress towards targets"),
    };
}
