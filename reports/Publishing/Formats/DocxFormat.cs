using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Drawing.Wordprocessing;
using DocumentFormat.OpenXml.Wordprocessing;
using Innovation1551.Models;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;
using static Innovation1551.Publishing.Formats.PlainNumber;
using A = DocumentFormat.OpenXml.Drawing;
using Caption = Innovation1551.Publishing.Document.Caption;
using P = DocumentFormat.OpenXml.Drawing.Pictures;
using Run = DocumentFormat.OpenXml.Wordprocessing.Run;
using Style = Innovation1551.Publishing.Document.Style;
using Text = Innovation1551.Models.Text;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Innovation1551.Publishing.Formats;

/// <summary>
/// The document as a Word file: styles, a filled table of contents, counted captions with bookmarks, repeated header rows, wide tables on
/// pages turned sideways. The tables behind the charts are in the workbook; here each chart has its text for those who cannot see it.
/// </summary>
public sealed class DocxFormat : IReportFormat
{
    public string Name => "docx";

    public byte[] Write(ReportDocument document, Language language) => new Writer(document, language).Write();

    private sealed class Writer(ReportDocument document, Language language)
    {
        private const string Main = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
        private const string Part = "word/document.xml";

        /// <summary>A4 in twentieths of a point, with its margins; a page turned sideways has the two sides swapped.</summary>
        private const int PageWidth = 11906,
            PageHeight = 16838;

        private int Margin => document.IsShort ? 900 : 1247;

        /// <summary>A table that needs more than this many times the page is read on a page turned sideways.</summary>
        private const double MostSqueezed = 1.15;

        /// <summary>Units of DrawingML in a twentieth of a point.</summary>
        private const long EmuInTwip = 635;

        private readonly OfficePackage _package = new(Part, packs: true);
        private readonly Body _body = new();
        private string _header = "",
            _footer = "";
        private bool _sideways;
        private int _ids;

        public byte[] Write()
        {
            _package.Relate(Part, "styles", "styles.xml");
            _package.Relate(Part, "settings", "settings.xml");
            _header = _package.Relate(Part, "header", "header1.xml");
            _footer = _package.Relate(Part, "footer", "footer1.xml");
            Cover();
            if (!document.IsShort)
                Contents();
            foreach (var chapter in document.Chapters)
            {
                Turn(false);
                _body.Append(Bookmarked("Heading1", chapter.Id, [Run(Caption.Of(chapter).In(language))]));
                Write(chapter.Blocks);
            }
            Turn(false);
            _body.Append(Page());
            _package.Add(Part, Main + "document.main+xml", new W.Document(_body));
            _package.Add("word/styles.xml", Main + "styles+xml", new DocxStyles(language, document.IsShort).Sheet());
            _package.Add(
                "word/settings.xml",
                Main + "settings+xml",
                new Settings(
                    new Compatibility(
                        new CompatibilitySetting
                        {
                            Name = CompatSettingNameValues.CompatibilityMode,
                            Uri = "http://schemas.microsoft.com/office/word",
                            Val = "15",
                        }
                    )
                )
            );
            _package.Add(
                "word/header1.xml",
                Main + "header+xml",
                new Header(Paragraph("Header", [Run(document.Short.In(language) + (document.Warning.IsEmpty ? "" : "　" + document.Stamp.In(language)))]))
            );
            _package.Add(
                "word/footer1.xml",
                Main + "footer+xml",
                new Footer(Paragraph("Footer", [Run(document.Edition.In(language) + "　"), .. Field("PAGE", "1")]))
            );
            return _package.Write(document, language);
        }

        private void Cover()
        {
            _body.Append(Paragraph("Title", [Run(document.Title.In(language))]));
            _body.Append(Paragraph("Subtitle", [Run(document.Programme.In(language))]), Paragraph("Subtitle", [Run(document.Edition.In(language))]));
            if (!document.Warning.IsEmpty)
                _body.Append(Paragraph("Warning", Runs(document.Warning)));
        }

