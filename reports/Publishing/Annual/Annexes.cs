using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Annual;

/// <summary>The tables and texts at the end: responses, definitions, revisions.</summary>
internal sealed class Annexes(PublishedRelease release, int year, Numbering numbers)
{
    private const int MostRevisions = 300;

    public void Responses(Html html)
    {
        var rows = release.Responses.Where(r => r.Year == year).ToArray();
        if (rows.Length == 0)
            return;
        html.Line("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"t-response\"><table>");
        html.Element("caption", numbers.Table(new($"{year}年报表回收情况", $"Returns for {year}")), "id=\"t-response\"", Bound.Words(Prose.Order));
        html.Raw("<thead><tr>").Element("th", new Text("报表", "Form"), "scope=\"col\"");
        foreach (var heading in new Text[] { new("应报", "Due"), new("已收", "Received"), new("通过", "Accepted"), new("回收率（%）", "Response rate (%)") })
            html.Element("th", heading, "scope=\"col\" class=\"n\"");
        html.Line("</tr></thead><tbody>");
        foreach (var r in rows)
        {
            html.Raw("<tr>").Element("th", Html.Name(r.Name), "scope=\"row\"", Bound.Words(Prose.Name));
            foreach (var (count, column) in new[] { (r.Expected, "expected"), (r.Received, "received"), (r.Accepted, "accepted") })
                html.Raw($"<td class=\"n\">{Html.Marked(r.Key(column), FigureText.Count(count))}</td>");
            html.Line(
                TableCell.Of(r.Key("rate"), r.Rate, r.Rate is null ? FigureStatus.Missing : FigureStatus.Actual, FigureText.For(Charts.ResponseSeries.Rate))
                    + "</tr>"
            );
        }

        html.Line("</tbody></table></div>");
    }

    public void Quality(Html html, IReadOnlyList<Text> omitted)
    {
        var info = release.Info;
        html.Raw("<p>")
            .Raw(
                new Sentence()
                    .Say("本发布版本由", "This release was made from ")
                    .Count(info.InputCount, Bound.Record("release/input_count"))
                    .Say("份收到的文件得出；审核发现错误", " files received; checking found ")
                    .Count(info.Errors, Bound.Record("release/finding_errors"))
                    .Say("项、需说明的", " errors and ")
                    .Count(info.Warnings, Bound.Record("release/finding_warnings"))
                    .Say("项。有错误的行不进入汇总。", " points to be explained. Rows with errors are kept out.")
                    .ToHtml()
            )
            .Line("</p>");
        if (omitted.Count > 0)
            html.Element(
                "p",
                new Text(
                    "因本发布版本没有相应数字而未绘的图：" + string.Join("；", omitted.Select(o => o.Zh)) + "。",
                    "Charts left out because the release has no figures for them: " + string.Join("; ", omitted.Select(o => o.En)) + "."
                ),
                bound: Bound.Words(Prose.Name)
            );
    }

    public void Definitions(Html html)
    {
        html.Element(
            "p",
            new Text(
                "金额以万元存储，以亿元（1亿元 = 10000万元）显示，只在显示时四舍五入一次（五入远离零）。比率为合计之比，不是各企业比率的平均。增速不跨发布版本、不跨统计范围比较。研究开发费用、内部支出等口径不同，不可相加。快报数和初步数可能修订；缺失的年份不插补。",
                "Money is kept in units of 10,000 yuan and shown in hundreds of millions of yuan (10,000 times as much), rounded once, when shown, halves away from zero. A ratio is a ratio of sums, never a mean of ratios. Growth is never measured across editions or perimeters. The bases of R&D spend differ and must not be added. Flash and preliminary figures may be revised; missing years are not interpolated."
            ),
            bound: Bound.Words(Prose.Text)
        );
        html.Line("<dl class=\"definitions\">");
        foreach (var metric in release.Metrics)
        {
            var show = FigureText.For(metric);
            html.Raw("<dt>")
                .Text(metric.Name, Bound.Words(Prose.Name))
                .Raw(show.Unit.Zh.Length == 0 ? "" : $" <span class=\"unit\">({Html.Both(show.Unit)})</span>")
                .Line("</dt>");
            html.Element(
                "dd",
                new Text(
                    $"{metric.Definition.Zh}{(metric.Basis.Zh.Length == 0 ? "" : $" 口径：{metric.Basis.Zh}。")}",
                    $"{metric.Definition.En}{(metric.Basis.En.Length == 0 ? "" : $" Basis: {metric.Basis.En}.")}"
                ),
                bound: Bound.Words(Prose.Name)
            );
        }

        html.Line("</dl>");
        foreach (var method in release.Paths.Select(p => (p.TargetId, p.Method)).Distinct())
            html.Element(
                "p",
                new Text(
                    $"目标路径（{TargetName(method.TargetId).Zh}）：{method.Method.Zh}。",
                    $"Target path ({TargetName(method.TargetId).En}): {method.Method.En}."
                ),
                "class=\"note\"",
                Bound.Words(Prose.Name)
            );
    }

    private Text TargetName(string id) => release.Targets.FirstOrDefault(t => t.Id == id)?.Name ?? new Text(id, id);

