using System.Collections.Immutable;
using DuckDB.NET.Data;

namespace Innovation1551.Models.Warehouse;

/// <summary>A check that returned rows: what is wrong and the first offending rows.</summary>
public sealed record CheckFailure(string Check, string Meaning, long Rows, IReadOnlyList<string> Examples);

/// <summary>What stands between what is measured and what is published.</summary>
/// <param name="Suppress">Runs as soon as <c>published.figure</c> is made, with facts, metrics and lineage there and before anything is made from the figures.</param>
/// <param name="Withhold">Runs after all models.</param>
public sealed record FigureGate(Action<DuckDBConnection> Suppress, Action<DuckDBConnection> Withhold);

/// <summary>A warehouse that is built and not checked yet.</summary>
/// <param name="Lineage">What each column is made of, which <c>published.column_lineage</c> tells too.</param>
/// <param name="Whole">Tables that were made again; null for all of them.</param>
/// <param name="InPart">Tables in which the rows of some returns or patents were exchanged.</param>
public sealed record BuiltTables(
    IReadOnlyDictionary<TableColumn, ImmutableSortedSet<TableColumn>> Lineage,
    IReadOnlySet<string>? Whole,
    IReadOnlySet<string> InPart
)
{
    /// <summary>The tables that were written; null for all of them.</summary>
    public IReadOnlySet<string>? Written => Whole is null ? null : new HashSet<string>(Whole.Concat(InPart), StringComparer.Ordinal);
}

/// <summary>Builds the warehouse: lays it out, fills it by the models in order, checks it.</summary>
public sealed class WarehouseBuilder(Definitions definitions, ModelGraph graph)
{
    /// <summary>Seed tables that the build fills itself while it runs, with what makes them.</summary>
    public static IReadOnlyList<(string Relation, string Sql)> Filled { get; } =
    [
        ("seed.column_lineage", "create table seed.column_lineage (relation varchar, column_name varchar, source_relation varchar, source_column varchar)"),
        ("seed.suppressed_figure", "create table seed.suppressed_figure (figure_id varchar, reason varchar, rule varchar, why varchar)"),
        (BuildAccount.Relation, BuildAccount.Table),
    ];

    private readonly Lazy<Dictionary<string, string>> _terms = new(() =>
        Seed.Parse("seeds/term.csv", definitions["seeds/term.csv"]).Skip(1).ToDictionary(r => r[0], r => r[1], StringComparer.Ordinal)
    );
    private readonly Lazy<Dictionary<string, string>> _meanings = new(() =>
        Seed.Parse("seeds/term.csv", definitions["seeds/term.csv"]).Skip(1).ToDictionary(r => r[0], r => r[2], StringComparer.Ordinal)
    );

    public ModelGraph Graph => graph;

    /// <summary>Whether two models are made at a time; of those that read many rows it is one. What comes out is the same.</summary>
    public bool IsSideBySide { get; init; } = true;

    /// <summary>Rows from which on a table has many.</summary>
    public const int Many = 50_000;

    private const string Figure = "published.figure";

    /// <summary>Lays out a warehouse in an open, empty database: schemas, seeds, tables without rows, views, and what each of them means. The landing tables must be attached as <c>landing</c>.</summary>
    /// <param name="facts">Makes the seed tables that only the caller can know.</param>
    public void Lay(DuckDBConnection connection, Action<DuckDBConnection> facts)
    {
        EvaluationSystem.Demand(definitions);
        ImputationRules.Demand(definitions);
        connection.Run(definitions["prelude.sql"]);
        LoadSeeds(connection);
        facts(connection);
        foreach (var (_, sql) in Filled)
            connection.Run(sql);
        foreach (var made in (string[])["seed.definition", "seed.form", "seed.build", .. Filled.Select(f => f.Relation)])
            Comment(connection, "table", made, Meaning(made), []);
        // What needs only the queries is found out beside it.
        var columns = ColumnLineage.Columns(connection);
        var lineage = Task.Run(() => ColumnLineage.Of(columns, definitions, graph));
        foreach (var model in graph.Ordered)
        {
            Run(connection, model.Path, model.Declaration);
            Comment(connection, "table", model.Relation, model.Grain, model.Columns.Select(c => (c.Name, c.Meaning)));
        }
        foreach (var view in ModelView.All(definitions))
        {
            Run(connection, view.Path, view.Sql);
            Comment(connection, "view", view.Relation, view.Grain, view.Columns);
            if (view.AsOf is { } query)
            {
                Run(connection, view.Path, $"create macro {view.Relation}_as_of(day) as table {query}");
                connection.Run(
                    $"comment on macro table {view.Relation}_as_of is {Sql.Literal($"{view.Relation} 在某日所知 / {view.Relation} as it was known on a day")}"
                );
            }
        }
        ColumnLineage.Keep(connection, lineage.GetAwaiter().GetResult());
    }

