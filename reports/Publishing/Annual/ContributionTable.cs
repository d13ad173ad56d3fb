using Innovation1551.Models;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>What each group added to the growth of R&amp;D expense, in the comparable perimeter, the largest first.</summary>
internal sealed class ContributionTable(PublishedRelease release, int year, Numbering numbers)
{
    /// <summary>The metric whose growth is told by group.</summary>
    public const string Metric = "rd_expense_comparable";

    public IEnumerable<Block> Blocks()
    {
        var parts = Of(release, year);
        if (parts.Length == 0)
            yield break;
        var change = FigureText.For(release.Metric(Metric)) with { IsChange = true };
        yield return new DataTable(
            "t-growth-by-group",
            numbers.Table(),
            new(
                $"各集团对研究开发费用增长的拉动与贡献率（可比口径，{year}年）",
                $"What each group added to the growth of R&D expense, comparable perimeter, {year}"
            ),
            [
                Column.Of("集团", "Group", ColumnKind.Name),
                new(Phrase.Empty.Say("比上年增减", "Change on the year before").Unit(change), ColumnKind.Number),
                new(Phrase.Empty.Say("拉动", "Points of growth").Unit(Contribution.PointsText), ColumnKind.Number),
                new(Phrase.Empty.Say("贡献率", "Share of the change").Unit(Contribution.ShareText), ColumnKind.Number),
            ],
            [
                .. parts.Select(p => new DataRow(
                    Phrase.Empty.Name(release.Category("group", p.Category).Name),
                    [
                        DataCell.Of(p.Key("change"), p.Change, FigureStatus.Actual, change),
                        DataCell.Of(p.Key("pull_points"), p.Points, FigureStatus.Actual, Contribution.PointsText),
                        p.Share is null ? DataCell.Empty : DataCell.Of(p.Key("share_percent"), p.Share, FigureStatus.Actual, Contribution.ShareText),
                    ]
                )),
            ]
        );
        yield return Paragraph.Note(
            "各集团拉动之和为全部企业的增速；全部企业变动不足千分之五的不列贡献率。",
            "The points of all groups sum to the growth of all enterprises; no share is told where all together moved by less than half a percent."
        );
    }

    /// <summary>The groups of a year, the largest contribution first.</summary>
    public static Contribution[] Of(PublishedRelease release, int year) =>
        [
            .. release
                .Contributions.Where(c => c.Metric == Metric && c.Year == year)
                .OrderByDescending(c => c.Points)
                .ThenBy(c => c.Category, StringComparer.Ordinal),
        ];
}
