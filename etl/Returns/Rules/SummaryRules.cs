using Innovation1551.Models;
using Innovation1551.Returns.Forms;
using static Innovation1551.Returns.Rules.RuleSql;

namespace Innovation1551.Returns.Rules;

/// <summary>Rules on the yearly summary of patents and awards: what must add up, roll forward, and agree with the lists.</summary>
internal static class SummaryRules
{
    private const string Patents = "patent_summary",
        Awards = "award_summary";

    public static IEnumerable<Rule> OfPatents()
    {
        foreach (var (measure, name) in PatentSummaryForm.Measures)
            yield return Balance(
                "V12",
                Patents,
                $"{measure}_total_count",
                new(name.Zh + "合计", "total of " + name.En),
                [.. PatentSummaryForm.Types.Select(t => $"{measure}_{t.Name}_count")]
            );
        foreach (var (type, name) in PatentSummaryForm.Types)
        {
            yield return Balance(
                "V13",
                Patents,
                $"closing_{type}_count",
                new("期末有效专利（" + name.Zh + "）", "patents in force at the end, " + name.En),
                [$"opening_{type}_count", $"granted_{type}_count", $"transferred_in_{type}_count"],
                [$"lapsed_{type}_count", $"transferred_out_{type}_count"]
            );
            yield return new(
                "V14",
                Severity.Error,
                Patents,
                $"opening_{type}_count",
                $"l.opening_{type}_count <> p.closing_{type}_count",
                new(
                    "期初有效（" + name.Zh + "）{0} 件，与上年期末 {1} 件不一致",
                    "in force at the beginning (" + name.En + ") {0}, at the end of last year {1}"
                ),
                Recheck,
                $"l.opening_{type}_count",
                $"p.closing_{type}_count"
            )
            {
                Joins = Prior(Patents),
            };
        }
        // The summary counts what the enterprise is first owner of, as the list does for patents in force.
        foreach (
            var (measure, name, events) in ((string, Text, string)[])
                [("filed", new("本期申请", "filed"), "'FILE'"), ("granted", new("本期授权", "granted"), "'GRANT'")]
        )
            yield return new(
                "V12",
                Severity.Warning,
                Patents,
                $"{measure}_total_count",
                $"l.{measure}_total_count <> listed.{measure}",
                new(name.Zh + " {0} 件，专利事件清单中为 {1} 件（第一专利权人）", name.En + ": {0}, but {1} in the list of patent events (as first owner)"),
                Explain,
                $"l.{measure}_total_count",
                $"listed.{measure}"
            )
            {
                Joins = $"""
                    join (
                        select a.enterprise_code, a.period_year,
                            count(distinct case when a.event = 'FILE' and n.enterprise_code is not null and year(a.event_date) = a.period_year then a.application_no end) as filed,
                            count(distinct case when a.event = 'GRANT' and n.enterprise_code is not null and year(a.event_date) = a.period_year then a.application_no end) as granted
                        from {Rule.Accepted}patents as a left join known_name as n on n.name = {PatentRules.FirstOwner(
                        "a"
                    )} and n.enterprise_code = a.enterprise_code
                        where a.period_month is null
                        group by all
                    ) as listed on listed.enterprise_code = l.enterprise_code and listed.period_year = l.period_year and l.period_month is null
                    """,
            };
    }

    public static IEnumerable<Rule> OfAwards()
    {
        yield return new(
            "V19",
            Severity.Error,
            Awards,
            "national_count",
            "l.national_count > l.provincial_plus_count",
            new("国家级奖 {0} 项多于省部级以上奖 {1} 项", "{0} national awards exceed {1} of provincial level and above"),
            Recheck,
            "l.national_count",
            "l.provincial_plus_count"
        );
        yield return new(
            "V19",
            Severity.Error,
            Awards,
            "provincial_plus_count",
            "l.provincial_plus_count > l.total_count",
            new("省部级以上奖 {0} 项多于获奖总数 {1} 项", "{0} awards of provincial level and above exceed the total of {1}"),
            Recheck,
            "l.provincial_plus_count",
            "l.total_count"
        );
        yield return Balance(
            "V19",
            Awards,
            "graded_count",
            new("等级奖合计", "graded awards"),
            "grade_special_count",
            "grade_first_count",
            "grade_second_count",
            "grade_third_count"
        );
        yield return Balance("V19", Awards, "total_count", new("获奖总数", "all awards"), "graded_count", "ungraded_count");
        foreach (
            var (field, listed, zh, en) in ((string, string, string, string)[])
                [("total_count", "n", "获奖总数", "all awards"), ("national_count", "nat", "国家级奖", "national awards")]
        )
            yield return new(
                "V19",
                Severity.Warning,
                Awards,
                field,
                $"l.{field} <> listed.{listed}",
                new(zh + " {0} 项，奖励清单中为 {1} 项", en + ": {0}, but {1} in the list of awards"),
                Explain,
                $"l.{field}",
                $"listed.{listed}"
            )
            {
                Joins = $"""
                    join (
                        select enterprise_code, period_year, count(distinct certificate_no) as n, count(distinct case when award_level = 'NAT' then certificate_no end) as nat
                        from {Rule.Accepted}awards where period_month is null group by all
                    ) as listed on listed.enterprise_code = l.enterprise_code and listed.period_year = l.period_year and l.period_month is null
                    """,
            };
    }
}
