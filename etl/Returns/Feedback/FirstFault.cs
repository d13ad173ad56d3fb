using System.Globalization;
using System.Xml.Linq;
using Innovation1551.Returns.Sheets;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Returns.Feedback;

/// <summary>Makes a workbook open at a cell: the sheet in front, the cell chosen, and so far down and to the right that it is seen.</summary>
internal static class FirstFault
{
    /// <summary>Rows and columns that a screen shows for certain.</summary>
    private const int RowsSeen = 20,
        ColumnsSeen = 5;

    /// <summary>What stands behind the views of a workbook.</summary>
    private static readonly HashSet<string> BehindBookViews = ["sheets"];

    /// <summary>The workbook with the sheet of an index in front; as it was where it cannot be changed.</summary>
    public static XmlSplice Front(XmlSplice workbook, int sheet) =>
        workbook.Has("bookViews")
            ? workbook.Child(
                "bookViews",
                views =>
                {
                    views.Elements().FirstOrDefault(v => v.Name.LocalName == "workbookView")?.SetAttributeValue("activeTab", StoredText.Of(sheet));
                    views.Elements().FirstOrDefault(v => v.Name.LocalName == "workbookView")?.SetAttributeValue("firstSheet", null);
                }
            )
            : workbook.BeforeChild(BehindBookViews, $"""<bookViews xmlns="{Package.Main}"><workbookView activeTab="{StoredText.Of(sheet)}"/></bookViews>""")
                ?? workbook;

    /// <summary>Chooses a cell of the sheet in front; of the other sheets none is in front, or what is typed goes into all of them.</summary>
    /// <param name="cell">Null for a sheet that is not in front.</param>
    public static void Choose(Package package, string sheetPart, string? cell)
    {
        if (XmlSplice.Of(package.Get(sheetPart)!) is not { } sheet || sheet.RootNamespace != Package.Main)
            return;
        if (cell is null && !sheet.Text.Contains("tabSelected", StringComparison.Ordinal))
            return;
        if (cell is not null && !sheet.Has("sheetViews"))
            sheet =
                sheet.BeforeChild(SheetOrder.Behind("sheetViews"), $"""<sheetViews xmlns="{Package.Main}"><sheetView workbookViewId="0"/></sheetViews>""")
                ?? sheet;
        var changed = sheet.Child(
            "sheetViews",
            views =>
            {
                foreach (var view in views.Elements().Where(v => v.Name.LocalName == "sheetView"))
                {
                    view.SetAttributeValue("tabSelected", cell is null ? null : "1");
                    if (cell is not null && CellReference.TryParse(cell, out var row, out var column))
                        Choose(view, cell, row, column);
                }
            }
        );
        package.Set(sheetPart, changed.Bytes);
    }

    private static void Choose(XElement view, string cell, int row, int column)
    {
        view.Elements().Where(e => e.Name.LocalName == "selection").Remove();
        var selection = new XElement(view.Name.Namespace + "selection", new XAttribute("activeCell", cell), new XAttribute("sqref", cell));
        var pane = view.Elements().FirstOrDefault(e => e.Name.LocalName == "pane");
        if (pane is null)
        {
            if (row > RowsSeen || column > ColumnsSeen)
                view.SetAttributeValue("topLeftCell", Corner(row, column, 1, 1));
            view.AddFirst(selection);
            return;
        }
        // A pane that is split and not frozen is measured in points: only the chosen cell is set there.
        if (((string?)pane.Attribute("state"))?.StartsWith("frozen", StringComparison.Ordinal) == true)
        {
            var (above, left) = (Whole(pane.Attribute("ySplit")), Whole(pane.Attribute("xSplit")));
            var (isBelow, isRight) = (above > 0 && row > above, left > 0 && column > left);
            pane.SetAttributeValue(
                "activePane",
                isBelow
                    ? isRight
                        ? "bottomRight"
                        : "bottomLeft"
                    : isRight
                        ? "topRight"
                        : "topLeft"
            );
            if (row > above + RowsSeen || column > left + ColumnsSeen)
                pane.SetAttributeValue("topLeftCell", Corner(row, column, above + 1, left + 1));
        }
        if (pane.Attribute("activePane") is { } active)
            selection.SetAttributeValue("pane", active.Value);
        pane.AddAfterSelf(selection);
    }

    /// <summary>The cell to begin at: a little above and before the one that is to be seen, and as far as possible what stands at the beginning.</summary>
    private static string Corner(int row, int column, int firstRow, int firstColumn) =>
        ColumnName.Of(column - firstColumn >= ColumnsSeen ? Math.Max(firstColumn, column - 1) : firstColumn)
        + StoredText.Of(row - firstRow >= RowsSeen ? Math.Max(firstRow, row - 3) : firstRow);

    private static int Whole(XAttribute? value) =>
        value is not null && double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (int)number : 0;
}
