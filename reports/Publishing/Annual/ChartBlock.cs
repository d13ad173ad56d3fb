using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Charts.Output;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Annual;

/// <summary>A chart on the page: caption, picture, note, the table behind it, and its files.</summary>
internal static class ChartBlock
{
    public static void Write(Html html, DrawnChart chart, Numbering numbers)
    {
        var scene = chart.Scene;
        var id = scene.Definition.Id;
        html.Line($"<figure id=\"{id}\">");
        html.Raw("<figcaption><span class=\"no\">").Text(numbers.Figure(), Bound.Words(Prose.Order)).Raw("</span>").Text(scene.Title, Bound.Words(Prose.Name));
        if (scene.IsSynthetic)
            html.Raw("<span class=\"tag\">").Text(Wording.Synthetic).Raw("</span>");
        html.Line("</figcaption>");
        html.Raw("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"").Text(scene.Definition.Title.ToString()).Line("\">");
        html.Line(chart.Zh.Inline(Language.Zh));
        html.Line(chart.En.Inline(Language.En));
        html.Line("</div>");
        if (scene.Notes.Count > 0)
            html.Element(
                "p",
                new Text("注：" + string.Concat(scene.Notes.Select(n => n.Zh)), "Note: " + string.Join(' ', scene.Notes.Select(n => n.En))),
                "class=\"note\"",
                Bound.Words(Prose.Text)
            );
        html.Raw("<details><summary>").Text(new Text("图中数据", "Data behind the chart")).Line("</summary>");
        DataTable.Write(html, scene);
        html.Line("</details>");
        html.Raw("<p class=\"files\">").Text(new Text("下载：", "Files: "));
        html.Raw($"<span lang=\"{Html.Chinese}\"><a href=\"charts/{id}.zh.png\" download>PNG</a><a href=\"charts/{id}.zh.svg\" download>SVG</a></span>");
        html.Raw($"<span lang=\"{Html.English}\"><a href=\"charts/{id}.en.png\" download>PNG</a><a href=\"charts/{id}.en.svg\" download>SVG</a></span>");
        html.Raw($"<a href=\"charts/{id}.csv\" download>CSV</a><a href=\"charts/{id}.csv.about.json\" download>").Text(new Text("CSV 说明", "About the CSV"));
        html.Line($"</a><a href=\"charts/{id}.arrow\" download>Arrow</a></p>");
        html.Line("</figure>");
    }
}

/// <summary>The table behind a chart. The longer of series and slots goes down the page.</summary>
internal static class DataTable
{
    private const int MostSeriesAcross = 4;

    public static void Write(Html html, ChartScene scene)
    {
        html.Line("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + Html.Escape(scene.Definition.Title.ToString()) + "\"><table>");
        html.Element("caption", new Text($"{scene.Title.Zh}。{scene.Unit.Zh}", $"{scene.Title.En}. {scene.Unit.En}"), bound: Bound.Words(Prose.Name));
        if (scene.SlotKind != SlotKind.Categories && scene.Series.Count > MostSeriesAcross)
            SeriesDown(html, scene);
        else
            SlotsDown(html, scene);
        html.Line("</tbody></table></div>");
        MainTable.Legend(html);
    }

    private static Bound Slots(ChartScene scene, int slot) =>
        scene.SlotKind switch
        {
            SlotKind.Categories => scene.Definition.Kind == ChartKind.Progress && scene.Series[0].Points[slot] is { } point
                ? point.Bound
                : Bound.Words(Prose.Name),
            _ => Bound.Words(Prose.Period),
        };

    private static void SlotsDown(Html html, ChartScene scene)
    {
        IReadOnlyList<SceneSeries> series = scene.Totals is { } totals ? [.. scene.Series, totals] : scene.Series;
        html.Raw("<thead><tr>").Element("th", scene.SlotHeading, "scope=\"col\"");
        foreach (var s in series)
            html.Element(
                "th",
                WithUnit(s),
                "scope=\"col\" class=\"n\"",
                Bound.Words(scene.SlotKind == SlotKind.Categories && s.Name.En.All(char.IsAsciiDigit) ? Prose.Period : Prose.Name)
            );
        foreach (var path in scene.Paths)
            html.Element("th", path.Name, "scope=\"col\" class=\"n\"", Bound.Target(path.Target.Id));
        html.Line("</tr></thead><tbody>");
        for (var i = 0; i < scene.Slots.Count; i++)
        {
            html.Raw("<tr>").Element("th", Html.Name(scene.Slots[i].Label), "scope=\"row\"", Slots(scene, i));
            foreach (var s in series)
                html.Raw(Cell(s, i));
            foreach (var path in scene.Paths)
                html.Raw(
                    path.Points.Where(p => p.Slot == i)
                        .Select(p => TableCell.Of(Bound.Path(path.Target.Id, SceneBuilder.FirstYear + i), p.Value, FigureStatus.Actual, path.Show))
                        .FirstOrDefault("<td class=\"n\"></td>")
                );
            html.Line("</tr>");
        }

        foreach (var mark in scene.References)
            Mark(mark.Target, new Text($"参照数（截至{Wording.AsOf(mark.Target).Zh}）", $"Reference (as of {Wording.AsOf(mark.Target).En})"));
        foreach (var aim in scene.Aims)
            Mark(aim.Target, aim.Target.DueYear is { } due ? new Text($"{due}年目标", $"Target for {due}") : new Text("计划", "Plan"));

        void Mark(Target target, Text name)
        {
            html.Raw("<tr>").Element("th", name, "scope=\"row\"", Bound.Words(Prose.Period));
            var told = TargetMarks.Carrier(scene, TargetMarks.Key(target));
            html.Line(
                string.Concat(
                    series.Select(s =>
                        $"<td class=\"n\">{(ReferenceEquals(s, told) ? Html.Both(Qualified(target, s.Show), Bound.Target(target.Id)) : "")}</td>"
                    )
                ) + "</tr>"
            );
        }
    }

    private static Text Qualified(Target target, FigureText show)
    {
        var qualifier = Wording.Qualifier(target.Qualifier);
        return new Text(qualifier.Zh + show.Number(target.Value), $"{qualifier.En} {show.Number(target.Value)}".TrimStart());
    }

    private static void SeriesDown(Html html, ChartScene scene)
    {
        html.Raw("<thead><tr>").Element("th", new Text("系列", "Series"), "scope=\"col\"");
        foreach (var slot in scene.Slots)
            html.Element("th", slot.Label, "scope=\"col\" class=\"n\"", Bound.Words(Prose.Period));
        html.Line("</tr></thead><tbody>");
        foreach (var s in scene.Totals is { } totals ? scene.Series.Append(totals) : scene.Series)
        {
            html.Raw("<tr>").Element("th", Html.Name(s.IsReference ? Wording.Total : s.Name), "scope=\"row\"", Bound.Words(Prose.Name));
            for (var i = 0; i < scene.Slots.Count; i++)
                html.Raw(Cell(s, i));
            html.Line("</tr>");
        }
    }

    private static Text WithUnit(SceneSeries s)
    {
        var name = Html.Name(s.Name);
        return s.Show.Unit.Zh.Length == 0 ? name : new Text($"{name.Zh}（{s.Show.Unit.Zh}）", $"{name.En} ({s.Show.Unit.En})");
    }

    private static string Cell(SceneSeries s, int slot) =>
        s.Points[slot] is { } point ? TableCell.Of(point.Bound, point.Value, point.Status, s.Show) : "<td class=\"n\"></td>";
}
