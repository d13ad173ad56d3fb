using System.Collections.Immutable;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Values;

namespace Innovation1551.Returns.Binding;

/// <summary>The rows below a header, typed one by one: details, the total row, and the footer at which the table ends.</summary>
internal sealed class SheetRows
{
    private static readonly string[] TotalLabels = ["合计", "总计", "小计", "Total"];
    private static readonly string[] FooterLabels = ["单位负责人", "统计负责人", "填表人", "注：", "注:", "说明：", "联系电话"];

    private readonly BoundFile file;
    private readonly BoundColumn?[] byField;
    private readonly decimal?[] sums;
    private readonly CellTyper typer;
    private readonly int nameField;
    private readonly int codeField;
    private readonly int periodField;

    private SheetRows(BoundFile file, BoundSheet sheet, CodeLists codes)
    {
        this.file = file;
        Sheet = sheet;
        byField = [.. sheet.Form.Fields.Select(f => sheet.Columns.FirstOrDefault(c => c.Field == f))];
        sums = new decimal?[byField.Length];
        typer = new(file, sheet, codes);
        nameField = sheet.Form.Fields.IndexOf(CommonFields.EnterpriseName);
        codeField = sheet.Form.Fields.IndexOf(CommonFields.EnterpriseCode);
        periodField = sheet.Form.Fields.IndexOf(CommonFields.Period);
    }

    public BoundSheet Sheet { get; }

    /// <summary>Binds the header's columns; null, with findings, where the table cannot be read as the form.</summary>
    public static SheetRows? Begin(BoundFile file, Sheet sheet, Row header, HeadingIndex index, Preamble preamble, CodeLists codes)
    {
        preamble.Read(header);
        var columns = ImmutableArray.CreateBuilder<BoundColumn>();
        var faults = 0;
        foreach (var cell in header.Cells)
        {
            if (cell.Kind == CellKind.Blank || cell.Text.Trim().Length == 0) continue;
            if (index.Find(cell.Text) is not { } field)
            {
                file.Findings.Add(BindingFindings.UnknownColumn(file.Receipt.Name, sheet.Name, header.Number, cell.Column, cell.Text));
                continue;
            }
            if (columns.FirstOrDefault(c => c.Field == field) is { } first)
            {
                file.Findings.Add(BindingFindings.DoubledColumn(file.Receipt.Name, sheet.Name, header.Number, first.Column, cell.Column, field, cell.Text));
                faults++;
                continue;
            }
            var unit = HeadingIndex.SplitUnit(cell.Text).Unit;
            if (unit is null && field.Unit?.Dimension == Dimension.Money) unit = preamble.Unit;
            columns.Add(new(field, cell.Column, cell.Text.Trim(), unit is not null && unit.Dimension == field.Unit?.Dimension ? unit : field.Unit));
        }
        foreach (var field in index.Form.Fields)
            if (columns.All(c => c.Field != field) && (field.Required || field.Type is FieldType.Amount or FieldType.Count))
            {
                file.Findings.Add(BindingFindings.MissingColumn(file.Receipt.Name, sheet.Name, header.Number, index.Form, field));
                faults++;
            }
        if (faults > 0) return null;
        return new(file, new(sheet.Index, sheet.Name, index.Form)
        {
            Columns = columns.ToImmutable(),
            Edition = preamble.Edition,
            ReporterCode = preamble.ReporterCode,
            FilledOn = preamble.FilledOn,
            Revision = preamble.Revision,
        }, codes);
    }

    /// <summary>Takes one row; false when the table has ended.</summary>
    public bool Take(Row row)
    {
        string? lead = null;
        var filled = 0;
        foreach (var cell in row.Cells)
        {
            if (cell.Kind == CellKind.Blank || cell.Text.Length == 0) continue;
            lead ??= cell.Text.Trim();
            filled++;
        }
        if (filled == 0) return true;
        if (FooterLabels.Any(l => lead!.StartsWith(l, StringComparison.Ordinal))) return false;
        if (IsTotal(row)) Total(row);
        else Detail(row);
        return true;
    }

    private bool IsTotal(Row row) =>
        TotalLabels.Contains(Lead(row, codeField)) || (TotalLabels.Contains(Lead(row, nameField)) && Lead(row, codeField).Length == 0);

    private string Lead(Row row, int field) =>
        byField[field] is { } column ? row[column.Column].Text.Replace(" ", "", StringComparison.Ordinal).Replace("　", "", StringComparison.Ordinal) : "";

    private void Detail(Row row)
    {
        Sheet.RowsIn++;
        var values = new object?[byField.Length];
        var sound = true;
        for (var i = 0; i < byField.Length; i++)
            if (byField[i] is { } column)
                sound &= typer.Read(row, column, out values[i]);
        for (var i = 0; i < byField.Length; i++)
            if (values[i] is decimal amount && byField[i]!.Field.Type is FieldType.Amount) sums[i] = (sums[i] ?? 0) + amount;
        if (sound) Sheet.Rows.Add(new(row.Number, values));
        else Sheet.Rejected.Add(new(row.Number, values[codeField] as string, periodField < 0 ? null : values[periodField] as Period?));
    }

    /// <summary>The total row is a check on the rows above it, not a fact (rule V07). One unit of the last place for each row may be lost to rounding.</summary>
    private void Total(Row row)
    {
        for (var i = 0; i < byField.Length; i++)
        {
            if (byField[i] is not { Field.Type: FieldType.Amount } column || row[column.Column].Kind == CellKind.Blank) continue;
            if (!typer.Read(row, column, out var read) || read is not decimal total) continue;
            var sum = sums[i] ?? 0;
            var lastPlace = 1m;
            for (var scale = Math.Max(sum.Scale, total.Scale); scale > 0; scale--) lastPlace /= 10;
            if (Math.Abs(sum - total) > lastPlace * (Sheet.RowsIn + 1) / 2)
                file.Findings.Add(BindingFindings.Total(file.Receipt.Name, Sheet.SheetName, row.Number, column.Column, column.Field, row[column.Column].Text, sum));
        }
    }
}
