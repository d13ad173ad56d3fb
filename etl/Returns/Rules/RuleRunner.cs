using System.Globalization;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;

namespace Innovation1551.Returns.Rules;

/// <summary>
/// Runs the rules over what has landed, set-based. The outcome depends on the set of files alone, not on the order in which
/// they came, because a row's fate may hang on another file.
/// </summary>
public static class RuleRunner
{
    private const string KeyOfRow = "file_no, sheet_no, source_row";

    /// <summary>
    /// Runs the rules over the forms on which files bear that they have not seen; over all forms where the rules are others than those that ran.
    /// Files and rules are marked as seen together with the findings: a crash in between leaves neither, and they run.
    /// </summary>
    public static void Run(LandingStore landing, RuleCatalogue rules)
    {
        var connection = landing.Connection;
        var came = connection.Rows("select distinct s.form from landing.file as f anti join landing.judged using (file_no) left join landing.sheet as s using (file_no)").Select(r => (string?)r[0]).ToList();
        var areSeen = connection.Scalar<string>("select rules_run_for from landing.meta") == rules.Hash;
        if (areSeen && came.Count == 0) return;
        var forms = areSeen ? rules.Affected(came.OfType<string>()) : FormCatalogue.All.Select(f => f.Id).ToHashSet();
        if (!landing.HasRuleFunctions) connection.Run(RulePrelude.Sql);
        landing.HasRuleFunctions = true;
        connection.Run("begin transaction");
        try
        {
            connection.Run("delete from landing.finding where origin = 'rule' and (file_no, sheet_no) in (select (file_no, sheet_no) from landing.sheet where list_contains($1, form))", forms.ToList());
            if (forms.Count > 0) Judge(connection, rules, forms);
            connection.Run("insert into landing.judged select file_no from landing.file anti join landing.judged using (file_no)");
            connection.Run("update landing.meta set rules_run_for = $1", rules.Hash);
            FaultPoint.Reach("rules.judged");
            connection.Run("commit");
            FaultPoint.Reach("rules.committed");
        }
        catch
        {
            connection.Run("rollback");
            throw;
        }
    }

    private static void Judge(DuckDBConnection connection, RuleCatalogue rules, IReadOnlySet<string> forms)
    {
        // A form of which nothing has come needs no scan.
        var landed = connection.Rows(string.Join(" union all ", FormCatalogue.All.Select(f => $"select '{f.Id}' where exists(from landing.{f.Id})"))).Select(r => (string)r[0]!).ToHashSet();
        connection.Run(RulePrelude.Reviews);
        Raise(connection, [.. rules.Register.Where(IsJudged)]);
        connection.Run(RulePrelude.Register);
        var alone = rules.Returns.Where(r => IsJudged(r) && !r.Compares).ToList();
        var comparing = rules.Returns.Where(r => IsJudged(r) && r.Compares).ToList();
        Raise(connection, alone);

        // Errors found by comparison put rows out, and a row that is out must not serve as a comparator. So they are judged until they
        // no longer change. Each of them depends on earlier periods or on another form only, never on rows that it judges at the same time,
        // so that the end is reached and there is just one.
        // What any rule compares with, and last year's row of forms with sums, which tells wrong cells apart.
        var compared = FormCatalogue.All.Where(f => comparing.Any(r => r.Joins.Contains(Rule.Accepted + f.Id, StringComparison.Ordinal)) || alone.Any(r => r.Balance is not null && r.Form == f.Id)).ToList();
        var errors = comparing.Where(r => r.Severity == Severity.Error).ToList();
        var outcome = RowsRefused(connection);
        connection.Run("create or replace temp table settled as from landing.finding where origin = 'rule'");
        for (var round = 0; ; round++)
        {
            Accept(connection, compared, landed);
            if (round > 0) connection.Run("delete from landing.finding where origin = 'rule'; insert into landing.finding from settled");
            Raise(connection, errors);
            var before = outcome;
            if ((outcome = RowsRefused(connection)) == before) break;
            if (round > 500) throw new InvalidOperationException("the rules that compare returns do not settle");
        }
        Raise(connection, [.. comparing.Where(r => r.Severity != Severity.Error)]);
        Localising.Run(connection, [.. alone.Where(r => r.Balance is not null)]);

        bool IsJudged(Rule rule) => landed.Contains(rule.Form) && forms.Contains(rule.Form);
    }

    /// <summary>A mark of which rows are refused; the same for the same rows.</summary>
    private static string RowsRefused(DuckDBConnection connection) => connection.Scalar<string>(
        $"select concat_ws(':', count(*), bit_xor(hash({KeyOfRow}))) from (select distinct {KeyOfRow} from landing.finding where origin = 'rule' and severity = 'error')")!;

