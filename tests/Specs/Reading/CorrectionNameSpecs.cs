using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Innovation1551.Returns;
using Innovation1551.Returns.Binding;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Writing;
using Innovation1551.Specs.Models;
using Xunit;

namespace Innovation1551.Specs.Reading;

/// <summary>A correction names the cell in the words of the forms; what lands is the internal name.</summary>
public sealed class CorrectionNameSpecs : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1551-02 财务与从业人员情况", "营业收入（万元）", "finance", "revenue_wan")]
    [InlineData("《财务与从业人员情况》", "营业收入", "finance", "revenue_wan")]
    [InlineData("1551-02", "营业总收入", "finance", "revenue_wan")]
    [InlineData("Finance and staff", "operating revenue", "finance", "revenue_wan")]
    [InlineData("finance", "revenue_wan", "finance", "revenue_wan")]
    [InlineData("研究开发活动及费用情况", "研究开发费用（本期合计）（万元）", "rd_spend", "expense_total_wan")]
    public void Any_name_of_a_form_and_any_heading_names_the_cell(string form, string field, string formId, string fieldName)
    {
        var file = Bind(form, field);
        Assert.Equal([], file.Findings.Where(f => f.Severity == Severity.Error).Select(f => f.Problem.Zh));
        var row = Assert.Single(Assert.Single(file.Sheets).Rows);
        Assert.Equal((formId, fieldName), (Value(row, "corrected_form"), Value(row, "corrected_field")));
    }

    [Theory]
    [InlineData("财务与从业人员", "营业收入", "更正报表", "是否指“1551-02 财务与从业人员情况”？请改正")]
    [InlineData("专利明细", "件数", "更正报表", "请从下列报表中选择：1551-01")]
    [InlineData("财务与从业人员情况", "营业收人", "更正指标", "是否指“营业收入”？请改正")]
    [InlineData("财务与从业人员情况", "研究开发费用合计", "更正指标", "该指标在“1551-01 ")]
    [InlineData("财务与从业人员情况", "单位名称", "更正指标", "请从下列指标中选择：")]
    [InlineData("财务与从业人员情况", "营业收入（亿元）", "更正指标", "请改正该单元格后重新报送")]
    public void What_names_no_cell_is_told_with_what_was_meant(string form, string field, string heading, string remedy)
    {
        var finding = Assert.Single(Bind(form, field).Findings, f => f.Severity == Severity.Error);
        Assert.Equal(heading, finding.Heading);
        Assert.StartsWith(remedy, finding.Remedy.Zh, StringComparison.Ordinal);
    }

    /// <summary>Every cell that can be corrected is on offer, beside its form, and what is on offer is understood.</summary>
    [Fact]
    public void The_template_offers_every_cell_by_its_heading()
    {
        Assert.All(
            CorrectableCells.Forms,
            form =>
            {
                Assert.Same(form, CorrectableCells.FindForm(CorrectableCells.Choice(form)));
                Assert.All(
                    CorrectableCells.Fields(form),
                    field => Assert.Same(field, CorrectableCells.FindField(form, CorrectableCells.Choice(field, 2025))?.Field)
                );
            }
        );
        var path = _folder["t.xlsx"];
        using (var stream = File.Create(path))
            TemplateWorkbook.Write(stream, new(2025, null, [], [CorrectionForm.Form], [], new CodeLists(WarehouseSketch.Definitions)));
        using var document = SpreadsheetDocument.Open(path, isEditable: false);
        var book = document.WorkbookPart!;
        var sheets = book.Workbook!.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>()
            .ToDictionary(s => s.Name!.Value!, s => ((WorksheetPart)book.GetPartById(s.Id!.Value!)).Worksheet!);
        var lists = sheets["代码 Lists"]
            .Descendants<DocumentFormat.OpenXml.Spreadsheet.Row>()
            .Select(r =>
                r.Elements<DocumentFormat.OpenXml.Spreadsheet.Cell>()
                    .ToDictionary(c => c.CellReference!.Value!.TrimEnd("0123456789".ToCharArray()), c => c.InnerText)
            )
            .ToList();
        var (forms, fields) = (lists[0].Single(c => c.Value == TemplateLists.FormsOfFields).Key, lists[0].Single(c => c.Value == TemplateLists.FormFields).Key);
        Assert.Equal(
            CorrectableCells.Forms.SelectMany(f => CorrectableCells.Fields(f).Select(x => (CorrectableCells.Choice(f), CorrectableCells.Choice(x, 2025)))),
            lists.Skip(1).Where(r => r.ContainsKey(fields)).Select(r => (r[forms], r[fields]))
        );
        var rules = sheets[CorrectionForm.Form.Name.Zh].Descendants<DataValidation>().ToDictionary(v => v.SequenceOfReferences!.InnerText!);
        Assert.Contains($"MATCH($D4,'代码 Lists'!${forms}$2:${forms}$", rules["E4:E5000"].Formula1!.Text, StringComparison.Ordinal);
    }

    private static object? Value(BoundRow row, string field) => row.Values[CorrectionForm.Form.Fields.IndexOf(CorrectionForm.Form[field])];

    private BoundFile Bind(string form, string field)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["enterprise_code"] = "91140000EXA00001X8",
            ["enterprise_name"] = "示例集团",
            ["period"] = "2024年",
            ["corrected_form"] = form,
            ["corrected_field"] = field,
            ["old_value"] = "100",
            ["new_value"] = "120",
            ["reason"] = "漏报",
            ["approver"] = "张三",
            ["approved_on"] = "2025-06-01",
        };
        var fields = CorrectionForm.Form.Fields;
        var path = _folder.Write(
            "t.csv",
            Encoding.UTF8.GetBytes(
                string.Join(',', fields.Select(f => f.Label.Zh)) + "\n" + string.Join(',', fields.Select(f => values.GetValueOrDefault(f.Name))) + "\n"
            )
        );
        return new Binder(new CodeLists(WarehouseSketch.Definitions), new ReadOptions()).Bind(new Receipt(1, "", "t.csv", 1, DateTimeOffset.UnixEpoch), path);
    }
}
