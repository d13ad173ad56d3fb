using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using static Innovation1551.Returns.Rules.RuleSql;

namespace Innovation1551.Returns.Rules;

/// <summary>Rules on the list of patent events.</summary>
internal static class PatentRules
{
    private const string Form = "patents";

    public static IEnumerable<Rule> All()
    {
        yield return new(
            "V16",
            Severity.Error,
            Form,
            "application_no",
            "not landing.is_application_no(l.application_no)",
            new("申请号格式或校验位不对", "the application number has a wrong shape or check digit"),
            Recheck
        );
        yield return new(
            "V16",
            Severity.Error,
            Form,
            "patent_type",
            // Of a number that is none, V16 speaks; it is asked only where the types differ, for asking costs.
            "case when case l.application_no[5] when '1' then 'I' when '8' then 'I' when '2' then 'U' when '9' then 'U' else 'D' end <> l.patent_type then landing.is_application_no(l.application_no) end",
            new("专利类型与申请号（{0}）第5位不一致", "the type does not agree with the fifth digit of {0}"),
            Recheck,
            "l.application_no"
        );
        yield return new(
            "V15",
            Severity.Error,
            Form,
            "event_date",
            "l.event <> 'FILE' and l.event_date < first.filed_on",
            new("事件日期 {0} 早于申请日 {1}", "the event on {0} is before the filing on {1}"),
            Recheck,
            "l.event_date",
            "first.filed_on"
        )
        {
            Joins = First,
        };
        yield return new(
            "V15",
            Severity.Error,
            Form,
            "event_date",
            $"l.event in ({Ends}) and l.event_date < first.granted_on",
            new("失效日期 {0} 早于授权日 {1}", "it ended on {0}, before the grant on {1}"),
            Recheck,
            "l.event_date",
            "first.granted_on"
        )
        {
            Joins = First,
        };
        yield return new(
            "V33",
            Severity.Error,
            Form,
            "event_date",
            "year(l.event_date) > l.period_year",
            new("事件日期 {0} 晚于报告期 {1}", "the event on {0} is later than the period {1}"),
            Recheck,
            "l.event_date",
            "l.period_year"
        );
        yield return new(
            "V33",
            Severity.Error,
            Form,
            "event_date",
            "year(l.event_date) <= l.period_year and l.event_date > s.filled_on",
            new("事件日期 {0} 晚于填报日 {1}", "the event on {0} is later than the day of filling in, {1}"),
            Recheck,
            "l.event_date",
            "s.filled_on"
        )
        {
            Joins = IdentityRules.Sheet,
        };
        // Both are asked, none refused: which of the two reporters is right cannot be told from the returns, and the wrong one must not take out the other.
        yield return new(
            "V17",
            Severity.Warning,
            Form,
            "owners",
            "shared.firsts > 1",
            new(
                "同一专利事件由 {0} 个单位填报，第一专利权人不一致；只按第一专利权人计一次",
                "{0} enterprises report this event and disagree on the first owner, by whom it is counted once"
            ),
            Explain,
            "shared.reporters"
        )
        {
            Joins = "join shared_patents as shared on shared.application_no = l.application_no and shared.event = l.event and shared.event_date = l.event_date",
            Prepared = (
                "shared_patents",
                $"""
                select a.application_no, a.event, a.event_date, count(distinct coalesce(n.enterprise_code, {FirstOwner(
                    "a"
                )})) as firsts, count(distinct a.enterprise_code) as reporters
                from {Rule.Accepted}{Form} as a
                semi join (from landing.watched_patents where is_repeated) as w on w.application_no = a.application_no
                left join known_name as n on n.name = {FirstOwner("a")}
                group by all having count(*) > 1
                """
            ),
        };
    }

    /// <summary>Name of the first owner, without spaces.</summary>
    public static string FirstOwner(string row) => $"replace(trim(split_part(replace({row}.owners, '；', ';'), ';', 1)), ' ', '')";

    private const string Ends = "'LAPSE', 'EXPIRE', 'INVALID'";

    private const string First = "join landing.watched_patents as first on first.application_no = l.application_no";

    /// <summary>
    /// Brings <c>landing.watched_patents</c> up to date: the few patents of which some event lies before the first filing, or an end before the first grant, and
    /// those that have more events than kinds of them, some of which more than one enterprise may report. Only patents that the new files speak of are looked at again.
    /// </summary>
    /// <param name="connection">Landing, with the files that the rules have not seen in <c>fresh</c>.</param>
    public static void Watch(DuckDBConnection connection)
    {
        var (all, came) = (Count(""), Count("semi join fresh using (file_no)"));
        // Of many it costs less to look at all.
        if (came > all / 4 || came == all)
            connection.Run($"delete from landing.watched_patents; {Watched("")}");
        else if (came > 0)
            connection.Run(
                $"""
                create or replace temp table spoken_of as select distinct application_no from landing.{Form} semi join fresh using (file_no);
                delete from landing.watched_patents where application_no in (from spoken_of);
                {Watched("where application_no in (from spoken_of)")}
                """
            );

        long Count(string of) => connection.Scalar<long>($"select count(*) from landing.{Form} {of}");
    }

    private static string Watched(string where) =>
        $"""
            insert into landing.watched_patents
            select
                application_no, min(event_date) filter (event = 'FILE') as filed_on, min(event_date) filter (event = 'GRANT') as granted_on,
                count(*) > bit_count(bit_or(case event when 'FILE' then 1 when 'GRANT' then 2 else 4 end)) as is_repeated
            from landing.{Form} {where} group by all
            having is_repeated or min(event_date) filter (event <> 'FILE') < filed_on or min(event_date) filter (event in ({Ends})) < granted_on
            """;
}
