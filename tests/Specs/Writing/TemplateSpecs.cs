using System.Diagnostics;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns;
using Innovation1551.Returns.Binding;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Rules;
using Innovation1551.Returns.Sample;
using Innovation1551.Returns.Sheets;
using Innovation1551.Returns.Writing;
using Innovation1551.Specs.Feedback;
using Xunit;
using Cell = DocumentFormat.OpenXml.Spreadsheet.Cell;
using Sheet = DocumentFormat.OpenXml.Spreadsheet.Sheet;
using SheetNames = Innovation1551.Returns.Writing.SheetNames;

namespace Innovation1551.Specs.Writing;

/// <summary>A template is a sound workbook for every form, and the reader knows it again.</summary>
public sealed class TemplateSpecs : IDisposable
{
    private static readonly Definitions Shipped = Definitions.Load();
    private readonly string _folder = Directory.CreateTempSubdirectory("innovation-template-").FullName;

    public static TheoryData<string> Forms => [.. FormCatalogue.All.Select(f => f.Id)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_has_a_sound_template_in_every_edition(string id)
    {
        var form = FormCatalogue.Find(id)!;
        foreach (var year in form.Editions.Append(2025))
        {
            var path = Write(year, [form]);
            Assert.Equal([], FilledTemplate.Faults(path));
            var bound = new Binder(new CodeLists(Shipped), new ReadOptions()).Bind(new Receipt(1, new('0', 64), "t.xlsx", 1, DateTimeOffset.UnixEpoch), path);
            var sheet = Assert.Single(bound.Sheets);
            Assert.Equal((form, form.Editions.Where(e => e <= year).Max()), (sheet.Form, sheet.Edition));
            Assert.Equal(form.Fields, sheet.Columns.Select(c => c.Field));
            Assert.Equal(form.Fields.Select(f => f.Unit), sheet.Columns.Select(c => c.Unit));
        }
    }

    /// <summary>Whoever adds a form or a field says what it asks for (FieldMeanings) and gives the form its number (FormNumber).</summary>
    [Fact]
    public void Every_form_has_a_number_and_every_field_an_explanation_that_the_cell_shows()
    {
        var forms = Forms.Select(row => FormCatalogue.Find(row.Data)!).ToList();
        Assert.Equal([], forms.Where(f => FormNumber.Of(f) is null).Select(f => f.Id));
        Assert.Equal(forms.Count, forms.Select(FormNumber.Of).Distinct().Count());
        Assert.Equal([], forms.SelectMany(f => f.Fields.Where(x => FieldMeanings.Of(f, x) is null).Select(x => $"{f.Id}.{x.Name}")));
        using var document = SpreadsheetDocument.Open(Write(2025, [ProjectForm.Form]), isEditable: false);
        var sheets = document
            .WorkbookPart!.Workbook!.Sheets!.Elements<Sheet>()
            .ToDictionary(s => s.Name!.Value!, s => (WorksheetPart)document.WorkbookPart.GetPartById(s.Id!.Value!));
        var prompts = sheets[ProjectForm.Form.Name.Zh].Worksheet!.Descendants<DataValidation>().Select(v => v.Prompt?.Value ?? "").ToList();
        var dictionary = sheets["填报说明 Instructions"].Worksheet!.InnerText;
        Assert.All(
            ProjectForm.Form.Fields,
            field =>
            {
                var meaning = FieldMeanings.Of(ProjectForm.Form, field)!.Zh;
                Assert.Contains(prompts, p => p.Contains(meaning, StringComparison.Ordinal));
                Assert.Contains(meaning, dictionary, StringComparison.Ordinal);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Headings_bind_without_the_mark_too(string id)
    {
        var form = FormCatalogue.Find(id)!;
        var path = Write(2025, [form]);
        using (var document = SpreadsheetDocument.Open(path, isEditable: true))
            document.WorkbookPart!.Workbook!.DefinedNames!.Remove();
        var bound = new Binder(new CodeLists(Shipped), new ReadOptions()).Bind(new Receipt(1, new('0', 64), "t.xlsx", 1, DateTimeOffset.UnixEpoch), path);
        var sheet = Assert.Single(bound.Sheets);
        Assert.Equal(form.Fields, sheet.Columns.Select(c => c.Field));
        Assert.Equal(form.Editions.Where(e => e <= 2025).Max(), sheet.Edition);
    }

    [Fact]
    public void All_forms_stand_in_one_workbook_with_a_row_for_each_enterprise()
    {
        TemplateUnit[] units = [new(CreditCode.Of("1401", 1), "示例集团"), new(CreditCode.Of("1401", 2), "示例\"甲\"公司")];
        var path = Write(2025, [.. FormCatalogue.All.Where(f => f.Kind == FormKind.State)], units);
        Assert.Equal([], FilledTemplate.Faults(path));
        using var document = SpreadsheetDocument.Open(path, isEditable: false);
        foreach (var form in FormCatalogue.All.Where(f => f.Kind == FormKind.State))
        {
            var sheet = document.WorkbookPart!.Workbook!.Sheets!.Elements<Sheet>().Single(s => s.Name == form.Name.Zh);
            var cells = ((WorksheetPart)document.WorkbookPart.GetPartById(sheet.Id!.Value!))
                .Worksheet!.Descendants<Cell>()
                .ToDictionary(c => c.CellReference!.Value!, c => c.InnerText);
            Assert.Equal(units.Select(u => (u.Code, u.Name)), [(cells["A4"], cells["B4"]), (cells["A5"], cells["B5"])]);
        }
    }

    /// <summary>The mark alone would take the first row of data for the headings.</summary>
    [Fact]
    public void A_template_without_its_row_of_headings_is_an_error_and_loses_no_row_in_silence()
    {
        var path = Write(2025, [RdSpendForm.Form], [.. Enumerable.Range(1, 20).Select(n => new TemplateUnit(CreditCode.Of("1401", n), $"示例{n}公司"))]);
        using (var document = SpreadsheetDocument.Open(path, isEditable: true))
        {
            var sheet = document.WorkbookPart!.Workbook!.Sheets!.Elements<Sheet>().Single(s => s.Name == RdSpendForm.Form.Name.Zh);
            var rows = ((WorksheetPart)document.WorkbookPart.GetPartById(sheet.Id!.Value!))
                .Worksheet!.Descendants<DocumentFormat.OpenXml.Spreadsheet.Row>()
                .ToList();
            rows[TemplateSheet.HeaderRow - 1].Remove();
            foreach (var row in rows.Skip(TemplateSheet.HeaderRow))
            {
                row.RowIndex = row.RowIndex! - 1;
                foreach (var cell in row.Elements<Cell>())
                    cell.CellReference = cell.CellReference!.Value!.TrimEnd("0123456789".ToCharArray()) + row.RowIndex;
            }
        }
        var bound = Bound(path);
        Assert.Empty(bound.Sheets);
        var finding = Assert.Single(bound.Findings, f => f.Severity == Returns.Severity.Error);
        Assert.Equal(("B011", 3, "A", CreditCode.Of("1401", 1)), (finding.Code, finding.Row, finding.Column, finding.Read));
    }

    [Fact]
    public void A_blank_template_that_comes_back_is_told()
    {
        Assert.Equal(
            [("B012", Returns.Severity.Error)],
            Bound(Write(2025, [RdSpendForm.Form], [new(CreditCode.Of("1401", 1), "示例公司")]))
                .Findings.Where(f => f.Code == "B012")
                .Select(f => (f.Code, f.Severity))
        );
        // A list without lines may be all that there is to say.
        Assert.Equal(
            [("B012", Returns.Severity.Note)],
            Bound(Write(2025, [PatentForm.Form])).Findings.Where(f => f.Code == "B012").Select(f => (f.Code, f.Severity))
        );
    }

    /// <summary>A monthly form offers its months, or the one that the template is for.</summary>
    [Theory]
    [InlineData(null, new[] { "2026年1月", "2026年1-2月", "2026年1-12月" }, 12, "报告期：2026年")]
    [InlineData(9, new[] { "2026年1-9月" }, 1, "报告期：2026年1-9月")]
    public void A_monthly_template_offers_months(int? month, string[] offered, int count, string head)
    {
        var path = Path.Combine(_folder, "ledger.xlsx");
        using (var stream = File.Create(path))
            TemplateWorkbook.Write(stream, new(2026, null, [], [TaskLedgerForm.Form], [], new CodeLists(Shipped)) { Month = month });
        Assert.Equal([], FilledTemplate.Faults(path));
        using var document = SpreadsheetDocument.Open(path, isEditable: false);
        List<string> Texts(string sheet) =>
            [
                .. (
                    (WorksheetPart)
                        document.WorkbookPart!.GetPartById(document.WorkbookPart.Workbook!.Sheets!.Elements<Sheet>().Single(s => s.Name == sheet).Id!.Value!)
                )
                    .Worksheet!.Descendants<Cell>()
                    .Select(c => c.InnerText),
            ];
        var lists = Texts("代码 Lists");
        Assert.All(offered, o => Assert.Contains(o, lists));
        Assert.Equal(count, lists.Where(t => t.EndsWith('月')).Distinct().Count());
        Assert.Contains(head, Texts(TaskLedgerForm.Form.Name.Zh));
    }

    [Fact]
    public void Every_choice_of_every_drop_down_is_accepted()
    {
        var codes = new CodeLists(Shipped);
        Assert.All(
            FormCatalogue.All.SelectMany(f => f.Fields).Select(f => f.CodeList).OfType<string>().Distinct(),
            list => Assert.All(codes.Members(list), m => Assert.Equal(m.Code, codes.Find(list, CodeLists.Choice(m.Code, m.Zh))))
        );
    }

    [Fact]
    public void Names_of_sheets_are_allowed_unique_and_quoted()
    {
        Assert.Equal("a_b_c", SheetNames.Free("'a/b:c'", []));
        Assert.Equal("A (2)", SheetNames.Free("A", ["a"]));
        Assert.Equal(31, SheetNames.Free(new string('长', 40), []).Length);
        Assert.Equal("'it''s'", SheetNames.Quoted("it's"));
    }

    [Fact]
    public async Task LibreOffice_opens_it_and_keeps_the_mark_when_saving()
    {
        var soffice = ((string[])["/usr/bin/soffice", "/usr/local/bin/soffice"]).FirstOrDefault(File.Exists);
        Assert.SkipWhen(soffice is null, "no LibreOffice on this machine");
        var path = Write(2025, [RdSpendForm.Form], [new(CreditCode.Of("1401", 1), "示例集团")]);
        var saved = Directory.CreateDirectory(Path.Combine(_folder, "saved")).FullName;
        var start = new ProcessStartInfo(soffice!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (
            var argument in (string[])
                [$"-env:UserInstallation=file://{_folder}/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", saved, path]
        )
            start.ArgumentList.Add(argument);
        using (var process = Process.Start(start)!)
        {
            var cancel = TestContext.Current.CancellationToken;
            var errors = process.StandardError.ReadToEndAsync(cancel);
            await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            Assert.True(process.ExitCode == 0, await errors);
        }
        var bound = new Binder(new CodeLists(Shipped), new ReadOptions()).Bind(
            new Receipt(1, new('0', 64), "t.xlsx", 1, DateTimeOffset.UnixEpoch),
            Path.Combine(saved, Path.GetFileName(path))
        );
        var sheet = Assert.Single(bound.Sheets);
        Assert.Equal(2023, sheet.Edition);
        Assert.Equal(RdSpendForm.Form.Fields, sheet.Columns.Select(c => c.Field));
        Assert.DoesNotContain(bound.Findings, f => f.Severity != Returns.Severity.Error && f.Code is "B002" or "R015");
    }

    private static BoundFile Bound(string path) =>
        new Binder(new CodeLists(Shipped), new ReadOptions()).Bind(new Receipt(1, new('0', 64), "t.xlsx", 1, DateTimeOffset.UnixEpoch), path);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(int year, IReadOnlyList<Form> forms, params TemplateUnit[] units)
    {
        var path = Path.Combine(_folder, $"{forms[0].Id}-{year}.xlsx");
        using var stream = File.Create(path);
        TemplateWorkbook.Write(
            stream,
            new(year, units.FirstOrDefault(), units, forms, [.. new RuleCatalogue(Shipped).Returns.Where(r => r.Balance is not null)], new CodeLists(Shipped))
        );
        return path;
    }
}
