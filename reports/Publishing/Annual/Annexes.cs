using System.Collections.Immutable;
using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>The tables and texts around the figures: what changes are made of, responses, definitions, footnotes.</summary>
internal sealed class Annexes(PublishedRelease release, int year, Numbering numbers)
{
    private static readonly IReadOnlyList<(string Column, Text Name, Func<Change, decimal> Of)> ChangeColumns =
    [
        ("value_before", new("上年", "Year before"), c => c.Before),
        .. ChangeSeries.Parts,
        ("value", new("本年", "Year"), c => c.Now),
    ];

    public IEnumerable<Block> Responses()
    {
        var rows = release.Responses.Where(r => r.Year == year).ToArray();
        if (rows.Length == 0)
            yield break;
        yield return new DataTable(
            "t-response",
            numbers.Table(),
            new($"{year}年报表回收情况", $"Returns for {year}"),
            [
                Column.Of("报表", "Form", ColumnKind.Name),
                Column.Of("应报", "Due", ColumnKind.Number),
                Column.Of("已收", "Received", ColumnKind.Number),
                Column.Of("通过", "Accepted", ColumnKind.Number),
                Column.Of("回收率（%）", "Response rate (%)", ColumnKind.Number),
            ],
            [
                .. rows.Select(r => new DataRow(
                    Phrase.Empty.Name(r.Name),
                    [
                        DataCell.Count(r.Expected, r.Key("expected")),
                        DataCell.Count(r.Received, r.Key("received")),
                        DataCell.Count(r.Accepted, r.Key("accepted")),
                        DataCell.Of(r.Key("rate"), r.Rate, r.Rate is null ? FigureStatus.Missing : FigureStatus.Actual, FigureText.For(ResponseSeries.Rate)),
                    ]
                )),
            ]
        );
    }

    /// <summary>The groups of which somebody has not reported R&amp;D expense: how complete their figures are.</summary>
    public IEnumerable<Block> Coverage()
    {
        var incomplete = release
            .Series("rd_expense", "group")
            .Where(f => f.Year == year && f is { Missing: > 0, Response: not null, Coverage: not null })
            .ToArray();
        if (incomplete.Length == 0)
            yield break;
        var percent = FigureText.For(ResponseSeries.Rate);
        yield return new DataTable(
            "t-coverage",
            numbers.Table(),
            new($"{year}年研究开发费用未报齐的集团", $"Groups of which somebody has not reported R&D expense, {year}"),
            [
                Column.Of("集团", "Group", ColumnKind.Name),
                Column.Of("未报户数", "Not reported", ColumnKind.Number),
                Column.Of("回收率（%）", "Response (%)", ColumnKind.Number),
                Column.Of("按上年收入计（%）", "By last revenue (%)", ColumnKind.Number),
                Column.Of("其中插补（%）", "Of which imputed (%)", ColumnKind.Number),
            ],
            [
                .. incomplete.Select(f => new DataRow(
                    Phrase.Empty.Name(release.Category("group", f.Category).Name),
                    [
                        DataCell.Count(f.Missing, f.Key("missing")),
                        DataCell.Of(f.Key("response_percent"), f.Response, FigureStatus.Actual, percent),
                        DataCell.Of(f.Key("coverage_percent"), f.Coverage, FigureStatus.Actual, percent),
                        f.Imputed is { } imputed ? DataCell.Of(f.Key("imputed_percent"), imputed, FigureStatus.Actual, percent) : DataCell.Empty,
                    ]
                )),
            ]
        );
        yield return Paragraph.Note(
            "表中集团的数字不全，不排位次；其缺失不是减少。",
            "The figures of these groups are not whole, and they are given no place; what is missing has not gone."
        );
    }

