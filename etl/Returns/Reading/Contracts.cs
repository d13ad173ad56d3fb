using System.Collections.Frozen;

namespace Innovation1551.Returns.Reading;

/// <summary>What a cell holds, before any form says what it should hold.</summary>
public enum CellKind
{
    Blank,
    Text,
    /// <summary>A number; <see cref="Cell.Text"/> has its digits as the file stores them, with a dot, without grouping, never via a double where the format is textual.</summary>
    Number,
    Boolean,
    /// <summary>A date or time; <see cref="Cell.Text"/> is ISO 8601 (yyyy-MM-dd or yyyy-MM-ddTHH:mm:ss).</summary>
    Date,
    /// <summary>A spreadsheet error such as #N/A; <see cref="Cell.Text"/> is its name.</summary>
    Error,
    /// <summary>A formula that the file keeps without a computed value; <see cref="Cell.Text"/> is the formula.</summary>
    FormulaWithoutValue,
}

/// <summary>One cell of a row.</summary>
/// <param name="Column">1-based column.</param>
/// <param name="Text">The content as text; empty when blank.</param>
/// <param name="NumberFormat">The spreadsheet's number format code, where it has one (tells percent from fraction).</param>
public readonly record struct Cell(int Column, CellKind Kind, string Text, string? NumberFormat = null);

/// <summary>One row: its cells in column order, blanks left out.</summary>
/// <param name="Number">1-based row as a person sees it; for text files the physical line on which the record begins.</param>
public sealed record Row(int Number, IReadOnlyList<Cell> Cells, bool Hidden = false)
{
    /// <summary>How many fields a record of a text file has, blank ones counted; 0 where the format has no such thing.</summary>
    public int Fields { get; init; }

    /// <summary>The cell in a 1-based column; a blank one where the row has none there.</summary>
    public Cell this[int column]
    {
        get
        {
            foreach (var cell in Cells)
                if (cell.Column == column) return cell;
            return new Cell(column, CellKind.Blank, "");
        }
    }
}

/// <summary>A rectangle of merged cells, 1-based and inclusive.</summary>
public readonly record struct MergedRange(int FirstRow, int FirstColumn, int LastRow, int LastColumn);

/// <summary>How a text file is laid out.</summary>
public sealed record Dialect(char Delimiter, char? Quote, char? Escape, string LineEnding)
{
    /// <summary>A blank follows every delimiter and belongs to neither field (a, b, "c").</summary>
    public bool BlankAfterDelimiter { get; init; }
}

/// <summary>One table of a file. Rows stream: read them once, in order.</summary>
public abstract class Sheet
{
    /// <summary>The sheet's name; the file name without its ending where the format has no sheets.</summary>
    public abstract string Name { get; }
    /// <summary>1-based position in the file.</summary>
    public abstract int Index { get; }
    public virtual bool Hidden => false;
    public virtual IReadOnlyList<MergedRange> Merged => [];
    public virtual IReadOnlySet<int> HiddenColumns => new HashSet<int>();
    /// <summary>Names that a workbook defines for this sheet alone, with what they stand for: a constant or a place.</summary>
    public virtual IReadOnlyDictionary<string, string> Names => FrozenDictionary<string, string>.Empty;
    /// <summary>The rows in file order. Faults met on the way go to the document's findings; enumeration then ends or goes on, and never throws for bad data.</summary>
    public abstract IEnumerable<Row> Rows();
}

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
