using System.IO.Compression;
using System.Text.RegularExpressions;
using Innovation1551.Publishing.Proofreading;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>What is wrong in a finished file is found by reading it, and told with its place.</summary>
[Collection(PassingReleaseCollection.Name)]
public sealed class ProofSpecs(PassingRelease passing) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("innovation-proof-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("alt-text", "report.en.html", " role=\"img\" ", " role=\"img\" aria-label=\"x\" ", "no text in its place")]
    [InlineData("translation", "report.en.html", "Skip to the report", "Skip 到正文", "到正文")]
    [InlineData("translation", "report.en.html", ">Contents<", ">目录<", "目录")]
    [InlineData("links", "report.zh.html", "href=\"#spend\"", "href=\"#spent\"", "#spent")]
    [InlineData("links", "report.zh.html", "<section id=\"spend\"", "<section id=\"structure\"", "two places")]
    [InlineData("links", "report.en.html", "href=\"report.zh.html\"", "href=\"../../../etc/passwd\"", "passwd")]
    [InlineData("links", "report.en.html", "href=\"report.zh.html\"", "href=\"https://example.org/report.zh.html\"", "example.org")]
    public void What_is_wrong_is_told_with_its_file(string item, string file, string from, string to, string told)
    {
        TestWorkspace.Copy(passing.Report, _folder);
        Assert.Empty(Found(item));
        FinishedFile.Change(_folder, file, from, to);
        Assert.Contains(Found(item), f => f.Contains(told, StringComparison.Ordinal) && f.Contains(file, StringComparison.Ordinal));
    }

    [Fact]
    public void A_language_that_a_report_has_not_is_told()
    {
        Assert.NotEmpty(Found("translation"));
        TestWorkspace.Copy(passing.Report, _folder);
        FinishedFile.Remove(_folder, "report.en.html");
        Assert.Contains(Found("translation"), f => f.Contains("report.en.html", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("descr=\"x\"", "no text in its place")]
    [InlineData("_spend", "_spent")]
    public void A_word_file_is_read_too(string was, string told)
    {
        const string Body = """
            <w:document xmlns:w="w" xmlns:wp="p" xmlns:pic="c"><wp:docPr id="1" descr="A line chart of the intensity, which rises from one to two."/>
            <pic:cNvPr id="1"/><w:bookmarkStart w:name="_spend"/><w:hyperlink w:anchor="_spend"/></w:document>
            """;
        var changed = told.StartsWith('_')
            ? Body.Replace($"anchor=\"{was}\"", $"anchor=\"{told}\"", StringComparison.Ordinal)
            : Regex.Replace(Body, "descr=\"[^\"]*\"", was.Length > 0 ? was : "$0");
        using (var package = ZipFile.Open(Path.Combine(_folder, "report.en.docx"), ZipArchiveMode.Create))
        using (var part = new StreamWriter(package.CreateEntry("word/document.xml").Open()))
            part.Write(changed);
        var found = Found("alt-text").Concat(Found("links")).ToList();
        if (told.Length == 0)
            Assert.Empty(found);
        else
            Assert.Contains(told, Assert.Single(found), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_is_no_page_is_told_and_breaks_nothing()
    {
        foreach (
            var page in (string[])
                [
                    "",
                    "<",
                    "<body></p></p>1</body>",
                    "</body><body",
                    "</p></p></script><svg>",
                    "<script>",
                    "<a href=\"\0\">一</a><a href=\"%zz\">",
                    "<svg><img src=\"//x\">",
                ]
        )
        {
            File.WriteAllText(Path.Combine(_folder, "report.en.html"), page);
            File.WriteAllText(Path.Combine(_folder, "report.zh.html"), page);
            foreach (var item in (string[])["alt-text", "translation", "links"])
                _ = Found(item);
            Assert.NotEmpty(passing.Linter.Check(page).Problems);
        }
    }

    private string[] Found(string item)
    {
        var proof = new Proof(_folder);
        return
        [
            .. (
                item switch
                {
                    "alt-text" => proof.Pictures(),
                    "translation" => proof.Untranslated(passing.Names),
                    _ => proof.Links(),
                }
            ).Select(f => f.En),
        ];
    }
}
