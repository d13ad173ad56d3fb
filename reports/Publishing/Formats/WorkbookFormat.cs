using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;
using static Innovation1551.Publishing.Formats.PlainNumber;
using Column = DocumentFormat.OpenXml.Spreadsheet.Column;

namespace Innovation1551.Publishing.Formats;

/// <summary>
/// The document's tables as a workbook: a sheet that says what it is and leads to the others, then a sheet a table, those behind the charts
/// among them. A number is a number with the places shown, its mark part of the format, so that it can be reckoned with and still says that it is not final.
/// </summary>
public sealed class WorkbookFormat : IReportFormat
{
    public string Name => "xlsx";

    public byte[] Write(ReportDocument document, Language language) => new Writer(document, language).Write();

    /// <summary>A column by its letters: 1 is A, 27 is AA.</summary>
    internal static string Letters(int column) =>
        column <= 26 ? ((char)('A' + column - 1)).ToString() : Letters((column - 1) / 26) + Letters((column - 1) % 26 + 1);

    private sealed class Writer(ReportDocument document, Language language)
    {
        private const string Main = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        private const string Part = "xl/workbook.xml";
        private const int WidestColumn = 60,
            HeadRows = 3;
        private const double TitleHeight = 24,
            LineHeight = 15;

        private readonly OfficePackage _package = new(Part);
        private readonly ReportStyles _styles = new();
        private readonly List<(string Name, string Title, DataTable Table, IEnumerable<Document.Paragraph> Notes, ChartBlock? Chart)> _sheets = [];

        /// <summary>What a draft lacks and no table is near: it stands on the first sheet.</summary>
        private readonly List<Document.Paragraph> _gaps = [];

        /// <summary>What the marks mean stands under every table.</summary>
        private readonly string _marks = DataTable.Marks(document.Release).Phrase.In(language);
        private int _charts;

        public byte[] Write()
        {
            Collect();
            var contents = language == Language.Zh ? "目录" : "Contents";
            var names = new List<string> { contents };
            Sheet(1, ContentsRows(contents), [16, 90], null);
            for (var i = 0; i < _sheets.Count; i++)
            {
                names.Add(_sheets[i].Name);
                Sheet(i + 2, Rows(_sheets[i].Table, _sheets[i].Title, _sheets[i].Notes), Widths(_sheets[i].Table), _sheets[i].Table, _sheets[i].Chart);
            }
            var ids = names.Select((_, i) => _package.Relate(Part, "worksheet", $"worksheets/sheet{Invariant(i + 1)}.xml")).ToArray();
            _package.Relate(Part, "styles", "styles.xml");
            _package.Add(
                Part,
                Main + "sheet.main+xml",
                new Workbook(
                    new Sheets(
                        names.Select(
                            (name, i) =>
                                new Sheet
                                {
                                    Name = name,
                                    SheetId = (uint)i + 1,
                                    Id = ids[i],
                                }
                        )
                    )
                )
            );
            _package.Add("xl/styles.xml", Main + "styles+xml", _styles.Sheet());
            return _package.Write(document, language);
        }

        /// <summary>A sheet for each table, with the notes that follow it in the document.</summary>
        private void Collect()
        {
            var notes = new List<Document.Paragraph>();
            var gaps = _gaps;
            foreach (var block in document.Blocks)
            {
                if (block is not Gap)
                    gaps = _gaps;
                switch (block)
                {
                    case DataTable table:
                        _sheets.Add((Caption.Table(table.Number).In(language), table.Caption.In(language), table, gaps = notes = [], null));
                        break;
                    case Document.Paragraph { IsNote: true } note when note.Phrase.In(language) != _marks:
                        notes.Add(note);
                        break;
                    case Gap gap:
                        gaps.Add(new(gap.Phrase, IsNote: true));
                        break;
                    case Numbered numbered:
                        notes.AddRange(
                            numbered.Lines.Select(
                                (line, i) =>
                                    new Document.Paragraph(Phrase.Empty.Say($"[{Invariant(i + 1)}] ", $"[{Invariant(i + 1)}] ").With(line), IsNote: true)
                            )
                        );
                        break;
                    case ChartBlock chart:
                        var label = Caption.Figure(chart.Number).In(language);
                        _sheets.Add((label, $"{label} {chart.Data.Title.In(language)}", chart.Data, gaps = [.. chart.Notes], chart));
                        notes = [];
                        break;
                }
            }
        }