    /// <summary>Fills a warehouse that was laid out by <see cref="Lay"/>, from landing tables attached as <c>landing</c>.</summary>
    /// <param name="account">Takes what each table is made from and says.</param>
    /// <param name="gate">What suppresses figures; null where nothing is to be.</param>
    public BuiltTables Fill(
        DuckDBConnection connection,
        BuildAccount account,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancel,
        FigureGate? gate = null
    )
    {
        var many = Prepare(connection);
        using var connections = Connections(connection, many);
        var begin = Begin(progress, cancel);
        connections.Run(
            graph.LongestFirst,
            Waits,
            (own, model) =>
            {
                begin(model);
                using (Telemetry.Detail("model")?.SetTag("relation", model.Relation))
                    Run(own, model.Path, model.Insertion);
                if (model.Relation == Figure)
                    gate?.Suppress(own);
                many.Count(model.Relation, own.Scalar<long>($"select count(*) from {model.Relation}"));
            },
            many.AreReadBy
        );
        gate?.Withhold(connection);
        DemandDescribed(connection);
        foreach (var (model, says) in graph.Ordered.Zip(connections.Each(graph.Ordered, (own, model) => TableDigest.Of(own, model))))
            account.Says[model.Relation] = says;
        account.Keep(connection);
        progress?.Report((graph.Ordered.Length, graph.Ordered.Length, ""));
        return new(ColumnLineage.Of(connection, definitions, graph), null, ImmutableHashSet<string>.Empty);

        // The figures are suppressed as soon as they are there, by all facts and metrics.
        IEnumerable<Model> Waits(Model model) =>
            model.Relation == Figure && gate is not null
                ? graph.Ordered.Where(m => !m.Relation.StartsWith("published.", StringComparison.Ordinal)).Union(graph.Waits[model.Relation])
                : graph.Waits[model.Relation];
    }

    /// <summary>Brings a copy of the release before, which the same definitions made, up to date. The landing tables must be attached as <c>landing</c>.</summary>
    /// <param name="account">Takes what each table is made from and says.</param>
    /// <param name="made">What that release says of itself; see <see cref="BuildAccount.Of"/>.</param>
    /// <param name="path">File of that release.</param>
    /// <param name="largeFrom">Rows from which on a table made by return has rows exchanged and is not made again.</param>
    public BuiltTables Update(
        DuckDBConnection connection,
        BuildAccount account,
        IReadOnlyDictionary<string, Made> made,
        string path,
        long largeFrom,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancel
    )
    {
        var many = Prepare(connection);
        using var connections = Connections(connection, many);
        var update = new WarehouseUpdate(graph, connections, many, account, made, largeFrom, definitions["prelude.sql"]);
        update.Run(connection, path, Begin(progress, cancel));
        DemandDescribed(connection);
        account.Keep(connection);
        progress?.Report((graph.Ordered.Length, graph.Ordered.Length, ""));
        return new(ColumnLineage.Of(connection, definitions, graph), update.Whole, update.InPart);
    }

    private SideBySide Connections(DuckDBConnection connection, ManyRows many) => new(connection, IsSideBySide && !many.AreUtmost ? 1 : 0);

    /// <summary>Of few rows a query is done before a second thread has its share: models beside each other use the processors better.</summary>
    private ManyRows Prepare(DuckDBConnection connection)
    {
        var many = new ManyRows(connection, graph);
        if (IsSideBySide && many.AreNone)
            connection.Run("set threads = 1");
        if (many.AreUtmost)
            connection.Run("set memory_limit = '1200MB'");
        return many;
    }

    /// <summary>What is done before each model, on whichever connection: who has had enough is heard, and how far it is told.</summary>
    private Action<Model> Begin(IProgress<(int Done, int Total, string What)>? progress, CancellationToken cancel)
    {
        var (done, gate) = (0, new Lock());
        return model =>
        {
            cancel.ThrowIfCancellationRequested();
            lock (gate)
                progress?.Report((done++, graph.Ordered.Length, model.Relation));
        };
    }

    /// <summary>What is computed is published: every family is among the figures, and every metric of it has the line that gives it name, unit and basis.</summary>
    /// <exception cref="DefinitionException">Names the file and the line to write.</exception>
    private void DemandDescribed(DuckDBConnection connection)
    {
        const string seed = "seeds/metric.csv";
        foreach (var family in graph.Ordered.Where(m => m.HoldsFigures))
        {
            if (!graph.Reads[Figure].Contains(family.Relation))
            {
                var figure = graph.Ordered.Single(m => m.Relation == Figure);
                throw new DefinitionException(
                    figure.Path,
                    Array.FindIndex(figure.Sql.ReplaceLineEndings("\n").Split('\n'), l => l.StartsWith("with measured", StringComparison.Ordinal)) + 1,
                    new(
                        $"{family.Path} 的数字没有发布；请加一行：union all select * from {family.Relation}",
                        $"the figures of {family.Path} are not published; add: union all select * from {family.Relation}"
                    )
                );
            }
            foreach (var row in connection.Rows($"select distinct metric from {family.Relation} anti join seed.metric using (metric) order by metric"))
            {
                var rows = Seed.Parse(seed, definitions[seed]);
                var line = string.Join(',', rows[0].Select(c => c == "metric" ? (string)row[0]! : c));
                throw new DefinitionException(
                    seed,
                    definitions[seed].TrimEnd().Split('\n').Length + 1,
                    new(
                        $"{family.Path} 计算指标 {row[0]}，但此文件没有它的一行，数字不会发布；请照此写一行：{line}",
                        $"{family.Path} computes the metric {row[0]}, which has no line here and would not be published; write one: {line}"
                    )
                );
            }
        }
    }