        /// <summary>A field that Word can renew, filled with the chapters; it has no page numbers, which only Word could know.</summary>
        private void Contents()
        {
            _body.Append(Paragraph("ContentsTitle", [Run(language == Language.Zh ? "目录" : "Contents")]));
            for (var i = 0; i < document.Chapters.Length; i++)
            {
                var chapter = document.Chapters[i];
                var line = Paragraph("TOC1", []);
                if (i == 0)
                    line.Append(
                        new Run(new FieldChar { FieldCharType = FieldCharValues.Begin }),
                        new Run(new FieldCode(" TOC \\o \"1-1\" \\n \\h ") { Space = SpaceProcessingModeValues.Preserve }),
                        new Run(new FieldChar { FieldCharType = FieldCharValues.Separate })
                    );
                line.Append(new Hyperlink(Run(Caption.Of(chapter).In(language))) { Anchor = Anchor(chapter.Id) });
                if (i == document.Chapters.Length - 1)
                    line.Append(new Run(new FieldChar { FieldCharType = FieldCharValues.End }));
                _body.Append(line);
            }
        }

        private void Write(IEnumerable<Block> blocks)
        {
            foreach (var block in blocks)
                Write(block);
        }

        private void Write(Block block)
        {
            if (block is not DataTable)
                Turn(false);
            switch (block)
            {
                case Innovation1551.Publishing.Document.Paragraph paragraph:
                    _body.Append(Paragraph(paragraph.IsNote ? "Note" : "BodyText", Runs(paragraph.Phrase)));
                    break;
                case Caution caution:
                    _body.Append(Paragraph("Warning", Runs(caution.Phrase)));
                    break;
                case Gap gap:
                    _body.Append(Paragraph("Warning", Runs(gap.Phrase)));
                    break;
                case Points points:
                    foreach (var sentence in points.Sentences)
                        _body.Append(Paragraph("Finding", Runs(sentence)));
                    break;
                case Numbered numbered:
                    for (var i = 0; i < numbered.Lines.Length; i++)
                        _body.Append(Bookmarked("Note", $"{numbered.Id}-{Invariant(i + 1)}", [Run($"[{Invariant(i + 1)}] "), .. Runs(numbered.Lines[i])]));
                    break;
                case KeyFigures figures:
                    Write(figures);
                    break;
                case ChartBlock chart:
                    Write(chart);
                    break;
                case DataTable table:
                    Write(table);
                    break;
                case Glossary glossary:
                    foreach (var (term, meaning) in glossary.Entries)
                        _body.Append(Paragraph("Term", Runs(term)), Paragraph("BodyText", Runs(meaning)));
                    break;
                case Aside aside:
                    _body.Append(Paragraph("Term", [Run(aside.Summary.In(language))]));
                    Write(aside.Blocks);
                    break;
                default:
                    throw new NotSupportedException(block.GetType().Name);
            }
        }

        /// <summary>Four cards a line, as a table without lines.</summary>
        private void Write(KeyFigures figures)
        {
            const int Across = 4;
            if (figures.Figures.IsEmpty)
                return;
            var width = (PageWidth - 2 * Margin) / Across;
            var table = NewTable("Cards", [.. Enumerable.Repeat(width, Across)]);
            foreach (var line in figures.Figures.Chunk(Across))
                table.Append(
                    new TableRow(
                        Enumerable
                            .Range(0, Across)
                            .Select(i =>
                                i < line.Length
                                    ? Cell(
                                        width,
                                        Paragraph("CardName", [Run(line[i].Name.In(language))]),
                                        Paragraph("CardValue", Runs(line[i].Value)),
                                        Paragraph("CardMeta", [Run(line[i].Unit.In(language))]),
                                        Paragraph("CardName", Runs(line[i].Change)),
                                        Paragraph("CardMeta", Runs(line[i].Meta))
                                    )
                                    : Cell(width, Paragraph("CardMeta", []))
                            )
                    )
                );
            _body.Append(table, Paragraph("Note", []));
        }

