using System.Globalization;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Tracing;

/// <summary>A published figure with the cells that it comes from.</summary>
/// <param name="Published">What the release says.</param>
/// <param name="Rebuilt">What the release's own models make of the listed cells and nothing else.</param>
/// <param name="Flags">Codes of its flags, as in <c>published.flag</c>.</param>
/// <param name="ImputedPercent">Imputed amounts in percent of all that it is made of; null where it has no value or the release has no flags.</param>
public sealed record TracedFigure(
    string Figure,
    string Unit,
    FigureValue Published,
    FigureValue Rebuilt,
    IReadOnlyList<TracedCell> Cells,
    IReadOnlyList<string> Flags,
    decimal? ImputedPercent
)
{
    public bool IsExact => Published == Rebuilt;
}

/// <summary>A cell that a figure comes from.</summary>
/// <param name="Side">value, numerator or denominator; base or donor where an imputed amount is made of it.</param>
/// <param name="Weight">By how much that side moves when the cell moves by one; null where it is not linear.</param>
/// <param name="Read">What the cell reads, in its own unit; null where the row is counted or an amount is imputed from it.</param>
/// <param name="Unit">Unit in which the column is written.</param>
/// <param name="Amount">The amount that counts, in the unit of the warehouse: after its correction, where there is one.</param>
/// <param name="Revision">Number of the revision that the return is, 0 where none is stated.</param>
/// <param name="Version">1 for the first return about this enterprise and period, 2 for the one that replaced it …</param>
/// <param name="IsImputed">The amount is not what the cell reads but what stands for a missing return, carried forward from this cell of the year before.</param>
/// <param name="Flags">Codes of the flags that it gives to the figure.</param>
public sealed record TracedCell(
    string FileSha256,
    string FileName,
    string Sheet,
    string Cell,
    string Heading,
    string EnterpriseCode,
    string Side,
    int? Weight,
    decimal? Read,
    string? Unit,
    decimal? Amount,
    int Revision,
    int Version,
    AppliedCorrection? Correction,
    bool IsImputed,
    IReadOnlyList<string> Flags
);

/// <summary>An approved correction that takes the place of what a cell reads.</summary>
/// <param name="Corrected">What counts, in the unit of the cell.</param>
public sealed record AppliedCorrection(
    decimal Corrected,
    string Reason,
    string Approver,
    DateOnly ApprovedOn,
    string FileSha256,
    string FileName,
    string Sheet,
    long Row
);
