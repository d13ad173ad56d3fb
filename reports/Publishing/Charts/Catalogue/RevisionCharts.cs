using Innovation1551.Models;

namespace Innovation1551.Publishing.Charts.Catalogue;

/// <summary>How far figures move after they could first be told.</summary>
internal static class RevisionCharts
{
    public static readonly ChartDefinition[] All =
    [
        new(
            "revision-size",
            Section.Revisions,
            ChartKind.Revisions,
            new("主要总量自首次可公布以来的修订幅度", "How far the main amounts have been revised since they could first be told")
        )
        {
            Note = new(
                "首次可公布为回收率达到公布门槛之日；其后由迟报、重报与更正引起的变动，原因见修订表。",
                "A figure can first be told on the day when enough returns are in; what moved it later (late returns, replaced and corrected ones) stands in the table of causes."
            ),
        },
    ];
}
