using Innovation1551.Models;
using Innovation1551.Returns.Forms;
using static Innovation1551.Returns.Rules.RuleSql;

namespace Innovation1551.Returns.Rules;

/// <summary>
/// A return against last year's, against the month before, against the same enterprise's annual figure and against enterprises of the same industry.
/// The comparator is always the last return that was accepted: one that was itself in the wrong unit serves nobody.
/// </summary>
internal static class ComparisonRules
{
    /// <summary>What of a form is compared, and by what an enterprise's size is told from its own figures.</summary>
    private sealed record Compared(
        string Main,
        Text MainName,
        string[] Totals,
        (string Comparative, string Of)[] Comparatives,
        string LargeFrom,
        string Size,
        Text SizeName
    )
    {
        /// <summary>SQL: the power of ten by which two figures of the row lie apart that are of one size; null where they do not, or the form has none such.</summary>
        public string? Apart { get; init; }
    }

    private static readonly Dictionary<string, Compared> ByForm = new(StringComparer.Ordinal)
    {
        ["rd_spend"] = new(
            "expense_total_wan",
            new("研究开发费用", "R&D expense"),
            ["expense_total_wan", "intramural_total_wan"],
            [("expense_total_prior_wan", "expense_total_wan"), ("intramural_total_prior_wan", "intramural_total_wan")],
            "large_expense_wan",
            "rd_personnel_fte",
            new("全时人年", "person-year")
        ),
        ["finance"] = new(
            "revenue_wan",
            new("营业收入", "revenue"),
            ["revenue_wan", "operating_cost_wan"],
            [("revenue_prior_wan", "revenue_wan")],
            "large_revenue_wan",
            "employees_persons",
            new("从业人员", "employee")
        )
        {
            Apart = FinanceRules.Apart,
        },
    };

    public static IEnumerable<Rule> Of(Form form, Thresholds limits)
    {
        var compared = ByForm[form.Id];
        return
        [
            .. Comparatives(form.Id, compared),
            .. Units(form, compared, limits),
            .. Changes(form, compared, limits),
            .. Months(form.Id, compared, limits),
            Siblings(form.Id, compared, limits),
            .. Versions(form.Id, compared, limits),
            .. OwnComparatives(form.Id, compared, limits),
        ];
    }

    private static IEnumerable<Rule> Comparatives(string form, Compared compared) =>
        compared.Comparatives.Select(c => new Rule(
            "V24",
            Severity.Warning,
            form,
            c.Comparative,
            $"l.{c.Comparative} <> p.{c.Of}",
            new("本年上报的上年数 {0} 与上年报送数 {1} 不一致", "the comparative {0} differs from {1} returned last year"),
            Explain,
            $"l.{c.Comparative}",
            $"p.{c.Of}"
        )
        {
            Joins = Prior(form),
        });

    /// <summary>
    /// About 10, 100, 1,000 or 10,000 times, or that part of, last year's total. The message says how many amounts of the row moved by the same factor:
    /// all of them, and the row is in another unit; one, and that cell is.
    /// </summary>
    private static IEnumerable<Rule> Units(Form form, Compared compared, Thresholds limits) =>
        compared.Totals.Select(total => new Rule(
            "V25",
            Severity.Error,
            form.Id,
            total,
            $"moved.slip_{total}",
            new(
                "本期 {0} 约为上年 {1} 的 {2} 倍，疑为计量单位错误（本行 {3} 个可比金额中有 {4} 个相差同一倍数）",
                "{0} is about {2} times last year's {1}: probably the wrong unit ({4} of the row's {3} comparable amounts are off by the same factor)"
            ),
            Recheck,
            "l." + total,
            "p." + total,
            Multiple($"cast(round({Magnitude("l." + total, "p." + total)}) as integer)"),
            "moved.amounts",
            "moved.along_" + total
        )
        {
            Joins = WithMoves(form, "join"),
            Prepared = Moves(form, compared, limits),
        });

    /// <param name="join">What of the rows stays: those that moved alone, or all.</param>
    private static string WithMoves(Form form, string join) =>
        $"{Prior(form.Id)} {join} moved_{form.Id} as moved on moved.file_no = l.file_no and moved.sheet_no = l.sheet_no and moved.source_row = l.source_row";

