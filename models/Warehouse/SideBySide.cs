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
        var database = connection.Scalar<string>("select current_database()");
        for (var i = 0; i < others; i++)
        {
            var other = connection.Duplicate();
            _connections.Add(other);
            other.Open();
            other.Run($"use {Sql.Name(database!)}");
        }
    }

    /// <summary>Does each item once, in their order as far as they do not wait for each other. After a failure nothing more is begun.</summary>
    /// <param name="waits">What must be done before an item; what is not among the items is done already.</param>
    /// <exception cref="Exception">Of the items that failed, what the first in order threw.</exception>
    public void Run<T>(IReadOnlyList<T> items, Func<T, IEnumerable<T>> waits, Action<DuckDBConnection, T> run)
        where T : notnull
    {
        var place = items.Index().ToDictionary(i => i.Item, i => i.Index);
        var open = items.Select(i => waits(i).Where(place.ContainsKey).Select(w => place[w]).ToHashSet()).ToList();
        var left = Enumerable.Range(0, items.Count).ToList();
        var failed = new SortedDictionary<int, ExceptionDispatchInfo>();
        var gate = new object();
        Parallel.ForEach(_connections, new() { MaxDegreeOfParallelism = _connections.Count }, Work);
        foreach (var (_, failure) in failed)
            failure.Throw();

        void Work(DuckDBConnection connection)
        {
            while (Next() is { } i)
                try
                {
                    run(connection, items[i]);
                    lock (gate)
                    {
                        foreach (var others in open)
                            others.Remove(i);
                        Monitor.PulseAll(gate);
                    }
                }
                catch (Exception e)
                {
                    lock (gate)
                    {
                        failed.Add(i, ExceptionDispatchInfo.Capture(e));
                        Monitor.PulseAll(gate);
                    }
                }
        }

        int? Next()
        {
            lock (gate)
                while (failed.Count == 0 && left.Count > 0)
                {
                    if (left.FindIndex(i => open[i].Count == 0) is >= 0 and var at)
                    {
                        var next = left[at];
                        left.RemoveAt(at);
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
