using System.Collections.Immutable;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Values;

namespace Innovation1551.Returns.Binding;

/// <summary>One sheet read as a form.</summary>
public sealed record BoundSheet(int SheetNo, string SheetName, Form Form)
{
    public int? Edition { get; init; }

    /// <summary>The period that the head of the sheet names; null where it names none.</summary>
    public Period? Stated { get; init; }
    public string? ReporterCode { get; init; }
    public DateOnly? FilledOn { get; init; }
    public int Revision { get; init; }
    public ImmutableArray<BoundColumn> Columns { get; init; } = [];
    public List<BoundRow> Rows { get; } = [];
    public List<RejectedRow> Rejected { get; } = [];

    /// <summary>Cells that say why they are empty (— 无 …), told apart from blank ones.</summary>
    public List<(int SourceRow, string Field, Missing Why)> Missing { get; } = [];

    /// <summary>Detail rows found, typed or not.</summary>
    public long RowsIn { get; set; }

    /// <summary>Rows among them that could not be typed.</summary>
    public long RowsRejected { get; set; }

    /// <summary>Something stands in its rows beside who, when, and what the template had filled in.</summary>
    public bool HasContent { get; set; }

    /// <summary>What is held in memory.</summary>
    internal int Held => Rows.Count + Rejected.Count + Missing.Count;

    /// <summary>Lets go of what has been landed.</summary>
    internal void Clear()
    {
        Rows.Clear();
        Rejected.Clear();
        Missing.Clear();
    }
}

/// <summary>Where a field stood in a sheet: its column, the heading read, and the factor from the unit read to the landing unit.</summary>
public sealed record BoundColumn(Field Field, int Column, string Heading, Unit? Unit);

/// <summary>A typed row: its place in the file and one value per field of the form, in the form's order (null where missing).</summary>
public sealed record BoundRow(int SourceRow, object?[] Values);

/// <summary>A row that could not be typed: kept by its place, with whom and when it is about as far as that could be read.</summary>
public sealed record RejectedRow(int SourceRow, string? EnterpriseCode, Period? Period);
