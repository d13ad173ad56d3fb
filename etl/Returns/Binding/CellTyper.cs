using Innovation1551.Models;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Sheets;
using Innovation1551.Returns.Values;

namespace Innovation1551.Returns.Binding;

/// <summary>Turns a cell into its field's type and canonical unit, or into a finding.</summary>
internal sealed class CellTyper(BoundFile file, BoundSheet sheet, CodeLists codes)
{
    /// <summary>Decimals that a landing amount keeps: 0.000001 (10,000 yuan) is one fen.</summary>
    private const int AmountDecimals = 6;

    /// <summary>The form that a row names, until the next one is read: its columns are looked for in that form.</summary>
    private (int Row, Form? Form) _named;

    /// <summary>True where the cell is sound: a typed value, or rightly missing (null).</summary>
    public bool Read(Row row, BoundColumn column, out object? value)
    {
        var cell = row[column.Column];
        var field = column.Field;
        value = null;
        if (cell.Text.Length > BoundedText.LongestCell)
            return Fault(BindingFindings.TooLongText);
        switch (field.Type)
        {
            case FieldType.Amount or FieldType.Count or FieldType.Percent or FieldType.Quantity:
                var number = NumberText.Read(cell);
                if (number.HasValue && (value = Number(number.Value, column, out var fault)) is null)
                    return Fault(fault!);
                return Finish(number.Missing, number.Problem);
            case FieldType.Date:
                var date = DateText.Read(cell);
                value = date.HasValue ? date.Value : null;
                return Finish(date.Missing, date.Problem);
            case FieldType.Period:
                var period = PeriodText.Read(cell);
                value = period.HasValue ? period.Value : null;
                if (period.HasValue && PeriodFault(period.Value) is { } problem)
                    return Fault(problem);
                return Finish(period.Missing, period.Problem);
            case FieldType.Identifier:
                var identifier = IdentifierText.Read(cell);
                value = identifier.HasValue ? IdentifierText.WithoutPrefix(identifier.Value!, field.Prefixes) : null;
                return Finish(identifier.Missing, identifier.Problem);
            case FieldType.Code:
                var code = PlainText.Read(cell);
                value = code.HasValue ? codes.Find(field.CodeList!, code.Value!) : null;
                if (code.HasValue && value is null)
                {
                    file.Findings.Add(
                        BindingFindings.UnknownCode(
                            file.Receipt.Name,
                            sheet.SheetName,
                            row.Number,
                            column.Column,
                            field,
                            cell.Text,
                            codes.Members(field.CodeList!)
                        )
                    );
                    return false;
                }
                return Finish(code.Missing, code.Problem);
            case FieldType.Form:
                var title = PlainText.Read(cell);
                _named = (row.Number, title.HasValue ? CorrectableCells.FindForm(title.Value!) : null);
                value = _named.Form?.Id;
                return title.HasValue && value is null ? Unknown(BindingFindings.UnknownForm) : Finish(title.Missing, title.Problem);
            case FieldType.FormField:
                var heading = PlainText.Read(cell);
                // Where the form is not known, that is said of the form.
                if (heading.HasValue && (_named.Row != row.Number || _named.Form is null))
                    return false;
                if (!heading.HasValue)
                    return Finish(heading.Missing, heading.Problem);
                if (
                    CorrectableCells.FindField(_named.Form!, heading.Value!) is not { Field: var named, Unit: var unit }
                    || !CorrectableCells.Fields(_named.Form!).Contains(named)
                )
                    return Unknown((f, s, r, c, d, t) => BindingFindings.UnknownFormField(f, s, r, c, d, t, _named.Form!));
                if (unit is not null && unit != named.Unit?.Name.Zh && !string.Equals(unit, named.Unit?.Name.En, StringComparison.OrdinalIgnoreCase))
                    return Fault(
                        new(
                            $"“{named.Label.Zh}”的更正按{named.Unit?.Name.Zh}填写，不用“{unit}”",
                            $"corrections of \"{named.Label.En}\" are given in {named.Unit?.Name.En}, not in \"{unit}\""
                        )
                    );
                value = named.Name;
                return true;
            default:
                var text = PlainText.Read(cell);
                value = text.Value;
                return Finish(text.Missing, text.Problem);
        }

        bool Finish(Missing missing, Text? problem)
        {
            if (problem is not null)
                return Fault(problem);
            if (missing == Missing.No)
                return true;
            if (missing != Missing.Blank)
                sheet.Missing.Add((row.Number, field.Name, missing));
            if (!field.Required)
                return true;
            file.Findings.Add(BindingFindings.RequiredCell(file.Receipt.Name, sheet.SheetName, row.Number, column.Column, field, cell.Text));
            return false;
        }

        bool Unknown(Func<string, string, int, int, Field, string, Finding> finding)
        {
            file.Findings.Add(finding(file.Receipt.Name, sheet.SheetName, row.Number, column.Column, field, cell.Text));
            return false;
        }

        bool Fault(Text problem)
        {
            file.Findings.Add(BindingFindings.Cell(file.Receipt.Name, sheet.SheetName, row.Number, column.Column, field, cell.Text, problem));
            return false;
        }
    }

    private static object? Number(NumberValue number, BoundColumn column, out Text? fault)
    {
        fault = null;
        var field = column.Field;
        if (number.IsPercent && field.Type is not (FieldType.Percent or FieldType.Quantity))
            return Refuse(new("此处应填绝对数，读到百分数", "an absolute number is expected here; a percentage was read"), out fault);
        var unit = column.Unit;
        if (number.Unit is { } written)
        {
            unit = Unit.Named(written);
            if (unit is null || field.Unit is null || unit.Dimension != field.Unit.Dimension)
                return Refuse(new($"计量单位“{written}”与本栏不符", $"the unit \"{written}\" does not fit this column"), out fault);
        }
        var value = unit is null || field.Unit is null || unit == field.Unit ? number.Value : number.Value * unit.To(field.Unit);
        if (field.Type == FieldType.Count)
            return value == decimal.Truncate(value) && Math.Abs(value) < long.MaxValue
                ? (long)value
                : Refuse(new("应为整数", "a whole number is expected"), out fault);
        if (decimal.Round(value, AmountDecimals) != value)
            return Refuse(
                new("小数位过多（换算后精确到“分”以下），请核对单位", "too many decimals (finer than one fen after conversion); check the unit"),
                out fault
            );
        if (Math.Abs(value) >= 1_000_000_000_000m)
            return Refuse(new("数值过大，请核对单位", "the number is too large; check the unit"), out fault);
        return value;
    }

    private static object? Refuse(Text why, out Text? fault)
    {
        fault = why;
        return null;
    }

    private static Text? PeriodFault(Period period) =>
        period switch
        {
            { Year: < 1990 or > 2040 } => new("年份超出 1990–2040", "the year is outside 1990 to 2040"),
            { Quarter: not null } => new("请按累计月份填写，如“2026年1-3月”", "write the cumulative months, such as 2026年1-3月"),
            { Month: > 1, Cumulative: false } => new(
                $"月报为累计数，请写作“{period.Year}年1-{period.Month}月”",
                $"monthly returns are cumulative: write {period.Year}年1-{period.Month}月"
            ),
            _ => null,
        };
}
