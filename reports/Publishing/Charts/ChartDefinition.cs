using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>Which figures make a series (or, with <see cref="EachCategory"/>, one series per category).</summary>
public sealed record SeriesQuery(string Metric, string Breakdown = "total", string Category = "all")
{
    /// <summary>Stands for every category of the breakdown.</summary>
    public const string EachCategory = "*";

    public Mark Mark { get; init; } = Mark.Line;
    public int Panel { get; init; }
    public PeriodKind Period { get; init; } = PeriodKind.Year;

    /// <summary>What the legend calls it; without one, the metric's or the category's own name.</summary>
    public Text? Name { get; init; }
}

/// <summary>One chart: which figures, drawn how, said how. Everything else follows from the figures.</summary>
public sealed record ChartDefinition(string Id, Section Section, ChartKind Kind, Text Title, params SeriesQuery[] Series)
{
    /// <summary>What a reader must know to read it rightly.</summary>
    public Text? Note { get; init; }

    /// <summary>Headings of the panels, for <see cref="ChartKind.Panels"/>.</summary>
    public IReadOnlyList<Text> PanelTitles { get; init; } = [];

    /// <summary>Draw the target paths and the programme's reference figures of these metrics.</summary>
    public bool WithTargets { get; init; }

    /// <summary>Draw what is projected for the years after the last figure, apart from all figures.</summary>
    public bool WithForecast { get; init; }

    /// <summary>Months of the report's own year, never those of the year that follows.</summary>
    public bool OwnYearOnly { get; init; }

    /// <summary>The ranked bars measure different things: none of them is said to be first.</summary>
    public bool WithoutFirst { get; init; }

    /// <summary>Compare the ranked bars or the small plots with the figure of all enterprises together.</summary>
    public bool WithTotal { get; init; }
}
