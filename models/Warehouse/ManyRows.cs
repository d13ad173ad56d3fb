using System.Collections.Concurrent;
using DuckDB.NET.Data;

namespace Innovation1551.Models.Warehouse;

/// <summary>Which models read many rows: two of them beside each other would want the memory that the engine has for one.</summary>
internal sealed class ManyRows
{
    /// <summary>Rows of a table from which on nothing else is done beside a model, and the engine has more memory.</summary>
    private const long Utmost = 50_000_000;

    private const string Landing = "landing.";
    private const string Corrected = "corrected_";

    private readonly ModelGraph _graph;
    private readonly ConcurrentDictionary<string, long> _rows = new(StringComparer.Ordinal);

    /// <param name="connection">A database with landing attached under this name.</param>
    public ManyRows(DuckDBConnection connection, ModelGraph graph)
    {
        _graph = graph;
        foreach (var row in connection.Rows("select table_name, estimated_size from duckdb_tables() where database_name = 'landing'"))
            _rows[Landing + (string)row[0]!] = (long)row[1]!;
        // The one view over all forms; the others are of one form each, or of rows that are found fault with.
        _rows[Landing + "any_row"] = _rows.Values.Max();
    }

    /// <summary>Whether the tables of landing are small all together.</summary>
    public bool AreNone => _rows.Values.All(r => r < WarehouseBuilder.Many);

    /// <summary>Whether a table of landing is so large that to put its rows together takes all the memory there is.</summary>
    public bool AreUtmost => _rows.Values.Any(r => r >= Utmost);

    /// <summary>A table that was made.</summary>
    public void Count(string relation, long rows) => _rows[relation] = rows;

    public bool AreReadBy(Model model) =>
        _graph
            .Tables[model.Relation]
            .Any(r => _rows.GetValueOrDefault(r.Replace(Landing + Corrected, Landing, StringComparison.Ordinal)) >= WarehouseBuilder.Many);
}
