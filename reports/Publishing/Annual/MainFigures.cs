using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>The figures at the head: value, unit, change, basis, date.</summary>
internal sealed class MainFigures(PublishedRelease release, int year)
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

    public KeyFigures Block =>
        new([
            .. from code in Shown
            let figure = release.Annual(code, year)
            where figure?.Value is not null
            select Of(release.Metric(code), figure, figure.Value!.Value),
        ]);

    private KeyFigure Of(Metric metric, Figure figure, decimal value)
    {
        var show = FigureText.For(metric);
        var change = _comparison.Of(metric, asGrowth: false) is { } c
            ? Phrase.Of(c.Text, c.Bound).Say(" ", " ").With(new Run(c.Against, Bound.Nothing))
            : Phrase.Empty;
        var asOf = figure.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? release.Info.AsOf;
        var stage = figure.Status == FigureStatus.Provisional ? Wording.Stage(figure.Stage) : null;
        var meta = Phrase
            .Empty.Period($"{year}年{stage?.Zh}。", $"{year}{(stage is null ? "" : ", " + stage.En)}. ")
            .Name(new Text($"口径：{metric.Basis.Zh}。", $"Basis: {metric.Basis.En}. "))
            .Period($"截至{asOf}", $"As of {asOf}");
        if (figure.Missing > 0)
            meta = meta.Say("。尚有", ". ").Count(figure.Missing, figure.Key("missing")).Say("户未报", " not reported");
        if (figure.Imputed > 0)
            meta = meta.Say("。其中插补", ". Of which imputed ").Say(figure.Imputed.Value, FigureText.Percents(1), figure.Key("imputed_percent"));
        return new KeyFigure(metric.Name, Phrase.Of(new Text(show.Number(value), show.Number(value)), Bound.Figure(figure.Id)), show.Unit, change, meta);
    }
}
