using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>What may be said of a figure against that of the year before: an amount with its words, and what it was reckoned from.</summary>
/// <param name="Text">The change as displayed, with its sign and unit; without numerals where the two years display the same.</param>
/// <param name="Against">What it is a change against.</param>
internal sealed record Compared(Text Text, Bound Bound, Text Against);

/// <summary>
/// The change on the year before, where one may be told at all. A published growth comes first: it takes both years from the same returns.
/// Otherwise two figures are compared only on one basis, over one perimeter, with neither of them a flash figure; a level stands alone where
/// that does not hold.
/// </summary>
internal sealed class Comparison(PublishedRelease release, int year, string breakdown = "total", string category = "all")
{
    private static readonly Text OnTheYearBefore = new("比上年", "on the year before"),
        OnReReported = new("同比（重报基数）", "on the re-reported year");
    private static readonly FigureText Percent = new(1, new Text("%", "%"), 1, false, true);

    /// <summary>The published growth of an indicator, if it has one.</summary>
    private static string? Published(string metric) =>
        metric switch
        {
            "rd_expense" => "rd_expense_yoy",
            "revenue" => "revenue_yoy",
            "rd_intensity" => "rd_intensity_change_pp",
            _ => null,
        };

    public Compared? Of(Metric metric, bool asGrowth)
    {
        if (Annual(metric.Code, year) is not { Value: { } value } now || now.IsFlash)
            return null;
        if (Published(metric.Code) is { } published)
            return Annual(published, year) is { Value: { } known } figure
                ? new Compared(
                    Signed(FigureText.For(release.Metric(published)), known),
                    Bound.Figure(figure.Id),
                    published.EndsWith("_yoy", StringComparison.Ordinal) ? OnReReported : OnTheYearBefore
                )
                : null;
        if (
            Annual(metric.Code, year - 1) is not { Value: { } before } then
            || then.IsFlash
            || now.Missing > 0
            || then.Missing > 0
            || now.Basis != then.Basis
            || !SamePerimeter()
        )
            return null;
        var show = FigureText.For(metric);
        var difference = Bound.Derived("difference", now.Id, then.Id);
        if (show.Rounded(value) == show.Rounded(before))
            return new Compared(new Text("与上年持平", "unchanged on the year before"), difference, new Text("", ""));
        if (metric.Unit == "percent")
            return new Compared(Signed(show with { Unit = FigureText.PercentagePoints, IsChange = true }, value - before), difference, OnTheYearBefore);
        if (!asGrowth)
            return new Compared(Signed(show with { IsChange = true }, value - before), difference, OnTheYearBefore);
        return before > 0 ? new Compared(Signed(Percent, (value / before - 1) * 100), Bound.Derived("growth", now.Id, then.Id), OnTheYearBefore) : null;
    }

    private Figure? Annual(string metric, int of) => release.Annual(metric, of, breakdown, category);

    /// <summary>Neither entrants nor exits between the two years.</summary>
    private bool SamePerimeter() => release.Changes.Where(c => c.Year == year).All(c => c is { Entrants: 0, Exits: 0 });

    private static Text Signed(FigureText show, decimal value) => new(show.ProseSigned(value, Language.Zh), show.ProseSigned(value, Language.En));
}
