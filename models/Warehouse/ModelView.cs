using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Innovation1551.Models.Warehouse;

/// <summary>
/// A view over the star: of folder lineage, for each figure of one family of metrics the cells that it comes from; of folder wide, a wide
/// table for analysts in schema published. The file's first line is the grain, the next ones <c>--   column: meaning</c>,
/// then <c>create view schema.name as</c> and one query.
/// </summary>
public sealed record ModelView(string Path, string Relation, string Grain, ImmutableArray<(string Name, string Meaning)> Columns, string Sql, string Query)
{
    /// <summary>The query as the parser sees it.</summary>
    internal JsonElement Tree { get; private init; }

    /// <summary>Parsing them takes a while, and they depend on the texts alone.</summary>
    private static readonly ConcurrentDictionary<string, ImmutableArray<ModelView>> Known = new(StringComparer.Ordinal);

    /// <summary>All views, each after those that it reads.</summary>
    /// <exception cref="DefinitionException">A file does not have the shape above.</exception>
    public static ImmutableArray<ModelView> All(Definitions definitions) => Known.GetOrAdd(definitions.Hash(), _ => Parse(definitions));

    private static ImmutableArray<ModelView> Parse(Definitions definitions)
    {
        using var parser = new DuckDBConnection("DataSource=:memory:");
        parser.Open();
        var views = definitions.Under("lineage").Concat(definitions.Under("wide")).Select(v => Parse(parser, v.Key, v.Value)).ToDictionary(v => v.Relation, StringComparer.Ordinal);
        return ReadingOrder.Of(views, v => SqlTree.Tables(v.Tree), v => v.Path);
    }

    private static ModelView Parse(DuckDBConnection parser, string path, string sql)
    {
        var lines = sql.ReplaceLineEndings("\n").Split('\n');
        if (!lines[0].StartsWith("-- grain: ", StringComparison.Ordinal))
            throw new DefinitionException(path, 1, new("第 1 行应以“-- grain: ”开头", "line 1 must begin with \"-- grain: \""));
        var create = Array.FindIndex(lines, l => l.StartsWith(path.StartsWith("wide/", StringComparison.Ordinal) ? "create view published." : "create view lineage.", StringComparison.Ordinal) && l.EndsWith(" as", StringComparison.Ordinal));
        if (create < 0)
            throw new DefinitionException(path, 2, new("缺少“create view lineage.名称 as”（wide 中为 published）", "there is no \"create view lineage.NAME as\" (published in wide)"));
        var columns = lines[1..create].Select(l => l.TrimStart('-', ' ').Split(": ", 2)).Where(c => c.Length == 2).Select(c => (c[0], c[1]));
        var query = string.Join('\n', lines[(create + 1)..]).TrimEnd().TrimEnd(';');
        return new(path, lines[create]["create view ".Length..^" as".Length], lines[0]["-- grain: ".Length..], [.. columns], sql, query) { Tree = SqlTree.Of(parser, path, query) };
    }
}
