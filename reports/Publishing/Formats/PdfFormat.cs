using System.Globalization;
using System.Text;
using Innovation1551.Models;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;
using Innovation1551.Publishing.Typesetting;

namespace Innovation1551.Publishing.Formats;

/// <summary>
/// The document as a PDF for print and archive: tagged, with bookmarks, contents with page numbers, tables that go on under their caption
/// on the next page, and the charts as drawings whose text is text. The tables behind the charts are in the workbook.
/// </summary>
public sealed class PdfFormat : IReportFormat
{
    public string Name => "pdf";

    public Text? Missing => Typesetter.Missing;

    public byte[] Write(ReportDocument document, Language language)
    {
        var (source, files) = Parts(document, language);
        return Typesetter.Pdf(source, files, TypesetFonts.For(source, files.Values));
    }

    /// <summary>What is given to the typesetter: calls of what <c>report.typ</c> defines, with strings; and the files that they name.</summary>
    internal static (string Source, Dictionary<string, byte[]> Files) Parts(ReportDocument document, Language language)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["/report.typ"] = Encoding.UTF8.GetBytes(Asset.Embedded("report.typ").Content) };
        foreach (var chart in document.Blocks.OfType<ChartBlock>())
            files[Source.Picture(chart)] = chart.Chart.Svg(language).Typeset();
        return (new Source(document, language).Write(), files);
    }

    /// <summary>The source of one document in one language.</summary>
    private sealed class Source(ReportDocument document, Language language)
    {
        /// <summary>What stands between the margins of a page upright and turned sideways, in twentieths of a point.</summary>
        private const int Across = 9411,
            AcrossSideways = 14343;

        /// <summary>How small, as a part of its usual size, the text of a table may get before the page is turned, and at all.</summary>
        private const double MostSqueezed = 0.85,
            Smallest = 0.7;

        /// <summary>In a document of a page or two margins are smaller, no page is turned, and the text of tables is as small as this.</summary>
        private const int AcrossShort = 9864;
        private const double Dense = 0.86,
            Densest = 0.8;

        private readonly StringBuilder _source = new();
        private readonly HashSet<string> _targets = Targets(document);
        private bool _sideways;

        public static string Picture(ChartBlock chart) => $"/charts/{chart.Chart.Scene.Definition.Id}.svg";

        public string Write()
        {
            _source.Append("#import \"/report.typ\": *\n#show: report.with(\n");
            Argument("title", Say(document.Title));
            Argument("short", Say(document.Short));
            Argument("programme", Say(document.Programme));
            Argument("edition", Say(document.Edition));
            if (document.IsShort)
                Argument("short-form", "true");
            if (!document.Warning.IsEmpty)
            {
                Argument("warning", Content(document.Warning));
                Argument("stamp", Say(document.Stamp));
            }

            // The day of the release: the PDF knows no other.
            if (DateOnly.TryParseExact(document.Release.AsOf, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                Argument("date", string.Create(CultureInfo.InvariantCulture, $"datetime(year: {day.Year}, month: {day.Month}, day: {day.Day})"));
            Argument("region", language == Language.Zh ? "\"cn\"" : "\"gb\"");
            Argument(
                "words",
                $"(lang: {Say("zh", "en")}, contents: {Say("目录", "Contents")}, figures: {Say("图目录", "Figures")}, tables: {Say("表目录", "Tables")}, continued: {Say("续", "Continued: ")})"
            );
            _source.Append(")\n");
            foreach (var chapter in document.Chapters)
            {
                Turn(false);
                Line($"#chapter({TypstText.Exact(chapter.Id)}, {Say(Caption.Of(chapter))})");
                Write(chapter.Blocks);
            }

            Turn(false);
            return _source.ToString();
        }

        private void Write(IEnumerable<Block> blocks)
        {
            foreach (var block in blocks)
            {
                Turn(block);
                Write(block);
            }
        }

        /// <summary>
        /// A wide table turns the page, with the heading above it. What belongs to tables stays on the pages turned for them, so that no page
        /// holds a note alone; anything else turns back.
        /// </summary>
        private void Turn(Block block)
        {
            if (document.IsShort)
                return;
            if (
                block is DataTable table && Scale(table, Across) < MostSqueezed
                || block is Aside { Blocks: [DataTable first, ..] } && Scale(first, Across) < MostSqueezed
            )
                Turn(true);
            else if (block is not (DataTable or Paragraph or Numbered or Aside))
                Turn(false);
        }

        /// <summary>By how much a table's text is to be smaller for its columns to have what they need.</summary>
        private double Scale(DataTable table, int room) => Math.Min(1, (double)room / new TableRoom(table, language).Least);

        private void Write(Block block)
        {
            switch (block)
            {
                case Paragraph paragraph:
                    Line($"#{(paragraph.IsNote ? "note" : "par")}({Content(paragraph.Phrase)})");
                    break;
                case Caution caution:
                    Line($"#caution({Content(caution.Phrase)})");
                    break;
                case Gap gap:
                    Line($"#caution({Content(gap.Phrase)})");
                    break;
                case Points points:
                    Line($"#points({string.Join(", ", points.Sentences.Select(Content))})");
                    break;
                case Numbered numbered:
                    Line($"#numbered({TypstText.Exact(numbered.Id)}, {string.Join(", ", numbered.Lines.Select(Content))})");
                    break;
                case KeyFigures figures:
                    Line($"#cards({string.Join(",\n  ", figures.Figures.Select(Card))})");
                    break;
                case ChartBlock chart:
                    Write(chart);
                    break;
                case DataTable table:
                    Write(table);
                    break;
                case Glossary glossary:
                    Line($"#glossary({string.Concat(glossary.Entries.Select(e => $"\n  ({Content(e.Term)}, {Content(e.Meaning)}),"))})");
                    break;
                case Aside aside:
                    Line($"#summary({Say(aside.Summary)})");
                    Write(aside.Blocks);
                    break;
                default:
                    throw new NotSupportedException(block.GetType().Name);
            }
        }

        private string Card(KeyFigure figure) =>
            $"card({Say(figure.Name)}, {Content(figure.Value)}, {Say(figure.Unit)}, {(figure.Change.IsEmpty ? "none" : Content(figure.Change))}, {(figure.Meta.IsEmpty ? "none" : Content(figure.Meta))})";

        private void Write(ChartBlock block)
        {
            var picture = block.Chart.Svg(language);
            var caption = Content(
                Phrase.Of(Caption.Figure(block.Number)).With(new Run(Of(language == Language.Zh ? " " : ". "), default)).With(new Run(block.Title, default))
            );
            var notes = string.Concat(block.Notes.Select(n => $"#note({Content(n.Phrase)})"));
            Line(
                $"#chart({TypstText.Exact(block.Chart.Scene.Definition.Id)}, {caption}, {TypstText.Exact(Picture(block))}, {TypstText.Number((double)picture.Height / picture.Width)}, {TypstText.Exact(picture.Description)}{(document.IsShort ? ", width: across * 0.72" : "")}, notes: {(notes.Length == 0 ? "none" : $"[{notes}]")})"
            );
        }

        private void Write(DataTable table)
        {
            var across =
                document.IsShort ? AcrossShort
                : _sideways ? AcrossSideways
                : Across;
            var scale = document.IsShort ? Math.Clamp(Scale(table, across), Densest, Dense) : Math.Max(Scale(table, across), Smallest);
            var widths = new TableRoom(table, language).Widths((int)(across / scale)).Select(w => TypstText.Number(w));
            var numbers = table.Columns.Index().Where(c => c.Item.Kind == ColumnKind.Number).Select(c => TypstText.Number(c.Index));
            var headings = table.Columns.Select(c => Content(c.Heading));
            Line(
                $"#figures({TypstText.Exact(table.Id)}, {Content(table.Caption)}, {(table.UnitLine.IsEmpty ? "none" : Content(table.UnitLine))}, ({List(widths)}), ({List(numbers)}), {TypstText.Number(scale)}, ({List(headings)}),"
            );
            foreach (var row in table.Rows)
                Line($"  {string.Join(", ", row.Cells.Select(c => Content(c.Phrase)).Prepend(Content(row.Name)))},");
            Line(")");
        }

        /// <summary>An array, also where it has one element or none.</summary>
        private static string List(IEnumerable<string> elements) => string.Concat(elements.Select(e => e + ", "));

        private void Turn(bool sideways)
        {
            if (sideways == _sideways)
                return;
            Line(sideways ? "#sideways[" : "]");
            _sideways = sideways;
        }

        /// <summary>Most cells are one plain string and are written as one: each piece of content costs the typesetter memory.</summary>
        private string Content(Phrase phrase)
        {
            var pieces = new List<string>();
            var plain = new StringBuilder();
            foreach (var run in phrase)
                if (Special(run) is { } special)
                {
                    EndPlain();
                    pieces.Add(special);
                }
                else
                    plain.Append(run.Text.In(language));

            EndPlain();
            return pieces is [['"', ..] alone] ? alone : $"[{string.Concat(pieces.Select(p => "#" + p))}]";

            void EndPlain()
            {
                if (plain.Length > 0)
                    pieces.Add(TypstText.Shown(plain.ToString()));
                plain.Clear();
            }
        }

        /// <summary>The call that sets a run; null where it is text and nothing else.</summary>
        private string? Special(Run run)
        {
            if (run == Run.NewLine)
                return "linebreak()";
            var said = run.Text.In(language);
            var text = TypstText.Shown(said);
            var special = run.Style switch
            {
                Style.Mark => $"mark({text})",
                Style.Unit or Style.Scope => $"unit({text})",
                Style.Quote => $"quoted({text})",
                _ when _targets.Contains(run.Target) => $"link(label({TypstText.Exact(run.Target)}), {text})",
                _ when language == Language.En && Wording.IsChinese(said) => $"chinese({text})",
                _ => null,
            };
            return special is not null && said.Length == 0 ? "none" : special;
        }

        private void Argument(string name, string value) => Line($"  {name}: {value},");

        private void Line(string line) => _source.Append(line).Append('\n');

        private string Say(Text text) => TypstText.Shown(text.In(language));

        private string Say(Phrase phrase) => TypstText.Shown(phrase.In(language));

        private string Say(string chinese, string english) => TypstText.Shown(language == Language.Zh ? chinese : english);

        private static Text Of(string text) => new(text, text);

        /// <summary>What can be led to; a reference to anything else stays plain text.</summary>
        private static HashSet<string> Targets(ReportDocument document) =>
            [
                .. document.Chapters.Select(c => c.Id),
                .. document.Blocks.SelectMany(b =>
                    b switch
                    {
                        Numbered numbered => Enumerable
                            .Range(1, numbered.Lines.Length)
                            .Select(i => string.Create(CultureInfo.InvariantCulture, $"{numbered.Id}-{i}")),
                        ChartBlock chart => [chart.Chart.Scene.Definition.Id],
                        DataTable table => [table.Id],
                        _ => [],
                    }
                ),
            ];
    }
}
