using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Innovation1551.Publishing.Formats;
using Xunit;
using C = DocumentFormat.OpenXml.Drawing.Charts;
using Hyperlink = DocumentFormat.OpenXml.Wordprocessing.Hyperlink;
using Style = DocumentFormat.OpenXml.Wordprocessing.Style;
using Table = DocumentFormat.OpenXml.Wordprocessing.Table;
using TableStyle = DocumentFormat.OpenXml.Wordprocessing.TableStyle;
using Text = DocumentFormat.OpenXml.Wordprocessing.Text;

namespace Innovation1551.Specs.Publishing;

/// <summary>The Word file and the workbook hold what the page holds, and are what the standard asks for.</summary>
[Collection(nameof(WrittenReport))]
public partial class DocumentFormatSpecs(WrittenReport report)
{
    private string File(string language, string format) => Path.Combine(report.Folder, $"report.{language}.{format}");

    [Fact]
    public void Every_format_is_written_in_both_languages() =>
        Assert.Equal(
            WrittenReport.Formats.SelectMany(f => new[] { $"report.en.{f.Name}", $"report.zh.{f.Name}" }).Order(StringComparer.Ordinal),
            report.Result.Documents.Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void The_Word_file_is_sound(string language)
    {
        using var word = WordprocessingDocument.Open(File(language, "docx"), false);
        var faults = new OpenXmlValidator()
            .Validate(word, TestContext.Current.CancellationToken)
            .Take(5)
            .Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}")
            .ToArray();
        Assert.True(faults.Length == 0, string.Join('\n', faults));
        var body = word.MainDocumentPart!.Document!.Body!;
        // Whatever is led to is there, and under one name only once.
        var marks = body.Descendants<BookmarkStart>().Select(b => b.Name!.Value!).ToArray();
        Assert.Equal(marks.Length, marks.Distinct().Count());
        Assert.Empty(body.Descendants<Hyperlink>().Select(h => h.Anchor!.Value!).Except(marks));
        // Each picture has its text, each table a heading row that is repeated, each style used is there.
        Assert.Equal(
            report.Result.Charts,
            body.Descendants<DocumentFormat.OpenXml.Drawing.Wordprocessing.DocProperties>().Count(p => p.Description?.Value?.Length > 30)
        );
        Assert.All(
            body.Elements<Table>().Where(t => t.Descendants<TableStyle>().First().Val == "Figures"),
            t => Assert.NotNull(t.Elements<TableRow>().First().TableRowProperties!.GetFirstChild<TableHeader>())
        );
        var styles = word.MainDocumentPart.StyleDefinitionsPart!.Styles!.Elements<Style>().Select(s => s.StyleId!.Value!).ToHashSet();
        Assert.Empty(body.Descendants<ParagraphStyleId>().Select(s => s.Val!.Value!).Distinct().Except(styles));
        Assert.Contains("示例数据 synthetic", word.MainDocumentPart.HeaderParts.Single().Header!.InnerText, StringComparison.Ordinal);
    }

