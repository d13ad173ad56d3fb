using Innovation1551.Models;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>
/// What the figures of the year say, in sentences. A sentence whose figures are missing is not written; a growth is told only of figures
/// beyond the flash stage and taken from the same returns; what displays as equal is called unchanged, and ties are called ties.
/// </summary>
internal sealed class Findings(PublishedRelease release, int year)
{
    private const int MostTied = 3;

    public IReadOnlyList<Phrase> Of(Section section) =>
        (
            section switch
            {
                Section.Overview => [Spend(), Intensity(), PatentsShort(), Awards(), Coverage()],
                Section.Spend => [Spend(), TwoMeasures(), People()],
                Section.Structure =>
                [
                    Largest("rd_cost_share", "cost_item", "按费用科目分，占比最大的是", "The largest cost item was "),
                    Largest("rd_fund_share", "fund_source", "按资金来源分，占比最大的是", "The largest source of funds was "),
                    Basic(),
                ],
                Section.Enterprises =>
                [
                    Largest("rd_expense", "group", "研究开发费用居首位的是", "The largest R&D expense was that of "),
                    Largest("rd_intensity", "group", "研发投入强度居首位的是", "The highest R&D intensity was that of "),
                    Concentration(),
                ],
                Section.Patents => [Patents(), InForce(), Cumulative()],
                Section.Awards => [Awards(), Lead()],
                Section.Tasks => [Tasks()],
                Section.Monthly => [YearToDate()],
                Section.Targets => release
                    .Targets.Where(t => t.Breakdown != "task_kind")
                    .Select(t => TargetProgress.Of(t, release, year))
                    .OfType<Progress>()
                    .Select(TargetStatus)
                    .ToArray(),
                Section.Evaluation => [Scored(), HighestScore(), LargestGain()],
                Section.Quality => [LowestResponse()],
                _ => (Phrase?[])[],
            }
        )
            .OfType<Phrase>()
            .ToArray();

    private Figure? Get(string metric, string breakdown = "total", string category = "all") =>
        release.Annual(metric, year, breakdown, category) is { Value: not null } figure ? figure : null;

    private Metric M(string code) => release.Metric(code);

    /// <summary>The year, and for a figure that is not final the stage it is at.</summary>
    private Phrase Year(Figure figure)
    {
        var sentence = Phrase.Empty;
        if (figure.Status == FigureStatus.Provisional && Wording.Stage(figure.Stage) is var stage)
            return sentence
                .Say(
                    figure.IsFlash ? "快报显示，"
                        : figure.Stage == "preliminary" ? "初步核算，"
                        : $"{stage.Zh}，",
                    ""
                )
                .Period($"{year}年", $"In {year}")
                .Say("", $" ({stage.En}), ");
        return sentence.Period($"{year}年", $"In {year}").Say("", ", ");
    }

    /// <summary>Growth in words: a level alone while the figure is a flash one; unchanged where it displays as nothing.</summary>
    private Phrase Growth(Phrase sentence, Figure figure, string growthMetric)
    {
        if (figure.IsFlash || Get(growthMetric) is not { } growth)
            return sentence;
        var shown = FigureText.For(M(growthMetric)).Rounded(growth.Value!.Value);
        return shown == 0
            ? sentence.Say("，与上年（按本年重报的同期数）基本持平", ", little changed on the previous year as re-reported")
            : sentence
                .Say($"，比上年（按本年重报的同期数）{(shown > 0 ? "增长" : "下降")}", $", {(shown > 0 ? "up" : "down")} ")
                .Size(growth, M(growthMetric))
                .Say("", " on the previous year as re-reported");
    }

    private Phrase? Spend() =>
        Get("rd_expense") is { } spend
            ? Growth(Year(spend).Say("研究开发费用", "R&D expense was ").Say(spend, M("rd_expense")), spend, "rd_expense_yoy").Say("。", ".")
            : null;

