using System.IO.Compression;
using System.Xml;
using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Proofreading;

/// <summary>
/// Reads the finished files of a report, whatever they were made by: numerals, texts of pictures, translation, links. Only what a reader would open is read.
/// The PDF is made from the same document and is not read again.
/// </summary>
public sealed class Proof
{
    private const int MostBytes = 200 << 20;

    private readonly string _folder;
    private readonly List<(string Name, string Html, FinishedPage Page)> _pages = [];
    private readonly string[] _packages;

    /// <param name="folder">The folder of a report.</param>
    public Proof(string folder)
    {
        _folder = folder;
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        foreach (var file in files.Where(f => f.EndsWith(".html", StringComparison.Ordinal)))
        {
            var html = File.ReadAllText(file);
            _pages.Add((Name(file), html, new FinishedPage(html)));
        }
        _packages = [.. files.Where(f => Path.GetExtension(f) is ".docx" or ".xlsx" && new FileInfo(f).Length < MostBytes)];
    }

    /// <summary>What can be read on the pages, by file.</summary>
    public IEnumerable<(string Name, string Words)> Words => _pages.Select(p => (p.Name, p.Page.Words));

    /// <summary>Numerals that are bound to no figure of the release, or display as another.</summary>
    public IEnumerable<Text> Numerals(NumeralLinter linter) => _pages.SelectMany(p => linter.Check(p.Html).Problems.Select(f => At(p.Name, f)));

    /// <summary>Pictures of pages, Word files and workbooks that say nothing to who cannot see them.</summary>
    public IEnumerable<Text> Pictures()
    {
        foreach (var (name, _, page) in _pages)
        foreach (var picture in page.Elements.Where(e => e.Name is "svg" or "img" && e.Of("aria-hidden") != "true"))
            if (AltText.Lacks(picture.Of("aria-label") ?? picture.Of("alt")))
                yield return At(name, NoText(picture.Of("id")));
        foreach (var (name, element) in Parts("/drawing", "word/document.xml").Where(p => p.Element.Name is "docPr" or "cNvPr"))
            // Word writes the same picture a second time inside, as cNvPr, without its text.
            if (!(name.EndsWith(".docx", StringComparison.Ordinal) && element.Name == "cNvPr") && AltText.Lacks(element.Of("descr")))
                yield return At(name, NoText(element.Of("name")));
    }

    /// <summary>Languages that a report has not, and Chinese on an English page that is no name.</summary>
    /// <param name="names">What is Chinese in either language: names of enterprises and of what they state, words of a source.</param>
    public IEnumerable<Text> Untranslated(IEnumerable<string> names)
    {
        string[] foreign = [.. names.Append(Wording.Synthetic.En).Append("中文").Where(Wording.IsChinese).Distinct().OrderByDescending(n => n.Length)];
        if (_pages.Count == 0)
            yield return At("", new("没有网页：请以 html 格式生成报告", "there is no page: make the report in html"));
        foreach (var place in _pages.GroupBy(p => p.Name[..^Ending(p.Name).Length], StringComparer.Ordinal))
        {
            var (chinese, english) = (place.FirstOrDefault(p => Ending(p.Name) == ".zh.html"), place.FirstOrDefault(p => Ending(p.Name) == ".en.html"));
            if (chinese.Page is null || english.Page is null)
            {
                var missing = place.Key + (chinese.Page is null ? ".zh.html" : ".en.html");
                yield return At(missing, new("没有这种语言的网页", "there is no page in this language"));
                continue;
            }
            foreach (var text in english.Page.Texts.Where(Wording.IsChinese).Distinct(StringComparer.Ordinal))
            {
                var rest = foreign.Aggregate(text, (t, name) => t.Replace(name, "", StringComparison.Ordinal)).Trim();
                if (Wording.IsChinese(rest) && !foreign.Any(n => n.Contains(rest.TrimEnd('…'), StringComparison.Ordinal)))
                    yield return At(english.Name, new($"未译：{text}", $"not translated: {text}"));
            }
        }
    }

