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
        foreach (var form in FormCatalogue.All.Where(f => f.Kind == FormKind.State))
        {
            var fields = form.Fields.Where(f => f.Type is FieldType.Amount or FieldType.Count or FieldType.Percent or FieldType.Quantity).ToList();
            if (fields.Count == 0)
                continue;
            foreach (var row in landing.Rows(Sql(form, fields), files.ToList()))
            {
                var field = (string)row[4]!;
                var at = fields.FindIndex(f => f.Name == field);
                if (at >= 0 && row[5 + at] is { } value)
                    _values.TryAdd(((int)row[0]!, (string?)row[1] ?? "", (int)(long)row[2]!, (string)row[3]!), Plain(value, fields[at]));
            }
        }
    }

    public string? Of(int file, Finding finding) =>
        finding.Row is { } row && finding.Column is { } column ? _values.GetValueOrDefault((file, finding.Sheet ?? "", row, column)) : null;

    /// <summary>
    /// Rows at fault, landed or not, joined to the year before; names of tables and columns are those of the forms.
    /// The return in force counts, as for the rules.
    /// </summary>
    private static string Sql(Form form, List<Field> fields) =>
        $"""
            with rows as (
                select file_no, sheet_no, source_row, enterprise_code, period_year, period_month from {form.Id} where list_contains($1, file_no)
                union all
                select file_no, sheet_no, source_row, enterprise_code, period_year, period_month from rejected where form = '{form.Id}' and list_contains($1, file_no)
            )
            select x.file_no, x.sheet, x.source_row, x.column_letters, y.field, {string.Join(
                ", ",
                fields.Select(f => "p." + (TemplateContent.Repeated(form, f) ?? f).Name)
            )}
            from finding as x
            join rows as r on r.file_no = x.file_no and r.source_row = x.source_row
            join sheet as s on s.file_no = r.file_no and s.sheet_no = r.sheet_no and (x.sheet is null or x.sheet = s.sheet_name)
            join layout as y on y.file_no = s.file_no and y.sheet_no = s.sheet_no and y.heading = x.heading
            join {ReturnsInForce.Prefix}{form.Id} as p on p.enterprise_code = r.enterprise_code and p.period_year = r.period_year - 1 and p.period_month is not distinct from r.period_month
            where x.column_letters is not null and x.severity <> 'note'
            """;

    private static string Plain(object value, Field field)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        if (text.Contains('.', StringComparison.Ordinal))
            text = text.TrimEnd('0').TrimEnd('.');
        return field.Unit is { } unit ? $"{text} {unit.Name.Zh}" : text;
    }
}
