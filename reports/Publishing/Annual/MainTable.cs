using Innovation1551.Models;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

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

    public IEnumerable<Block> Blocks()
    {
        var years = Enumerable.Range(year - Years + 1, Years).ToArray();
        yield return new DataTable(
            "t-main",
            numbers.Table(),
            new("主要指标", "Main indicators"),
            [
                new(Phrase.Empty.Say("指标", "Indicator"), ColumnKind.Name),
                .. years.Select(y => new Column(Phrase.Empty.Period($"{y}", $"{y}"), ColumnKind.Number)),
                new(Phrase.Empty.Say("比上年", "On the year before"), ColumnKind.Number),
                new(Phrase.Empty.Say("年均增速", "Compound growth"), ColumnKind.Number),
            ],
            [.. Shown.Select(release.Metric).Where(m => years.Any(y => release.Annual(m.Code, y) is not null)).Select(m => Row(m, years))]
        );
        yield return DataTable.Marks(release.Info);
        yield return Paragraph.Note(
            "比上年：研究开发费用、内部支出、营业收入、研发人员为对本年重报同期数的增速；比率为百分点之差；其余为两年数字的增速。快报数、两年统计范围不同的不列。年均增速只列已发布的指标，括号内为基期。",
            "On the year before: for R&D expense, intramural expenditure, revenue and personnel the growth against the year as re-reported; for ratios the difference in percentage points; for the rest the growth between two figures. None is given for flash figures, nor where the perimeter of the two years differs. Compound growth is given where it is published, with its base in brackets."
        );
    }

    private DataRow Row(Metric metric, int[] years)
    {
        var show = FigureText.For(metric);
        var change = _comparison.Of(metric, asGrowth: true) is { } c ? new DataCell(Phrase.Of(c.Text, c.Bound)) : DataCell.Empty;
        return new DataRow(
            Phrase.Empty.Name(metric.Name).Unit(show),
            [.. years.Select(y => DataCell.Of(release.Annual(metric.Code, y), show)), change, new DataCell(Compound(metric))]
        );
    }

    private Phrase Compound(Metric metric)
    {
        var phrase = Phrase.Empty;
        if (metric.Code != "rd_expense")
            return phrase;
        var show = FigureText.For(release.Metric("rd_expense_cagr"));
        foreach (var f in release.Series("rd_expense_cagr", "base_year").Where(f => f.Year == year && f.Value is not null && !f.IsFlash))
        {
            var growth = show.Signed(f.Value!.Value) + "%";
            phrase = (phrase.IsEmpty ? phrase : phrase.With(Run.NewLine))
                .With(new Run(new Text(growth, growth), Bound.Figure(f.Id)))
                .Period($"（{f.Category}）", $" ({f.Category})");
        }
        return phrase;
    }
}