        private List<Row> ContentsRows(string contents)
        {
            List<Row> rows =
            [
                Line(1, TextCell(document.Title.In(language), ReportStyles.Title)),
                Line(2, TextCell(document.Programme.In(language), ReportStyles.Plain)),
                Line(3, TextCell(document.Edition.In(language), ReportStyles.Plain)),
                Line(4, TextCell(document.Warning.In(language), ReportStyles.Warning)),
                Line(5, TextCell(_marks, ReportStyles.Plain)),
                Line(6, TextCell(contents, ReportStyles.Heading)),
            ];
            for (var i = 0; i < _sheets.Count; i++)
                rows.Add(Line(i + 7, TextCell(_sheets[i].Name, ReportStyles.Link), TextCell(_sheets[i].Title, ReportStyles.Plain)));
            foreach (var gap in _gaps)
                rows.Add(Line(rows.Count + 1, TextCell(gap.Phrase.In(language), ReportStyles.Warning)));
            return rows;
        }

        private List<Row> Rows(DataTable table, string title, IEnumerable<Document.Paragraph> notes)
        {
            var at = 0;
            var (widths, headings) = (Widths(table), Headings(table));
            List<Row> rows =
            [
                Line(++at, TextCell(title, ReportStyles.Title)),
                Line(
                    ++at,
                    TextCell(
                        string.Join(
                            "  ",
                            new[] { document.Edition.In(language), document.Stamp.In(language), table.UnitLine.In(language) }.Where(s => s.Length > 0)
                        ),
                        ReportStyles.Plain
                    )
                ),
                AsHigh(
                    Line(
                        ++at,
                        [
                            .. headings.Select(
                                (h, i) => TextCell(h, table.Columns[i].Kind == ColumnKind.Number ? ReportStyles.HeadingRight : ReportStyles.Heading)
                            ),
                        ]
                    ),
                    widths,
                    headings
                ),
            ];
            foreach (var row in table.Rows)
                rows.Add(
                    AsHigh(
                        Line(++at, [TextCell(row.Name.In(language), ReportStyles.Wrapped), .. row.Cells.Select((c, i) => Value(c, table.Columns[i + 1].Kind))]),
                        widths,
                        row.Cells.Select(c => c.Phrase.In(language)).Prepend(row.Name.In(language))
                    )
                );
            // A note goes across the table and is broken to it: a long line would make a printed page as wide as itself.
            int[] across = [widths.Sum()];
            foreach (var said in notes.Select(n => n.Phrase.In(language)).Append(_marks))
                rows.Add(AsHigh(Line(++at, TextCell(said, ReportStyles.Wrapped)), across, [said]));
            return rows;
        }

        /// <summary>Each heading once: a table of a workbook is asked by its headings.</summary>
        private string[] Headings(DataTable table)
        {
            var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            return
            [
                .. table.Columns.Select(c =>
                {
                    var said = Clean(c.Heading.In(language));
                    seen[said] = seen.GetValueOrDefault(said) + 1;
                    return seen[said] == 1 ? said : $"{said} ({Invariant(seen[said])})";
                }),
            ];
        }

        private Cell Value(DataCell cell, ColumnKind kind)
        {
            if (cell.Number is not { } number)
                return TextCell(cell.Phrase.In(language), kind == ColumnKind.Number ? ReportStyles.Right : ReportStyles.Wrapped);
            var marks = string.Concat(cell.Phrase.Where(r => r.Style == Document.Style.Mark).Select(r => r.Text.In(language)));
            var isChange = cell.Phrase.In(language).StartsWith('+');
            return new Cell
            {
                StyleIndex = _styles.Number(cell.Decimals, marks, isChange),
                CellValue = new CellValue(number.ToString(CultureInfo.InvariantCulture)),
            };
        }

        private void Sheet(int number, List<Row> rows, int[] widths, DataTable? table, ChartBlock? chart = null)
        {
            var part = $"xl/worksheets/sheet{Invariant(number)}.xml";
            var sheet = new Worksheet(
                new SheetProperties(new PageSetupProperties { FitToPage = true }),
                new SheetViews(
                    new SheetView(
                        table is null
                            ? []
                            :
                            [
                                new Pane
                                {
                                    VerticalSplit = 3,
                                    HorizontalSplit = 1,
                                    TopLeftCell = "B4",
                                    ActivePane = PaneValues.BottomRight,
                                    State = PaneStateValues.Frozen,
                                },
                            ]
                    )
                    {
                        WorkbookViewId = 0,
                        ShowGridLines = table is null ? false : null,
                    }
                ),
                new Columns(
                    widths.Select(
                        (w, i) =>
                            new Column
                            {
                                Min = (uint)i + 1,
                                Max = (uint)i + 1,
                                Width = w,
                                CustomWidth = true,
                            }
                    )
                ),
                new SheetData(rows)
            );
            if (table is not null && widths.Length > 1 && rows.Count > table.Rows.Length + HeadRows)
                sheet.Append(
                    new MergeCells(
                        rows.Skip(table.Rows.Length + HeadRows)
                            .Select(r => new MergeCell
                            {
                                Reference = $"A{Invariant((int)r.RowIndex!.Value)}:{Letters(widths.Length)}{Invariant((int)r.RowIndex.Value)}",
                            })
                    )
                );
            if (table is null)
                sheet.Append(
                    new Hyperlinks(
                        _sheets.Select(
                            (s, i) =>
                                new Hyperlink
                                {
                                    Reference = $"A{Invariant(i + 7)}",
                                    Location = $"'{s.Name}'!A1",
                                    Display = s.Name,
                                }
                        )
                    )
                );
            sheet.Append(
                new PageSetup
                {
                    Orientation = OrientationValues.Landscape,
                    PaperSize = 9,
                    FitToHeight = 0,
                }
            );
            if (chart is not null && Charts(number, part, widths.Length + 1, chart) is { } drawing)
                sheet.Append(drawing);
            if (table is { Rows.Length: > 0 })
            {
                var id = _package.Relate(part, "table", $"../tables/table{Invariant(number - 1)}.xml");
                sheet.Append(new TableParts(new TablePart { Id = id }) { Count = 1 });
            }
            _package.Add(part, Main + "worksheet+xml", sheet);
            if (table is { Rows.Length: > 0 })
                _package.Add($"xl/tables/table{Invariant(number - 1)}.xml", Main + "table+xml", Table(table, number - 1));
        }

