namespace Innovation1551.Returns.Sample;

/// <summary>
/// The invented economy: revenue grows by industry, R&amp;D takes a rising share of it. The totals of a year are set first
/// and divided among the businesses, so that the whole is of the province's size whatever the dice say.
/// </summary>
internal static class Economy
{
    /// <summary>Revenue of 18 groups in the first year, in hundredths of 10,000 yuan: 1.06 trillion yuan.</summary>
    private const long FirstRevenue = 106_000_000_00;

    /// <summary>R&amp;D expense per 100,000 of revenue, from the year before the first on.</summary>
    private static readonly int[] Intensity = [1060, 1200, 1370, 1560, 1730, 1930, 2100, 2210];

    public static void Run(SampleOptions options, Register register)
    {
        var businesses = register.Businesses;
        var weights = businesses.Select(b => b.Weight).ToArray();
        var start = Shares.Split(FirstRevenue / 18 * options.Groups, weights);
        for (var i = 0; i < businesses.Count; i++)
            Grow(options, register, businesses[i], start[i]);
        for (var y = 0; y < businesses[0].Revenue.Length; y++)
            Spend(options, businesses, y);
    }

    private static void Grow(SampleOptions options, Register register, Business business, long start)
    {
        var industry = business.Founder.Industry;
        var dice = Dice.For(options.Seed, "growth", business.Founder.Code, business.Weight.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var first = options.FirstYear - 1;
        business.Revenue[0] = Shares.Part(start, 1000, 1000 + industry.GrowthIn(options.FirstYear));
        for (var y = 1; y < business.Revenue.Length; y++)
        {
            var growth = 1000 + industry.GrowthIn(first + y) + dice.Between(-58, 36) - Dip(register, business, first + y);
            business.Revenue[y] = Shares.Part(business.Revenue[y - 1], growth, 1000);
        }
        var perHead = industry.RevenuePerHead * dice.Between(85, 115);
        for (var y = 0; y < business.Employees.Length; y++)
            business.Employees[y] = Math.Max(12, Shares.Part(start / perHead, 1000 - 6 * y + dice.Between(-10, 10), 1000));
        for (var y = 0; y < business.Revenue.Length && first + y < business.FoundedIn; y++)
            business.Revenue[y] = business.Employees[y] = 0;
    }

    /// <summary>The ninth group, a logistics house, loses a year: a fall that a chart must show and a check must not take for a slip.</summary>
    private static int Dip(Register register, Business business, int year) =>
        register.Groups.Count >= 9 && year is 2022 or 2023 && business.Founder.Stretches[0].ParentCode == register.Groups[8].Code
            ? (year == 2022 ? 90 : -60)
            : 0;

    private static void Spend(SampleOptions options, IReadOnlyList<Business> businesses, int y)
    {
        var wishes = new long[businesses.Count];
        long revenue = 0;
        for (var i = 0; i < wishes.Length; i++)
        {
            var business = businesses[i];
            revenue += business.Revenue[y];
            var habit = Dice.For(options.Seed, "habit", business.Founder.Code);
            // Some small houses of trades without laboratories do no R&D at all; zero is an answer too.
            if (business.Founder.Industry.Intensity < 50 && !business.Founder.IsGroup && habit.Chance(250))
                continue;
            var mood = Dice.For(options.Seed, "mood", business.Founder.Code, Digits(y));
            wishes[i] = Shares.Part(business.Revenue[y] * business.Founder.Industry.Intensity, habit.Between(750, 1250) * mood.Between(940, 1060), 1_000_000);
        }
        var spend = Shares.Split(Shares.Part(revenue, Intensity[Math.Min(y, Intensity.Length - 1)], 100_000), wishes);
        for (var i = 0; i < spend.Length; i++)
        {
            // Nobody puts more than a fifth of revenue into R&D.
            businesses[i].Expense[y] = Math.Min(spend[i], businesses[i].Revenue[y] / 5);
            var inside = Dice.For(options.Seed, "inside", businesses[i].Founder.Code).Between(780, 900);
            businesses[i].Intramural[y] = Shares.Part(businesses[i].Expense[y], inside + y, 1000);
        }
    }

    private static string Digits(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
