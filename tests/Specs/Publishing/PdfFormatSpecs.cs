using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;
using Innovation1551.Publishing.Annual;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Charts.Catalogue;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Formats;
using Innovation1551.Publishing.Typesetting;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>The report as a document and its PDF in both languages, set once and read by many specs.</summary>
public sealed class SetReport : IDisposable
{
    private readonly byte[][] _pdf = new byte[2][];
    private readonly ReadPdf?[] _read = new ReadPdf?[2];

    public SetReport()
    {
        Document = WithLongTable(Compose());
        if (Typesetter.Missing is null)
            Parallel.ForEach(Enum.GetValues<Language>(), language => _pdf[(int)language] = new PdfFormat().Write(Document, language));
    }

    /// <summary>The report of the small release, and a table that is longer than a page.</summary>
    public ReportDocument Document { get; }

    public byte[] Pdf(Language language)
    {
        Assert.SkipWhen(Typesetter.Missing is not null, Typesetter.Missing?.En ?? "");
        return _pdf[(int)language];
    }

    /// <summary>The PDF as PdfPig reads it.</summary>
    public ReadPdf Read(Language language) => _read[(int)language] ??= new ReadPdf(Pdf(language));

    public void Dispose()
    {
        foreach (var read in _read)
            read?.Dispose();
    }

    private static ReportDocument WithLongTable(ReportDocument document)
    {
        var table = document.Chapters.SelectMany(c => c.Blocks).OfType<DataTable>().First(t => t.Number > 0);
        var last = document.Chapters[^1];
        var longer = table with { Id = "t-long", Number = 900, Rows = [.. Enumerable.Repeat(table.Rows, 12).SelectMany(r => r)] };
        return document with
        {
            Chapters = document.Chapters.SetItem(
                document.Chapters.Length - 1,
                last with
                {
                    Blocks = last.Blocks.Add(table with { Id = "t-none", Number = 899, Rows = [] }).Add(longer),
                }
            ),
        };
    }

    private static ReportDocument Compose()
    {
        using var connection = PublishedFixture.Open();
        var release = new PublishedRelease(connection);
        var about = new TableAbout(PublishedFixture.ReleaseId, ColumnMeaning.Stage(connection), release.Info.IsSynthetic, null, []);
        var scenes = ChartCatalogue.All.Select(d => SceneBuilder.Build(d, release, 2025)).Where(s => !s.IsEmpty);
        return new AnnualDocument(release, 2025, [.. scenes.AsParallel().AsOrdered().Select(s => DrawnChart.Of(s, about))], []).Build();
    }
}

/// <summary>A PDF taken apart: its pages, and what stands between the margins as one text.</summary>
public sealed partial class ReadPdf(byte[] bytes) : IDisposable
{
    /// <summary>The margins of a page in points; what stands in them is its running head and foot.</summary>
    private const double Top = 68,
        Bottom = 56;

    private IReadOnlyList<Page>? _pages;
    private string? _body;

    public PdfDocument Document { get; } = PdfDocument.Open(bytes);

    public IReadOnlyList<Page> Pages => _pages ??= [.. Document.GetPages()];

    /// <summary>All pages without their running heads and feet, so that what goes on over a page is one.</summary>
    public string Body => _body ??= Bare(string.Concat(Pages.SelectMany(p => p.Letters.Where(l => !IsInMargin(p, l)).Select(l => l.Value))));

    public static bool IsInMargin(Page page, Letter letter) => letter.StartBaseLine.Y > page.Height - Top || letter.StartBaseLine.Y < Bottom;

    /// <summary>Without spaces, which a layout puts where it breaks, and the quotation marks that it puts around a source's words.</summary>
    public static string Bare(string text) => Space().Replace(text, "");

    public void Dispose() => Document.Dispose();

    [GeneratedRegex("[\\s\u200B“”]")]
    private static partial Regex Space();
}

