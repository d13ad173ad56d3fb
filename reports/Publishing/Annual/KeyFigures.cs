using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Annual;

/// <summary>The cards at the top: value, unit, change, basis, date.</summary>
internal sealed class KeyFigures(PublishedRelease release, int year)
{
    private static readonly string[] Shown = ["rd_expense", "rd_intensity", "revenue", "rd_fte", "patents_granted", "patents_in_force", "invention_share_in_force", "awards"];

    public void Write(Html html)
    {
        html.Line("<ul class=\"cards\">");
        foreach (var code in Shown)
            if (release.Annual(code, year) is { Value: { } value } figure)
                Card(html, release.Metric(code), figure, value);
        html.Line("</ul>");
    }

    private void Card(Html html, Metric metric, Figure figure, decimal value)
    {
        var show = FigureText.For(metric);
        html.Raw("<li>").Element("h3", metric.Name);
        html.Line($"<p class=\"value\"><span data-figure=\"{Html.Escape(figure.Id)}\">{show.Number(value)}</span><span class=\"unit\">{Html.Both(show.Unit)}</span></p>");
        if (Change(metric, value) is { } change)
            html.Line($"<p class=\"change\">{change}</p>");
        var asOf = figure.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? release.Info.AsOf;
        var provisional = figure.Status == FigureStatus.Provisional ? new Text("初步数。", "Provisional. ") : new Text("", "");
        html.Element("p", new Text($"{provisional.Zh}{year}年。口径：{metric.Basis.Zh}。截至 {asOf}", $"{provisional.En}Year {year}. Basis: {metric.Basis.En}. As of {asOf}"), "class=\"meta\"");
        html.Line("</li>");
    }

    /// <summary>
    /// The change on the year before. For R&amp;D expense it is the published growth against the re-reported year, for intensity the
    /// published change in percentage points; for the rest the difference of two figures of this same release.
    /// </summary>
    private string? Change(Metric metric, decimal value)
    {
        var published = metric.Code switch { "rd_expense" => "rd_expense_yoy", "rd_intensity" => "rd_intensity_change_pp", _ => null };
        if (published is not null)
        {
            if (release.Annual(published, year) is not { Value: { } known } figure)
                return null;
            var show = FigureText.For(release.Metric(published));
            return $"<span data-figure=\"{Html.Escape(figure.Id)}\">{show.Signed(known)}</span> {Html.Both(show.Unit)} {Html.Both(published == "rd_expense_yoy" ? new Text("同比（重报基数）", "on the re-reported year") : new Text("比上年", "on the year before"))}";
        }

        if (release.Annual(metric.Code, year - 1) is not { Value: { } before } previous)
            return null;
        var own = FigureText.For(metric);
        var unit = metric.Unit == "percent" ? new Text("个百分点", "percentage points") : new Text("", "");
        return $"<span data-figure=\"{Html.Escape(previous.Id)}\">{own.Signed(value - before)}</span> {Html.Both(unit)} {Html.Both(new Text("比上年", "on the year before"))}";
    }
}
