using Innovation1551.Models;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Publishing.Figures;

/// <summary>One published figure: the only thing that charts, tables and sentences are made of.</summary>
/// <param name="Period"><c>2024</c> or <c>2026-09</c>.</param>
/// <param name="Value">Null where the figure is missing or suppressed.</param>
/// <param name="Flags">What is to be known of it and of what it is made of.</param>
/// <param name="Imputed">Imputed amounts in percent of all that it is made of; null without a value.</param>
public sealed record Figure(
    string Id,
    string Metric,
    string Breakdown,
    string Category,
    string Period,
    int Year,
    PeriodKind Kind,
    decimal? Value,
    FigureStatus Status,
    string Basis,
    DateOnly? AsOf,
    bool IsSynthetic,
    string Stage,
    bool MayTellGrowth,
    int Missing,
    decimal? Response,
    decimal? Coverage,
    IReadOnlyList<FigureFlag> Flags,
    decimal? Imputed
)
{
    /// <summary>The marks behind its number, one for each flag; of a figure without a value its own mark says what there is to say.</summary>
    public string Marks => Value is null ? "" : string.Concat(Flags.Select(f => f.Symbol));

    /// <summary>A level may be told, a growth or a rank not: too few returns stand behind it, by number or by revenue.</summary>
    public bool IsFlash => Stage == "flash" || !MayTellGrowth;

    /// <summary>Where one of its companions stands: <c>missing</c>, <c>response_percent</c>, <c>coverage_percent</c> or <c>imputed_percent</c>.</summary>
    public Bound Key(string column) => Bound.Record($"figure/{Id}/{column}");

    /// <summary>1 to 12 for monthly and cumulative figures; 0 for a year.</summary>
    public int Month => Kind == PeriodKind.Year ? 0 : int.Parse(Period.AsSpan(5), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>May the value be read as it stands? Missing and suppressed figures have no value.</summary>
public enum FigureStatus
{
    Actual,
    Provisional,
    Missing,
    Suppressed,
}

/// <summary>How far a period reaches: a whole year, a single month, or January up to the month.</summary>
public enum PeriodKind
{
    Year,
    YearToDate,
    Month,
}
