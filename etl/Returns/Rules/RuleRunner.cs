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
            connection.Run(
                $"""
                create or replace temp table refused_before as
                    select file_no, sheet_no, source_row from landing.finding where origin = '{RuleScan.Across}' and severity = 'error' and scope = 'row' and source_row is not null
                    union select file_no, sheet_no, source_row from landing.fault where origin = '{RuleScan.Across}' and severity = 'error'
                """
            );
            foreach (var found in (string[])["finding", "fault"])
                if (all)
                    connection.Run($"delete from landing.{found} where origin <> 'read'");
                else
                    connection.Run(
                        $"delete from landing.{found} where origin = '{RuleScan.Across}' and (file_no, sheet_no) in (select (file_no, sheet_no) from landing.sheet where list_contains($1, form))",
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
        PatentRules.Watch(connection);
        AcceptedRows.Count(connection, landed);
        var scan = new RuleScan(connection);
        foreach (var byOrigin in rules.Register.Where(IsJudged).GroupBy(r => r.IsOfOneSheet))
            scan.Raise([.. byOrigin]);
        connection.Run(RulePrelude.Register);
        var renamed = Renamed(connection, landed);
        scan.Raise([.. rules.Returns.Where(r => IsJudged(r) && r.IsOfOneSheet && (renamed || fresh.Contains(r.Form)))]);
        var alone = rules.Returns.Where(r => IsJudged(r) && !r.IsOfOneSheet && !r.Compares).ToList();
        var comparing = rules.Returns.Where(r => IsJudged(r) && r.Compares).ToList();
        scan.Raise(alone);

        // Errors found by comparison put rows out, and a row that is out must not serve as a comparator. So they are judged until they
        // no longer change. Each of them depends on earlier periods or on another form only, never on rows that it judges at the same time,
        // so that the end is reached and there is just one, whatever was taken as refused at first.
        // What any rule compares with, and last year's row of forms with sums, which tells wrong cells apart.
        var accepted = new AcceptedRows(
            connection,
            [.. FormCatalogue.All.Where(f => comparing.Any(r => r.ComparesWith(f.Id)) || alone.Any(r => r.Balance is not null && r.Form == f.Id))],
            landed
        );
        var errors = comparing.Where(r => r.Severity == Severity.Error).ToList();
        connection.Run(
            $"create or replace temp table settled as from landing.finding where origin = '{RuleScan.Across}'; create or replace temp table settled_fault as from landing.fault where origin = '{RuleScan.Across}'"
        );
        accepted.Begin();
        scan.Raise(errors);
        for (var round = 1; accepted.Change(); round++)
        {
            if (round > 500)
                throw new InvalidOperationException("the rules that compare returns do not settle");
            connection.Run(
                $"""
                delete from landing.finding where origin = '{RuleScan.Across}'; insert into landing.finding from settled;
                delete from landing.fault where origin = '{RuleScan.Across}'; insert into landing.fault from settled_fault
                """
            );
            scan.Forget();
            scan.Raise(errors);
        }
        scan.Raise([.. comparing.Where(r => r.Severity != Severity.Error)]);
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
                    select distinct x.file_no, x.sheet_no from landing.finding as x join landing.sheet as s using (file_no, sheet_no) where x.scope = 'rest' and x.origin = '{RuleScan.OfSheet}' and s.form = '{form}';
                create or replace temp view {Rule.Fresh}{form} as from landing.{form} where file_no in (from fresh) or enterprise_code in (from renamed) or (file_no, sheet_no) in (select (file_no, sheet_no) from crowded_{form});
                delete from landing.finding as x using {Rule.Fresh}{form} as l where x.origin = '{RuleScan.OfSheet}' and x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
                delete from landing.finding as x using crowded_{form} as c where x.origin = '{RuleScan.OfSheet}' and x.scope = 'rest' and x.file_no = c.file_no and x.sheet_no = c.sheet_no;
                delete from landing.fault as x using crowded_{form} as c where x.origin = '{RuleScan.OfSheet}' and x.file_no = c.file_no and x.sheet_no = c.sheet_no
                """
            );
        return true;
    }
}
