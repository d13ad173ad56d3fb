using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Warehouse;

/// <summary>Work on two connections comes out as work on one.</summary>
public sealed class SideBySideSpecs : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public SideBySideSpecs() => _connection.Open();

    public void Dispose() => _connection.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Each_is_done_once_and_after_what_it_waits_for(int others)
    {
        using var connections = new SideBySide(_connection, others);
        _connection.Run("create table t0 as select 1 as n");
        // Each reads what the two before it have written, some through another connection.
        connections.Run(
            [.. Enumerable.Range(1, 40)],
            i => [i - 1, i - 2],
            (own, i) => own.Run($"create table t{i} as select sum(n) + 1 as n from (from t{i - 1} union all from t{Math.Max(i - 2, 0)})")
        );
        Assert.Equal(41L, _connection.Scalar<long>("select count(*) from duckdb_tables()"));
    }

    [Fact]
    public void Two_go_on_at_the_same_time()
    {
        using var connections = new SideBySide(_connection, 1);
        using var meeting = new Barrier(2);
        connections.Run<string>(["a", "b"], _ => [], (_, _) => Assert.True(meeting.SignalAndWait(TimeSpan.FromMinutes(1))));
    }

    [Fact]
    public void Of_two_large_ones_one_waits_and_a_small_one_goes_on_beside()
    {
        using var connections = new SideBySide(_connection, 1);
        using var meeting = new Barrier(2);
        var (large, most) = (0, 0);
        connections.Run<string>(
            ["large 1", "large 2", "small 1", "small 2"],
            _ => [],
            (_, item) =>
            {
                var isLarge = item.StartsWith("large", StringComparison.Ordinal);
                if (isLarge)
                    most = Math.Max(most, Interlocked.Increment(ref large));
                // Each large one meets a small one.
                Assert.True(meeting.SignalAndWait(TimeSpan.FromMinutes(1)));
                if (isLarge)
                    Interlocked.Decrement(ref large);
            },
            i => i.StartsWith("large", StringComparison.Ordinal)
        );
        Assert.Equal(1, most);
    }

    [Fact]
    public void After_a_failure_nothing_more_begins_and_the_first_in_order_is_told()
    {
        using var connections = new SideBySide(_connection, 1);
        using var meeting = new Barrier(2);
        var begun = 0;
        var failure = Assert.Throws<DuckDBException>(() =>
            connections.Run(
                [.. Enumerable.Range(0, 10)],
                i => i < 2 ? [] : [0, 1],
                (own, i) =>
                {
                    Interlocked.Increment(ref begun);
                    meeting.SignalAndWait();
                    own.Run($"select from_nowhere_{i}");
                }
            )
        );
        Assert.Contains("from_nowhere_0", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, begun);
    }
}
