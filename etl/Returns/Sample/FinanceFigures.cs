namespace Innovation1551.Returns.Sample;

/// <summary>Revenue, cost and profit of one enterprise and period in hundredths of 10,000 yuan, and its staff.</summary>
internal sealed record FinanceFigures(long Revenue, long Cost, long Profit, long Employees)
{
    public static FinanceFigures Of(int seed, Enterprise enterprise, int year, long revenue, long employees)
    {
        var dice = Dice.For(seed, "finance", enterprise.Code, $"{year}");
        var margin = enterprise.Industry.Margin + dice.Between(-20, 20) + Math.Clamp(enterprise.Industry.GrowthIn(year) / 5, -30, 30);
        var profit = Shares.Part(revenue, margin, 1000);
        // Other income stands between revenue less cost and profit.
        var cost = revenue - profit + Shares.Part(revenue, dice.Between(0, 9), 1000);
        return new(revenue, cost, profit, employees);
    }

    public FinanceFigures UpTo(int permille) =>
        this with
        {
            Revenue = Shares.Part(Revenue, permille, 1000),
            Cost = Shares.Part(Cost, permille, 1000),
            Profit = Shares.Part(Profit, permille, 1000),
        };

    public FinanceFigures BeforeRevision() => this with { Revenue = Revenue - Revenue / 80, Cost = Cost - Revenue / 80 };
}
