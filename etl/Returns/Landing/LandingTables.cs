using System.Security.Cryptography;
using System.Text;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Landing;

/// <summary>The landing tables, derived from the forms: what respondents wrote, typed, row by row.</summary>
public static class LandingTables
{
    private const string Fixed = """
        -- What the store was made by, the rules that ran, and a mark of the findings that were answered last.
        create table meta (forms_hash varchar, reader_version varchar, rules_run_for varchar, codes_hash varchar, answered varchar);
        create table file (
            file_no integer, sha256 varchar, name varchar, bytes bigint, received_at timestamp, format varchar, encoding varchar,
            refused boolean, is_synthetic boolean,
            content_hash varchar -- of what the file says; null where nothing was read, or the same had been said before
            );
        -- The files whose findings somebody has been told: a load that was cut off before it could tell them leaves that to the next.
        create table told (file_no integer);
        -- The files that all rules have seen.
        create table judged (file_no integer);
        -- The names of each enterprise in the register, who stands above it and when it was a capital operator, as they were when its rows were last judged.
        create table known (enterprise_code varchar, names varchar[], name varchar, above varchar[], operator struct(begins_on date, ends_on date)[]);
        -- The few patents of which some event is out of order, with the days that it is held against, and those with more events than kinds of them, as of the files
        -- that all rules have seen.
        create table watched_patents (application_no varchar, filed_on date, granted_on date, is_repeated boolean);
        create table sheet (
            file_no integer, sheet_no integer, sheet_name varchar, form varchar, edition integer, reporter_code varchar,
            filled_on date, revision integer, rows_in bigint,
            stated_year integer, stated_month integer); -- what the head of the sheet says; null where it does not
        create table layout (file_no integer, sheet_no integer, field varchar, column_no integer, heading varchar, unit varchar,
            unit_base decimal(18, 6), landing_base decimal(18, 6));
        create table rejected (
            file_no integer, sheet_no integer, source_row bigint, form varchar, enterprise_code varchar, period_year integer, period_month integer);
        create table missing (file_no integer, sheet_no integer, source_row bigint, field varchar, why varchar);
        create table finding (
            file_no integer, sheet_no integer, code varchar, severity varchar, scope varchar, origin varchar, file varchar, sheet varchar, source_row bigint,
            column_letters varchar, heading varchar, read varchar, problem_zh varchar, problem_en varchar, remedy_zh varchar, remedy_en varchar,
            -- The field; the columns most likely wrong; the respondent's explanation; what was decided on it (EXPLAINED by the respondent alone, or by a
            -- reviewer), why, by whom and when.
            field varchar, suspect_columns varchar, explanation varchar, decision varchar, reason varchar, reviewer varchar, reviewed_on date,
            more integer); -- the finding stands for so many of its kind that are not listed; null for a finding of its own
        -- Rows with errors or warnings of a rule beyond those that are listed as findings.
        create table fault (file_no integer, sheet_no integer, source_row bigint, severity varchar, origin varchar);
        """;

    public static string Ddl =>
        Fixed
        + string.Concat(
            FormCatalogue.All.Select(form =>
                $"create table {form.Id} (file_no integer, sheet_no integer, source_row bigint, {string.Join(", ", form.Fields.SelectMany(Columns).Select(c => $"{c.Name} {c.Type}"))});\n"
            )
        );

