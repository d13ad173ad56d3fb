using System.Text;
using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Charts.Output;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;
using static Innovation1551.Publishing.Formats.PlainNumber;

namespace Innovation1551.Publishing.Formats;

/// <summary>The document as one page that needs nothing but itself: style, script, font and pictures are inside it.</summary>
public sealed class HtmlFormat : IReportFormat
{
    public string Name => "html";

    /// <summary>What the script says and shows in Chinese: its letters are not in the markup.</summary>
    private const string ScriptWords = "在表中查找行复制已复制本图全部数字的编号排序▲▼";

    public byte[] Write(ReportDocument document, Language language)
    {
        var body = new Body(document, language).Write();
        var script = Asset.Embedded("report.js");
        var style = new Asset(PageFont.FaceFor(body + ScriptWords, ChartFont.RegularFile, ChartFont.BoldFile) + Asset.Embedded("report.css").Content);
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"").Append(Html.Tag(language)).Append("\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ")
            .Append(style.PolicyHash)
            .Append("; script-src ")
            .Append(script.PolicyHash)
            .Append("; font-src data:; base-uri 'none'; form-action 'none'\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
            .Append(Html.Escape(document.Title.In(language)))
            .Append("</title>\n");
        page.Append("<style>").Append(style.Content).Append("</style>\n<script>").Append(script.Content).Append("</script>\n</head>\n");
        page.Append(body).Append("</body>\n</html>\n");
        return new UTF8Encoding(false).GetBytes(page.ToString());
    }

    /// <summary>The markup of one document in one language.</summary>
    private sealed class Body(ReportDocument document, Language language)
    {
        private readonly Html _html = new();

