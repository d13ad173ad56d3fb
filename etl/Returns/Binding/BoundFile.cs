using System.Collections.Immutable;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Values;

namespace Innovation1551.Returns.Binding;

/// <summary>One file after reading, binding and typing: everything that landing keeps of it.</summary>
public sealed record BoundFile(Receipt Receipt)
{
    public string Format { get; init; } = "";
    public string? Encoding { get; init; }
    public bool Refused { get; set; }
    public bool IsSynthetic { get; set; }
    public List<BoundSheet> Sheets { get; } = [];
    public FindingList Findings { get; } = [];

    /// <summary>Rows that landing takes straight from the file; they are in no sheet here.</summary>
    internal LargeTable? Large { get; set; }

    /// <summary>Its lines are read by <see cref="Landing.LandingStore.AppendLarge"/> and are not held in memory.</summary>
    public bool IsLarge => Large is not null;

    /// <summary>Takes rows off a sheet that has become long; null where all are held until the end.</summary>
    internal Action<BoundFile, BoundSheet>? Spill { get; init; }
}
