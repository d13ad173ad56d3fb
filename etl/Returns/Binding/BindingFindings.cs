using Innovation1551.Models;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Binding;

/// <summary>What can be wrong when a table is read as a form: codes B…, in one place.</summary>
internal static class BindingFindings
{
    private const int HeadingsNamed = 8,
        CodesNamed = 12;

    public static Finding NoForm(string file, NearestForm? nearest) =>
        new(
            "B001",
            Severity.Error,
            file,
            nearest is null
                ? new(
                    "文件中没有任何一张表能对应到报表，也没有与任何报表相近的表头",
                    "no sheet of the file could be matched to a return form, and none of its headings resembles one of any form"
                )
                : new(
                    $"文件中没有任何一张表能对应到报表；最接近的是“{nearest.Form.Name.Zh}”，缺少表头：{Named(nearest, f => f.Label.Zh, "、", "等")}",
                    $"no sheet of the file could be matched to a return form; the nearest is {nearest.Form.Name.En}, of which these headings are missing: {Named(nearest, f => f.Label.En, ", ", "…")}"
                ),
            nearest is null
                ? new("请使用下发的报表模板，保留表头原文", "use the template and keep its headings as they are")
                : new(
                    $"请使用模板（innovation template {nearest.Form.Id}），保留表头原文",
                    $"use the template (innovation template {nearest.Form.Id}) and keep its headings as they are"
                )
        );

    private static string Named(NearestForm nearest, Func<Field, string> label, string comma, string more) =>
        nearest.Missing.Count == 0
            ? "—"
            : string.Join(comma, nearest.Missing.Take(HeadingsNamed).Select(label))
                + (nearest.Missing.Count > HeadingsNamed ? $"{comma}{more}（{nearest.Missing.Count}）" : "");

    public static Finding TooMuchText(string file, string sheet, int row, long most) =>
        new(
            "B009",
            Severity.Error,
            file,
            new(
                $"文字总量超过 {most:N0} 个字符，远多于同样大小的报表，不再往下读",
                $"the cells hold more than {most:N0} characters in all, far more than goes with the size of the file; it is read no further"
            ),
            new(
                "请删除与填报无关的长文本；数据量确实很大的，请分成几个文件",
                "take out long texts that are no part of the return; if there is so much data, send several files"
            ),
            ReadingFindings.Quote(sheet),
            row
        )
        {
            WholeSheet = true,
        };

    public static Finding MostlyFaulty(string file, string sheet, long rows, long faulty, decimal percent) =>
        new(
            "B010",
            Severity.Error,
            file,
            new(
                $"{rows:N0} 行中有 {faulty:N0} 行不能读入，超过 {percent}%，全部不采用",
                $"{faulty:N0} of {rows:N0} rows cannot be read in, more than {percent}%: none is taken"
            ),
            new(
                "多半是用错了模板、列错位或计量单位不符；请按所列问题改正整个文件后重新报送",
                "most likely the wrong template, shifted columns or another unit: mend the whole file as listed and send it again"
            ),
            sheet
        )
        {
            WholeSheet = true,
        };

    public static Text TooLongText { get; } =
        new($"单元格内容超过 {BoundedText.LongestCell:N0} 个字符", $"the cell holds more than {BoundedText.LongestCell:N0} characters");

    public static Finding SheetPassedOver(string file, string sheet) =>
        new(
            "B002",
            Severity.Note,
            file,
            new("此表未对应到任何报表，未读入", "this sheet matches no return form and was passed over"),
            new("如为填报内容，请恢复模板表头", "if it holds returns, restore the template's headings"),
            sheet
        );

    public static Finding NoHeadings(string file, string sheet, Row row, Form? form) =>
        new(
            "B011",
            Severity.Error,
            file,
            form is null
                ? new(
                    "表头行缺失或无法识别：从此行起像是填报数据，整张表未读入",
                    "the row of headings is missing or not known: data seems to begin in this row; none of the sheet was read"
                )
                : new(
                    $"表头行缺失或无法识别：从此行起像是“{form.Name.Zh}”的数据，整张表未读入",
                    $"the row of headings is missing or not known: data of {form.Name.En} seems to begin in this row; none of the sheet was read"
                ),
            new("请恢复模板的表头行（表头原文）后重新报送", "put back the template's row of headings, as it was, and send the return again"),
            sheet,
            row.Number,
            ReadingFindings.Letters(row.Cells.First(c => c.Kind != CellKind.Blank).Column),
            Read: Short(row.Cells.First(c => c.Kind != CellKind.Blank).Text)
        )
        {
            WholeSheet = true,
        };

