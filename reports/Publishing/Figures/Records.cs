using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>How far a period reaches: a whole year, a single month, or January up to the month.</summary>
public enum PeriodKind
{
    Year,
    YearToDate,
    Month,
}

/// <summary>May the value be read as it stands? Missing and suppressed figures have no value.</summary>
public enum FigureStatus
{
    Actual,
    Provisional,
    Missing,
    Suppressed,
}

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

/// <summary>What a metric is called, measured in, and means.</summary>
public sealed record Metric(string Code, Text Name, string Unit, Text UnitName, int Decimals, bool Additive, Text Definition, Text Basis);

/// <summary>One member of a breakdown, e.g. a cost item or an enterprise group.</summary>
public sealed record Category(string Breakdown, string Code, Text Name, int SortOrder);

/// <summary>What kind of statement a number of the programme is: aimed at, planned, or once published, to be compared with and never reached.</summary>
public enum TargetKind
{
    Target,
    Plan,
    Reference,
}

/// <summary>What a number of the programme says: <c>gt</c> over, <c>ge</c> at least, <c>near</c>, <c>about</c>, <c>strive</c> for, <c>eq</c> exactly.</summary>
public sealed record Target(
    string Id,
    string Metric,
    string Breakdown,
    string Category,
    Text Name,
    TargetKind Kind,
    string Qualifier,
    decimal Value,
    string Unit,
    string BasePeriod,
    int? DueYear,
    Text Scope,
    string AsOf,
    bool IsInferred,
    Text Source,
    string Quote
)
{
    /// <summary>A number that was published as it stood: something to compare with.</summary>
    public bool IsReference => Kind == TargetKind.Reference;
}

/// <summary>A published number beside the figure that it is held against in one year, and how the two stand to each other.</summary>
/// <param name="Standing"><c>reached</c>, <c>early</c>, <c>ahead</c>, <c>on_course</c>, <c>behind</c>, <c>missed</c>, <c>open</c>; for references <c>above</c>, <c>equal</c>, <c>below</c>.</param>
public sealed record TargetStanding(string TargetId, int Year, string FigureId, decimal? Path, decimal? Missing, decimal? RequiredGrowth, string Standing)
{
    /// <summary>Where one of its numbers stands.</summary>
    public Bound Key(string column) => Bound.Record(FormattableString.Invariant($"target_progress/{TargetId}/{Year}/{column}"));
}

/// <summary>Where a target asks to be in one year, and how that was worked out.</summary>
public sealed record PathPoint(string TargetId, string Metric, int Year, decimal Value, Text Method, bool IsSynthetic);

/// <summary>The release as a whole.</summary>
public sealed record ReleaseInfo(string Id, string AsOf, bool IsSynthetic, string DefinitionHash, int InputCount, int Errors, int Warnings);

/// <summary>How many returns of a form were due, came, and were accepted. <see cref="Rate"/> is accepted ÷ expected in percent.</summary>
public sealed record Response(string Form, Text Name, int Year, int Expected, int Received, int Accepted, decimal? Rate)
{
    /// <summary>Where one of its numbers stands.</summary>
    public Bound Key(string column) => Bound.Record(FormattableString.Invariant($"response/{Form}/{Year}/{column}"));
}

/// <summary>A figure that changed between its first publication and this release.</summary>
public sealed record Revision(string Metric, string Breakdown, string Category, string Period, decimal? First, decimal? Latest, decimal? Change)
{
    /// <summary>Where one of its numbers stands: <c>first_value</c>, <c>latest_value</c> or <c>change</c>.</summary>
    public Bound Key(string column) => Bound.Record($"revision/{Metric}:{Breakdown}:{Category}:{Period}/{column}");
}

/// <summary>What the change of an amount on the year before is made of; the parts sum to it exactly.</summary>
public sealed record Change(
    string Metric,
    int Year,
    decimal Before,
    decimal Now,
    decimal Continuing,
    decimal Restatement,
    decimal Definition,
    decimal Entrants,
    decimal Exits,
    decimal NonResponse,
    int Missing,
    int UnsharedSplits
)
{
    /// <summary>Where one of its numbers stands.</summary>
    public Bound Key(string column) => Bound.Record(FormattableString.Invariant($"change/{Metric}/{Year}/{column}"));
}