    private Phrase? Intensity()
    {
        if (Get("rd_intensity") is not { } intensity)
            return null;
        var sentence = Year(intensity).Say("研发投入强度为", "R&D intensity was ").Say(intensity, M("rd_intensity"));
        if (!intensity.IsFlash && Get("rd_intensity_change_pp") is { } change)
            switch (FigureText.For(M("rd_intensity_change_pp")).Rounded(change.Value!.Value))
            {
                case 0:
                    sentence = sentence.Say("，与上年持平", ", unchanged");
                    break;
                case var shown:
                    sentence = sentence
                        .Say(shown > 0 ? "，比上年提高" : "，比上年回落", shown > 0 ? ", up " : ", down ")
                        .Size(change, M("rd_intensity_change_pp"));
                    break;
            }
        return sentence.Say("。", ".");
    }

    private Phrase? TwoMeasures() =>
        Get("rd_intensity_change_pp") is { IsFlash: false } change && Get("rd_intensity_growth") is { } growth
            ? Phrase
                .Empty.Say("研发投入强度比上年变动", "R&D intensity changed by ")
                .Say(change, M("rd_intensity_change_pp"))
                .Say("，相对增幅为", ", which is a relative growth of ")
                .Say(growth, M("rd_intensity_growth"))
                .Say("：前者是两个百分数之差，后者是两者之比。", ": the first is a difference of percentages, the second their ratio.")
            : null;

    private Phrase? People() =>
        Get("rd_fte") is { } fte && Get("rd_expense_per_fte") is { } per
            ? Year(fte)
                .Say("研发人员全时当量", "R&D personnel were ")
                .Say(fte, M("rd_fte"))
                .Say("，人均研究开发费用", ", with an R&D expense of ")
                .Say(per, M("rd_expense_per_fte"))
                .Say("。", ".")
            : null;

    /// <summary>Who stands first; tied ones together. Nobody is first while a figure is a flash one, one of last year's is missing, or a group has not reported whole.</summary>
    private Phrase? Largest(string metric, string breakdown, string zh, string en)
    {
        var series = release.Series(metric, breakdown);
        var figures = series
            .Where(f => f.Year == year && f.Value is not null)
            .OrderByDescending(f => f.Value)
            .ThenBy(f => f.Category, StringComparer.Ordinal)
            .ToArray();
        var missing = series.Any(f =>
            f.Year == year && f.Value is null && series.Any(b => b.Year == year - 1 && b.Category == f.Category && b.Value is not null)
        );
        if (figures.Length == 0 || missing || figures.Any(f => f.IsFlash || breakdown == "group" && f.Missing > 0))
            return null;
        var show = FigureText.For(M(metric));
        var first = figures.TakeWhile(f => show.Rounded(f.Value!.Value) == show.Rounded(figures[0].Value!.Value)).ToArray();
        if (first.Length > MostTied)
            return null;
        var sentence = Phrase.Empty.Say(zh, en);
        for (var i = 0; i < first.Length; i++)
            sentence = sentence.Say(i == 0 ? "" : "、", i == 0 ? "" : " and ").Name(release.Category(breakdown, first[i].Category).Name);
        return sentence.Say(first.Length > 1 ? "（并列），为" : "，为", first.Length > 1 ? " (tied): " : ": ").Say(figures[0], M(metric)).Say("。", ".");
    }

    private Phrase? Basic() =>
        Get("rd_activity_share", "activity", Codes.BasicResearch) is { } basic
            ? Phrase.Empty.Say("基础研究占", "Basic research accounted for ").Say(basic, M("rd_activity_share")).Say("。", ".")
            : null;

    private Phrase? Concentration() =>
        Get("rd_cr4") is { } cr4
            ? Phrase
                .Empty.Say("研究开发费用前四家集团占全部的", "The four largest spenders accounted for ")
                .Say(cr4, M("rd_cr4"))
                .Say("。", " of all R&D expense.")
            : null;