    /// <summary>The same numerals, in the same order, as on the page: no format words or rounds anything.</summary>
    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void The_Word_file_tells_what_the_page_tells(string language)
    {
        using var word = WordprocessingDocument.Open(File(language, "docx"), false);
        var told = string.Join(
            '\n',
            word.MainDocumentPart!.Document!.Body!.Descendants<Paragraph>().Select(p => string.Concat(p.Descendants<Text>().Select(t => t.Text)))
        );
        var page = language == "zh" ? report.Html : report.English;
        foreach (var pattern in new[] { "<ul class=\"findings\">.*?</ul>", "<table class=\"t-[a-z]+\">.*?</table>", "<ul class=\"cards\">.*?</ul>" })
        {
            var parts = Regex.Matches(page, pattern, RegexOptions.Singleline).Select(m => m.Value).ToArray();
            Assert.NotEmpty(parts);
            foreach (var part in parts)
            foreach (Match text in Spoken().Matches(part))
                if (System.Net.WebUtility.HtmlDecode(text.Groups[1].Value).Trim() is { Length: > 0 } said)
                    Assert.Contains(said, told, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("docx")]
    [InlineData("xlsx")]
    public void The_zip_holds_no_clock_and_no_random_name(string format)
    {
        using var zip = ZipFile.OpenRead(File("zh", format));
        Assert.All(zip.Entries, e => Assert.Equal(1980, e.LastWriteTime.Year));
        Assert.Equal(zip.Entries.Count, zip.Entries.Select(e => e.FullName).Distinct().Count());
    }

    /// <summary>Each table of the page is a sheet; each number of it is a number that shows as the page shows it.</summary>
    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void The_workbook_is_sound_and_holds_the_numbers_of_the_page(string language)
    {
        using var workbook = SpreadsheetDocument.Open(File(language, "xlsx"), false);
        var faults = new OpenXmlValidator()
            .Validate(workbook, TestContext.Current.CancellationToken)
            .Take(5)
            .Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}")
            .ToArray();
        Assert.True(faults.Length == 0, string.Join('\n', faults));
        var page = language == "zh" ? report.Html : report.English;
        var tables = Regex.Matches(page, "<table class=\"([a-z0-9-]+)\">.*?</table>", RegexOptions.Singleline).ToArray();
        var sheets = workbook.WorkbookPart!.Workbook!.Sheets!.Elements<Sheet>().Select(s => (WorksheetPart)workbook.WorkbookPart.GetPartById(s.Id!)).ToArray();
        Assert.Equal(tables.Length + 1, sheets.Length);
        Assert.All(sheets.Skip(1), s => Assert.Single(s.TableDefinitionParts));
        Assert.Equal(sheets.Length - 1, sheets.Skip(1).Select(s => s.TableDefinitionParts.Single().Table!.Name!.Value).Distinct().Count());
        foreach (var sheet in sheets.Skip(1))
        {
            var id = sheet.TableDefinitionParts.Single().Table!.Name!.Value![2..];
            var table = tables.Single(t => t.Groups[1].Value.Replace('-', '_') == id).Value;
            var shown = Regex
                .Matches(table, "<td class=\"n\">(.*?)</td>", RegexOptions.Singleline)
                .Select(m => Tag().Replace(m.Groups[1].Value, ""))
                .Select(t => Regex.Match(t, "^[+−-]?([0-9][0-9,.]*)p?$"))
                .Where(m => m.Success)
                .Select(m => m.Groups[1].Value.Replace(",", "", StringComparison.Ordinal))
                .ToArray();
            var held = sheet
                .Worksheet!.Descendants<Cell>()
                .Where(c => c.DataType is null && c.CellValue is not null)
                .Select(c => c.CellValue!.Text.TrimStart('-'))
                .ToArray();
            Assert.Subset(shown.Select(decimal.Parse).ToHashSet(), held.Select(decimal.Parse).ToHashSet());
            Assert.True(id.StartsWith("t_", StringComparison.Ordinal) || held.Length > 0, id);
        }
        Assert.Contains("示例数据 synthetic", sheets[0].Worksheet!.InnerText, StringComparison.Ordinal);
        Assert.All(sheets.Skip(1), s => Assert.Contains("示例数据 synthetic", s.Worksheet!.InnerText, StringComparison.Ordinal));
    }

    /// <summary>What a chart of the workbook draws stands in the cells that it names, all of them numbers; bars stand on zero; and it says what it is made of.</summary>
    [Fact]
    public void The_charts_of_the_workbook_read_the_cells_beside_them()
    {
        using var workbook = SpreadsheetDocument.Open(File("zh", "xlsx"), false);
        var book = workbook.WorkbookPart!;
        var charts = 0;
        var kinds = new HashSet<string>();
        foreach (var name in book.Workbook!.Sheets!.Elements<Sheet>())
        {
            var sheet = (WorksheetPart)book.GetPartById(name.Id!);
            var cells = sheet.Worksheet!.Descendants<Cell>().Where(c => c.CellReference is not null).ToDictionary(c => c.CellReference!.Value!);
            foreach (var space in (sheet.DrawingsPart?.ChartParts ?? []).Select(c => c.ChartSpace!))
            {
                charts++;
                kinds.UnionWith(space.Descendants<C.PlotArea>().Single().Elements().Select(e => e.LocalName));
                Assert.Contains("示例数据 synthetic", space.Descendants<C.Title>().First().InnerText, StringComparison.Ordinal);
                foreach (var drawn in space.Descendants<C.NumberReference>())
                {
                    var range = Regex.Match(drawn.Formula!.Text, @"^'(.+)'!\$([A-Z]+)\$([0-9]+):\$([A-Z]+)\$([0-9]+)$");
                    Assert.Equal(name.Name!.Value, range.Groups[1].Value);
                    var places = Range(range.Groups[2].Value, int.Parse(range.Groups[3].Value), range.Groups[4].Value, int.Parse(range.Groups[5].Value));
                    var held = drawn.NumberingCache!.Elements<C.NumericPoint>().ToDictionary(p => (int)p.Index!.Value, p => p.NumericValue!.Text);
                    Assert.NotEmpty(held);
                    foreach (var (i, place) in places.Index())
                    {
                        Assert.Null(cells[place].InlineString);
                        Assert.Equal(cells[place].CellValue?.Text, held.GetValueOrDefault(i));
                    }
                }
                if (space.Descendants<C.BarChart>().Any() && space.Descendants<C.NumericPoint>().All(p => !p.NumericValue!.Text.StartsWith('-')))
                    Assert.Equal(0, space.Descendants<C.MinAxisValue>().Single().Val!.Value);
            }
        }
        Assert.True(charts > report.Result.Charts / 2, $"{charts} of {report.Result.Charts}");
        Assert.Superset(new HashSet<string> { "barChart", "lineChart" }, kinds);

        static IEnumerable<string> Range(string fromColumn, int fromRow, string toColumn, int toRow) =>
            fromColumn == toColumn
                ? Enumerable.Range(fromRow, toRow - fromRow + 1).Select(r => $"{fromColumn}{r}")
                : Enumerable.Range(fromColumn[0], toColumn[0] - fromColumn[0] + 1).Select(c => $"{(char)c}{fromRow}");
    }

    [GeneratedRegex("<sup>|</sup>|<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(">([^<]+)<")]
    private static partial Regex Spoken();
}
