using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

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

    /// <summary>What the picture is marked with where the report is a draft; null for an official one.</summary>
    public Text? Draft { get; init; }

    /// <summary>The marks in its corner, which stay with a picture that is taken out of the report.</summary>
    public Text Stamp => Wording.Stamp(Draft, IsSynthetic);

    public IReadOnlyList<TargetPoint> Aims { get; init; } = [];

    public IReadOnlyList<ReferenceMark> References { get; init; } = [];

    public IReadOnlyList<ForecastFan> Forecasts { get; init; } = [];

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
