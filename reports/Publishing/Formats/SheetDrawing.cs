using DocumentFormat.OpenXml.Drawing.Charts;
using DocumentFormat.OpenXml.Drawing.Spreadsheet;
using static Innovation1551.Publishing.Formats.PlainNumber;
using A = DocumentFormat.OpenXml.Drawing;

namespace Innovation1551.Publishing.Formats;

/// <summary>The layer of a sheet on which its charts lie, one below the other at the right of the table.</summary>
internal static class SheetDrawing
{
    public const long Height = 3810000;
    private const long Width = 6858000;
    private const int RowsEach = 21,
        FirstRow = 3;

    /// <param name="column">The first free column, counted from zero.</param>
    /// <param name="charts">The relation of each chart and what it is called and shows.</param>
    public static WorksheetDrawing Of(int column, IEnumerable<(string Id, string Name, string Description, long Height)> charts) =>
        new(
            charts.Select(
                (chart, i) =>
                    new OneCellAnchor(
                        new FromMarker(
                            new ColumnId(Invariant(column)),
                            new ColumnOffset("0"),
                            new RowId(Invariant(FirstRow + i * RowsEach)),
                            new RowOffset("0")
                        ),
                        new Extent { Cx = Width, Cy = chart.Height },
                        new GraphicFrame(
                            new NonVisualGraphicFrameProperties(
                                new NonVisualDrawingProperties
                                {
                                    Id = (uint)i + 2,
                                    Name = chart.Name,
                                    Description = chart.Description,
                                },
                                new NonVisualGraphicFrameDrawingProperties()
                            ),
                            new Transform(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = 0, Cy = 0 }),
                            new A.Graphic(
                                new A.GraphicData(new ChartReference { Id = chart.Id }) { Uri = "http://schemas.openxmlformats.org/drawingml/2006/chart" }
                            )
                        )
                        {
                            Macro = "",
                        },
                        new ClientData()
                    )
            )
        );
}
