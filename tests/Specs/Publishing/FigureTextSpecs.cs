using Innovation1551.Models;
using Innovation1551.Publishing.Figures;
using Xunit;

namespace Innovation1551.Specs.Publishing;

public class FigureTextSpecs
{
    private static Metric Metric(string code, string unit, int decimals) =>
        new(code, new Text(code, code), unit, new Text("单位", "units"), decimals, true, new Text("", ""), new Text("", ""));

    private static readonly FigureText Money = FigureText.For(Metric("rd_expense", "wan", 0));

    [Theory]
    [InlineData("0.125", 2, "0.13")]
    [InlineData("-0.125", 2, "-0.13")]
    [InlineData("2.5", 0, "3")]
    [InlineData("0.12499", 2, "0.12")]
    public void Halves_are_rounded_away_from_zero(string value, int decimals, string rounded) =>
        Assert.Equal(
            decimal.Parse(rounded, System.Globalization.CultureInfo.InvariantCulture),
            Rounding.Round(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), decimals)
        );

    [Fact]
    public void Money_stored_in_ten_thousand_yuan_is_shown_in_hundred_million_yuan() => Assert.Equal("8,793.27", Money.Number(87_932_650m));

    [Fact]
    public void A_sentence_says_the_same_digits_in_both_languages()
    {
        Assert.Equal("182.35亿元", Money.Prose(1_823_512m, Language.Zh));
        Assert.Equal("182.35 hundred million yuan", Money.Prose(1_823_512m, Language.En));
        Assert.Equal("1,206", new FigureText(1, new Text("指数", "index"), 0, false, false).Prose(1206, Language.Zh));
    }

    [Fact]
    public void A_change_carries_its_sign_and_a_true_minus()
    {
        var points = FigureText.For(Metric("rd_intensity_change_pp", "pp", 2));
        Assert.Equal("+0.12", points.Label(0.118m));
        Assert.Equal("−0.05", points.Label(-0.05m));
        Assert.Equal("0.00", points.Label(-0.001m));
    }

    [Fact]
    public void A_published_number_keeps_its_unit_in_both_languages()
    {
        Target Of(string unit, decimal value) =>
            new("t", "", "", "", new Text("", ""), TargetKind.Target, "ge", value, unit, "", 2028, new Text("", ""), "", false, new Text("", ""), "");
        Assert.Equal("600亿元", FigureText.For(Of("yi", 600)).Prose(600, Language.Zh));
        Assert.Equal("600 hundred million yuan", FigureText.For(Of("yi", 600)).Prose(600, Language.En));
        Assert.Equal("1 person", FigureText.For(Of("person", 1)).Prose(1, Language.En));
        Assert.Equal("14.63 ten thousand people", FigureText.For(Of("10k_person", 14.63m)).Prose(14.63m, Language.En));
    }

    [Theory]
    [InlineData("gt", "超过", "over")]
    [InlineData("ge", "不低于", "at least")]
    [InlineData("near", "近", "nearly")]
    [InlineData("about", "约", "about")]
    [InlineData("strive", "力争", "striving for")]
    public void Qualifiers_are_words(string code, string zh, string en) => Assert.Equal(new Text(zh, en), Wording.Qualifier(code));
}