    private Phrase? PatentsShort() =>
        Get("patents_granted") is { } granted ? Year(granted).Say("专利授权", "grants came to ").Say(granted, M("patents_granted")).Say("。", ".") : null;

    private Phrase? Patents() =>
        Get("patents_filed") is { } filed && Get("patents_granted") is { } granted
            ? Year(filed)
                .Say("申请专利", "filings came to ")
                .Say(filed, M("patents_filed"))
                .Say("，授权专利", " and grants to ")
                .Say(granted, M("patents_granted"))
                .Say("。", ".")
            : null;

    private Phrase? InForce() =>
        Get("patents_in_force") is { } stock && Get("invention_share_in_force") is { } share
            ? Phrase
                .Empty.Say("年末有效专利", "At the end of the year ")
                .Say(stock, M("patents_in_force"))
                .Say("，其中发明占", " were in force, of which inventions ")
                .Say(share, M("invention_share_in_force"))
                .Say("。", ".")
            : null;

    private Phrase? Cumulative() =>
        Get("patents_granted_cumulative") is { } sum
            ? Phrase
                .Empty.Period($"2021年至{year}年", $"From 2021 to {year}")
                .Say("累计授权专利", " grants came to ")
                .Say(sum, M("patents_granted_cumulative"))
                .Say("。", " in all.")
            : null;

    private Phrase? Awards() =>
        Get("awards") is { } awards
            ? Year(awards).Say("获省部级以上科技奖励", "the enterprises won ").Say(awards, M("awards")).Say("。", " of provincial level and above.")
            : null;

    private Phrase? Lead() =>
        Get("awards", "award_role", Codes.Lead) is { } lead
            ? Phrase.Empty.Say("其中牵头完成", "Of these, ").Say(lead, M("awards")).Say("。", " were led by the enterprises themselves.")
            : null;

    /// <summary>The tasks of the report's own year, and how many of them were done at its end; without a ledger of that year, that this is not known.</summary>
    private Phrase? Tasks()
    {
        if (Get("tasks") is not { } tasks)
            return null;
        var sentence = Year(tasks).Say("攻关任务清单列", "the list of key tasks had ").Say(tasks, M("tasks"));
        var done = release
            .Series("task_done_share_month", "total", PeriodKind.Month)
            .Where(f => f.Value is not null && f.Year == year)
            .MaxBy(f => f.Period, StringComparer.Ordinal);
        return done is null
            ? sentence.Say("；没有当年的月度台账，完成情况不详。", "; without a ledger of that year, how many were finished is not known.")
            : sentence
                .Period($"，至{done.Month}月末", $"; at the end of month {done.Month} ")
                .Say("完成", "")
                .Say(done, M("task_done_share_month"))
                .Say("。", " were finished.");
    }

    private Phrase? YearToDate()
    {
        var last = release
            .Series("rd_expense_ytd", "total", PeriodKind.YearToDate)
            .Where(f => f.Value is not null && f.Year <= year + 1)
            .MaxBy(f => f.Period, StringComparer.Ordinal);
        return last is null
            ? null
            : Phrase
                .Empty.Period($"{last.Year}年1—{last.Month}月", $"From January to month {last.Month} of {last.Year}")
                .Say("研究开发费用累计", " R&D expense came to ")
                .Say(last, M("rd_expense_ytd"))
                .Say($"（{Wording.Stage(last.Stage).Zh}，非年度数）。", $" ({Wording.Stage(last.Stage).En}; not an annual figure).");
    }

