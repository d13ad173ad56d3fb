using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Charts.Output;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Annual;

/// <summary>A chart on the page: caption, picture, note, the table behind it, and its files.</summary>
internal static class ChartBlock
{
    public static void Write(Html html, DrawnChart chart, int number)
    {
        var scene = chart.Scene;
        var id = scene.Definition.Id;
        html.Line($"<figure id=\"{id}\">");
        html.Raw("<figcaption><span class=\"no\">").Text(new Text($"图{number}", $"Figure {number}")).Raw("</span>").Text(scene.Definition.Title);
        if (scene.IsSynthetic)
            html.Raw("<span class=\"tag\">").Text(Wording.Synthetic).Raw("</span>");
        html.Line("</figcaption>");
        html.Raw("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"").Text(scene.Definition.Title.ToString()).Line("\">");
        html.Line(chart.Zh.Inline($"lang=\"{Html.Chinese}\""));
        html.Line(chart.En.Inline($"lang=\"{Html.English}\""));
        html.Line("</div>");
        if (scene.Definition.Note is { } note)
            html.Element("p", new Text("注：" + note.Zh, "Note: " + note.En), "class=\"note\"");
        html.Raw("<details><summary>").Text(new Text("图中数据", "Data behind the chart")).Line("</summary>");
        DataTable.Write(html, scene);
        html.Line("</details>");
        html.Raw("<p class=\"files\">").Text(new Text("下载：", "Files: "));
        html.Raw($"<span lang=\"{Html.Chinese}\"><a href=\"charts/{id}.zh.png\" download>PNG</a><a href=\"charts/{id}.zh.svg\" download>SVG</a></span>");
        html.Raw($"<span lang=\"{Html.English}\"><a href=\"charts/{id}.en.png\" download>PNG</a><a href=\"charts/{id}.en.svg\" download>SVG</a></span>");
        html.Line($"<a href=\"charts/{id}.csv\" download>CSV</a><a href=\"charts/{id}.arrow\" download>Arrow</a></p>");
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
        html.Element("caption", new Text($"{scene.Definition.Title.Zh}。{scene.Unit.Zh}", $"{scene.Definition.Title.En}. {scene.Unit.En}"));
        if (scene.SlotKind != SlotKind.Categories && scene.Series.Count > MostSeriesAcross)
            SeriesDown(html, scene);
        else
            SlotsDown(html, scene);
        html.Line("</tbody></table></div>");
        MainTable.Legend(html);
    }

    private static void SlotsDown(Html html, ChartScene scene)
    {
        html.Raw("<thead><tr>").Element("th", scene.SlotHeading, "scope=\"col\"");
        foreach (var s in scene.Series)
            html.Element("th", WithUnit(s), "scope=\"col\" class=\"n\"");
        foreach (var path in scene.Paths)
            html.Element("th", path.Name, "scope=\"col\" class=\"n\"");
        html.Line("</tr></thead><tbody>");
        for (var i = 0; i < scene.Slots.Count; i++)
        {
            html.Raw("<tr>").Element("th", Html.Name(scene.Slots[i].Label), "scope=\"row\"");
            foreach (var s in scene.Series)
                html.Raw(Cell(s, i));
            foreach (var path in scene.Paths)
                html.Raw($"<td class=\"n\">{path.Points.Where(p => p.Slot == i).Select(p => path.Show.Number(p.Value)).FirstOrDefault("")}</td>");
            html.Line("</tr>");
        }

        foreach (var mark in scene.References)
            html.Raw("<tr>").Element("th", new Text($"参照数（截至 {mark.Target.AsOf}）", $"Reference (as of {mark.Target.AsOf})"), "scope=\"row\"")
                .Line(string.Concat(scene.Series.Select(s => $"<td class=\"n\">{(TargetMarks.Belongs(mark.Target, s) ? Html.Both(Qualified(mark.Target, s.Show)) : "")}</td>")) + "</tr>");
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
            html.Element("th", slot.Label, "scope=\"col\" class=\"n\"");
        html.Line("</tr></thead><tbody>");
        foreach (var s in scene.Series)
        {
            html.Raw("<tr>").Element("th", Html.Name(s.Key.EndsWith("/total/all", StringComparison.Ordinal) ? Wording.Total : s.Name), "scope=\"row\"");
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

    private static string Cell(SceneSeries s, int slot) => s.Points[slot] is { } point ? TableCell.Of(point.FigureId, point.Value, point.Status, s.Show) : "<td class=\"n\"></td>";
}
