using System.IO.Compression;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Rules;
using Innovation1551.Returns.Sample;
using Innovation1551.Returns.Sheets;
using Innovation1551.Returns.Writing;
using Innovation1551.Specs.MainJob;
using Xunit;
using Sheet = DocumentFormat.OpenXml.Spreadsheet.Sheet;
using SheetNames = Innovation1551.Returns.Writing.SheetNames;

namespace Innovation1551.Specs.Feedback;

/// <summary>A template filled in comes back clean; a spoilt one comes back annotated at exactly the spoilt cells; the mended one clears them.</summary>
public sealed class RoundTripSpecs : IDisposable
{
    private static readonly Definitions Shipped = Definitions.Load();
    private static readonly string Code = CreditCode.Of("1401", 1);
    private const string Name = "示例一集团";
    private static readonly string Spend = RdSpendForm.Form.Name.Zh;

    private readonly TestWorkspace _workspace = new();

    public RoundTripSpecs() => _workspace.Load(Register());

    [Fact]
    public void Filled_in_as_meant_it_comes_back_clean()
    {
        var result = _workspace.Load(Filled("good"));
        Assert.Empty(result.Findings);
        Assert.Equal(1, result.RowsIn);
        Assert.Equal(0, result.Answers);
        Assert.Empty(Answers("*.xlsx"));
    }

    [Fact]
    public void Spoilt_cells_and_no_others_are_annotated_and_the_mended_copy_clears_exactly_those()
    {
        var path = Filled("spoilt", (Cell("cost_design_wan"), "约三十"), (Cell("rd_personnel_persons"), 2.5m));
        Assert.Equal(1, _workspace.Load(path).Answers);
        var answer = Assert.Single(Answers("*spoilt.xlsx"));
        Assert.Equal(new HashSet<string> { Cell("cost_design_wan"), Cell("rd_personnel_persons") }, [.. FilledTemplate.Comments(answer, Spend).Keys]);
        Assert.Contains("约三十", File.ReadAllText(Assert.Single(Answers("*spoilt.csv"))), StringComparison.Ordinal);
        Assert.Equal([], FilledTemplate.Faults(answer));

        // One cell is mended in the copy that came back, the other forgotten.
        var half = Path.Combine(Folder, "half.xlsx");
        File.Copy(answer, half);
        FilledTemplate.Fill(half, Spend, new Dictionary<string, object> { [Cell("cost_design_wan")] = 20m, ["G2"] = 2 });
        _workspace.Load(half);
        answer = Assert.Single(Answers("*half.xlsx"));
        Assert.Equal([Cell("rd_personnel_persons")], FilledTemplate.Comments(answer, Spend).Keys);
        Assert.Equal([], FilledTemplate.Faults(answer));

        var whole = Path.Combine(Folder, "whole.xlsx");
        File.Copy(answer, whole);
        FilledTemplate.Fill(whole, Spend, new Dictionary<string, object> { [Cell("rd_personnel_persons")] = 40, ["G2"] = 3 });
        Assert.Empty(_workspace.Load(whole).Findings);
        Assert.Empty(Answers("*whole*"));
    }

