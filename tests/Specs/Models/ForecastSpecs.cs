using System.Globalization;
using Innovation1551.Models.Warehouse;
using Innovation1551.Specs.Reading;
using Xunit;

namespace Innovation1551.Specs.Models;

/// <summary>
/// What the projections promise: the numbers of <c>forecast_horizon.csv</c> are what they are said to be, and on published series of R&amp;D spend
/// the model as it is shipped errs as little and lies in its bands as often as it says.
/// </summary>
public class ForecastSpecs
{
    private const double Level = 0.8,
        Trend = 0.2,
        Damping = 0.85;

    private static readonly List<string[]> Horizons =
    [
        .. Seed.Parse("seeds/forecast_horizon.csv", WarehouseSketch.Definitions["seeds/forecast_horizon.csv"]).Skip(1),
    ];

    public static TheoryData<int> Ahead => [.. Horizons.Select(h => int.Parse(h[0], CultureInfo.InvariantCulture))];

    /// <summary>The weights are those of the mean of three methods on logarithms, each of which is linear in the six values.</summary>
    [Theory, MemberData(nameof(Ahead))]
    public void A_weight_is_what_its_year_adds_to_the_mean_of_last_value_average_growth_and_damped_trend(int horizon)
    {
        for (var year = 0; year < 6; year++)
        {
            var x = new double[6];
            x[year] = 1;
            var (level, trend) = (x[0], x[1] - x[0]);
            foreach (var next in x[1..])
            {
                var was = level;
                level = Level * next + (1 - Level) * (level + Damping * trend);
                trend = Trend * (level - was) + (1 - Trend) * Damping * trend;
            }
            var damped = level + trend * Enumerable.Range(1, horizon).Sum(i => Math.Pow(Damping, i));
            var mean = (x[5] + (x[5] + horizon * (x[5] - x[0]) / 5) + damped) / 3;
            Assert.Equal(mean, double.Parse(Horizons[horizon - 1][1 + year], CultureInfo.InvariantCulture), 2e-6);
        }
    }

    [Fact]
    public void On_published_series_the_errors_and_the_bands_are_as_promised()
    {
        var file = Corpora.Path("data", "eurostat", "RD_PPS_KP05.csv");
        using var warehouse = new WarehouseSketch();
        warehouse.Make("published.figure");
        warehouse.Connection.Run(
            """
            create table known as
                select geo, geo || '|' || sect_perf || '|' || rnd_act as series, cast(year as integer) as year, cast(value as decimal(28, 6)) as value
                from read_csv($1, all_varchar = true)
                where try_cast(value as double) > 0 and interpolated_flag = 'FALSE' and coalesce(value_note, '') not in ('Break', 'Difference in Methodology')
            """,
            file
        );
        // Six whole years up to each base year are a metric of their own.
        warehouse.Connection.Run(
            """
            create table based as select b.series, b.geo, b.year as base from known as b join known as k on k.series = b.series and k.year between b.year - 5 and b.year group by all having count(*) = 6;
            insert into published.figure by name
                select b.series || '@' || b.base as metric, 'total' as breakdown, 'all' as category, 'year' as period_kind, k.year as period_year, k.value
                from based as b join known as k on k.series = b.series and k.year between b.base - 5 and b.base;
            """
        );
        warehouse.Fill(
            "seed.forecast_series",
            [
                ["metric", "least", "perimeter"],
            ]
        );
        warehouse.Connection.Run("insert into seed.forecast_series select distinct metric, null, 'comparable' from published.figure");
        warehouse.RunModel("published.forecast");

        var told = warehouse.Connection.Rows(
            """
            with held as (
                select
                    f.horizon, b.geo, b.series, abs(f.value / k.value - 1) * 100 as error, abs(p.value / k.value - 1) * 100 as naive,
                    k.value between f.low_50 and f.high_50 as in_50, k.value between f.low_90 and f.high_90 as in_90, f.median_error_percent, f.naive_error_percent
                from published.forecast as f
                join based as b on b.series || '@' || b.base = f.metric
                join known as k on k.series = b.series and k.year = f.period_year
                join known as p on p.series = b.series and p.year = b.base
            ),
            by_series as (
                select horizon, series, median(error) as error, median(naive) as naive from held group by all
            ),
            halved as (
                select *, dense_rank() over (order by geo) % 2 as half from held
            ),
            shares as (
                select horizon, avg(cast(in_50 as integer)) * 100 as s50, avg(cast(in_90 as integer)) * 100 as s90 from held group by all
                union all select horizon, avg(cast(in_50 as integer)) * 100, avg(cast(in_90 as integer)) * 100 from halved group by horizon, half
            )
            select
                h.horizon, (select count(*) from held as c where c.horizon = h.horizon), (select count(*) from by_series as c where c.horizon = h.horizon),
                (select median(error) from by_series as c where c.horizon = h.horizon), (select median(naive) from by_series as c where c.horizon = h.horizon),
                any_value(cast(h.median_error_percent as double)), any_value(cast(h.naive_error_percent as double)),
                (select max(abs(s50 - 50)) from shares as s where s.horizon = h.horizon), (select max(abs(s90 - 90)) from shares as s where s.horizon = h.horizon)
            from held as h group by h.horizon order by h.horizon
            """
        );
        Assert.Equal(Horizons.Count, told.Count);
        foreach (var row in told)
        {
            var numbers = row.Select(v => Convert.ToDouble(v, CultureInfo.InvariantCulture)).ToArray();
            TestContext.Current.TestOutputHelper?.WriteLine(string.Join(" | ", numbers.Select(n => n.ToString("0.##", CultureInfo.InvariantCulture))));
            Assert.True(numbers[1] > 4000 && numbers[2] > 500, "too few windows for a promise");
            // The errors that are printed with every projection, and none worse than the last figure repeated.
            Assert.Equal(numbers[3], numbers[5], 0.5);
            Assert.Equal(numbers[4], numbers[6], 0.5);
            Assert.True(numbers[5] <= numbers[6]);
            // Of all windows, and of either half of the countries.
            Assert.InRange(numbers[7], 0, 5);
            Assert.InRange(numbers[8], 0, 5);
        }
    }
}
