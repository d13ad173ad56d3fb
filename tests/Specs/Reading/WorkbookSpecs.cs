using Innovation1551.Returns;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sheets;
using Xunit;

namespace Innovation1551.Specs.Reading;

public sealed class WorkbookSpecs : IDisposable
{
    private const string Styles =
        "<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/><numFmt numFmtId=\"165\" formatCode=\"[$-804]yyyy/m/d;@\"/></numFmts>"
        + "<cellXfs count=\"7\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"9\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"20\"/><xf numFmtId=\"4\"/></cellXfs>";
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Document Open(XlsxBuilder builder, string name = "return.xlsx") => ReturnReader.Open(_folder.Write(name, builder.Build()));

    private static Cell One(Document document, int column = 1)
    {
        var row = document.Sheets().First().Rows().First();
        return row[column];
    }

    [Theory]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("1234.5600000000001", "1234.56")]
    [InlineData("0.1", "0.1")]
    [InlineData("12345678901234567", "12345678901234567")]
    [InlineData("1E+20", "1E+20")]
    [InlineData("-0.99999999999999989", "-1")]
    public void Numbers_are_read_as_the_respondent_saw_them(string stored, string read)
    {
        using var document = Open(new XlsxBuilder().Sheet("a", XlsxBuilder.Rows($"<c r=\"A1\"><v>{stored}</v></c>")));
        Assert.Equal(new Cell(1, CellKind.Number, read), One(document));
    }

    [Fact]
    public void Dates_come_from_number_formats_in_both_epochs()
    {
        var cells = XlsxBuilder.Rows(
            "<c r=\"A1\" s=\"1\"><v>45352</v></c><c r=\"B1\" s=\"3\"><v>45352</v></c><c r=\"C1\" s=\"4\"><v>45352.5</v></c><c r=\"D1\" s=\"5\"><v>0.25</v></c><c r=\"E1\"><v>45352</v></c><c r=\"F1\" s=\"1\"><v>60</v></c><c r=\"G1\" t=\"d\"><v>2024-03-01T00:00:00</v></c>"
        );
        using (var document = Open(new XlsxBuilder { Styles = Styles }.Sheet("a", cells)))
        {
            var row = document.Sheets().First().Rows().First();
            Assert.Equal((CellKind.Date, "2024-03-01"), (row[1].Kind, row[1].Text));
            Assert.Equal((CellKind.Date, "2024-03-01"), (row[2].Kind, row[2].Text));
            Assert.Equal((CellKind.Date, "2024-03-01T12:00:00"), (row[3].Kind, row[3].Text));
            Assert.Equal((CellKind.Date, "06:00:00"), (row[4].Kind, row[4].Text));
            Assert.Equal((CellKind.Number, "45352"), (row[5].Kind, row[5].Text));
            // 29 February 1900 never was: the number stays a number.
            Assert.Equal((CellKind.Number, "60"), (row[6].Kind, row[6].Text));
            Assert.Equal((CellKind.Date, "2024-03-01"), (row[7].Kind, row[7].Text));
        }
        using var other = Open(new XlsxBuilder { Styles = Styles, Epoch1904 = true }.Sheet("a", cells), "1904.xlsx");
        Assert.Equal("2028-03-02", One(other).Text);
    }

    [Fact]
    public void Percent_formats_stay_with_the_cell()
    {
        using var document = Open(new XlsxBuilder { Styles = Styles }.Sheet("a", XlsxBuilder.Rows("<c r=\"A1\" s=\"2\"><v>0.15</v></c>")));
        Assert.Equal(new Cell(1, CellKind.Number, "0.15", "0%"), One(document));
    }

    [Fact]
    public void Shared_texts_join_their_runs_without_the_phonetic_guides()
    {
        using var document = Open(
            new XlsxBuilder
            {
                SharedStrings =
                    "<si><r><t>研发</t></r><r><t xml:space=\"preserve\"> 费用</t></r><rPh sb=\"0\" eb=\"1\"><t>yanfa</t></rPh></si><si><t>a_x000D_b_x005F_</t></si><si><t xml:space=\"preserve\">  </t></si>",
            }.Sheet(
                "a",
                XlsxBuilder.Rows(
                    "<c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" t=\"s\"><v>9</v></c>"
                )
            )
        );
        var row = document.Sheets().First().Rows().First();
        Assert.Equal("研发 费用", row[1].Text);
        Assert.Equal("a\rb_", row[2].Text);
        Assert.Equal("  ", row[3].Text);
        Assert.Equal(CellKind.Error, row[4].Kind);
        Assert.Contains(document.Findings, f => f is { Code: "R042", Column: "D", Row: 1 });
    }

    [Fact]
    public void Formulas_without_value_and_error_cells_are_named_and_are_not_zero()
    {
        using var document = Open(
            new XlsxBuilder().Sheet(
                "表",
                XlsxBuilder.Rows(
                    "<c r=\"A1\"><f>SUM(B1:B3)</f></c><c r=\"B1\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c r=\"C1\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"D1\"><f>1+1</f><v>2</v></c>"
                )
            )
        );
        var row = document.Sheets().First().Rows().Single();
        document.Sheets().First().Rows().Count();
        Assert.Equal((CellKind.FormulaWithoutValue, "SUM(B1:B3)"), (row[1].Kind, row[1].Text));
        Assert.Equal((CellKind.Error, "#DIV/0!"), (row[2].Kind, row[2].Text));
        Assert.Equal(CellKind.Blank, row[3].Kind);
        Assert.Equal("2", row[4].Text);
        Assert.Single(document.Findings, f => f.Code == "R013" && f.Problem.En.Contains("A1", StringComparison.Ordinal));
        Assert.Single(document.Findings, f => f.Code == "R014" && f.Problem.En.Contains("B1", StringComparison.Ordinal));
    }

    [Fact]
    public void Hidden_sheets_rows_and_columns_are_read_and_named()
    {
        using var document = Open(
            new XlsxBuilder()
                .Sheet(
                    "a",
                    "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>2</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>"
                )
                .Sheet("b", XlsxBuilder.Rows(""), "veryHidden")
        );
        var sheets = document.Sheets().ToList();
        Assert.Equal([new MergedRange(1, 1, 2, 2)], sheets[0].Merged);
        Assert.Equal([2, 3], sheets[0].HiddenColumns.Order());
        Assert.Equal([false, true], sheets[0].Rows().Select(r => r.Hidden));
        Assert.True(sheets[1].Hidden);
        Assert.Contains(document.Findings, f => f is { Code: "R015", Sheet: "b" });
        Assert.Contains(document.Findings, f => f is { Code: "R016", Sheet: "a" });
        Assert.Contains(document.Findings, f => f is { Code: "R017", Sheet: "a" });
    }

    [Fact]
    public void The_stated_dimension_is_not_believed_and_missing_references_are_counted()
    {
        using var document = Open(
            new XlsxBuilder().Sheet(
                "a",
                "<dimension ref=\"A1:XFD1048576\"/><sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>3</v></c></row></sheetData>"
            )
        );
        var rows = document.Sheets().First().Rows().ToList();
        Assert.Equal((1, 2), (rows[0].Number, rows[0].Cells.Count));
        Assert.Equal((1_048_576, 16_384), (rows[1].Number, rows[1].Cells[0].Column));
    }

    [Fact]
    public void A_cell_that_stands_twice_takes_its_row_out()
    {
        using var document = Open(
            new XlsxBuilder().Sheet(
                "a",
                XlsxBuilder.Rows("<c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c>", "<c r=\"B2\"><v>2</v></c><c r=\"A2\"><v>1</v></c>")
            )
        );
        var rows = document.Sheets().First().Rows().ToList();
        Assert.Equal("1", Assert.Single(rows)[1].Text);
        Assert.Equal(1, document.RowsRefused);
        Assert.Contains(document.Findings, f => f is { Code: "R037", Row: 1, Severity: Severity.Error });
    }

    [Fact]
    public void The_content_decides_and_a_wrong_ending_is_told()
    {
        using var document = Open(new XlsxBuilder().Sheet("a", XlsxBuilder.Rows("<c r=\"A1\"><v>1</v></c>")), "return.csv");
        Assert.Equal("xlsx", document.Format);
        Assert.Contains(document.Findings, f => f is { Code: "R002", Severity: Severity.Note });
    }

    [Fact]
    public void Texts_that_were_damaged_before_are_never_stored()
    {
        using var document = Open(new XlsxBuilder().Sheet("a", XlsxBuilder.Rows("<c r=\"A1\" t=\"inlineStr\"><is><t>山\uFFFD西</t></is></c>")));
        Assert.Equal(CellKind.Error, One(document).Kind);
        Assert.Contains(document.Findings, f => f is { Code: "R024", Column: "A", Row: 1 } && !f.Read!.Contains('\uFFFD', StringComparison.Ordinal));
    }

    [Fact]
    public void All_ten_METI_workbooks_give_all_their_cells()
    {
        var folder = Corpora.Path("data", "meti");
        var files = Corpora.Files(folder, ".xls").ToList();
        Assert.Equal(10, files.Count);
        foreach (var file in files)
        {
            using var document = ReturnReader.Open(file);
            var rows = document.Sheets().First().Rows().ToList();
            Assert.False(document.Refused);
            Assert.True(rows.Count > 100, $"{file}: {rows.Count} rows");
            Assert.Contains(rows, r => r.Cells.Any(c => c.Text.Contains("合計", StringComparison.Ordinal)));
        }
        // A year whose cleaned form is there as well: its figures all stand in the raw sheet.
        using var raw = ReturnReader.Open(Path.Combine(folder, "raw_t10_2022.xls"));
        var cells = raw.Sheets()
            .SelectMany(s => s.Rows())
            .SelectMany(r => r.Cells)
            .Where(c => c.Kind == CellKind.Number)
            .Select(c => decimal.Parse(c.Text, System.Globalization.CultureInfo.InvariantCulture))
            .ToHashSet();
        using var clean = ReturnReader.Open(Path.Combine(folder, "clean_t10_rd_2022.csv"));
        var missing = clean
            .Sheets()
            .First()
            .Rows()
            .Skip(1)
            .SelectMany(r => r.Cells.Skip(2))
            .Select(c => decimal.TryParse(c.Text, System.Globalization.CultureInfo.InvariantCulture, out var v) ? v : 0m)
            .Where(v => v >= 10_000 && !cells.Contains(v))
            .ToList();
        Assert.Empty(missing);
    }
}