        /// <summary>The charts that read the table of a sheet; none where its kind is not one of the workbook's.</summary>
        private Drawing? Charts(int number, string sheet, int column, ChartBlock block)
        {
            SheetChart[] charts = [.. SheetChart.Of(block, language, _sheets[number - 2].Name)];
            if (charts.Length == 0)
                return null;
            var part = $"xl/drawings/drawing{Invariant(number)}.xml";
            var placed = new List<(string, string, string, long)>();
            foreach (var chart in charts)
            {
                var name = $"chart{Invariant(++_charts)}.xml";
                placed.Add((_package.Relate(part, "chart", $"../charts/{name}"), _sheets[number - 2].Name, chart.Description, chart.Height));
                _package.Add(
                    $"xl/charts/{name}",
                    "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
                    chart.Space(document.Stamp.In(language))
                );
            }
            _package.Add(part, "application/vnd.openxmlformats-officedocument.drawing+xml", SheetDrawing.Of(column, placed));
            return new Drawing { Id = _package.Relate(sheet, "drawing", $"../drawings/drawing{Invariant(number)}.xml") };
        }

        private Table Table(DataTable table, int number)
        {
            var place = $"A3:{Letters(table.Columns.Length)}{Invariant(3 + table.Rows.Length)}";
            var name = "T_" + string.Concat(table.Id.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
            return new Table(
                new AutoFilter { Reference = place },
                new TableColumns(Headings(table).Select((h, i) => new TableColumn { Id = (uint)i + 1, Name = h })) { Count = (uint)table.Columns.Length }
            )
            {
                Id = (uint)number,
                Name = name,
                DisplayName = name,
                Reference = place,
                TotalsRowShown = false,
            };
        }

        private int[] Widths(DataTable table) =>
            [
                .. table.Columns.Select(
                    (c, i) =>
                        Math.Clamp(table.Rows.Select(r => Length(i == 0 ? r.Name : r.Cells[i - 1].Phrase)).Append(Length(c.Heading)).Max() + 3, 9, WidestColumn)
                ),
            ];

        private int Length(Phrase phrase) => phrase.In(language).Split('\n').Max(Length);

        private static int Length(string line) => line.Sum(c => c > '\u2E7F' ? 2 : 1);

        /// <summary>Makes a row as high as its longest cell, broken to its column, asks for: not every program works that out.</summary>
        private static Row AsHigh(Row row, int[] widths, IEnumerable<string> texts)
        {
            row.Height = LineHeight * texts.Select((text, i) => text.Split('\n').Sum(line => (Length(line) + widths[i]) / widths[i])).Max();
            return row;
        }

        private static Row Line(int number, params Cell[] cells)
        {
            for (var i = 0; i < cells.Length; i++)
                cells[i].CellReference = Letters(i + 1) + Invariant(number);
            return new Row(cells)
            {
                RowIndex = (uint)number,
                Height = number == 1 ? TitleHeight : LineHeight,
                CustomHeight = true,
            };
        }

        /// <summary>Text is text whatever it begins with: nothing in it can act as a formula.</summary>
        private static Cell TextCell(string text, uint style) =>
            text.Length == 0
                ? new Cell { StyleIndex = style }
                : new Cell(new InlineString(new DocumentFormat.OpenXml.Spreadsheet.Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve }))
                {
                    DataType = CellValues.InlineString,
                    StyleIndex = style,
                };

        private static string Clean(string text) => WorkbookText.Stored(Html.Harmless(text));
    }
}
