using Innovation1551.Models;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>What may be said of a figure against that of the year before: an amount with its words, and what it was reckoned from.</summary>
/// <param name="Text">The change as displayed, with its sign and unit; without numerals where the two years display the same.</param>
/// <param name="Against">What it is a change against.</param>
/// <param name="Direction">1 for a rise, −1 for a fall, 0 for what displays as none.</param>
/// <param name="Size">The change without its sign, with its unit.</param>
internal sealed record Compared(Text Text, Bound Bound, Text Against, int Direction, Text Size);

/// <summary>
/// The change on the year before, where one may be told at all. A published growth comes first: it takes both years from the same returns.
/// Otherwise two figures are compared only on one basis, over one perimeter, with neither of them a flash figure; a level stands alone where
/// that does not hold.
/// </summary>
internal sealed class Comparison(PublishedRelease release, int year, string breakdown = "total", string category = "all")
{
    /// <summary>Ends the name of what is cast back to one perimeter and leaves out whoever has not reported: missing ones and changes of the perimeter move nothing.</summary>
    private const string Comparable = "_comparable";

    private static readonly Text OnTheYearBefore = new("比上年", "on the year before"),
        OnReReported = new("同比（重报基数）", "on the re-reported year");
    private static readonly FigureText Percent = FigureText.Percents(1, isChange: true);

    /// <summary>The published change of an indicator, if it has one.</summary>
    internal static string? Published(string metric, string breakdown) =>
        (metric, breakdown) switch
        {
            ("rd_expense", "cost_item") => "rd_cost_yoy",
            ("rd_intramural", "activity") => "rd_activity_yoy",
            ("rd_intramural", "fund_source") => "rd_fund_yoy",
            ("rd_expense" or "revenue" or "rd_intramural" or "rd_fte", _) => metric + "_yoy",
            ("rd_intensity", _) => "rd_intensity_change_pp",
            _ => null,
        };

    public Compared? Of(Metric metric, bool asGrowth)
    {
        if (Annual(metric.Code, year) is not { Value: { } value } now || now.IsFlash)
            return null;
        if (Published(metric.Code, breakdown) is { } published)
            return Annual(published, year) is { Value: { } known } figure
                ? Changed(
                    FigureText.For(release.Metric(published)),
                    known,
                    Bound.Figure(figure.Id),
                    published.EndsWith("_yoy", StringComparison.Ordinal) ? OnReReported : OnTheYearBefore
                )
                : null;
        if (
            Annual(metric.Code, year - 1) is not { Value: { } before } then
            || then.IsFlash
            || now.Basis != then.Basis
            || !metric.Code.EndsWith(Comparable, StringComparison.Ordinal) && (now.Missing > 0 || then.Missing > 0 || !SamePerimeter())
        )
            return null;
        var show = FigureText.For(metric);
        var difference = Bound.Derived("difference", now.Id, then.Id);
        if (show.Rounded(value) == show.Rounded(before))
            return new Compared(new Text("与上年持平", "unchanged on the year before"), difference, new Text("", ""), 0, new Text("", ""));
        if (metric.Unit == "percent")
            return Changed(show with { Unit = FigureText.PercentagePoints, IsChange = true }, value - before, difference, OnTheYearBefore);
        if (!asGrowth)
            return Changed(show with { IsChange = true }, value - before, difference, OnTheYearBefore);
        return before > 0 ? Changed(Percent, (value / before - 1) * 100, Bound.Derived("growth", now.Id, then.Id), OnTheYearBefore) : null;
    }

    private Figure? Annual(string metric, int of) => release.Annual(metric, of, breakdown, category);

    /// <summary>Neither entrants nor exits between the two years.</summary>
    private bool SamePerimeter() => release.Changes.Where(c => c.Year == year).All(c => c is { Entrants: 0, Exits: 0 });

    private static Compared Changed(FigureText show, decimal value, Bound bound, Text against) =>
        new(
            new Text(show.ProseSigned(value, Language.Zh), show.ProseSigned(value, Language.En)),
            bound,
            against,
            Math.Sign(show.Rounded(value)),
            new Text(show.Prose(Math.Abs(value), Language.Zh), show.Prose(Math.Abs(value), Language.En))
        );
}