    /// <summary>The total says 1100, its parts 1000: a zero too many in one of them explains both broken sums, and that cell is the one to look at.</summary>
    [Fact]
    public void The_answer_opens_at_the_cell_that_is_likely_wrong_and_leads_there_and_back()
    {
        var (wrong, total, asked) = (Cell("outsourced_abroad_wan"), Cell("cost_outsourced_wan"), Cell("rd_personnel_fte"));
        _workspace.Load(Filled("before", 2024));
        var path = Filled("spoilt", (wrong, 100m), (asked, 3m));
        _workspace.Load(path);
        var answer = Assert.Single(Answers("*spoilt.xlsx"));
        Assert.Equal([], FilledTemplate.Faults(answer));
        var comments = FilledTemplate.Comments(answer, Spend);
        Assert.Contains("本单元格最可能有误", comments[wrong], StringComparison.Ordinal);
        Assert.Contains($"最可能有误的是 {wrong}", comments[total], StringComparison.Ordinal);
        var seen = Seen(answer);
        Assert.Equal((Spend, wrong), (seen.Sheet, seen.Cell));
        Assert.Subset(seen.Red, new HashSet<string> { wrong, total });
        Assert.Contains(asked, seen.Amber);
        Assert.Empty(seen.Red.Intersect(seen.Amber));
        Assert.Equal("'审核意见 Findings'!A1", seen.Links[(Spend, "A1")]);
        Assert.Contains($"{SheetNames.Quoted(Spend)}!{wrong}", seen.Links.Where(l => l.Key.Sheet == "审核意见 Findings").Select(l => l.Value));

        // Mended, it comes back without what was said of it, and opens at the question that is left.
        var mended = Path.Combine(Folder, "mended.xlsx");
        File.Copy(answer, mended);
        FilledTemplate.Fill(mended, Spend, new Dictionary<string, object> { [wrong] = 10m, ["G2"] = 2 });
        _workspace.Load(mended);
        answer = Assert.Single(Answers("*mended.xlsx"));
        Assert.Equal([], FilledTemplate.Faults(answer));
        seen = Seen(answer);
        Assert.Empty(seen.Red);
        Assert.Contains(asked, seen.Amber);
        Assert.DoesNotContain(wrong, FilledTemplate.Comments(answer, Spend).Keys);
        Assert.Contains(seen.Cell, FilledTemplate.Comments(answer, Spend).Keys);
    }

    [Fact]
    public void A_second_load_writes_nothing_again()
    {
        var path = Filled("spoilt", (Cell("cost_design_wan"), "约三十"));
        _workspace.Load(path);
        var before = Answers("*").ToDictionary(f => f, File.GetLastWriteTimeUtc);
        Assert.Equal(3, before.Count);
        Assert.Equal(0, _workspace.Load(path).Answers);
        Assert.Equal(before, Answers("*").ToDictionary(f => f, File.GetLastWriteTimeUtc));
    }

    [Fact]
    public void Everything_else_in_the_workbook_stays_byte_for_byte()
    {
        var path = Filled("spoilt", (Cell("cost_design_wan"), "约三十"));
        _workspace.Load(path);
        using var sent = ZipFile.OpenRead(path);
        using var back = ZipFile.OpenRead(Assert.Single(Answers("*.xlsx")));
        var changed = sent.Entries.Where(e => !Bytes(e).AsSpan().SequenceEqual(Bytes(back.GetEntry(e.FullName)!))).Select(e => e.FullName).ToList();
        Assert.All(
            changed,
            name =>
                Assert.True(
                    name is "[Content_Types].xml" or "xl/workbook.xml" or "xl/_rels/workbook.xml.rels" or "xl/styles.xml" or "xl/worksheets/sheet2.xml",
                    name
                )
        );
    }

    [Fact]
    public void A_comment_of_the_respondent_stays()
    {
        var path = Filled("spoilt", (Cell("cost_design_wan"), "约三十"));
        Comment(path, Cell("cost_design_wan"), "我们自己的批注");
        _workspace.Load(path);
        var comments = FilledTemplate.Comments(Assert.Single(Answers("*.xlsx")), Spend);
        Assert.StartsWith("我们自己的批注", comments[Cell("cost_design_wan")], StringComparison.Ordinal);
        Assert.Contains("[B006]", comments[Cell("cost_design_wan")], StringComparison.Ordinal);
    }

    [Fact]
    public void Last_year_stands_in_the_template_and_in_the_answer()
    {
        _workspace.Load(Filled("before", 2024));
        var path = Filled("spoilt", 2025, (Cell("expense_total_wan"), 10_000m), (Cell("expense_total_prior_wan"), 1_000m));
        _workspace.Load(path);
        using var json = JsonDocument.Parse(File.ReadAllText(Assert.Single(Answers("*spoilt.json"))));
        var finding = json.RootElement.GetProperty("findings").EnumerateArray().First(f => f.GetProperty("cell").GetString() == Cell("expense_total_wan"));
        Assert.Equal("1000 万元", finding.GetProperty("last_year").GetString());
    }

