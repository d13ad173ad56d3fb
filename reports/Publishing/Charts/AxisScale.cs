using System.Globalization;

namespace Innovation1551.Publishing.Charts;

/// <summary>A value axis with round steps: its ends, its ticks and their labels.</summary>
internal sealed record AxisScale(decimal Low, decimal High, decimal Step)
{
    /// <summary>Above a last tick at 100, so that a marker standing on it is not cut in half.</summary>
    private const decimal RoomForMarkers = 0.03m;

    /// <summary>An axis that leaves out zero still shows at least this part of the largest value, or it would make much of little.</summary>
    private const decimal LeastSpan = 0.15m;

    /// <summary>An axis that holds all values; it starts at zero unless <paramref name="free"/> and the values lie far from it.</summary>
    public static AxisScale For(IEnumerable<decimal> values, bool free, double headroom = 0.08, int steps = 5, bool percent = false)
    {
        var all = values.DefaultIfEmpty(0).ToArray();
        decimal min = all.Min(),
            max = all.Max();
        // Counts have no halves.
        var whole = all.All(decimal.IsInteger);
        if (free && min > 0 && min > 0.6m * max)
            min = Math.Min(min, max * (1 - LeastSpan));
        else
            (min, max) = (Math.Min(0, min), Math.Max(0, max));
        if (min == max)
            max = min + 1;
        var room = (max - min) * (decimal)headroom;
        var low = min == 0 ? 0 : min - room;
        var high = max == 0 ? 0 : max + room;
        var step = NiceStep((high - low) / steps, whole);
        var top = Math.Ceiling(high / step) * step;
        // A share of a whole never needs an axis beyond 100 when the values themselves stop there.
        if (percent && max <= 100 && top > 100)
            top = 100 + (100 - low) * RoomForMarkers;
        return new AxisScale(Math.Floor(low / step) * step, top, step);
    }

    public bool StartsAtZero => Low <= 0 && High >= 0;

    public IReadOnlyList<decimal> Ticks => Enumerable.Range(0, (int)((High - Low) / Step) + 1).Select(i => Low + i * Step).ToArray();

    public IReadOnlyList<string> Labels
    {
        get
        {
            var places = 0;
            for (var step = Step; step != decimal.Truncate(step) && places < 6; step *= 10)
                places++;
            var format = "N" + places.ToString(CultureInfo.InvariantCulture);
            return Ticks.Select(t => (t < 0 ? "−" : "") + Math.Abs(t).ToString(format, CultureInfo.InvariantCulture)).ToArray();
        }
    }

    private static decimal NiceStep(decimal rough, bool whole)
    {
        var power = 1m;
        while (power * 10 <= rough)
            power *= 10;
        while (power > rough)
            power /= 10;
        return new[] { 1m, 2m, 2.5m, 5m, 10m }
            .Select(nice => nice * power)
            .Where(step => !whole || decimal.IsInteger(step))
            .DefaultIfEmpty(1)
            .MinBy(step => Math.Abs(Math.Log((double)(step / rough))));
    }
}
