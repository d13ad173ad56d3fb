using DocumentFormat.OpenXml.Spreadsheet;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Sheets;
using Field = Innovation1551.Returns.Forms.Field;

namespace Innovation1551.Returns.Writing;

/// <summary>
/// What a cell may hold, as a spreadsheet program checks it while a person types. Members of lists are enforced; numbers and dates
/// are warned about, because a cell may also say 无 or — where there is nothing to report.
/// </summary>
internal static class ValidationRule
{
    private const string FarBelow = "-1000000000000",
        FarAbove = "1000000000000";

    /// <summary>The rule of a field; null where anything may be typed.</summary>
    /// <param name="firstRow">The row of the first cell that the rule is for: what it says of other cells is said from there.</param>
    public static DataValidation? For(Form form, Field field, TemplateLists lists, int firstRow) =>
        field switch
        {
            { CodeList: { } list } => List(lists.RangeOf(list), enforced: true),
            _ when field == CommonFields.EnterpriseCode => List(lists.RangeOf(TemplateLists.Units), enforced: false),
            _ when field == CommonFields.EnterpriseName => List(lists.RangeOf(TemplateLists.UnitNames), enforced: false),
            { Type: FieldType.Form } => List(lists.RangeOf(TemplateLists.Forms), enforced: false),
            { Type: FieldType.FormField } => List(
                lists.FieldsOf($"${ColumnName.Of(form.Fields.Select(f => f.Type).ToList().IndexOf(FieldType.Form) + 1)}{StoredText.Of(firstRow)}"),
                enforced: false
            ),
            { Type: FieldType.Period } => List(lists.RangeOf(form.Sent == Cadence.Months ? TemplateLists.Months : TemplateLists.Periods), enforced: false),
            { Type: FieldType.Amount or FieldType.Percent or FieldType.Quantity } => Number(
                DataValidationValues.Decimal,
                field,
                "应填数字；没有数据请填“无”",
                "A number is expected; write 无 where there is nothing."
            ),
            { Type: FieldType.Count } => Number(
                DataValidationValues.Whole,
                field,
                "应填整数；没有数据请填“无”",
                "A whole number is expected; write 无 where there is nothing."
            ),
            { Type: FieldType.Date } => new()
            {
                Type = DataValidationValues.Date,
                Operator = DataValidationOperatorValues.Between,
                AllowBlank = true,
                ShowErrorMessage = true,
                ErrorStyle = DataValidationErrorStyleValues.Warning,
                ErrorTitle = "日期 Date",
                Error = "应填日期，如 2025-03-01\nA date is expected, such as 2025-03-01.",
                // The days of 1950-01-01 and 2099-12-31.
                Formula1 = new("18264"),
                Formula2 = new("73050"),
            },
            _ => null,
        };

    private static DataValidation? List(string? range, bool enforced) =>
        range is null
            ? null
            : new()
            {
                Type = DataValidationValues.List,
                AllowBlank = true,
                ShowErrorMessage = true,
                ErrorStyle = enforced ? DataValidationErrorStyleValues.Stop : DataValidationErrorStyleValues.Warning,
                ErrorTitle = "选项 List",
                Error = "请从下拉列表中选择\nChoose from the list.",
                Formula1 = new(range),
            };

    private static DataValidation Number(DataValidationValues type, Field field, string zh, string en) =>
        new()
        {
            Type = type,
            Operator = DataValidationOperatorValues.Between,
            AllowBlank = true,
            ShowErrorMessage = true,
            ErrorStyle = DataValidationErrorStyleValues.Warning,
            ErrorTitle = "数值 Number",
            Error = field.MayBeNegative ? $"{zh}\n{en}" : $"{zh}；不应为负数\n{en} Not negative.",
            Formula1 = new(field.MayBeNegative ? FarBelow : "0"),
            Formula2 = new(FarAbove),
        };
}
