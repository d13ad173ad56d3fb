using ScottPlot;

namespace Innovation1551.Publishing.Charts.Marks;

/// <summary>The few marker styles that carry a meaning.</summary>
internal static class MarksOf
{
    /// <summary>The year before, beside a ranked bar.</summary>
    public static MarkerStyle Dot(Color color) => new(MarkerShape.FilledCircle, 9, Colors.White) { OutlineColor = color, OutlineWidth = 2 };
}
