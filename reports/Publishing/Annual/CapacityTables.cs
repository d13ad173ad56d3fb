using System.Collections.Immutable;
using Innovation1551.Models;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>What the charts of the chapter on capacity do not show: which criteria each laboratory still misses, and which titles have to be renewed.</summary>
internal sealed class CapacityTables(PublishedRelease release, int year, Numbering numbers)
{
    public IEnumerable<Block> Blocks()
    {
        if (Labs() is { } labs)
        {
            yield return labs;
            yield return Paragraph.Note(
                "对标条件为示例，非正式办法；空格为未报。",
                "The criteria are an example, not the official ones; a blank was not reported."
            );
        }

        if (Titles() is { } titles)
        {
            yield return titles;
            yield return Paragraph.Note(
                "一户可有多项资格；到期、失效的名单见 published.title_wide。",
                "An enterprise may hold several titles; which lapse or have lapsed stands in published.title_wide."
            );
        }
    }

    private DataTable? Labs()
    {
        LabCriterion[] stated = [.. release.LabCriteria.Where(l => l.Year == year)];
        if (stated.Length == 0)
            return null;
        var labs = stated.GroupBy(l => l.Lab).Select(g => g.First()).ToArray();
        return new DataTable(
            "t-labs",
            numbers.Table(),
            new($"{year}年省实验室对标条件具备情况", $"Provincial laboratories against the criteria of the level above, {year}"),
            [Column.Of("对标条件", "Criterion", ColumnKind.Name), .. labs.Select(l => new Column(Phrase.Empty.Name(Text.Same(l.LabName)), ColumnKind.Words))],
            [
                .. stated
                    .GroupBy(l => l.Criterion)
                    .Select(criterion => new DataRow(
                        Phrase.Empty.Name(criterion.Key),
                        [
                            .. labs.Select(lab =>
                                criterion.FirstOrDefault(c => c.Lab == lab.Lab) is { } cell ? new DataCell(Phrase.Empty.Name(cell.State)) : DataCell.Empty
                            ),
                        ]
                    )),
            ]
        );
    }

    private DataTable? Titles()
    {
        (string Metric, Text Heading)[] columns =
        [
            ("innovative_enterprises", new("年末有效", "Held at the end of the year")),
            ("titles_lapsing", new("一年内到期", "Lapse within a year")),
            ("titles_lapsed", new("当年失效未续", "Lapsed, not renewed")),
        ];
        ImmutableArray<DataRow> rows =
        [
            .. release
                .Series("titles_lapsing", "enterprise_title")
                .Where(f => f.Year == year && f.Value is not null)
                .Select(f => release.Category("enterprise_title", f.Category))
                .OrderBy(c => c.SortOrder)
                .Select(title => new DataRow(
                    Phrase.Empty.Name(title.Name),
                    [
                        .. columns.Select(c =>
                            DataCell.Of(release.Annual(c.Metric, year, "enterprise_title", title.Code), FigureText.For(release.Metric(c.Metric)))
                        ),
                    ]
                )),
        ];
        return rows.Length == 0
            ? null
            : new DataTable(
                "t-titles",
                numbers.Table(),
                new($"{year}年末企业资格与到期情况", $"Titles at the end of {year} and when they lapse"),
                [Column.Of("资格", "Title", ColumnKind.Name), .. columns.Select(c => Column.Of(c.Heading.Zh, c.Heading.En, ColumnKind.Number))],
                rows
            );
    }
}