    /// <summary>
    /// The rows of which a total may be some power of ten of last year's: by how many their amounts moved, and whether a total is in another unit: it is a clean multiple of last year's; or,
    /// where growth blurs the multiple, the row's other figures say so. Either the row repeats last year's figures off by the same multiple, or most of its
    /// amounts moved by it and its people did not.
    /// </summary>
    private static (string, string) Moves(Form form, Compared compared, Thresholds limits)
    {
        var clean = $"log10(1 + {limits["slip_percent"]} / 100)";
        string Along(string total) => $"len(list_filter(moves, x -> abs(x - round(of_{total})) < 0.5))";
        // A factor of 100 and more is no growth, whatever the enterprise grew by beside it.
        string Apart(string of, string tolerance) =>
            $"abs(round({of})) between 1 and 4 and abs({of} - round({of})) <= case when abs(round({of})) >= 2 then 0.3 else {tolerance} end";
        string Near(string total, string tolerance) => Apart("of_" + total, tolerance);
        string Slip(string total) =>
            $"""
                coalesce({Near(total, clean)} or {Near(total, limits["slip_row_decades"])} and (
                    len(list_filter(repeats, x -> abs(x - round(of_{total})) <= {clean})) > 0
                    or {Along(total)} * 100 >= {limits["slip_row_percent"]} * greatest(len(moves), 2) and coalesce(abs(people) < 0.5, true)), false)
                """;
        return (
            $"moved_{form.Id}",
            $"""
            select file_no, sheet_no, source_row, len(moves) as amounts, {string.Join(
                ", ",
                compared.Totals.Select(t => $"{Slip(t)} as slip_{t}, {Along(t)} as along_{t}")
            )}
            from (
                select l.file_no, l.sheet_no, l.source_row, list_filter([{string.Join(
                ", ",
                Comparable(form).Select(a => Magnitude("l." + a, "p." + a))
            )}], x -> x is not null) as moves,
                    [{string.Join(", ", compared.Comparatives.Select(c => Magnitude("l." + c.Comparative, "p." + c.Of)))}] as repeats,
                    {Magnitude("l." + compared.Size, "p." + compared.Size)} as people,
                    {string.Join(", ", compared.Totals.Select(t => $"{Magnitude("l." + t, "p." + t)} as of_{t}"))}
                from landing.{form.Id} as l {Prior(form.Id)}
                where {string.Join(" or ", compared.Totals.Select(t => Apart(Magnitude("l." + t, "p." + t), $"greatest({clean}, {limits["slip_row_decades"]})")))}
            )
            """
        );
    }

    private static IEnumerable<Rule> Changes(Form form, Compared compared, Thresholds limits)
    {
        var (now, before) = ("l." + compared.Main, "p." + compared.Main);
        var slip = $"coalesce(moved.slip_{compared.Main}, false)" + (compared.Apart is { } apart ? $" or {apart} is not null" : "");
        yield return new(
            "V26",
            Severity.Warning,
            form.Id,
            compared.Main,
            $"{before} > 0 and not ({slip}) and abs({Wide(now)} - {before}) * 100 > {Wide(before)} * case when {before} >= {limits[compared.LargeFrom]} then {limits["change_large_percent"]} else {limits["change_percent"]} end",
            new(compared.MainName.Zh + "由 {1} 变为 {0}，变动过大", compared.MainName.En + " moved from {1} to {0}: an unusual change"),
            Explain,
            now,
            before
        )
        {
            Joins = WithMoves(form, "left join"),
            Prepared = Moves(form, compared, limits),
        };
        yield return new(
            "V26",
            Severity.Warning,
            form.Id,
            compared.Main,
            $"{before} > 0 and {now} = {before}",
            new(compared.MainName.Zh + "与上年完全相同（{0}）", compared.MainName.En + " is exactly last year's ({0})"),
            Explain,
            now
        )
        {
            Joins = WithMoves(form, "left join"),
            Prepared = Moves(form, compared, limits),
        };
    }

    /// <summary>Where last year's return is not known, the row's own figures of last year say what to expect. Asked, not refused: they may be the ones in the wrong unit.</summary>
    private static IEnumerable<Rule> OwnComparatives(string form, Compared compared, Thresholds limits)
    {
        foreach (var (comparative, of) in compared.Comparatives)
        {
            var exponent = Exponent("l." + of, "l." + comparative, limits["slip_row_decades"]);
            yield return new(
                "V25",
                Severity.Warning,
                form,
                of,
                $"p.file_no is null and {exponent} is not null",
                new(
                    "本期 {0} 约为本行所填上年数 {1} 的 {2} 倍，疑为计量单位错误",
                    "{0} is about {2} times the figure of last year in the same row, {1}: probably the wrong unit"
                ),
                Explain,
                "l." + of,
                "l." + comparative,
                Multiple(exponent)
            )
            {
                Joins = "left " + Prior(form),
            };
        }
    }

