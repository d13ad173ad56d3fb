using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>What the figures of the year say, in sentences. A sentence whose figures are missing is not written.</summary>
internal sealed class Findings(PublishedRelease release, int year)
{
    public IReadOnlyList<Sentence> Of(Section section) => (section switch
    {
        Section.Overview => [Spend(), Intensity(), PatentsShort(), Awards()],
        Section.Spend => [Spend(), TwoMeasures(), People()],
        Section.Structure => [LargestShare("rd_cost_share", "cost_item", "费用科目", "cost item"), LargestShare("rd_fund_share", "fund_source", "资金来源", "source of funds"), Basic()],
        Section.Enterprises => [LargestGroup(), Strongest(), Concentration()],
        Section.Patents => [Patents(), InForce(), Cumulative()],
        Section.Awards => [Awards(), Lead()],
        Section.Monthly => [YearToDate()],
        Section.Targets => release.Paths.Where(p => p.Year == year).Select(TargetStatus).ToArray(),
        Section.Quality => [LowestResponse()],
        _ => (Sentence?[])[],
    }).OfType<Sentence>().ToArray();

    private Figure? Get(string metric, string breakdown = "total", string category = "all") =>
        release.Annual(metric, year, breakdown, category) is { Value: not null } figure ? figure : null;

    private Metric M(string code) => release.Metric(code);

    private static (string Zh, string En) Moved(decimal value) => value >= 0 ? ("增长", "up") : ("下降", "down");

    private Sentence Year() => new Sentence().Say($"{year}年", $"In {year}, ");

    private Sentence? Spend()
    {
        if (Get("rd_expense") is not { } spend)
            return null;
        var sentence = Year().Say("研究开发费用", "R&D expense was ").Say(spend, M("rd_expense"));
        if (Get("rd_expense_yoy") is { } growth)
            sentence.Say($"，比上年（按本年重报的同期数）{Moved(growth.Value!.Value).Zh}", $", {Moved(growth.Value!.Value).En} ").Size(growth, M("rd_expense_yoy")).Say("", " on the previous year as re-reported");
        return sentence.Say("。", ".");
    }

    private Sentence? Intensity()
    {
        if (Get("rd_intensity") is not { } intensity)
            return null;
        var sentence = Year().Say("研发投入强度为", "R&D intensity was ").Say(intensity, M("rd_intensity"));
        if (Get("rd_intensity_change_pp") is { } change)
            sentence.Say(change.Value >= 0 ? "，提高" : "，降低", change.Value >= 0 ? ", higher by " : ", lower by ").Size(change, M("rd_intensity_change_pp"));
        return sentence.Say("。", ".");
    }

    private Sentence? TwoMeasures() =>
        Get("rd_intensity_change_pp") is { } change && Get("rd_intensity_growth") is { } growth
            ? new Sentence().Say("研发投入强度比上年变动", "R&D intensity changed by ").Say(change, M("rd_intensity_change_pp")).Say("，相对增幅为", ", which is a relative growth of ").Say(growth, M("rd_intensity_growth")).Say("：前者是两个百分数之差，后者是两者之比。", ": the first is a difference of percentages, the second their ratio.")
            : null;

    private Sentence? People() =>
        Get("rd_fte") is { } fte && Get("rd_expense_per_fte") is { } per
            ? Year().Say("研发人员全时当量", "R&D personnel were ").Say(fte, M("rd_fte")).Say("，人均研究开发费用", ", with an R&D expense of ").Say(per, M("rd_expense_per_fte")).Say("。", ".")
            : null;

    private Sentence? LargestShare(string metric, string breakdown, string zh, string en)
    {
        var largest = release.Series(metric, breakdown).Where(f => f.Year == year && f.Value is not null).OrderByDescending(f => f.Value).ThenBy(f => f.Category, StringComparer.Ordinal).FirstOrDefault();
        return largest is null ? null : new Sentence().Say($"按{zh}分，占比最大的是", $"The largest {en} was ").Say(release.Category(breakdown, largest.Category).Name).Say("，占", ", with ").Say(largest, M(metric)).Say("。", ".");
    }

    private Sentence? Basic() =>
        Get("rd_activity_share", "activity", Codes.BasicResearch) is { } basic
            ? new Sentence().Say("基础研究占", "Basic research accounted for ").Say(basic, M("rd_activity_share")).Say("。", ".")
            : null;

    private Sentence? LargestGroup() => Largest("rd_expense", "研究开发费用最多的是", "The largest R&D expense was that of ");

