namespace Innovation1551.Models.Exchange;

/// <summary>A format in which a table can leave. Add one in <see cref="TableFormats"/>.</summary>
public interface ITableFormat
{
    /// <summary>What <c>--format</c> calls it; also the ending of its files.</summary>
    string Name { get; }

    /// <summary>How it wants a column of a DuckDB type.</summary>
    ColumnFit Fit(string type);

    /// <summary>
    /// Writes the whole table, batch by batch; what it cannot hold goes into the notes. Its stream is new, empty, and counts for nothing
    /// before this has returned.
    /// </summary>
    /// <returns>Rows written.</returns>
    Task<long> Write(TableRows rows, TableAbout about, Stream stream, TableNotes notes, CancellationToken cancel);
}