        public string Write()
        {
            _html.Line("<body>").Raw("<a class=\"skip\" href=\"#report\">").Raw(Say("跳到正文", "Skip to the report")).Line("</a>");
            _html.Raw("<header class=\"bar\"><strong>").Raw(Runs(Phrase.Empty.Period(document.Short.Zh, document.Short.En))).Raw("</strong>");
            _html.Raw($"<button type=\"button\" class=\"theme\" hidden>{Say("深色", "Dark")}</button>");
            foreach (var other in document.Languages.Where(l => l != language))
                _html
                    .Raw($"<a class=\"other\" lang=\"{Html.Tag(other)}\" hreflang=\"{Html.Tag(other)}\" href=\"{document.File(other, "html")}\">")
                    .Raw(other == Language.Zh ? "中文" : "English")
                    .Raw("</a>");
            _html.Line("</header>");
            if (!document.Warning.IsEmpty)
                _html.Line($"<aside class=\"synthetic\" aria-label=\"{Say("请先阅读", "Read first")}\">{Runs(document.Warning)}</aside>");
            _html.Raw($"<div class=\"layout{(document.IsShort ? " short" : "")}\">");
            if (!document.IsShort)
            {
                _html.Raw($"<nav class=\"contents\" aria-labelledby=\"contents\"><h2 id=\"contents\">{Say("目录", "Contents")}</h2>").Line("<ol>");
                foreach (var chapter in document.Chapters)
                    _html.Line($"<li><a href=\"#{chapter.Id}\">{Text(Caption.Of(chapter), Bound.Words(Prose.Order))}</a></li>");
                _html.Line("</ol></nav>");
            }
            _html.Line("<main id=\"report\" tabindex=\"-1\">");
            _html.Line($"<header class=\"title\"><h1>{Text(document.Title, Bound.Words(Prose.Period))}</h1>");
            _html.Line($"<p>{Text(document.Programme, Bound.Words(Prose.Name))}</p>").Line($"<p>{Runs(document.Edition)}</p>");
            var others = document.Formats.Where(f => f != "html").Select(f => (Name: f.ToUpperInvariant(), File: document.File(language, f)));
            if (document.Archive.Length > 0)
                others = others.Append((language == Language.Zh ? "全部文件（ZIP）" : "Everything (ZIP)", document.Archive));
            if (others.Any())
                _html.Line(
                    $"<p class=\"files\">{Say("其他格式：", "Other formats: ")}{string.Concat(others.Select(f => $"<a href=\"{f.File}\" download>{Html.Escape(f.Name)}</a>"))}</p>"
                );
            _html.Line("</header>");
            foreach (var chapter in document.Chapters)
            {
                _html.Line($"<section id=\"{chapter.Id}\" aria-labelledby=\"{chapter.Id}-title\">");
                _html.Line($"<h2 id=\"{chapter.Id}-title\">{Text(Caption.Of(chapter), Bound.Words(Prose.Order))}</h2>");
                Write(chapter.Blocks);
                _html.Line("</section>");
            }
            _html.Line(
                $"<footer><p>{Runs(document.Edition)}{Say("。各文件的摘要见 manifest.json。", ". The hashes of all files stand in manifest.json.")}</p></footer></main></div>"
            );
            return _html.ToString();
        }

        private void Write(IEnumerable<Block> blocks)
        {
            foreach (var block in blocks)
                Write(block);
        }

        private void Write(Block block)
        {
            switch (block)
            {
                case Paragraph paragraph:
                    _html.Line($"<p{(paragraph.IsNote ? " class=\"note\"" : "")}>{Runs(paragraph.Phrase)}</p>");
                    break;
                case Caution caution:
                    _html.Line($"<p class=\"caution\" role=\"note\">{Runs(caution.Phrase)}</p>");
                    break;
                case Gap gap:
                    _html.Line($"<p class=\"caution gap\">{Runs(gap.Phrase)}</p>");
                    break;
                case Points points:
                    _html.Line($"<ul class=\"findings\">{string.Concat(points.Sentences.Select(s => $"<li>{Runs(s)}</li>"))}</ul>");
                    break;
                case Numbered numbered:
                    _html.Line("<ol class=\"note\">");
                    for (var i = 0; i < numbered.Lines.Length; i++)
                        _html.Line($"<li id=\"{numbered.Id}-{Invariant(i + 1)}\">{Runs(numbered.Lines[i])}</li>");
                    _html.Line("</ol>");
                    break;
                case KeyFigures figures:
                    _html.Line("<ul class=\"cards\">");
                    foreach (var figure in figures.Figures)
                        Write(figure);
                    _html.Line("</ul>");
                    break;
                case ChartBlock chart:
                    Write(chart);
                    break;
                case DataTable table:
                    Write(table);
                    break;
                case Glossary glossary:
                    _html.Line("<dl class=\"definitions\">");
                    foreach (var (term, meaning) in glossary.Entries)
                        _html.Line($"<dt>{Runs(term)}</dt>").Line($"<dd>{Runs(meaning)}</dd>");
                    _html.Line("</dl>");
                    break;
                case Aside aside:
                    _html.Line($"<details><summary>{Text(aside.Summary)}</summary>");
                    Write(aside.Blocks);
                    _html.Line("</details>");
                    break;
                default:
                    throw new NotSupportedException(block.GetType().Name);
            }
        }

        private void Write(KeyFigure figure)
        {
            _html.Line($"<li><h3>{Text(figure.Name, Bound.Words(Prose.Name))}</h3>");
            _html.Line($"<p class=\"value\">{Runs(figure.Value)}<span class=\"unit\">{Text(figure.Unit)}</span></p>");
            if (!figure.Change.IsEmpty)
                _html.Line($"<p class=\"change\">{Runs(figure.Change)}</p>");
            _html.Line($"<p class=\"meta\">{Runs(figure.Meta)}</p></li>");
        }

        private void Write(ChartBlock block)
        {
            var scene = block.Chart.Scene;
            var id = scene.Definition.Id;
            _html.Line($"<figure id=\"{id}\">");
            _html.Raw(
                $"<figcaption><span class=\"no\">{Text(Caption.Figure(block.Number), Bound.Words(Prose.Order))}</span>{Text(block.Title, Bound.Words(Prose.Name))}"
            );
            if (scene.Stamp.En.Length > 0)
                _html.Raw($"<span class=\"tag\">{Text(scene.Stamp)}</span>");
            _html.Line("</figcaption>");
            var picture = block.Chart.Svg(language);
            var spots = ChartSpots.Of(picture, block.Data);
            _html.Line(
                $"<div class=\"scroll plot\" tabindex=\"0\" role=\"group\" aria-label=\"{Html.Escape(block.Title.In(language))}{(spots.Length > 0 ? Say("。用方向键逐个读数", ". Arrow keys read the values") : "")}\"{(spots.Length > 0 ? $" data-spots=\"{spots}\"" : "")}>"
            );
            _html.Line(picture.Inline(language)).Line("</div>");
            if (spots.Length > 0 && picture.Series.Count > 0)
                _html.Line(
                    $"<div class=\"series\" role=\"group\" aria-label=\"{Say("显示的系列", "Series shown")}\" hidden>{string.Concat(picture.Series.Select(Switch))}</div>"
                );
            foreach (var note in block.Notes)
                Write(note);
            _html.Line($"<details><summary>{Say("图中数据", "Data behind the chart")}</summary>");
            Write(block.Data);
            Write(DataTable.Marks(document.Release));
            _html.Line("</details>");
            Cite(block);
            var file = $"charts/{id}.{(language == Language.Zh ? "zh" : "en")}";
            _html.Line(
                $"<p class=\"files\">{Say("下载：", "Files: ")}<a href=\"{file}.png\" download>PNG</a><a href=\"{file}.svg\" download>SVG</a><a href=\"charts/{id}.csv\" download>CSV</a><a href=\"charts/{id}.csv.about.json\" download>{Say("CSV 说明", "About the CSV")}</a><a href=\"charts/{id}.arrow\" download>Arrow</a></p>"
            );
            _html.Line("</figure>");
        }

        /// <summary>Has a series stand back, and brings it forward again.</summary>
        private string Switch(SeriesMarks series) =>
            $"<button type=\"button\" aria-pressed=\"true\"><svg viewBox=\"0 0 1 1\" aria-hidden=\"true\"><path fill=\"{ChartSvg.Hex(series.Color)}\" d=\"M0 0h1v1H0z\"/></svg>{Text(Models.Text.Same(series.Name), Bound.Words(Prose.Name))}</button>";

        /// <summary>How the chart is cited, and how its figures are traced to the cells that they come from.</summary>
        private void Cite(ChartBlock block)
        {
            var scene = block.Chart.Scene;
            var cited = Phrase
                .Empty.Period($"{document.Title.Zh}，", $"{document.Title.En}, ")
                .With(new Run(Caption.Figure(block.Number), Bound.Words(Prose.Order)))
                .Say(" ", ". ")
                .Name(block.Title)
                .With(new Run(new Text($"（{scene.Definition.Id}），", $" ({scene.Definition.Id}). "), Bound.Words(Prose.Order)))
                .With(document.Edition)
                .Say("。", ".");
            if (scene.Stamp.En.Length > 0)
                cited = cited.Say(scene.Stamp.Zh + "。", $" {scene.Stamp.En}.");
            _html.Line($"<details class=\"cite\"><summary>{Say("引用与溯源", "Cite and trace")}</summary>");
            _html.Line($"<p>{Say("引用：", "Cite as: ")}<span class=\"copyable\">{Runs(cited)}</span></p>");
            var latest = scene
                .Series.Where(s => !s.IsBackground)
                .Select(s => s.Points.LastOrDefault(p => p is { Value: not null, FigureId.Length: > 0 })?.FigureId.Split(' ')[0])
                .OfType<string>()
                .Distinct()
                .Take(MostTraced)
                .ToArray();
            if (latest.Length > 0)
                _html.Line(
                    $"<p>{Say("溯源到单元格：", "Trace to the cells: ")}{string.Concat(latest.Select(f => $"<br><code class=\"copyable\">{Text(Models.Text.Same("innovation trace " + f), Bound.Words(Prose.Key))}</code>"))}<span class=\"ids\"></span></p>"
                );
            _html.Line("</details>");
        }

        /// <summary>The series of a chart for which the command that traces a figure is written out; the others follow the same form.</summary>
        private const int MostTraced = 4;

        private void Write(DataTable table)
        {
            _html.Line($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{table.Id}\"><table class=\"{table.Id}\">");
            _html.Line($"<caption id=\"{table.Id}\">{Runs(table.Caption)}{Unit(table)}</caption>").Raw("<thead><tr>");
            foreach (var column in table.Columns)
                _html.Raw($"<th scope=\"col\"{(column.Kind == ColumnKind.Number ? " class=\"n\"" : "")}>{Runs(column.Heading)}</th>");
            _html.Line("</tr></thead><tbody>");
            foreach (var row in table.Rows)
            {
                _html.Raw($"<tr><th scope=\"row\">{Runs(row.Name)}</th>");
                for (var i = 0; i < row.Cells.Length; i++)
                    _html.Raw($"<td{ClassOf(table.Columns[i + 1].Kind)}>{Runs(row.Cells[i].Phrase)}</td>");
                _html.Line("</tr>");
            }
            _html.Line("</tbody></table></div>");
        }

        private string Unit(DataTable table) => table.UnitLine is { IsEmpty: false } unit ? $"<span class=\"of\">{Runs(unit)}</span>" : "";

        private static string ClassOf(ColumnKind kind) =>
            kind switch
            {
                ColumnKind.Number => " class=\"n\"",
                ColumnKind.Words => " class=\"kind\"",
                ColumnKind.LongWords => " class=\"text\"",
                _ => "",
            };

        private string Runs(Phrase phrase) => string.Concat(phrase.Select(Markup));

        private string Text(Text text, Bound bound = default) => Markup(new Run(text, bound));

        private string Say(string chinese, string english) => Html.Escape(language == Language.Zh ? chinese : english);

        /// <summary>One run as markup: whatever is in it is escaped, numerals say what they are, and Chinese on an English page says that it is Chinese.</summary>
        private string Markup(Run run)
        {
            if (run == Run.NewLine)
                return "<br>";
            var said = run.Text.In(language);
            if (said.Length == 0)
                return "";
            var bound =
                run.Bound.Attribute is { Length: > 0 } && said.Any(char.IsAsciiDigit) ? $" {run.Bound.Attribute}=\"{Html.Escape(run.Bound.Value)}\"" : "";
            var foreign = run.Style == Style.Quote || language == Language.En && Wording.IsChinese(said) ? " lang=\"zh\"" : "";
            var text = Html.Escape(said);
            return run.Style switch
            {
                Style.Mark => $"<sup>{text}</sup>",
                Style.Unit => $" <span class=\"unit\"{bound}{foreign}>{text}</span>",
                Style.Scope => $" <span class=\"scope\"{bound}{foreign}>{text}</span>",
                Style.Quote => $"<q{bound}{foreign}>{text}</q>",
                _ when run.Target.Length > 0 => $"<a href=\"#{Html.Escape(run.Target)}\"{bound}>{text}</a>",
                _ when bound.Length + foreign.Length > 0 => $"<span{bound}{foreign}>{text}</span>",
                _ => text,
            };
        }
    }
}
