using System.Runtime.ExceptionServices;
using DuckDB.NET.Data;

namespace Innovation1551.Models.Warehouse;

/// <summary>
/// Connections to one open database on which work goes on at the same time. A hundred small queries are mostly planning, which the engine does on one
/// thread a connection: two connections use two processors where one would leave the second idle.
/// </summary>
internal sealed class SideBySide : IDisposable
{
    private readonly List<DuckDBConnection> _connections;

    /// <param name="connection">Stays the caller's.</param>
    /// <param name="others">How many there are beside it.</param>
    public SideBySide(DuckDBConnection connection, int others)
    {
        _connections = [connection];
        for (var i = 0; i < others; i++)
            _connections.Add(Database.OpenBeside(connection));
    }

    /// <summary>What is found for each item, in their order, where none waits for another.</summary>
    public IReadOnlyList<TFound> Each<T, TFound>(IReadOnlyList<T> items, Func<DuckDBConnection, T, TFound> find)
    {
        var found = new TFound[items.Count];
        Run([.. Enumerable.Range(0, items.Count)], _ => [], (own, i) => found[i] = find(own, items[i]));
        return found;
    }

    /// <summary>Does each item once, in their order as far as they do not wait for each other. After a failure nothing more is begun.</summary>
    /// <param name="waits">What must be done before an item; what is not among the items is done already.</param>
    /// <param name="isLarge">Of two of which this is true one waits for the other; asked when what an item waits for is done.</param>
    /// <exception cref="Exception">Of the items that failed, what the first in order threw.</exception>
    public void Run<T>(IReadOnlyList<T> items, Func<T, IEnumerable<T>> waits, Action<DuckDBConnection, T> run, Func<T, bool>? isLarge = null)
        where T : notnull
    {
        // By number: a model is told from another by all of its text.
        var number = items.Index().ToDictionary(i => i.Item, i => i.Index);
        var left = items.Select((item, i) => (Index: i, WaitsFor: waits(item).Where(number.ContainsKey).Select(w => number[w]).ToHashSet())).ToList();
        var failed = new SortedDictionary<int, ExceptionDispatchInfo>();
        var large = -1;
        var gate = new object();
        Parallel.ForEach(_connections, new() { MaxDegreeOfParallelism = _connections.Count }, Work);
        foreach (var (_, failure) in failed)
            failure.Throw();

        void Work(DuckDBConnection connection)
        {
            while (Next() is { } index)
            {
                ExceptionDispatchInfo? failure = null;
                try
                {
                    run(connection, items[index]);
                }
                catch (Exception e)
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
                lock (gate)
                {
                    if (failure is not null)
                        failed.Add(index, failure);
                    foreach (var other in left)
                        other.WaitsFor.Remove(index);
                    if (large == index)
                        large = -1;
                    Monitor.PulseAll(gate);
                }
            }
        }

        // The next that waits for none; null when there is nothing more to begin.
        int? Next()
        {
            lock (gate)
                while (failed.Count == 0 && left.Count > 0)
                {
                    if (left.FindIndex(i => i.WaitsFor.Count == 0 && (large < 0 || !isLarge!(items[i.Index]))) is >= 0 and var at)
                    {
                        var next = left[at].Index;
                        left.RemoveAt(at);
                        if (large < 0 && isLarge?.Invoke(items[next]) == true)
                            large = next;
                        return next;
                    }
                    Monitor.Wait(gate);
                }
            return null;
        }
    }

    public void Dispose()
    {
        foreach (var connection in _connections.Skip(1))
            connection.Dispose();
    }
}
