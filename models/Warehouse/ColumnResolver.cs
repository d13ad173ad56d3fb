using System.Collections.Immutable;
using System.Text.Json;

namespace Innovation1551.Models.Warehouse;

/// <summary>A column that a query gives: its name and the columns of tables that its value is made of.</summary>
internal readonly record struct MadeColumn(string Name, ImmutableSortedSet<TableColumn> Sources);

/// <summary>Resolves the names of one query as SQL does: by the tables beside it, then by those around it.</summary>
internal sealed class ColumnResolver(Func<string, ImmutableArray<string>> columnsOf)
{
    private static readonly ImmutableSortedSet<TableColumn> None = [];

    /// <summary>The first name for which no column was found.</summary>
    public string? Unresolved { get; private set; }

    public ImmutableArray<MadeColumn> Statement(JsonElement node) =>
        Query(node, null, ImmutableDictionary.Create<string, ImmutableArray<MadeColumn>>(StringComparer.OrdinalIgnoreCase));

    /// <summary>A table of a FROM clause under its alias.</summary>
    /// <param name="Merged">Columns that USING has joined with those of a table before it: a star gives them once.</param>
    private sealed record Source(string Alias, ImmutableArray<MadeColumn> Columns, ImmutableHashSet<string> Merged)
    {
        /// <summary>Of a table function: what its arguments are made of, under whatever name it is asked for.</summary>
        public ImmutableSortedSet<TableColumn>? Any { get; init; }
    }

    private sealed class Scope(Scope? outer, ImmutableDictionary<string, ImmutableArray<MadeColumn>> tables)
    {
        public Scope? Outer => outer;

        /// <summary>The common table expressions that can be read here.</summary>
        public ImmutableDictionary<string, ImmutableArray<MadeColumn>> Tables => tables;
        public List<Source> Sources { get; } = [];

        /// <summary>Columns of the SELECT list so far, which later ones may name.</summary>
        public List<MadeColumn> Selected { get; } = [];
        public HashSet<string> Parameters { get; } = new(StringComparer.OrdinalIgnoreCase);
    }

    private ImmutableArray<MadeColumn> Query(JsonElement node, Scope? outer, ImmutableDictionary<string, ImmutableArray<MadeColumn>> tables)
    {
        if (node.TryGetProperty("cte_map", out var with) && with.TryGetProperty("map", out var entries))
            foreach (var entry in entries.EnumerateArray())
            {
                var value = entry.GetProperty("value");
                var made = Query(value.GetProperty("query").GetProperty("node"), outer, tables);
                tables = tables.SetItem(entry.GetProperty("key").GetString()!, Renamed(made, value, "aliases"));
            }
        switch (Text(node, "type"))
        {
            case "SELECT_NODE":
                var scope = new Scope(outer, tables);
                From(node.GetProperty("from_table"), scope);
                foreach (var item in node.GetProperty("select_list").EnumerateArray())
                    Select(item, scope);
                return [.. scope.Selected];
            case "SET_OPERATION_NODE":
                return Union(Query(node.GetProperty("left"), outer, tables), Query(node.GetProperty("right"), outer, tables));
            case "RECURSIVE_CTE_NODE":
                // What the recursive part adds may add to itself again: until nothing new comes.
                var all = Query(node.GetProperty("left"), outer, tables);
                for (var count = -1; count != all.Sum(c => c.Sources.Count); )
                {
                    count = all.Sum(c => c.Sources.Count);
                    all = Union(all, Query(node.GetProperty("right"), outer, tables.SetItem(Text(node, "cte_name")!, all)));
                }
                return all;
            case var other:
                throw new NotSupportedException($"column lineage does not know the node {other}");
        }
    }

    private void From(JsonElement table, Scope scope, ImmutableHashSet<string>? merged = null)
    {
        switch (Text(table, "type"))
        {
            case "EMPTY":
                break;
            case "BASE_TABLE":
                var name = Text(table, "table_name")!;
                if (Text(table, "schema_name") is { } schema)
                {
                    var relation = $"{schema}.{name}";
                    Add(table, [.. columnsOf(relation).Select(c => new MadeColumn(c, [new TableColumn(relation, c)]))], name);
                }
                else if (scope.Tables.TryGetValue(name, out var made))
                    Add(table, made, name);
                else
                    Unresolved ??= name;
                break;
            case "SUBQUERY":
                Add(table, Query(table.GetProperty("subquery").GetProperty("node"), scope, scope.Tables), "");
                break;
            case "EXPRESSION_LIST":
                ImmutableArray<MadeColumn> rows = [];
                foreach (var row in table.GetProperty("values").EnumerateArray())
                {
                    ImmutableArray<MadeColumn> cells = [.. row.EnumerateArray().Select((e, i) => new MadeColumn($"col{i}", Expression(e, scope)))];
                    rows = rows.IsEmpty ? cells : Union(rows, cells);
                }
                Add(table, rows, "");
                break;
            case "TABLE_FUNCTION":
                var arguments = Expression(table.GetProperty("function"), scope);
                scope.Sources.Add(
                    new(Text(table, "alias") ?? "", [.. Names(table, "column_name_alias").Select(n => new MadeColumn(n, arguments))], []) { Any = arguments }
                );
                break;
            case "JOIN":
                From(table.GetProperty("left"), scope, merged);
                // The right side of a semi or anti join says which rows stay and gives no column.
                if (Text(table, "join_type") is not ("SEMI" or "ANTI"))
                    From(table.GetProperty("right"), scope, [.. Names(table, "using_columns")]);
                break;
            case var other:
                throw new NotSupportedException($"column lineage does not know the table {other}");
        }

        void Add(JsonElement from, ImmutableArray<MadeColumn> columns, string name) =>
            scope.Sources.Add(new(Text(from, "alias") ?? name, Renamed(columns, from, "column_name_alias"), merged ?? []));
    }

