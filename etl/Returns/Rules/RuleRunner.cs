using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;

namespace Innovation1551.Returns.Rules;

/// <summary>
/// Runs all rules over everything landed, set-based. The outcome depends on the set of files alone, not on the order in which
/// they came, because a row's fate may hang on another file.
/// </summary>
public static class RuleRunner
{
    public static void Run(LandingStore landing, RuleCatalogue rules)
    {
        var connection = landing.Connection;
        // Done already for just these files and these rules: a crash between landing and rules leaves another mark, and they run.
        var mark = $"{rules.Hash}:{connection.Scalar<long>("select count(*) from landing.file")}";
        if (connection.Scalar<string>("select rules_run_for from landing.meta") == mark) return;
        connection.Run(Prelude);
        connection.Run("begin transaction; delete from landing.finding where origin = 'rule'");
        foreach (var phase in new[] { rules.Register, rules.Returns })
            connection.Run($"""
                insert into landing.finding
                select
                    b.file_no, b.sheet_no, b.code, b.severity, 'row', 'rule', f.name, s.sheet_name, b.source_row,
                    landing.letters(y.column_no), y.heading, b.read, b.problem_zh, b.problem_en, b.remedy_zh, b.remedy_en
                from ({string.Join("\nunion all\n", phase.Select(r => r.Sql))}) as b
                join landing.file as f on f.file_no = b.file_no
                join landing.sheet as s on s.file_no = b.file_no and s.sheet_no = b.sheet_no
                left join landing.layout as y on y.file_no = b.file_no and y.sheet_no = b.sheet_no and y.field = b.field
                """);
        connection.Run("update landing.meta set rules_run_for = $1", mark);
        connection.Run("commit");
    }

    private static string Prelude => """
        -- The last place that a row's amounts use: what one of them may have lost to rounding is half of it.
        create or replace macro landing.last_place(xs) as list_min(list_transform(xs, x -> 
            case when x is null or x = round(x, 0) then 1 when x = round(x, 1) then 0.1 when x = round(x, 2) then 0.01
                when x = round(x, 3) then 0.001 when x = round(x, 4) then 0.0001 when x = round(x, 5) then 0.00001 else 0.000001 end));
        create or replace macro landing.letters(n) as
            case when n > 26 then chr(cast(64 + (n - 1) // 26 as integer)) else '' end || chr(cast(65 + (n - 1) % 26 as integer));
        -- GB 32100: weights 3^i mod 31 over 31 characters; the last one closes the sum to 31.
        create or replace macro landing.is_uscc(code) as
            regexp_full_match(code, '[0-9A-HJ-NPQRTUWXY]{18}')
            and substr('0123456789ABCDEFGHJKLMNPQRTUWXY', cast((31 - list_sum(list_transform(range(1, 18), i ->
                (instr('0123456789ABCDEFGHJKLMNPQRTUWXY', substr(code, i, 1)) - 1)
                * [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28][i])) % 31) % 31 + 1 as bigint), 1) = substr(code, 18, 1);
        -- Chinese application numbers since 2003: year, type digit, seven digits, a check digit modulo 11.
        create or replace macro landing.is_application_no(no) as
            regexp_full_match(no, '(19|20)[0-9]{2}[12389][0-9]{7}\.[0-9X]')
            and substr('0123456789X', cast(list_sum(list_transform(range(1, 13), i ->
                try_cast(substr(no, i, 1) as integer) * [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5][i])) % 11 + 1 as bigint), 1) = substr(no, 14, 1);
        create or replace view landing.known_enterprise as
            select enterprise_code, list_distinct(flatten([list(replace(enterprise_name, ' ', '')),
                flatten(list(list_transform(string_split(replace(coalesce(aliases, ''), '；', ';'), ';'), a -> replace(trim(a), ' ', ''))))])) as names
            from landing.enterprise_register as r
            where not exists (select 1 from landing.finding as x where x.severity = 'error' and x.file_no = r.file_no and x.sheet_no = r.sheet_no and (x.source_row = r.source_row or x.scope = 'sheet'))
            group by all;
        """ + string.Concat(FormCatalogue.All.Where(f => f.Kind == FormKind.State).Select(f => $"""

        create or replace view landing.last_{f.Id} as
            select l.* from landing.{f.Id} as l join landing.sheet as s using (file_no, sheet_no) join landing.file as f using (file_no)
            qualify row_number() over (partition by l.enterprise_code, l.period_year, l.period_month
                order by s.revision desc, s.filled_on desc nulls last, f.sha256 desc, l.sheet_no desc, l.source_row desc) = 1;
        """)) + string.Concat(FormCatalogue.All.Where(f => f.Kind == FormKind.Event).Select(f => $"""

        -- The rows of the return that ranks last, both of its reporter and of the enterprise.
        create or replace view landing.last_{f.Id} as
            select l.* from landing.{f.Id} as l join landing.sheet as s using (file_no, sheet_no) join landing.file as f using (file_no)
            qualify rank() over (partition by coalesce(s.reporter_code, l.enterprise_code), l.period_year, l.period_month
                    order by s.revision desc, s.filled_on desc nulls last, f.sha256 desc) = 1
                and rank() over (partition by l.enterprise_code, l.period_year, l.period_month
                    order by s.revision desc, s.filled_on desc nulls last, f.sha256 desc) = 1;
        """));
}
