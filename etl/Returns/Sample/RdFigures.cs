namespace Innovation1551.Returns.Sample;

/// <summary>
/// The R&amp;D figures of one enterprise and period, in hundredths. Whole numbers, split and never rounded apart:
/// costs sum to the expense, activities, sources, current and capital each to intramural expenditure.
/// </summary>
internal sealed record RdFigures(
    long Expense,
    long[] Costs,
    long[] Outsourced,
    long Intramural,
    long[] Activities,
    long[] Kinds,
    long[] Funds,
    int Personnel,
    int Researchers,
    long FteHundredths
)
{
    private const int OutsourcedItem = 6;

    public static RdFigures Of(int seed, Enterprise enterprise, int year, long expense, long intramural, long employees)
    {
        var dice = Dice.For(seed, "rd", enterprise.Code);
        var drift = Dice.For(seed, "rd", enterprise.Code, $"{year}");
        long Around(int middle, int percent) => middle * dice.Between(100 - percent, 100 + percent) * drift.Between(95, 105);
        var costs = Shares.Split(
            expense,
            [Around(330, 20), Around(390, 20), Around(60, 30), Around(14, 40), Around(20, 40), Around(42, 30), Around(105, 40), Around(38, 30)]
        );
        var abroad = enterprise.IsGroup || dice.Chance(100) ? Around(6, 50) : 0;
        var outsourced = Shares.Split(costs[OutsourcedItem], [Around(30, 30), Around(38, 30), Around(28, 30), abroad]);
        // Basic research is rising from little: that is what the programme asks for.
        var basic = enterprise.Industry.Code is "M73" or "I65" || dice.Chance(350) ? Around(12 + 4 * (year - 2019), 30) : 0;
        var activities = Shares.Split(intramural, [basic, Around(140, 25), Around(830, 5)]);
        var kinds = Shares.Split(intramural, [Around(885, 4), Around(115, 30)]);
        var funds = Shares.Split(
            intramural,
            [
                Around(26, 50),
                Around(38, 50),
                Around(920, 2),
                dice.Chance(60) ? Around(4, 50) : 0,
                dice.Chance(120) ? Around(3, 50) : 0,
                dice.Chance(400) ? Around(10, 50) : 0,
            ]
        );
        return new RdFigures(expense, costs, outsourced, intramural, activities, kinds, funds, 0, 0, 0).Staffed(dice, year, employees);
    }

    private RdFigures Staffed(Dice dice, int year, long employees)
    {
        if (Expense == 0)
            return this;
        // 10,000 yuan per person-year, in hundredths; it grows with wages and instruments.
        var perFte = dice.Between(3600, 5400) * (100L + 4 * (year - 2019)) / 100;
        var fte = Math.Max(50, Expense * 100 / perFte);
        var persons = fte * dice.Between(118, 150) / 10_000 + 1;
        var most = Math.Max(2, employees * 6 / 10);
        if (persons > most)
            (persons, fte) = (most, most * 100 * 7 / 10);
        return this with { Personnel = (int)persons, Researchers = (int)(persons * dice.Between(36, 54) / 100), FteHundredths = fte };
    }

    /// <summary>What a cumulative return shows after part of the year; the parts of the year's figures keep their proportions.</summary>
    public RdFigures UpTo(int permille)
    {
        var expense = Shares.Part(Expense, permille, 1000);
        var intramural = Shares.Part(Intramural, permille, 1000);
        var costs = Shares.Split(expense, Costs);
        return this with
        {
            Expense = expense,
            Costs = costs,
            Outsourced = Shares.Split(costs[OutsourcedItem], Outsourced),
            Intramural = intramural,
            Activities = Shares.Split(intramural, Activities),
            Kinds = Shares.Split(intramural, Kinds),
            Funds = Shares.Split(intramural, Funds),
            FteHundredths = Shares.Part(FteHundredths, permille, 1000),
        };
    }

    /// <summary>The same return before somebody found what had been left out: lower in direct input, development and own funds, and consistent.</summary>
    public RdFigures BeforeRevision()
    {
        var missing = new[] { Costs[1], Activities[2], Kinds[0], Funds[2] }.Min() / 12;
        return this with
        {
            Expense = Expense - missing,
            Costs = Less(Costs, 1, missing),
            Intramural = Intramural - missing,
            Activities = Less(Activities, 2, missing),
            Kinds = Less(Kinds, 0, missing),
            Funds = Less(Funds, 2, missing),
        };
    }

    private static long[] Less(long[] parts, int at, long amount)
    {
        var less = (long[])parts.Clone();
        less[at] -= amount;
        return less;
    }
}