    private void Select(JsonElement item, Scope scope)
    {
        if (Text(item, "class") != "STAR")
        {
            var name = Text(item, "alias") ?? (item.TryGetProperty("column_names", out var names) ? names[names.GetArrayLength() - 1].GetString()! : "");
            scope.Selected.Add(new(name, Expression(item, scope)));
            return;
        }
        var without = Names(item, "exclude_list").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var instead = item.TryGetProperty("replace_list", out var list)
            ? list.EnumerateArray().ToDictionary(e => Text(e, "key")!, e => Expression(e.GetProperty("value"), scope), StringComparer.OrdinalIgnoreCase)
            : [];
        var of = Text(item, "relation_name");
        foreach (var source in scope.Sources.Where(s => of is null || Is(s.Alias, of)).ToList())
        foreach (var column in source.Columns.Where(c => !without.Contains(c.Name) && (of is not null || !source.Merged.Contains(c.Name))))
            scope.Selected.Add(instead.TryGetValue(column.Name, out var sources) ? new(column.Name, sources) : column);
    }

    private ImmutableSortedSet<TableColumn> Expression(JsonElement element, Scope scope)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return Of(element.EnumerateArray());
        if (element.ValueKind != JsonValueKind.Object)
            return None;
        switch (Text(element, "class"))
        {
            case "COLUMN_REF":
                return Column([.. Names(element, "column_names")], scope);
            case "STAR":
                return None;
            case "SUBQUERY":
                var made = Query(element.GetProperty("subquery").GetProperty("node"), scope, scope.Tables);
                // Of EXISTS only the rows matter.
                var value = Text(element, "subquery_type") == "EXISTS" ? None : None.Union(made.SelectMany(c => c.Sources));
                return element.TryGetProperty("child", out var child) ? value.Union(Expression(child, scope)) : value;
            case "LAMBDA":
                var inner = new Scope(scope, scope.Tables);
                inner.Parameters.UnionWith(Parameters(element.GetProperty("lhs")));
                return Expression(element.GetProperty("expr"), inner);
            default:
                return Of(element.EnumerateObject().Select(p => p.Value));
        }

        ImmutableSortedSet<TableColumn> Of(IEnumerable<JsonElement> parts) => None.Union(parts.SelectMany(p => Expression(p, scope)));
    }

    private static IEnumerable<string> Parameters(JsonElement left) =>
        left.TryGetProperty("column_names", out var names) ? [names[0].GetString()!]
        : left.TryGetProperty("children", out var children) ? children.EnumerateArray().SelectMany(Parameters)
        : [];

    private ImmutableSortedSet<TableColumn> Column(string[] names, Scope scope)
    {
        for (var at = scope; at is not null; at = at.Outer)
        {
            if (at.Parameters.Contains(names[0]))
                return None;
            if (names.Length > 1 && at.Sources.Find(s => Is(s.Alias, names[0])) is { } table)
                return Find(table.Columns, names[1]) ?? table.Any ?? Fail();
            foreach (var source in at.Sources)
                if (Find(source.Columns, names[0]) is { } found)
                    return found;
            if (Find(at.Selected, names[0]) is { } selected)
                return selected;
            // The whole row under the table's name, or the one column of a table function.
            if (at.Sources.Find(s => Is(s.Alias, names[0])) is { } row)
                return row.Any ?? None.Union(row.Columns.SelectMany(c => c.Sources));
            if (at.Sources.Find(s => s.Any is not null && s.Columns.IsEmpty) is { } function)
                return function.Any!;
        }
        return Fail();

        ImmutableSortedSet<TableColumn> Fail()
        {
            // The number of a row is made of no column.
            if (Is(names[^1], "rowid"))
                return None;
            Unresolved ??= string.Join('.', names);
            return None;
        }
    }

    private static ImmutableSortedSet<TableColumn>? Find(IEnumerable<MadeColumn> columns, string name)
    {
        foreach (var column in columns)
            if (Is(column.Name, name))
                return column.Sources;
        return null;
    }

    private static ImmutableArray<MadeColumn> Union(ImmutableArray<MadeColumn> left, ImmutableArray<MadeColumn> right) =>
        [.. left.Zip(right, (l, r) => l with { Sources = l.Sources.Union(r.Sources) })];

    private static ImmutableArray<MadeColumn> Renamed(ImmutableArray<MadeColumn> columns, JsonElement from, string property)
    {
        string[] names = [.. Names(from, property)];
        return [.. columns.Select((c, i) => i < names.Length ? c with { Name = names[i] } : c)];
    }

    private static IEnumerable<string> Names(JsonElement element, string property) =>
        element.TryGetProperty(property, out var list)
            ? list.EnumerateArray().Select(n => n.ValueKind == JsonValueKind.String ? n.GetString()! : Text(n, "column")!)
            : [];

    private static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static bool Is(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
