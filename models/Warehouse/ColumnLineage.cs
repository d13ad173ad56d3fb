using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Innovation1551.Models.Warehouse;

/// <summary>A column of a relation, which is written <c>schema.name</c>.</summary>
public readonly record struct TableColumn(string Relation, string Column) : IComparable<TableColumn>
{
    public int CompareTo(TableColumn other) => (string.CompareOrdinal(Relation, other.Relation), string.CompareOrdinal(Column, other.Column)).CompareTo((0, 0));

    public override string ToString() => $"{Relation}.{Column}";
}

/// <summary>
/// For each column of each model and wide view the columns that its value is made of: those that stand in its expression, followed
/// through subqueries and common table expressions down to tables. What only decides which rows there are (joins, filters) is told by
/// <see cref="ModelGraph.Reads"/> and is not repeated here.
/// </summary>
public static class ColumnLineage
{
    /// <summary>The columns of landing and of the seeds.</summary>
    /// <param name="connection">A database with landing attached and the seeds loaded.</param>
    public static IReadOnlyDictionary<string, ImmutableArray<string>> Columns(DuckDBConnection connection) =>
        connection
            .Rows(
                """
                select case when database_name = 'landing' then 'landing' else schema_name end || '.' || table_name, list(column_name order by column_index)
                from duckdb_columns() where not internal and (database_name = 'landing' or schema_name = 'seed') group by all
                """
            )
            .ToDictionary(r => (string)r[0]!, r => ((IEnumerable<string>)r[1]!).ToImmutableArray(), StringComparer.Ordinal);

    /// <summary>The lineage depends on the definitions alone: the columns of landing are part of the program, those of the seeds of the definitions.</summary>
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<TableColumn, ImmutableSortedSet<TableColumn>>> Known = new(StringComparer.Ordinal);

    /// <param name="sources">The columns of what is no model: see <see cref="Columns"/>.</param>
    /// <exception cref="DefinitionException">A name in a query cannot be resolved.</exception>
    public static IReadOnlyDictionary<TableColumn, ImmutableSortedSet<TableColumn>> Of(
        IReadOnlyDictionary<string, ImmutableArray<string>> sources,
        Definitions definitions,
        ModelGraph graph
    ) => Known.GetOrAdd(definitions.Hash(), _ => Resolve(sources, definitions, graph));

    /// <summary>Writes the lineage into <c>seed.column_lineage</c> of the open warehouse, from which <c>published.column_lineage</c> is made.</summary>
    internal static void Keep(DuckDBConnection connection, IReadOnlyDictionary<TableColumn, ImmutableSortedSet<TableColumn>> lineage)
    {
        using var appender = connection.CreateAppender("seed", "column_lineage");
        foreach (var (made, sources) in lineage)
        foreach (var source in sources)
            appender.CreateRow().AppendValue(made.Relation).AppendValue(made.Column).AppendValue(source.Relation).AppendValue(source.Column).EndRow();
    }

    /// <summary>The lineage that the open warehouse keeps; a column that is made of none has an empty set.</summary>
    internal static IReadOnlyDictionary<TableColumn, ImmutableSortedSet<TableColumn>> Of(DuckDBConnection connection, Definitions definitions, ModelGraph graph)
    {
        var sources = connection
            .Rows("select relation, column_name, source_relation, source_column from seed.column_lineage")
            .ToLookup(r => new TableColumn((string)r[0]!, (string)r[1]!), r => new TableColumn((string)r[2]!, (string)r[3]!));
        var views = ModelView.All(definitions).Where(v => !v.IsOfCells).Select(v => v.Relation);
        var made = graph.Ordered.Select(m => m.Relation).Concat(views).ToHashSet(StringComparer.Ordinal);
        return connection
            .Rows("select schema_name || '.' || table_name, column_name from duckdb_columns() where database_name = current_database() and not internal")
            .Select(r => new TableColumn((string)r[0]!, (string)r[1]!))
            .Where(c => made.Contains(c.Relation))
            .ToImmutableSortedDictionary(c => c, c => sources[c].ToImmutableSortedSet());
    }

    private static SortedDictionary<TableColumn, ImmutableSortedSet<TableColumn>> Resolve(
        IReadOnlyDictionary<string, ImmutableArray<string>> sources,
        Definitions definitions,
        ModelGraph graph
    )
    {
        var columns = new Dictionary<string, ImmutableArray<string>>(sources, StringComparer.Ordinal);
        foreach (var model in graph.Ordered)
            columns[model.Relation] = [.. model.Columns.Select(c => c.Name)];
        var views = ModelView.All(definitions);
        foreach (var view in views.Where(v => v.IsOfCells))
            columns[view.Relation] = [.. view.Columns.Select(c => c.Name)];
        var lineage = new SortedDictionary<TableColumn, ImmutableSortedSet<TableColumn>>();
        foreach (var model in graph.Ordered)
            Add(model.Relation, model.Path, columns[model.Relation], graph.Trees[model.Relation]);
        foreach (var view in views.Where(v => !v.IsOfCells))
            Add(view.Relation, view.Path, null, view.Tree);
        return lineage;

        void Add(string relation, string path, ImmutableArray<string>? names, JsonElement tree)
        {
            var resolver = new ColumnResolver(name => columns.TryGetValue(name, out var known) ? known : throw Unknown(path, name));
            var made = resolver.Statement(tree);
            if (resolver.Unresolved is { } name)
                throw Unknown(path, name);
            if (names is { } declared && declared.Length != made.Length)
                throw new DefinitionException(
                    path,
                    1,
                    new($"声明了 {declared.Length} 列，查询给出 {made.Length} 列", $"{declared.Length} columns are declared and the query gives {made.Length}")
                );
            columns[relation] = [.. made.Select((m, i) => names?[i] ?? m.Name)];
            for (var i = 0; i < made.Length; i++)
                lineage[new(relation, names?[i] ?? made[i].Name)] = made[i].Sources;
        }
    }

    private static DefinitionException Unknown(string path, string name) => new(path, 1, new($"名称 {name} 无法解析", $"the name {name} cannot be resolved"));
}
