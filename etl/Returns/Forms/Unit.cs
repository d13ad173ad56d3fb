using Innovation1551.Models;

namespace Innovation1551.Returns.Forms;

/// <summary>What a unit measures. Amounts of different dimensions never meet in one column.</summary>
public enum Dimension
{
    Money,
    Count,
    Labour,
    Share,
    Area,
    Mass,
}

/// <summary>A unit of measurement as it stands in headings and cells.</summary>
/// <param name="Code">Suffix in column names.</param>
/// <param name="PerBase">How many base units one of it is (money: yuan; labour: person-months).</param>
public sealed record Unit(string Code, Dimension Dimension, decimal PerBase, Text Name)
{
    public static readonly Unit Yuan = new("yuan", Dimension.Money, 1m, new("元", "yuan"));
    public static readonly Unit ThousandYuan = new("kyuan", Dimension.Money, 1_000m, new("千元", "1,000 yuan"));

    /// <summary>Canonical money unit of the warehouse.</summary>
    public static readonly Unit Wan = new("wan", Dimension.Money, 10_000m, new("万元", "10,000 yuan"));
    public static readonly Unit MillionYuan = new("myuan", Dimension.Money, 1_000_000m, new("百万元", "million yuan"));
    public static readonly Unit Yi = new("yi", Dimension.Money, 100_000_000m, new("亿元", "100 million yuan"));
    public static readonly Unit Item = new("count", Dimension.Count, 1m, new("件", "items"));
    public static readonly Unit Award = new("count", Dimension.Count, 1m, new("项", "awards"));
    public static readonly Unit Place = new("count", Dimension.Count, 1m, new("位", "place"));
    public static readonly Unit Member = new("count", Dimension.Count, 1m, new("个", "units"));
    public static readonly Unit Person = new("persons", Dimension.Count, 1m, new("人", "persons"));
    public static readonly Unit PersonYear = new("fte", Dimension.Labour, 12m, new("人年", "person-years"));
    public static readonly Unit PersonMonth = new("person_months", Dimension.Labour, 1m, new("人月", "person-months"));
    public static readonly Unit Percent = new("percent", Dimension.Share, 1m, new("%", "%"));

    public static IReadOnlyList<Unit> All { get; } =
    [Yuan, ThousandYuan, Wan, MillionYuan, Yi, Item, Award, Place, Member, Person, PersonYear, PersonMonth, Percent];

    /// <summary>The unit that people write so, or null.</summary>
    public static Unit? Named(string text) => All.FirstOrDefault(u => u.Name.Zh == text || string.Equals(u.Name.En, text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Exact factor from this unit to another of the same dimension.</summary>
    /// <exception cref="InvalidOperationException">The dimensions differ: code must never convert across them.</exception>
    public decimal To(Unit target) =>
        Dimension == target.Dimension ? PerBase / target.PerBase : throw new InvalidOperationException($"cannot convert {Code} to {target.Code}");
}
