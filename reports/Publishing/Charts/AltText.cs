using System.Text;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>
/// What a reader who cannot see the chart is told: its kind, then for each series the first and last value, the direction, the
/// highest point; the missing years; how the figures stand to the target. Every number comes from the figures, and every word follows
/// the numbers as they are displayed: equal ones do not rise, ties are called ties, the lowest is the lowest.
/// </summary>
public static class AltText
{
    private const int SeriesTold = 8,
        CategoriesTold = 5,
        LongestName = 80,
        Least = 30;

    /// <summary>Whether a text is none, or too short to tell who cannot see the picture what is in it.</summary>
    public static bool Lacks(string? text) => text is null || text.Trim().Length < Least;

    public static Text Of(ChartScene scene) => new(In(scene, Language.Zh), In(scene, Language.En));

    private static string In(ChartScene scene, Language language)
    {
        var zh = language == Language.Zh;
        var text = new StringBuilder();
        text.Append(Kind(scene.Definition.Kind).In(language)).Append(zh ? "：" : ": ").Append(scene.Title.In(language)).Append(zh ? "。" : ". ");
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
            text.Append(
                zh
                    ? $"标{FigureText.ProvisionalMark}的为{scene.ProvisionalStages.Zh.TrimEnd('数')}数。"
                    : $"Those marked {FigureText.ProvisionalMark} are {scene.ProvisionalStages.En}. "
            );
        if (scene.IsSynthetic)
            text.Append(zh ? "数据为示例数据（synthetic）。" : "The data are synthetic. ");
        return text.ToString().TrimEnd();
    }

    private static void Trends(StringBuilder text, ChartScene scene, Language language)
    {
        var zh = language == Language.Zh;
        foreach (var s in scene.Series.Where(s => s.Valued.Any()).Take(SeriesTold))
        {
            var values = s.Valued.Select(v => (v.Slot, Shown: s.Shown(v.Value), Said: s.Show.ProseSigned(v.Value, language))).ToArray();
            var (first, last) = (values[0], values[^1]);
            var name = Short(s.Name.In(language));
            if (first.Slot == last.Slot)
                text.Append(zh ? $"{name}仅有{At(last.Slot)}数据，为{last.Said}。" : $"{name} has only {At(last.Slot)}: {last.Said}. ");
            else if (values.All(v => v.Shown == first.Shown))
                text.Append(
                    zh
                        ? $"{name}自{At(first.Slot)}至{At(last.Slot)}持平，为{first.Said}。"
                        : $"{name} stays level at {first.Said} from {At(first.Slot)} to {At(last.Slot)}. "
                );
            else
            {
                var top = values.Max(v => v.Shown);
                var peaks = values.Where(v => v.Shown == top).ToArray();
                var peak =
                    peaks.Length > 3
                        ? zh
                            ? $"最高为{peaks[0].Said}，多次"
                            : $"highest at {peaks[0].Said}, several times"
                        : zh
                            ? $"最高为{string.Join('、', peaks.Select(p => At(p.Slot)))}的{peaks[0].Said}"
                            : $"highest in {string.Join(" and ", peaks.Select(p => At(p.Slot)))} at {peaks[0].Said}";
                text.Append(
                    last.Shown.CompareTo(first.Shown) switch
                    {
                        0 => zh
                            ? $"{name}在{At(last.Slot)}与{At(first.Slot)}持平，为{last.Said}，{peak}。"
                            : $"{name} is {last.Said} in both {At(first.Slot)} and {At(last.Slot)}; {peak}. ",
                        var way => zh
                            ? $"{name}由{At(first.Slot)}的{first.Said}{(way > 0 ? "上升至" : "下降至")}{At(last.Slot)}的{last.Said}，{peak}。"
                            : $"{name} {(way > 0 ? "rises" : "falls")} from {first.Said} in {At(first.Slot)} to {last.Said} in {At(last.Slot)}; {peak}. ",
                    }
                );
            }
        }

        if (scene.Series.Count(s => s.Valued.Any()) > SeriesTold)
            text.Append(zh ? "其余系列见数据表。" : "More series are in the table. ");
        if (scene.EmptySlots.Select(i => scene.Slots[i].Label.In(language)).ToArray() is { Length: > 0 } empty)
            text.Append(
                zh ? $"无数据：{string.Join('、', empty)}{(scene.SlotKind == SlotKind.Years ? "年" : "")}。" : $"No data: {string.Join(", ", empty)}. "
            );

        string At(int slot) => scene.Slots[slot].Label.In(language) + (zh && scene.SlotKind == SlotKind.Years ? "年" : "");
    }