/// <summary>The PDF read by a reader that is not ours: it holds what the document holds, as text, with all that print and assistive technology need.</summary>
public sealed partial class PdfFormatSpecs(SetReport report) : IClassFixture<SetReport>
{
    [Theory]
    [InlineData(Language.Zh)]
    [InlineData(Language.En)]
    public void What_the_document_says_stands_in_the_PDF_word_for_word(Language language)
    {
        var pdf = report.Read(language);
        var text = pdf.Body;
        var phrases = Phrases(report.Document.Chapters.SelectMany(c => c.Blocks))
            .Select(p => ReadPdf.Bare(p.In(language)))
            .Where(p => p.Length > 0)
            .ToHashSet();
        Assert.True(phrases.Count > 400, $"{phrases.Count}");
        Assert.All(phrases, p => Assert.Contains(p, text, StringComparison.Ordinal));
        foreach (var chart in Charts())
            Assert.All(chart.Chart.Svg(language).Texts, t => Assert.Contains(ReadPdf.Bare(t.Text), text, StringComparison.Ordinal));
        Assert.Contains(ReadPdf.Bare(report.Document.Title.In(language)), text, StringComparison.Ordinal);
        if (language == Language.Zh)
            Assert.Contains("研究开发费用", text, StringComparison.Ordinal);
    }

    /// <summary>No radical in place of a character, no letter that the font draws as an empty box, no number twice under its halo.</summary>
    [Theory]
    [InlineData(Language.Zh)]
    [InlineData(Language.En)]
    public void Every_letter_is_the_one_that_is_meant(Language language)
    {
        var pdf = report.Read(language);
        foreach (var page in pdf.Pages)
        {
            foreach (var rune in page.Letters.SelectMany(l => l.Value.EnumerateRunes()).Distinct())
            {
                Assert.False(rune.Value is >= 0x2F00 and <= 0x2FDF, $"U+{rune.Value:X4}");
                Assert.True(ChartFont.Regular.GetGlyph(rune.Value) != 0, $"U+{rune.Value:X4}");
            }

            Assert.Empty(
                page.Letters.Where(l => l.Value.Trim().Length > 0).GroupBy(l => (l.Value, l.StartBaseLine)).Where(g => g.Count() > 1).Select(g => g.Key)
            );
        }
    }

