using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Annual;

/// <summary>The tables and texts at the end: responses, definitions, revisions.</summary>
internal sealed class Annexes(PublishedRelease release, int year)
{
    private const int MostRevisions = 300;

    public void Responses(Html html)
    {
        var rows = release.Responses.Where(r => r.Year == year).ToArray();
        if (rows.Length == 0)
            return;
        html.Line("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"t3\"><table>");
        html.Element("caption", new Text($"表3 {year}年报表回收情况", $"Table 3. Returns for {year}"), "id=\"t3\"");
        html.Raw("<thead><tr>").Element("th", new Text("报表", "Form"), "scope=\"col\"");
        foreach (var heading in new Text[] { new("应报", "Due"), new("已收", "Received"), new("通过", "Accepted"), new("回收率（%）", "Response rate (%)") })
            html.Element("th", heading, "scope=\"col\" class=\"n\"");
        html.Line("</tr></thead><tbody>");
        foreach (var r in rows)
            html.Raw("<tr>").Element("th", Html.Name(r.Name), "scope=\"row\"").Raw($"<td class=\"n\">{FigureText.Count(r.Expected)}</td><td class=\"n\">{FigureText.Count(r.Received)}</td><td class=\"n\">{FigureText.Count(r.Accepted)}</td>")
                .Line($"<td class=\"n\">{(r.Rate is { } rate ? FigureText.For(Charts.ResponseSeries.Rate).Number(rate) : FigureText.MissingMark)}</td></tr>");
        html.Line("</tbody></table></div>");
    }

    public void Quality(Html html, IReadOnlyList<Text> omitted)
    {
        var info = release.Info;
        html.Element("p", new Text(
            $"本发布版本由{FigureText.Count(info.InputCount)}份收到的文件得出；审核发现错误{FigureText.Count(info.Errors)}项、需说明的{FigureText.Count(info.Warnings)}项。有错误的行不进入汇总。",
            $"This release was made from {FigureText.Count(info.InputCount)} files received; checking found {FigureText.Count(info.Errors)} errors and {FigureText.Count(info.Warnings)} points to be explained. Rows with errors are kept out."));
        if (omitted.Count > 0)
            html.Element("p", new Text("因本发布版本没有相应数字而未绘的图：" + string.Join("；", omitted.Select(o => o.Zh)) + "。", "Charts left out because the release has no figures for them: " + string.Join("; ", omitted.Select(o => o.En)) + "."));
    }

    public void Definitions(Html html)
    {
        html.Element("p", new Text(
            "金额以万元存储，以亿元（1亿元 = 10000万元）显示，只在显示时四舍五入一次（五入远离零）。比率为合计之比，不是各企业比率的平均。增速不跨发布版本、不跨统计范围比较。研究开发费用、内部支出等口径不同，不可相加。初步数可能修订；缺失的年份不插补。",
            "Money is kept in units of 10,000 yuan and shown in units of 100 million yuan (10,000 times as much), rounded once, when shown, halves away from zero. A ratio is a ratio of sums, never a mean of ratios. Growth is never measured across editions or perimeters. The bases of R&D spend differ and must not be added. Provisional figures may be revised; missing years are not interpolated."));
        html.Line("<dl class=\"definitions\">");
        foreach (var metric in release.Metrics)
        {
            var show = FigureText.For(metric);
            html.Raw("<dt>").Text(metric.Name).Raw(show.Unit.Zh.Length == 0 ? "" : $" <span class=\"unit\">({Html.Both(show.Unit)})</span>").Line("</dt>");
            html.Element("dd", new Text($"{metric.Definition.Zh}{(metric.Basis.Zh.Length == 0 ? "" : $" 口径：{metric.Basis.Zh}。")}", $"{metric.Definition.En}{(metric.Basis.En.Length == 0 ? "" : $" Basis: {metric.Basis.En}.")}"));
        }

        html.Line("</dl>");
        foreach (var method in release.Paths.Select(p => (p.TargetId, p.Method)).Distinct())
            html.Element("p", new Text($"目标路径（{TargetName(method.TargetId).Zh}）：{method.Method.Zh}。", $"Target path ({TargetName(method.TargetId).En}): {method.Method.En}."), "class=\"note\"");
    }

    private Text TargetName(string id) => release.Targets.FirstOrDefault(t => t.Id == id)?.Name ?? new Text(id, id);

    public void Revisions(Html html)
    {
        if (release.Revisions.Count == 0)
        {
            html.Element("p", new Text("首次发布以来没有修订。", "Nothing has been revised since first publication."));
            return;
        }

        html.Line("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"t4\"><table>");
        html.Element("caption", new Text("表4 首次发布以来的修订", "Table 4. Revisions since first publication"), "id=\"t4\"");
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
            html.Element("p", new Text($"共{release.Revisions.Count}项，此处列前{MostRevisions}项；全部见 published.revision。", $"{release.Revisions.Count} in all, the first {MostRevisions} are shown; the rest stand in published.revision."), "class=\"note\"");
    }

    private void Revision(Html html, Revision r)
    {
        var show = FigureText.For(release.Metric(r.Metric));
        html.Raw("<tr>").Element("th", release.Metric(r.Metric).Name, "scope=\"row\"").Element("td", Html.Name(release.Category(r.Breakdown, r.Category).Name)).Raw("<td>").Text(r.Period).Raw("</td>").Element("td", show.Unit, "class=\"unit\"");
        html.Line($"<td class=\"n\">{Show(r.First, false)}</td><td class=\"n\">{Show(r.Latest, false)}</td><td class=\"n\">{Show(r.Change, true)}</td></tr>");

        string Show(decimal? value, bool signed) => value is { } v ? signed ? show.Signed(v) : show.Label(v) : FigureText.MissingMark;
    }

    public void Footnotes(Html html)
    {
        html.Line("<ol>");
        html.Element("li", new Text("省属企业名录随时间变化（更名、合并、划转），各年按当年名录汇总。", "The list of enterprises changes over time (renames, mergers, transfers); each year is summed over the list of that year."));
        html.Element("li", new Text("年度图的横轴一律为2020—2028年；方案实施期为2024—2028年。", $"Annual charts always run from 2020 to 2028; the programme runs from 2024 to 2028."));
        html.Element("li", new Text($"发布版本 {release.Info.Id}，定义摘要 {release.Info.DefinitionHash}，截至 {release.Info.AsOf}。", $"Release {release.Info.Id}, definitions {release.Info.DefinitionHash}, as of {release.Info.AsOf}."));
        html.Line("</ol>");
    }
}
