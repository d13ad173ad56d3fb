namespace Innovation1551.Returns.Sheets;

/// <summary>A file opened for reading. Sheets are read one after the other. Findings are complete once all rows have been read.</summary>
public abstract class Document : IDisposable
{
    public required string FileName { get; init; }

    /// <summary>xlsx, xlsm, xls, csv, parquet, arrow, json, jsonl.</summary>
    public required string Format { get; init; }

    /// <summary>Encoding of a text file, by its IANA name; null for binary formats.</summary>
    public string? Encoding { get; init; }
    public Dialect? Dialect { get; init; }

    /// <summary>True once a fault was found that makes the whole file unusable.</summary>
    public bool Refused { get; set; }

    /// <summary>Rows that the reader held back because they could not be read for certain; each has its finding. They count as rows in and as rows rejected.</summary>
    public int RowsRefused { get; internal set; }
    public List<Finding> Findings { get; } = [];
    public abstract IEnumerable<Sheet> Sheets();

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
