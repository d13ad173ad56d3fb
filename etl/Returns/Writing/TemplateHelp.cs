using DocumentFormat.OpenXml.Spreadsheet;
using Innovation1551.Returns.Forms;
using Field = Innovation1551.Returns.Forms.Field;

namespace Innovation1551.Returns.Writing;

/// <summary>The sheets that help to fill in a template: instructions with the dictionary of fields, and last year's figures.</summary>
internal static class TemplateHelp
{
    private static readonly Models.Text[] Steps =
    [
        new(
            "白色单元格可填；表头和灰色单元格已保护，请勿改动。橙色表头为必填项。",
            "White cells take input; headings and grey cells are protected. Orange headings are required."
        ),
        new("金额、人数等的计量单位写在表头括号内，请按该单位填写。", "Units stand in brackets in the headings; give figures in that unit."),
        new("带下拉箭头的单元格请从列表中选择（代码和名称一起写入即可）。", "Where there is a drop-down, choose from it; code and name together are fine."),
        new(
            "没有数据请填“无”，不适用请填“—”；空白视为未填。填 0 表示数值确为零。",
            "Write 无 where there is nothing and — where it does not apply; blank means not filled in; 0 means zero."
        ),
        new("合计与分项不平衡时，有关单元格变红；请核对后再报送。", "Where a total differs from its parts the cells turn red: check them before sending."),
        new("对异常变动请在“说明”栏写明原因。", "Explain unusual changes in the column 说明."),
        new(
            "清单类报表已填入上次上报且仍在进行的各行（项目、平台、资格等）：请补填本年情况，改动有变化的，删去已结束的，在其下添加新的。",
            "Lists begin with the lines reported last that still run: state this year's facts, change what has changed, delete what is over, add what is new below."
        ),
        new(
            "第一行右侧填写单位负责人、填表人和联系电话。",
            "Give the head of the unit, who filled it in and a telephone number at the right of the first row."
        ),
        new("改正后重新报送时，请把“修订版次”加 1，并填写填表日期。", "When sending a corrected return, raise 修订版次 by one and give the date."),
        new("可以另存为 .xlsx 后报送；请勿加密，勿删除工作表。", "Send it as .xlsx, without a password, and keep all sheets."),
    ];

    public static Worksheet Instructions(TemplateContent content)
    {
        var cells = new SheetCells();
        var title = content.Instructions?.Title ?? $"{content.Year}年科技创新统计报表 填报说明 · Returns for {content.Year}: how to fill them in";
        var steps = content.Instructions?.Steps ?? Steps;
        cells.Begin(26).Add(content.Synthetic ? $"{title} {SheetLayout.SyntheticMark}" : title, TemplateStyles.Title);
        if (content.Reporter is { } reporter)
            cells.Begin(20).Add($"{reporter.Code} {reporter.Name}", TemplateStyles.Label);
        cells.Begin();
        for (var i = 0; i < steps.Count; i++)
        {
            cells.Begin(20).Add($"{i + 1}. {steps[i].Zh}");
            cells.Begin(20).Add($"    {steps[i].En}");
        }
        foreach (var form in content.Forms)
        {
            cells.Begin();
            cells.Begin(22).Add($"{FormNumber.Of(form)} {form.Name.Zh} {form.Name.En}（{form.Grain.Zh}；{form.Grain.En}）".TrimStart(), TemplateStyles.Label);
            cells.Begin(36);
            foreach (var heading in (string[])["指标\nField", "英文名称\nEnglish name", "计量单位\nUnit", "填法\nHow", "含义\nMeaning"])
                cells.Add(heading, TemplateStyles.Heading);
            foreach (var field in form.Fields)
            {
                var meaning = FieldMeanings.Of(form, field);
                cells
                    .Begin(36)
                    .Add(field.Label.Zh, TemplateStyles.Wrapped)
                    .Add(field.Label.En, TemplateStyles.Wrapped)
                    .Add(field.Unit is { } unit ? $"{unit.Name.Zh} {unit.Name.En}" : "", TemplateStyles.Wrapped)
                    .Add(How(field), TemplateStyles.Wrapped)
                    .Add(meaning is null ? "" : $"{meaning.Zh}\n{meaning.En}", TemplateStyles.Wrapped);
            }
        }
        return Sheet(cells, 34, 46, 22, 30, 66);
    }

    /// <summary>Last year's figures, a row for each field and a column for each enterprise; null where nothing is known.</summary>
    public static Worksheet? LastYear(TemplateContent content)
    {
        if (content.LastYear.Values.All(f => f.Count == 0))
            return null;
        var cells = new SheetCells();
        var title = $"{content.PeriodOf(content.Year - 1)}上报数（仅供核对，不必填写） · Returned for {content.PeriodOf(content.Year - 1)}, to compare with";
        cells.Begin(26).Add(content.Synthetic ? $"{title} {SheetLayout.SyntheticMark}" : title, TemplateStyles.Title);
        foreach (var form in content.Forms.Where(f => content.LastYear.GetValueOrDefault(f.Id) is { Count: > 0 }))
        {
            cells.Begin();
            cells.Begin(36).Add($"{form.Name.Zh}\n{form.Name.En}", TemplateStyles.Heading).Add("计量单位\nUnit", TemplateStyles.Heading);
            foreach (var unit in content.Units)
                cells.Add($"{unit.Code}\n{unit.Name}", TemplateStyles.Heading);
            foreach (var field in form.Fields.Where(f => f.Type is FieldType.Amount or FieldType.Count or FieldType.Percent or FieldType.Quantity))
            {
                cells.Begin(34).Add($"{field.Label.Zh}\n{field.Label.En}", TemplateStyles.Wrapped).Add(field.Unit?.Name.Zh ?? "", TemplateStyles.Wrapped);
                foreach (var unit in content.Units)
                    cells.Add(content.Before(form, unit.Code, field), TemplateStyles.Before);
            }
        }
        return Sheet(cells, [46, 12, .. content.Units.Select(_ => 26)]);
    }

    private static string How(Field field) =>
        (field.Required ? "必填 required；" : "")
        + (
            field switch
            {
                { CodeList: not null } or { Type: FieldType.Form or FieldType.FormField } => "下拉选择 choose",
                { Type: FieldType.Count } => "整数 whole number",
                { Type: FieldType.Amount or FieldType.Quantity } => "数字 number",
                { Type: FieldType.Percent } => "百分数 percent",
                { Type: FieldType.Date } => "日期 date",
                { Type: FieldType.Period } => "报告期 period",
                _ => "文字 text",
            }
        );

    private static Worksheet Sheet(SheetCells cells, params double[] widths) =>
        new([
            new SheetProperties(new PageSetupProperties { FitToPage = true }),
            SheetPaper.Columns(widths),
            cells.Data,
            new SheetProtection
            {
                Sheet = true,
                FormatColumns = false,
                FormatRows = false,
            },
            .. SheetPaper.Landscape(SheetPaper.A4),
        ]);
}
