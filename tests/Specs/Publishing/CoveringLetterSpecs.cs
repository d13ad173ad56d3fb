using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Innovation1551.Models;
using Innovation1551.Publishing.Annual;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Xunit;
using Paragraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;
using Run = DocumentFormat.OpenXml.Wordprocessing.Run;

namespace Innovation1551.Specs.Publishing;

/// <summary>The letter that goes with the report: a page, the report's own figures, and nothing made up where a person must decide.</summary>
public sealed class CoveringLetterSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("letter").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Language.Zh, "待填")]
    [InlineData(Language.En, "to be filled in")]
    public void It_tells_the_figures_of_the_report_on_one_page_and_leaves_to_be_filled_in_what_only_its_issuer_knows(Language language, string blank)
    {
        using var release = PublishedFixture.Open();
        var files = CoveringLetter.Write(
            release,
            2025,
            _folder,
            PublishedFixture.ReleaseId,
            cancellation: TestContext.Current.CancellationToken,
            languages: [language],
            standing: ReportStanding.Of(null, new(2026, 11, 29))
        );
        var published = new PublishedRelease(release);
        var told = new Findings(published, 2025).Of(Section.Overview).Select(s => s.In(language)).ToArray();
        using (var word = WordprocessingDocument.Open(files.Single(f => f.EndsWith("docx", StringComparison.Ordinal)), false))
        {
            Assert.Empty(new OpenXmlValidator().Validate(word, TestContext.Current.CancellationToken).Select(e => $"{e.Path?.XPath}: {e.Description}"));
            var text = string.Join('\n', word.MainDocumentPart!.Document!.Body!.Elements<Paragraph>().Select(p => p.InnerText));
            Assert.True(told.Count(s => text.Contains(s, StringComparison.Ordinal)) >= 3, text);
            // Issuer twice, number, addressee, day: shaded, and no other text is.
            Assert.Equal(5, Regex.Count(text + word.MainDocumentPart.HeaderParts.Single().Header!.InnerText, blank));
            Assert.All(
                word.MainDocumentPart.Document.Body.Descendants<Run>(),
                r => Assert.Equal(r.InnerText.Contains(blank, StringComparison.Ordinal), r.RunProperties!.Shading is not null)
            );
            var page = word.MainDocumentPart.Document.Body.Descendants<PageMargin>().Single();
            Assert.Equal((2098, 1588u), (page.Top!.Value, page.Left!.Value));
            Assert.Contains("示例数据 synthetic", word.MainDocumentPart.HeaderParts.Single().Header!.InnerText, StringComparison.Ordinal);
        }

        Assert.SkipWhen(files.Count == 1, "no PDF here");
        using var pdf = new ReadPdf(File.ReadAllBytes(files.Single(f => f.EndsWith("pdf", StringComparison.Ordinal))));
        Assert.Single(pdf.Pages);
        var read = ReadPdf.Bare(string.Concat(pdf.Pages[0].Letters.Select(l => l.Value)));
        Assert.True(told.Count(s => read.Contains(ReadPdf.Bare(s), StringComparison.Ordinal)) >= 3, read);
        Assert.Contains("示例数据synthetic", read, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_made_again_leaves_the_letter_where_it_is()
    {
        using var release = PublishedFixture.Open("delete from published.figure where breakdown <> 'total'");
        CoveringLetter.Write(
            release,
            2025,
            Path.Combine(_folder, "letter"),
            PublishedFixture.ReleaseId,
            cancellation: TestContext.Current.CancellationToken,
            formats: [CoveringLetter.Formats[1]],
            languages: [Language.Zh]
        );
        AnnualReport.Write(
            release,
            2025,
            _folder,
            PublishedFixture.ReleaseId,
            cancellation: TestContext.Current.CancellationToken,
            formats: [WrittenReport.Formats[0]],
            languages: [Language.Zh]
        );
        Assert.True(File.Exists(Path.Combine(_folder, "letter", "letter.zh.docx")));
    }
}