    /// <summary>A target whose year has not come yet is told as a distance, not as missed; what displays as equal is called equal.</summary>
    private Phrase TargetStatus(Progress p)
    {
        var show = FigureText.For(p.Metric);
        var sentence = Phrase
            .Empty.Name(p.IsPath ? p.Metric.Name : p.Target.Name)
            .Period($"：{p.Actual.Year}年", $": in {p.Actual.Year} ")
            .Say(p.Actual, p.Metric);
        var qualifier = p.IsPath ? new Text("", "") : Wording.Qualifier(p.Target.Qualifier);
        if (p.IsPath)
            sentence = sentence.Say("，目标路径为", "; the target path asks for ");
        else if (p.Target.DueYear is { } due)
            sentence = sentence.Period($"，{due}年目标为", $"; the target for {due} is ").Say(qualifier.Zh, qualifier.En.Length > 0 ? qualifier.En + " " : "");
        else
            sentence = sentence.Say("，计划为" + qualifier.Zh, "; the plan is " + (qualifier.En.Length > 0 ? qualifier.En + " " : ""));
        sentence = sentence.Say(p.Aim, show, p.AimBound);
        if (p.IsPath)
            return show.Rounded(p.Actual.Value!.Value).CompareTo(show.Rounded(p.Aim)) switch
            {
                > 0 => sentence.Say("，高于路径。", ", and lies above it."),
                0 => sentence.Say("，与路径持平。", ", and equals it."),
                _ => sentence.Say("，低于路径。", ", and lies below it."),
            };
        sentence = p.Standing.Standing switch
        {
            "reached" => sentence.Say("，已经达到", ", and is reached"),
            "early" => sentence.Say("，已提前达到", ", and is met early"),
            "ahead" => sentence.Say("，快于序时进度", "; it runs ahead of its course"),
            "on_course" => sentence.Say("，符合序时进度", "; it is on course"),
            "behind" => sentence.Say("，落后于序时进度", "; it runs behind its course"),
            "missed" => sentence.Say("，未达到", ", and was not reached"),
            _ => sentence.Say("，期限未到", ", not yet due"),
        };
        if (p.Standing.Missing is > 0 and var missing)
            sentence = sentence.Say("，还差", ", with ").Say(missing, show, p.Standing.Key("missing")).Say("", " missing");
        if (!p.Actual.IsFlash && p.Standing.RequiredGrowth is { } growth)
            sentence = sentence
                .Say("，此后须年均增长", ", which requires ")
                .Say(growth, Percent, p.Standing.Key("required_growth_percent"))
                .Say("", " a year from here");
        return sentence.Say("。", ".");
    }

    private static readonly FigureText Percent = new(1, new Text("%", "%"), 1, false, false);

    private Phrase Scored() =>
        EvaluationPlaces.Scores(release, year) is [{ } any, ..]
            ? Phrase
                .Empty.Period($"{year}年", $"In {year} ")
                .Say("有", "")
                .Count(any.Ranked, any.Key("ranked"))
                .Say("户企业集团按", any.Ranked == 1 ? " group was scored by the " : " groups were scored by the ")
                .Name(any.SystemName)
                .Say("得分。", ".")
            : Phrase.Empty.Say("本发布版本没有", "The release has no evaluation of ").Period($"{year}年", $"{year}").Say("的绩效评价。", ".");

    /// <summary>The highest score, where it displays as higher than all others, and whether the weights decide it.</summary>
    private Phrase? HighestScore()
    {
        if (
            EvaluationPlaces.Scores(release, year).Where(s => s.Score is not null).ToArray()
                is not [{ Score: { } score, Best: { } best, Worst: { } worst } first, var second, ..]
            || second.Score == score
        )
            return null;
        var sentence = Phrase
            .Empty.Say("得分最高的是", "The highest score was that of ")
            .Name(release.Category("group", first.Group).Name)
            .Say("，为", ": ")
            .Say(score, EvaluationPart.Points, first.Key("score"));
        return best == worst
            ? sentence.Say("；权重变动时位次不变。", "; its place stays when the weights change.")
            : sentence
                .Say("；权重变动时位次在第", "; when the weights change its place lies between ")
                .Count(best, first.Key("rank_low"))
                .Say("位至第", " and ")
                .Count(worst, first.Key("rank_high"))
                .Say("位之间。", ".");
    }

