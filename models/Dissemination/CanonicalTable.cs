using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Dissemination;

/// <summary>A column with DuckDB's type and what the release says of it, Chinese before English; empty where it says nothing.</summary>
public sealed record CanonicalColumn(string Name, string Type, string Meaning);

/// <summary>That the values of some columns are all keys of another table.</summary>
public sealed record ForeignKey(IReadOnlyList<string> Columns, string Table, IReadOnlyList<string> Keys);

/// <summary>A table of a release in its canonical order: by its key, and where it has none by all of its columns, so that no two rows may change places.</summary>
/// <param name="Key">Columns that tell its rows apart; empty where none do.</param>
public sealed record CanonicalTable(string Schema, string Name, string Meaning, IReadOnlyList<string> Key, IReadOnlyList<CanonicalColumn> Columns)
{
    private const string FileNumber = "file_no",
        FileNumberMeaning = "文件编号，按文件的 SHA-256 排序 / number of the file in the order of their SHA-256";

    private static readonly string[] Schemas = ["core", "metric", "published", "seed"];

    public string FullName => $"{Schema}.{Name}";

    public string FileName => FullName + ".parquet";

    public string Relation => $"{Sql.Name(Schema)}.{Sql.Name(Name)}";

    /// <summary>
    /// Its rows, in no order. Files are numbered by their SHA-256 where the release numbers them as they came: the same files are the same data in
    /// whatever order they were loaded.
    /// </summary>
    public string Source =>
        Columns.All(c => c.Name != FileNumber)
            ? Relation
            : $"""
                (select t.* replace (cast(f.number as integer) as {FileNumber}) from {Relation} as t
                left join (select {FileNumber}, row_number() over (order by file_sha256) as number from core.file_account) as f using ({FileNumber}))
                """;

    public string Query =>
        $"select {string.Join(", ", Columns.Select(c => Sql.Name(c.Name)))} from {Source} order by "
        + string.Join(", ", (Key.Count > 0 ? Key : Columns.Select(c => c.Name)).Select(c => $"{Sql.Name(c)} asc nulls first"));

    private string TypeOf(string column) => Columns.Single(c => c.Name == column).Type;

    /// <summary>
    /// Every table of core, metric, published and seed, by name. Views are not among them: they say nothing that their tables do not. Nor is the account
    /// of how this file was made, which is another in every workspace.
    /// </summary>
    public static IReadOnlyList<CanonicalTable> All(DuckDBConnection release)
    {
        var declared = release
            .Rows("select path, text from seed.definition where split_part(path, '/', 1) in ('core', 'metric', 'published') order by path")
            .Select(r => Model.Parse((string)r[0]!, (string)r[1]!))
            .ToDictionary(m => m.Relation, m => m.Key, StringComparer.Ordinal);
        var columns = ColumnsOf(release);
        return
        [
            .. release
                .Rows(
                    "select schema_name, table_name, coalesce(comment, '') from duckdb_tables() where not internal and not temporary order by schema_name, table_name"
                )
                .Where(r => Schemas.Contains((string)r[0]!) && $"{r[0]}.{r[1]}" != BuildAccount.Relation)
                .Select(r =>
                {
                    var table = new CanonicalTable((string)r[0]!, (string)r[1]!, (string)r[2]!, [], [.. columns[$"{r[0]}.{r[1]}"]]);
                    return table with { Key = declared.TryGetValue(table.FullName, out var key) ? key : FirstColumn(release, table) };
                }),
        ];
    }

    /// <summary>The views of some schemas, by name, as tables without a key: for whoever cannot run their SQL.</summary>
    public static IReadOnlyList<CanonicalTable> Views(DuckDBConnection release, params ReadOnlySpan<string> schemas)
    {
        var (wanted, columns) = (schemas.ToArray(), ColumnsOf(release));
        return
        [
            .. release
                .Rows("select schema_name, view_name, coalesce(comment, '') from duckdb_views() where not internal order by schema_name, view_name")
                .Where(r => wanted.Contains((string)r[0]!))
                .Select(r => new CanonicalTable((string)r[0]!, (string)r[1]!, (string)r[2]!, [], [.. columns[$"{r[0]}.{r[1]}"]])),
        ];
    }

