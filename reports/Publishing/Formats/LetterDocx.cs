using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Innovation1551.Models;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Pages;
using static Innovation1551.Publishing.Formats.PlainNumber;
using Run = DocumentFormat.OpenXml.Wordprocessing.Run;
using Style = Innovation1551.Publishing.Document.Style;
using Text = Innovation1551.Models.Text;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Innovation1551.Publishing.Formats;

/// <summary>
/// A covering letter as a Word file, laid out as GB/T 9704 has it: margins, 22 lines of 28 characters, the fonts by their names, which every
/// office has and none may ship. What is to be filled in is shaded.
/// </summary>
internal sealed class LetterDocx : IReportFormat
{
    internal static readonly Text Attached = new("附件：", "Attached: ");

    private const string Main = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    private const string Part = "word/document.xml";
    private const string Red = "C00000";

    public string Name => "docx";

    public byte[] Write(ReportDocument document, Language language)
    {
        var letter = document.Blocks.OfType<LetterSheet>().Single();
        var package = new OfficePackage(Part);
        var header = package.Relate(Part, "header", "header1.xml");
        // Size 3 and its first lines set in by two characters; English is smaller, so that it stays on its page.
        var (size, indent) = language == Language.Zh ? (32, 640) : (23, 0);
        var body = new Body(
            Line(letter.Number, size * 4 / 5, JustificationValues.Right),
            Line(Phrase.Of(document.Title), size * 11 / 8, JustificationValues.Center, font: HeadFont, around: 200),
            Line(letter.Addressee, size)
        );
        body.Append(letter.Body.Select(p => Line(p, size, JustificationValues.Both, indent: indent)));
        body.Append(
            letter.Attachments.Select(
                (p, i) =>
                    Line(
                        (i == 0 ? Phrase.Of(Attached) : Phrase.Empty).Say($"{Invariant(i + 1)}. ", $"{Invariant(i + 1)}. ").With(p),
                        size,
                        indent: i == 0 ? indent : indent + size * (language == Language.Zh ? 30 : 50),
                        around: i == 0 ? 200 : 0
                    )
            )
        );
        body.Append(
            Line(letter.Issuer, size, JustificationValues.Right, right: 640, around: 200),
            Line(letter.Day, size, JustificationValues.Right, right: 640),
            new SectionProperties(
                new HeaderReference { Type = HeaderFooterValues.Default, Id = header },
                new PageSize { Width = 11906, Height = 16838 },
                new PageMargin
                {
                    Top = 2098,
                    Bottom = 1985,
                    Left = 1588,
                    Right = 1474,
                    Header = 850,
                    Footer = 1400,
                    Gutter = 0,
                },
                new DocGrid { Type = language == Language.Zh ? DocGridValues.Lines : DocGridValues.Default, LinePitch = 579 }
            )
        );
        package.Add(Part, Main + "document.main+xml", new W.Document(body));
        package.Add(
            "word/header1.xml",
            Main + "header+xml",
            // The standard has the issuer's name above the text's own field, where the head of the page is.
            new Header(
                Line(Phrase.Of(document.Stamp), 18, JustificationValues.Right, "8A4300"),
                Line(letter.Issuer, size * 8 / 5, JustificationValues.Center, Red, rule: true, font: HeadFont)
            )
        );
        return package.Write(document, language);

        W.Paragraph Line(
            Phrase phrase,
            int halfPoints,
            JustificationValues? justified = null,
            string? color = null,
            bool rule = false,
            string font = TextFont,
            int indent = 0,
            int right = 0,
            int around = 0
        )
        {
            var look = new ParagraphProperties();
            if (rule)
                look.Append(
                    new ParagraphBorders(
                        new BottomBorder
                        {
                            Val = BorderValues.Single,
                            Size = 18,
                            Space = 4,
                            Color = Red,
                        }
                    )
                );
            if (font == HeadFont)
                look.Append(new SnapToGrid { Val = false });
            look.Append(
                new SpacingBetweenLines
                {
                    Before = Invariant(around),
                    After = Invariant(
                        font == HeadFont ? around
                        : language == Language.En ? 120
                        : 0
                    ),
                }
            );
            if (indent + right > 0)
                look.Append(new Indentation { FirstLine = Invariant(indent), Right = Invariant(right) });
            if (justified is { } how)
                look.Append(new Justification { Val = how });
            var paragraph = new W.Paragraph(look);
            paragraph.Append(
                phrase.Where(r => r.Text.In(language).Length > 0).Select(r => Words(r.Text.In(language), r.Style == Style.Blank, halfPoints, color, font))
            );
            return paragraph;
        }
    }

    private const string HeadFont = "方正小标宋简体",
        TextFont = "仿宋_GB2312";

    private static Run Words(string said, bool isBlank, int halfPoints, string? color, string font)
    {
        var look = new RunProperties(
            new RunFonts
            {
                Ascii = "Times New Roman",
                HighAnsi = "Times New Roman",
                EastAsia = font,
            }
        );
        if (color is not null)
            look.Append(new Color { Val = color });
        // A hair closer: 28 characters of 16 points ask for six points more than the line has.
        look.Append(new Spacing { Val = -4 });
        look.Append(new FontSize { Val = Invariant(halfPoints) });
        if (isBlank)
            look.Append(
                new Shading
                {
                    Val = ShadingPatternValues.Clear,
                    Color = "auto",
                    Fill = "FFE9B8",
                }
            );
        return new Run(look, new W.Text(Html.Harmless(said)) { Space = SpaceProcessingModeValues.Preserve });
    }
}