    /// <summary>Whose score rose most, and by which part most of it.</summary>
    private Phrase? LargestGain()
    {
        var gains = EvaluationPlaces.Scores(release, year).Where(s => s.Change > 0).OrderByDescending(s => s.Change).ToArray();
        if (gains is not [{ Change: { } gain } first, ..] || gains.Length > 1 && gains[1].Change == gain)
            return null;
        var sentence = Phrase
            .Empty.Say("与上年相比，得分上升最多的是", "The score that rose most on the year before was that of ")
            .Name(release.Category("group", first.Group).Name)
            .Say("，上升", ", up ")
            .Say(gain, EvaluationPart.Points, first.Key("score_change"));
        var most = release.ScoreParts.Where(p => p.System == first.System && p.Group == first.Group && p.Year == year && p.Change > 0).MaxBy(p => p.Change);
        if (most?.Change is { } part)
            sentence = sentence.Say("，其中", ", of which ").Name(most.Name).Say("", " ").Say(part, EvaluationPart.Points, most.Key("change"));
        return sentence.Say("。", ".");
    }

    /// <summary>Who has not reported is missing, not gone: how complete the returns of the year are stands beside its headline figures.</summary>
    private Phrase? Coverage() =>
        Get("rd_expense") is { Missing: > 0, Response: { } response, Coverage: { } coverage } spend
            ? Phrase
                .Empty.Say("研究开发费用尚有", "R&D expense is without the returns of ")
                .Count(spend.Missing, spend.Key("missing"))
                .Say("户未报，回收率", spend.Missing == 1 ? " enterprise that owes one; response " : " enterprises that owe one; response ")
                .Say(response, Percent, spend.Key("response_percent"))
                .Say("，按上年收入计", ", by last revenue ")
                .Say(coverage, Percent, spend.Key("coverage_percent"))
                .Say("；未报的单位仍在名录，其数缺失，不是减少", "; whoever has not reported still stands in the register: the figures are missing, not gone")
                .Say(spend.IsFlash ? "，故不计增速。" : "。", spend.IsFlash ? ", and no growth is told." : ".")
            : null;

    private Phrase? LowestResponse()
    {
        var rates = release
            .Responses.Where(r => r.Year == year && r.Rate is not null)
            .OrderBy(r => r.Rate)
            .ThenBy(r => r.Form, StringComparer.Ordinal)
            .ToArray();
        if (rates.Length == 0)
            return null;
        var show = FigureText.For(ResponseSeries.Rate);
        var lowest = rates.TakeWhile(r => show.Rounded(r.Rate!.Value) == show.Rounded(rates[0].Rate!.Value)).ToArray();
        if (lowest.Length == rates.Length && rates.Length > 1)
            return Phrase
                .Empty.Period($"{year}年", $"In {year} ")
                .Say("各报表回收率相同，为", "all forms had the same response rate: ")
                .Say(rates[0].Rate!.Value, show, rates[0].Key("rate"))
                .Say("。", ".");
        var sentence = Phrase.Empty.Period($"{year}年", $"In {year} ").Say("回收率最低的报表是", "the form with the lowest response rate was ");
        for (var i = 0; i < lowest.Length; i++)
            sentence = sentence.Say(i == 0 ? "" : "、", i == 0 ? "" : " and ").Name(lowest[i].Name);
        return sentence
            .Say(lowest.Length > 1 ? "（并列）：" : "：", lowest.Length > 1 ? " (tied): " : ": ")
            .Say(lowest[0].Rate!.Value, show, lowest[0].Key("rate"))
            .Say("（应报", " (")
            .Count(lowest[0].Expected, lowest[0].Key("expected"))
            .Say("，通过", " due, ")
            .Count(lowest[0].Accepted, lowest[0].Key("accepted"))
            .Say("）。", " accepted).");
    }
}
