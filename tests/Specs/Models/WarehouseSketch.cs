using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;

namespace Innovation1551.Specs.Models;

/// <summary>
/// A warehouse in memory, laid out as the real one: schemas by the prelude, landing tables by the forms' own declaration,
/// model tables by the declaration in their files, all empty until a spec fills them.
/// </summary>
internal sealed class WarehouseSketch : IDisposable
{
    public static readonly Definitions Definitions = Definitions.Load();
    public static readonly ModelGraph Graph = ModelGraph.Of(Definitions);
    private static readonly Dictionary<string, Model> Models = Graph.Ordered.ToDictionary(m => m.Relation);

    private const string SeedForm = "create table seed.form (form varchar, name_zh varchar, name_en varchar, kind varchar)";

    private readonly HashSet<string> _made = [];

    public WarehouseSketch()
    {
        Connection = new("DataSource=:memory:;threads=1");
        Connection.Open();
        Connection.Run("attach ':memory:' as landing; use landing;" + LandingTables.Ddl + LandingTables.Views);
        Connection.Run("use memory; set timezone = 'UTC'");
        Connection.Run(Definitions["prelude.sql"]);
    }

    public DuckDBConnection Connection { get; }

    /// <summary>Makes the table as it is declared, once: a seed with its rows, the calendar with its rows, others without any.</summary>
    public void Make(string relation)
    {
        if (!_made.Add(relation) || relation.StartsWith("landing.", StringComparison.Ordinal))
            return;
        if (relation == "seed.form")
        {
            Connection.Run(SeedForm);
            foreach (var form in FormCatalogue.All)
                Connection.Run("insert into seed.form values ($1, $2, $3, $4)", form.Id, form.Name.Zh, form.Name.En, form.Kind.ToString());
        }
        else if (relation is "seed.build")
            Connection.Run("create table seed.build (release_id varchar, definition_hash varchar, input_hash varchar)");
        else if (WarehouseBuilder.Filled.FirstOrDefault(f => f.Relation == relation) is { Sql: { } sql })
            Connection.Run(sql);
        else if (relation.StartsWith("seed.", StringComparison.Ordinal))
        {
            var path = $"seeds/{relation["seed.".Length..]}.csv";
            Seed.Load(Connection, relation, path, Definitions[path]);
        }
        else if (relation == "core.dim_period")
            Connection.Run(Models[relation].Sql);
        else if (ViewOf(relation) is { } view)
            Connection.Run(view.Creation);
        else
            Declare(relation);
    }

    /// <summary>A view of cells, which a model may read as it reads a table, with what it reads itself made; null for what is no such view.</summary>
    private ModelView? ViewOf(string relation)
    {
        if (!relation.StartsWith("lineage.", StringComparison.Ordinal))
            return null;
        var view = Graph.Views[relation];
        foreach (var read in view.Reads)
            Make(read);
        return view;
    }

    /// <summary>Fills a table with rows of text, typed by the table's own columns. A seed or a view of cells gets these rows instead of its own.</summary>
    /// <param name="rows">The header, then the rows; an empty cell is null.</param>
    public void Fill(string relation, IReadOnlyList<string[]> rows)
    {
        if (relation == "seed.form" && _made.Add(relation))
            Connection.Run(SeedForm);
        else if (relation.StartsWith("seed.", StringComparison.Ordinal) && relation is not ("seed.build" or "seed.form"))
        {
            _made.Add(relation);
            Connection.Run($"create table {relation} ({string.Join(", ", rows[0].Select(c => c + " varchar"))})");
        }
        else if (relation == "core.dim_period" && _made.Add(relation))
            Declare(relation);
        else if (ViewOf(relation) is { } view && _made.Add(relation))
            Connection.Run($"create table {relation} as\nselect * from ({view.Query}) limit 0");
        else
            Make(relation);
        foreach (var row in rows.Skip(1))
            Connection.Run($"insert into {relation} ({string.Join(", ", rows[0])}) values ({string.Join(", ", row.Select(Literal))})");
    }

    public void RunModel(string relation)
    {
        foreach (var read in Graph.Reads[relation])
            Make(read);
        _made.Add(relation);
        Connection.Run(Models[relation].Sql);
    }

    /// <summary>Whether a model reads a table, itself or through a view of cells or of landing.</summary>
    public static bool Reads(string relation, string table) =>
        Graph.Reads[relation].Contains(table) || Graph.Tables[relation].Any(r => r == table || Behind.Value.Contains((r, table)));

    /// <summary>Landing's views, each with every table that it is made from.</summary>
    private static readonly Lazy<HashSet<(string View, string Table)>> Behind = new(() =>
    {
        using var warehouse = new WarehouseSketch();
        var views = warehouse
            .Connection.Rows("select view_name, sql from duckdb_views() where database_name = 'landing' and not internal")
            .ToDictionary(r => (string)r[0]!, r => (string)r[1]!);
        var tables = warehouse.Connection.Rows("select table_name from duckdb_tables() where database_name = 'landing'").Select(r => (string)r[0]!).ToList();
        IEnumerable<string> Tables(string view) =>
            tables.Where(t => Names(views[view], t)).Concat(views.Keys.Where(v => v != view && Names(views[view], v)).SelectMany(Tables));
        return [.. views.Keys.SelectMany(v => Tables(v).Select(t => ("landing." + v, "landing." + t)))];

        static bool Names(string sql, string relation) => System.Text.RegularExpressions.Regex.IsMatch(sql, $@"\b{relation}\b");
    });

    public static Model ModelOf(string relation) => Models[relation];

    public void Dispose() => Connection.Dispose();

    private void Declare(string relation) =>
        Connection.Run($"create table {relation} ({string.Join(", ", Models[relation].Columns.Select(c => $"{c.Name} {c.Type}"))})");

    private static string Literal(string cell) => cell.Length == 0 ? "null" : "'" + cell.Replace("'", "''", StringComparison.Ordinal) + "'";
}
