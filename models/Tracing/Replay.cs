using System.Collections.Immutable;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Tracing;

/// <summary>A figure as the metric models give it, before it gets its published name.</summary>
public sealed record FigureValue(decimal? Value, decimal? Numerator, decimal? Denominator);

/// <summary>
/// A warehouse in memory whose facts are chosen from releases, over which the metric models run again.
/// What a figure is made of is shown by the same SQL that made it: no formula is written twice.
/// </summary>
public sealed class Replay : IDisposable
{
    private readonly Definitions _definitions;
    private readonly ModelGraph _graph;
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    /// <param name="definitions">Whose metric models and seeds are to run.</param>
    public Replay(Definitions definitions)
    {
        (_definitions, _graph) = (definitions, ModelGraph.Of(definitions));
        Connection = new("DataSource=:memory:");
        Connection.Open();
        Connection.Run("set timezone = 'UTC'; set preserve_insertion_order = true");
        Connection.Run(definitions["prelude.sql"]);
    }

    public DuckDBConnection Connection { get; }

    /// <summary>Attaches the file of an open release under a name, for reading.</summary>
    public void Attach(DuckDBConnection release, string name) => Connection.Run($"attach {Sql.Literal(Database.FileOf(release))} as {name} (read_only)");

    /// <summary>Tables of schema core in an attached release, with the types of their columns in order: facts and dimensions, without what is counted from them.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<(string Name, string Type)>> Core(string catalog)
    {
        var counted = _graph.Ordered.Where(m => m.IsByPatent).Select(m => m.Relation).ToHashSet(StringComparer.Ordinal);
        return Connection
            .Rows(
                "select table_name, column_name, data_type from duckdb_columns() where database_name = $1 and schema_name = 'core' order by table_name, column_index",
                catalog
            )
            .GroupBy(r => (string)r[0]!, StringComparer.Ordinal)
            .Where(g => !counted.Contains("core." + g.Key))
            .ToDictionary(g => g.Key, g => g.Select(r => ((string)r[1]!, (string)r[2]!)).ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>The relations in which figures stand: all that have the one shape.</summary>
    public static ImmutableArray<string> FigureRelations(ModelGraph graph) => [.. graph.Ordered.Where(m => m.HoldsFigures).Select(m => m.Relation)];

    /// <summary>The tables of schema core from which a relation of schema metric is made.</summary>
    public IReadOnlyCollection<string> CoreOf(string relation)
    {
        var measured = Measured(relation).ToList();
        return
        [
            .. measured
                .SelectMany(m => _graph.Tables[m.Relation])
                .Where(r => r.StartsWith("core.", StringComparison.Ordinal))
                .Except(measured.Select(m => m.Relation)),
        ];
    }

    /// <summary>Runs the models that make a relation of schema metric over the tables of schema core that stand in the connection.</summary>
    public void Measure(string relation)
    {
        foreach (var model in Measured(relation))
        {
            if (!_made.Add(model.Relation))
                continue;
            foreach (var seed in _graph.Tables[model.Relation].Where(r => r.StartsWith("seed.", StringComparison.Ordinal) && _made.Add(r)))
                Seed.Load(Connection, seed, $"seeds/{seed["seed.".Length..]}.csv", _definitions[$"seeds/{seed["seed.".Length..]}.csv"]);
            foreach (var view in _graph.ViewsOf(model))
                Connection.Run(view.Creation);
            Connection.Run(model.Sql);
        }
    }

    /// <summary>Metric models, and those that count facts for them.</summary>
    private IEnumerable<Model> Measured(string relation) =>
        _graph.Upstream(relation).Where(m => m.IsByPatent || m.Relation.StartsWith("metric.", StringComparison.Ordinal));

    public void Dispose() => Connection.Dispose();
}