    private static void Categories(StringBuilder text, ChartScene scene, Language language)
    {
        var zh = language == Language.Zh;
        var bars = scene.Series[0];
        var valued = bars.Valued.ToArray();
        if (scene.Definition.Kind == ChartKind.Waterfall)
        {
            var steps = scene.Slots.Select((slot, i) => (slot.Label, Series: scene.Series.First(s => s.Points[i] is not null), Slot: i));
            text.Append(
                    string.Join(
                        zh ? "；" : "; ",
                        steps.Select(s => $"{s.Label.In(language)}{(zh ? "" : ", ")}{s.Series.Show.ProseSigned(s.Series.Value(s.Slot) ?? 0, language)}")
                    )
                )
                .Append(zh ? "。" : ". ");
            return;
        }

        if (scene.Definition.Kind == ChartKind.Ranges)
        {
            Places(text, scene, language);
            return;
        }

        if (scene.Definition.Kind == ChartKind.Slope)
        {
            Slopes(text, scene, language);
            return;
        }

        if (scene.Definition.Kind == ChartKind.Progress)
        {
            text.Append(
                    string.Join(
                        zh ? "；" : "; ",
                        valued.Select(v =>
                            zh ? $"{Name(v.Slot)}，{bars.Show.Prose(v.Value, language)}" : $"{Name(v.Slot)}, {bars.Show.Prose(v.Value, language)}"
                        )
                    )
                )
                .Append(zh ? "。" : ". ");
            return;
        }

        text.Append(zh ? $"{scene.ReportYear}年由高到低：" : $"{scene.ReportYear}, from high to low: ");
        text.Append(string.Join(zh ? "；" : "; ", valued.Take(CategoriesTold).Select((v, i) => Said(v) + Tie(i)))).Append(zh ? "。" : ". ");
        if (valued.Length > CategoriesTold)
        {
            var least = bars.Shown(valued[^1].Value);
            var lowest = valued.Where(v => bars.Shown(v.Value) == least).ToArray();
            text.Append(
                zh
                    ? $"最低为{string.Join('、', lowest.Take(3).Select(v => Name(v.Slot)))}{(lowest.Length > 3 ? "等" : "")} {bars.Show.ProseSigned(valued[^1].Value, language)}{(lowest.Length > 1 ? "（并列）" : "")}。"
                    : $"Lowest: {string.Join(" and ", lowest.Take(3).Select(v => Name(v.Slot)))}{(lowest.Length > 3 ? " and others" : "")}, {bars.Show.ProseSigned(valued[^1].Value, language)}{(lowest.Length > 1 ? " (tied)" : "")}. "
            );
        }

        if (scene.Series.FirstOrDefault(s => s.IsReference)?.Value(0) is { } all)
            text.Append(zh ? $"{Wording.Total.Zh}为{bars.Show.Prose(all, language)}。" : $"All enterprises: {bars.Show.Prose(all, language)}. ");
        if (scene.Slots.Where((_, i) => bars.Value(i) is null).Select(s => Short(s.Label.In(language))).ToArray() is { Length: > 0 } missing)
            text.Append(
                zh
                    ? $"无数据：{string.Join('、', missing.Take(CategoriesTold))}{(missing.Length > CategoriesTold ? "等" : "")}。"
                    : $"No data: {string.Join(", ", missing.Take(CategoriesTold))}{(missing.Length > CategoriesTold ? " and others" : "")}. "
            );

        string Name(int slot) => Short(scene.Slots[slot].Label.In(language));

        string Said((int Slot, decimal Value) v) =>
            zh ? $"{Name(v.Slot)} {bars.Show.ProseSigned(v.Value, language)}" : $"{Name(v.Slot)}, {bars.Show.ProseSigned(v.Value, language)}";

        string Tie(int i) =>
            i > 0 && bars.Shown(valued[i].Value) == bars.Shown(valued[i - 1].Value)
                ? zh
                    ? "（并列）"
                    : " (tied)"
                : "";
    }

    private static void Slopes(StringBuilder text, ChartScene scene, Language language)
    {
        var zh = language == Language.Zh;
        var (now, then, _, _) = PlaceChanges.Of(scene);
        var told = now.Valued.Select(v => (Name: Short(scene.Slots[v.Slot].Label.In(language)), Now: v.Value, Then: then.Value(v.Slot)!.Value)).ToArray();
        text.Append(
                string.Join(
                    zh ? "；" : "; ",
                    told.Take(CategoriesTold)
                        .Select(t =>
                            t.Now.CompareTo(t.Then) switch
                            {
                                0 => zh ? $"{t.Name}仍居第{t.Now}位" : $"{t.Name} stays at place {t.Now}",
                                < 0 => zh ? $"{t.Name}由第{t.Then}位升至第{t.Now}位" : $"{t.Name} rises from place {t.Then} to {t.Now}",
                                _ => zh ? $"{t.Name}由第{t.Then}位降至第{t.Now}位" : $"{t.Name} falls from place {t.Then} to {t.Now}",
                            }
                        )
                )
            )
            .Append(zh ? "。" : ". ");
    }

