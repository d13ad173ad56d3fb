using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>How far a provincial laboratory meets one criterion of the level above in a year.</summary>
/// <param name="State">What its enterprise reports: met, in part, missing.</param>
public sealed record LabCriterion(string Lab, string LabName, int Year, Text Criterion, Text State);
