namespace Innovation1551.Returns.Sheets;

/// <summary>How a text file is laid out.</summary>
public sealed record Dialect(char Delimiter, char? Quote, char? Escape, string LineEnding)
{
    /// <summary>A blank follows every delimiter and belongs to neither field (a, b, "c").</summary>
    public bool BlankAfterDelimiter { get; init; }
}
