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
    /// <summary>Origin of findings of a rule that looks at one sheet; of one that holds rows of several against each other.</summary>
    private const string OfSheet = "sheet",
        Across = "across";

    private const string KeyOfRow = "file_no, sheet_no, source_row";

    /// <summary>
    /// Runs the rules over what files bear on that they have not seen: those of one sheet over these files, and over all rows of enterprises of which
    /// the register says something else since; the others over whole forms. All run over everything where they are others than those that ran, or a
    /// review has come. Files and rules are marked as seen together with the findings: a crash in between leaves neither, and they run.
    /// </summary>
    public static void Run(LandingStore landing, RuleCatalogue rules)
    {
        var connection = landing.Connection;
        var came = connection
            .Rows("select distinct s.form from landing.file as f anti join landing.judged using (file_no) left join landing.sheet as s using (file_no)")
            .Select(r => (string?)r[0])
            .ToList();
        var areSeen = connection.Scalar<string>("select rules_run_for from landing.meta") == rules.Hash;
        if (areSeen && came.Count == 0)
            return;
        var all = !areSeen || came.OfType<string>().Any(f => FormCatalogue.Find(f)!.Kind == FormKind.Review);
        var forms = all ? FormCatalogue.All.Select(f => f.Id).ToHashSet() : rules.Affected(came.OfType<string>());
        if (!landing.HasRuleFunctions)
            connection.Run(RulePrelude.Sql);
        landing.HasRuleFunctions = true;
        connection.Run("begin transaction");
        try
        {
            connection.Run($"create or replace temp table fresh as select file_no from landing.file {(all ? "" : "anti join landing.judged using (file_no)")}");
            foreach (var found in (string[])["finding", "fault"])
                if (all)
                    connection.Run($"delete from landing.{found} where origin <> 'read'");
                else
                    connection.Run(
                        $"delete from landing.{found} where origin = '{Across}' and (file_no, sheet_no) in (select (file_no, sheet_no) from landing.sheet where list_contains($1, form))",
                        forms.ToList()
                    );
            if (forms.Count > 0)
                Judge(connection, rules, forms, all ? forms : came.OfType<string>().ToHashSet());
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

    /// <param name="fresh">The forms of the files whose sheets are judged one by one.</param>
    private static void Judge(DuckDBConnection connection, RuleCatalogue rules, IReadOnlySet<string> forms, IReadOnlySet<string> fresh)
    {
        // A form of which nothing has come needs no scan.
        var landed = connection
            .Rows(string.Join(" union all ", FormCatalogue.All.Select(f => $"select '{f.Id}' where exists(from landing.{f.Id})")))
            .Select(r => (string)r[0]!)
            .ToHashSet();
        foreach (var form in landed)
            connection.Run($"create or replace temp view {Rule.Fresh}{form} as from landing.{form} semi join fresh using (file_no)");
        connection.Run(RulePrelude.Reviews);
        foreach (var byOrigin in rules.Register.Where(IsJudged).GroupBy(r => r.IsOfOneSheet))
            Raise(connection, [.. byOrigin]);
        connection.Run(RulePrelude.Register);
        var renamed = Renamed(connection, landed);
        Raise(connection, [.. rules.Returns.Where(r => IsJudged(r) && r.IsOfOneSheet && (renamed || fresh.Contains(r.Form)))]);
        var alone = rules.Returns.Where(r => IsJudged(r) && !r.IsOfOneSheet && !r.Compares).ToList();
        var comparing = rules.Returns.Where(r => IsJudged(r) && r.Compares).ToList();
        Raise(connection, alone);

        // Errors found by comparison put rows out, and a row that is out must not serve as a comparator. So they are judged until they
        // no longer change. Each of them depends on earlier periods or on another form only, never on rows that it judges at the same time,
        // so that the end is reached and there is just one.
        // What any rule compares with, and last year's row of forms with sums, which tells wrong cells apart.
        var compared = FormCatalogue
            .All.Where(f => comparing.Any(r => r.ComparesWith(f.Id)) || alone.Any(r => r.Balance is not null && r.Form == f.Id))
            .ToList();
        var errors = comparing.Where(r => r.Severity == Severity.Error).ToList();
        var outcome = RowsRefused(connection);
        connection.Run(
            $"create or replace temp table settled as from landing.finding where origin = '{Across}'; create or replace temp table settled_fault as from landing.fault where origin = '{Across}'"
        );
        for (var round = 0; ; round++)
        {
            Accept(connection, compared, landed);
            if (round > 0)
                connection.Run(
                    $"""
                    delete from landing.finding where origin = '{Across}'; insert into landing.finding from settled;
                    delete from landing.fault where origin = '{Across}'; insert into landing.fault from settled_fault
                    """
                );
            Raise(connection, errors);
            var before = outcome;
            if ((outcome = RowsRefused(connection)) == before)
                break;
            if (round > 500)
                throw new InvalidOperationException("the rules that compare returns do not settle");
        }
        Raise(connection, [.. comparing.Where(r => r.Severity != Severity.Error)]);
        Localising.Run(connection, [.. alone.Where(r => r.Balance is not null)]);

        bool IsJudged(Rule rule) => landed.Contains(rule.Form) && forms.Contains(rule.Form);
    }

    /// <summary>
    /// Puts the rows of enterprises of which the register says something else since they were judged beside those of new files, and takes back
    /// what was found in them. False where there are none.
    /// </summary>
    private static bool Renamed(DuckDBConnection connection, IEnumerable<string> landed)
    {
        connection.Run(
            """
            create or replace temp table renamed as
                select enterprise_code from ((from known_enterprise except from landing.known) union all (from landing.known except from known_enterprise)) group by all;
            delete from landing.known;
            insert into landing.known from known_enterprise
            """
        );
        if (!connection.Scalar<bool>("select exists(from renamed) and exists(from landing.judged)"))
            return false;
        foreach (var form in landed.Where(f => FormCatalogue.Find(f)!.Kind is FormKind.State or FormKind.Event))
            connection.Run(
                $"""
                -- Where findings are counted only, which rows they were is not known one by one: the whole sheet is judged anew.
                create or replace temp table crowded_{form} as
                    select distinct x.file_no, x.sheet_no from landing.finding as x join landing.sheet as s using (file_no, sheet_no) where x.scope = 'rest' and x.origin = '{OfSheet}' and s.form = '{form}';
                create or replace temp view {Rule.Fresh}{form} as from landing.{form} where file_no in (from fresh) or enterprise_code in (from renamed) or (file_no, sheet_no) in (select (file_no, sheet_no) from crowded_{form});
                delete from landing.finding as x using {Rule.Fresh}{form} as l where x.origin = '{OfSheet}' and x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
                delete from landing.finding as x using crowded_{form} as c where x.origin = '{OfSheet}' and x.scope = 'rest' and x.file_no = c.file_no and x.sheet_no = c.sheet_no;
                delete from landing.fault as x using crowded_{form} as c where x.origin = '{OfSheet}' and x.file_no = c.file_no and x.sheet_no = c.sheet_no
                """
            );
        return true;
    }

    /// <summary>A mark of which rows are refused; the same for the same rows.</summary>
    private static string RowsRefused(DuckDBConnection connection) =>
        connection.Scalar<string>(
            $"select concat_ws(':', count(*), bit_xor(hash({KeyOfRow}))) from (select {KeyOfRow} from landing.finding where origin = '{Across}' and severity = 'error' and source_row is not null union select {KeyOfRow} from landing.fault where origin = '{Across}' and severity = 'error')"
        )!;

    /// <summary>
    /// Finds the rows that break rules, all of one sheet or none, then words the findings. All rules of one form with the same joins are judged in one scan;
    /// messages are made only for rules that some row breaks, from those rows alone.
    /// </summary>
    private static void Raise(DuckDBConnection connection, IReadOnlyList<Rule> rules)
    {
        connection.Run($"create or replace temp table hit (rule_no integer, file_no integer, sheet_no integer, source_row bigint)");
        foreach (var (name, query) in rules.Select(r => r.Prepared).OfType<(string, string)>().Distinct())
            connection.Run($"create or replace temp table {name} as {query}");
        foreach (var scan in rules.Select((rule, number) => (Rule: rule, Number: number)).GroupBy(r => (r.Rule.Form, r.Rule.Joins)))
            connection.Run(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    insert into hit
                    select unnest(list_filter([{string.Join(
                        ", ",
                        scan.Select(r => string.Create(CultureInfo.InvariantCulture, $"case when {r.Rule.Broken} then {r.Number} end"))
                    )}], n -> n is not null)) as rule_no, l.file_no, l.sheet_no, l.source_row
                    from {(rules[0].IsOfOneSheet ? Rule.Fresh : "landing.")}{scan.Key.Form} as l {scan.Key.Joins}
                    where {string.Join(" or ", scan.Select(r => $"({r.Rule.Broken})"))}
                    """
                )
            );
        var broken = connection.Rows("select distinct rule_no from hit order by 1").Select(r => (int)r[0]!).ToList();
        if (broken.Count == 0)
            return;
        var origin = rules[0].IsOfOneSheet ? OfSheet : Across;
        Count(connection, rules, origin);
        connection.Run(
            $"""
            insert into landing.finding
            select
                b.file_no, b.sheet_no, b.code,
                -- What a reviewer decided stands; else an explanation that came with the row answers a warning.
                case when v.decision = 'WAIVE' or v.decision = 'ACCEPT' and b.severity = 'warning' then 'note'
                    when v.decision is null and b.note is not null then 'note' else b.severity end,
                'row', '{origin}', f.name, s.sheet_name, b.source_row,
                landing.letters(y.column_no), y.heading, b.read, b.problem_zh, b.problem_en,
                -- Who must explain anew reads why.
                case when v.decision = 'RETURN' then '审核退回（' || v.reviewer || '，' || v.reviewed_on || '）：' || v.reason || '。' else '' end || b.remedy_zh,
                case when v.decision = 'RETURN' then 'sent back (' || v.reviewer || ', ' || v.reviewed_on || '): ' || v.reason || '; ' else '' end || b.remedy_en,
                b.field, null, b.note, coalesce(v.decision, case when b.note is not null then 'EXPLAINED' end), v.reason, v.reviewer, v.reviewed_on, null
            from (select distinct * from ({string.Join("\nunion all\n", broken.Select(n => rules[n].FindingsSql(n)))})) as b
            join landing.file as f on f.file_no = b.file_no
            join landing.sheet as s on s.file_no = b.file_no and s.sheet_no = b.sheet_no
            left join landing.layout as y on y.file_no = b.file_no and y.sheet_no = b.sheet_no and y.field = b.field
            left join decided as v on v.file_no = b.file_no and v.sheet_name = s.sheet_name and v.source_row = b.source_row and v.code = b.code and v.heading = coalesce(y.heading, '')
            """
        );
    }

    /// <summary>
    /// Of a rule that more rows of a sheet break than are listed, the rows beyond are taken off the hits: they are kept as faults without words, and
    /// counted in one finding. What a reviewer has decided on stays listed.
    /// </summary>
    private static void Count(DuckDBConnection connection, IReadOnlyList<Rule> rules, string origin)
    {
        var most = Finding.MostOfAKind.ToString(CultureInfo.InvariantCulture);
        connection.Run(
            $"""
            create or replace temp table crowded as
                select rule_no, file_no, sheet_no, min(source_row, {most})[{most}] as last_row from hit group by all having count(*) > {most}
            """
        );
        var crowded = connection.Rows("select distinct rule_no from crowded order by 1").Select(r => (int)r[0]!).ToList();
        if (crowded.Count == 0)
            return;
        connection.Run("create or replace temp table beyond (rule_no integer, file_no integer, sheet_no integer, source_row bigint, severity varchar)");
        foreach (var number in crowded)
        {
            var rule = rules[number];
            var severity = rule.Severity.ToString().ToLowerInvariant();
            connection.Run(
                $"""
                insert into beyond
                select h.rule_no, h.file_no, h.sheet_no, h.source_row, any_value({(
                    rule.IsAnsweredByNote ? $"case when nullif(trim(l.note), '') is not null then 'note' else '{severity}' end" : $"'{severity}'"
                )})
                from hit as h
                join crowded as c on c.rule_no = h.rule_no and c.file_no = h.file_no and c.sheet_no = h.sheet_no and h.source_row > c.last_row
                join landing.{rule.Form} as l on l.file_no = h.file_no and l.sheet_no = h.sheet_no and l.source_row = h.source_row
                anti join decided as v on v.file_no = h.file_no and v.source_row = h.source_row and v.code = $2
                where h.rule_no = $1
                group by all
                """,
                number,
                rule.Id
            );
            connection.Run(
                $"""
                insert into landing.finding
                select b.file_no, b.sheet_no, $2, b.severity, 'rest', '{origin}', any_value(f.name), any_value(s.sheet_name), null, landing.letters(any_value(y.column_no)), any_value(y.heading), null,
                    '另有 ' || count(*) || ' 处同类问题，只计数，不逐一列出', count(*) || ' more of this kind are counted and not listed one by one', $4, $5, $3, null, null, null, null, null, null, count(*)
                from beyond as b
                join landing.file as f on f.file_no = b.file_no
                join landing.sheet as s on s.file_no = b.file_no and s.sheet_no = b.sheet_no
                left join landing.layout as y on y.file_no = b.file_no and y.sheet_no = b.sheet_no and y.field = $3
                where b.rule_no = $1
                group by b.file_no, b.sheet_no, b.severity
                """,
                number,
                rule.Id,
                rule.Field,
                rule.Remedy.Zh,
                rule.Remedy.En
            );
        }
        connection.Run(
            $"""
            delete from hit as h using beyond as b where b.rule_no = h.rule_no and b.file_no = h.file_no and b.sheet_no = h.sheet_no and b.source_row = h.source_row;
            insert into landing.fault select file_no, sheet_no, source_row, severity, '{origin}' from beyond where severity <> 'note'
            """
        );
    }

    /// <summary>The rows in force of each form, and every accepted row with the revision of the version after it: what others may be compared with.</summary>
    private static void Accept(DuckDBConnection connection, IEnumerable<Form> forms, IReadOnlySet<string> landed)
    {
        connection.Run("create or replace temp table refused as from landing.refused_row");
        foreach (var form in forms)
        {
            if (!landed.Contains(form.Id))
                connection.Run($"create or replace temp view {Rule.Accepted}{form.Id} as from landing.{form.Id} where false");
            else if (form.Kind == FormKind.State)
                connection.Run(
                    $"""
                    create or replace temp table {Rule.Accepted}{form.Id}_before as
                    select l.*, k.next_revision, k.is_in_force from {form.Id} as l
                    join ({ReturnsInForce.Versions(ReturnsInForce.Of(form), "refused")}) as k on {ReturnsInForce.SameReturn}
                    anti join refused as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
                    create or replace temp view {Rule.Accepted}{form.Id} as select * exclude (next_revision, is_in_force) from {Rule.Accepted}{form.Id}_before where is_in_force
                    """
                );
            else
                connection.Run(
                    $"""
                    create or replace temp table {Rule.Accepted}{form.Id}_last as {ReturnsInForce.Versions(ReturnsInForce.Of(form), "refused")};
                    create or replace temp view {Rule.Accepted}{form.Id} as {ReturnsInForce.Accepted(form, $"{Rule.Accepted}{form.Id}_last", "refused")}
                    """
                );
        }
    }
}
