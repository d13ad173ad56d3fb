using Innovation1551.Models;

namespace Innovation1551.Publishing.Charts.Catalogue;

/// <summary>The performance evaluation: who stands where, and how firmly.</summary>
internal static class EvaluationCharts
{
    public static readonly ChartDefinition[] All =
    [
        new(
            "evaluation-places",
            Section.Evaluation,
            ChartKind.Ranges,
            new("绩效评价位次及权重变动时的区间", "Places in the evaluation and their ranges when weights change")
        )
        {
            Note = new(
                "条带为评价体系所定幅度内随机变动权重时位次的区间；两年条带重叠的，位次升降不作解读。",
                "The band spans the places that a group takes when the weights vary at random as far as the system says; where the bands of two years overlap, no rise or fall is spoken of."
            ),
        },
    ];
}
