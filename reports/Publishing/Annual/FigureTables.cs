using Innovation1551.Models;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>The tables of <c>tables.csv</c>: what a line asks for and the release has figures of. A table without one is not written.</summary>
internal sealed class FigureTables(PublishedRelease release, int year, Numbering numbers)
{
    private const int Years = 5;

    public IEnumerable<Block> Of(string chapter)
    {
        foreach (var plan in TablePlan.Shipped.Where(p => p.Chapter == chapter))
        {
            var rows = plan.ByYear ? ByYear(plan) : ByMember(plan);
            if (rows is not { Length: > 0 })
                continue;
            var title = plan.ByYear ? plan.Title : new Text($"{plan.Title.Zh}（{year}年）", $"{plan.Title.En}, {year}");
            yield return new DataTable(plan.Id, numbers.Table(), title, [.. Columns(plan)], [.. rows]);
            if (plan.Note.Zh.Length > 0)
                yield return Paragraph.Note(plan.Note.Zh, plan.Note.En);
        }
    }

    private static IEnumerable<int> Span(int year) => Enumerable.Range(year - Years + 1, Years);

    private IEnumerable<Column> Columns(TablePlan plan) =>
        plan.ByYear
            ?
            [
                plan.Breakdown == "total" ? Column.Of("指标", "Indicator", ColumnKind.Name) : new(Named(plan.Metrics[0]), ColumnKind.Name),
                .. Span(year).Select(y => new Column(Phrase.Empty.Period($"{y}", $"{y}"), ColumnKind.Number)),
                Column.Of("比上年", "On the year before", ColumnKind.Number),
            ]
            : [Column.Of("类别", "Category", ColumnKind.Name), .. Valued(plan).Select(m => new Column(Named(m), ColumnKind.Number))];

    private Phrase Named(string metric) => Phrase.Empty.Name(release.Metric(metric).Name).Unit(FigureText.For(release.Metric(metric)));

    private DataRow[] ByYear(TablePlan plan) =>
        plan.Breakdown == "total"
            ? [.. plan.Metrics.Where(m => Has(m, plan.Breakdown)).Select(m => Row(Named(m), m, "total", "all"))]
            :
            [
                .. Members(plan.Metrics[0], plan.Breakdown)
                    .Select(c => Row(Phrase.Empty.Name(release.Category(plan.Breakdown, c).Name), plan.Metrics[0], plan.Breakdown, c)),
                .. Has(plan.Metrics[0], "total") ? (DataRow[])[Row(Phrase.Of(Wording.Total), plan.Metrics[0], "total", "all")] : [],
            ];

    private DataRow Row(Phrase name, string code, string breakdown, string category)
    {
        var metric = release.Metric(code);
        var show = FigureText.For(metric);
        var change = show.IsChange ? null : new Comparison(release, year, breakdown, category).Of(metric, asGrowth: true);
        return new DataRow(
            name,
            [
                .. Span(year).Select(y => DataCell.Of(release.Annual(code, y, breakdown, category), show)),
                change is { } c ? new DataCell(Phrase.Of(c.Text, c.Bound)) : DataCell.Empty,
            ]
        );
    }

    private DataRow[] ByMember(TablePlan plan)
    {
        var metrics = Valued(plan).ToArray();
        var members = InOrder(plan.Breakdown, metrics.SelectMany(m => Members(m, plan.Breakdown)));
        return metrics.Length == 0
            ? []
            :
            [
                .. members.Select(c => Across(Phrase.Empty.Name(release.Category(plan.Breakdown, c).Name), plan.Breakdown, c)),
                .. metrics.Any(m => Has(m, "total")) ? (DataRow[])[Across(Phrase.Of(Wording.Total), "total", "all")] : [],
            ];

        DataRow Across(Phrase name, string breakdown, string category) =>
            new(name, [.. metrics.Select(m => DataCell.Of(release.Annual(m, year, breakdown, category), FigureText.For(release.Metric(m))))]);
    }

    /// <summary>The metrics of a plan that have a figure of the year by its breakdown.</summary>
    private IEnumerable<string> Valued(TablePlan plan) =>
        plan.Metrics.Where(m => release.Series(m, plan.Breakdown).Any(f => f.Year == year && f.Value is not null));

    private bool Has(string metric, string breakdown) => Told(metric, breakdown).Any();

    private IEnumerable<string> Members(string metric, string breakdown) => InOrder(breakdown, Told(metric, breakdown).Select(f => f.Category));

    /// <summary>The figures of the years that are shown.</summary>
    private IEnumerable<Figure> Told(string metric, string breakdown) =>
        release.Series(metric, breakdown).Where(f => f.Year <= year && f.Year > year - Years && f.Value is not null);

    private IEnumerable<string> InOrder(string breakdown, IEnumerable<string> categories) =>
        categories.Distinct().OrderBy(c => release.Category(breakdown, c).SortOrder).ThenBy(c => c, StringComparer.Ordinal);
}
