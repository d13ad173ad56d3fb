using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>The release as a whole.</summary>
public sealed record ReleaseInfo(string Id, string AsOf, bool IsSynthetic, string DefinitionHash, int InputCount, int Errors, int Warnings);