    /// <summary>
    /// A template that came back as it was sent out. An enterprise without events has none to list, so lists alone are only remarked on; a sheet of a
    /// filled-in workbook that names enterprises and nothing else is asked about.
    /// </summary>
    public static IEnumerable<Finding> NothingFilledIn(string file, IReadOnlyList<BoundSheet> sheets)
    {
        if (sheets.Count == 0)
            return [];
        if (sheets.All(s => !s.HasContent))
            return
            [
                new(
                    "B012",
                    sheets.Any(s => s.Form.Kind == FormKind.State) ? Severity.Error : Severity.Note,
                    file,
                    new("文件是空白模板：没有填报任何数据", "the file is a blank template: nothing was filled in"),
                    new("请填写后重新报送；确实没有数据的，数值栏填 0 或“无”", "fill it in and send it again; where there is nothing, enter 0 or 无")
                ),
            ];
        return sheets
            .Where(s => !s.HasContent && s.RowsIn > 0)
            .Select(s => new Finding(
                "B012",
                Severity.Warning,
                file,
                new("此表只有单位和报告期，没有填报任何数据", "the sheet names enterprises and periods only: nothing was filled in"),
                new("请填写；确实没有数据的，数值栏填 0 或“无”", "fill it in; where there is nothing, enter 0 or 无"),
                s.SheetName
            ));
    }

    /// <summary>Something stands in a column that has no heading.</summary>
    public static Finding NoHeading(string file, string sheet, int row, int column, string read) =>
        new(
            "B005",
            Severity.Warning,
            file,
            new("此列没有表头，内容未读入", "this column has no heading; its content was not read"),
            new("请补上模板的表头；如系误填请删除", "add the template's heading; delete the content if it was put there by mistake"),
            sheet,
            row,
            ReadingFindings.Letters(column),
            Read: Short(read)
        )
        {
            WholeSheet = true,
        };

    public static Finding MissingColumn(string file, string sheet, int row, Form form, Field field) =>
        new(
            "B003",
            Severity.Error,
            file,
            new($"缺少列“{field.Label.Zh}”（{form.Name.Zh}）", $"column \"{field.Label.En}\" of {form.Name.En} is missing"),
            new("请补上该列；没有数据时保留空列", "add the column; leave it empty where there is nothing to report"),
            sheet,
            row,
            Heading: field.Label.Zh
        )
        {
            WholeSheet = true,
        };

    public static Finding DoubledColumn(string file, string sheet, int row, int first, int second, Field field, string heading) =>
        new(
            "B004",
            Severity.Error,
            file,
            new(
                $"列“{field.Label.Zh}”出现两次（{ReadingFindings.Letters(first)} 列和 {ReadingFindings.Letters(second)} 列）",
                $"column \"{field.Label.En}\" stands twice (columns {ReadingFindings.Letters(first)} and {ReadingFindings.Letters(second)})"
            ),
            new("请删除重复的一列", "delete one of the two"),
            sheet,
            row,
            ReadingFindings.Letters(second),
            field.Label.Zh,
            Short(heading)
        )
        {
            WholeSheet = true,
        };

    public static Finding UnknownColumn(string file, string sheet, int row, int column, string heading) =>
        new(
            "B005",
            Severity.Warning,
            file,
            new("此列不在报表中，内容未读入", "this column is not part of the form; its content was not read"),
            new("请核对表头；如系误加请删除", "check the heading; delete the column if it was added by mistake"),
            sheet,
            row,
            ReadingFindings.Letters(column),
            Short(heading),
            Short(heading)
        )
        {
            WholeSheet = true,
        };

    public static Finding Cell(string file, string sheet, int row, int column, Field field, string read, Text problem) =>
        new(
            "B006",
            Severity.Error,
            file,
            problem,
            new("请改正该单元格后重新报送", "correct the cell and send the return again"),
            sheet,
            row,
            ReadingFindings.Letters(column),
            field.Label.Zh,
            Short(read)
        );

    public static Finding RequiredCell(string file, string sheet, int row, int column, Field field, string read) =>
        new(
            "V31",
            Severity.Error,
            file,
            new($"必填项“{field.Label.Zh}”未填", $"\"{field.Label.En}\" is required and empty"),
            field.Type is FieldType.Amount or FieldType.Count or FieldType.Percent or FieldType.Quantity
                ? new("请填写；确实没有的填 0", "fill it in, 0 where there is truly nothing")
                : new("请填写；此栏不能为空，也不能填“无”", "fill it in; it may be neither empty nor 无"),
            sheet,
            row,
            ReadingFindings.Letters(column),
            field.Label.Zh,
            Short(read)
        );

    public static Finding UnknownCode(
        string file,
        string sheet,
        int row,
        int column,
        Field field,
        string read,
        IReadOnlyList<(string Code, string Zh, string En)> members
    )
    {
        string Choices(string comma, Func<(string Code, string Zh, string En), string> name) =>
            string.Join(comma, members.Take(CodesNamed).Select(m => CodeLists.Choice(m.Code, name(m)))) + (members.Count > CodesNamed ? comma + "…" : "");
        return new(
            "B007",
            Severity.Error,
            file,
            new($"“{field.Label.Zh}”中没有“{Short(read)}”", $"\"{Short(read)}\" is not a member of \"{field.Label.En}\""),
            new("请从下列选项中选择：" + Choices("、", m => m.Zh), "choose one of: " + Choices(", ", m => m.En)),
            sheet,
            row,
            ReadingFindings.Letters(column),
            field.Label.Zh,
            Short(read)
        );
    }

