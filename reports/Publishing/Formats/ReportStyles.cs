using System.Globalization;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Innovation1551.Publishing.Formats;

/// <summary>The looks of cells in the workbook: a few fixed ones, and one for each way of showing a number, made as it is first needed.</summary>
internal sealed class ReportStyles
{
    public const uint Plain = 0,
        Title = 1,
        Warning = 2,
        Heading = 3,
        HeadingRight = 4,
        Link = 5,
        Wrapped = 6,
        Right = 7;

    private const uint FirstFormat = 164;

    private readonly List<(int Decimals, string Marks, bool IsChange)> _numbers = [];

    /// <param name="marks">Those of its flags, shown behind it.</param>
    /// <param name="isChange">Shown with its sign.</param>
    public uint Number(int decimals, string marks, bool isChange)
    {
        var look = (decimals, marks, isChange);
        if (_numbers.IndexOf(look) is >= 0 and var at)
            return Right + 1 + (uint)at;
        _numbers.Add(look);
        return Right + (uint)_numbers.Count;
    }

    public Stylesheet Sheet() =>
        new(
            new NumberingFormats(_numbers.Select((n, i) => new NumberingFormat { NumberFormatId = FirstFormat + (uint)i, FormatCode = Code(n) }))
            {
                Count = (uint)_numbers.Count,
            },
            new Fonts(
                Font(11, false, "FF1B2733"),
                Font(14, true, "FF12436D"),
                Font(11, true, "FF8A4300"),
                Font(11, true, "FF1B2733"),
                Font(11, false, "FF12436D", underlined: true)
            ),
            new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
            new Borders(
                new Border(),
                new Border(
                    new LeftBorder(),
                    new RightBorder(),
                    new TopBorder(),
                    new BottomBorder(new Color { Rgb = "FF1B2733" }) { Style = BorderStyleValues.Thin }
                )
            ),
            new CellStyleFormats(new CellFormat()),
            new CellFormats([
                Look(0),
                Look(1),
                Look(2),
                Look(3, border: 1, wrap: true),
                Look(3, border: 1, wrap: true, right: true),
                Look(4),
                Look(0, wrap: true),
                Look(0, wrap: true, right: true),
                .. _numbers.Select((_, i) => Look(0, format: FirstFormat + (uint)i)),
            ]),
            new CellStyles(
                new CellStyle
                {
                    Name = "Normal",
                    FormatId = 0,
                    BuiltinId = 0,
                }
            )
        );

    /// <summary>With separators, the true minus sign and, behind the number, the mark.</summary>
    private static string Code((int Decimals, string Marks, bool IsChange) look)
    {
        var number = "#,##0" + (look.Decimals > 0 ? "." + new string('0', look.Decimals) : "");
        var mark = look.Marks.Length > 0 ? $"\"{Raised(look.Marks)}\"" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{(look.IsChange ? "\"+\"" : "")}{number}{mark};\"−\"{number}{mark};{number}{mark}");
    }

    /// <summary>Letters as they stand above the line; what has no such form stays as it is.</summary>
    private static string Raised(string marks) =>
        string.Concat(
            marks
                .Where(c => c != '"')
                .Select(c => "abcdefghijklmnoprstuvwxyz".IndexOf(c, StringComparison.Ordinal) is >= 0 and var at ? "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"[at] : c)
        );

    private static Font Font(double size, bool bold, string color, bool underlined = false)
    {
        var font = new Font();
        if (bold)
            font.Append(new Bold());
        if (underlined)
            font.Append(new Underline());
        font.Append(new FontSize { Val = size }, new Color { Rgb = color }, new FontName { Val = "Arial" });
        return font;
    }

    private static CellFormat Look(uint font, uint border = 0, bool wrap = false, bool right = false, uint format = 0) =>
        new(
            new Alignment
            {
                Vertical = VerticalAlignmentValues.Top,
                WrapText = wrap ? true : null,
                Horizontal = right ? HorizontalAlignmentValues.Right : null,
            }
        )
        {
            FontId = font,
            BorderId = border,
            NumberFormatId = format,
            FillId = 0,
            FormatId = 0,
            ApplyFont = true,
            ApplyBorder = border > 0,
            ApplyNumberFormat = format > 0,
            ApplyAlignment = true,
        };
}
