using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Annual;

/// <summary>Every number of the programme, with its qualifier in words, its scope and its source, beside what has been reached.</summary>
internal sealed class TargetTable(PublishedRelease release, int year)
{
    public void Write(Html html)
    {
        html.Line("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"t2\"><table>");
        html.Element("caption", new Text("表2 目标与公布的参照数（真实数据，来源见末列）", "Table 2. Targets and published reference figures (real; sources in the last column)"), "id=\"t2\"");
        html.Raw("<thead><tr>");
        Text[] headings = [new("类别", "Kind"), new("指标", "Indicator"), new("数值", "Value"), new("期限或截至", "Due or as of"), new("范围", "Scope"), new($"{year}年实绩", $"Actual {year}"), new("达成", "Attained"), new("来源与原文", "Source and wording")];
        for (var i = 0; i < headings.Length; i++)
            html.Element("th", headings[i], i is 2 or 5 or 6 ? "scope=\"col\" class=\"n\"" : "scope=\"col\"");
        html.Line("</tr></thead><tbody>");
        foreach (var target in release.Targets)
            Row(html, target);
        html.Line("</tbody></table></div>");
    }

    private void Row(Html html, Target target)
    {
        var show = FigureText.For(target);
        var qualifier = Wording.Qualifier(target.Qualifier);
        html.Raw("<tr><td>").Text(Wording.TargetKind(target.Kind)).Raw("</td>");
        html.Element("th", target.Name, "scope=\"row\"");
        html.Raw("<td class=\"n\">").Text(new Text(qualifier.Zh + show.Prose(target.Value, Language.Zh), $"{qualifier.En} {show.Prose(target.Value, Language.En)}".Trim())).Raw("</td>");
        html.Raw("<td>").Text(target.DueYear is { } due ? new Text($"{due}年", due.ToString(CultureInfo.InvariantCulture)) : target.AsOf.Length == 0 ? new Text("", "") : new Text($"截至 {target.AsOf}", $"as of {target.AsOf}")).Raw("</td>");
        html.Raw("<td class=\"text\">").Text(target.Scope).Raw("</td>");
        Reached(html, target);
        html.Raw("<td class=\"text\">").Text(target.Source).Raw("<br><q lang=\"zh\">").Text(target.Quote).Raw("</q></td>").Line("</tr>");
    }

    private void Reached(Html html, Target target)
    {
        var aim = TargetProgress.Aim(target, release, year);
        var comparable = aim is not null || target.Unit == TargetProgress.MetricOf(target, release).Unit && target.Unit != "percent";
        if (!comparable || TargetProgress.Actual(target, release, year) is not { Value: { } actual } figure)
        {
            html.Raw("<td class=\"n\"></td><td class=\"n\"></td>");
            return;
        }

        var show = FigureText.For(TargetProgress.MetricOf(target, release));
        var path = release.Paths.FirstOrDefault(p => p.TargetId == target.Id && p.Year == year);
        var against = path is null ? "" : "<br>" + Html.Both(new Text($"路径 {show.Prose(path.Value, Language.Zh)}", $"path {show.Prose(path.Value, Language.En)}"));
        html.Raw($"<td class=\"n\">{TableCell.WithUnit(figure, actual, show)}{against}</td>");
        html.Raw(aim is > 0 ? $"<td class=\"n\" data-figure=\"{Html.Escape(figure.Id)}\">{FigureText.For(TargetProgress.Attainment).Number(actual / aim.Value * 100)}%</td>" : "<td class=\"n\"></td>");
    }
}
