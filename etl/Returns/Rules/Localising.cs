using System.Globalization;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Rules;

/// <summary>Adds to findings on balances which cells are most likely wrong, and what would make the row balance.</summary>
internal static class Localising
{
    /// <summary>Rows looked at in one run; whoever sends more broken rows than that has not one cell wrong but a form.</summary>
    private const int MostRows = 20_000;
    private const int AlternativesShown = 3;

    public static void Run(DuckDBConnection connection, IReadOnlyList<Rule> rules)
    {
        foreach (var byForm in rules.GroupBy(r => r.Form))
        {
            var form = FormCatalogue.Find(byForm.Key)!;
            var codes = byForm.Select(r => r.Id).Distinct().ToList();
            var totals = byForm.Select(r => r.Balance!.Total).Distinct().ToList();
            const string broken = "origin <> 'read' and severity = 'error' and list_contains($1, code) and list_contains($2, field)";
            if (
                connection.Scalar<long>(
                    $"select count(*) from landing.finding as x semi join landing.{form.Id} as l using (file_no, sheet_no, source_row) where {broken}",
                    codes,
                    totals
                ) == 0
            )
                continue;
            var localiser = new RowLocaliser(form, byForm.Select(r => r.Balance!));
            // Last year's rows are taken of these enterprises alone: they are few, and the rows of a form are many and wide.
            var rows = connection.Rows(
                $"""
                with broken as (
                    select l.* from landing.{form.Id} as l
                    semi join (select file_no, sheet_no, source_row from landing.finding where {broken}) as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row
                )
                select l.file_no, l.sheet_no, l.source_row, p.file_no, {string.Join(", ", localiser.Fields.Select(f => "l." + f))}, {string.Join(
                    ", ",
                    localiser.Fields.Select(f => "p." + f)
                )}
                from broken as l
                left join (from {Rule.Accepted}{form.Id} where enterprise_code in (select enterprise_code from broken)) as p
                    on p.enterprise_code = l.enterprise_code and p.period_year = l.period_year - 1 and p.period_month is not distinct from l.period_month
                order by 1, 2, 3 limit {MostRows.ToString(CultureInfo.InvariantCulture)}
                """,
                codes,
                totals
            );
            var letters = connection
                .Rows(
                    "select file_no, sheet_no, field, landing.letters(min(column_no)) from landing.layout as y semi join (select distinct file_no, sheet_no from landing.finding where origin <> 'read') using (file_no, sheet_no) group by all"
                )
                .ToDictionary(r => ((int)r[0]!, (int)r[1]!, (string)r[2]!), r => (string)r[3]!);
            connection.Run(
                "create or replace temp table localised (file_no integer, sheet_no integer, source_row bigint, zh varchar, en varchar, suspects varchar)"
            );
            using (var appender = connection.CreateAppender("temp", "main", "localised"))
                foreach (var row in rows)
                {
                    var now = Values(localiser, row, 4);
                    if (localiser.Locate(now, row[3] is null ? null : Values(localiser, row, 4 + localiser.Fields.Length)) is not { } found)
                        continue;
                    string Letter(string field) => letters.GetValueOrDefault(((int)row[0]!, (int)row[1]!, field), "");
                    var (zh, en) = Words(found, form, Letter);
                    appender
                        .CreateRow()
                        .AppendValue((int)row[0]!)
                        .AppendValue((int)row[1]!)
                        .AppendValue((long)row[2]!)
                        .AppendValue(zh)
                        .AppendValue(en)
                        .AppendValue(string.Join(';', found.Cells.Select(c => Letter(c.Field))))
                        .EndRow();
                }
            connection.Run(
                $"""
                update landing.finding as x set problem_zh = problem_zh || '。' || l.zh, problem_en = problem_en || '. ' || l.en, suspect_columns = l.suspects
                from localised as l where l.file_no = x.file_no and l.sheet_no = x.sheet_no and l.source_row = x.source_row and {broken}
                """,
                codes,
                totals
            );
        }
    }

    private static Dictionary<string, decimal?> Values(RowLocaliser localiser, object?[] row, int from)
    {
        var values = new Dictionary<string, decimal?>(StringComparer.Ordinal);
        for (var i = 0; i < localiser.Fields.Length; i++)
            values[localiser.Fields[i]] = row[from + i] is { } value ? Convert.ToDecimal(value, CultureInfo.InvariantCulture) : null;
        return values;
    }

    private static (string Zh, string En) Words(Localisation found, Form form, Func<string, string> letter)
    {
        string Zh(SuspectCell c) =>
            $"“{form[c.Field].Label.Zh}”（{letter(c.Field)}列，读作 {Plain(c.Read) ?? "空"}）"
            + (c.Likely is { } v ? $"改为 {Plain(v)}（{Slip.Name(c.Kind).Zh}）" : "");
        string En(SuspectCell c) =>
            $"\"{form[c.Field].Label.En}\" (column {letter(c.Field)}, read {Plain(c.Read) ?? "blank"})"
            + (c.Likely is { } v ? $" as {Plain(v)} ({Slip.Name(c.Kind).En})" : "");
        var zh = $"最可能有误的单元格：{string.Join("和", found.Cells.Select(Zh))}，则全部平衡";
        var en = $"Most likely wrong: {string.Join(" and ", found.Cells.Select(En))}; then everything balances";
        if (found.Others.Length > 0)
        {
            var more = found.Others.Length > AlternativesShown;
            zh += $"；同样可能的有{string.Join("、", found.Others.Take(AlternativesShown).Select(o => string.Join("和", o.Select(Zh))))}{(more ? "等" : "")}";
            en +=
                $"; just as likely {string.Join(", ", found.Others.Take(AlternativesShown).Select(o => string.Join(" and ", o.Select(En))))}{(more ? " and others" : "")}";
        }
        return (zh, en);
    }

    private static string? Plain(decimal? value) => value?.ToString("0.######", CultureInfo.InvariantCulture);
}
