using System.Text;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Sheets;
using Innovation1551.Returns.Writing;
using Xunit;
using FormRow = System.Collections.Generic.Dictionary<string, object?>;

namespace Innovation1551.Specs.Writing;

/// <summary>A return as a file: what stands where, in which unit, edition and encoding.</summary>
public class ReturnWritingSpecs
{
    private static readonly FormRow Row = new()
    {
        ["enterprise_code"] = "91140000EXA00001X8",
        ["enterprise_name"] = "示例，\"甲\"公司, 一部",
        ["period"] = "2021年",
        ["revenue_wan"] = 1234.5678m,
        ["employees_persons"] = 12L,
    };

    private static readonly ReturnSheet Sheet = new(FinanceForm.Form, [Row]);

    private static ReturnHeader HeaderOf(int year) => new("91140000EXA00001X8", "示例集团有限公司", year, $"{year}年", new DateOnly(year + 1, 3, 8), 2);

    [Theory]
    [InlineData("元", "12345678")]
    [InlineData("千元", "12345.678")]
    [InlineData("万元", "1234.5678")]
    [InlineData("亿元", "0.12345678")]
    public void Money_is_converted_exactly_and_the_unit_declared(string unit, string written)
    {
        var lines = Csv(HeaderOf(2021) with { MoneyUnit = Unit.Named(unit)! }, ReturnCsv.Utf8);
        Assert.EndsWith($"单位：{unit},,,,", lines[1], StringComparison.Ordinal);
        Assert.Contains($",2021年,{written},,", lines[3], StringComparison.Ordinal);
        Assert.Contains(",12,", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Headings_are_those_of_the_edition_in_force()
    {
        Assert.Contains("营业总收入", Csv(HeaderOf(2021), ReturnCsv.Utf8)[2], StringComparison.Ordinal);
        Assert.Contains(
            ",营业收入（千元）,",
            Csv(HeaderOf(2024) with { UnitsInHeadings = true, MoneyUnit = Unit.ThousandYuan }, ReturnCsv.Utf8)[2],
            StringComparison.Ordinal
        );
        Assert.Contains("[finance/2022]", Csv(HeaderOf(2024), ReturnCsv.Utf8)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_lines_above_the_table_say_who_when_and_which_revision() =>
        Assert.StartsWith(
            "填报单位：91140000EXA00001X8 示例集团有限公司,报告期：2021年,填表日期：2022-03-08,修订版次：2,",
            Csv(HeaderOf(2021), ReturnCsv.Utf8)[1],
            StringComparison.Ordinal
        );

    [Fact]
    public void Only_synthetic_returns_say_so()
    {
        Assert.DoesNotContain("示例数据", Csv(HeaderOf(2021), ReturnCsv.Utf8)[0], StringComparison.Ordinal);
        Assert.Contains("示例数据 synthetic", Csv(HeaderOf(2021) with { Synthetic = true }, ReturnCsv.Utf8)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_quotes_what_needs_quoting() =>
        Assert.Contains(",\"示例，\"\"甲\"\"公司, 一部\",", Csv(HeaderOf(2021), ReturnCsv.Utf8)[3], StringComparison.Ordinal);

    [Fact]
    public void Csv_comes_in_the_encoding_asked_for()
    {
        Assert.Equal(0xEF, Bytes(ReturnCsv.Utf8WithMark)[0]);
        Assert.Equal(Encoding.UTF8.GetBytes("财务"), Bytes(ReturnCsv.Utf8)[..6]);
        Assert.Equal([0xB2, 0xC6, 0xCE, 0xF1], Bytes(ReturnCsv.Gb18030)[..4]);
    }

    [Fact]
    public void A_total_row_sums_the_columns_of_numbers()
    {
        using var stream = new MemoryStream();
        ReturnCsv.Write(stream, HeaderOf(2021), new ReturnSheet(FinanceForm.Form, [Row, Row]).WithTotals(), ReturnCsv.Utf8);
        Assert.Contains("合计,,,2469.1356,0,0,0,24,", Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_is_the_same_bytes_each_time_and_smaller_when_compressed()
    {
        byte[] Write(bool compress)
        {
            using var stream = new MemoryStream();
            ReturnWorkbook.Write(stream, HeaderOf(2021), [Sheet], compress);
            return stream.ToArray();
        }
        Assert.Equal(Write(false), Write(false));
        Assert.True(Write(true).Length < Write(false).Length);
        using var opened = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(new MemoryStream(Write(true)), false);
        Assert.Equal("财务与从业人员情况", opened.WorkbookPart!.Workbook!.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Single().Name);
    }

    private static byte[] Bytes(Encoding encoding)
    {
        using var stream = new MemoryStream();
        ReturnCsv.Write(stream, HeaderOf(2021), Sheet, encoding);
        return stream.ToArray();
    }

    private static string[] Csv(ReturnHeader header, Encoding encoding)
    {
        using var stream = new MemoryStream();
        ReturnCsv.Write(stream, header, Sheet, encoding);
        return encoding.GetString(stream.ToArray()).Split("\r\n");
    }
}
