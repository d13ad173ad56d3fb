using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading;

/// <summary>A layout that is declared instead of detected, and the limits. Null means: detect.</summary>
public sealed record ReadOptions
{
    public string? Encoding { get; init; }
    public char? Delimiter { get; init; }
    public char? Quote { get; init; }
    public char? Escape { get; init; }

    /// <summary>Whether the blank behind a delimiter is part of the delimiter.</summary>
    public bool? BlankAfterDelimiter { get; init; }

    /// <summary>Lines to pass over at the top of a text file.</summary>
    public int Skip { get; init; }

    /// <summary>Number of header rows, where declared.</summary>
    public int? Header { get; init; }

    /// <summary>Hand out records whose number of fields differs from the others instead of reporting them: for a caller that knows the header and judges them itself (titles and signatures are short lines in a CSV).</summary>
    public bool KeepRaggedRows { get; init; }
    public ReadLimits Limits { get; init; } = new();
}
