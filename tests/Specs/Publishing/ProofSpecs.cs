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

    /// <summary>Each with what finds it, and what is told.</summary>
    private static readonly (string Item, string File, string From, string To, string Told)[] Wrongs =
    [
        ("alt-text", "report.en.html", " role=\"img\" ", " role=\"img\" aria-label=\"x\" ", "no text in its place"),
        ("translation", "report.en.html", "Skip to the report", "Skip 到正文", "到正文"),
        ("translation", "report.en.html", ">Contents<", ">目录<", "目录"),
        ("links", "report.zh.html", "href=\"#spend\"", "href=\"#spent\"", "#spent"),
        ("links", "report.zh.html", "<section id=\"structure\"", "<section id=\"quality\"", "two places have the id quality"),
        ("links", "report.zh.html", "href=\"report.en.html\"", "href=\"../../../etc/passwd\"", "passwd"),
        ("links", "report.en.html", "href=\"report.zh.html\"", "href=\"https://example.org/report.zh.html\"", "example.org"),
    ];

    [Fact]
    public void What_is_wrong_is_told_with_its_file()
    {
        string[] items = [.. Wrongs.Select(w => w.Item).Distinct()];
        Assert.Empty(items.SelectMany(i => Found(i, passing.Report)));
        foreach (var page in Directory.EnumerateFiles(passing.Report, "report.*.html"))
            File.Copy(page, Path.Combine(_folder, Path.GetFileName(page)));
        foreach (var wrong in Wrongs)
            FinishedFile.Change(_folder, wrong.File, wrong.From, wrong.To);
        var found = items.ToDictionary(i => i, i => Found(i));
        Assert.All(
            Wrongs,
            w => Assert.Contains(found[w.Item], f => f.Contains(w.Told, StringComparison.Ordinal) && f.Contains(w.File, StringComparison.Ordinal))
        );
        // The pages lie here without the files of their charts.
        Assert.Contains(found["links"], f => f.Contains("charts/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_language_that_a_report_has_not_is_told()
    {
        Assert.NotEmpty(Found("translation"));
        File.Copy(Path.Combine(passing.Report, "report.zh.html"), Path.Combine(_folder, "report.zh.html"));
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
        var linter = passing.Linter;
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
            Assert.NotEmpty(linter.Check(page).Problems);
        }
    }

    private string[] Found(string item, string? folder = null)
    {
        var proof = new Proof(folder ?? _folder);
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
