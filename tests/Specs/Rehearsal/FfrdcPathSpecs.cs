using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Publishing.Annual;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;
using Innovation1551.Returns;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Rehearsal;

/// <summary>The five surveys, one after the other, through load, build and diff: what the publications say must come out to the digit.</summary>
public sealed class FfrdcPathSpecs(FfrdcPathSpecs.Releases path) : IClassFixture<FfrdcPathSpecs.Releases>
{
    private static readonly int[] Vintages = [2019, 2020, 2021, 2022, 2023];
    private readonly TestWorkspace _workspace = path.Workspace;
    private readonly Dictionary<int, Manifest> _releases = path.ByVintage;

    [Fact]
    public void Each_release_has_the_totals_that_its_survey_published()
    {
        foreach (var (key, published) in FfrdcConverter.Expected.Totals)
        {
            var figure = _workspace
                .Query(
                    $"select cast(value as bigint), value = cast(value as bigint) from published.figure where figure_id = 'rd_intramural:total:all:{key.Year}'",
                    _releases[key.Vintage]
                )
                .Single();
            Assert.Equal((published, true), ((long)figure[0]!, (bool)figure[1]!));
        }
        Assert.Equal(24, FfrdcConverter.Expected.Totals.Count);
    }

    /// <summary>One release holds all that was known before: the day on which a survey was filled in gives its totals back.</summary>
    [Fact]
    public void The_last_release_knows_the_totals_of_every_survey_before_it()
    {
        foreach (var (key, published) in FfrdcConverter.Expected.Totals)
            Assert.Equal(
                (key, (decimal)published),
                (
                    key,
                    (decimal)
                        _workspace
                            .Query(
                                $"""
                                select value from published.vintage where metric = 'rd_intramural' and breakdown = 'total' and period = '{key.Year}' and as_of <= date '{key.Vintage
                                    + 1}-11-30'
                                order by as_of desc limit 1
                                """,
                                _releases[2023]
                            )
                            .Single()[0]!
                )
            );
        // The triangle told from the surveys themselves: the totals of each year in the order of the surveys, where they differ.
        var expected = FfrdcConverter
            .Expected.Totals.GroupBy(t => t.Key.Year)
            .SelectMany(year =>
                year.OrderBy(t => t.Key.Vintage)
                    .Aggregate(new List<long>(), (seen, t) => seen.Count > 0 && seen[^1] == t.Value ? seen : [.. seen, t.Value])
                    .Select((value, i) => (year.Key, i + 1, (decimal)value))
            );
        Assert.Equal(
            expected.Order(),
            _workspace
                .Query(
                    "select cast(period as integer), vintage_no, value from published.vintage where metric = 'rd_intramural' and breakdown = 'total'",
                    _releases[2023]
                )
                .Select(r => ((int)r[0]!, (int)r[1]!, (decimal)r[2]!))
                .Order()
        );
    }

    /// <summary>The report shows the same triangle: a row for each fiscal year, a column for the end of each year in which a survey came out.</summary>
    [Fact]
    public void The_report_s_triangle_holds_what_each_survey_published()
    {
        using var release = _workspace.Open(_releases[2023]);
        var triangle = new AnnualDocument(new PublishedRelease(release.Connection), 2023, [], [])
            .Build()
            .Blocks.OfType<DataTable>()
            .Single(t => t.Id == "t-triangle-rd-intramural");
        var columns = triangle.Columns.Skip(1).Select(c => c.Heading.In(Language.En)).ToList();
        foreach (var (key, published) in FfrdcConverter.Expected.Totals)
        {
            var row = triangle.Rows.Single(r => r.Name.In(Language.En) == key.Year.ToString(CultureInfo.InvariantCulture));
            var cell = row.Cells[columns.IndexOf($"Known at the end of {key.Vintage + 1}")];
            Assert.Equal((key, Math.Round(published / 10_000m, 2, MidpointRounding.AwayFromZero)), (key, cell.Number));
        }
    }

    [Fact]
    public void Sources_of_funds_balance_for_each_centre_class_and_total()
    {
        const string balances = """
            with sums as (
                select f.return_id, sum(f.amount_wan) as sources from core.rd_funding as f group by all
            )
            select d.group_code, p.period_year, r.enterprise_code, i.amount_wan, s.sources
            from sums as s
            join core.rd_intramural as i using (return_id)
            join core.dim_return as r using (return_id)
            join core.dim_period as p on p.period_key = r.period_key
            join core.dim_enterprise as d on d.enterprise_key = r.enterprise_key
            """;
        var rows = _workspace
            .Query(balances, _releases[2023])
            .Select(r => (Class: (string)r[0]!, Year: (int)r[1]!, Amount: (decimal)r[3]!, Sources: (decimal)r[4]!))
            .ToList();
        var byClass = rows.GroupBy(r => (r.Class, r.Year)).Select(g => (Amount: g.Sum(r => r.Amount), Sources: g.Sum(r => r.Sources))).ToList();
        var byYear = rows.GroupBy(r => r.Year).Select(g => (Amount: g.Sum(r => r.Amount), Sources: g.Sum(r => r.Sources))).ToList();
        Assert.All(rows, r => Assert.Equal(r.Amount, r.Sources));
        Assert.All(byClass.Concat(byYear), r => Assert.Equal(r.Amount, r.Sources));
        Assert.Equal(231, rows.Count + byClass.Count + byYear.Count);
    }