    [Theory]
    [InlineData(Language.Zh)]
    [InlineData(Language.En)]
    public void The_bookmarks_are_the_chapters_and_every_page_bears_title_number_and_the_mark_of_synthetic_data(Language language)
    {
        var pdf = report.Read(language);
        Assert.True(pdf.Document.TryGetBookmarks(out var bookmarks));
        Assert.Equal(report.Document.Chapters.Select(c => Caption.Of(c).In(language)), bookmarks.Roots.Select(b => b.Title));
        Assert.Equal(report.Document.Title.In(language), pdf.Document.Information.Title);
        var pages = pdf.Pages;
        Assert.Contains(pages, p => p.Width > p.Height);
        Assert.All(
            pages,
            page =>
            {
                var edge = ReadPdf.Bare(string.Concat(page.Letters.Where(l => ReadPdf.IsInMargin(page, l)).Select(l => l.Value)));
                Assert.Contains(ReadPdf.Bare(Wording.Synthetic.In(language)), edge, StringComparison.Ordinal);
                Assert.Contains(ReadPdf.Bare(report.Document.Short.In(language)), edge, StringComparison.Ordinal);
                Assert.EndsWith($"{page.Number}/{pages.Count}", edge, StringComparison.Ordinal);
                // A page that holds nothing but its head and foot is a fault of the layout.
                Assert.Contains(page.Letters, l => !ReadPdf.IsInMargin(page, l));
            }
        );
        // A table that goes on says so with its caption, in the head of each page that it goes on to and of no other.
        var last = report.Document.Blocks.OfType<DataTable>().Last();
        var (caption, continued) = (ReadPdf.Bare(last.Caption.In(language)), language == Language.Zh ? "续" : "Continued:");
        var heads = pages.Select(p => ReadPdf.Bare(string.Concat(p.Letters.Where(l => ReadPdf.IsInMargin(p, l)).Select(l => l.Value)))).ToArray();
        var bodies = pages.Select(p => ReadPdf.Bare(string.Concat(p.Letters.Where(l => !ReadPdf.IsInMargin(p, l)).Select(l => l.Value)))).ToArray();
        var on = Enumerable.Range(0, pages.Count).Where(p => heads[p].Contains(continued + caption, StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(on);
        Assert.Equal(Enumerable.Range(on[0], on.Length), on);
        Assert.Contains(caption, bodies[on[0] - 1], StringComparison.Ordinal);
        Assert.All(on, p => Assert.Contains(ReadPdf.Bare(last.Columns[0].Heading.In(language)), bodies[p], StringComparison.Ordinal));
        Assert.DoesNotContain(heads.Where((_, p) => p < on[0]), h => h.Contains(continued + caption, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Language.Zh)]
    [InlineData(Language.En)]
    public void It_is_tagged_each_chart_has_its_text_and_the_fonts_are_subsets_in_the_file(Language language)
    {
        var pdf = report.Read(language);
        var objects = pdf
            .Document.Structure.CrossReferenceTable.ObjectOffsets.Keys.Select(k => pdf.Document.Structure.GetObject(k).Data)
            .OfType<DictionaryToken>()
            .ToList();
        var figures = objects.Where(o => Named(o, "S") == "Figure").ToList();
        var told = figures.Select(f => f.Data.TryGetValue("Alt", out var alt) ? Said(pdf.Document, alt) : "").ToList();
        Assert.Equal(
            Charts().Select(c => c.Chart.Svg(language).Description).Order(StringComparer.Ordinal),
            told.Where(t => t.Length > 0).Order(StringComparer.Ordinal)
        );
        Assert.Contains(objects, o => Named(o, "S") == "TH");
        var catalogue = pdf.Document.Structure.Catalog.CatalogDictionary;
        Assert.Contains("MarkInfo", catalogue.Data.Keys);
        Assert.StartsWith(language == Language.Zh ? "zh" : "en", Said(pdf.Document, catalogue.Data["Lang"]), StringComparison.Ordinal);

        var fonts = objects.Where(o => Named(o, "Type") == "FontDescriptor").ToList();
        Assert.Equal(2, fonts.Count);
        Assert.All(fonts, f => Assert.Matches("^[A-Z]{6}\\+NotoSansSC-(Regular|Bold)$", Named(f, "FontName")));
        Assert.All(fonts, f => Assert.Contains("FontFile2", f.Data.Keys));
        Assert.InRange(report.Pdf(language).Length, 100_000, 4_000_000);
    }

    [Fact]
    public void The_same_document_gives_the_same_bytes_and_knows_no_day_but_the_release_s()
    {
        var first = report.Pdf(Language.Zh);
        Assert.Equal(first, new PdfFormat().Write(report.Document, Language.Zh));
        var days = Day().Matches(Encoding.Latin1.GetString(first)).Select(m => m.Groups[1].Value).Distinct();
        Assert.Equal([report.Document.Release.AsOf.Replace("-", "", StringComparison.Ordinal)], days);
    }

    [Fact]
    public void A_report_of_real_data_bears_no_mark() =>
        Assert.DoesNotContain(
            "stamp:",
            PdfFormat.Parts(report.Document with { Release = report.Document.Release with { IsSynthetic = false } }, Language.En).Source,
            StringComparison.Ordinal
        );

    /// <summary>Markup, escapes, marks of direction and endless names are text and nothing else, wherever a name can stand.</summary>
    [Fact]
    public void Hostile_names_are_text()
    {
        _ = report.Pdf(Language.Zh);
        string[] hostile =
        [
            "#panic(\"x\") *b* _i_ `r` $x^2$ @ref <l> = h // c /* d */ \\u{41} \\",
            "\"]) #import \"/x.typ\" [",
            "\u202Egnp.exe\u202C \u200F名称\u0000\u0007\r\n末",
            new string('x', 10_000),
            string.Concat(Enumerable.Repeat("超长名称", 2_500)),
            "<script>&amp;]]>\uFFFE\U0001F600 ﷽",
        ];
        var names = hostile.Select(h => Phrase.Of(new Text(h, h))).ToArray();
        Column[] columns = [.. names.Take(3).Select(n => new Column(n, ColumnKind.Words))];
        var rows = names.Select(n => new DataRow(n, [new DataCell(n), DataCell.Empty])).ToArray();
        var table = new DataTable("t-\"#", 1, new Text(hostile[0], hostile[0]), [.. columns], [.. rows]);
        var chapters = hostile
            .Take(3)
            .Select(
                (h, i) => new Chapter($"c{i}\"]", i + 1, new Text(h, h), [new Paragraph(names[i]), new Points([.. names]), new Numbered("n\"", [.. names])])
            )
            .Append(
                new Chapter(
                    "t",
                    4,
                    new Text("t", "t"),
                    [table, new Glossary([.. names.Select(n => (n, n))]), new Aside(new Text(hostile[1], hostile[1]), [table with { Id = "u" }])]
                )
            );
        var document = new ReportDocument(
            new Text(hostile[0], hostile[0]),
            new Text(hostile[1], hostile[1]),
            new Text(hostile[2], hostile[2]),
            report.Document.Release with
            {
                Id = hostile[1],
                AsOf = "\"), panic(",
            },
            [.. chapters]
        );
        using var pdf = new ReadPdf(new PdfFormat().Write(document, Language.Zh));
        var text = pdf.Body;
        foreach (var name in hostile)
            Assert.Contains(ReadPdf.Bare(ChartFont.Drawable(name)), text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', text);
        // No name runs out of its page.
        Assert.All(pdf.Pages, p => Assert.All(p.Letters, l => Assert.InRange(l.EndBaseLine.X, 0, p.Width)));
    }

    /// <summary>
    /// Typst's own program holds the same source against PDF/UA-1, which the module cannot be asked for: it refuses a figure without text,
    /// a heading out of order, a document without title or language. On demand, for it fetches that program by npm.
    /// </summary>
    [Theory(Explicit = true)]
    [InlineData(Language.Zh)]
    [InlineData(Language.En)]
    public void The_native_typesetter_finds_it_accessible(Language language)
    {
        var folder = Directory.CreateTempSubdirectory("native-typst").FullName;
        try
        {
            var (source, files) = PdfFormat.Parts(report.Document, language);
            Directory.CreateDirectory(Path.Combine(folder, "charts"));
            foreach (var (name, bytes) in files.Append(new("/main.typ", Encoding.UTF8.GetBytes(source))))
                File.WriteAllBytes(folder + name, bytes);
            var script = $$"""
                import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
                const compiler = NodeCompiler.create({ workspace: '{{folder}}', fontArgs: [{ fontPaths: ['{{House.At("reports/Publishing/Fonts")}}'] }] });
                const pdf = compiler.pdf({ mainFilePath: '{{folder}}/main.typ' }, { pdfStandard: 'ua-1' });
                console.log(pdf.toString('latin1').includes('pdfuaid') ? 'accessible' : 'not marked');
                """;
            File.WriteAllText(Path.Combine(folder, "check.mjs"), script);
            Run(folder, "npm", "install", "--no-audit", "--no-fund", "@myriaddreamin/typst-ts-node-compiler@0.7.0");
            Assert.Contains("accessible", Run(folder, "node", "check.mjs"), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output;
    }

    private IEnumerable<ChartBlock> Charts() => report.Document.Chapters.SelectMany(c => c.Blocks).OfType<ChartBlock>();

    private static IEnumerable<Phrase> Phrases(IEnumerable<Block> blocks) =>
        blocks.SelectMany(block =>
            block switch
            {
                Paragraph paragraph => [paragraph.Phrase],
                Caution caution => [caution.Phrase],
                Points points => points.Sentences,
                Numbered numbered => numbered.Lines,
                KeyFigures figures => figures.Figures.SelectMany(f => new[] { Phrase.Of(f.Name), f.Value, Phrase.Of(f.Unit), f.Change, f.Meta }),
                ChartBlock chart => chart.Notes.Select(n => n.Phrase).Append(Phrase.Of(chart.Title)),
                DataTable table => table
                    .Columns.Select(c => c.Heading)
                    .Concat(table.Rows.SelectMany(r => r.Cells.Select(c => c.Phrase).Prepend(r.Name)))
                    .Append(table.Caption),
                Glossary glossary => glossary.Entries.SelectMany(e => new[] { e.Term, e.Meaning }),
                Aside aside => Phrases(aside.Blocks).Append(Phrase.Of(aside.Summary)),
                _ => throw new NotSupportedException(block.GetType().Name),
            }
        );

    private static string Named(DictionaryToken token, string key) => token.Data.TryGetValue(key, out var value) && value is NameToken name ? name.Data : "";

    private static string Said(PdfDocument pdf, IToken token) =>
        token switch
        {
            IndirectReferenceToken reference => Said(pdf, pdf.Structure.GetObject(reference.Data).Data),
            StringToken text => text.Data,
            HexToken hex => hex.Data,
            _ => "",
        };

    [GeneratedRegex(@"Date ?\(D:([0-9]{8})")]
    private static partial Regex Day();
}
