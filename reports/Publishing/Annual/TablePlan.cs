using Innovation1551.Models;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Publishing.Annual;

/// <summary>A table that is made of figures alone: a line of <c>tables.csv</c>.</summary>
/// <param name="Chapter">The chapter that it stands in.</param>
/// <param name="ByYear">Five years across; otherwise the metrics of the report's year across and the members of the breakdown down the page.</param>
/// <param name="Metrics">Down the page where the breakdown is <c>total</c>; a single one where its members are.</param>
internal sealed record TablePlan(string Id, string Chapter, bool ByYear, IReadOnlyList<string> Metrics, string Breakdown, Text Title, Text Note)
{
    /// <summary>The tables that the program ships, in their order.</summary>
    public static IReadOnlyList<TablePlan> Shipped { get; } = Parse("tables.csv", ShippedFile.Text("tables.csv"));

    /// <exception cref="DefinitionException">A line has another number of cells, a shape that there is not, or asks for years of several metrics by a breakdown.</exception>
    public static IReadOnlyList<TablePlan> Parse(string path, string text) =>
        [
            .. Seed.Parse(path, text)
                .Skip(1)
                .Select(
                    (cells, i) =>
                        cells is [var id, var chapter, ("years" or "members") and var shape, var metrics, var breakdown, var zh, var en, var noteZh, var noteEn]
                        && metrics.Split(';') is var codes
                        && (shape == "years" ? breakdown == "total" || codes.Length == 1 : breakdown != "total")
                            ? new TablePlan(id, chapter, shape == "years", codes, breakdown, new(zh, en), new(noteZh, noteEn))
                            : throw new DefinitionException(
                                path,
                                i + 2,
                                new(
                                    "应为 id,chapter,shape,metrics,breakdown,zh,en,note_zh,note_en；years 按分类只列一个指标，members 须有分类",
                                    "id,chapter,shape,metrics,breakdown,zh,en,note_zh,note_en expected; years by a breakdown have one metric, members have a breakdown"
                                )
                            )
                ),
        ];
}
