using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Charts.Catalogue;

/// <summary>Every chart of the report, in the order of its chapters.</summary>
public static class ChartCatalogue
{
    public static IReadOnlyList<ChartDefinition> All { get; } =
    [
        .. SpendCharts.All,
        .. StructureCharts.All,
        .. EnterpriseCharts.All,
        .. PatentCharts.All,
        .. AwardCharts.All,
        .. CapacityCharts.All,
        .. TaskCharts.All,
        .. ProgressCharts.All,
        .. EvaluationCharts.All,
        .. RevisionCharts.All,
    ];

    internal static SeriesQuery Column(string metric, string breakdown = "total", string category = "all") =>
        new(metric, breakdown, category) { Mark = Mark.Column };

    internal static SeriesQuery Each(string metric, string breakdown, Mark mark) => new(metric, breakdown, SeriesQuery.EachCategory) { Mark = mark };
}
