using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>
/// The places of the members of a breakdown in two years, by what is displayed: equal values share a place. Places are told only of a metric of one
/// perimeter, so that nobody rises or falls because another did not report.
/// </summary>
internal static class PlaceChanges
{
    private const string Now = "place",
        Then = "place-before",
        NowValue = "value",
        ThenValue = "value-before";

    private static readonly FigureText Count = new(1, new Text("", ""), 0, false, false);

    public static (SlotKind, IReadOnlyList<Slot>, IReadOnlyList<SceneSeries>) Build(ChartDefinition definition, PublishedRelease release, int year)
    {
        var query = definition.Series[0];
        var metric = release.Metric(query.Metric);
        var show = FigureText.For(metric);
        var (now, then) = (Of(year), Of(year - 1));
        string[] both =
        [
            .. now.Where(f => then.Any(t => t.Category == f.Category))
                .OrderByDescending(f => show.Rounded(f.Value!.Value))
                .ThenBy(f => release.Category(query.Breakdown, f.Category).SortOrder)
                .ThenBy(f => f.Category, StringComparer.Ordinal)
                .Select(f => f.Category),
        ];
        // Who stands in one of the years alone would move all others.
        if (both.Length < now.Length || both.Length < then.Length || now.Concat(then).Any(f => f.IsFlash))
            both = [];
        return (
            SlotKind.Categories,
            [.. both.Select(c => new Slot(c, release.Category(query.Breakdown, c).Name))],
            [
                Places(Now, now, year),
                Places(Then, then, year - 1) with
                {
                    IsPrevious = true,
                },
                Values(NowValue, now, year),
                Values(ThenValue, then, year - 1) with
                {
                    IsPrevious = true,
                },
            ]
        );

        Figure[] Of(int of) => [.. release.Series(query.Metric, query.Breakdown).Where(f => f.Year == of && f.Value is not null)];

        SceneSeries Places(string key, Figure[] figures, int of) =>
            new(
                key,
                new Text($"{of}年位次", $"Place in {of}"),
                new Metric(key, new Text("位次", "Place"), "", Count.Unit, 0, false, new Text("", ""), new Text("", "")),
                Count,
                Mark.Column,
                0,
                [
                    .. both.Select(c => figures.Single(f => f.Category == c))
                        .Select(f =>
                            (ScenePoint?)
                                new ScenePoint(
                                    1 + figures.Count(o => show.Rounded(o.Value!.Value) > show.Rounded(f.Value!.Value)),
                                    f.Status,
                                    Bound.Record($"figure/{f.Id}/rank"),
                                    f.Stage
                                )
                        ),
                ]
            );

        SceneSeries Values(string key, Figure[] figures, int of) =>
            new(
                key,
                new Text(of.ToString(CultureInfo.InvariantCulture) + "年", of.ToString(CultureInfo.InvariantCulture)),
                metric,
                show,
                Mark.Column,
                0,
                [.. both.Select(c => (ScenePoint?)ScenePoint.Of(figures.Single(f => f.Category == c)))]
            );
    }

    public static (SceneSeries Now, SceneSeries Then, SceneSeries NowValue, SceneSeries ThenValue) Of(ChartScene scene) =>
        (scene.Series[0], scene.Series[1], scene.Series[2], scene.Series[3]);
}
