using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Annual;

/// <summary>Every number of the programme, with its scope, its qualifier in words and its source, beside what has been reached.</summary>
internal sealed class TargetTable(PublishedRelease release, int year, Numbering numbers)
{
    private readonly Text[] _sources = release.Targets.Select(t => t.Source).Where(s => s.Zh.Length > 0).Distinct().ToArray();

    public void Write(Html html)
    {
        Table(
            html,
            "t-target",
            new Text("目标与计划（目标数为真实数据，来源见表后）", "Targets and plans (the targets are real; sources below)"),
            release.Targets.Where(t => t.Kind is TargetKind.Target or TargetKind.Plan),
            attained: true
        );
        Table(
            html,
            "t-reference",
            new Text(
                "公布的参照数（公布数为真实数据，供比较，不是目标）",
                "Published reference figures (the published ones are real; to compare with, not to reach)"
            ),
            release.Targets.Where(t => t.IsReference && t.Metric.Length > 0),
            attained: false
        );
        if (release.Targets.Any(t => t.IsReference && t.Metric.Length == 0))
        {
            html.Raw("<details><summary>").Text(new Text("公布的其他数字（背景）", "Other published numbers (context)")).Line("</summary>");
            Table(
                html,
                "t-context",
                new Text("公布的其他数字（真实数据）", "Other published numbers (real)"),
                release.Targets.Where(t => t.IsReference && t.Metric.Length == 0),
                attained: false
            );
            html.Line("</details>");
        }

        html.Element("p", new Text("来源：", "Sources:"), "class=\"note\"").Line("<ol class=\"note\">");
        for (var i = 0; i < _sources.Length; i++)
            html.Raw($"<li id=\"source-{Number(i)}\">").Text(_sources[i], Bound.Words(Prose.Quote)).Line("</li>");
        html.Line("</ol>");
    }

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);

    private void Table(Html html, string id, Text title, IEnumerable<Target> targets, bool attained)
    {
        var rows = targets.ToArray();
        if (rows.Length == 0)
            return;
        html.Line($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{id}\"><table>");
        html.Element("caption", numbers.Table(title), $"id=\"{id}\"", Bound.Words(Prose.Order));
        html.Raw("<thead><tr>")
            .Element("th", new Text("指标", "Indicator"), "scope=\"col\"")
            .Element("th", new Text("数值", "Value"), "scope=\"col\" class=\"n\"");
        html.Element("th", new Text("所指时期", "Refers to"), "scope=\"col\"")
            .Element("th", new Text("期限", "Due"), "scope=\"col\"")
            .Element("th", new Text("公布时间", "Stated"), "scope=\"col\"");
        html.Element("th", new Text("实绩", "Actual"), "scope=\"col\" class=\"n\"");
        if (attained)
            html.Element("th", new Text("达到目标的程度", "Attainment"), "scope=\"col\" class=\"n\"");
        html.Element("th", new Text("原文与来源", "Wording and source"), "scope=\"col\"").Line("</tr></thead><tbody>");
        foreach (var target in rows)
            Row(html, target, attained);
        html.Line("</tbody></table></div>");
    }

    private void Row(Html html, Target target, bool attained)
    {
        var show = FigureText.For(target);
        var qualifier = Wording.Qualifier(target.Qualifier);
        html.Raw(
            $"<tr><th scope=\"row\">{Html.Both(target.Name, Bound.Words(Prose.Name))} <span class=\"scope\">{Html.Both(target.Scope, Bound.Words(Prose.Name))}</span></th>"
        );
        html.Raw("<td class=\"n\">")
            .Text(
                new Text(qualifier.Zh + show.Prose(target.Value, Language.Zh), $"{qualifier.En} {show.Prose(target.Value, Language.En)}".Trim()),
                Bound.Target(target.Id)
            )
            .Raw("</td>");
        var due = target.DueYear is { } by ? new Text($"{by}年", $"{by}") : new Text("", "");
        foreach (var when in new[] { Wording.Period(target.BasePeriod), due, Wording.AsOf(target) })
            html.Raw("<td class=\"kind\">").Text(when, Bound.Words(Prose.Period)).Raw("</td>");
        Reached(html, target, attained);
        html.Raw("<td class=\"text\">");
        if (target.Quote.Length > 0)
            html.Raw("<q lang=\"zh\" data-prose=\"quote\">").Text(target.Quote).Raw("</q> ");
        if (Array.IndexOf(_sources, target.Source) is >= 0 and var source)
            html.Raw($"<a href=\"#source-{Number(source)}\" data-prose=\"order\">[{Number(source)}]</a>");
        html.Raw("</td>").Line("</tr>");
    }

    /// <summary>The figure that the number is held against, with its year; the path beside it; for targets and plans how far, and what is missing.</summary>
    private void Reached(Html html, Target target, bool attained)
    {
        var standing = TargetProgress.Standing(target, release, year);
        var progress = TargetProgress.Of(target, release, year);
        html.Raw("<td class=\"n\">");
        if (standing is not null && release.Figure(standing.FigureId) is { Value: not null } actual)
        {
            var show = FigureText.For(release.Metric(actual.Metric));
            html.Raw(TableCell.WithUnit(actual, show)).Text(new Text($"（{actual.Year}年）", $" ({actual.Year})"), Bound.Words(Prose.Period));
            if (
                release.Paths.FirstOrDefault(p => p.TargetId == target.Id && p.Year == standing.Year) is { } path
                && target.DueYear != standing.Year
                && FigureText.For(release.Metric(path.Metric)) is var along
            )
                html.Raw("<br>")
                    .Text(
                        new Text($"路径{along.Prose(path.Value, Language.Zh)}", $"path {along.Prose(path.Value, Language.En)}"),
                        Bound.Path(target.Id, path.Year)
                    );
            if (!target.IsReference && standing.Missing is > 0 and var missing)
                html.Raw("<br>")
                    .Text(new Text($"还差{show.Prose(missing, Language.Zh)}", $"missing {show.Prose(missing, Language.En)}"), standing.Key("missing"));
        }

        html.Raw("</td>");
        if (attained)
            html.Raw(
                progress is null
                    ? "<td class=\"n\"></td>"
                    : $"<td class=\"n\">{Html.Marked(progress.Bound, FigureText.For(TargetProgress.Attainment).Number(progress.Percent) + "%")}</td>"
            );
    }
}
