namespace Innovation1551.Returns.Feedback;

/// <summary>A finding as the respondent gets it back.</summary>
/// <param name="LastYear">What the same enterprise returned in the same field for the year before; null where that is not known.</param>
public sealed record FeedbackFinding(Finding Finding, string? LastYear)
{
    /// <summary>B7; the row's first cell where the whole row is meant; null for a sheet or file.</summary>
    public string? Cell =>
        Finding.Row is not { } row || row > MaxRow
            ? null
            : (Finding.Column is { Length: > 0 and <= 3 } column ? column : "A") + row.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The cells that are most likely wrong, where that is known: of a total that its parts do not make it may be a part.</summary>
    public IReadOnlyList<string> LikelyCells =>
        Cell is not null && Finding is { Row: { } row, SuspectColumns: { Length: > 0 } columns }
            ? [.. columns.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(c => c + row.ToString(System.Globalization.CultureInfo.InvariantCulture))]
            : [];

    /// <summary>Where to look first: the cell that is most likely wrong, otherwise the place of the finding.</summary>
    public string? FirstCell => LikelyCells is [var likely, ..] ? likely : Cell;

    /// <summary>Rows that a spreadsheet has.</summary>
    private const int MaxRow = 1_048_576;
}

/// <summary>Everything that is said about one file.</summary>
/// <param name="FileNo">Running number of receipt.</param>
/// <param name="Name">The name under which the file came.</param>
/// <param name="Format">What the reader found it to be: xlsx, xlsm, xls, csv …</param>
/// <param name="Refused">Nothing of it was taken.</param>
/// <param name="Errors">All errors, listed or only counted; <paramref name="Warnings"/> likewise.</param>
/// <param name="Findings">The gravest of them, so many as are listed.</param>
public sealed record FileFeedback(
    int FileNo,
    string Sha256,
    string Name,
    string Format,
    bool Refused,
    long Errors,
    long Warnings,
    IReadOnlyList<FeedbackFinding> Findings
);