    [Fact]
    public void Diffs_between_the_surveys_list_exactly_the_revised_cells()
    {
        var found = new List<(string Cell, int Year, int Vintage, long Before, long After)>();
        for (var i = 1; i < Vintages.Length; i++)
            found.AddRange(
                _workspace
                    .Between(_releases[Vintages[i - 1]], _releases[Vintages[i]])
                    .Where(c => c.Kind == "revised")
                    .Select(c => (Id: c.Figure.Split(':'), Change: c))
                    .Where(c => c.Id is ["rd_intramural", "total" or "group" or "enterprise", _, _])
                    .Select(c =>
                        (
                            Cell: c.Id[2],
                            Year: int.Parse(c.Id[3], CultureInfo.InvariantCulture),
                            Vintage: Vintages[i],
                            (long)c.Change.Before!.Value,
                            (long)c.Change.After!.Value
                        )
                    )
            );

        var names = _workspace
            .Query("select enterprise_code, enterprise_name from core.dim_enterprise where is_current", _releases[2023])
            .ToDictionary(r => (string)r[0]!, r => (string)r[1]!);
        names["all"] = "All FFRDCs";
        // The survey of 2023 prints no classes, so the class above Los Alamos moves here and stands in no publication.
        var published = found.Where(f => !(f.Vintage == 2023 && names[f.Cell].EndsWith("-administered FFRDCs", StringComparison.Ordinal))).ToList();
        Assert.Equal(
            FfrdcConverter.Expected.Revised.Select(r => (r.Name, r.Year, r.Vintage, r.Before, r.After)).Order(),
            published.Select(f => (names[f.Cell], f.Year, f.Vintage, f.Before, f.After)).Order()
        );
        Assert.Equal(9, found.Count);
    }

    /// <summary>Los Alamos returned another figure; Idaho and Savannah River passed to another class with the figures as they were.</summary>
    [Fact]
    public void Each_revised_cell_is_put_down_to_what_revised_it()
    {
        for (var i = 1; i < Vintages.Length; i++)
        {
            var changes = _workspace.Between(_releases[Vintages[i - 1]], _releases[Vintages[i]]);
            Assert.All(changes, c => Assert.Equal((c.After ?? 0) - (c.Before ?? 0), c.Parts.Values.Sum()));
            foreach (var c in changes.Where(c => c.Kind == "revised" && c.Figure.StartsWith("rd_intramural:", StringComparison.Ordinal)))
                Assert.Equal(
                    (c.Figure, Vintages[i], Vintages[i] == 2022 ? Cause.Perimeter : Cause.Correction),
                    (c.Figure, Vintages[i], Assert.Single(c.Parts).Key)
                );
            // The survey's own year is new in each: a late return, in the eyes of the release before.
            Assert.Equal([Cause.LateReturn], changes.Single(c => c.Figure == $"rd_intramural:total:all:{Vintages[i]}").Parts.Keys);
        }
    }

    [Fact]
    public void A_renamed_centre_keeps_one_history()
    {
        var histories = _workspace.Query(
            """
            select r.enterprise_code, count(distinct p.period_year)
            from core.dim_return as r
            join core.dim_period as p using (period_key)
            join core.enterprise_alias as a on a.enterprise_code = r.enterprise_code
            where r.is_latest and r.form = 'rd_spend' and a.alias like '%NOIRLab%'
            group by all
            """,
            _releases[2023]
        );
        var history = Assert.Single(histories);
        Assert.Equal(8L, history[1]);
        Assert.Equal(
            44L,
            _workspace.Query("select count(distinct enterprise_code) from core.dim_enterprise where enterprise_level = 'S'", _releases[2023]).Single()[0]
        );
    }

    [Fact]
    public void An_older_release_can_be_built_again_to_the_same_content()
    {
        var again = _workspace.Build(asOf: _releases[2021].Id);
        Assert.Empty(again.Failures);
        Assert.True(again.IsNew);
        Assert.Equal(_releases[2021].ContentHash, again.Manifest!.ContentHash);
    }

    /// <summary>The five releases, made once for all tests.</summary>
    public sealed class Releases : IDisposable
    {
        internal TestWorkspace Workspace { get; } = new();
        internal Dictionary<int, Manifest> ByVintage { get; } = [];

        public Releases()
        {
            foreach (var vintage in Vintages)
            {
                var folder = Path.Combine(Workspace.Workspace.Inbox, vintage.ToString(CultureInfo.InvariantCulture));
                FfrdcConverter.WriteVintage(vintage, folder);
                var load = Workspace.Load(folder);
                Assert.DoesNotContain(load.Findings, f => f.Severity == Severity.Error);
                var build = Workspace.Build();
                Assert.Empty(build.Failures);
                ByVintage[vintage] = build.Manifest!;
            }
        }

        public void Dispose() => Workspace.Dispose();
    }
}
