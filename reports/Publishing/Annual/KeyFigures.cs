using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Annual;

/// <summary>The cards at the top: value, unit, change, basis, date.</summary>
internal sealed class KeyFigures(PublishedRelease release, int year)
{
    private static readonly string[] Shown =
    [
        "rd_expense",
        "rd_intensity",
        "revenue",
        "rd_fte",
        "patents_granted",
        "patents_in_force",
        "invention_share_in_force",
        "awards",
    ];
    private readonly Comparison _comparison = new(release, year);

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
        html.Raw("<li>").Element("h3", metric.Name, bound: Bound.Words(Prose.Name));
        html.Line($"<p class=\"value\">{Html.Marked(Bound.Figure(figure.Id), show.Number(value))}<span class=\"unit\">{Html.Both(show.Unit)}</span></p>");
        if (_comparison.Of(metric, asGrowth: false) is { } change)
            html.Line($"<p class=\"change\">{Html.Both(change.Text, change.Bound)} {Html.Both(change.Against)}</p>");
        var asOf = figure.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? release.Info.AsOf;
        var stage = figure.Status == FigureStatus.Provisional ? Wording.Stage(figure.Stage) : null;
        html.Raw("<p class=\"meta\">").Text(new Text($"{year}年{stage?.Zh}。", $"{year}{(stage is null ? "" : ", " + stage.En)}. "), Bound.Words(Prose.Period));
        html.Text(new Text($"口径：{metric.Basis.Zh}。", $"Basis: {metric.Basis.En}. "), Bound.Words(Prose.Name))
            .Text(new Text($"截至{asOf}", $"As of {asOf}"), Bound.Words(Prose.Period));
        if (figure.Missing > 0)
            html.Raw(new Sentence().Say("。尚有", ". ").Count(figure.Missing, figure.Key("missing")).Say("户未报", " not reported").ToHtml());
        html.Line("</p></li>");
    }
}
