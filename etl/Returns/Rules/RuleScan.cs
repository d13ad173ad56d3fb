using System.Globalization;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Rules;

/// <summary>
/// Finds the rows that break rules, then words the findings. A statement costs more than what it looks at where few rows have come, so that all rules of one form
/// with the same joins are judged in one scan, those that every form has in one scan of all forms, and messages are made only for rules that some row breaks.
/// </summary>
internal sealed class RuleScan(DuckDBConnection connection)
{
    /// <summary>Origin of findings of a rule that looks at one sheet; of one that holds rows of several against each other.</summary>
    public const string OfSheet = "sheet",
        Across = "across";

    /// <summary>What all forms that enterprises return have.</summary>
    private const string SharedColumns = "file_no, sheet_no, source_row, enterprise_code, enterprise_name, period_year, period_month";

    private readonly HashSet<string> _prepared = new(StringComparer.Ordinal),
        _empty = new(StringComparer.Ordinal);

    /// <summary>Other rows are accepted than before: what was made from them is made again.</summary>
    public void Forget()
    {
        _prepared.Clear();
        _empty.Clear();
    }

    /// <param name="rules">All of one sheet or none.</param>
    public void Raise(IReadOnlyList<Rule> rules)
    {
        connection.Run("create or replace temp table hit (rule_no integer, file_no integer, sheet_no integer, source_row bigint)");
        Prepare(rules);
        var scanned = rules
            .Select((rule, number) => (Rule: rule, Number: number))
            .Where(r => r.Rule.Prepared is not { } p || !_empty.Contains(p.Name) || !r.Rule.NeedsPrepared)
            .ToLookup(r => r.Rule.IsShared);
        foreach (var scan in scanned[true].GroupBy(r => (r.Rule.Joins, r.Rule.IsOfOneSheet)))
            ScanShared(scan.Key.Joins, Rows(scan.Key.IsOfOneSheet), [.. scan]);
        foreach (var scan in scanned[false].GroupBy(r => (r.Rule.Form, r.Rule.Joins, r.Rule.IsOfOneSheet)))
            Scan($"{Rows(scan.Key.IsOfOneSheet)}{scan.Key.Form} as l {scan.Key.Joins}", "", scan.Select(r => (r.Rule.Broken, Text(r.Number), "")));
        var broken = connection.Rows("select distinct rule_no from hit order by 1").Select(r => (int)r[0]!).ToList();
        if (broken.Count > 0)
            Word(rules, broken, rules[0].IsOfOneSheet ? OfSheet : Across);
    }

    private static string Rows(bool ofOneSheet) => ofOneSheet ? Rule.Fresh : "landing.";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Makes the tables that rules name, and notes which of them are empty: an inner join with such a one needs no scan.</summary>
    private void Prepare(IReadOnlyList<Rule> rules)
    {
        var made = new List<string>();
        foreach (var (name, query) in rules.Select(r => r.Prepared).OfType<(string, string)>().DistinctBy(p => p.Item1))
            if (_prepared.Add(name))
            {
                connection.Run($"create or replace temp table {name} as {query}");
                made.Add(name);
            }
        if (made.Count > 0)
            _empty.UnionWith(
                connection.Rows(string.Join(" union all ", made.Select(n => $"select '{n}' where not exists(from {n})"))).Select(r => (string)r[0]!)
            );
    }

    /// <summary>Rules that every form has, over the rows of all forms together: a condition is judged once, and the form says which rule it is.</summary>
    private void ScanShared(string joins, string rows, IReadOnlyList<(Rule Rule, int Number)> rules)
    {
        var forms = rules.Select(r => r.Rule.Form).Distinct().ToList();
        Scan(
            $"({string.Join(" union all ", forms.Select(f => $"select '{f}' as form, {SharedColumns} from {rows}{f}"))}) as l {joins}",
            "l.form, ",
            rules
                .GroupBy(r => r.Rule.Broken)
                .Select(same =>
                    (
                        same.Key,
                        $"case form {string.Concat(same.Select(r => $"when '{r.Rule.Form}' then {Text(r.Number)} "))}end",
                        same.Count() == forms.Count ? "" : $" and form in ({string.Join(", ", same.Select(r => $"'{r.Rule.Form}'"))})"
                    )
                )
        );
    }

