using Innovation1551.Models;

namespace Innovation1551.Publishing.Charts;

/// <summary>What stands below a chart: the definition's own note, and what its figures make necessary.</summary>
internal static class ChartNotes
{
    /// <param name="first">What must be known before all else.</param>
    public static IReadOnlyList<Text> Of(ChartScene scene, Text? first = null)
    {
        var notes = new List<Text>();
        if (first is not null)
            notes.Add(first);
        if (scene.Definition.Note is { } own)
            notes.Add(own);
        if (scene.Forecasts.Count > 0)
            notes.Add(
                new(
                    "测算值由最近六年推算，深、浅带为50%、90%区间，不是统计数据；方法与误差见测算表。",
                    "Projected from the last six years; the darker and lighter bands are those of 50% and 90%. No statistic; method and errors stand with the table of projections."
                )
            );
        if (RoundingShows(scene))
            notes.Add(new("因四舍五入，分项之和可能不等于合计，未作机械调整。", "Parts are rounded and may not sum to the total; nothing was adjusted."));
        return notes;
    }

    /// <summary>Do the displayed parts of some column not add to the displayed whole?</summary>
    private static bool RoundingShows(ChartScene scene)
    {
        if (
            scene is { Definition.Kind: ChartKind.Ranked, Series: [var shares, ..] }
            && shares.Metric.Code.EndsWith("_share", StringComparison.Ordinal)
            && shares.Points.All(p => p is { Value: not null })
        )
            return shares.Points.Sum(p => shares.Shown(p!.Value!.Value)) != 100;
        if (scene is { Definition.Kind: ChartKind.Waterfall, Series: [var levels, var steps] } && levels.Valued.ToArray() is [var from, var to])
            return levels.Shown(from.Value) + steps.Valued.Sum(s => steps.Shown(s.Value)) != levels.Shown(to.Value);
        var parts = scene.Series.Where(s => s.Mark == Mark.Stack).ToArray();
        for (var i = 0; i < scene.Slots.Count && parts.Length > 0; i++)
        {
            if (parts.Any(p => p.Value(i) is null))
                continue;
            var sum = parts.Sum(p => p.Shown(p.Value(i)!.Value));
            if (scene.Definition.Kind == ChartKind.Shares ? sum != 100 : scene.Totals?.Value(i) is { } total && sum != scene.Totals.Shown(total))
                return true;
        }

        return false;
    }
}
