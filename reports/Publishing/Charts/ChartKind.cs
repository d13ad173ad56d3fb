using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>What a chart looks like.</summary>
public enum ChartKind
{
    /// <summary>One or more lines over the years.</summary>
    Lines,

    /// <summary>Columns, side by side where there are several series.</summary>
    Columns,

    /// <summary>Columns made of parts that add up.</summary>
    Stacked,

    /// <summary>Columns made of parts that add up to 100 %.</summary>
    Shares,

    /// <summary>Two plots side by side: quantities that must not be mistaken for each other.</summary>
    Panels,

    /// <summary>Bars by category for the report's year, largest first; a dot marks the year before.</summary>
    Ranked,

    /// <summary>One small line plot for each category, all on one scale.</summary>
    Multiples,

    /// <summary>A dot for each category on the span in which it may lie; a ring marks the year before.</summary>
    Ranges,

    /// <summary>From the year before to the year, a step for each part of the change.</summary>
    Waterfall,

    /// <summary>The places of two years side by side, with a line from the one to the other.</summary>
    Slope,

    /// <summary>A shaded table: categories down, years across.</summary>
    Heat,

    /// <summary>Columns of how far figures of each year were revised.</summary>
    Revisions,

    /// <summary>How far each target or reference figure has been reached.</summary>
    Progress,
}

/// <summary>How one series is drawn.</summary>
public enum Mark
{
    Line,
    Column,
    Stack,
}
