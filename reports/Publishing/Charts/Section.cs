using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts;

/// <summary>The chapters of the report, in order.</summary>
public enum Section
{
    Overview,
    Spend,
    Structure,
    Enterprises,
    Patents,
    Awards,
    Capacity,
    Tasks,
    Policies,
    Monthly,
    Targets,
    Evaluation,
    Quality,
    Revisions,
}