    private Sentence? Strongest() => Largest("rd_intensity", "研发投入强度最高的是", "The highest R&D intensity was that of ");

    private Sentence? Largest(string metric, string zh, string en)
    {
        var largest = release.Series(metric, "group").Where(f => f.Year == year && f.Value is not null).OrderByDescending(f => f.Value).ThenBy(f => f.Category, StringComparer.Ordinal).FirstOrDefault();
        return largest is null ? null : new Sentence().Say(zh, en).Say(release.Category("group", largest.Category).Name).Say("，为", ": ").Say(largest, M(metric)).Say("。", ".");
    }

    private Sentence? Concentration() =>
        Get("rd_cr4") is { } cr4
            ? new Sentence().Say("研究开发费用前四家集团占全部的", "The four largest spenders accounted for ").Say(cr4, M("rd_cr4")).Say("。", " of all R&D expense.")
            : null;

    private Sentence? PatentsShort() =>
        Get("patents_granted") is { } granted
            ? Year().Say("专利授权", "grants came to ").Say(granted, M("patents_granted")).Say("。", ".")
            : null;

    private Sentence? Patents() =>
        Get("patents_filed") is { } filed && Get("patents_granted") is { } granted
            ? Year().Say("申请专利", "filings came to ").Say(filed, M("patents_filed")).Say("，授权专利", " and grants to ").Say(granted, M("patents_granted")).Say("。", ".")
            : null;

    private Sentence? InForce() =>
        Get("patents_in_force") is { } stock && Get("invention_share_in_force") is { } share
            ? new Sentence().Say("年末有效专利", "At the end of the year ").Say(stock, M("patents_in_force")).Say("，其中发明占", " were in force, of which inventions ").Say(share, M("invention_share_in_force")).Say("。", ".")
            : null;

    private Sentence? Cumulative() =>
        Get("patents_granted_cumulative") is { } sum
            ? new Sentence().Say($"2021年至{year}年累计授权专利", $"From 2021 to {year} grants came to ").Say(sum, M("patents_granted_cumulative")).Say("。", " in all.")
            : null;

    private Sentence? Awards() =>
        Get("awards") is { } awards
            ? Year().Say("获省部级以上科技奖励", "the enterprises won ").Say(awards, M("awards")).Say("。", " of provincial level and above.")
            : null;

    private Sentence? Lead() =>
        Get("awards", "award_role", Codes.Lead) is { } lead
            ? new Sentence().Say("其中牵头完成", "Of these, ").Say(lead, M("awards")).Say("。", " were led by the enterprises themselves.")
            : null;

    private Sentence? YearToDate()
    {
        var last = release.Series("rd_expense_ytd", "total", PeriodKind.YearToDate).Where(f => f.Value is not null && f.Year <= year + 1).MaxBy(f => f.Period, StringComparer.Ordinal);
        return last is null ? null : new Sentence()
            .Say($"{last.Year}年1—{last.Month}月研究开发费用累计", $"From January to month {last.Month} of {last.Year} R&D expense came to ").Say(last, M("rd_expense_ytd")).Say("（初步数，非年度数）。", " (provisional; not an annual figure).");
    }

    private Sentence? TargetStatus(PathPoint point)
    {
        if (Get(point.Metric) is not { } actual)
            return null;
        var show = FigureText.For(M(point.Metric));
        var reached = actual.Value >= point.Value;
        return Year().Say(M(point.Metric).Name).Say("为", " was ").Say(actual, M(point.Metric))
            .Say($"，目标路径为{show.Prose(point.Value, Language.Zh)}，{(reached ? "已达到" : "尚未达到")}。", $"; the target path asks for {show.Prose(point.Value, Language.En)}, which is {(reached ? "reached" : "not yet reached")}.");
    }

    private Sentence? LowestResponse()
    {
        var lowest = release.Responses.Where(r => r.Year == year && r.Rate is not null).OrderBy(r => r.Rate).ThenBy(r => r.Form, StringComparer.Ordinal).FirstOrDefault();
        if (lowest is null)
            return null;
        var show = FigureText.For(ResponseSeries.Rate);
        return Year().Say($"回收率最低的报表是{lowest.Name.Zh}：{show.Prose(lowest.Rate!.Value, Language.Zh)}（应报{lowest.Expected}，通过{lowest.Accepted}）。",
            $"the form with the lowest response rate was {lowest.Name.En}: {show.Prose(lowest.Rate!.Value, Language.En)} ({lowest.Accepted} accepted of {lowest.Expected} due).");
    }
}
