using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Innovation1551.Models.Warehouse;

/// <summary>
/// A view over the star: of folder lineage, for each figure of one family of metrics the cells that it comes from; of folder wide, a wide
/// table for analysts in schema published; of schema fact, the facts of returns in force. The file's first line is the grain, the next ones <c>--   column: meaning</c>,
/// then <c>create view schema.name as</c> and one query.
/// </summary>
public sealed record ModelView(string Path, string Relation, string Grain, ImmutableArray<(string Name, string Meaning)> Columns, string Sql, string Query)
{
    /// <summary>The query as the parser sees it.</summary>
    internal JsonElement Tree { get; private init; }

    /// <summary>The tables and views that it reads.</summary>
    public ImmutableArray<string> Reads => [.. SqlTree.Tables(Tree)];

    /// <summary>The tables behind a name: of a view those that it is made of, through other views too; of anything else the name itself.</summary>
    /// <param name="views">The views by name.</param>
    internal static IEnumerable<string> Behind(string relation, IReadOnlyDictionary<string, ModelView> views) =>
        views.TryGetValue(relation, out var view) ? view.Reads.SelectMany(r => Behind(r, views)) : [relation];

    /// <summary>Of schema lineage: the cells that figures come from. Models may read it, and none of the others.</summary>
    internal bool IsOfCells => Relation.StartsWith("lineage.", StringComparison.Ordinal);

    /// <summary>The statement that makes the view where there is none yet.</summary>
    internal string Creation => $"create view if not exists {Relation} as\n{Query}";

    /// <summary>The query of the same rows as they were known on <c>day</c>, which a table macro of that name with <c>_as_of</c> runs; null but for facts.</summary>
    public string? AsOf { get; private init; }

    /// <summary>Parsing them takes a while, and they depend on the texts alone.</summary>
    private static readonly ConcurrentDictionary<string, ImmutableArray<ModelView>> Known = new(StringComparer.Ordinal);

    /// <summary>All views, each after those that it reads.</summary>
    /// <exception cref="DefinitionException">A file does not have the shape above.</exception>
    public static ImmutableArray<ModelView> All(Definitions definitions) => Known.GetOrAdd(definitions.Hash(), _ => Parse(definitions));

    private static ImmutableArray<ModelView> Parse(Definitions definitions)
    {
        using var parser = new DuckDBConnection("DataSource=:memory:");
        parser.Open();
        var views = definitions
            .Under("lineage")
            .Concat(definitions.Under("wide"))
            .Select(v => Parse(parser, v.Key, v.Value))
            .Concat(InForce(parser, definitions))
            .ToDictionary(v => v.Relation, StringComparer.Ordinal);
        return ReadingOrder.Of(views, v => SqlTree.Tables(v.Tree), v => v.Path);
    }

    /// <summary>
    /// For each fact of schema core a view of the same name in schema fact, with the rows of returns in force alone: the plain sum over it
    /// is right, where that over core counts what a later return has replaced too.
    /// </summary>
    private static IEnumerable<ModelView> InForce(DuckDBConnection parser, Definitions definitions)
    {
        foreach (var (path, text) in definitions.Under("core"))
        {
            var model = Model.Parse(path, text);
            var names = model.Columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
            if (!names.IsSupersetOf(["return_id", "enterprise_key", "period_key", "source_row"]))
                continue;
            (string Name, string Source, string Meaning)[] added =
            [
                ("form", "r.form", "return form"),
                ("enterprise_code", "r.enterprise_code", "enterprise that the return is about"),
                ("period", "p.period", "2024, or 2026-09 for January to September"),
                ("period_year", "p.period_year", "calendar year"),
                ("period_kind", "p.period_kind", "year, or ytd (cumulative from January): never sum over both"),
            ];
            added = [.. added.Where(a => !names.Contains(a.Name))];
            var relation = "fact." + model.Relation["core.".Length..];
            var query = Query("core.dim_return as r on r.return_id = f.return_id and r.is_latest");
            yield return new(
                path,
                relation,
                model.Grain + "; returns in force alone",
                [.. model.Columns.Select(c => (c.Name, c.Meaning)), .. added.Select(a => (a.Name, a.Meaning))],
                $"create view {relation} as\n{query};",
                query
            )
            {
                Tree = SqlTree.Of(parser, path, query),
                AsOf = Query(
                    "core.dim_return as r on r.return_id = f.return_id join core.return_span as s on s.return_id = f.return_id and s.known_from <= day and s.known_until > day"
                ),
            };

            string Query(string returns) =>
                $"""
                    select {string.Join(", ", model.Columns.Select(c => "f." + c.Name).Concat(added.Select(a => $"{a.Source} as {a.Name}")))}
                    from {model.Relation} as f
                    join {returns}
                    join core.dim_period as p on p.period_key = f.period_key
                    """;
        }
    }

    private static ModelView Parse(DuckDBConnection parser, string path, string sql)
    {
        var lines = sql.ReplaceLineEndings("\n").Split('\n');
        if (!lines[0].StartsWith("-- grain: ", StringComparison.Ordinal))
            throw new DefinitionException(path, 1, new("第 1 行应以“-- grain: ”开头", "line 1 must begin with \"-- grain: \""));
        var create = Array.FindIndex(
            lines,
            l =>
                l.StartsWith(path.StartsWith("wide/", StringComparison.Ordinal) ? "create view published." : "create view lineage.", StringComparison.Ordinal)
                && l.EndsWith(" as", StringComparison.Ordinal)
        );
        if (create < 0)
            throw new DefinitionException(
                path,
                2,
                new("缺少“create view lineage.名称 as”（wide 中为 published）", "there is no \"create view lineage.NAME as\" (published in wide)")
            );
        var columns = lines[1..create].Select(l => l.TrimStart('-', ' ').Split(": ", 2)).Where(c => c.Length == 2).Select(c => (c[0], c[1]));
        var query = string.Join('\n', lines[(create + 1)..]).TrimEnd().TrimEnd(';');
        return new(path, lines[create]["create view ".Length..^" as".Length], lines[0]["-- grain: ".Length..], [.. columns], sql, query)
        {
            Tree = SqlTree.Of(parser, path, query),
        };
    }
}
