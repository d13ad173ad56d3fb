using Innovation1551.Models.Warehouse;

namespace Innovation1551.Publishing.Figures;

/// <summary>The release as a whole.</summary>
public sealed record ReleaseInfo(string Id, string AsOf, bool IsSynthetic, string DefinitionHash, int InputCount, int Errors, int Warnings)
{
    /// <summary>The flags that its figures may carry, in their order.</summary>
    public IReadOnlyList<FigureFlag> Flags { get; init; } = [];
}