    internal static void Run(DuckDBConnection connection, string path, string sql)
    {
        try
        {
            connection.Run(sql);
        }
        catch (DuckDBException e)
        {
            throw new DefinitionException(path, 1, new($"模型执行失败：{e.Message}", $"the model failed: {e.Message}"), e);
        }
    }

    /// <summary>Runs every check and every declared key; an empty list means that all hold.</summary>
    /// <param name="built">What was built: what stands as it stood in a release that passed is not checked again. Null for everything.</param>
    public IReadOnlyList<CheckFailure> Check(DuckDBConnection connection, BuiltTables? built = null)
    {
        var written = built?.Written;
        var checks = new List<(string Name, string Meaning, string Sql)>();
        foreach (var model in graph.Ordered.Where(m => m.Key.Length > 0 && written?.Contains(m.Relation) != false))
        {
            var key = string.Join(", ", model.Key);
            var rows = built?.InPart.Contains(model.Relation) == true ? $"{model.Relation} {WarehouseUpdate.OfChanged(model)}" : model.Relation;
            checks.Add(
                (
                    $"{model.Relation}: key",
                    $"主键重复或为空 / key {key} is repeated or null",
                    $"select {key}, count(*) as n from {rows} group by all having count(*) > 1 or {string.Join(" or ", model.Key.Select(k => $"{k} is null"))}"
                )
            );
        }
        foreach (var (path, sql) in definitions.Under("checks"))
            if (written is null || SqlTree.Tables(SqlTree.Of(connection, path, sql)).SelectMany(r => ModelView.Behind(r, graph.Views)).Any(written.Contains))
                checks.Add((path, sql.Split('\n')[0].TrimStart('-', ' '), sql.TrimEnd().TrimEnd(';')));
        // A key of many rows takes the memory that the engine has.
        var most = connection.Scalar<long>("select max(estimated_size) from duckdb_tables() where database_name = current_database()");
        using var connections = new SideBySide(connection, IsSideBySide && most < Many ? 1 : 0);
        return [.. connections.Each(checks, (own, c) => Failure(own, c.Name, c.Meaning, c.Sql)).OfType<CheckFailure>()];
    }

    private static CheckFailure? Failure(DuckDBConnection connection, string name, string meaning, string sql)
    {
        try
        {
            var rows = connection.Rows(sql);
            return rows.Count == 0
                ? null
                : new(name, meaning, rows.Count, [.. rows.Take(5).Select(r => string.Join(" | ", r.Select(v => v?.ToString() ?? "null")))]);
        }
        catch (DuckDBException e)
        {
            throw new DefinitionException(name, 1, new($"检查执行失败：{e.Message}", $"the check failed to run: {e.Message}"), e);
        }
    }

    /// <summary>Seed tables hold text only; the models that read them give the types.</summary>
    private void LoadSeeds(DuckDBConnection connection)
    {
        foreach (var (path, text) in definitions.Under("seeds"))
        {
            var table = "seed." + Path.GetFileNameWithoutExtension(path);
            Seed.Load(connection, table, path, text);
            Comment(connection, "table", table, Meaning(table), Seed.Parse(path, text)[0].Select(c => (c, Meaning(c))));
        }
        // A release keeps the text of its own definitions: it can be traced and compared long after they have changed.
        connection.Run("create table seed.definition (path varchar, text varchar)");
        using var appender = connection.CreateAppender("seed", "definition");
        foreach (var (path, text) in definitions.Texts)
            appender.CreateRow().AppendValue(path).AppendValue(text).EndRow();
    }

    private string Meaning(string term) => _meanings.Value.GetValueOrDefault(term, term);

    /// <summary>Each table and column explains itself in both languages: the Chinese of seeds/term.csv before the English of the model.</summary>
    private void Comment(DuckDBConnection connection, string kind, string relation, string grain, IEnumerable<(string Name, string Meaning)> columns)
    {
        connection.Run(
            $"comment on {kind} {relation} is {Quoted(relation, grain)};"
                + string.Concat(columns.Select(c => $"comment on column {relation}.{c.Name} is {Quoted(c.Name, c.Meaning)};"))
        );

        string Quoted(string term, string meaning) => Sql.Literal(_terms.Value.TryGetValue(term, out var zh) ? zh + " / " + meaning : meaning);
    }
}
