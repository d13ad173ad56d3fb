using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts.Output;

/// <summary>One figure behind a chart, in the long form that files carry.</summary>
/// <param name="Value">In the unit shown, not rounded; null where the figure is missing or suppressed.</param>
/// <param name="Status"><c>actual</c>, <c>provisional</c>, <c>missing</c>, <c>suppressed</c>, <c>target</c>, <c>reference</c> or <c>forecast</c>.</param>
/// <param name="Flags">Codes of its flags, separated by ;; empty for what is no figure.</param>
public sealed record ChartTableRow(
    string FigureId,
    string Period,
    string Series,
    Text SeriesName,
    Text Item,
    decimal? Value,
    Text Unit,
    string Status,
    bool IsSynthetic,
    string Flags = ""
);

/// <summary>The table behind a chart: every point drawn, and every point that could not be.</summary>
public static class ChartTable
{
    public static IReadOnlyList<ChartTableRow> Of(ChartScene scene)
    {
        var rows = new List<ChartTableRow>();
        foreach (var s in scene.Series)
            for (var i = 0; i < scene.Slots.Count; i++)
                if (s.Points[i] is { } point)
                    rows.Add(
                        new ChartTableRow(
                            point.FigureId,
                            Period(scene, s, i),
                            s.Key,
                            s.Name,
                            scene.Slots[i].Label,
                            point.Value is { } v ? s.Show.Scaled(v) : null,
                            s.Show.Unit,
                            Code(point.Status),
                            scene.IsSynthetic,
                            string.Join(';', point.Flags.Select(f => f.Code))
                        )
                    );
        // A path starts from a figure: it is as synthetic as that.
        foreach (var path in scene.Paths)
        foreach (var (slot, value) in path.Points)
            rows.Add(
                new ChartTableRow(
                    "",
                    scene.Slots[slot].Key,
                    path.Target.Id,
                    path.Name,
                    scene.Slots[slot].Label,
                    path.Show.Scaled(value),
                    path.Show.Unit,
                    "target",
                    scene.IsSynthetic
                )
            );
        foreach (var fan in scene.Forecasts)
        foreach (var (column, name, of) in ForecastFan.Parts)
        foreach (var (slot, forecast) in fan.Points)
            rows.Add(
                new ChartTableRow(
                    "",
                    scene.Slots[slot].Key,
                    $"{fan.Series.Key}/{column}",
                    new Text($"{fan.Series.Name.Zh}：{name.Zh}", $"{fan.Series.Name.En}: {name.En}"),
                    scene.Slots[slot].Label,
                    fan.Series.Show.Scaled(of(forecast)),
                    fan.Series.Show.Unit,
                    "forecast",
                    scene.IsSynthetic
                )
            );
        foreach (var aim in scene.Aims)
            rows.Add(
                new ChartTableRow(
                    "",
                    scene.Slots[aim.Slot].Key,
                    aim.Target.Id,
                    aim.Name,
                    scene.Slots[aim.Slot].Label,
                    aim.Show.Scaled(aim.Target.Value),
                    aim.Show.Unit,
                    "target",
                    false
                )
            );
        foreach (var mark in scene.References)
            rows.Add(
                new ChartTableRow(
                    "",
                    mark.Target.AsOf,
                    mark.Target.Id,
                    mark.Name,
                    new Text(mark.Target.AsOf, mark.Target.AsOf),
                    mark.Show.Scaled(mark.Target.Value),
                    mark.Show.Unit,
                    "reference",
                    false
                )
            );
        return rows;
    }

    private static string Period(ChartScene scene, SceneSeries series, int slot)
    {
        if (scene.SlotKind != SlotKind.Categories)
            return scene.Slots[slot].Key;
        var year = series.IsPrevious ? scene.ReportYear - 1 : scene.ReportYear;
        return year.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Code(FigureStatus status) =>
        status switch
        {
            FigureStatus.Provisional => "provisional",
            FigureStatus.Missing => "missing",
            FigureStatus.Suppressed => "suppressed",
            _ => "actual",
        };
}
