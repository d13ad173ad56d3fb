using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Annual;

/// <summary>Every number of the programme, with its scope, its qualifier in words and its source, beside what has been reached.</summary>
internal sealed class TargetTable(PublishedRelease release, int year)
{
    private readonly string[] sources = release.Targets.Select(t => t.Source).Where(s => s.Length > 0).Distinct().ToArray();

    public void Write(Html html)
    {
        Table(html, "t2", new Text("表2 目标、计划与公布的参照数（真实数据，来源见表后）", "Table 2. Targets, plans and published reference figures (real; sources below)"), release.Targets.Where(t => t.Kind != TargetKind.Context));
        if (release.Targets.Any(t => t.Kind == TargetKind.Context))
        {
            html.Raw("<details><summary>").Text(new Text("公布的其他数字（背景）", "Other published numbers (context)")).Line("</summary>");
            Table(html, "t2c", new Text("公布的其他数字（真实数据）", "Other published numbers (real)"), release.Targets.Where(t => t.Kind == TargetKind.Context));
            html.Line("</details>");
        }

        html.Element("p", new Text("来源：", "Sources:"), "class=\"note\"").Line("<ol class=\"note\">");
        for (var i = 0; i < sources.Length; i++)
            html.Raw($"<li id=\"source-{Number(i)}\">").Text(sources[i]).Line("</li>");
        html.Line("</ol>");
    }

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);

    private void Table(Html html, string id, Text caption, IEnumerable<Target> targets)
    {
        html.Line($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{id}\"><table>");
        html.Element("caption", caption, $"id=\"{id}\"");
        html.Raw("<thead><tr>");
        Text[] headings = [new("类别", "Kind"), new("指标", "Indicator"), new("数值", "Value"), new("期限或截至", "Due or as of"), new($"{year}年实绩", $"Actual {year}"), new("达成", "Attained"), new("原文与来源", "Wording and source")];
        for (var i = 0; i < headings.Length; i++)
            html.Element("th", headings[i], i is 2 or 4 or 5 ? "scope=\"col\" class=\"n\"" : "scope=\"col\"");
        html.Line("</tr></thead><tbody>");
        foreach (var target in targets)
            Row(html, target);
        html.Line("</tbody></table></div>");
    }

    private void Row(Html html, Target target)
    {
        var show = FigureText.For(target);
        var qualifier = Wording.Qualifier(target.Qualifier);
        html.Raw("<tr><td class=\"kind\">").Text(Wording.TargetKind(target.Kind)).Raw("</td>");
        html.Raw($"<th scope=\"row\">{Html.Both(target.Name)} <span class=\"scope\">{Html.Both(target.Scope)}</span></th>");
        html.Raw("<td class=\"n\">").Text(new Text(qualifier.Zh + show.Prose(target.Value, Language.Zh), $"{qualifier.En} {show.Prose(target.Value, Language.En)}".Trim())).Raw("</td>");
        html.Raw("<td class=\"kind\">").Text(When(target)).Raw("</td>");
        Reached(html, target);
        html.Raw("<td class=\"text\">");
        if (target.Quote.Length > 0)
            html.Raw("<q lang=\"zh\">").Text(target.Quote).Raw("</q> ");
        if (Array.IndexOf(sources, target.Source) is >= 0 and var source)
            html.Raw($"<a href=\"#source-{Number(source)}\">[{Number(source)}]</a>");
        html.Raw("</td>").Line("</tr>");
    }

    private static Text When(Target target) => target switch
    {
        { DueYear: { } due } => new Text($"{due}年", due.ToString(CultureInfo.InvariantCulture)),
        { AsOf.Length: > 0 } => new Text($"截至 {target.AsOf}", $"as of {target.AsOf}"),
        _ => new Text("", ""),
    };

    private void Reached(Html html, Target target)
    {
        var aim = TargetProgress.Aim(target, release, year);
        if (aim is not > 0 || TargetProgress.Actual(target, release, year) is not { Value: { } actual } figure)
        {
            html.Raw("<td class=\"n\"></td><td class=\"n\"></td>");
            return;
        }

        var show = FigureText.For(TargetProgress.MetricOf(target, release));
        var path = release.Paths.FirstOrDefault(p => p.TargetId == target.Id && p.Year == year);
        var against = path is null ? "" : "<br>" + Html.Both(new Text($"路径 {show.Prose(path.Value, Language.Zh)}", $"path {show.Prose(path.Value, Language.En)}"));
        html.Raw($"<td class=\"n\">{TableCell.WithUnit(figure, actual, show)}{against}</td>");
        html.Raw($"<td class=\"n\" data-figure=\"{Html.Escape(figure.Id)}\">{FigureText.For(TargetProgress.Attainment).Number(actual / aim.Value * 100)}%</td>");
    }
}