    /// <summary>
    /// Every landed row of every form, with what all forms share: models that look at all forms read this and need no list of their own.
    /// And each form that states a condition once per enterprise and period with its approved corrections in place of the cells they correct:
    /// a correction holds while the cell reads the old value, so a later return that has the right value, or another one, stands as it came.
    /// </summary>
    public static string Views =>
        $"""
        create view any_row as {string.Join(" union all ", FormCatalogue.All.Select(form =>
            $"select '{form.Id}' as form, '{form.Kind}' as kind, file_no, sheet_no, source_row, {(form.Fields.Contains(CommonFields.EnterpriseCode) ? "enterprise_code" : "null as enterprise_code")}, {(form.Fields.Contains(CommonFields.Period) ? "period_year, period_month" : "null as period_year, null as period_month")} from {form.Id}"))};
        {ReturnsInForce.Views}
        create view correction_decision_in_force as
            select d.* from correction_decisions as d join sheet as s using (file_no, sheet_no) join file as f using (file_no)
            anti join refused_row as x on x.file_no = d.file_no and x.sheet_no = d.sheet_no and x.source_row = d.source_row
            qualify row_number() over (partition by d.enterprise_code, d.period_year, d.period_month, d.corrected_form, d.corrected_field, d.old_value, d.new_value
                order by d.decided_on desc, s.revision desc, f.sha256 desc, d.source_row desc) = 1;
        create view correction_in_force as
            select l.* from corrections as l join sheet as s using (file_no, sheet_no) join file as f using (file_no)
            anti join refused_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row
            qualify row_number() over (partition by l.enterprise_code, l.period_year, l.period_month, l.corrected_form, l.corrected_field
                order by l.approved_on desc, s.revision desc, s.filled_on desc nulls last, f.sha256 desc, l.source_row desc) = 1;
        {string.Concat(CorrectableCells.Forms.Select(Corrected))}
        create view corrected_cell as {string.Join(" union all ", CorrectableCells.Forms.Select(CorrectedCells))};
        """;

    private static string Corrected(Form form) =>
        $"""
        create view corrected_{form.Id} as
            select l.* replace ({string.Join(", ", Correctable(form).Select(c =>
                $"case when c.cells['{c.Name}'].old_value = l.{c.Name} then cast(c.cells['{c.Name}'].new_value as {c.Type}) else l.{c.Name} end as {c.Name}"))})
            from {form.Id} as l
            left join (
                select enterprise_code, period_year, period_month,
                    map_from_entries(list(struct_pack(k := corrected_field, v := struct_pack(old_value := old_value, new_value := new_value)))) as cells
                from correction_in_force where corrected_form = '{form.Id}' group by all
            ) as c on c.enterprise_code = l.enterprise_code and c.period_year = l.period_year and c.period_month is not distinct from l.period_month;

        """;

    /// <summary>The cells of a form whose value a correction in force replaces, with that correction.</summary>
    private static string CorrectedCells(Form form) =>
        $"""
            select
                l.file_no, l.sheet_no, l.source_row, l.enterprise_code, l.period_year, l.period_month, c.corrected_form as form, c.corrected_field as field, c.old_value, c.new_value,
                c.file_no as correction_file_no, c.sheet_no as correction_sheet_no, c.source_row as correction_row
            from {form.Id} as l
            join correction_in_force as c on c.corrected_form = '{form.Id}' and c.enterprise_code = l.enterprise_code and c.period_year = l.period_year and c.period_month is not distinct from l.period_month
            where c.old_value = case c.corrected_field {string.Concat(
                Correctable(form).Select(c => $"when '{c.Name}' then cast(l.{c.Name} as decimal(18, 6)) ")
            )}end
            """;

    private static IEnumerable<(string Name, string Type)> Correctable(Form form) => CorrectableCells.Fields(form).SelectMany(Columns);

    /// <summary>Changes whenever a landing table, a view of them or what a form says does; landing is then read again from the archive.</summary>
    public static string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Ddl + Views + FormCatalogue.Hash)));

    /// <summary>The columns that hold a field; a period takes two.</summary>
    public static IEnumerable<(string Name, string Type)> Columns(Field field) =>
        field.Type switch
        {
            FieldType.Period => [("period_year", "integer"), ("period_month", "integer")],
            FieldType.Count => [(field.Name, "bigint")],
            FieldType.Amount or FieldType.Percent or FieldType.Quantity => [(field.Name, "decimal(18, 6)")],
            FieldType.Date => [(field.Name, "date")],
            _ => [(field.Name, "varchar")],
        };

    public static IEnumerable<string> ColumnNames(Field field) => Columns(field).Select(c => c.Name);
}
