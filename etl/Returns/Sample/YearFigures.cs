namespace Innovation1551.Returns.Sample;

/// <summary>All figures of one enterprise and year, with the comparative figures of the year before as this year's return gives them.</summary>
internal sealed record YearFigures(RdFigures Rd, FinanceFigures Finance, long ExpensePrior, long IntramuralPrior, long RevenuePrior, string? Note)
{
    public static YearFigures Of(SampleOptions options, Enterprise enterprise, int year)
    {
        var businesses = enterprise.BusinessesIn(year);
        var y = year - (options.FirstYear - 1);
        long Sum(Func<Business, long[]> figures, int at) => businesses.Sum(b => figures(b)[at]);
        var employees = Sum(b => b.Employees, y);
        var rd = RdFigures.Of(options.Seed, enterprise, year, Sum(b => b.Expense, y), Sum(b => b.Intramural, y), employees);
        var finance = FinanceFigures.Of(options.Seed, enterprise, year, Sum(b => b.Revenue, y), employees);
        // The comparative is last year's business under this year's roof; a few respondents re-report it differently.
        var dice = Dice.For(options.Seed, "prior", enterprise.Code, $"{year}");
        var restated = dice.Chance(30);
        var factor = restated ? 1000 + dice.Pick<int>([-18, -9, -4, 6, 13, 21]) : 1000;
        return new(
            rd,
            finance,
            Shares.Part(Sum(b => b.Expense, y - 1), factor, 1000),
            Shares.Part(Sum(b => b.Intramural, y - 1), factor, 1000),
            Shares.Part(Sum(b => b.Revenue, y - 1), factor, 1000),
            // Some restate without a word: the check asks them why.
            NoteOf(enterprise, year, restated && dice.Chance(700))
        );
    }

    private static string? NoteOf(Enterprise enterprise, int year, bool restated)
    {
        var changed =
            enterprise.Stretches[^1] is { Change: "MERGE" or "SPLIT" } last && last.From.Year == year || enterprise.Businesses.Exists(b => b.FromYear == year);
        return (changed, restated, enterprise.IsGroup) switch
        {
            (true, _, _) => "因合并或分立，同期数按可比口径填报",
            (_, true, _) => "同期数按调整后口径重新填报",
            (_, _, true) => "集团本部数，不含子企业；各行之和即集团合计",
            _ => null,
        };
    }

    /// <summary>The cumulative figures after part of the year; the comparative covers the same part of last year.</summary>
    public YearFigures UpTo(int permille) =>
        this with
        {
            Rd = Rd.UpTo(permille),
            Finance = Finance.UpTo(permille),
            ExpensePrior = Shares.Part(ExpensePrior, permille, 1000),
            IntramuralPrior = Shares.Part(IntramuralPrior, permille, 1000),
            RevenuePrior = Shares.Part(RevenuePrior, permille, 1000),
        };

    public YearFigures BeforeRevision() => this with { Rd = Rd.BeforeRevision(), Finance = Finance.BeforeRevision() };
}