    /// <summary>Notes for each row which rules it breaks; each condition is judged once.</summary>
    /// <param name="from">The rows l with what is joined to them, as SQL behind <c>from</c>.</param>
    /// <param name="more">Columns of l that numbers and limits name beside the row's place, each with a comma.</param>
    /// <param name="conditions">The condition that a broken rule meets, the rule's number, and what limits it beside, all as SQL.</param>
    private void Scan(string from, string more, IEnumerable<(string Broken, string Number, string Only)> conditions)
    {
        var judged = conditions.Select((c, i) => (c.Broken, c.Number, c.Only, Name: "broken_" + Text(i))).ToList();
        connection.Run(
            $"""
            insert into hit
            select unnest(list_filter([{string.Join(
                ", ",
                judged.Select(c => $"case when {c.Name} then {c.Number} end")
            )}], n -> n is not null)), file_no, sheet_no, source_row
            from (
                select {more}l.file_no, l.sheet_no, l.source_row, {string.Join(", ", judged.Select(c => $"{c.Broken} as {c.Name}"))}
                from {from}
            )
            where {string.Join(" or ", judged.Select(c => c.Name + c.Only))}
            """
        );
    }

    private void Word(IReadOnlyList<Rule> rules, IReadOnlyList<int> broken, string origin)
    {
        Count(rules, origin);
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
    private void Count(IReadOnlyList<Rule> rules, string origin)
    {
        var most = Finding.MostOfAKind.ToString(CultureInfo.InvariantCulture);
        connection.Run(
            $"""
            create or replace temp table crowded as
                select rule_no, list_extract($1, rule_no + 1) as code, file_no, sheet_no, min(source_row, {most})[{most}] as last_row
                from hit group by all having count(*) > {most}
            """,
            rules.Select(r => r.Id).ToList()
        );
        var crowded = connection.Rows("select distinct rule_no from crowded order by 1").Select(r => (int)r[0]!).ToList();
        if (crowded.Count == 0)
            return;
        foreach (var number in crowded)
        {
            var rule = rules[number];
            // One rule at a time and no more of a row than is asked: there may be as many as the file has.
            connection.Run(
                $"""
                create or replace temp table beyond as
                select h.file_no, h.sheet_no, h.source_row, any_value({(
                    rule.IsAnsweredByNote ? "nullif(trim(l.note), '') is not null" : "false"
                )}) as is_answered
                from hit as h
                join crowded as c on c.rule_no = h.rule_no and c.file_no = h.file_no and c.sheet_no = h.sheet_no and h.source_row > c.last_row
                join landing.{rule.Form} as l on l.file_no = h.file_no and l.sheet_no = h.sheet_no and l.source_row = h.source_row
                anti join decided as v on v.file_no = h.file_no and v.source_row = h.source_row and v.code = c.code
                where h.rule_no = $1
                group by h.file_no, h.sheet_no, h.source_row
                """,
                number
            );
            var severity = rule.Severity.ToString().ToLowerInvariant();
            connection.Run(
                $"""
                insert into landing.finding
                select b.file_no, b.sheet_no, $1, case when b.is_answered then 'note' else '{severity}' end, 'rest', '{origin}', f.name, s.sheet_name, null, landing.letters(y.column_no), y.heading, null,
                    '另有 ' || b.n || ' 处同类问题，只计数，不逐一列出', b.n || ' more of this kind are counted and not listed one by one', $3, $4, $2, null, null, null, null, null, null, b.n
                from (select file_no, sheet_no, is_answered, count(*) as n from beyond group by all) as b
                join landing.file as f on f.file_no = b.file_no
                join landing.sheet as s on s.file_no = b.file_no and s.sheet_no = b.sheet_no
                left join landing.layout as y on y.file_no = b.file_no and y.sheet_no = b.sheet_no and y.field = $2
                """,
                rule.Id,
                rule.Field,
                rule.Remedy.Zh,
                rule.Remedy.En
            );
            if (rule.Severity != Severity.Note)
                connection.Run($"insert into landing.fault select file_no, sheet_no, source_row, '{severity}', '{origin}' from beyond where not is_answered");
        }
        connection.Run(
            """
            create or replace temp table hit as
                select h.* from hit as h
                left join crowded as c on c.rule_no = h.rule_no and c.file_no = h.file_no and c.sheet_no = h.sheet_no
                where c.last_row is null or h.source_row <= c.last_row
                    or exists (from decided as v where v.file_no = h.file_no and v.source_row = h.source_row and v.code = c.code);
            drop table beyond
            """
        );
    }
}
