using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sheets;
using Xunit;

namespace Innovation1551.Specs.Rehearsal;

/// <summary>What the published tables say of themselves, counted in plain C#. The same counts must come out of a warehouse.</summary>
public class FfrdcSpecs
{
    private static readonly int[] Vintages = [2019, 2020, 2021, 2022, 2023];

    [Fact]
    public void Every_row_of_the_source_of_funds_tables_balances()
    {
        var rows = Vintages.SelectMany(FfrdcTables.Funds).ToList();
        Assert.Equal(231, rows.Count);
        Assert.All(rows, r => Assert.Equal(r.Values[0] ?? 0, r.Values.Skip(1).Sum(v => v ?? 0)));
    }

    [Fact]
    public void Centres_sum_to_the_published_total_of_every_survey_and_year()
    {
        Assert.Equal(24, FfrdcConverter.Expected.Totals.Count);
        foreach (var ((vintage, year), published) in FfrdcConverter.Expected.Totals)
        {
            var sum = FfrdcTables.Trend(vintage).Where(r => r.Depth == 3).Sum(r => r.ByYear[year] ?? 0);
            Assert.True(published == sum, $"FY {year} in survey {vintage}: {published} published, {sum} summed");
        }
    }

    [Fact]
    public void Centres_sum_to_the_published_subtotals_under_the_classes_of_the_register()
    {
        var compared = 0;
        foreach (var vintage in Vintages)
        {
            var rows = FfrdcTables.Trend(vintage);
            foreach (var subtotal in rows.Where(r => r.Depth == 2))
            foreach (var (year, published) in subtotal.ByYear)
            {
                // Savannah River stands in two rows of the FY 2022 table, each with the years of its class; the other cells are NA.
                var sum = rows.Where(r =>
                        r.Depth == 3 && r.ByYear[year] is not null && FfrdcRegister.ClassOf(FfrdcRegister.Of(r.Name), year, vintage) == subtotal.Name
                    )
                    .Sum(r => r.ByYear[year]!.Value);
                Assert.True(published == sum, $"{subtotal.Name} FY {year} in survey {vintage}: {published} published, {sum} summed");
                compared++;
            }
        }
        Assert.Equal(57, compared);
    }

    [Fact]
    public void Eight_of_the_cells_that_stand_in_several_surveys_were_revised()
    {
        var cells = Cells();
        Assert.Equal(366, cells.Count);
        Assert.Equal(320, cells.Count(c => c.Value.Count > 1));
        Assert.Equal(FfrdcConverter.Expected.Revised, RevisedIn(cells));
    }

    [Fact]
    public void One_of_the_figures_that_centres_returned_was_revised()
    {
        var returned = Cells().Where(c => FfrdcRegister.Centres.Any(x => x.Name == c.Key.Name)).ToDictionary();
        Assert.Equal(337, returned.Count);
        Assert.Equal(295, returned.Count(c => c.Value.Count > 1));
        Assert.Equal("Los Alamos National Laboratory", Assert.Single(RevisedIn(returned)).Name);
    }

    [Fact]
    public void A_subtotal_that_is_not_printed_follows_from_the_revised_figure()
    {
        var cell = FfrdcConverter.Expected.FollowsUnprinted;
        long SumIn(int vintage) =>
            FfrdcTables
                .Trend(vintage)
                .Where(r => r.Depth == 3 && FfrdcRegister.ClassOf(FfrdcRegister.Of(r.Name), cell.Year, vintage) == cell.Name)
                .Sum(r => r.ByYear[cell.Year] ?? 0);
        Assert.Equal(cell.Before, SumIn(cell.Vintage - 1));
        Assert.Equal(cell.After, SumIn(cell.Vintage));
    }

