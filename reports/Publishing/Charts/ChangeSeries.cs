using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>What the change of an amount on the year before is made of: the missing apart from the gone, the largest part first.</summary>
internal static class ChangeSeries
{
    public static readonly IReadOnlyList<(string Column, Text Name, Func<Change, decimal> Of)> Parts =
    [
        ("continuing", new("同口径增减", "Continuing"), c => c.Continuing),
        ("restatement", new("上年数重报", "Restatement"), c => c.Restatement),
        ("definition", new("报表版式变化", "Definition"), c => c.Definition),
        ("entrants", new("新进单位", "Entrants"), c => c.Entrants),
        ("exits", new("退出单位", "Exits"), c => c.Exits),
        ("non_response", new("未报（缺失）", "Non-response"), c => c.NonResponse),
    ];

    public static (SlotKind, IReadOnlyList<Slot>, IReadOnlyList<SceneSeries>) Build(ChartDefinition definition, PublishedRelease release, int year)
    {
        var metric = release.Metric(definition.Series[0].Metric);
        var change = release.Changes.FirstOrDefault(c => c.Metric == metric.Code && c.Year == year);
        var total = release.Annual(metric.Code, year);
        var parts = change is null ? [] : Parts.OrderByDescending(p => p.Of(change)).ToArray();
        // Parts are no rivals: none of them is said to rank first.
        var points = parts
            .Select(p =>
                (ScenePoint?)new ScenePoint(p.Of(change!), total?.Status ?? FigureStatus.Actual, change!.Key(p.Column), total?.Stage ?? "", IsComplete: false)
            )
            .ToArray();
        return (
            SlotKind.Categories,
            parts.Select(p => new Slot(p.Column, p.Name)).ToArray(),
            [
                new SceneSeries(
                    $"{metric.Code}/change/{year}",
                    new Text($"{year}年", $"{year}"),
                    metric,
                    FigureText.For(metric) with
                    {
                        IsChange = true,
                    },
                    Mark.Column,
                    0,
                    points
                ),
            ]
        );
    }
}