    private static IEnumerable<Rule> Months(string form, Compared compared, Thresholds limits)
    {
        var (now, before) = ("l." + compared.Main, "b." + compared.Main);
        // What the month before would be at the same pace: a cumulative figure grows with the months.
        var pace = Exponent($"({Wide(now)} * (l.period_month - 1))", $"({Wide(before)} * l.period_month)", limits["slip_month_decades"]);
        yield return new(
            "V23",
            Severity.Warning,
            form,
            compared.Main,
            $"{now} < {before} and {pace} is null",
            new("累计数 {0} 小于上月止累计数 {1}", "the cumulative figure {0} is below that of the month before, {1}"),
            Explain,
            now,
            before
        )
        {
            Joins = MonthBefore(form),
        };
        yield return new(
            "V25",
            Severity.Error,
            form,
            compared.Main,
            $"{pace} is not null",
            new(
                "累计数 {0} 与上月止累计数 {1} 相比约为 {2} 倍，疑为计量单位错误",
                "the cumulative figure {0} is about {2} times what that of the month before, {1}, leads to expect: probably the wrong unit"
            ),
            Recheck,
            now,
            before,
            Multiple(pace)
        )
        {
            Joins = MonthBefore(form),
        };
        yield return new(
            "V41",
            Severity.Warning,
            form,
            compared.Main,
            $"l.period_month is null and {now} <> 0 and abs({Wide(now)} - q.{compared.Main}) * 100 > {Wide($"abs({now})")} * {limits["flash_percent"]}",
            new("年报数 {0} 与1-12月快报数 {1} 相差过大", "the annual figure {0} differs much from that of January to December, {1}"),
            Explain,
            now,
            "q." + compared.Main
        )
        {
            Joins = $"join {Rule.Accepted}{form} as q on q.enterprise_code = l.enterprise_code and q.period_year = l.period_year and q.period_month = 12",
        };
    }

    /// <summary>
    /// For an enterprise without an accepted comparator of its own: its main figure per head against the median of its industry in the same period.
    /// Enterprises differ widely, so that only magnitudes are told, and the enterprise is asked rather than refused.
    /// </summary>
    private static Rule Siblings(string form, Compared compared, Thresholds limits)
    {
        string PerHead(string row) =>
            $"(case when {row}.{compared.Size} > 0 then cast({row}.{compared.Main} as double) / cast({row}.{compared.Size} as double) end)";
        var exponent =
            $"case when abs({Magnitude(PerHead("l"), "sib.median_per_head")}) >= {limits["sibling_decades"]} then cast(round({Magnitude(PerHead("l"), "sib.median_per_head")}) as integer) end";
        return new(
            "V25",
            Severity.Warning,
            form,
            compared.Main,
            $"p.file_no is null and b.file_no is null and {exponent} is not null",
            new(
                $"{compared.MainName.Zh}按{compared.SizeName.Zh}平均约为同行业企业中位数的 {{1}} 倍（{{0}}），疑为计量单位错误",
                $"{compared.MainName.En} per {compared.SizeName.En} is about {{1}} times the median of the industry ({{0}}): probably the wrong unit"
            ),
            Explain,
            "l." + compared.Main,
            Multiple(exponent)
        )
        {
            Joins = $"""
                left {Prior(form)} left {MonthBefore(form)}
                join industry_of as own on own.enterprise_code = l.enterprise_code
                join (
                    select i.industry, a.period_year, a.period_month, median({PerHead("a")}) as median_per_head
                    from {Rule.Accepted}{form} as a join industry_of as i using (enterprise_code)
                    where a.{compared.Size} > 0 and a.{compared.Main} > 0
                    group by all having count(*) >= {limits["siblings_min"]}
                ) as sib on sib.industry = own.industry and sib.period_year = l.period_year and sib.period_month is not distinct from l.period_month
                """,
        };
    }

    /// <summary>A revision that moves the main figure is asked why; the version before stays on record.</summary>
    private static IEnumerable<Rule> Versions(string form, Compared compared, Thresholds limits)
    {
        var (now, before) = ("l." + compared.Main, "v." + compared.Main);
        yield return new(
            "V41",
            Severity.Warning,
            form,
            compared.Main,
            $"{before} <> 0 and {now} <> {before} and abs({Wide(now)} - {before}) * 100 > {Wide($"abs({before})")} * {limits["revision_percent"]}",
            new("修订后 {0}，上一版 {1}，修订幅度较大", "revised to {0} from {1}: a large revision"),
            new("请在“说明”栏说明修订原因和批准人", "give the reason and who approved it in the explanation column"),
            now,
            before
        )
        {
            Joins =
                $"join landing.sheet as s on s.file_no = l.file_no and s.sheet_no = l.sheet_no join {Rule.Accepted}{form}_before as v on v.enterprise_code = l.enterprise_code and v.period_year = l.period_year and v.period_month is not distinct from l.period_month and v.next_revision = s.revision",
        };
    }
}
