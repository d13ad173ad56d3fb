using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Writing;

/// <summary>What stands above and below every table of a return: who sends it, for when, filled in when, and in which revision.</summary>
/// <param name="ReporterCode">Code of the enterprise that sends the return.</param>
/// <param name="Year">Year of the period; it chooses the edition, and with it the headings.</param>
/// <param name="Period">The period as people write it: 2024年, 2026年1-9月.</param>
/// <param name="Revision">1 for the first sending; a resubmission counts up.</param>
public sealed record ReturnHeader(string ReporterCode, string ReporterName, int Year, string Period, DateOnly Filled, int Revision = 1)
{
    /// <summary>Unit in which money stands in the file; values are converted exactly.</summary>
    public Unit MoneyUnit { get; init; } = Unit.Wan;

    /// <summary>Whether each heading repeats its unit, as in 营业收入（万元）.</summary>
    public bool UnitsInHeadings { get; init; }

    /// <summary>Constructed data: the title and the file's properties then say so.</summary>
    public bool Synthetic { get; init; }

    /// <summary>The lines of signature under the table; none when empty.</summary>
    public IReadOnlyList<string> Footer { get; init; } = [];
}