    [Fact]
    public void There_are_forty_four_centres_and_each_survey_shows_forty_three()
    {
        Assert.Equal(44, FfrdcRegister.Centres.Count);
        Assert.Equal(44, FfrdcRegister.Centres.Select(c => c.Code).Distinct().Count());
        Assert.Equal(
            [43, 43, 43, 43, 43],
            Vintages.Select(v => FfrdcTables.Trend(v).Where(r => r.Depth == 3).Select(r => FfrdcNames.Canonical(r.Name)).Distinct().Count())
        );
    }

    [Fact]
    public void Two_centres_are_written_in_two_ways_and_keep_one_history() =>
        Assert.Equal(
            ["Judiciary Engineering Modernization Center", "NSF's National Optical-Infrared Astronomy Research Laboratory"],
            Vintages
                .SelectMany(v => FfrdcTables.Trend(v).Select(r => r.Name).Concat(FfrdcTables.Funds(v).Select(r => r.Name)))
                .Where(n => FfrdcNames.Canonical(n) != n)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void A_survey_becomes_a_register_and_a_return_for_each_of_its_years()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var files = Vintages.SelectMany(v => FfrdcConverter.WriteVintage(v, folder)).ToList();
            Assert.Equal(5 + 24, files.Distinct().Count());
            Assert.All(files, f => Assert.True(new FileInfo(Path.Combine(folder, f)).Length > 1000, f));
            var lines = File.ReadAllLines(Path.Combine(folder, "ffrdc_2023_rd_spend_FY2022.csv"));
            Assert.Contains("修订版次：5", lines[1], StringComparison.Ordinal);
            Assert.Contains(
                lines,
                l => l.Contains("Los Alamos National Laboratory,2022年", StringComparison.Ordinal) && l.Contains(",3294559,", StringComparison.Ordinal)
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_returns_of_all_surveys_load_without_an_error()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            foreach (var vintage in Vintages)
                FfrdcConverter.WriteVintage(vintage, Path.Combine(folder, "returns", $"{vintage}"));
            var workspace = new Workspace(Path.Combine(folder, "workspace")).Make();
            var load = new Loading(workspace, Definitions.Load(), new ReadOptions(), TimeProvider.System).Load(
                [Path.Combine(folder, "returns")],
                null,
                TestContext.Current.CancellationToken
            );
            Assert.Empty(load.Findings.Where(f => f.Severity == Severity.Error).Select(f => $"{f.Code} {f.File} {f.Row} {f.Problem.En}"));
            using var landing = LandingStore.Open(workspace.Landing);
            Assert.Equal(
                26_006_971m,
                landing.Connection.Scalar<decimal>("select sum(intramural_total_wan) from landing.in_force_rd_spend where period_year = 2022")
            );
            Assert.Equal(44, landing.Connection.Scalar<long>("select count(distinct enterprise_code) from landing.rd_spend"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The values of every cell by survey, in order of the surveys.</summary>
    private static Dictionary<(string Name, int Year), SortedDictionary<int, long?>> Cells()
    {
        var cells = new Dictionary<(string, int), SortedDictionary<int, long?>>();
        foreach (var vintage in Vintages)
        foreach (var row in FfrdcTables.Trend(vintage))
        foreach (var (year, value) in row.ByYear)
        {
            if (value is null)
                continue;
            var key = (FfrdcNames.Canonical(row.Name), year);
            if (!cells.TryGetValue(key, out var cell))
                cells.Add(key, cell = []);
            cell[vintage] = value;
        }
        return cells;
    }

    private static List<RevisedCell> RevisedIn(Dictionary<(string Name, int Year), SortedDictionary<int, long?>> cells) =>
        [
            .. from cell in cells
            from pair in cell.Value.Zip(cell.Value.Skip(1))
            where pair.First.Value != pair.Second.Value
            orderby cell.Key.Name, cell.Key.Year
            select new RevisedCell(cell.Key.Name, cell.Key.Year, pair.Second.Key, pair.First.Value!.Value, pair.Second.Value!.Value),
        ];
}
