using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>The response rate of each form, year by year.</summary>
internal static class ResponseSeries
{
    public static readonly Metric Rate = new(
        "response_rate",
        new Text("回收率", "Response rate"),
        "percent",
        new Text("%", "%"),
        1,
        false,
        new Text("验收通过的报表数除以应报数。", "Returns accepted divided by returns due."),
        new Text("", "")
    );

    public static (SlotKind, IReadOnlyList<Slot>, IReadOnlyList<SceneSeries>) Build(PublishedRelease release, int year)
    {
        var slots = SceneBuilder.YearSlots;
        var series = release
            .Responses.GroupBy(r => r.Form)
            .Select(form =>
            {
                var points = new ScenePoint?[slots.Count];
                foreach (var r in form.Where(r => r.Year >= SceneBuilder.FirstYear && r.Year <= Math.Min(year, SceneBuilder.LastYear)))
                    points[r.Year - SceneBuilder.FirstYear] = new ScenePoint(
                        r.Rate,
                        r.Rate is null ? FigureStatus.Missing : FigureStatus.Actual,
                        r.Key("rate")
                    );
                return new SceneSeries($"response_rate/form/{form.Key}", form.First().Name, Rate, FigureText.For(Rate), Mark.Line, 0, points);
            })
            .ToArray();
        return (SlotKind.Years, slots, series);
    }
}
