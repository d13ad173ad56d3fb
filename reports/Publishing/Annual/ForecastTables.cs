using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>What is projected for the years to come, with its bands and the errors of the method; what is not projected, and why.</summary>
internal sealed class ForecastTables(PublishedRelease release, int year, Numbering numbers)
{
    private static readonly FigureText Percent = FigureText.Percents(1);

    public IEnumerable<Block> Blocks()
    {
        var known = release.Forecasts.Where(f => f.BaseYear == year).OrderBy(f => Order(f.Metric)).ThenBy(f => f.Year).ToArray();
        var projected = known.Where(f => f.Value is not null).ToArray();
        if (projected.Length > 0)
        {
            yield return new DataTable(
                "t-forecast",
                numbers.Table(),
                new("测算值及区间（非统计数据）", "Projections and their bands (no statistics)"),
                [
                    Column.Of("指标", "Indicator", ColumnKind.Name),
                    Column.Of("年份", "Year", ColumnKind.Words),
                    .. ForecastFan.Parts.Select(p => new Column(Phrase.Empty.Name(p.Name), ColumnKind.Number)),
                    Column.Of("回测误差（%）", "Back-test error (%)", ColumnKind.Number),
                    Column.Of("沿用末值的误差（%）", "Error of repeating the last figure (%)", ColumnKind.Number),
                ],
                [.. projected.Select(Row)]
            );
            yield return Method();
        }

        if (known.Where(f => f.Value is null).DistinctBy(f => f.Metric).ToArray() is { Length: > 0 } refused)
            yield return new DataTable(
                "t-forecast-none",
                numbers.Table(),
                new("不作测算的指标及原因", "Indicators that are not projected, and why"),
                [Column.Of("指标", "Indicator", ColumnKind.Name), Column.Of("原因", "Reason", ColumnKind.LongWords)],
                [.. refused.Select(f => new DataRow(Phrase.Empty.Name(release.Metric(f.Metric).Name), [new DataCell(Phrase.Of(f.Reason))]))]
            );
    }

    private int Order(string metric) => release.Metrics.TakeWhile(m => m.Code != metric).Count();

    private DataRow Row(Forecast f)
    {
        var metric = release.Metric(f.Metric);
        var show = FigureText.For(metric);
        return new DataRow(
            Phrase.Empty.Name(metric.Name).Unit(show),
            [
                new DataCell(Phrase.Empty.Period($"{f.Year}", $"{f.Year}")),
                .. ForecastFan.Parts.Select(p => DataCell.Of(f.Key(p.Column), p.Of(f), FigureStatus.Actual, show)),
                DataCell.Of(f.Key("median_error_percent"), f.MedianError, FigureStatus.Actual, Percent),
                DataCell.Of(f.Key("naive_error_percent"), f.NaiveError, FigureStatus.Actual, Percent),
            ]
        );
    }

    private static Paragraph Method() =>
        new(
            Phrase.Of(
                new Text(
                    "测算值只由最近六年的数字推算，假定其走势延续，不考虑政策与计划：取沿用末值、六年平均增速、阻尼霍尔特趋势三者在对数尺度上的平均，至多三年。区间宽度按欧盟统计局各国研发经费序列的回测误差定标；回测误差为同一方法在这些序列上的绝对误差中位数。测算值不与统计数字混列，也不用于评价。",
                    "A projection follows from the figures of the last six years alone and supposes that their course goes on; it knows of no policy and no plan. It is the mean, in logarithms, of the last figure repeated, the average growth of the six years, and Holt's damped trend, for three years at most. The width of the bands is set by the errors of the same method on the R&D series of European countries (Eurostat); the back-test error is the median absolute error on them. A projection never stands among statistics and is used for no evaluation."
                ),
                Bound.Words(Prose.Text)
            ),
            IsNote: true
        );
}