    public void Revisions(Html html)
    {
        if (release.Revisions.Count == 0)
        {
            html.Element("p", new Text("首次发布以来没有修订。", "Nothing has been revised since first publication."));
            return;
        }

        html.Line("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"t-revision\"><table>");
        html.Element("caption", numbers.Table(new("首次发布以来的修订", "Revisions since first publication")), "id=\"t-revision\"", Bound.Words(Prose.Order));
        html.Raw("<thead><tr>");
        foreach (var heading in new Text[] { new("指标", "Indicator"), new("类别", "Category"), new("时期", "Period"), new("单位", "Unit") })
            html.Element("th", heading, "scope=\"col\"");
        foreach (var heading in new Text[] { new("首次", "First"), new("现在", "Now"), new("变动", "Change") })
            html.Element("th", heading, "scope=\"col\" class=\"n\"");
        html.Line("</tr></thead><tbody>");
        foreach (var r in release.Revisions.Take(MostRevisions))
            Revision(html, r);
        html.Line("</tbody></table></div>");
        if (release.Revisions.Count > MostRevisions)
            html.Element(
                "p",
                new Text("此处未全部列出；全部见 published.revision。", "Not all are shown; the rest stand in published.revision."),
                "class=\"note\""
            );
    }

    private void Revision(Html html, Revision r)
    {
        var show = FigureText.For(release.Metric(r.Metric));
        html.Raw("<tr>")
            .Element("th", release.Metric(r.Metric).Name, "scope=\"row\"", Bound.Words(Prose.Name))
            .Element("td", Html.Name(release.Category(r.Breakdown, r.Category).Name), bound: Bound.Words(Prose.Name))
            .Element("td", new Text(r.Period, r.Period), bound: Bound.Words(Prose.Period))
            .Element("td", show.Unit, "class=\"unit\"");
        html.Line(
            TableCell.Of(r.Key("first_value"), r.First, FigureStatus.Actual, show)
                + TableCell.Of(r.Key("latest_value"), r.Latest, FigureStatus.Actual, show)
                + TableCell.Of(r.Key("change"), r.Change, FigureStatus.Actual, show with { IsChange = true })
                + "</tr>"
        );
    }

    private static readonly IReadOnlyList<(string Column, Text Name, Func<Change, decimal> Of)> Columns =
    [
        ("value_before", new("上年", "Year before"), c => c.Before),
        .. Charts.ChangeSeries.Parts,
        ("value", new("本年", "Year"), c => c.Now),
    ];

    /// <summary>What the change of each amount is made of, the missing beside the gone.</summary>
    public void Changes(Html html)
    {
        var changes = release.Changes.Where(c => c.Year == year).ToArray();
        if (changes.Length == 0)
            return;
        html.Line("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"t-change\"><table>");
        html.Element("caption", numbers.Table(new($"{year}年变动分解", $"What the change in {year} is made of")), "id=\"t-change\"", Bound.Words(Prose.Order));
        html.Raw("<thead><tr>").Element("th", new Text("指标", "Indicator"), "scope=\"col\"");
        foreach (var part in Columns)
            html.Element("th", part.Name, "scope=\"col\" class=\"n\"");
        html.Line("</tr></thead><tbody>");
        var rounded = false;
        foreach (var c in changes)
        {
            var show = FigureText.For(release.Metric(c.Metric));
            html.Raw(
                $"<tr><th scope=\"row\">{Html.Both(release.Metric(c.Metric).Name, Bound.Words(Prose.Name))} <span class=\"unit\">{Html.Both(show.Unit)}</span></th>"
            );
            foreach (var (column, _, of) in Columns)
                html.Raw(TableCell.Of(c.Key(column), of(c), FigureStatus.Actual, column is "value" or "value_before" ? show : show with { IsChange = true }));
            html.Line("</tr>");
            rounded |= Columns.SkipLast(1).Sum(p => show.Rounded(p.Of(c))) != show.Rounded(c.Now);
        }

        html.Line("</tbody></table></div>");
        foreach (var c in changes.Where(c => c.Missing > 0))
            html.Raw("<p class=\"note\">")
                .Raw(
                    new Sentence()
                        .Name(release.Metric(c.Metric).Name)
                        .Say("：名录内", ": ")
                        .Count(c.Missing, c.Key("missing"))
                        .Say(
                            "户未报，其数缺失，单列为“未报”，不计入退出。",
                            " enterprises of the register have not reported; what they had is shown as non-response, not among the exits."
                        )
                        .ToHtml()
                )
                .Line("</p>");
        foreach (var c in changes.Where(c => c.UnsharedSplits > 0))
            html.Raw("<p class=\"note\">")
                .Raw(
                    new Sentence()
                        .Name(release.Metric(c.Metric).Name)
                        .Say("：本年", ": ")
                        .Count(c.UnsharedSplits, c.Key("unshared_splits"))
                        .Say("起分立未载明份额，两侧合为一户计算。", " splits of the year have no share in the register; both sides count as one.")
                        .ToHtml()
                )
                .Line("</p>");
        if (rounded)
            html.Element(
                "p",
                new Text(
                    "因四舍五入，分项之和可能不等于本年数，未作机械调整。",
                    "Parts are rounded and may not sum to the year's figure; nothing was adjusted."
                ),
                "class=\"note\""
            );
    }

    public void Footnotes(Html html)
    {
        html.Line("<ol>");
        html.Element(
            "li",
            new Text(
                "省属企业名录随时间变化（更名、合并、划转），各年按当年名录汇总。",
                "The list of enterprises changes over time (renames, mergers, transfers); each year is summed over the list of that year."
            )
        );
        html.Element(
            "li",
            new Text(
                "年度图的横轴一律为2020—2028年；方案实施期为2024—2028年。",
                "Annual charts always run from 2020 to 2028; the programme runs from 2024 to 2028."
            ),
            bound: Bound.Words(Prose.Period)
        );
        html.Element(
            "li",
            new Text(
                $"发布版本{release.Info.Id}，定义摘要{release.Info.DefinitionHash}，截至{release.Info.AsOf}。",
                $"Release {release.Info.Id}, definitions {release.Info.DefinitionHash}, as of {release.Info.AsOf}."
            ),
            bound: Bound.Words(Prose.Release)
        );
        html.Line("</ol>");
    }
}
