using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>What stands along the axis.</summary>
public enum SlotKind
{
    Years,
    Months,
    Categories,
}

/// <summary>One place on the axis: a year, a month, a category.</summary>
public sealed record Slot(string Key, Text Label);

/// <summary>One figure at its place. A slot without a row in the release has no point at all.</summary>
/// <param name="Bound">The figure that it is, or what it was reckoned from.</param>
/// <param name="Stage">How far the returns behind it had come: <c>flash</c>, <c>preliminary</c>, <c>final</c>, <c>revised</c>; empty where that is not known.</param>
/// <param name="IsComplete">False where too few returns stand behind it for a rank or a growth, or where a member of its category has not reported.</param>
public sealed record ScenePoint(decimal? Value, FigureStatus Status, Bound Bound, string Stage = "", bool IsComplete = true)
{
    public static ScenePoint Of(Figure figure) =>
        new(figure.Value, figure.Status, Bound.Figure(figure.Id), figure.Stage, !figure.IsFlash && (figure.Breakdown != "group" || figure.Missing == 0));

    /// <summary>The id in <c>published.figure</c>; empty where the value stands in another table or was reckoned here.</summary>
    public string FigureId => Bound.Attribute == "data-figure" ? Bound.Value : "";
}

/// <summary>One series, aligned with the slots: <see cref="Points"/>[i] belongs to slot i and is null where the release has nothing.</summary>
public sealed record SceneSeries(string Key, Text Name, Metric Metric, FigureText Show, Mark Mark, int Panel, IReadOnlyList<ScenePoint?> Points)
{
    /// <summary>The comparison year of a ranking: drawn as a dot, not as a bar.</summary>
    public bool IsPrevious { get; init; }

    /// <summary>The figure of all enterprises, against which the categories are compared.</summary>
    public bool IsReference { get; init; }

    /// <summary>Told in the table only: what the drawn series was reckoned from.</summary>
    public bool IsBackground { get; init; }

    public decimal? Value(int slot) => Points[slot]?.Value;

    public bool IsProvisional(int slot) => Points[slot] is { Status: FigureStatus.Provisional };

    public IEnumerable<(int Slot, decimal Value)> Valued =>
        Points.Select((p, i) => (Slot: i, p?.Value)).Where(p => p.Value is not null).Select(p => (p.Slot, p.Value!.Value));

    /// <summary>The value as it is displayed, as a number: what may be called equal, higher, lowest.</summary>
    public decimal Shown(decimal value) => Show.Rounded(value);
}

/// <summary>Where the plan asks to be, year by year.</summary>
public sealed record TargetLine(Target Target, Text Name, FigureText Show, int Panel, IReadOnlyList<(int Slot, decimal Value)> Points);

/// <summary>A number that the plan asks for by a year to which it draws no path.</summary>
public sealed record TargetPoint(Target Target, Text Name, FigureText Show, int Panel, int Slot);

/// <summary>A number that the programme itself has published, with its source: a mark to measure against.</summary>
/// <param name="Position">Where on the year axis its as-of date lies; null when the date does not say.</param>
public sealed record ReferenceMark(Target Target, Text Name, FigureText Show, int Panel, double? Position);

/// <summary>A chart ready to be drawn, tabulated and put into words: figures and names, no pixels.</summary>
public sealed record ChartScene(
    ChartDefinition Definition,
    int ReportYear,
    SlotKind SlotKind,
    IReadOnlyList<Slot> Slots,
    IReadOnlyList<SceneSeries> Series,
    Text SlotHeading,
    Text Unit,
    Text Source,
    bool IsSynthetic
)
{
    public IReadOnlyList<TargetLine> Paths { get; init; } = [];

    public IReadOnlyList<TargetPoint> Aims { get; init; } = [];

    public IReadOnlyList<ReferenceMark> References { get; init; } = [];

    /// <summary>The published totals of a stack, where the release has them; what is drawn above a column is one of these, never a sum made here.</summary>
    public SceneSeries? Totals { get; init; }

    /// <summary>What the picture says, where that could be told from the figures; else empty.</summary>
    public Text Headline { get; init; } = new("", "");

    /// <summary>The figures that the headline tells.</summary>
    public Bound HeadlineBound { get; init; }

    /// <summary>What a reader must know: the definition's own note, and what follows from the figures.</summary>
    public IReadOnlyList<Text> Notes { get; init; } = [];

    /// <summary>What is plotted.</summary>
    public Text Title => Definition.Title;

    public bool IsEmpty => Series.All(s => !s.Valued.Any());

    public bool HasProvisional => Enumerable.Range(0, Slots.Count).Any(IsProvisional);

    /// <summary>Is a figure at this slot not final?</summary>
    public bool IsProvisional(int slot) => Series.Any(s => !s.IsPrevious && s.Points[slot] is { Status: FigureStatus.Provisional, Value: not null });

    /// <summary>The stages of the figures that are not final, e.g. 快报.</summary>
    public Text ProvisionalStages
    {
        get
        {
            var stages = Series
                .SelectMany(s => s.Points)
                .Where(p => p is { Status: FigureStatus.Provisional, Value: not null })
                .Select(p => Wording.Stage(p!.Stage))
                .Distinct()
                .ToArray();
            return new Text(string.Join("、", stages.Select(s => s.Zh)), string.Join(", ", stages.Select(s => s.En)));
        }
    }

    /// <summary>The slots at which no series has a value: missing, or still to come.</summary>
    public IEnumerable<int> EmptySlots => Enumerable.Range(0, Slots.Count).Where(i => Series.All(s => s.Value(i) is null));

    /// <summary>The last slot with a value; −1 when there is none.</summary>
    public int LastSlot => Enumerable.Range(0, Slots.Count).LastOrDefault(i => Series.Any(s => s.Value(i) is not null), -1);

    public int PanelCount => Math.Max(1, Definition.PanelTitles.Count);
}
