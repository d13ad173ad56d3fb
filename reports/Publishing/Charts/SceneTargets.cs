using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>Where the plan asks to be, year by year.</summary>
public sealed record TargetLine(Target Target, Text Name, FigureText Show, int Panel, IReadOnlyList<(int Slot, decimal Value)> Points);

/// <summary>A number that the plan asks for by a year to which it draws no path.</summary>
public sealed record TargetPoint(Target Target, Text Name, FigureText Show, int Panel, int Slot);

/// <summary>A number that the programme itself has published, with its source: a mark to measure against.</summary>
/// <param name="Position">Where on the year axis its as-of date lies; null when the date does not say.</param>
public sealed record ReferenceMark(Target Target, Text Name, FigureText Show, int Panel, double? Position);
