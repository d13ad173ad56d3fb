using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Models.Disclosure;

namespace Innovation1551.Publishing.Figures;

/// <summary>The rounding policy: once, at the end, half away from zero, on decimals.</summary>
public static class Rounding
{
    public static decimal Round(decimal value, int decimals) => Math.Round(value, decimals, MidpointRounding.AwayFromZero);
}

/// <summary>
/// How a metric is shown: the one place where money is scaled (万元 → 亿元) and where a number becomes text.
/// Charts, tables, cards and sentences all come through here, so the same figure never prints in two ways.
/// </summary>
/// <param name="Divisor">What a stored value is divided by before it is shown.</param>
/// <param name="Decimals">Places shown.</param>
public sealed record FigureText(decimal Divisor, Text Unit, int Decimals, bool IsMoney, bool IsChange)
{
    /// <summary>10,000 yuan in a hundred million yuan.</summary>
    private const decimal WanInYi = 10_000m;

    /// <summary>Both languages count money in the same unit, so that a figure has the same digits in each.</summary>
    private static readonly Text HundredMillionYuan = new("亿元", "hundred million yuan");

    public const string MissingMark = "—";
    public const string SuppressedMark = PublicWarehouse.Mark;
    public const string ProvisionalMark = "p";

    /// <summary>How to show this metric.</summary>
    public static FigureText For(Metric metric) =>
        metric.Unit switch
        {
            "wan" => new(WanInYi, HundredMillionYuan, 2, true, false),
            "pp" => new(1, PercentagePoints, metric.Decimals, false, true),
            _ => new(
                1,
                InWords(metric.UnitName),
                metric.Decimals,
                false,
                metric.Code.EndsWith("_yoy", StringComparison.Ordinal) || metric.Code.EndsWith("_growth", StringComparison.Ordinal)
            ),
        };

    /// <summary>How to show a target, whose unit may be one that no metric of the release has.</summary>
    public static FigureText For(Target target) =>
        target.Unit switch
        {
            "wan" => new(WanInYi, HundredMillionYuan, 2, true, false),
            "percent" => new(1, new Text("%", "%"), Places(target.Value), false, false),
            "pp" => new(1, PercentagePoints, Places(target.Value), false, true),
            "yi" => new(1, HundredMillionYuan, Places(target.Value), true, false),
            _ => new(1, InWords(Wording.Unit(target.Unit)), Places(target.Value), false, false),
        };

    /// <summary>A share or growth that is stored in percent.</summary>
    public static FigureText Percents(int decimals, bool isChange = false) => new(1, new Text("%", "%"), decimals, false, isChange);

    public static readonly Text PercentagePoints = new("个百分点", "percentage points");

    /// <summary>A unit that counts in tens of thousands or hundreds of millions, in words: digits beside a number would read as a second one.</summary>
    private static Text InWords(Text unit) =>
        new(unit.Zh, unit.En.Replace("100 million", "hundred million", StringComparison.Ordinal).Replace("10,000", "ten thousand", StringComparison.Ordinal));

    /// <summary>The same with as many places as a value that somebody set has, and no sign: a threshold, a goal.</summary>
    public FigureText AsSet(decimal value) =>
        this with
        {
            Decimals = Math.Min(6, (int)(Scaled(value) / 1.0000000000000000000000000000m).Scale),
            IsChange = false,
        };

    /// <summary>The value in the unit shown, not yet rounded: what a chart is drawn from.</summary>
    public decimal Scaled(decimal value) => value / Divisor;

    /// <summary>The number alone: <c>8,793.27</c>.</summary>
    public string Number(decimal value) => Plain(Rounding.Round(Scaled(value), Decimals), Decimals);

    /// <summary>The number with its sign, for changes: <c>+0.12</c>, <c>−0.05</c>.</summary>
    public string Signed(decimal value)
    {
        var rounded = Rounding.Round(Scaled(value), Decimals);
        return rounded > 0 ? "+" + Plain(rounded, Decimals) : Plain(rounded, Decimals);
    }

    /// <summary>The number as a label: changes carry their sign.</summary>
    public string Label(decimal value) => IsChange ? Signed(value) : Number(value);

    /// <summary>The number with its unit as a sentence has it: <c>182.35亿元</c>, <c>182.35 hundred million yuan</c>.</summary>
    public string Prose(decimal value, Language language) => WithUnit(Number(value), language);

    /// <summary>The same with the sign of a change.</summary>
    public string ProseSigned(decimal value, Language language) => WithUnit(Label(value), language);

    private string WithUnit(string number, Language language) =>
        // What a number is of is no unit of it: an index is told as a bare number.
        Unit.En == "index"
            ? number
        : language == Language.Zh || Unit.En == "%" ? number + Unit.In(language)
        : $"{number} {(number == "1" ? Wording.One(Unit.En) : Unit.En)}".TrimEnd();

    /// <summary>The value as it is displayed, as a number.</summary>
    public decimal Rounded(decimal value) => Rounding.Round(Scaled(value), Decimals);

    /// <summary>The number as a machine reads it: no thousands separators, the shown unit and places.</summary>
    public string Machine(decimal value) =>
        Rounding.Round(Scaled(value), Decimals).ToString("F" + Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A whole number with separators.</summary>
    public static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Plain(decimal rounded, int decimals)
    {
        var digits = Math.Abs(rounded).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return rounded < 0 ? "−" + digits : digits;
    }

    private static int Places(decimal value) => value == decimal.Truncate(value) ? 0 : Math.Min(2, (int)value.Scale);
}
