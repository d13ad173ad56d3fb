using DuckDB.NET.Data;

namespace Innovation1551.Models.Warehouse;

/// <summary>
/// Brings a copy of the release before up to date: a model runs again only where something that it reads says something else than it did, and
/// what comes out the same ends there. Of large tables that are made by return the rows of returns that came, went or changed take the place of
/// those before; nothing else of them is read or written. What comes out is what <see cref="WarehouseBuilder"/> makes from nothing.
/// </summary>
/// <param name="largeFrom">Rows from which on a table is large. Below, making it again costs less than finding what changed.</param>
internal sealed class WarehouseUpdate(
    ModelGraph graph,
    DuckDBConnection connection,
    int beside,
    BuildAccount account,
    IReadOnlyDictionary<string, Made> before,
    long largeFrom
)
{
    /// <summary>Behind the name of a table made by return: the rows of the returns that came or changed. Holds until the connection is closed.</summary>
    public const string OfChangedReturns = "where return_id in (select return_id from changed.main.changed_return)";

    /// <summary>Tables made again.</summary>
    public HashSet<string> Whole { get; } = new(StringComparer.Ordinal);

    /// <summary>Tables of which returns were exchanged.</summary>
    public HashSet<string> InPart { get; } = new(StringComparer.Ordinal);

    /// <summary>Models are brought up to date beside each other; what they share is written by one at a time.</summary>
    private readonly Lock _one = new();

    private HashSet<string>? _changedForms;

    /// <param name="path">File of the release before, for reading.</param>
    /// <param name="begin">Is told of each model before it is looked at.</param>
    public void Run(string path, Action<Model> begin, string prelude)
    {
        connection.Run($"attach {Sql.Literal(path)} as before (read_only); attach ':memory:' as changed");
        connection.Run("use changed");
        connection.Run(prelude);
        connection.Run("use building");
        var first = BuildAccount.Returns.SelectMany(r => graph.Upstream(r)).Distinct().ToHashSet();
        using var connections = new SideBySide(connection, beside);
        connections.Run([.. graph.LongestFirst.Where(first.Contains)], m => graph.Waits[m.Relation], Bring);
        connections.Run([.. graph.LongestFirst.Where(m => !first.Contains(m))], m => graph.Waits[m.Relation], Bring);
        connection.Run("detach before");

        void Bring(DuckDBConnection own, Model model)
        {
            begin(model);
            var says = Brought(own, model, before[model.Relation]);
            lock (_one)
                account.Says[model.Relation] = says;
        }
    }

    private TableDigest Brought(DuckDBConnection own, Model model, Made was)
    {
        bool isSame;
        lock (_one)
            isSame = account.From(model) == was.From;
        if (isSame && (!model.IsByReturn || !ChangedForms(own).Overlaps(Forms(model))))
            return was.Says;
        return isSame && was.Says.Rows >= largeFrom ? Exchange(own, model, was.Says) : Again(own, model);
    }

    /// <summary>The forms whose rows a model made by return reads.</summary>
    private IEnumerable<string> Forms(Model model) =>
        graph
            .Reads[model.Relation]
            .Where(r => r.StartsWith("landing.", StringComparison.Ordinal))
            .Select(r => r["landing.".Length..])
            .Select(r => r.StartsWith("corrected_", StringComparison.Ordinal) ? r["corrected_".Length..] : r);

    private TableDigest Again(DuckDBConnection own, Model model)
    {
        lock (_one)
            Whole.Add(model.Relation);
        WarehouseBuilder.Run(own, model.Path, $"delete from {model.Relation}; {model.Insertion}");
        return TableDigest.Of(own, model);
    }

    private TableDigest Exchange(DuckDBConnection own, Model model, TableDigest was)
    {
        // The model as it stands runs where core.dim_return holds the changed returns alone.
        own.Run("use changed");
        lock (_one)
        {
            InPart.Add(model.Relation);
            foreach (var read in graph.Reads[model.Relation].Where(r => !r.StartsWith("landing.", StringComparison.Ordinal) && r != "core.dim_return"))
                own.Run($"create view if not exists {read} as from building.{read}");
        }
        WarehouseBuilder.Run(own, model.Path, model.Sql);
        own.Run("use building");
        var gone = TableDigest.Of(own, model, where: OfChangedReturns);
        var come = TableDigest.Of(own, model, "changed.");
        own.Run(
            $"delete from {model.Relation} {OfChangedReturns}; insert into {model.Relation} from changed.{model.Relation}; drop table changed.{model.Relation}"
        );
        return was - gone + come;
    }

    /// <summary>The forms of the returns that came, went or say something else than in the release before; the returns stand in changed.main.changed_return.</summary>
    private HashSet<string> ChangedForms(DuckDBConnection own)
    {
        lock (_one)
            return _changedForms ??= FindChangedReturns(own);
    }

    private HashSet<string> FindChangedReturns(DuckDBConnection own)
    {
        own.Run(
            $"""
            create table changed.main.changed_return as
            with sheet as (
                {Difference("core.rejected_row", "file_no, sheet_no")}
            )
            {Difference("core.dim_return", "return_id, form")}
            union
            select r.return_id, r.form from (from before.core.dim_return union all from core.dim_return) as r semi join sheet using (file_no, sheet_no)
            union
            select r.return_id, r.form from ({Difference("core.corrected_cell", "return_id")}) as x join core.dim_return as r using (return_id);
            create table changed.core.dim_return as from core.dim_return semi join changed.main.changed_return using (return_id)
            """
        );
        return [.. own.Rows("select distinct form from changed.main.changed_return").Select(r => (string)r[0]!)];

        string Difference(string table, string columns) =>
            Whole.Contains(table)
                ? $"select {columns} from (from before.{table} except from {table}) union select {columns} from (from {table} except from before.{table})"
                : $"select {columns} from {table} where false";
    }
}