    private static void Places(StringBuilder text, ChartScene scene, Language language)
    {
        var zh = language == Language.Zh;
        var (places, score) = (EvaluationPlaces.Of(scene, EvaluationPlaces.Place), EvaluationPlaces.Of(scene, EvaluationPlaces.Score));
        var told = places.Valued.Take(CategoriesTold).Select(v => Told(v.Slot, v.Value)).ToArray();
        text.Append(string.Join(zh ? "；" : "; ", told)).Append(zh ? "。" : ". ");
        if (places.Valued.Count() > CategoriesTold && places.Valued.Last() is var last)
            text.Append(zh ? $"末位：{Told(last.Slot, last.Value)}。" : $"Last: {Told(last.Slot, last.Value)}. ");

        string Told(int slot, decimal place)
        {
            var name = Short(scene.Slots[slot].Label.In(language));
            var (best, worst) = (Number(EvaluationPlaces.Best, slot), Number(EvaluationPlaces.Worst, slot));
            var points = score.Show.Prose(score.Value(slot) ?? 0, language);
            return zh
                ? $"{name}第{places.Show.Number(place)}位（权重变动时第{best}至第{worst}位），{points}"
                : $"{name}, place {places.Show.Number(place)} ({best} to {worst} when weights change), {points}";
        }

        string Number(string series, int slot) => EvaluationPlaces.Of(scene, series) is var s ? s.Show.Number(s.Value(slot) ?? 0) : "";
    }

    /// <summary>No name is read out for minutes.</summary>
    private static string Short(string name) =>
        name.Length <= LongestName ? name : string.Concat(name.EnumerateRunes().Take(LongestName).Select(r => r.ToString())) + "…";

    private static void Targets(StringBuilder text, ChartScene scene, Language language)
    {
        var zh = language == Language.Zh;
        foreach (var path in scene.Paths)
            if (Status(scene, path) is var (year, aim, actual))
                text.Append(
                    path.Show.Rounded(actual).CompareTo(path.Show.Rounded(aim)) is var way && zh
                        ? $"目标路径{year}年为{path.Show.Prose(aim, language)}，实绩{way switch { > 0 => "高于", 0 => "等于", _ => "低于" }}该值。"
                        : $"The target path asks for {path.Show.Prose(aim, language)} in {year}; the actual is {way switch { > 0 => "above", 0 => "equal to", _ => "below" }} it. "
                );
        foreach (var fan in scene.Forecasts)
        {
            var (slot, f) = fan.Points[^1];
            var (value, low, high) = (
                fan.Series.Show.Prose(f.Value ?? 0, language),
                fan.Series.Show.Number(f.Ninety.Low),
                fan.Series.Show.Prose(f.Ninety.High, language)
            );
            text.Append(
                zh
                    ? $"测算值（非统计数据）{scene.Slots[slot].Label.Zh}年为{value}，90%区间为{low}至{high}。"
                    : $"Projected, not a statistic: {value} in {scene.Slots[slot].Label.En}, with a 90% band from {low} to {high}. "
            );
        }
        foreach (var aim in scene.Aims)
            text.Append(aim.Name.In(language)).Append(zh ? "。" : ". ");
        foreach (var mark in scene.References)
            text.Append(mark.Name.In(language)).Append(zh ? "。" : ". ");
    }

    /// <summary>The last year for which both the path and an actual figure exist.</summary>
    private static (string Year, decimal Aim, decimal Actual)? Status(ChartScene scene, TargetLine path)
    {
        var series = scene.Series.FirstOrDefault(s => s.Panel == path.Panel);
        foreach (var (slot, aim) in path.Points.Reverse())
            if (series?.Value(slot) is { } actual)
                return (scene.Slots[slot].Label.Zh, aim, actual);
        return null;
    }

    private static Text Kind(ChartKind kind) =>
        kind switch
        {
            ChartKind.Lines => new("折线图", "Line chart"),
            ChartKind.Columns => new("柱形图", "Column chart"),
            ChartKind.Stacked => new("堆积柱形图", "Stacked column chart"),
            ChartKind.Shares => new("百分比堆积柱形图", "Stacked columns of shares"),
            ChartKind.Panels => new("并列图", "Two panels side by side"),
            ChartKind.Ranked => new("条形图", "Bar chart"),
            ChartKind.Waterfall => new("变动分解图", "Waterfall chart"),
            ChartKind.Ranges => new("位次区间图", "Places and their ranges"),
            ChartKind.Slope => new("位次变动图", "Slope chart of places"),
            ChartKind.Heat => new("热力表", "Heat table"),
            ChartKind.Revisions => new("修订幅度图", "Chart of revisions"),
            ChartKind.Multiples => new("小型多图", "Small multiples"),
            _ => new("目标进展图", "Progress towards targets"),
        };
}