    /// <summary>Links that lead nowhere: to no place on the page, to no file beside it, or out of it. Ids that two places have.</summary>
    public IEnumerable<Text> Links()
    {
        foreach (var (name, _, page) in _pages)
        {
            var ids = page.Elements.Select(e => e.Of("id")).OfType<string>().ToArray();
            foreach (var twice in ids.GroupBy(i => i, StringComparer.Ordinal).Where(g => g.Count() > 1))
                yield return At(name, new($"编号 {twice.Key} 有两处", $"two places have the id {twice.Key}"));
            var places = ids.ToHashSet(StringComparer.Ordinal);
            var leads = page.Elements.SelectMany(e => new[] { e.Name == "a" ? e.Of("href") : null, e.Name == "img" ? e.Of("src") : null });
            foreach (var link in leads.OfType<string>().Distinct(StringComparer.Ordinal))
                if (link.StartsWith('#') ? !places.Contains(link[1..]) : !IsBeside(name, link))
                    yield return At(name, new($"链接不通：{link}", $"the link leads nowhere: {link}"));
        }
        foreach (var document in Parts("word/document.xml").GroupBy(p => p.Name, StringComparer.Ordinal))
        {
            var places = document.Where(p => p.Element.Name == "bookmarkStart").Select(p => p.Element.Of("name")).ToHashSet(StringComparer.Ordinal);
            foreach (var link in document.Where(p => p.Element.Name == "hyperlink").Select(p => p.Element.Of("anchor")).OfType<string>().Distinct())
                if (!places.Contains(link))
                    yield return At(document.Key, new($"链接不通：{link}", $"the link leads nowhere: {link}"));
        }
    }

    /// <summary>Nothing is asked of the network: a report leads to its own files alone.</summary>
    private bool IsBeside(string page, string link)
    {
        var named = Uri.UnescapeDataString(link.Split('#')[0]);
        return Uri.TryCreate(link, UriKind.Relative, out _)
            && !named.Contains('\0')
            && Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.Combine(_folder, page))!, named)) is var file
            && file.StartsWith(Path.GetFullPath(_folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && File.Exists(file);
    }

    /// <summary>The elements of those parts of the Office files whose names hold one of these.</summary>
    private IEnumerable<(string Name, Element Element)> Parts(params string[] parts)
    {
        foreach (var file in _packages)
        {
            using var package = ZipFile.OpenRead(file);
            foreach (
                var entry in package.Entries.Where(e =>
                    e.FullName.EndsWith(".xml", StringComparison.Ordinal) && parts.Any(p => e.FullName.Contains(p, StringComparison.Ordinal))
                )
            )
            {
                using var stream = entry.Open();
                using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
                while (reader.Read())
                    if (reader.NodeType == XmlNodeType.Element && reader.LocalName is "docPr" or "cNvPr" or "bookmarkStart" or "hyperlink")
                    {
                        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
                        var name = reader.LocalName;
                        while (reader.MoveToNextAttribute())
                            attributes[reader.LocalName] = reader.Value;
                        yield return (Name(file), new(name, attributes));
                    }
            }
        }
    }

    private static Text NoText(string? picture) =>
        new(
            picture is null ? "有一幅图没有替代文字" : $"图 {picture} 没有替代文字",
            $"{(picture is null ? "a picture" : $"the picture {picture}")} has no text in its place"
        );

    private static string Ending(string name) =>
        name.EndsWith(".zh.html", StringComparison.Ordinal) ? ".zh.html"
        : name.EndsWith(".en.html", StringComparison.Ordinal) ? ".en.html"
        : ".html";

    private string Name(string file) => Path.GetRelativePath(_folder, file).Replace('\\', '/');

    private Text At(string name, Text what)
    {
        var place = name.Length == 0 ? Path.GetFileName(_folder) : $"{Path.GetFileName(_folder)}/{name}";
        return new($"{place}：{what.Zh}", $"{place}: {what.En}");
    }
}
