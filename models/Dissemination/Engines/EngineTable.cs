using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>A table or a view of a release as another engine is given it, with what it refers to.</summary>
/// <param name="References">Only those that hold in every row; a view has none.</param>
internal sealed record EngineTable(CanonicalTable Table, IReadOnlyList<ForeignKey> References)
{
    public string Schema => Table.Schema;

    public string Name => Table.Name;

    public string FullName => Table.FullName;

    /// <summary>The schemas that analysts ask of; each release has its own of each beside them.</summary>
    public static IReadOnlyList<string> Schemas { get; } = ["core", "fact", "metric", "published", "seed"];

    /// <summary>
    /// Every table, and the views of schemas fact and published as tables: they are what an analyst asks first, and their SQL is DuckDB's.
    /// Lineage stays with the release, whose figures <c>trace</c> follows.
    /// </summary>
    public static IReadOnlyList<EngineTable> All(DuckDBConnection release)
    {
        var tables = CanonicalTable.All(release);
        var references = CanonicalTable.References(release, tables);
        return
        [
            .. tables
                .Select(t => new EngineTable(t, [.. references[t.FullName]]))
                .Concat(CanonicalTable.Views(release, "fact", "published").Select(v => new EngineTable(v, [])))
                .OrderBy(t => t.FullName, StringComparer.Ordinal),
        ];
    }

    /// <summary>That each row has all columns of its key: what a primary key asks for.</summary>
    public bool HasWholeKey(DuckDBConnection release) =>
        Table.Key.Count > 0
        && release.Scalar<bool>($"select count(*) = 0 from {Table.Relation} where {string.Join(" or ", Table.Key.Select(k => $"{Sql.Name(k)} is null"))}");
}
