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