    /// <summary>What is not published to keep data confidential, and by what rules; nothing where nothing is suppressed.</summary>
    public IEnumerable<Block> Withheld()
    {
        if (release.Withheld.Count == 0)
            yield break;
        yield return new DataTable(
            "t-withheld",
            numbers.Table(),
            new("因保密不公布的数字", "Figures that are not published to keep data confidential"),
            [
                Column.Of("指标", "Indicator", ColumnKind.Name),
                Column.Of("数字", "Figures", ColumnKind.Number),
                Column.Of("不公布", "Not published", ColumnKind.Number),
                Column.Of("其中：依规则", "Of which by rule", ColumnKind.Number),
                Column.Of("规则", "Rule", ColumnKind.LongWords),
            ],
            [
                .. release.Withheld.Select(w => new DataRow(
                    Phrase.Empty.Name(release.Metric(w.Metric).Name),
                    [
                        DataCell.Count(w.Figures, w.Key("figures")),
                        DataCell.Count(w.Suppressed, w.Key("suppressed")),
                        DataCell.Count(w.ByRule, w.Key("by_rule")),
                        new DataCell(Phrase.Of(Rule(w), Bound.Words(Prose.Text))),
                    ]
                )),
            ]
        );
        yield return Paragraph.Note(
            $"{FigureText.SuppressedMark} 为保密不公布：规则不许的数字，以及可由以推算出它们的数字；含各年、各月和各种分类，不含单个企业的数字。受保护指标的历次所知之数、修订和变动分解也不公布。",
            $"{FigureText.SuppressedMark} not published to keep data confidential: what a rule forbids, and what that could be reckoned from; over all years, months and breakdowns, without figures of single enterprises. Of a protected indicator neither vintages nor revisions nor the parts of its change are published."
        );
    }

    private static Text Rule(Withheld w)
    {
        if (w.Rule.Length == 0)
            return new("由受保护的金额得出", "made from protected amounts");
        var (zh, en) = (new List<string> { $"至少{w.Threshold}户" }, new List<string> { $"at least {w.Threshold} enterprises" });
        if (w is { DominanceN: { } n, DominanceK: { } k })
        {
            zh.Add($"最大{n}户不超过{k:0.##}%");
            en.Add($"the largest {n} have at most {k:0.##}%");
        }
        if (w.P is { } p)
        {
            zh.Add($"第二大户不能把最大户推算到{p:0.##}%以内");
            en.Add($"the second largest cannot reckon the largest to within {p:0.##}%");
        }
        zh.Add($"任何人不能把不公布的数字推算到{w.Range:0.##}%以内");
        en.Add($"nobody can reckon what is not published to within {w.Range:0.##}%");
        return new(string.Join("；", zh), string.Join("; ", en));
    }

    /// <param name="omitted">The charts that were not drawn.</param>
    public IEnumerable<Block> Quality(IReadOnlyList<Text> omitted)
    {
        var info = release.Info;
        yield return new Paragraph(
            Phrase
                .Empty.Say("本发布版本由", "This release was made from ")
                .Count(info.InputCount, Bound.Record("release/input_count"))
                .Say("份收到的文件得出；审核发现错误", " files received; checking found ")
                .Count(info.Errors, Bound.Record("release/finding_errors"))
                .Say("项、需说明的", " errors and ")
                .Count(info.Warnings, Bound.Record("release/finding_warnings"))
                .Say("项。有错误的行不进入汇总。", " points to be explained. Rows with errors are kept out.")
        );
        if (omitted.Count > 0)
            yield return new Paragraph(
                Phrase
                    .Empty.Say("因本发布版本没有相应数字而未绘的图：", "Charts left out because the release has no figures for them: ")
                    .With(
                        new Run(new Text(string.Join("；", omitted.Select(o => o.Zh)), string.Join("; ", omitted.Select(o => o.En))), Bound.Words(Prose.Name))
                    )
                    .Say("。", ".")
            );
    }

    public IEnumerable<Block> Definitions()
    {
        yield return new Paragraph(
            Phrase.Of(
                new Text(
                    "金额以万元存储，以亿元（1亿元 = 10000万元）显示，只在显示时四舍五入一次（五入远离零）。比率为合计之比，不是各企业比率的平均。增速不跨发布版本、不跨统计范围比较。研究开发费用、内部支出等口径不同，不可相加。快报数和初步数可能修订；缺失的年份不插补。",
                    "Money is kept in units of 10,000 yuan and shown in hundreds of millions of yuan (10,000 times as much), rounded once, when shown, halves away from zero. A ratio is a ratio of sums, never a mean of ratios. Growth is never measured across editions or perimeters. The bases of R&D spend differ and must not be added. Flash and preliminary figures may be revised; missing years are not interpolated."
                ),
                Bound.Words(Prose.Text)
            )
        );
        yield return new Glossary([
            .. release.Metrics.Select(m =>
                (
                    Phrase.Empty.Name(m.Name).Unit(FigureText.For(m)),
                    Phrase.Of(
                        new Text(
                            $"{m.Definition.Zh}{(m.Basis.Zh.Length == 0 ? "" : $" 口径：{m.Basis.Zh}。")}",
                            $"{m.Definition.En}{(m.Basis.En.Length == 0 ? "" : $" Basis: {m.Basis.En}.")}"
                        ),
                        Bound.Words(Prose.Name)
                    )
                )
            ),
        ]);
        // What is planned for a single year has no path to be told.
        foreach (var (id, method) in release.Paths.GroupBy(p => p.TargetId).Where(g => g.Count() > 1).Select(g => (g.Key, g.First().Method)))
        {
            var name = release.Targets.FirstOrDefault(t => t.Id == id)?.Name ?? new Text(id, id);
            yield return new Paragraph(
                Phrase.Of(new Text($"目标路径（{name.Zh}）：{method.Zh}。", $"Target path ({name.En}): {method.En}."), Bound.Words(Prose.Name)),
                IsNote: true
            );
        }
    }

