using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>One published figure: the only thing that charts, tables and sentences are made of.</summary>
/// <param name="Period"><c>2024</c> or <c>2026-09</c>.</param>
/// <param name="Value">Null where the figure is missing or suppressed.</param>
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
    decimal? Coverage
)
{
    /// <summary>A level may be told, a growth or a rank not: too few returns stand behind it, by number or by revenue.</summary>
    public bool IsFlash => Stage == "flash" || !MayTellGrowth;

    /// <summary>Where one of its companions stands: <c>missing</c>, <c>response_percent</c> or <c>coverage_percent</c>.</summary>
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
