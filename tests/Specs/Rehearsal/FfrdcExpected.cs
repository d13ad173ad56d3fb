namespace Innovation1551.Specs.Rehearsal;

/// <summary>A published cell that a later survey changed.</summary>
internal sealed record RevisedCell(string Name, int Year, int Vintage, long Before, long After);

/// <summary>What the publications themselves say, for comparison with what comes out of a warehouse.</summary>
internal sealed class FfrdcExpected
{
    /// <summary>Published total of all centres by survey and fiscal year, from the trend table by source of funds.</summary>
    public IReadOnlyDictionary<(int Vintage, int Year), long> Totals { get; } =
        (
            from vintage in Enumerable.Range(FfrdcTables.FirstVintage, 5)
            from year in FfrdcTables.Published(vintage)
            where FfrdcTables.Trend(vintage)[0].ByYear.ContainsKey(year.Key)
            select (Key: (vintage, year.Key), Value: year.Value[0]!.Value)
        ).ToDictionary(t => t.Key, t => t.Value);

    /// <summary>All revised cells: one returned figure, the total above it, and six subtotals of class.</summary>
    public IReadOnlyList<RevisedCell> Revised { get; } =
    [
        new("All FFRDCs", 2022, 2023, 26_524_014, 26_006_971),
        new("Industry-administered FFRDCs", 2019, 2022, 8_758_076, 8_279_752),
        new("Industry-administered FFRDCs", 2020, 2022, 9_091_600, 8_597_506),
        new("Industry-administered FFRDCs", 2021, 2022, 9_700_692, 8_992_198),
        new("Los Alamos National Laboratory", 2022, 2023, 3_811_602, 3_294_559),
        new("Nonprofit-administered FFRDCs", 2019, 2022, 7_033_162, 7_511_486),
        new("Nonprofit-administered FFRDCs", 2020, 2022, 7_419_509, 7_913_603),
        new("Nonprofit-administered FFRDCs", 2021, 2022, 8_370_508, 9_079_002),
    ];

    /// <summary>A subtotal that follows from the revised figure and stands in no table: the FY 2023 survey prints no classes over time.</summary>
    public RevisedCell FollowsUnprinted { get; } = new("Industry-administered FFRDCs", 2022, 2023, 10_187_121, 9_670_078);
}