    /// <summary>What the change of each amount is made of, the missing beside the gone.</summary>
    public IEnumerable<Block> Changes()
    {
        var changes = release.Changes.Where(c => c.Year == year).ToArray();
        if (changes.Length == 0)
            yield break;
        yield return new DataTable(
            "t-change",
            numbers.Table(),
            new($"{year}年变动分解", $"What the change in {year} is made of"),
            [Column.Of("指标", "Indicator", ColumnKind.Name), .. ChangeColumns.Select(c => new Column(Phrase.Of(c.Name), ColumnKind.Number))],
            [.. changes.Select(Change)]
        );
        foreach (var c in changes.Where(c => c.Missing > 0))
            yield return new Paragraph(
                Phrase
                    .Empty.Name(release.Metric(c.Metric).Name)
                    .Say("：名录内", ": ")
                    .Count(c.Missing, c.Key("missing"))
                    .Say(
                        "户未报，其数缺失，单列为“未报”，不计入退出。",
                        c.Missing == 1
                            ? " enterprise of the register has not reported; what it had is shown as non-response, not among the exits."
                            : " enterprises of the register have not reported; what they had is shown as non-response, not among the exits."
                    ),
                IsNote: true
            );
        foreach (var c in changes.Where(c => c.UnsharedSplits > 0))
            yield return new Paragraph(
                Phrase
                    .Empty.Name(release.Metric(c.Metric).Name)
                    .Say("：本年", ": ")
                    .Count(c.UnsharedSplits, c.Key("unshared_splits"))
                    .Say(
                        "起分立未载明份额，两侧合为一户计算。",
                        c.UnsharedSplits == 1
                            ? " split of the year has no share in the register; both sides count as one."
                            : " splits of the year have no share in the register; both sides count as one."
                    ),
                IsNote: true
            );
        if (
            changes.Any(c =>
                FigureText.For(release.Metric(c.Metric)) is var show && ChangeColumns.SkipLast(1).Sum(p => show.Rounded(p.Of(c))) != show.Rounded(c.Now)
            )
        )
            yield return Paragraph.Note(
                "因四舍五入，分项之和可能不等于本年数，未作机械调整。",
                "Parts are rounded and may not sum to the year's figure; nothing was adjusted."
            );
    }

    private DataRow Change(Change c)
    {
        var show = FigureText.For(release.Metric(c.Metric));
        return new DataRow(
            Phrase.Empty.Name(release.Metric(c.Metric).Name).Unit(show),
            [
                .. ChangeColumns.Select(p =>
                    DataCell.Of(c.Key(p.Column), p.Of(c), FigureStatus.Actual, p.Column is "value" or "value_before" ? show : show with { IsChange = true })
                ),
            ]
        );
    }

    public IEnumerable<Block> Footnotes()
    {
        yield return new Numbered(
            "footnote",
            [
                Phrase.Empty.Say(
                    "省属企业名录随时间变化（更名、合并、划转），各年按当年名录汇总。",
                    "The list of enterprises changes over time (renames, mergers, transfers); each year is summed over the list of that year."
                ),
                Phrase.Empty.Period(
                    "年度图的横轴一律为2020—2028年；方案实施期为2024—2028年。",
                    "Annual charts always run from 2020 to 2028; the programme runs from 2024 to 2028."
                ),
                Phrase.Of(
                    new Text(
                        $"发布版本{release.Info.Id}，定义摘要{release.Info.DefinitionHash}，截至{release.Info.AsOf}。",
                        $"Release {release.Info.Id}, definitions {release.Info.DefinitionHash}, as of {release.Info.AsOf}."
                    ),
                    Bound.Words(Prose.Release)
                ),
            ]
        );
    }
}
