using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>Where a target asks to be in one year, and how that was worked out.</summary>
public sealed record PathPoint(string TargetId, string Metric, int Year, decimal Value, Text Method, bool IsSynthetic);
