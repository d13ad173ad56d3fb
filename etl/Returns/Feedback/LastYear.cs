using System.Globalization;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Returns.Feedback;

/// <summary>What the enterprise of a faulty row returned in the same field for the year before.</summary>
internal sealed class LastYear
{
    private readonly Dictionary<(int File, string Sheet, int Row, string Column), string> _values = [];

    /// <param name="files">The files that are answered.</param>
    public LastYear(DuckDBConnection landing, IReadOnlyList<int> files)
    {
        var forms = FormCatalogue
            .All.Where(f => f.Kind == FormKind.State)
            .Select(f =>
                (Form: f, Fields: f.Fields.Where(x => x.Type is FieldType.Amount or FieldType.Count or FieldType.Percent or FieldType.Quantity).ToList())
            )
            .Where(f => f.Fields.Count > 0)
            .ToList();
        landing.Run(Asked(forms.Select(f => f.Form.Id)), files.ToList());
        var asked = landing.Rows("select distinct form from asked_cell").Select(r => (string)r[0]!).ToHashSet();
        if (asked.Count == 0)
            return;
        landing.Run(Before);
        foreach (var (form, fields) in forms.Where(f => asked.Contains(f.Form.Id)))
        foreach (var row in landing.Rows(Values(form, fields)))
        {
            var field = (string)row[4]!;
            var at = fields.FindIndex(f => f.Name == field);
            if (at >= 0 && row[5 + at] is { } value)
                _values.TryAdd(((int)row[0]!, (string?)row[1] ?? "", (int)(long)row[2]!, (string)row[3]!), Plain(value, fields[at]));
        }
    }

    public string? Of(int file, Finding finding) =>
        finding.Row is { } row && finding.Column is { } column ? _values.GetValueOrDefault((file, finding.Sheet ?? "", row, column)) : null;

    /// <summary>The cells at fault, of rows that have landed or have not, with the enterprise and the period before.</summary>
    private static string Asked(IEnumerable<string> forms) =>
        $"""
            create or replace temp table asked_cell as
            with rows as (
                select form, file_no, sheet_no, source_row, enterprise_code, period_year, period_month from any_row where list_contains($1, file_no)
                union all
                select form, file_no, sheet_no, source_row, enterprise_code, period_year, period_month from rejected where list_contains($1, file_no)
            )
            select x.file_no, x.sheet, x.source_row, x.column_letters, y.field, r.form, r.enterprise_code, r.period_year - 1 as period_year, r.period_month
            from finding as x
            join rows as r on r.file_no = x.file_no and r.source_row = x.source_row
            join sheet as s on s.file_no = r.file_no and s.sheet_no = r.sheet_no and (x.sheet is null or x.sheet = s.sheet_name)
            join layout as y on y.file_no = s.file_no and y.sheet_no = s.sheet_no and y.heading = x.heading
            where x.column_letters is not null and x.severity <> 'note' and r.form in ({string.Join(", ", forms.Select(f => $"'{f}'"))})
            """;

    /// <summary>The returns in force of the periods before. Which one counts is decided within a form and a period, so that no others are looked at.</summary>
    private static readonly string Before = $"""
        create or replace temp table out_row as from refused_row;
        create or replace temp table return_before as
        select * from ({ReturnsInForce.Versions(
            "(select * from any_row where (form, period_year) in (select (form, period_year) from asked_cell))",
            "out_row"
        )}) where is_in_force
        """;

    /// <summary>The rows of the period before beside the cells that are asked for; names of tables and columns are those of the forms.</summary>
    private static string Values(Form form, List<Field> fields) =>
        $"""
            select a.file_no, a.sheet, a.source_row, a.column_letters, a.field, {string.Join(
                ", ",
                fields.Select(f => "l." + (TemplateContent.Repeated(form, f) ?? f).Name)
            )}
            from asked_cell as a
            join ({ReturnsInForce.Accepted(form, $"(from return_before where form = '{form.Id}')", "out_row")}) as l
                on l.enterprise_code = a.enterprise_code and l.period_year = a.period_year and l.period_month is not distinct from a.period_month
            where a.form = '{form.Id}'
            """;

    private static string Plain(object value, Field field)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        if (text.Contains('.', StringComparison.Ordinal))
            text = text.TrimEnd('0').TrimEnd('.');
        return field.Unit is { } unit ? $"{text} {unit.Name.Zh}" : text;
    }
}
