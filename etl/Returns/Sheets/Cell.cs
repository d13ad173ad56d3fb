namespace Innovation1551.Returns.Sheets;

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
