using System.Globalization;
using DuckDB.NET.Data;

namespace Innovation1551.Models.Warehouse;

/// <summary>
/// Brings a copy of the release before up to date: a model runs again only where something that it reads says something else than it did, and
/// what comes out the same ends there. Of large tables that are made by return the rows of returns that came, went or changed take the place of
/// those before, and of those that are made by patent what such returns say of a patent; nothing else of them is written. What comes out is what
/// <see cref="WarehouseBuilder"/> makes from nothing.
/// </summary>
/// <param name="largeFrom">Rows from which on a table is large. Below, making it again costs less than finding what changed.</param>
internal sealed class WarehouseUpdate(
    ModelGraph graph,
    SideBySide connections,
    ManyRows many,
    BuildAccount account,
    IReadOnlyDictionary<string, Made> before,
    long largeFrom,
    string prelude
)
{
    private const string OfChangedReturns = "where return_id in (select return_id from changed.main.changed_return)";

    private const string OfChangedPatents = $"where {Model.Patent} in (select {Model.Patent} from changed.main.changed_patent)";

    /// <summary>Behind the name of a table of which rows were exchanged: those that came. Holds until the connection is closed.</summary>
    public static string OfChanged(Model model) => model.IsByPatent ? OfChangedPatents : OfChangedReturns;

    /// <summary>Tables made again.</summary>
    public HashSet<string> Whole { get; } = new(StringComparer.Ordinal);

    /// <summary>Tables of which returns or patents were exchanged.</summary>
    public HashSet<string> InPart { get; } = new(StringComparer.Ordinal);

    /// <summary>Models are brought up to date beside each other; what they share is written by one at a time.</summary>
    private readonly Lock _one = new();

    private HashSet<string>? _changedForms;

    private long? _changedPatents;

    private int _byPatent = graph.Ordered.Count(m => m.IsByPatent);

    /// <param name="connection">The copy, open for building.</param>
    /// <param name="path">File of the release before, for reading.</param>
    /// <param name="begin">Is told of each model before it is looked at.</param>
    public void Run(DuckDBConnection connection, string path, Action<Model> begin)
    {
        connection.Run($"attach {Sql.Literal(path)} as before (read_only); attach ':memory:' as changed");
        connection.Run("use changed");
        connection.Run(prelude);
        connection.Run("use building");
        var first = BuildAccount.Returns.SelectMany(r => graph.Upstream(r)).Distinct().ToHashSet();
        foreach (var (relation, made) in before)
            many.Count(relation, made.Says.Rows);
        connections.Run([.. graph.LongestFirst.Where(first.Contains)], m => graph.Waits[m.Relation], Bring, many.AreReadBy);
        connections.Run([.. graph.LongestFirst.Where(m => !first.Contains(m))], m => graph.Waits[m.Relation], Bring, many.AreReadBy);
        connection.Run("detach before");

        void Bring(DuckDBConnection own, Model model)
        {
            begin(model);
            var says = Brought(own, model, before[model.Relation]);
            many.Count(model.Relation, says.Rows);
            lock (_one)
                account.Says[model.Relation] = says;
            if (model.IsByPatent)
                Forget(own);
        }
    }

    /// <summary>After the last model made by patent nobody asks for the events of changed patents, and the memory that they take is the other models'.</summary>
    private void Forget(DuckDBConnection own)
    {
        lock (_one)
            if (--_byPatent == 0)
                own.Run("detach database if exists come; detach database if exists gone");
    }

    private TableDigest Brought(DuckDBConnection own, Model model, Made was)
    {
        bool isSame;
        lock (_one)
            isSame = account.From(model) == was.From;
        if (isSame && model.IsByPatent)
        {
            lock (_one)
                if (BuildAccount.Patents.All(r => account.Says[r] == before[r].Says))
                    return was.Says;
            return ChangedPatents(own) switch
            {
                null => Again(own, model),
                0 => was.Says,
                _ when model.Sums.Any() => Sum(own, model),
                _ => Exchange(own, model, was.Says),
            };
        }
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

    /// <summary>The model as it stands runs where core.dim_return holds the changed returns alone, or core.patent_event the events of changed patents.</summary>
    private TableDigest Exchange(DuckDBConnection own, Model model, TableDigest was)
    {
        var (place, partial) = model.IsByPatent ? ("come", BuildAccount.PatentEvents) : ("changed", "core.dim_return");
        Make(own, model, place, "building", partial);
        lock (_one)
            InPart.Add(model.Relation);
        var gone = TableDigest.Of(own, model, where: OfChanged(model));
        var come = TableDigest.Of(own, model, place + ".");
        own.Run(
            $"delete from {model.Relation} {OfChanged(model)}; insert into {model.Relation} from {place}.{model.Relation}; drop table {place}.{model.Relation}"
        );
        // What was exchanged stays in memory until it is written: of a hundred million rows more than a third of what there is.
        if (many.AreUtmost)
            own.Run("checkpoint");
        return was - gone + come;
    }

    /// <summary>What the changed patents had is taken off the sums, and what they have is added.</summary>
    private TableDigest Sum(DuckDBConnection own, Model model)
    {
        lock (_one)
            Whole.Add(model.Relation);
        Make(own, model, "gone", "before", BuildAccount.PatentEvents);
        Make(own, model, "come", "building", BuildAccount.PatentEvents);
        var (key, sums) = (string.Join(", ", model.Key), model.Sums.ToList());
        var summed = $"changed.main.{Sql.Name(model.Relation)}";
        own.Run(
            $"""
            create table {summed} as
            select {key}, {Columns("cast(sum({0}) as bigint) as {0}")}
            from (
                select {key}, {Columns("{0}")} from {model.Relation}
                union all select {key}, {Columns("-{0}")} from gone.{model.Relation}
                union all select {key}, {Columns("{0}")} from come.{model.Relation}
            )
            group by {key} having {Columns("sum({0}) <> 0", " or ")};
            delete from {model.Relation}; insert into {model.Relation} by name from {summed}; drop table {summed}
            """
        );
        return TableDigest.Of(own, model);

        string Columns(string pattern, string between = ", ") =>
            string.Join(between, sums.Select(s => string.Format(CultureInfo.InvariantCulture, pattern, s)));
    }

    /// <summary>
    /// Makes the table of a model in a database where one of the tables that it reads, or that the views do which it reads, holds what changed alone, and the
    /// others are those of a release.
    /// </summary>
    private void Make(DuckDBConnection own, Model model, string place, string release, string partial)
    {
        own.Run($"use {place}");
        lock (_one)
        {
            foreach (var read in graph.Tables[model.Relation].Where(r => !r.StartsWith("landing.", StringComparison.Ordinal) && r != partial))
                own.Run($"create view if not exists {read} as from {release}.{read}");
            foreach (var view in graph.ViewsOf(model))
                own.Run(view.Creation);
        }
        WarehouseBuilder.Run(own, model.Path, model.Sql);
        own.Run("use building");
    }

    /// <summary>
    /// How many patents changed; null where they are too many, or too few at all, to be told apart. These stand in changed.main.changed_patent, and their
    /// events in core.patent_event of the databases gone, as they were, and come, as they are.
    /// </summary>
    private long? ChangedPatents(DuckDBConnection own)
    {
        var events = before[BuildAccount.PatentEvents].Says.Rows;
        lock (_one)
        {
            if (events < largeFrom || Whole.Contains(BuildAccount.PatentEvents))
                return null;
            return (_changedPatents ??= FindChangedPatents(own, events / 4)) <= events / 4 ? _changedPatents : null;
        }
    }

    /// <summary>A patent changes by the returns that its events stand in, by the enterprises whose they are, and by those that own it.</summary>
    /// <param name="most">Of more than these nothing is set apart: all of them cost less.</param>
    private long FindChangedPatents(DuckDBConnection own, long most)
    {
        _changedForms ??= FindChangedReturns(own);
        own.Run(
            $"""
            create table changed.main.changed_enterprise as {Difference("core.dim_enterprise", "enterprise_key, enterprise_code")};
            create table changed.main.touched_return as
            from changed.main.changed_return select return_id
            union
            select return_id from core.dim_return where enterprise_key in (select enterprise_key from changed.main.changed_enterprise);
            create table changed.main.changed_patent as
            select {Model.Patent} from core.patent_event where return_id in (select return_id from changed.main.touched_return)
            union
            select {Model.Patent} from before.core.patent_event {OfChangedReturns}
            union
            select {Model.Patent} from before.core.bridge_patent_owner
            where enterprise_code in (select enterprise_code from changed.main.changed_enterprise)
            """
        );
        var changed = own.Scalar<long>("select count(*) from changed.main.changed_patent");
        if (changed == 0 || changed > most)
            return changed;
        foreach (var place in (string[])["come", "gone"])
        {
            own.Run($"attach ':memory:' as {place}");
            own.Run($"use {place}");
            own.Run(prelude);
        }
        // Events of a return that did not change are the same in both.
        own.Run(
            $"""
            create table come.{BuildAccount.PatentEvents} as from building.{BuildAccount.PatentEvents} {OfChangedPatents};
            create table gone.{BuildAccount.PatentEvents} as
            from come.{BuildAccount.PatentEvents} where return_id not in (select return_id from changed.main.changed_return)
            union all
            from before.{BuildAccount.PatentEvents} {OfChangedReturns}
            """
        );
        own.Run("use building");
        return changed;
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
    }

    /// <summary>Of a table that is made whole, columns of the rows that are in one release and not in the other.</summary>
    private string Difference(string table, string columns) =>
        Whole.Contains(table)
            ? $"select {columns} from (from before.{table} except from {table}) union select {columns} from (from {table} except from before.{table})"
            : $"select {columns} from {table} where false";
}
