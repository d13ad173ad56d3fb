using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Annual;

/// <summary>Table 1: the main indicators over five years, with the change on the year before and the compound growth where it is published.</summary>
internal sealed class MainTable(PublishedRelease release, int year)
{
    private const int Years = 5;

    private static readonly string[] Shown =
    [
        "rd_expense", "rd_intramural", "revenue", "rd_intensity", "rd_fte", "rd_expense_per_fte", "patents_filed", "patents_granted", "patents_granted_cumulative",
        "patents_in_force", "invention_share_granted", "invention_share_in_force", "awards", "awards_cumulative", "rd_cr4", "rd_hhi",
    ];

    public void Write(Html html)
    {
        var years = Enumerable.Range(year - Years + 1, Years).ToArray();
        html.Line("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"t1\"><table class=\"main\">");
        html.Element("caption", new Text("表1 主要指标", "Table 1. Main indicators"), "id=\"t1\"");
        html.Raw("<thead><tr>").Element("th", new Text("指标", "Indicator"), "scope=\"col\"");
        foreach (var y in years)
            html.Raw($"<th scope=\"col\" class=\"n\">{y.ToString(CultureInfo.InvariantCulture)}</th>");
        html.Element("th", new Text("比上年", "On the year before"), "scope=\"col\" class=\"n\"").Element("th", new Text("年均增速", "Compound growth"), "scope=\"col\" class=\"n\"").Line("</tr></thead><tbody>");
        foreach (var metric in Shown.Select(release.Metric).Where(m => years.Any(y => release.Annual(m.Code, y) is not null)))
            Row(html, metric, years);
        html.Line("</tbody></table></div>");
        Legend(html);
        html.Element("p", new Text(
            "比上年：研究开发费用为对本年重报同期数的增速；比率类为百分点之差；其余为本发布版本内两年数字的增速。年均增速只列已发布的指标，括号内为基期。",
            "On the year before: for R&D expense the growth against the year as re-reported; for ratios the difference in percentage points; for the rest the growth between two figures of this release. Compound growth is given where it is published, with its base in brackets."), "class=\"note\"");
    }

    /// <summary>What the marks in every table mean.</summary>
    public static void Legend(Html html) => html.Element("p", new Text(
        $"{FigureText.MissingMark} 缺失；{FigureText.SuppressedMark} 不予公布；{FigureText.ProvisionalMark} 初步数；空格 尚无数据。",
        $"{FigureText.MissingMark} missing; {FigureText.SuppressedMark} suppressed; {FigureText.ProvisionalMark} provisional; blank: no data yet."), "class=\"note\"");

    private void Row(Html html, Metric metric, int[] years)
    {
        var show = FigureText.For(metric);
        html.Raw($"<tr><th scope=\"row\">{Html.Both(metric.Name)} <span class=\"unit\">{Html.Both(show.Unit)}</span></th>");
        foreach (var y in years)
            html.Raw(TableCell.Of(release.Annual(metric.Code, y), show));
        html.Raw($"<td class=\"n\">{Change(metric)}</td><td class=\"n\">{Compound(metric)}</td>").Line("</tr>");
    }

    private string Change(Metric metric)
    {
        var published = metric.Code switch { "rd_expense" => "rd_expense_yoy", "rd_intensity" => "rd_intensity_change_pp", _ => null };
        if (published is not null && release.Annual(published, year) is { Value: { } known } figure)
            return TableCell.Marked(figure.Id, FigureText.For(release.Metric(published)).Signed(known) + (published == "rd_expense_yoy" ? "%" : ""), published == "rd_expense_yoy" ? null : new Text("个百分点", "pp"));
        if (published is not null || release.Annual(metric.Code, year) is not { Value: { } value } now || release.Annual(metric.Code, year - 1) is not { Value: { } before } then || now.Basis != then.Basis)
            return "";
        if (metric.Unit == "percent")
            return TableCell.Marked($"{now.Id} {then.Id}", FigureText.For(metric).Signed(value - before), new Text("个百分点", "pp"));
        return before <= 0 ? "" : TableCell.Marked($"{now.Id} {then.Id}", Percent.Signed((value / before - 1) * 100) + "%", null);
    }

    private static readonly FigureText Percent = new(1, new Text("%", "%"), 1, false, true);

    private string Compound(Metric metric)
    {
        if (metric.Code != "rd_expense")
            return "";
        var show = FigureText.For(release.Metric("rd_expense_cagr"));
        var cells = release.Series("rd_expense_cagr", "base_year").Where(f => f.Year == year && f.Value is not null)
            .Select(f => TableCell.Marked(f.Id, show.Signed(f.Value!.Value) + "%", new Text($"（{f.Category}）", $"({f.Category})")));
        return string.Join("<br>", cells);
    }
}

/// <summary>A number in a table: right-aligned, rounded once, with the mark of its status.</summary>
internal static class TableCell
{
    public static string Of(Figure? figure, FigureText show) => figure is null ? "<td class=\"n\"></td>" : Of(figure.Id, figure.Value, figure.Status, show);

    public static string Of(string id, decimal? value, FigureStatus status, FigureText show) => (value, status) switch
    {
        (_, FigureStatus.Suppressed) => $"<td class=\"n\" data-figure=\"{Html.Escape(id)}\">{FigureText.SuppressedMark}</td>",
        (null, _) => $"<td class=\"n\" data-figure=\"{Html.Escape(id)}\">{FigureText.MissingMark}</td>",
        ({ } v, FigureStatus.Provisional) => $"<td class=\"n\" data-figure=\"{Html.Escape(id)}\">{show.Label(v)}<sup>{FigureText.ProvisionalMark}</sup></td>",
        ({ } v, _) => $"<td class=\"n\" data-figure=\"{Html.Escape(id)}\">{show.Label(v)}</td>",
    };

    /// <summary>A figure with its unit and the mark of its status, as part of a cell.</summary>
    public static string WithUnit(Figure figure, decimal value, FigureText show)
    {
        var mark = figure.Status == FigureStatus.Provisional ? $"<sup>{FigureText.ProvisionalMark}</sup>" : "";
        return $"<span data-figure=\"{Html.Escape(figure.Id)}\">{Html.Both(new Text(show.Prose(value, Language.Zh), show.Prose(value, Language.En)))}{mark}</span>";
    }

    public static string Marked(string ids, string text, Text? after) => $"<span data-figure=\"{Html.Escape(ids)}\">{Html.Escape(text)}</span>{(after is null ? "" : " " + Html.Both(after))}";
}
