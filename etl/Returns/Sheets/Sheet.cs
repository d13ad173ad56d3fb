using System.Collections.Frozen;

namespace Innovation1551.Returns.Sheets;

/// <summary>A rectangle of merged cells, 1-based and inclusive.</summary>
public readonly record struct MergedRange(int FirstRow, int FirstColumn, int LastRow, int LastColumn);

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
