using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

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

/// <summary>One figure at its place. A slot without a row in the release has no point at all.</summary>
/// <param name="Bound">The figure that it is, or what it was reckoned from.</param>
/// <param name="Stage">How far the returns behind it had come: <c>flash</c>, <c>preliminary</c>, <c>final</c>, <c>revised</c>; empty where that is not known.</param>
/// <param name="IsComplete">False where too few returns stand behind it for a rank or a growth, or where a member of its category has not reported.</param>
public sealed record ScenePoint(decimal? Value, FigureStatus Status, Bound Bound, string Stage = "", bool IsComplete = true)
{
    /// <summary>The flags of the figure that it is.</summary>
    public IReadOnlyList<FigureFlag> Flags { get; init; } = [];

    public static ScenePoint Of(Figure figure) =>
        new(figure.Value, figure.Status, Bound.Figure(figure.Id), figure.Stage, !figure.IsFlash && (figure.Breakdown != "group" || figure.Missing == 0))
        {
            Flags = figure.Flags,
        };

    /// <summary>The id in <c>published.figure</c>; empty where the value stands in another table or was reckoned here.</summary>
    public string FigureId => Bound.Attribute == "data-figure" ? Bound.Value : "";
}

/// <summary>One place on the axis: a year, a month, a category.</summary>
public sealed record Slot(string Key, Text Label);

/// <summary>What stands along the axis.</summary>
public enum SlotKind
{
    Years,
    Months,
    Categories,
}
