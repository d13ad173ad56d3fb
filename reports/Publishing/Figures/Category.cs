using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>One member of a breakdown, e.g. a cost item or an enterprise group.</summary>
public sealed record Category(string Breakdown, string Code, Text Name, int SortOrder);