    [Fact]
    public void A_text_that_begins_like_a_formula_stays_text_everywhere()
    {
        const string formula = "=1+cmd|' /C calc'!A0";
        var path = Filled("spoilt", (Cell("cost_design_wan"), formula));
        _workspace.Load(path);
        var answer = Assert.Single(Answers("*.xlsx"));
        using (var zip = ZipFile.OpenRead(answer))
            Assert.All(
                zip.Entries.Where(e => e.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal)),
                e => Assert.DoesNotContain("<f>", System.Text.Encoding.UTF8.GetString(Bytes(e)), StringComparison.Ordinal)
            );
        Assert.Contains(",'=1+cmd", File.ReadAllText(Assert.Single(Answers("*.csv"))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_file_is_answered_with_a_list_and_its_faulty_rows()
    {
        var path = Path.Combine(Folder, "=\u202E报表;rm.csv");
        var row = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["enterprise_code"] = Code,
            ["enterprise_name"] = Name,
            ["period"] = "2025年",
            ["revenue_wan"] = "不详",
        };
        using (var stream = File.Create(path))
            ReturnCsv.Write(stream, new(Code, Name, 2025, "2025年", new(2026, 3, 1)), new(FinanceForm.Form, [row]), ReturnCsv.Utf8);
        _workspace.Load(path);
        var answer = Assert.Single(Answers("*.xlsx"));
        Assert.Equal("00002-报表_rm.xlsx", Path.GetFileName(answer));
        Assert.Equal([], FilledTemplate.Faults(answer));
        using var zip = ZipFile.OpenRead(answer);
        Assert.Contains("不详", System.Text.Encoding.UTF8.GetString(Bytes(zip.GetEntry("xl/worksheets/sheet2.xml")!)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_workbook_is_answered_and_never_copied()
    {
        var path = Path.Combine(Folder, "broken.xlsx");
        File.WriteAllBytes(path, [.. "PK\u0003\u0004"u8, .. new byte[500]]);
        _workspace.Load(path);
        var answer = Assert.Single(Answers("*.xlsx"));
        Assert.Equal([], FilledTemplate.Faults(answer));
    }

    /// <summary>Macros are not sent back, and a signature is not broken: the answer is a list with the faulty rows.</summary>
    [Theory]
    [InlineData("xlsm")]
    [InlineData("signed")]
    public void What_must_not_be_changed_is_answered_with_a_list(string kind)
    {
        var path = Filled("spoilt", (Cell("cost_design_wan"), "约三十"));
        if (kind == "xlsm")
        {
            using (var document = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(path, isEditable: true))
            {
                document.ChangeDocumentType(DocumentFormat.OpenXml.SpreadsheetDocumentType.MacroEnabledWorkbook);
                document.WorkbookPart!.AddNewPart<DocumentFormat.OpenXml.Packaging.VbaProjectPart>().FeedData(new MemoryStream("not a program"u8.ToArray()));
            }
            File.Move(path, path = Path.ChangeExtension(path, ".xlsm"));
        }
        else
        {
            using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
            using var signature = zip.CreateEntry("_xmlsignatures/sig1.xml").Open();
            signature.Write("<Signature/>"u8);
        }
        Assert.Equal(1, _workspace.Load(path).Answers);
        var answer = Assert.Single(Answers("*.xlsx"));
        Assert.Equal([], FilledTemplate.Faults(answer));
        using var back = ZipFile.OpenRead(answer);
        Assert.DoesNotContain(
            back.Entries,
            e => e.FullName.Contains("vba", StringComparison.OrdinalIgnoreCase) || e.FullName.Contains("signature", StringComparison.OrdinalIgnoreCase)
        );
        var list = System.Text.Encoding.UTF8.GetString(Bytes(back.GetEntry("xl/worksheets/sheet1.xml")!));
        Assert.Contains("约三十", list, StringComparison.Ordinal);
        Assert.Equal(kind == "xlsm", list.Contains("原件含宏", StringComparison.Ordinal));
        Assert.Contains("约三十", System.Text.Encoding.UTF8.GetString(Bytes(back.GetEntry("xl/worksheets/sheet2.xml")!)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_workbook_is_answered_with_a_list()
    {
        var path = Path.Combine(Folder, "old.xls");
        File.Copy(Reading.Corpora.Path("corpora", "exceldatareader", "TestData", "TestOpen.xls"), path);
        Assert.Equal(1, _workspace.Load(path).Answers);
        Assert.Equal([], FilledTemplate.Faults(Assert.Single(Answers("*.xlsx"))));
    }

    [Fact]
    public void Renamed_sheet_and_translated_headings_still_bind()
    {
        var path = Filled("translated");
        var values = RdSpendForm
            .Form.Fields.Select((f, i) => (Cell: ColumnName.Of(i + 1) + "3", Text: (object)$"Rubrik {i}"))
            .ToDictionary(c => c.Cell, c => c.Text);
        using (var document = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(path, isEditable: true))
        {
            var book = document.WorkbookPart!;
            var sheet = book.Workbook!.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Single(s => s.Name == Spend);
            var part = (DocumentFormat.OpenXml.Packaging.WorksheetPart)book.GetPartById(sheet.Id!.Value!);
            part.Worksheet!.RemoveAllChildren<DocumentFormat.OpenXml.Spreadsheet.SheetProtection>();
            sheet.Name = "Tabelle 'eins'";
            foreach (var name in book.Workbook.DefinedNames!.Elements<DocumentFormat.OpenXml.Spreadsheet.DefinedName>())
                name.Text = name.Text.Replace(SheetNames.Quoted(Spend), SheetNames.Quoted("Tabelle 'eins'"), StringComparison.Ordinal);
        }
        FilledTemplate.Fill(path, "Tabelle 'eins'", values);
        var result = _workspace.Load(path);
        Assert.Empty(result.Findings);
        Assert.Equal(1, result.RowsIn);
    }

    /// <summary>What a person sees of a workbook: where it opens, which cells are coloured, what leads where.</summary>
    private static (string Sheet, string Cell, HashSet<string> Red, HashSet<string> Amber, Dictionary<(string Sheet, string Cell), string> Links) Seen(
        string path
    )
    {
        using var document = SpreadsheetDocument.Open(path, isEditable: false);
        var book = document.WorkbookPart!;
        var sheets = book.Workbook!.Sheets!.Elements<Sheet>().Select(s => (Name: s.Name!.Value!, Part: (WorksheetPart)book.GetPartById(s.Id!.Value!))).ToList();
        var front = sheets[(int)book.Workbook.BookViews!.GetFirstChild<WorkbookView>()!.ActiveTab!.Value];
        var chosen = Assert.Single(sheets, s => s.Part.Worksheet!.Descendants<SheetView>().Any(v => v.TabSelected?.Value == true));
        Assert.Equal(front.Name, chosen.Name);
        var formats = book.WorkbookStylesPart!.Stylesheet!.DifferentialFormats!.Elements<DifferentialFormat>().Select(f => f.OuterXml).ToList();
        HashSet<string> Coloured(string colour) =>
            [
                .. front
                    .Part.Worksheet!.Elements<ConditionalFormatting>()
                    .Where(f => formats[(int)f.GetFirstChild<ConditionalFormattingRule>()!.FormatId!.Value].Contains(colour, StringComparison.Ordinal))
                    .SelectMany(f => f.SequenceOfReferences!.InnerText!.Split(' ')),
            ];
        return (
            front.Name,
            front.Part.Worksheet!.Descendants<Selection>().Single().ActiveCell!.Value!,
            Coloured("FFFF9A94"),
            Coloured("FFFFDD76"),
            sheets
                .SelectMany(s => s.Part.Worksheet!.Descendants<Hyperlink>().Select(l => (s.Name, Link: l)))
                .ToDictionary(l => (l.Name, l.Link.Reference!.Value!), l => l.Link.Location!.Value!)
        );
    }

    public void Dispose() => _workspace.Dispose();

    private string Folder => _workspace.Workspace.Inbox;

    private IEnumerable<string> Answers(string pattern) =>
        Directory.EnumerateFiles(_workspace.Workspace.Feedback, pattern).Where(f => Path.GetFileName(f) != "findings.csv").Order(StringComparer.Ordinal);

    private static string Cell(string field) => ColumnName.Of(RdSpendForm.Form.Fields.IndexOf(RdSpendForm.Form[field]) + 1) + "4";

    private string Filled(string name, params (string Cell, object Value)[] spoilt) => Filled(name, 2025, spoilt);

    /// <summary>The spend form of one enterprise, filled in without a fault but for the cells given.</summary>
    private string Filled(string name, int year, params (string Cell, object Value)[] spoilt)
    {
        var path = Path.Combine(Folder, name + ".xlsx");
        using (var stream = File.Create(path))
            TemplateWorkbook.Write(
                stream,
                new(
                    year,
                    new(Code, Name),
                    [new(Code, Name)],
                    [RdSpendForm.Form],
                    [.. new RuleCatalogue(Shipped).Returns.Where(r => r.Balance is not null)],
                    new CodeLists(Shipped)
                )
            );
        // Who signs stands in the head and is nobody's figure.
        var values = new Dictionary<string, object>
        {
            ["H1"] = "示例负责人",
            ["J1"] = "示例填表人",
            ["L1"] = "0351-1234567",
            ["E2"] = new DateOnly(year + 1, 3, 1).DayNumber - new DateOnly(1899, 12, 30).DayNumber,
        };
        (string Field, decimal Value)[] figures =
        [
            ("expense_total_wan", 1000),
            ("cost_personnel_wan", 400),
            ("cost_direct_input_wan", 300),
            ("cost_depreciation_wan", 50),
            ("cost_amortisation_wan", 50),
            ("cost_design_wan", 20),
            ("cost_commissioning_wan", 30),
            ("cost_outsourced_wan", 100),
            ("outsourced_institute_wan", 40),
            ("outsourced_university_wan", 30),
            ("outsourced_enterprise_wan", 20),
            ("outsourced_abroad_wan", 10),
            ("cost_other_wan", 50),
            ("expense_total_prior_wan", 950),
            ("intramural_total_wan", 900),
            ("activity_basic_wan", 100),
            ("activity_applied_wan", 200),
            ("activity_experimental_wan", 600),
            ("intramural_current_wan", 700),
            ("intramural_capital_wan", 200),
            ("fund_gov_central_wan", 100),
            ("fund_gov_local_wan", 50),
            ("fund_enterprise_wan", 700),
            ("fund_abroad_wan", 20),
            ("fund_nonprofit_wan", 10),
            ("fund_other_wan", 20),
            ("intramural_total_prior_wan", 850),
            ("rd_personnel_persons", 40),
            ("researchers_persons", 20),
            ("rd_personnel_fte", 30),
        ];
        foreach (var (field, value) in figures)
            values[Cell(field)] = value;
        foreach (var (cell, value) in spoilt)
            values[cell] = value;
        FilledTemplate.Fill(path, Spend, values);
        return path;
    }

    private string Register()
    {
        var path = Path.Combine(Folder, "register.csv");
        var row = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["enterprise_code"] = Code,
            ["enterprise_name"] = Name,
            ["enterprise_level"] = "G",
            ["industry"] = "B06",
            ["valid_from"] = new DateOnly(2010, 1, 1),
            ["change_kind"] = "NEW",
        };
        using var stream = File.Create(path);
        ReturnCsv.Write(stream, new(Code, Name, 2024, "2024年", new(2025, 1, 1)), new(EnterpriseRegisterForm.Form, [row]), ReturnCsv.Utf8);
        return path;
    }

    private static void Comment(string path, string cell, string text)
    {
        using var document = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(path, isEditable: true);
        var book = document.WorkbookPart!;
        var sheet = book.Workbook!.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Single(s => s.Name == Spend);
        var part = (DocumentFormat.OpenXml.Packaging.WorksheetPart)book.GetPartById(sheet.Id!.Value!);
        part.AddNewPart<DocumentFormat.OpenXml.Packaging.WorksheetCommentsPart>().Comments = new(
            new DocumentFormat.OpenXml.Spreadsheet.Authors(new DocumentFormat.OpenXml.Spreadsheet.Author("填表人")),
            new DocumentFormat.OpenXml.Spreadsheet.CommentList(
                new DocumentFormat.OpenXml.Spreadsheet.Comment(
                    new DocumentFormat.OpenXml.Spreadsheet.CommentText(new DocumentFormat.OpenXml.Spreadsheet.Text(text))
                )
                {
                    Reference = cell,
                    AuthorId = 0,
                }
            )
        );
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
