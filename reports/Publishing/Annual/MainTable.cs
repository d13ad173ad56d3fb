using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Annual;

/// <summary>The main indicators over five years, with the change on the year before and the compound growth where it is published.</summary>
internal sealed class MainTable(PublishedRelease release, int year, Numbering numbers)
{
    private const int Years = 5;

    private static readonly string[] Shown =
    [
        "rd_expense",
        "rd_intramural",
        "revenue",
        "rd_intensity",
        "rd_fte",
        "rd_expense_per_fte",
        "patents_filed",
        "patents_granted",
        "patents_granted_cumulative",
        "patents_in_force",
        "invention_share_granted",
        "invention_share_in_force",
        "awards",
        "awards_cumulative",
        "rd_cr4",
        "rd_hhi",
    ];

    private readonly Comparison _comparison = new(release, year);

    public void Write(Html html)
    {
        var years = Enumerable.Range(year - Years + 1, Years).ToArray();
        html.Line("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"t-main\"><table class=\"main\">");
        html.Element("caption", numbers.Table(new("主要指标", "Main indicators")), "id=\"t-main\"", Bound.Words(Prose.Order));
        html.Raw("<thead><tr>").Element("th", new Text("指标", "Indicator"), "scope=\"col\"");
        foreach (var y in years)
            html.Element("th", new Text($"{y}", $"{y}"), "scope=\"col\" class=\"n\"", Bound.Words(Prose.Period));
        html.Element("th", new Text("比上年", "On the year before"), "scope=\"col\" class=\"n\"")
            .Element("th", new Text("年均增速", "Compound growth"), "scope=\"col\" class=\"n\"")
            .Line("</tr></thead><tbody>");
        foreach (var metric in Shown.Select(release.Metric).Where(m => years.Any(y => release.Annual(m.Code, y) is not null)))
            Row(html, metric, years);
        html.Line("</tbody></table></div>");
        Legend(html);
        html.Element(
            "p",
            new Text(
                "比上年：研究开发费用、营业收入为对本年重报同期数的增速；比率为百分点之差；其余为两年数字的增速。快报数、两年统计范围不同的不列。年均增速只列已发布的指标，括号内为基期。",
                "On the year before: for R&D expense and revenue the growth against the year as re-reported; for ratios the difference in percentage points; for the rest the growth between two figures. None is given for flash figures, nor where the perimeter of the two years differs. Compound growth is given where it is published, with its base in brackets."
            ),
            "class=\"note\""
        );
    }

    /// <summary>What the marks in every table mean.</summary>
    public static void Legend(Html html) =>
        html.Element(
            "p",
            new Text(
                $"{FigureText.MissingMark} 缺失；{FigureText.SuppressedMark} 不予公布；{FigureText.ProvisionalMark} 快报数或初步数；空格 尚无数据。",
                $"{FigureText.MissingMark} missing; {FigureText.SuppressedMark} suppressed; {FigureText.ProvisionalMark} flash or preliminary; blank: no data yet."
            ),
            "class=\"note\""
        );

    private void Row(Html html, Metric metric, int[] years)
    {
        var show = FigureText.For(metric);
        html.Raw($"<tr><th scope=\"row\">{Html.Both(metric.Name, Bound.Words(Prose.Name))} <span class=\"unit\">{Html.Both(show.Unit)}</span></th>");
        foreach (var y in years)
            html.Raw(TableCell.Of(release.Annual(metric.Code, y), show));
        html.Raw(
                $"<td class=\"n\">{(_comparison.Of(metric, asGrowth: true) is { } c ? Html.Both(c.Text, c.Bound) : "")}</td><td class=\"n\">{Compound(metric)}</td>"
            )
            .Line("</tr>");
    }

    private string Compound(Metric metric)
    {
        if (metric.Code != "rd_expense")
            return "";
        var show = FigureText.For(release.Metric("rd_expense_cagr"));
        var cells = release
            .Series("rd_expense_cagr", "base_year")
            .Where(f => f.Year == year && f.Value is not null && !f.IsFlash)
            .Select(f =>
                Html.Marked(Bound.Figure(f.Id), show.Signed(f.Value!.Value) + "%")
                + Html.Both(new Text($"（{f.Category}）", $" ({f.Category})"), Bound.Words(Prose.Period))
            );
        return string.Join("<br>", cells);
    }
}

/// <summary>A number in a table: right-aligned, rounded once, with the mark of its status.</summary>
internal static class TableCell
{
    public static string Of(Figure? figure, FigureText show) =>
        figure is null ? "<td class=\"n\"></td>" : Of(Bound.Figure(figure.Id), figure.Value, figure.Status, show);

    public static string Of(Bound bound, decimal? value, FigureStatus status, FigureText show)
    {
        var text = (value, status) switch
        {
            (_, FigureStatus.Suppressed) => FigureText.SuppressedMark,
            (null, _) => FigureText.MissingMark,
            ({ } v, FigureStatus.Provisional) => $"{show.Label(v)}<sup>{FigureText.ProvisionalMark}</sup>",
            ({ } v, _) => show.Label(v),
        };
        return bound.Attribute is { Length: > 0 }
            ? $"<td class=\"n\" {bound.Attribute}=\"{Html.Escape(bound.Value)}\">{text}</td>"
            : $"<td class=\"n\">{text}</td>";
    }

    /// <summary>A figure with its unit and the mark of its status, as part of a cell.</summary>
    public static string WithUnit(Figure figure, FigureText show)
    {
        var mark = figure.Status == FigureStatus.Provisional ? $"<sup>{FigureText.ProvisionalMark}</sup>" : "";
        return Html.Both(new Text(show.Prose(figure.Value ?? 0, Language.Zh), show.Prose(figure.Value ?? 0, Language.En)), Bound.Figure(figure.Id)) + mark;
    }
}
