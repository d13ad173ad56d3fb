using DocumentFormat.OpenXml.Spreadsheet;
using Innovation1551.Returns.Forms;
using Field = Innovation1551.Returns.Forms.Field;

namespace Innovation1551.Returns.Writing;

/// <summary>The few cell styles of a return. Their order is their number.</summary>
internal static class WorkbookStyles
{
    private const uint General = 0,
        TitleStyle = 1,
        HeaderStyle = 2,
        TextStyle = 3,
        DateStyle = 4,
        AmountStyle = 5;

    /// <summary>Number formats that every spreadsheet program knows: text, date, thousands with two places.</summary>
    private const uint AsText = 49,
        AsDate = 14,
        AsAmount = 4;

    public static uint For(LineKind line, Field? field) =>
        (line, field?.Type) switch
        {
            (LineKind.Title, _) => TitleStyle,
            (LineKind.Header or LineKind.Meta, _) => HeaderStyle,
            (LineKind.Footer, _) => General,
            (_, FieldType.Identifier) => TextStyle,
            (_, FieldType.Date) => DateStyle,
            (_, FieldType.Amount) => AmountStyle,
            _ => General,
        };

    public static Stylesheet Stylesheet() =>
        new(
            new Fonts(Font(11, false), Font(14, true), Font(11, true)) { Count = 3 },
            new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }))
            {
                Count = 2,
            },
            new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())) { Count = 1 },
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
            new CellFormats(Format(0, 0), Format(0, 1), Format(0, 2), Format(AsText, 0), Format(AsDate, 0), Format(AsAmount, 0)) { Count = 6 },
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
            }
        );

    private static Font Font(double size, bool bold)
    {
        var font = new Font();
        if (bold)
            font.Append(new Bold());
        font.Append(new FontSize { Val = size }, new FontName { Val = "宋体" });
        return font;
    }

    private static CellFormat Format(uint number, uint font) =>
        new()
        {
            NumberFormatId = number,
            FontId = font,
            FillId = 0,
            BorderId = 0,
            FormatId = 0,
            ApplyNumberFormat = number != 0,
            ApplyFont = font != 0,
        };
}