        private void Write(ChartBlock block)
        {
            var picture = block.Chart.Svg(language);
            var name = $"media/{block.Chart.Scene.Definition.Id}.png";
            var id = _package.Relate(Part, "image", name);
            _package.Add("word/" + name, "", block.Chart.Png(language));
            var width = (PageWidth - 2L * Margin) * EmuInTwip;
            // A chart taller than a page would be cut: it gets smaller as a whole.
            var height = width * picture.Height / picture.Width;
            var most = (PageHeight - 2L * Margin - 1600) * EmuInTwip;
            if (height > most)
                (width, height) = (width * most / height, most);
            _body.Append(Counted("FigureCaption", block.Chart.Scene.Definition.Id, Caption.Figure(block.Number), block.Title));
            _body.Append(Paragraph("Picture", [new Run(Picture(id, name, picture.Description, width, height))]));
            Write(block.Notes);
        }

        private Drawing Picture(string id, string name, string description, long width, long height)
        {
            var number = (uint)++_ids;
            return new Drawing(
                new Inline(
                    new Extent { Cx = width, Cy = height },
                    new DocProperties
                    {
                        Id = number,
                        Name = name,
                        Description = Html.Harmless(description),
                    },
                    new A.Graphic(
                        new A.GraphicData(
                            new P.Picture(
                                new P.NonVisualPictureProperties(
                                    new P.NonVisualDrawingProperties { Id = number, Name = name },
                                    new P.NonVisualPictureDrawingProperties()
                                ),
                                new P.BlipFill(new A.Blip { Embed = id }, new A.Stretch(new A.FillRectangle())),
                                new P.ShapeProperties(
                                    new A.Transform2D(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = width, Cy = height }),
                                    new A.PresetGeometry(new A.AdjustValueList()) { Preset = A.ShapeTypeValues.Rectangle }
                                )
                            )
                        )
                        {
                            Uri = "http://schemas.openxmlformats.org/drawingml/2006/picture",
                        }
                    )
                )
                {
                    DistanceFromTop = 0,
                    DistanceFromBottom = 0,
                    DistanceFromLeft = 0,
                    DistanceFromRight = 0,
                }
            );
        }

        private void Write(DataTable table)
        {
            var room = new TableRoom(table, language);
            Turn(!document.IsShort && room.Least > (PageWidth - 2 * Margin) * MostSqueezed);
            _body.Append(
                table.Number > 0
                    ? Counted("TableCaption", table.Id, Caption.Table(table.Number), table.Title)
                    : Paragraph("TableCaption", [Run(table.Title.In(language))])
            );
            if (!table.UnitLine.IsEmpty)
                _body.Append(Paragraph("TableUnit", Runs(table.UnitLine)));
            var width = (_sideways ? PageHeight : PageWidth) - 2 * Margin;
            // What is written smaller has more room on the same page.
            int[] widths = document.IsShort ? [.. room.Widths(width * 4 / 3).Select(w => w * 3 / 4)] : room.Widths(width);
            var rows = NewTable("Figures", widths);
            var headings = table.Columns.Select((c, i) => Cell(widths[i], Paragraph(c.Kind == ColumnKind.Number ? "HeadNumber" : "HeadText", Runs(c.Heading))));
            rows.Append(new TableRow([new TableRowProperties(new CantSplit(), new TableHeader()), .. headings]));
            foreach (var row in table.Rows)
            {
                var cells = row.Cells.Select(
                    (c, i) => Cell(widths[i + 1], Paragraph(table.Columns[i + 1].Kind == ColumnKind.Number ? "CellNumber" : "CellText", Runs(c.Phrase)))
                );
                rows.Append(new TableRow([new TableRowProperties(new CantSplit()), Cell(widths[0], Paragraph("CellText", Runs(row.Name))), .. cells]));
            }
            _body.Append(rows);
            _body.Append(Paragraph("Note", []));
        }

        private static Table NewTable(string style, int[] widths) =>
            new(
                new TableProperties(
                    new TableStyle { Val = style },
                    new TableWidth { Width = Invariant(widths.Sum()), Type = TableWidthUnitValues.Dxa },
                    new TableLayout { Type = TableLayoutValues.Fixed },
                    new TableLook { Val = "0020" }
                ),
                new TableGrid(widths.Select(w => new GridColumn { Width = Invariant(w) }))
            );

