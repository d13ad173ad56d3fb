using System.Globalization;
using System.Text;
using Innovation1551.Returns;
using Innovation1551.Returns.Binding;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sheets;
using Innovation1551.Specs.Models;
using Xunit;

namespace Innovation1551.Specs.Reading;

/// <summary>What binding makes of tables that are no form, or whose total stands first.</summary>
public sealed class BindingSpecs : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private BoundFile Bind(string text, string name = "t.csv")
    {
        var path = _folder.Write(name, Encoding.UTF8.GetBytes(text));
        return new Binder(new CodeLists(WarehouseSketch.Definitions), new ReadOptions()).Bind(new Receipt(1, "", name, 1, DateTimeOffset.UnixEpoch), path);
    }

    /// <summary>Rows that came before the fault was met are not taken for a return.</summary>
    [Theory]
    [InlineData("]", false, 1)]
    [InlineData(",{\"单位", true, 0)]
    public void A_file_that_breaks_off_leaves_no_rows(string end, bool refused, int sheets)
    {
        var headings = Innovation1551.Returns.Forms.FinanceForm.Form.Fields;
        string Value(string name) =>
            name switch
            {
                "enterprise_code" => "11",
                "enterprise_name" => "甲",
                "period" => "2024年",
                "revenue_wan" => "100",
                _ => "",
            };
        var file = Bind("[{" + string.Join(',', headings.Select(h => $"\"{h.Label.Zh}\":\"{Value(h.Name)}\"")) + "}" + end, "t.json");
        Assert.Equal((refused, sheets), (file.Refused, file.Sheets.Count));
    }

    /// <summary>A form grows: what came before it had a column is read as it was.</summary>
    [Theory]
    [InlineData(2025, 0)]
    [InlineData(2026, 3)]
    public void A_return_from_before_the_form_had_a_column_stays_readable(int year, int missing)
    {
        var headings = TalentForm.Form.Fields.Where(f => f.FromYear is null).ToList();
        var row = headings.Select(h =>
            h.Name switch
            {
                "enterprise_code" => "11",
                "enterprise_name" => "甲",
                "period" => $"{year}年",
                _ => "1",
            }
        );
        var file = Bind($"报告期：{year}年\n{string.Join(',', headings.Select(h => h.Label.Zh))}\n{string.Join(',', row)}\n");
        Assert.Equal(missing, file.Findings.Count(f => f.Code == "B003"));
    }

    [Fact]
    public void A_table_with_a_few_known_headings_is_no_form()
    {
        var file = Bind("单位代码,单位名称,颜色,尺寸,重量\n1,甲,红,2,3\n");
        Assert.Empty(file.Sheets);
        Assert.Contains(file.Findings, f => f.Severity != Severity.Note);
    }

    [Theory]
    [InlineData("300", 0)]
    [InlineData("310", 1)]
    public void A_total_above_its_rows_is_held_against_them(string total, int findings)
    {
        var headings = Innovation1551.Returns.Forms.FinanceForm.Form.Fields;
        string Row(params (string Name, string Value)[] cells) => string.Join(',', headings.Select(h => cells.FirstOrDefault(c => c.Name == h.Name).Value));
        var file = Bind(
            string.Join(
                '\n',
                string.Join(',', headings.Select(h => h.Label.Zh)),
                Row(("enterprise_code", "合计"), ("revenue_wan", total)),
                Row(("enterprise_code", "11"), ("enterprise_name", "甲"), ("period", "2024年"), ("revenue_wan", "100")),
                Row(("enterprise_code", "12"), ("enterprise_name", "乙"), ("period", "2024年"), ("revenue_wan", "200"))
            ) + "\n"
        );
        Assert.Equal(2, Assert.Single(file.Sheets).RowsIn);
        Assert.Equal(findings, file.Findings.Count(f => f.Read == total));
    }

    /// <summary>A sheet whose headings somebody deleted is no silence: it is told from sheets that are no return by its codes, by its name or by its title.</summary>
    [Theory]
    [InlineData("Sheet2", false, "B011")]
    [InlineData("财务与从业人员情况", false, "B011")]
    [InlineData("测算", true, "B002")] // a list of its own, with headings of its own
    [InlineData("财务与从业人员情况", true, "B011")] // the form's sheet with other headings
    public void A_sheet_without_its_headings_is_an_error(string name, bool hasOthers, string code)
    {
        string[][] data =
        [
            ["91140100EXA00001XK", "甲", "2024年", "100", "90"],
            ["91140100EXA00002XL", "乙", "2024年", "200", "180"],
        ];
        var headings = FinanceForm.Form.Fields.Select(f => f.Label.Zh).ToArray();
        var file = BindWorkbook(
            ("财务", [headings, ["91140100EXA00001XK", "甲", "2024年", "100"]]),
            (
                name,
                hasOthers
                    ?
                    [
                        ["代码", "颜色", "尺寸", "重量"],
                        .. data,
                    ]
                    : data
            )
        );
        Assert.Equal(["财务"], file.Sheets.Select(s => s.SheetName));
        var finding = Assert.Single(file.Findings);
        Assert.Equal((code, name), (finding.Code, finding.Sheet));
        if (code == "B011")
            Assert.Equal(
                (Severity.Error, "sheet", hasOthers ? 2 : 1, "A", data[0][0]),
                (finding.Severity, finding.Scope, finding.Row, finding.Column, finding.Read)
            );
    }

    /// <summary>What stands under no heading was not read: that is said once for each column.</summary>
    [Fact]
    public void Content_under_an_empty_heading_is_told_once_a_column()
    {
        var headings = FinanceForm.Form.Fields.Select(f => f.Label.Zh).ToArray();
        var row = FinanceForm.Form.Fields.Select(f =>
            f.Name switch
            {
                "enterprise_code" => "11",
                "enterprise_name" => "甲",
                "period" => "2024年",
                "revenue_wan" => "1",
                _ => "",
            }
        );
        var file = BindWorkbook(
            (
                "财务",
                [
                    [.. headings, "", " "],
                    [.. row, "5", "6"],
                    [.. row, "7", ""],
                ]
            )
        );
        Assert.Equal(2, Assert.Single(file.Sheets).RowsIn);
        Assert.Equal(["B005 2 J 5", "B005 2 K 6"], file.Findings.Select(f => $"{f.Code} {f.Row} {f.Column} {f.Read}"));
    }

    /// <summary>A lower line that says the unit or the year adds nothing to what a column holds; its unit is used.</summary>
    [Fact]
    public void A_heading_over_its_unit_is_known()
    {
        var fields = FinanceForm.Form.Fields;
        var file = BindWorkbook(
            (
                "财务",
                [
                    [.. fields.Select(f => f.Label.Zh)],
                    [
                        .. fields.Select(f =>
                            f.Name is "revenue_wan" ? "千元"
                            : f.Name is "profit_wan" or "operating_cost_wan" ? "本年"
                            : ""
                        ),
                    ],
                    [
                        .. fields.Select(f =>
                            f.Name switch
                            {
                                "enterprise_code" => "11",
                                "enterprise_name" => "甲",
                                "period" => "2024年",
                                "revenue_wan" => "1000",
                                "profit_wan" => "7",
                                _ => "",
                            }
                        ),
                    ],
                ]
            )
        );
        var sheet = Assert.Single(file.Sheets);
        Assert.Equal(fields, sheet.Columns.Select(c => c.Field));
        Assert.Empty(file.Findings);
        var row = Assert.Single(sheet.Rows);
        Assert.Equal(
            (100m, 7m),
            (
                (decimal)row.Values[fields.IndexOf(fields.Single(f => f.Name == "revenue_wan"))]!,
                (decimal)row.Values[fields.IndexOf(fields.Single(f => f.Name == "profit_wan"))]!
            )
        );
    }

    [Theory]
    [InlineData("报告期：2024年", 2024, null)]
    [InlineData("年份：2024", 2024, null)]
    [InlineData("统计年度：2024年度", 2024, null)]
    [InlineData("报告期：2024年1-9月", 2024, 9)]
    [InlineData("报告期：2020年至2025年", null, null)]
    [InlineData("填报单位：甲", null, null)]
    public void The_head_of_a_sheet_says_its_period(string head, int? year, int? month)
    {
        var headings = string.Join(',', FinanceForm.Form.Fields.Select(f => f.Label.Zh));
        var stated = Assert.Single(Bind($"财务\n{head}\n{headings}\n11,甲,2023年,1,,,,,\n").Sheets).Stated;
        Assert.Equal((year, month), (stated?.Year, stated?.Month));
    }

    /// <summary>Rows that name nothing but who and when were not filled in; a cell that says 无 was.</summary>
    [Theory]
    [InlineData("11,甲,2024年,,,,,,", "B012")]
    [InlineData("11,甲,2024年,,500,,,,", "B012")] // last year's figure, which the template had filled in
    [InlineData("11,甲,2024年,无,,,,,", null)]
    [InlineData("11,甲,2024年,,,,0,,", null)]
    [InlineData("11,甲,2024年,,,,,,停产", null)]
    public void A_return_with_nothing_filled_in_is_told(string row, string? code)
    {
        var file = Bind($"{string.Join(',', FinanceForm.Form.Fields.Select(f => f.Label.Zh))}\n{row}\n");
        Assert.Equal(code is null ? [] : [$"{code} Error file"], file.Findings.Select(f => $"{f.Code} {f.Severity} {f.Scope}"));
    }

    private BoundFile BindWorkbook(params (string Name, string[][] Rows)[] sheets)
    {
        var book = new XlsxBuilder();
        foreach (var (name, rows) in sheets)
            book.Sheet(
                name,
                XlsxBuilder.Rows([
                    .. rows.Select(
                        (row, r) =>
                            string.Concat(
                                row.Select((text, c) => text.Length == 0 ? "" : $"<c r=\"{(char)('A' + c)}{r + 1}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
                            )
                    ),
                ])
            );
        var path = _folder.Write("t.xlsx", book.Build());
        return new Binder(new CodeLists(WarehouseSketch.Definitions), new ReadOptions()).Bind(new Receipt(1, "", "t.xlsx", 1, DateTimeOffset.UnixEpoch), path);
    }

    /// <summary>What a money cell may hold: typed exactly as written, missing, or refused at its address. Never rounded, never a guess.</summary>
    [Theory]
    [InlineData("1,234,567", "1234567")]
    [InlineData("１２３", "123")]
    [InlineData("-0", "0")]
    [InlineData("007", "7")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("999999999999.999999", "999999999999.999999")]
    [InlineData("-", null)]
    [InlineData("…", null)]
    [InlineData("(D)", null)]
    [InlineData("1e400", "refused")]
    [InlineData("0x10", "refused")]
    [InlineData("1.234.567", "refused")]
    [InlineData("1/2", "refused")]
    [InlineData("2019-02-29", "refused")]
    [InlineData("0.0000001", "refused")]
    [InlineData("1000000000000", "refused")]
    [InlineData("99999999999999999999999999999999", "refused")]
    [InlineData("1.00000000000000000000000000000001", "refused")]
    public void A_money_cell_is_typed_as_written_or_refused_at_its_address(string written, string? expected)
    {
        var headings = Innovation1551.Returns.Forms.FinanceForm.Form.Fields;
        string Row(params (string Name, string Value)[] cells) =>
            string.Join(',', headings.Select(h => $"\"{cells.FirstOrDefault(c => c.Name == h.Name).Value}\""));
        var profit = headings.Single(h => h.Name == "profit_wan");
        var file = Bind(
            string.Join(
                '\n',
                string.Join(',', headings.Select(h => h.Label.Zh)),
                Row(("enterprise_code", "000000000000000011"), ("enterprise_name", "甲"), ("period", "2024年"), ("revenue_wan", "100"), ("profit_wan", written))
            ) + "\n"
        );
        var sheet = Assert.Single(file.Sheets);
        if (expected == "refused")
        {
            var finding = Assert.Single(file.Findings, f => f.Severity == Severity.Error);
            Assert.Equal((2, headings.IndexOf(profit) + 1, written), (finding.Row, Columns(finding.Column), finding.Read));
            Assert.Empty(sheet.Rows);
            Assert.Equal([2], sheet.Rejected.Select(r => r.SourceRow));
        }
        else
        {
            var row = Assert.Single(sheet.Rows);
            Assert.Equal(expected is null ? null : decimal.Parse(expected, CultureInfo.InvariantCulture), row.Values[headings.IndexOf(profit)]);
            Assert.Equal("000000000000000011", row.Values[headings.IndexOf(headings.Single(h => h.Name == "enterprise_code"))]);
        }

        static int Columns(string? letters) => letters!.Aggregate(0, (n, c) => n * 26 + c - 'A' + 1);
    }
}
