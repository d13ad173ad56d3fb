using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using Innovation1551.Models.Exchange;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Writing;

/// <summary>A plain list as a sheet: a title, headings in bold, rows of text.</summary>
internal static class ListSheet
{
    /// <summary>The sheet for a workbook whose styles are not ours: bold comes from the text itself, nothing refers to a style.</summary>
    /// <param name="linked">The column (1-based) whose cells lead to a place in the workbook.</param>
    /// <param name="places">The place of each row; null for none.</param>
    /// <param name="isInFront">The workbook opens on this sheet.</param>
    public static byte[] WithoutStyles(
        string title,
        IReadOnlyList<string> headings,
        IReadOnlyList<double> widths,
        IEnumerable<IEnumerable<string>> rows,
        int linked,
        IReadOnlyList<string?> places,
        bool isInFront
    )
    {
        var data = new SheetData();
        data.Append(Row([title], bold: true));
        data.Append(Row(headings, bold: true));
        foreach (var row in rows)
            data.Append(Row(row, bold: false, places[data.ChildElements.Count - 2] is null ? 0 : linked));
        var views = Frozen(2);
        if (isInFront)
            views.GetFirstChild<SheetView>()!.TabSelected = true;
        var sheet = new Worksheet(new SheetProperties(new PageSetupProperties { FitToPage = true }), views, SheetPaper.Columns(widths), data);
        if (places.Any(p => p is not null))
            sheet.Append(
                new Hyperlinks(
                    places.SelectMany(
                        (place, i) =>
                            place is null
                                ? []
                                : (Hyperlink[])
                                    [
                                        new()
                                        {
                                            Reference = Sheets.ColumnName.Of(linked) + StoredText.Of(i + 3),
                                            Location = place,
                                            Tooltip = "转到最可能有误的单元格 Go to the cell that is most likely wrong",
                                        },
                                    ]
                    )
                )
            );
        sheet.Append(SheetPaper.Landscape(SheetPaper.A3));
        return PackageParts.Part(sheet);
    }

    /// <summary>The sheet in our own styles; each row says which of its cells (0-based) are at fault.</summary>
    public static Worksheet Styled(
        string title,
        IReadOnlyList<string> headings,
        IReadOnlyList<double> widths,
        IEnumerable<(IEnumerable<string> Cells, IReadOnlySet<int> Faults)> rows
    )
    {
        var cells = new SheetCells();
        cells.Begin(26).Add(title, TemplateStyles.Title);
        cells.Begin(36);
        foreach (var heading in headings)
            cells.Add(heading, TemplateStyles.Heading);
        foreach (var (row, faults) in rows)
        {
            var texts = row.ToList();
            cells.Begin(SheetPaper.Height(texts, widths));
            var i = 0;
            foreach (var text in texts)
                cells.Add(text, faults.Contains(i++) ? TemplateStyles.Fault : TemplateStyles.Wrapped);
        }
        return new([
            new SheetProperties(new PageSetupProperties { FitToPage = true }),
            Frozen(2),
            SheetPaper.Columns(widths),
            cells.Data,
            .. SheetPaper.Landscape(SheetPaper.A3),
        ]);
    }

    /// <summary>A workbook of such sheets; it opens on the first.</summary>
    public static void Write(Stream stream, string title, IReadOnlyList<(string Name, Worksheet Sheet)> sheets)
    {
        using var zip = new PlainZip(stream, compress: true);
        zip.Add("[Content_Types].xml", PackageParts.ContentTypes(sheets.Count, synthetic: false));
        zip.Add("_rels/.rels", PackageParts.RootRelations(synthetic: false));
        zip.Add("docProps/core.xml", PackageParts.CoreProperties(new("", StoredText.Stored(title), 0, "", default)));
        zip.Add(
            "xl/workbook.xml",
            PackageParts.Part(
                new Workbook(
                    new DocumentFormat.OpenXml.Spreadsheet.Sheets(
                        sheets.Select(
                            (s, i) =>
                                new DocumentFormat.OpenXml.Spreadsheet.Sheet
                                {
                                    Name = s.Name,
                                    SheetId = (uint)i + 1,
                                    Id = $"rId{StoredText.Of(i + 1)}",
                                }
                        )
                    ),
                    new DefinedNames(
                        sheets.Select(
                            (_, i) =>
                                new DefinedName($"\"{TemplateMark.Help}\"")
                                {
                                    Name = TemplateMark.FormName,
                                    LocalSheetId = (uint)i,
                                    Hidden = true,
                                }
                        )
                    )
                )
            )
        );
        zip.Add("xl/_rels/workbook.xml.rels", PackageParts.WorkbookRelations(sheets.Count));
        zip.Add("xl/styles.xml", PackageParts.Part(TemplateStyles.Stylesheet()));
        for (var i = 0; i < sheets.Count; i++)
            zip.Add($"xl/worksheets/sheet{StoredText.Of(i + 1)}.xml", PackageParts.Part(sheets[i].Sheet));
        zip.Add("xl/sharedStrings.xml", new WorkbookTexts().ToPart());
    }

    /// <param name="linked">The column (1-based) that looks like a link; 0 for none.</param>
    private static Row Row(IEnumerable<string> texts, bool bold, int linked = 0) =>
        new(
            texts.Select(
                (text, i) =>
                    new Cell
                    {
                        DataType = CellValues.InlineString,
                        InlineString =
                            bold ? Run(text, new Bold())
                            : i + 1 == linked ? Run(text.Length == 0 ? "→" : text, new Underline(), new Color { Rgb = "FF0563C1" })
                            : new InlineString(Stored(text)),
                    }
            )
        );

    /// <summary>Text that looks another way than its cell; the order of what it is like is laid down by the standard.</summary>
    private static InlineString Run(string text, OpenXmlElement style, params OpenXmlElement[] colour) =>
        new(new Run(new RunProperties([style, new FontSize { Val = 11 }, .. colour, new RunFont { Val = "宋体" }]), Stored(text)));

    private static Text Stored(string text) => new(StoredText.Stored(text)) { Space = SpaceProcessingModeValues.Preserve };

    private static SheetViews Frozen(int rows) =>
        new(
            new SheetView(
                new Pane
                {
                    VerticalSplit = rows,
                    TopLeftCell = "A" + StoredText.Of(rows + 1),
                    ActivePane = PaneValues.BottomLeft,
                    State = PaneStateValues.Frozen,
                }
            )
            {
                WorkbookViewId = 0,
            }
        );
}
