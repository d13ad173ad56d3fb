using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Innovation1551.Models;

namespace Innovation1551.Publishing.Formats;

/// <summary>The styles of the Word file: each kind of paragraph has one, so that whoever goes on working with it changes a look in one place.</summary>
/// <param name="isShort">A page or two that are read through: everything is smaller and closer, and no chapter begins a page.</param>
internal sealed class DocxStyles(Language language, bool isShort)
{
    private const string Ink = "1B2733",
        Soft = "52606D",
        Accent = "12436D",
        Warn = "8A4300";

    public Styles Sheet() =>
        new(
            new DocDefaults(
                new RunPropertiesDefault(
                    new RunPropertiesBaseStyle(
                        // Fonts that every Chinese Windows and WPS has; where one is absent the program puts its own.
                        new RunFonts
                        {
                            Ascii = "Times New Roman",
                            HighAnsi = "Times New Roman",
                            EastAsia = "SimSun",
                            ComplexScript = "Times New Roman",
                        },
                        new Color { Val = Ink },
                        new FontSize { Val = "21" },
                        new Languages { Val = language == Language.Zh ? "zh-CN" : "en-GB", EastAsia = "zh-CN" }
                    )
                ),
                new ParagraphPropertiesDefault(
                    new ParagraphPropertiesBaseStyle(
                        new SpacingBetweenLines
                        {
                            After = isShort ? "40" : "80",
                            Line = isShort ? "240" : "312",
                            LineRule = LineSpacingRuleValues.Auto,
                        }
                    )
                )
            ),
            Paragraph("Normal", 21, isDefault: true),
            Paragraph("Title", 44, bold: true, color: Accent, before: 1200, after: 200),
            Paragraph("Subtitle", 22, color: Soft),
            Paragraph("Warning", 22, bold: true, color: Warn, before: 240, after: 240),
            Paragraph("ContentsTitle", 28, bold: true, before: 360, after: 120, keep: true),
            Paragraph("TOC1", 22, after: 40),
            Paragraph("Heading1", 32, bold: true, color: Accent, before: 480, after: 160, keep: true, outline: 0),
            Paragraph("BodyText", 21),
            Paragraph("Finding", 22, after: 80, indent: 210),
            Paragraph("Note", 18, color: Soft),
            Paragraph("Term", 21, bold: true, before: 160, after: 20, keep: true),
            Paragraph("FigureCaption", 21, bold: true, before: 240, after: 60, keep: true),
            Paragraph("TableCaption", 21, bold: true, before: 240, after: 60, keep: true),
            Paragraph("Picture", 21, after: 60),
            Paragraph("CardName", 18, bold: true, after: 0),
            Paragraph("CardValue", 34, bold: true, color: Accent, after: 0),
            Paragraph("CardMeta", 15, color: Soft, after: 0),
            Paragraph("TableUnit", 16, color: Soft, after: 0, keep: true, right: true),
            Paragraph("CellText", 17, after: 0),
            Paragraph("CellNumber", 17, after: 0, right: true),
            Paragraph("HeadText", 17, bold: true, after: 0, keep: true),
            Paragraph("HeadNumber", 17, bold: true, after: 0, right: true, keep: true),
            Paragraph("Header", 16, color: Soft, after: 0),
            Paragraph("Footer", 16, color: Soft, after: 0, right: true),
            Character("Unit", new Color { Val = Soft }, new FontSize { Val = isShort ? "12" : "15" }),
            Character("Mark", new VerticalTextAlignment { Val = VerticalPositionValues.Superscript }),
            Table("Figures", lines: true),
            Table("Cards", lines: false)
        );

    private Style Paragraph(
        string id,
        int halfPoints,
        bool bold = false,
        string? color = null,
        int before = 0,
        int after = 80,
        bool keep = false,
        bool right = false,
        int indent = 0,
        int outline = -1,
        bool isDefault = false
    )
    {
        var paragraph = new StyleParagraphProperties();
        if (keep)
            paragraph.Append(new KeepNext());
        if (outline >= 0 && !isShort)
            paragraph.Append(new PageBreakBefore());
        if (isShort)
            (halfPoints, before, after) = (halfPoints * 3 / 4, Math.Min(before, 480) / 2, after / 2);
        paragraph.Append(new SpacingBetweenLines { Before = Twips(before), After = Twips(after) });
        if (indent > 0)
            paragraph.Append(new Indentation { Left = Twips(indent) });
        if (right)
            paragraph.Append(new Justification { Val = JustificationValues.Right });
        if (outline >= 0)
            paragraph.Append(new OutlineLevel { Val = outline });
        var run = new StyleRunProperties();
        if (bold)
            run.Append(
                new RunFonts
                {
                    Ascii = "Arial",
                    HighAnsi = "Arial",
                    EastAsia = "SimHei",
                },
                new Bold()
            );
        if (color is not null)
            run.Append(new Color { Val = color });
        run.Append(new FontSize { Val = Twips(halfPoints) });
        var style = new Style(
            new StyleName
            {
                Val =
                    id == "Heading1" ? "heading 1"
                    : id == "TOC1" ? "toc 1"
                    : id,
            }
        )
        {
            Type = StyleValues.Paragraph,
            StyleId = id,
        };
        if (isDefault)
            style.Default = true;
        else
            style.Append(new BasedOn { Val = "Normal" });
        style.Append(new PrimaryStyle(), paragraph, run);
        return style;
    }

    private static Style Character(string id, params OpenXmlElement[] looks) =>
        new(new StyleName { Val = id }, new StyleRunProperties(looks)) { Type = StyleValues.Character, StyleId = id };

    /// <summary>A line above, below the headings and at the end, as statistical tables have them; no upright ones.</summary>
    private static Style Table(string id, bool lines)
    {
        var properties = new StyleTableProperties();
        if (lines)
            properties.Append(
                new TableBorders(
                    new TopBorder
                    {
                        Val = BorderValues.Single,
                        Size = 12,
                        Color = Ink,
                    },
                    new BottomBorder
                    {
                        Val = BorderValues.Single,
                        Size = 12,
                        Color = Ink,
                    },
                    new InsideHorizontalBorder
                    {
                        Val = BorderValues.Single,
                        Size = 4,
                        Color = "D9DFE6",
                    }
                )
            );
        properties.Append(
            new TableCellMarginDefault(
                new TopMargin { Width = "30", Type = TableWidthUnitValues.Dxa },
                new TableCellLeftMargin { Width = 70, Type = TableWidthValues.Dxa },
                new BottomMargin { Width = "30", Type = TableWidthUnitValues.Dxa },
                new TableCellRightMargin { Width = 70, Type = TableWidthValues.Dxa }
            )
        );
        var style = new Style(new StyleName { Val = id }, properties) { Type = StyleValues.Table, StyleId = id };
        if (lines)
            style.Append(
                new TableStyleProperties(
                    new TableStyleConditionalFormattingTableCellProperties(
                        new TableCellBorders(
                            new BottomBorder
                            {
                                Val = BorderValues.Single,
                                Size = 8,
                                Color = Ink,
                            }
                        )
                    )
                )
                {
                    Type = TableStyleOverrideValues.FirstRow,
                }
            );
        return style;
    }

    private static string Twips(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
