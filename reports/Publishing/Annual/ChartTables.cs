using System.Collections.Immutable;
using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>The table behind a chart. The longer of series and slots goes down the page.</summary>
internal static class ChartTables
{
    private const int MostSeriesAcross = 4;

    public static DataTable Of(ChartScene scene)
    {
        var title = new Text($"{scene.Title.Zh}。{scene.Unit.Zh}", $"{scene.Title.En}. {scene.Unit.En}");
        var (columns, rows) = scene.SlotKind != SlotKind.Categories && scene.Series.Count > MostSeriesAcross ? SeriesDown(scene) : SlotsDown(scene);
        return new DataTable($"data-{scene.Definition.Id}", 0, title, columns, rows);
    }

    private static (ImmutableArray<Column>, ImmutableArray<DataRow>) SlotsDown(ChartScene scene)
    {
        IReadOnlyList<SceneSeries> series = scene.Totals is { } totals ? [.. scene.Series, totals] : scene.Series;
        ImmutableArray<Column> columns =
        [
            new(Phrase.Of(scene.SlotHeading), ColumnKind.Name),
            .. series.Select(s => new Column(
                scene.SlotKind == SlotKind.Categories && s.Name.En.All(char.IsAsciiDigit) ? Phrase.Empty.Period(s.Name.Zh, s.Name.En) : WithUnit(s),
                ColumnKind.Number
            )),
            .. scene.Paths.Select(p => new Column(Phrase.Of(p.Name, Bound.Target(p.Target.Id)), ColumnKind.Number)),
            .. scene.Forecasts.SelectMany(_ => ForecastFan.Parts).Select(p => new Column(Phrase.Empty.Name(p.Name), ColumnKind.Number)),
        ];
        var rows = scene
            .Slots.Select(
                (slot, i) =>
                    new DataRow(
                        Name(scene, i),
                        [
                            .. series.Select(s => Cell(s, i)),
                            .. scene.Paths.Select(path =>
                                path.Points.Where(p => p.Slot == i)
                                    .Select(p => DataCell.Of(Bound.Path(path.Target.Id, SceneBuilder.FirstYear + i), p.Value, FigureStatus.Actual, path.Show))
                                    .FirstOrDefault(DataCell.Empty)
                            ),
                            .. scene.Forecasts.SelectMany(fan =>
                                ForecastFan.Parts.Select(part =>
                                    fan.Points.Where(p => p.Slot == i)
                                        .Select(p => DataCell.Of(p.Forecast.Key(part.Column), part.Of(p.Forecast), FigureStatus.Actual, fan.Series.Show))
                                        .FirstOrDefault(DataCell.Empty)
                                )
                            ),
                        ]
                    )
            )
            .Concat(
                scene.References.Select(m =>
                    Mark(m.Target, new Text($"参照数（截至{Wording.AsOf(m.Target).Zh}）", $"Reference (as of {Wording.AsOf(m.Target).En})"))
                )
            )
            .Concat(
                scene.Aims.Select(a => Mark(a.Target, a.Target.DueYear is { } due ? new Text($"{due}年目标", $"Target for {due}") : new Text("计划", "Plan")))
            );
        return (columns, [.. rows]);

        DataRow Mark(Target target, Text name)
        {
            var told = TargetMarks.Carrier(scene, TargetMarks.Key(target));
            return new DataRow(
                Phrase.Empty.Period(name.Zh, name.En),
                [
                    .. series.Select(s => ReferenceEquals(s, told) ? Qualified(target, s.Show) : DataCell.Empty),
                    .. Enumerable.Repeat(DataCell.Empty, columns.Length - 1 - series.Count),
                ]
            );
        }
    }

    private static Phrase Name(ChartScene scene, int slot)
    {
        var label = scene.Slots[slot].Label;
        return scene.SlotKind != SlotKind.Categories ? Phrase.Empty.Period(label.Zh, label.En)
            : scene.Definition.Kind == ChartKind.Progress && scene.Series[0].Points[slot] is { } point ? Phrase.Of(label, point.Bound)
            : Phrase.Empty.Name(label);
    }

    private static DataCell Qualified(Target target, FigureText show)
    {
        var qualifier = Wording.Qualifier(target.Qualifier);
        return new DataCell(
            Phrase.Of(new Text(qualifier.Zh + show.Number(target.Value), $"{qualifier.En} {show.Number(target.Value)}".TrimStart()), Bound.Target(target.Id))
        );
    }

    private static (ImmutableArray<Column>, ImmutableArray<DataRow>) SeriesDown(ChartScene scene) =>
        (
            [
                new(Phrase.Empty.Say("系列", "Series"), ColumnKind.Name),
                .. scene.Slots.Select(s => new Column(Phrase.Empty.Period(s.Label.Zh, s.Label.En), ColumnKind.Number)),
            ],
            [
                .. (scene.Totals is { } totals ? scene.Series.Append(totals) : scene.Series).Select(s => new DataRow(
                    Phrase.Empty.Name(s.IsReference ? Wording.Total : s.Name),
                    [.. Enumerable.Range(0, scene.Slots.Count).Select(i => Cell(s, i))]
                )),
            ]
        );

    private static Phrase WithUnit(SceneSeries s) =>
        s.Show.Unit.Zh.Length == 0
            ? Phrase.Empty.Name(s.Name)
            : Phrase.Empty.Name(new Text($"{s.Name.Zh}（{s.Show.Unit.Zh}）", $"{s.Name.En} ({s.Show.Unit.En})"));

    private static DataCell Cell(SceneSeries s, int slot) =>
        s.Points[slot] is { } point
            ? DataCell.Of(
                point.Bound,
                point.Value,
                point.Status,
                point.Flags.Count > 0 ? string.Concat(point.Flags.Select(f => f.Symbol))
                    : point.Status == FigureStatus.Provisional ? FigureText.ProvisionalMark
                    : "",
                s.Show
            )
            : DataCell.Empty;
}
