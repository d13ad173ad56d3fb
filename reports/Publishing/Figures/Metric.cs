using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>What a metric is called, measured in, and means.</summary>
public sealed record Metric(string Code, Text Name, string Unit, Text UnitName, int Decimals, bool Additive, Text Definition, Text Basis);
