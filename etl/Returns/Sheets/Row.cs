namespace Innovation1551.Returns.Sheets;

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
                if (cell.Column == column)
                    return cell;
            return new Cell(column, CellKind.Blank, "");
        }
    }
}