    /// <summary>
    /// Finds the rows that break rules, then words the findings. All rules of one form with the same joins are judged in one scan;
    /// messages are made only for rules that some row breaks, from those rows alone.
    /// </summary>
    private static void Raise(DuckDBConnection connection, IReadOnlyList<Rule> rules)
    {
        connection.Run($"create or replace temp table hit (rule_no integer, file_no integer, sheet_no integer, source_row bigint)");
        foreach (var scan in rules.Select((rule, number) => (Rule: rule, Number: number)).GroupBy(r => (r.Rule.Form, r.Rule.Joins)))
            connection.Run(string.Create(CultureInfo.InvariantCulture, $"""
                insert into hit
                select unnest(list_filter([{string.Join(", ", scan.Select(r => string.Create(CultureInfo.InvariantCulture, $"case when {r.Rule.Broken} then {r.Number} end")))}], n -> n is not null)) as rule_no, l.file_no, l.sheet_no, l.source_row
                from landing.{scan.Key.Form} as l {scan.Key.Joins}
                where {string.Join(" or ", scan.Select(r => $"({r.Rule.Broken})"))}
                """));
        var broken = connection.Rows("select distinct rule_no from hit order by 1").Select(r => (int)r[0]!).ToList();
        if (broken.Count == 0) return;
        connection.Run($"""
            insert into landing.finding
            select
                b.file_no, b.sheet_no, b.code,
                -- What a reviewer decided stands; else an explanation that came with the row answers a warning.
                case when v.decision = 'WAIVE' or v.decision = 'ACCEPT' and b.severity = 'warning' then 'note'
                    when v.decision is null and b.note is not null then 'note' else b.severity end,
                'row', 'rule', f.name, s.sheet_name, b.source_row,
                landing.letters(y.column_no), y.heading, b.read, b.problem_zh, b.problem_en, b.remedy_zh, b.remedy_en,
                b.field, null, coalesce(v.decision, case when b.note is not null then 'EXPLAINED' end), coalesce(v.reason, b.note), v.reviewer, v.reviewed_on
            from (select distinct * from ({string.Join("\nunion all\n", broken.Select(n => rules[n].FindingsSql(n)))})) as b
            join landing.file as f on f.file_no = b.file_no
            join landing.sheet as s on s.file_no = b.file_no and s.sheet_no = b.sheet_no
            left join landing.layout as y on y.file_no = b.file_no and y.sheet_no = b.sheet_no and y.field = b.field
            left join decided as v on v.file_no = b.file_no and v.sheet_name = s.sheet_name and v.source_row = b.source_row and v.code = b.code and v.heading = coalesce(y.heading, '')
            """);
    }

    /// <summary>The rows without an error, the last version of each and the ones before: what others may be compared with.</summary>
    private static void Accept(DuckDBConnection connection, IEnumerable<Form> forms, IReadOnlySet<string> landed)
    {
        connection.Run($"""
            create or replace temp table refused_row as select distinct {KeyOfRow} from landing.finding where severity = 'error' and scope = 'row' and source_row is not null;
            create or replace temp table refused_sheet as select distinct file_no, sheet_no from landing.finding where severity = 'error' and scope <> 'row' and sheet_no is not null
            """);
        foreach (var form in forms)
        {
            const string sound = """
                anti join refused_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row
                anti join refused_sheet as y on y.file_no = l.file_no and y.sheet_no = l.sheet_no
                """;
            if (!landed.Contains(form.Id))
                connection.Run($"create or replace temp view {Rule.Accepted}{form.Id} as from landing.{form.Id} where false");
            else if (form.Kind == FormKind.State)
                // Ranked by keys alone: a row is wide, and sorting would carry it along.
                connection.Run($"""
                    create or replace temp table {Rule.Accepted}{form.Id}_before as
                    with ranked as (
                        select l.rowid as landed, lead(s.revision) over last_first as next_revision
                        from landing.{form.Id} as l join landing.sheet as s using (file_no, sheet_no) join landing.file as f using (file_no)
                        {sound}
                        window last_first as (partition by l.enterprise_code, l.period_year, l.period_month order by s.revision, s.filled_on nulls first, f.sha256, l.sheet_no, l.source_row)
                    )
                    select l.*, r.next_revision from landing.{form.Id} as l join ranked as r on r.landed = l.rowid;
                    create or replace temp view {Rule.Accepted}{form.Id} as select * exclude (next_revision) from {Rule.Accepted}{form.Id}_before where next_revision is null
                    """);
            else
                connection.Run($"""
                    create or replace temp table {Rule.Accepted}{form.Id}_last as {RulePrelude.LastReturn($"landing.{form.Id} as l {sound}")};
                    create or replace temp view {Rule.Accepted}{form.Id} as select l.* from landing.{form.Id} as l {sound} semi join {Rule.Accepted}{form.Id}_last as k on {RulePrelude.SameReturn}
                    """);
        }
    }
}
