using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>The places of the groups in a year's evaluation, with the span in which each lies when the weights are perturbed.</summary>
internal static class EvaluationPlaces
{
    public const string Place = "place",
        Best = "best",
        Worst = "worst",
        Before = "before",
        Score = "score";

    private static readonly FigureText Count = new(1, new Text("", ""), 0, false, false);

    /// <summary>The scores of a year; of several systems, those of the first.</summary>
    public static IReadOnlyList<EvaluationScore> Scores(PublishedRelease release, int year) =>
        release.Scores.Where(s => s.Year == year).GroupBy(s => s.System).FirstOrDefault()?.ToArray() ?? [];

    /// <summary>What the system is: an example, where it is one.</summary>
    public static Text? Notice(PublishedRelease release, int year) =>
        Scores(release, year) is [{ Notice: { Zh.Length: > 0 } notice }, ..] ? new Text(notice.Zh + "。", notice.En + ".") : null;

    public static (SlotKind, IReadOnlyList<Slot>, IReadOnlyList<SceneSeries>) Build(PublishedRelease release, int year)
    {
        var scores = Scores(release, year);
        return (
            SlotKind.Categories,
            scores.Select(s => new Slot(s.Group, release.Category("group", s.Group).Name)).ToArray(),
            [
                Series(Place, new($"{year}年位次", $"Place in {year}"), Count, "rank", s => s.Rank),
                Series(Best, new("区间：最高", "Range: best"), Count, "rank_low", s => s.Best),
                Series(Worst, new("区间：最低", "Range: worst"), Count, "rank_high", s => s.Worst),
                Series(Before, new($"{year - 1}年位次", $"Place in {year - 1}"), Count, "rank_before", s => s.RankBefore) with
                {
                    IsPrevious = true,
                },
                Series(Score, new($"{year}年得分", $"Score in {year}"), EvaluationPart.Points, "score", s => s.Score),
            ]
        );

        SceneSeries Series(string key, Text name, FigureText show, string column, Func<EvaluationScore, decimal?> of) =>
            new(
                $"evaluation/{key}",
                name,
                new Metric("evaluation_" + key, name, "", show.Unit, show.Decimals, false, new Text("", ""), new Text("", "")),
                show,
                Mark.Column,
                0,
                scores.Select(s => (ScenePoint?)new ScenePoint(of(s), of(s) is null ? FigureStatus.Missing : s.Status, s.Key(column))).ToArray()
            );
    }

    public static SceneSeries Of(ChartScene scene, string key) => scene.Series.First(s => s.Key == "evaluation/" + key);
}
