using ScottPlot;

namespace Innovation1551.Publishing.Charts.Marks;

/// <summary>The few marker styles that carry a meaning.</summary>
internal static class MarksOf
{
    /// <summary>Provisional: the same shape, empty.</summary>
    public static MarkerStyle Hollow(MarkerShape shape, Color color) => new(shape, ChartStyle.MarkerSize + 1, Colors.White)
    {
        OutlineColor = color,
        OutlineWidth = 2,
    };

    /// <summary>The year before, beside a ranked bar.</summary>
    public static MarkerStyle Dot(Color color) => new(MarkerShape.FilledCircle, 9, Colors.White) { OutlineColor = color, OutlineWidth = 2 };
}
