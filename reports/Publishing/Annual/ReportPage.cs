using System.Text;
using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Annual;

/// <summary>The report as one page that needs nothing but itself: style, script, font and pictures are inside it.</summary>
internal sealed class ReportPage(PublishedRelease release, int year, IReadOnlyList<DrawnChart> charts, IReadOnlyList<Text> omitted)
{
    private static readonly (string Id, Section? Charts, Text Title)[] Chapters =
    [
        ("overview", Section.Overview, new("概览", "Overview")),
        ("spend", Section.Spend, new("研发投入", "R&D spend")),
        ("structure", Section.Structure, new("研发投入结构", "Structure of R&D spend")),
        ("enterprises", Section.Enterprises, new("分企业集团", "By enterprise group")),
        ("patents-chapter", Section.Patents, new("专利", "Patents")),
        ("awards-chapter", Section.Awards, new("科技奖励", "Awards")),
        ("capacity", Section.Capacity, new("项目、平台、企业与人才", "Projects, platforms, enterprises and people")),
        ("tasks", Section.Tasks, new("攻关任务与政策落实", "Key tasks and uptake of policies")),
        ("monthly", Section.Monthly, new("月度进展", "Monthly progress")),
        ("targets", Section.Targets, new("目标与进展", "Targets and progress")),
        ("quality", Section.Quality, new("数据质量与回收", "Data quality and response")),
        ("methods", null, new("方法与指标解释", "Methods and definitions")),
        ("revisions", null, new("修订", "Revisions")),
        ("footnotes", null, new("附注", "Footnotes")),
    ];

    private static readonly Text Programme = new(
        "《省属企业科技创新“1551”工程实施方案（2024—2028年）》",
        "Implementation plan of the \"1551\" project for S&T innovation of provincial state-owned enterprises (2024–2028)"
    );

    private readonly Numbering _numbers = new();
    private readonly Findings _findings = new(release, year);

    private Text Title =>
        new($"省属企业科技创新统计年度报告（{year}年）", $"Annual statistical report on science and technology of provincial state-owned enterprises, {year}");

    private string Banner =>
        release.Info.IsSynthetic
            ? $"<p class=\"synthetic\" role=\"note\">{Html.Both(Wording.Synthetic)} <span lang=\"{Html.Chinese}\">：本页数字由示例报表计算，企业均为虚构；标明来源的目标与参照数为真实公布数。</span><span lang=\"{Html.English}\">: the figures on this page were computed from sample returns of invented enterprises; targets and reference figures that name a source are real.</span></p>"
            : "";

    public byte[] Write()
    {
        var body = Body();
        var script = Asset.Embedded("report.js");
        var style = new Asset(PageFont.FaceFor(body, ChartFont.Regular, ChartFont.Bold) + Asset.Embedded("report.css").Content);
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"").Append(Html.Chinese).Append("\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ")
            .Append(style.PolicyHash)
            .Append("; script-src ")
            .Append(script.PolicyHash)
            .Append("; font-src data:; base-uri 'none'; form-action 'none'\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>").Append(Html.Escape(Title.Zh)).Append("</title>\n");
        page.Append("<style>").Append(style.Content).Append("</style>\n</head>\n").Append(body);
        page.Append("<script>").Append(script.Content).Append("</script>\n</body>\n</html>\n");
        return new UTF8Encoding(false).GetBytes(page.ToString());
    }

    private string Body()
    {
        var html = new Html();
        html.Line($"<body data-title-zh=\"{Html.Escape(Title.Zh)}\" data-title-en=\"{Html.Escape(Title.En)}\">");
        html.Element("a", new Text("跳到正文", "Skip to the report"), "class=\"skip\" href=\"#report\"");
        html.Raw("<header class=\"bar\"><strong>")
            .Text(new Text($"科技创新统计年报（{year}年）", $"S&T statistics, {year}"), Bound.Words(Prose.Period))
            .Raw("</strong>");
        html.Line(
            $"<div class=\"switch\" role=\"group\" aria-label=\"语言 Language\"><button type=\"button\" data-set-lang=\"{Html.Chinese}\" aria-pressed=\"true\">中文</button><button type=\"button\" data-set-lang=\"{Html.English}\" aria-pressed=\"false\">English</button></div></header>"
        );
        html.Line(Banner);
        html.Raw("<div class=\"layout\"><nav class=\"contents\" aria-labelledby=\"contents\">")
            .Element("h2", new Text("目录", "Contents"), "id=\"contents\"")
            .Line("<ol>");
        var chapters = Chapters.Select(c => (c.Id, c.Charts, Title: _numbers.Chapter(c.Title))).ToArray();
        foreach (var chapter in chapters)
            html.Raw($"<li><a href=\"#{chapter.Id}\">").Text(chapter.Title, Bound.Words(Prose.Order)).Line("</a></li>");
        html.Line("</ol></nav><main id=\"report\" tabindex=\"-1\">");
        html.Raw("<header class=\"title\">").Element("h1", Title, bound: Bound.Words(Prose.Period));
        html.Element("p", Programme, bound: Bound.Words(Prose.Name));
        html.Element(
                "p",
                new Text($"发布版本{release.Info.Id}，截至{release.Info.AsOf}", $"Release {release.Info.Id}, as of {release.Info.AsOf}"),
                bound: Bound.Words(Prose.Release)
            )
            .Line("</header>");
        foreach (var chapter in chapters)
            Chapter(html, chapter.Id, chapter.Charts, chapter.Title);
        html.Raw("<footer>")
            .Element(
                "p",
                new Text(
                    $"由发布版本{release.Info.Id}生成；各文件的摘要见 manifest.json。",
                    $"Made from release {release.Info.Id}; the hashes of all files stand in manifest.json."
                ),
                bound: Bound.Words(Prose.Release)
            )
            .Line("</footer></main></div>");
        return html.ToString();
    }

    private void Chapter(Html html, string id, Section? section, Text title)
    {
        html.Raw($"<section id=\"{id}\" aria-labelledby=\"{id}-title\">").Element("h2", title, $"id=\"{id}-title\"", Bound.Words(Prose.Order));
        if (section is { } of && _findings.Of(of) is { Count: > 0 } sentences)
            html.Line("<ul class=\"findings\">" + string.Concat(sentences.Select(s => $"<li>{s.ToHtml()}</li>")) + "</ul>");
        if (section == Section.Overview)
        {
            new KeyFigures(release, year).Write(html);
            new MainTable(release, year, _numbers).Write(html);
        }

        foreach (var chart in charts.Where(c => c.Scene.Definition.Section == section))
            ChartBlock.Write(html, chart, _numbers);
        var annexes = new Annexes(release, year, _numbers);
        switch (id)
        {
            case "spend":
                annexes.Changes(html);
                break;
            case "targets":
                new TargetTable(release, year, _numbers).Write(html);
                break;
            case "quality":
                annexes.Responses(html);
                annexes.Quality(html, omitted);
                break;
            case "methods":
                annexes.Definitions(html);
                break;
            case "revisions":
                annexes.Revisions(html);
                break;
            case "footnotes":
                annexes.Footnotes(html);
                break;
        }

        html.Line("</section>");
    }
}