        private static TableCell Cell(int width, params W.Paragraph[] content) =>
            new([new TableCellProperties(new TableCellWidth { Width = Invariant(width), Type = TableWidthUnitValues.Dxa }), .. content]);

        /// <summary>A caption whose number Word counts itself.</summary>
        private W.Paragraph Counted(string style, string id, Text label, Text title)
        {
            var said = label.In(language);
            var digits = said.Length - said.SkipWhile(c => !char.IsAsciiDigit(c)).Count();
            return Bookmarked(
                style,
                id,
                [
                    Run(said[..digits]),
                    .. Field($"SEQ {said[..digits].Trim()} \\* ARABIC", said[digits..]),
                    Run((language == Language.Zh ? " " : ". ") + title.In(language)),
                ]
            );
        }

        private static OpenXmlElement[] Field(string code, string value) =>
            [
                new Run(new FieldChar { FieldCharType = FieldCharValues.Begin }),
                new Run(new FieldCode($" {code} ") { Space = SpaceProcessingModeValues.Preserve }),
                new Run(new FieldChar { FieldCharType = FieldCharValues.Separate }),
                Run(value),
                new Run(new FieldChar { FieldCharType = FieldCharValues.End }),
            ];

        private W.Paragraph Bookmarked(string style, string id, OpenXmlElement[] content)
        {
            var number = Invariant(++_ids);
            return Paragraph(style, [new BookmarkStart { Id = number, Name = Anchor(id) }, .. content, new BookmarkEnd { Id = number }]);
        }

        /// <summary>A bookmark's name holds letters, digits and underscores, at most forty.</summary>
        private static string Anchor(string id) => "_" + string.Concat(id.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_').Take(39));

        /// <summary>Ends the section where the pages to come stand the other way.</summary>
        private void Turn(bool sideways)
        {
            if (sideways == _sideways)
                return;
            _body.Append(new W.Paragraph(new ParagraphProperties(Page())));
            _sideways = sideways;
        }

        /// <summary>The section that ends here.</summary>
        private SectionProperties Page()
        {
            var (width, height) = _sideways ? (PageHeight, PageWidth) : (PageWidth, PageHeight);
            return new SectionProperties(
                new HeaderReference { Type = HeaderFooterValues.Default, Id = _header },
                new FooterReference { Type = HeaderFooterValues.Default, Id = _footer },
                new PageSize
                {
                    Width = (uint)width,
                    Height = (uint)height,
                    Orient = _sideways ? PageOrientationValues.Landscape : PageOrientationValues.Portrait,
                },
                new PageMargin
                {
                    Top = Margin,
                    Bottom = Margin,
                    Left = (uint)Margin,
                    Right = (uint)Margin,
                    Header = 600,
                    Footer = 600,
                    Gutter = 0,
                }
            );
        }

        private static W.Paragraph Paragraph(string style, IEnumerable<OpenXmlElement> content)
        {
            var paragraph = new W.Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = style }));
            paragraph.Append(content);
            return paragraph;
        }

        private OpenXmlElement[] Runs(Phrase phrase) => [.. phrase.Select(Element)];

        private OpenXmlElement Element(Innovation1551.Publishing.Document.Run run)
        {
            if (run == Innovation1551.Publishing.Document.Run.NewLine)
                return new Run(new Break());
            var text = run.Text.In(language);
            return run.Style switch
            {
                Style.Mark => Styled(text, "Mark"),
                Style.Unit => Styled($" {text}", "Unit"),
                Style.Scope => Styled($" {text}", "Unit"),
                Style.Quote => Run($"“{text}”"),
                _ when run.Target.Length > 0 => new Hyperlink(Run(text)) { Anchor = Anchor(run.Target) },
                _ => Run(text),
            };
        }

        private static Run Styled(string text, string style)
        {
            var run = Run(text);
            run.PrependChild(new RunProperties(new RunStyle { Val = style }));
            return run;
        }

        private static Run Run(string text) => new(new W.Text(Html.Harmless(text)) { Space = SpaceProcessingModeValues.Preserve });
    }
}