    private static ILookup<string, CanonicalColumn> ColumnsOf(DuckDBConnection release) =>
        release
            .Rows(
                """
                select schema_name, table_name, column_name, data_type, coalesce(comment, '')
                from duckdb_columns() where not internal order by schema_name, table_name, column_index
                """
            )
            .ToLookup(
                r => $"{r[0]}.{r[1]}",
                r => new CanonicalColumn((string)r[2]!, (string)r[3]!, r[2] is FileNumber ? FileNumberMeaning : (string)r[4]!),
                StringComparer.Ordinal
            );

    /// <summary>References that hold in every row: by the name of the key of another table, which means the same wherever it stands, or of a code list.</summary>
    public static ILookup<string, ForeignKey> References(DuckDBConnection release, IReadOnlyList<CanonicalTable> tables)
    {
        // Of several tables with one key the dimension is meant; where none of them is one, none is.
        var byKey = tables
            .Where(t => t is { Key.Count: 1, Schema: "core" or "published" })
            .GroupBy(t => t.Key[0], StringComparer.Ordinal)
            .Select(g =>
                (g.Key, Tables: g.Where(t => t.Name.StartsWith("dim_", StringComparison.Ordinal)).DefaultIfEmpty(g.First()).ToList(), Count: g.Count())
            )
            .Where(g => g.Tables is [{ Name: var name }] && (g.Count == 1 || name.StartsWith("dim_", StringComparison.Ordinal)))
            .ToDictionary(g => g.Key, g => g.Tables[0], StringComparer.Ordinal);
        var lists = tables.Where(t => t.Schema == "seed" && t.Key is ["code"]).ToDictionary(t => t.Name, StringComparer.Ordinal);
        var members = tables.Single(t => t.FullName == "published.category");
        var found = new List<(string Table, ForeignKey Key)>();
        foreach (var table in tables)
        {
            var candidates = new List<ForeignKey>();
            if (table != members && members.Key.All(k => table.Columns.Any(c => c.Name == k)))
                candidates.Add(new(members.Key, members.FullName, members.Key));
            foreach (var name in table.Columns.Select(c => c.Name))
                if (
                    (byKey.GetValueOrDefault(name) ?? lists.GetValueOrDefault(name)) is { } target
                    && target != table
                    && table.TypeOf(name) == target.TypeOf(target.Key[0])
                )
                    candidates.Add(new([name], target.FullName, target.Key));
            found.AddRange(Holding(release, table, candidates, tables).Select(k => (table.FullName, k)));
        }
        return found.ToLookup(f => f.Table, f => f.Key, StringComparer.Ordinal);
    }

    private static IEnumerable<ForeignKey> Holding(
        DuckDBConnection release,
        CanonicalTable table,
        List<ForeignKey> candidates,
        IReadOnlyList<CanonicalTable> tables
    )
    {
        if (candidates.Count == 0)
            return [];
        var strays = release.Rows($"select {string.Join(", ", candidates.Select(Strays))}")[0];
        return candidates.Where((_, i) => (long)strays[i]! == 0);

        string Strays(ForeignKey key)
        {
            var target = tables.Single(t => t.FullName == key.Table);
            var pairs = key.Columns.Zip(key.Keys, (c, k) => (Own: Sql.Name(c), Other: Sql.Name(k))).ToList();
            return $"(select count(*) from {table.Relation} as t anti join {target.Relation} as k on {string.Join(" and ", pairs.Select(p => $"t.{p.Own} = k.{p.Other}"))}"
                + $" where {string.Join(" and ", pairs.Select(p => $"t.{p.Own} is not null"))})";
        }
    }

    /// <summary>Seed tables have their key in front, where they have one.</summary>
    private static IReadOnlyList<string> FirstColumn(DuckDBConnection release, CanonicalTable table)
    {
        var first = table.Columns[0].Name;
        return table.Schema == "seed" && release.Scalar<bool>($"select count(*) = count(distinct {Sql.Name(first)}) from {table.Relation}") ? [first] : [];
    }
}
