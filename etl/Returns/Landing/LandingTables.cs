using System.Security.Cryptography;
using System.Text;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Landing;

/// <summary>The landing tables, derived from the forms: what respondents wrote, typed, row by row.</summary>
internal static class LandingTables
{
    private const string Fixed = """
        create table meta (forms_hash varchar, rules_run_for varchar);
        create table file (
            file_no integer, sha256 varchar, name varchar, bytes bigint, received_at timestamp, format varchar, encoding varchar,
            refused boolean, is_synthetic boolean);
        create table sheet (
            file_no integer, sheet_no integer, sheet_name varchar, form varchar, edition integer, reporter_code varchar,
            filled_on date, revision integer, rows_in bigint);
        create table layout (file_no integer, sheet_no integer, field varchar, column_no integer, heading varchar, unit varchar,
            unit_base decimal(18, 6), landing_base decimal(18, 6));
        create table rejected (
            file_no integer, sheet_no integer, source_row bigint, form varchar, enterprise_code varchar, period_year integer, period_month integer);
        create table missing (file_no integer, sheet_no integer, source_row bigint, field varchar, why varchar);
        create table finding (
            file_no integer, sheet_no integer, code varchar, severity varchar, scope varchar, origin varchar, file varchar, sheet varchar, source_row bigint,
            column_letters varchar, heading varchar, read varchar, problem_zh varchar, problem_en varchar, remedy_zh varchar, remedy_en varchar);
        """;

    public static string Ddl => Fixed + string.Concat(FormCatalogue.All.Select(form =>
        $"create table {form.Id} (file_no integer, sheet_no integer, source_row bigint, {string.Join(", ", form.Fields.SelectMany(Columns).Select(c => $"{c.Name} {c.Type}"))});\n"));

    /// <summary>Changes whenever a landing table or the meaning of a heading does; landing is then read again from the archive.</summary>
    public static string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Ddl + FormCatalogue.Hash)));

    /// <summary>The columns that hold a field; a period takes two.</summary>
    public static IEnumerable<(string Name, string Type)> Columns(Field field) => field.Type switch
    {
        FieldType.Period => [("period_year", "integer"), ("period_month", "integer")],
        FieldType.Count => [(field.Name, "bigint")],
        FieldType.Amount or FieldType.Percent or FieldType.Share => [(field.Name, "decimal(18, 6)")],
        FieldType.Date => [(field.Name, "date")],
        _ => [(field.Name, "varchar")],
    };

    public static IEnumerable<string> ColumnNames(Field field) => Columns(field).Select(c => c.Name);
}
