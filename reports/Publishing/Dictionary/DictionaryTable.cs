using System.Collections.Immutable;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Publishing.Dictionary;

/// <summary>A table or view of a release as its dictionary tells it.</summary>
/// <param name="Reads">What it is made of.</param>
internal sealed record DictionaryTable(string Relation, Text Grain, ImmutableArray<DictionaryColumn> Columns, ImmutableArray<string> Reads)
{
    /// <summary>What analysts join and sum stands first: marts, then facts in force, figures, and below them what those are made of.</summary>
    private static readonly string[] Schemas = ["published", "fact", "core", "metric"];

    /// <summary>All of them, those that readers look for first.</summary>
    public static ImmutableArray<DictionaryTable> All(Definitions definitions, ModelGraph graph, DuckDBConnection warehouse)
    {
        var terms = Seed.Parse("seeds/term.csv", definitions["seeds/term.csv"]).Skip(1).ToDictionary(r => r[0], r => r[1], StringComparer.Ordinal);
        var types = Figures
            .Rows.Query(
                warehouse,
                "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() where database_name = current_database()",
                r => (Relation: r.GetString(0), Column: r.GetString(1), Type: r.GetString(2))
            )
            .ToLookup(r => r.Relation, r => (r.Column, r.Type), StringComparer.Ordinal);
        var models = graph.Ordered.Select(m => Table(m.Relation, m.Grain, m.Columns.Select(c => (c.Name, c.Meaning)), m.Key, graph.Reads[m.Relation]));
        var views = ModelView
            .All(definitions)
            .Where(v => Schemas.Contains(v.Relation.Split('.')[0]))
            .Select(v => Table(v.Relation, v.Grain, v.Columns, [], v.Reads));
        return
        [
            .. models
                .Concat(views)
                .OrderBy(t => Array.IndexOf(Schemas, t.Relation.Split('.')[0]))
                .ThenBy(t => !IsMart(t.Relation))
                .ThenBy(t => t.Relation, StringComparer.Ordinal),
        ];

        DictionaryTable Table(
            string relation,
            string grain,
            IEnumerable<(string Name, string Meaning)> columns,
            IReadOnlyCollection<string> key,
            IEnumerable<string> reads
        )
        {
            var typed = types[relation].ToDictionary(c => c.Column, c => c.Type, StringComparer.Ordinal);
            return new(
                relation,
                new(terms.GetValueOrDefault(relation, ""), grain),
                [
                    .. columns.Select(c => new DictionaryColumn(
                        c.Name,
                        typed.GetValueOrDefault(c.Name, ""),
                        key.Contains(c.Name),
                        new(terms.GetValueOrDefault(c.Name, ""), c.Meaning)
                    )),
                ],
                [.. reads.Order(StringComparer.Ordinal)]
            );
        }
    }

    /// <summary>A wide table, a dimension, or the figures.</summary>
    public bool IsMarted => IsMart(Relation);

    private static bool IsMart(string relation) =>
        relation.EndsWith("_wide", StringComparison.Ordinal)
        || relation.StartsWith("published.dim_", StringComparison.Ordinal)
        || relation is "published.figure" or "published.metric";
}

/// <summary>A column with its meaning.</summary>
internal sealed record DictionaryColumn(string Name, string Type, bool IsKey, Text Meaning);
