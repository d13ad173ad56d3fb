using Innovation1551.Models;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>What stands before the chapters: the findings that matter most with where to read on, what the report is, its symbols.</summary>
internal sealed class FrontMatter(PublishedRelease release, int year, Findings findings)
{
    /// <summary>The sentences that matter most and the chapters that they lead to. One that cannot be said is left out.</summary>
    private static readonly (string Sentence, string Chapter)[] Key =
    [
        ("spend", "spend"),
        ("intensity", "spend"),
        ("coverage", "quality"),
        ("largest_cost", "structure"),
        ("largest_spender", "enterprises"),
        ("patents", "patents-chapter"),
        ("awards", "awards-chapter"),
        ("platforms", "capacity"),
        ("innovative", "capacity"),
        ("projected", "targets"),
        ("tasks", "tasks"),
        ("achievements", "capacity"),
    ];

    private const int Most = 10;

    public IEnumerable<Block> KeyMessages(IReadOnlyList<Chapter> chapters)
    {
        var said = Key.Select(k => (Phrase: findings.First(k.Sentence), k.Chapter)).Where(k => k.Phrase is not null).Take(Most).ToArray();
        if (said.Length > 0)
            yield return new Points([.. said.Select(k => k.Phrase!.With(To(chapters.Single(c => c.Id == k.Chapter))))]);
    }

    private static Run To(Chapter chapter)
    {
        var name = Caption.Of(chapter);
        return new Run(new Text($"（见{name.Zh}）", $" (See {name.En}.)"), Bound.Words(Prose.Order), Target: chapter.Id);
    }

    public IEnumerable<Block> About()
    {
        yield return new Glossary([
            (
                Phrase.Empty.Say("编制", "Compiled"),
                Phrase.Of(
                    new Text(
                        $"由发布版本{release.Info.Id}的已发布数字编制，截至{release.Info.AsOf}；批准情况见封面。",
                        $"From the published figures of release {release.Info.Id}, as of {release.Info.AsOf}; whether it is approved stands on the cover."
                    ),
                    Bound.Words(Prose.Release)
                )
            ),
            (
                Phrase.Empty.Say("报告期", "Period"),
                Phrase.Empty.Period(
                    $"{year}年；年度图自{Charts.SceneBuilder.FirstYear}年至{Charts.SceneBuilder.LastYear}年。",
                    $"{year}; annual charts run from {Charts.SceneBuilder.FirstYear} to {Charts.SceneBuilder.LastYear}."
                )
            ),
            Glossary.Entry(
                "统计范围",
                "Perimeter",
                "当年名录内的省属企业集团及其所属企业；各年按当年名录汇总，可比口径另列。",
                "The provincial state-owned groups and their enterprises that stand in the register of the year; each year is summed over its own register, and the comparable perimeter is told apart."
            ),
            Glossary.Entry(
                "数据来源",
                "Source",
                "各企业按报表制度报送并通过审核的报表；目标与参照数来自公开发布，来源列于目标表后。",
                "Returns that the enterprises sent and that passed the checks; targets and reference figures are public, with their sources below the table of targets."
            ),
            Glossary.Entry(
                "数据质量",
                "Quality",
                "未报的单位仍在名录，其数为缺失而不是减少；回收率低于门槛的只列水平，不列增速与位次。",
                "Whoever has not reported still stands in the register: missing, not gone. Below the threshold of response only levels are told, no growth and no rank."
            ),
        ]);
        yield return new Aside(new Text("符号说明", "Symbols"), [new Glossary([.. Symbols()])]);
    }

    private IEnumerable<(Phrase, Phrase)> Symbols()
    {
        yield return Symbol(FigureText.MissingMark, "缺失：应有而未取得的数字", "missing: a figure that there should be");
        yield return release.Withheld.Count == 0
            ? Symbol(FigureText.SuppressedMark, "不予公布", "suppressed")
            : Symbol(
                FigureText.SuppressedMark,
                "为保密不公布，见“数据质量与回收”",
                "not published to keep data confidential; see \"Data quality and response\""
            );
        // The first of them is told above with where to read more.
        foreach (var flag in release.Info.Flags.Where(f => f.Symbol != FigureText.SuppressedMark))
            yield return Symbol(flag.Symbol, $"{flag.Name.Zh}：{flag.Rule.Zh}", $"{flag.Name.En.ToLowerInvariant()}: {flag.Rule.En}");
        yield return Symbol("†", "有分项缺失或不予公布", "a part is missing or suppressed");
        yield return Glossary.Entry("空格", "blank", "尚无数据，或不适用", "no data yet, or not applicable");
        yield return Glossary.Entry(
            "虚线、菱形",
            "dashes, diamonds",
            "红色为目标与目标路径，棕色为公布的参照数，紫色为测算值，均非统计数字",
            "crimson: a target and its path; brown: a published reference; violet: a projection. None is a figure of the statistics"
        );
        yield return Glossary.Entry("阴影线", "hatching", "没有数据的年份", "years without data");
    }

    private static (Phrase, Phrase) Symbol(string mark, string zh, string en) => Glossary.Entry(mark, mark, zh, en);
}
