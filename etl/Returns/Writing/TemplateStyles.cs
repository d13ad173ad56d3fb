using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using Innovation1551.Returns.Forms;
using Field = Innovation1551.Returns.Forms.Field;

namespace Innovation1551.Returns.Writing;

/// <summary>The cell styles of templates and lists of findings. Their order is their number. Cells are locked unless they take input.</summary>
internal static class TemplateStyles
{
    public const uint Plain = 0,
        Title = 1,
        Label = 2,
        Heading = 3,
        RequiredHeading = 4,
        Known = 5,
        Wrapped = 6,
        Before = 7,
        InputText = 8,
        InputGeneral = 9,
        InputAmount = 10,
        InputCount = 11,
        InputDate = 12,
        Fault = 13,
        Link = 14,
        KnownText = 15,
        InputWrapped = 16;

    /// <summary>Number of the format that turns a cell red, for conditional formatting.</summary>
    public const uint Red = 0;
    private const uint AsText = 49,
        AsAmount = 4,
        AsCount = 3,
        AsDate = 164;

    /// <summary>The style of a cell that takes a field's value.</summary>
    public static uint Input(Field field) =>
        field.Type switch
        {
            FieldType.Amount or FieldType.Percent or FieldType.Quantity => InputAmount,
            FieldType.Count => InputCount,
            FieldType.Date => InputDate,
            FieldType.Identifier or FieldType.Text or FieldType.Period or FieldType.Form or FieldType.FormField => InputText,
            _ => InputGeneral,
        };

    public static Stylesheet Stylesheet() =>
        new(
            new NumberingFormats(new NumberingFormat { NumberFormatId = AsDate, FormatCode = "yyyy\\-mm\\-dd" }) { Count = 1 },
            new Fonts(Font(11), Font(14, bold: true), Font(11, bold: true), Font(11, color: "FF7F7F7F"), Font(11, color: "FF0563C1", underlined: true))
            {
                Count = 5,
            },
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
                Fill("FFDCE6F1"),
                Fill("FFFDE9D9"),
                Fill("FFF2F2F2"),
                Fill("FFFFC7CE")
            )
            {
                Count = 6,
            },
            new Borders(
                new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
                new Border(Thin<LeftBorder>(), Thin<RightBorder>(), Thin<TopBorder>(), Thin<BottomBorder>(), new DiagonalBorder())
            )
            {
                Count = 2,
            },
            new CellStyleFormats(
                new CellFormat
                {
                    NumberFormatId = 0,
                    FontId = 0,
                    FillId = 0,
                    BorderId = 0,
                }
            )
            {
                Count = 1,
            },
            new CellFormats(
                Format(),
                Format(font: 1),
                Format(font: 2),
                Format(font: 2, fill: 2, border: 1, align: Centred()),
                Format(font: 2, fill: 3, border: 1, align: Centred()),
                Format(AsText, fill: 4, border: 1),
                Format(border: 1, align: Wrap()),
                Format(AsAmount, font: 3, fill: 4, border: 1),
                Open(AsText),
                Open(0),
                Open(AsAmount),
                Open(AsCount),
                Open(AsDate),
                Format(AsText, fill: 5, border: 1),
                Format(AsText, font: 4, fill: 4, border: 1, align: Wrap()),
                Format(AsText, fill: 4, border: 1, align: Wrap()),
                Format(AsText, border: 1, align: Wrap(), unlocked: true)
            )
            {
                Count = 17,
            },
            new CellStyles(
                new CellStyle
                {
                    Name = "Normal",
                    FormatId = 0,
                    BuiltinId = 0,
                }
            )
            {
                Count = 1,
            },
            new DifferentialFormats(
                new DifferentialFormat(
                    new Font(new Bold(), new Color { Rgb = "FF9C0006" }),
                    new Fill(
                        new PatternFill(new ForegroundColor { Rgb = "FFFFC7CE" }, new BackgroundColor { Rgb = "FFFFC7CE" })
                        {
                            PatternType = PatternValues.Solid,
                        }
                    )
                )
            )
            {
                Count = 1,
            }
        );

    private static Font Font(double size, bool bold = false, string? color = null, bool underlined = false)
    {
        var font = new Font();
        if (bold)
            font.Append(new Bold());
        if (underlined)
            font.Append(new Underline());
        font.Append(new FontSize { Val = size });
        if (color is not null)
            font.Append(new Color { Rgb = color });
        font.Append(new FontName { Val = "宋体" });
        return font;
    }

    private static Fill Fill(string rgb) => new(new PatternFill(new ForegroundColor { Rgb = rgb }) { PatternType = PatternValues.Solid });

    private static T Thin<T>()
        where T : BorderPropertiesType, new()
    {
        var border = new T { Style = BorderStyleValues.Thin };
        border.Append(new Color { Rgb = "FFBFBFBF" });
        return border;
    }

    private static Alignment Centred() =>
        new()
        {
            Horizontal = HorizontalAlignmentValues.Center,
            Vertical = VerticalAlignmentValues.Center,
            WrapText = true,
        };

    private static Alignment Wrap() => new() { Vertical = VerticalAlignmentValues.Top, WrapText = true };

    private static CellFormat Open(uint number) => Format(number, border: 1, unlocked: true);

    private static CellFormat Format(uint number = 0, uint font = 0, uint fill = 0, uint border = 0, Alignment? align = null, bool unlocked = false)
    {
        var format = new CellFormat
        {
            NumberFormatId = number,
            FontId = font,
            FillId = fill,
            BorderId = border,
            FormatId = 0,
            ApplyNumberFormat = number != 0,
            ApplyFont = font != 0,
            ApplyFill = fill != 0,
            ApplyBorder = border != 0,
        };
        if (align is not null)
        {
            format.ApplyAlignment = true;
            format.Append(align);
        }
        if (unlocked)
        {
            format.ApplyProtection = true;
            format.Append(new Protection { Locked = false });
        }
        return format;
    }
}
