namespace Innovation1551.Returns.Sheets;

/// <summary>Bounds on what one file may ask of the machine. Each breach is a finding that names the limit.</summary>
public sealed record ReadLimits
{
    public long MaxFileBytes { get; init; } = 1L << 30;
    public int MaxArchiveEntries { get; init; } = 10_000;
    public long MaxEntryBytes { get; init; } = 1L << 30;
    public long MaxArchiveBytes { get; init; } = 4L << 30;
    public double MaxCompressionRatio { get; init; } = 100;
    public int MaxCellCharacters { get; init; } = 1_000_000;
    public int MaxColumns { get; init; } = 16_384;
    public int MaxDepth { get; init; } = 64;
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(10);
    public long MaxMemoryBytes { get; init; } = 512L << 20;
}
