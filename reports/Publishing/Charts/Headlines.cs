using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>
/// What a chart shows, as its title, where the figures say so beyond doubt: a level, who stands first, the largest part. Nothing is said
/// of growth, whose years may differ in perimeter or response; nothing of first places while a figure is a flash one, is missing, or ties.
/// </summary>
internal static class Headlines
{
    public static ChartScene AddTo(ChartScene scene) =>
        (
            scene.IsEmpty
                ? null
                : scene switch
                {
                    { Definition: { Kind: ChartKind.Ranked, WithoutFirst: false } } => First(scene),
                    { Definition.Kind: ChartKind.Shares } => LargestPart(scene),
                    { SlotKind: SlotKind.Years, Paths: [var path], Series: [var actual] } => AgainstPath(scene, actual, path),
                    { Definition.Kind: ChartKind.Slope or ChartKind.Heat or ChartKind.Revisions } => null,
                    { SlotKind: SlotKind.Years, PanelCount: 1, Series: [var only] } => Level(scene, only),
                    _ => null,
                }
        )
            is var (text, bound)
            ? scene with
            {
                Headline = text,
                HeadlineBound = bound,
            }
            : scene;

    private static (Text, Bound)? Level(ChartScene scene, SceneSeries s)
    {
        var (slot, value) = s.Valued.Last();
        if (scene.Slots[slot].Key != scene.ReportYear.ToString(System.Globalization.CultureInfo.InvariantCulture))
            return null;
        var name = s.Name;
        return (
            new Text(
                $"{scene.ReportYear}年{name.Zh}为{s.Show.ProseSigned(value, Language.Zh)}{Stage(s, slot).Zh}",
                $"{name.En} in {scene.ReportYear}: {s.Show.ProseSigned(value, Language.En)}{Stage(s, slot).En}"
            ),
            s.Points[slot]!.Bound
        );
    }

    private static (Text, Bound)? AgainstPath(ChartScene scene, SceneSeries s, TargetLine path)
    {
        var (slot, value) = s.Valued.Last();
        var aim = path.Points.Where(p => p.Slot == slot).Select(p => (decimal?)p.Value).FirstOrDefault();
        if (aim is not { } asked || scene.Slots[slot].Key != scene.ReportYear.ToString(System.Globalization.CultureInfo.InvariantCulture))
            return Level(scene, s);
        var (zh, en) = s.Shown(value).CompareTo(s.Shown(asked)) switch
        {
            > 0 => ("高于", "above"),
            0 => ("等于", "equal to"),
            _ => ("低于", "below"),
        };
        return (
            new Text(
                $"{scene.ReportYear}年{s.Name.Zh}{s.Show.Prose(value, Language.Zh)}{Stage(s, slot).Zh}，{zh}目标路径的{s.Show.Prose(asked, Language.Zh)}",
                $"{s.Name.En} in {scene.ReportYear}: {s.Show.Prose(value, Language.En)}{Stage(s, slot).En}, {en} the target path's {s.Show.Prose(asked, Language.En)}"
            ),
            new Bound("data-figure", $"{s.Points[slot]!.Bound.Value} {Bound.Path(path.Target.Id, scene.ReportYear).Value}")
        );
    }

    private static (Text, Bound)? First(ChartScene scene)
    {
        var bars = scene.Series[0];
        var values = bars.Valued.ToArray();
        if (
            values.Length < 2
            || bars.Points.Any(p => p is not { Value: not null, IsComplete: true })
            || bars.Shown(values[0].Value) == bars.Shown(values[1].Value)
        )
            return null;
        var name = scene.Slots[values[0].Slot].Label;
        var value = (Zh: bars.Show.ProseSigned(values[0].Value, Language.Zh), En: bars.Show.ProseSigned(values[0].Value, Language.En));
        return name.Zh.Length > 40 || name.En.Length > 80 ? null
            : bars.Metric.Code.EndsWith("_share", StringComparison.Ordinal)
                ? (new Text($"{name.Zh}所占比重最大：{value.Zh}", $"{name.En}: the largest share, {value.En}"), bars.Points[values[0].Slot]!.Bound)
            : (new Text($"{name.Zh}居首位：{value.Zh}", $"{name.En} ranks first: {value.En}"), bars.Points[values[0].Slot]!.Bound);
    }

    private static (Text, Bound)? LargestPart(ChartScene scene)
    {
        var slot = scene.LastSlot;
        var parts = scene.Series.Where(s => s.Value(slot) is not null).OrderByDescending(s => s.Value(slot)).ToArray();
        if (
            parts.Length < 2
            || parts.Length < scene.Series.Count
            || !parts[0].Points[slot]!.IsComplete
            || parts[0].Shown(parts[0].Value(slot)!.Value) == parts[1].Shown(parts[1].Value(slot)!.Value)
        )
            return null;
        var (top, year) = (parts[0], scene.Slots[slot].Label);
        return (
            new Text(
                $"{year.Zh}年{top.Name.Zh}所占比重最大，为{top.Show.Prose(top.Value(slot)!.Value, Language.Zh)}",
                $"{top.Name.En} had the largest share in {year.En}: {top.Show.Prose(top.Value(slot)!.Value, Language.En)}"
            ),
            top.Points[slot]!.Bound
        );
    }

    private static Text Stage(SceneSeries s, int slot) =>
        s.IsProvisional(slot) && Wording.Stage(s.Points[slot]!.Stage) is var stage ? new($"（{stage.Zh}）", $" ({stage.En})") : new("", "");
}
