using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>What stands along the axis.</summary>
public enum SlotKind { Years, Months, Categories }

/// <summary>One place on the axis: a year, a month, a category.</summary>
public sealed record Slot(string Key, Text Label);

/// <summary>One figure at its place. A slot without a row in the release has no point at all.</summary>
public sealed record ScenePoint(decimal? Value, FigureStatus Status, string FigureId);

/// <summary>One series, aligned with the slots: <see cref="Points"/>[i] belongs to slot i and is null where the release has nothing.</summary>
public sealed record SceneSeries(string Key, Text Name, Metric Metric, FigureText Show, Mark Mark, int Panel, bool Right, IReadOnlyList<ScenePoint?> Points)
{
    /// <summary>The comparison year of a ranking: drawn as a dot, not as a bar.</summary>
    public bool IsPrevious { get; init; }

    /// <summary>The figure of all enterprises, against which the categories are compared.</summary>
    public bool IsReference { get; init; }

    public decimal? Value(int slot) => Points[slot]?.Value;

    public bool IsProvisional(int slot) => Points[slot] is { Status: FigureStatus.Provisional };

    public IEnumerable<(int Slot, decimal Value)> Valued =>
        Points.Select((p, i) => (Slot: i, p?.Value)).Where(p => p.Value is not null).Select(p => (p.Slot, p.Value!.Value));
}

/// <summary>Where the plan asks to be, year by year.</summary>
public sealed record TargetLine(Target Target, Text Name, FigureText Show, int Panel, IReadOnlyList<(int Slot, decimal Value)> Points);

/// <summary>A number that the programme itself has published, with its source: a mark to measure against.</summary>
/// <param name="Position">Where on the year axis its as-of date lies; null when the date does not say.</param>
public sealed record ReferenceMark(Target Target, Text Name, FigureText Show, int Panel, double? Position);

/// <summary>A chart ready to be drawn, tabulated and put into words: figures and names, no pixels.</summary>
public sealed record ChartScene(
    ChartDefinition Definition, int ReportYear, SlotKind SlotKind, IReadOnlyList<Slot> Slots, IReadOnlyList<SceneSeries> Series,
    IReadOnlyList<TargetLine> Paths, IReadOnlyList<ReferenceMark> References, Text SlotHeading, Text Unit, Text Source, bool IsSynthetic)
{
    public bool IsEmpty => Series.All(s => !s.Valued.Any());

    public bool HasProvisional => Series.Any(s => s.Points.Any(p => p is { Status: FigureStatus.Provisional, Value: not null }));

    /// <summary>The slots at which no series has a value: missing, or still to come.</summary>
    public IEnumerable<int> EmptySlots => Enumerable.Range(0, Slots.Count).Where(i => Series.All(s => s.Value(i) is null));

    /// <summary>The last slot with a value; −1 when there is none.</summary>
    public int LastSlot => Enumerable.Range(0, Slots.Count).LastOrDefault(i => Series.Any(s => s.Value(i) is not null), -1);

    public int PanelCount => Math.Max(1, Definition.PanelTitles.Count);
}