    /// <summary>Rows of a list to decide on in which nothing is decided.</summary>
    public static Finding Undecided(string file, string sheet, int rows) =>
        new(
            "B014",
            Severity.Note,
            file,
            new($"{rows} 行尚未填写意见，未计入", $"{rows} rows are not decided and are passed over"),
            new("可在以后的清单中再填", "they stand in the next list again"),
            sheet
        );

    /// <summary>No form with cells to correct goes by the name.</summary>
    public static Finding UnknownForm(string file, string sheet, int row, int column, Field field, string read)
    {
        var near = Nearest.Of(HeadingText.Clean(read), CorrectableCells.Forms.SelectMany(CorrectableCells.Names)) is { } name
            ? CorrectableCells.FindForm(name)
            : null;
        return new(
            "B013",
            Severity.Error,
            file,
            FormCatalogue.All.FirstOrDefault(f => f.Name.Zh == read || f.Id == read || FormNumber.Of(f) == read) is { } list
                ? new($"“{list.Name.Zh}”是清单，不用更正单更正", $"\"{list.Name.En}\" is a list, and a correction cannot change it")
                : new($"没有报表“{Short(read)}”", $"there is no form \"{Short(read)}\""),
            near is null
                ? new(
                    "请从下列报表中选择：" + string.Join("、", CorrectableCells.Forms.Select(CorrectableCells.Choice)) + "；清单请重新报送",
                    "choose one of: " + string.Join(", ", CorrectableCells.Forms.Select(f => $"{FormNumber.Of(f)} {f.Name.En}")) + "; a list is sent again"
                )
                : new($"是否指“{CorrectableCells.Choice(near)}”？请改正", $"did you mean \"{FormNumber.Of(near)} {near.Name.En}\"? Correct it"),
            sheet,
            row,
            ReadingFindings.Letters(column),
            field.Label.Zh,
            Short(read)
        );
    }

    /// <summary>The form has no figure under the heading; names what is near, or the form that has it.</summary>
    public static Finding UnknownFormField(string file, string sheet, int row, int column, Field field, string read, Form form)
    {
        var near = Nearest.Of(HeadingText.Clean(read), CorrectableCells.NamesOfFields(form)) is { } name ? CorrectableCells.FindField(form, name)?.Field : null;
        var elsewhere = CorrectableCells.WithHeading(read).ToList();
        return new(
            "B013",
            Severity.Error,
            file,
            new($"“{form.Name.Zh}”没有可更正的指标“{Short(read)}”", $"\"{form.Name.En}\" has no figure \"{Short(read)}\" that can be corrected"),
            elsewhere.Count > 0
                    ? new(
                        $"该指标在{string.Join("、", elsewhere.Select(f => $"“{CorrectableCells.Choice(f)}”"))}中，请改正更正报表",
                        $"it stands in {string.Join(", ", elsewhere.Select(f => $"\"{FormNumber.Of(f)} {f.Name.En}\""))}: correct the form"
                    )
                : near is not null ? new($"是否指“{near.Label.Zh}”？请改正", $"did you mean \"{near.Label.En}\"? Correct it")
                : new(
                    "请从下列指标中选择：" + Some(CorrectableCells.Fields(form).Select(f => f.Label.Zh), "、"),
                    "choose one of: " + Some(CorrectableCells.Fields(form).Select(f => f.Label.En), ", ")
                ),
            sheet,
            row,
            ReadingFindings.Letters(column),
            field.Label.Zh,
            Short(read)
        );

        static string Some(IEnumerable<string> names, string comma) =>
            string.Join(comma, names.Take(CodesNamed)) + (names.Skip(CodesNamed).Any() ? comma + "…" : "");
    }

    public static Finding Total(string file, string sheet, int row, int column, Field field, string read, decimal sum) =>
        new(
            "V07",
            Severity.Error,
            file,
            new(
                $"合计行“{field.Label.Zh}”为 {Short(read)}，明细之和为 {Plain(sum)}",
                $"the total of \"{field.Label.En}\" is {Short(read)}, its rows sum to {Plain(sum)}"
            ),
            new("请核对合计与明细，改正后重新报送", "check the total against its rows, correct and send again"),
            sheet,
            row,
            ReadingFindings.Letters(column),
            field.Label.Zh,
            Short(read)
        )
        {
            WholeSheet = true,
        };

    public static Finding SecondTable(string file, string sheet, int row) =>
        new(
            "B008",
            Severity.Error,
            file,
            new("同一张表中从此行起是另一张表，未读入", "another table begins in this row of the sheet; it was not read"),
            new("请每个工作表只放一张报表", "put one return on each sheet"),
            sheet,
            row
        )
        {
            WholeSheet = true,
        };

    internal static string Short(string text) => ReadingFindings.Quote(text);

    private static string Plain(decimal value) => value.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture);
}
