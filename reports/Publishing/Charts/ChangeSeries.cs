using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>What the change of an amount on the year before is made of: the missing apart from the gone, between the two years.</summary>
internal static class ChangeSeries
{
    public static readonly IReadOnlyList<(string Column, Text Name, Func<Change, decimal> Of)> Parts =
    [
        ("continuing", new("同口径增减", "Continuing"), c => c.Continuing),
        ("restatement", new("上年数重报", "Restatement"), c => c.Restatement),
        ("definition", new("报表版式变化", "Definition"), c => c.Definition),
        ("entrants", new("新进单位", "Entrants"), c => c.Entrants),
        ("exits", new("退出单位", "Exits"), c => c.Exits),
        ("non_response", new("未报（缺失）", "Not reported"), c => c.NonResponse),
    ];

    public static (SlotKind, IReadOnlyList<Slot>, IReadOnlyList<SceneSeries>) Build(ChartDefinition definition, PublishedRelease release, int year)
    {
        var metric = release.Metric(definition.Series[0].Metric);
        var change = release.Changes.FirstOrDefault(c => c.Metric == metric.Code && c.Year == year);
        var total = release.Annual(metric.Code, year);
        if (change is null)
            return (SlotKind.Categories, [], []);
        var (status, stage) = (total?.Status ?? FigureStatus.Actual, total?.Stage ?? "");
        var show = FigureText.For(metric);
        (string Column, Text Name, Func<Change, decimal> Of)[] steps =
        [
            ("value_before", new($"{year - 1}年", $"{year - 1}"), c => c.Before),
            .. Parts,
            ("value", new($"{year}年", $"{year}"), c => c.Now),
        ];
        return (
            SlotKind.Categories,
            [.. steps.Select(s => new Slot(s.Column, s.Name))],
            [
                Series("level", new("数额", "Amount"), show, isLevel: true),
                Series("change", new("变动", "Change"), show with { IsChange = true }, isLevel: false),
            ]
        );

        // Parts are no rivals: none of them is said to rank first.
        SceneSeries Series(string key, Text name, FigureText text, bool isLevel) =>
            new(
                $"{metric.Code}/{key}/{year}",
                name,
                metric,
                text,
                Mark.Column,
                0,
                [
                    .. steps.Select(s =>
                        s.Column is "value" or "value_before" == isLevel
                            ? new ScenePoint(
                                s.Of(change),
                                s.Column == "value_before" ? FigureStatus.Actual : status,
                                change.Key(s.Column),
                                stage,
                                IsComplete: false
                            )
                            : null
                    ),
                ]
            );
    }
}
