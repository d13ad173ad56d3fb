using Innovation1551.Returns.Sheets;
using Innovation1551.Returns.Values;
using Xunit;

namespace Innovation1551.Specs.Reading;

public class ValueSpecs
{
    private static Cell Text(string text) => new(1, CellKind.Text, text);

    private static Cell Number(string text, string? format = null) => new(1, CellKind.Number, text, format);

    [Theory]
    [InlineData("12.5", "12.5", null)]
    [InlineData("１２３．４５", "123.45", null)]
    [InlineData("－７", "-7", null)]
    [InlineData("−7", "-7", null)]
    [InlineData("1,234,567.89", "1234567.89", null)]
    [InlineData("1，234", "1234", null)]
    [InlineData("（1.2）", "-1.2", null)]
    [InlineData("(1,200)", "-1200", null)]
    [InlineData("1.2万", "12000", null)]
    [InlineData("3亿", "300000000", null)]
    [InlineData("2万亿", "2000000000000", null)]
    [InlineData("12万元", "12", "万元")]
    [InlineData("5千元", "5", "千元")]
    [InlineData("12 元", "12", "元")]
    [InlineData("3万人", "30000", "人")]
    [InlineData("¥12", "12", "元")]
    [InlineData("-0", "0", null)]
    [InlineData("　 42 ", "42", null)]
    [InlineData(".5", "0.5", null)]
    [InlineData("0.1000000000000000055511151231", "0.1000000000000000055511151231", null)]
    public void A_number_in_a_text_cell_is_read_exactly(string text, string value, string? unit)
    {
        var read = NumberText.Read(Text(text));
        Assert.True(read.HasValue, read.Problem?.ToString() ?? read.Missing.ToString());
        Assert.Equal(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), read.Value.Value);
        Assert.Equal(unit, read.Value.Unit);
        Assert.False(read.Value.IsPercent);
    }

    [Theory]
    [InlineData("15%", "15")]
    [InlineData("１５％", "15")]
    [InlineData("15‰", "1.5")]
    public void A_percent_sign_is_kept_as_such(string text, string value)
    {
        var read = NumberText.Read(Text(text));
        Assert.True(read.HasValue && read.Value.IsPercent);
        Assert.Equal(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), read.Value.Value);
    }

    [Fact]
    public void A_percent_format_and_a_percent_sign_mean_the_same()
    {
        Assert.Equal(new NumberValue(15m, true, null), NumberText.Read(Number("0.15", "0.00%")).Value);
        Assert.Equal(new NumberValue(0.15m, false, null), NumberText.Read(Number("0.15", "0.00")).Value);
    }

    [Fact]
    public void A_unit_in_the_number_format_is_a_unit_and_a_scaling_format_is_a_problem()
    {
        Assert.Equal("万元", NumberText.Read(Number("12", "0.00\"万元\"")).Value.Unit);
        Assert.NotNull(NumberText.Read(Number("12000", "0.00,")).Problem);
        Assert.NotNull(NumberText.Read(Number("12000", "0!.0,\"万\"")).Problem);
        Assert.Null(NumberText.Read(Number("12000", "#,##0")).Problem);
    }

    [Theory]
    [InlineData("12.5*", "*")]
    [InlineData("12.5①", "①")]
    [InlineData("12.5[1]", "1")]
    [InlineData("12.5<sup>a</sup>", "a")]
    [InlineData("12.5（注1）", "注1")]
    public void A_footnote_mark_is_not_part_of_the_number(string text, string mark)
    {
        var read = NumberText.Read(Text(text));
        Assert.Equal(12.5m, read.Value.Value);
        Assert.Equal(mark, read.Value.Footnote);
    }

    [Theory]
    [InlineData("", Missing.Blank)]
    [InlineData("  ", Missing.Blank)]
    [InlineData("无", Missing.Nil)]
    [InlineData("—", Missing.NotApplicable)]
    [InlineData("-", Missing.NotApplicable)]
    [InlineData("－－", Missing.NotApplicable)]
    [InlineData("/", Missing.NotApplicable)]
    [InlineData("／", Missing.NotApplicable)]
    [InlineData("…", Missing.NotReported)]
    [InlineData("……", Missing.NotReported)]
    [InlineData("***", Missing.NotReported)]
    [InlineData("(D)", Missing.NotReported)]
    public void Missing_is_not_zero_and_its_kinds_are_told_apart(string text, Missing kind)
    {
        foreach (
            var missing in new[]
            {
                NumberText.Read(Text(text)).Missing,
                DateText.Read(Text(text)).Missing,
                PeriodText.Read(Text(text)).Missing,
                IdentifierText.Read(Text(text)).Missing,
                PlainText.Read(Text(text)).Missing,
            }
        )
            Assert.Equal(kind, missing);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("1.2E+17")]
    [InlineData("0x10")]
    [InlineData("1.234.567")]
    [InlineData("1,23")]
    [InlineData("1,2345")]
    [InlineData("12,34,567")]
    [InlineData("0,123")]
    [InlineData("1 234")]
    [InlineData("1/2")]
    [InlineData("1-2")]
    [InlineData("5.")]
    [InlineData("约12")]
    [InlineData("近3亿")]
    [InlineData("超过100")]
    [InlineData("100余万")]
    [InlineData("100左右")]
    [InlineData(">5")]
    [InlineData("12.5a")]
    [InlineData("12.5 1")]
    [InlineData("12.5¹")]
    [InlineData("（-1.2）")]
    [InlineData("$5")]
    [InlineData("12件套")]
    [InlineData("一百")]
    [InlineData("NaN")]
    [InlineData("TRUE")]
    [InlineData("--5")]
    [InlineData("+-5")]
    [InlineData("12345678901234567890123456789012")]
    [InlineData("0.00000000000000000000000000001")]
    public void What_is_not_certain_is_a_problem_and_never_a_number(string text)
    {
        var read = NumberText.Read(Text(text));
        Assert.NotNull(read.Problem);
        Assert.NotEqual(read.Problem.Zh, read.Problem.En);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("1E-300")]
    [InlineData("1.7976931348623157E+308")]
    public void A_stored_number_that_cannot_be_kept_exactly_is_a_problem(string text) => Assert.NotNull(NumberText.Read(Number(text)).Problem);

    [Fact]
    public void A_stored_number_in_exponent_notation_keeps_its_value() => Assert.Equal(0.0012m, NumberText.Read(Number("1.2E-3")).Value.Value);

    [Theory]
    [InlineData(CellKind.Error, "#N/A")]
    [InlineData(CellKind.FormulaWithoutValue, "A1+B1")]
    [InlineData(CellKind.Boolean, "TRUE")]
    [InlineData(CellKind.Date, "2024-03-05")]
    public void Cells_that_hold_no_number_are_problems_and_not_zero(CellKind kind, string text) =>
        Assert.NotNull(NumberText.Read(new Cell(1, kind, text)).Problem);

    [Theory]
    [InlineData("2024年3月5日")]
    [InlineData("2024年03月05日")]
    [InlineData("２０２４年３月５日")]
    [InlineData("20240305")]
    [InlineData("2024.3.5")]
    [InlineData("2024/3/5")]
    [InlineData("2024-03-05")]
    [InlineData("24-3-5")]
    [InlineData("24.3.5")]
    [InlineData("2024-03-05 10:20:30")]
    [InlineData("2024-03-05T00:00:00")]
    public void A_day_is_read_in_every_usual_form(string text) => Assert.Equal(new DateOnly(2024, 3, 5), DateText.Read(Text(text)).Value);

    [Theory]
    [InlineData("2019-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("3/5/2024")]
    [InlineData("05-03-24")]
    [InlineData("12-03-05")]
    [InlineData("50-03-05")]
    [InlineData("2024年3月")]
    [InlineData("2024-3/5")]
    [InlineData("202403")]
    [InlineData("45352")]
    [InlineData("March 5, 2024")]
    [InlineData("1899-12-31")]
    public void A_day_that_is_not_certain_is_a_problem(string text) => Assert.NotNull(DateText.Read(Text(text)).Problem);

    [Theory]
    [InlineData("13-3-5", 2013)]
    [InlineData("49-3-5", 2049)]
    public void Of_two_digits_a_year_that_can_be_no_month_is_a_year(string text, int year) =>
        Assert.Equal(new DateOnly(year, 3, 5), DateText.Read(Text(text)).Value);

    [Fact]
    public void A_bare_serial_says_what_it_would_mean_and_counts_only_when_allowed()
    {
        Assert.Contains("2024-03-01", DateText.Read(Number("45352")).Problem!.En, StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2024, 3, 1), DateText.Read(Number("45352"), allowSerial: true).Value);
        Assert.NotNull(DateText.Read(Number("5"), allowSerial: true).Problem);
    }

    [Fact]
    public void A_date_cell_that_shows_only_a_month_is_a_period_and_no_day()
    {
        var cell = new Cell(1, CellKind.Date, "2024-03-01", "yyyy\"年\"m\"月\"");
        Assert.NotNull(DateText.Read(cell).Problem);
        Assert.Equal("2024-03", PeriodText.Read(cell).Value.ToString());
        Assert.NotNull(PeriodText.Read(cell with { NumberFormat = "yyyy-mm-dd" }).Problem);
        Assert.Equal("2024", PeriodText.Read(cell with { NumberFormat = "yyyy" }).Value.ToString());
    }

    [Theory]
    [InlineData("2024", "2024")]
    [InlineData("2024年", "2024")]
    [InlineData("2024年度", "2024")]
    [InlineData("2024年3月", "2024-03")]
    [InlineData("2024年3月份", "2024-03")]
    [InlineData("2024-03", "2024-03")]
    [InlineData("2024.3", "2024-03")]
    [InlineData("2024/3", "2024-03")]
    [InlineData("202403", "2024-03")]
    [InlineData("2024Q1", "2024-Q1")]
    [InlineData("2024-Q1", "2024-Q1")]
    [InlineData("2024年一季度", "2024-Q1")]
    [InlineData("2024年第3季度", "2024-Q3")]
    [InlineData("2024年1-3月", "2024-01/03")]
    [InlineData("2024年1—11月", "2024-01/11")]
    [InlineData("2024年1至3月累计", "2024-01/03")]
    [InlineData("截至2024年3月底", "2024-01/03")]
    [InlineData("截至 2024 年 12 月末", "2024-01/12")]
    [InlineData("2024年上半年", "2024-01/06")]
    [InlineData("2024年前三季度", "2024-01/09")]
    public void A_period_is_read_in_every_usual_form(string text, string period) => Assert.Equal(period, PeriodText.Read(Text(text)).Value.ToString());

    [Theory]
    [InlineData("1-3月")]
    [InlineData("2024年2-3月")]
    [InlineData("2024年13月")]
    [InlineData("2024.1")]
    [InlineData("24年3月")]
    [InlineData("2024Q5")]
    [InlineData("2024年3月5日")]
    [InlineData("20240305")]
    [InlineData("去年")]
    public void A_period_that_is_not_certain_is_a_problem(string text) => Assert.NotNull(PeriodText.Read(Text(text)).Problem);

    [Fact]
    public void Identifiers_keep_their_digits_and_leading_zeros()
    {
        Assert.Equal("00123", IdentifierText.Read(Text("00123")).Value);
        foreach (var written in (string[])["202410112200.X", "ZL202410112200.X", "ZL 202410112200.X", "zl202410112200.X", "CN202410112200.X"])
            Assert.Equal("202410112200.X", IdentifierText.WithoutPrefix(IdentifierText.Read(Text(written)).Value!, ["ZL", "CN"]));
        Assert.Equal("CNIPA", IdentifierText.WithoutPrefix("CNIPA", ["ZL", "CN"]));
        Assert.Equal("91140000110109111X", IdentifierText.Read(Text("９１１４００００１１０１０９１１１Ｘ")).Value);
        Assert.Equal("123456789012345678", IdentifierText.Read(Text("123456789012345678")).Value);
        Assert.Equal("000123", IdentifierText.Read(Number("123", "000000")).Value);
        Assert.Equal("123", IdentifierText.Read(Number("123")).Value);
        Assert.NotNull(IdentifierText.Read(Number("1234567890123456")).Problem);
        Assert.NotNull(IdentifierText.Read(Number("1.23E+17")).Problem);
        Assert.NotNull(IdentifierText.Read(Text("1.23E+17")).Problem);
        Assert.NotNull(IdentifierText.Read(new Cell(1, CellKind.Date, "2024-03-05")).Problem);
    }
}
