using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Innovation1551.Models.Warehouse;

/// <summary>The models in an order in which each comes after what it reads. What it reads is told by DuckDB's own parser.</summary>
public sealed class ModelGraph
{
    /// <summary>Models in building order.</summary>
    public ImmutableArray<Model> Ordered { get; }

    /// <summary>For each relation the relations that its query reads, of all schemas, views of schema lineage among them.</summary>
    public ImmutableDictionary<string, ImmutableSortedSet<string>> Reads { get; }

    /// <summary>The views by name.</summary>
    internal ImmutableDictionary<string, ModelView> Views { get; }

    /// <summary>For each model the tables that it is made from, those behind views too.</summary>
    internal ImmutableDictionary<string, ImmutableSortedSet<string>> Tables { get; }

    /// <summary>For each model the models that it waits for, through views too.</summary>
    internal ImmutableDictionary<string, ImmutableArray<Model>> Waits { get; }

    /// <summary>Models in an order in which those come first that the longest chain of others waits for.</summary>
    internal ImmutableArray<Model> LongestFirst { get; }

    /// <summary>Each query as the parser sees it.</summary>
    internal ImmutableDictionary<string, JsonElement> Trees { get; }

    private ModelGraph(
        ImmutableArray<Model> ordered,
        ImmutableDictionary<string, ImmutableSortedSet<string>> reads,
        ImmutableDictionary<string, ModelView> views,
        ImmutableDictionary<string, ImmutableSortedSet<string>> tables,
        ImmutableDictionary<string, ImmutableArray<Model>> waits,
        ImmutableDictionary<string, JsonElement> trees
    )
    {
        (Ordered, Reads, Views, Tables, Waits, Trees) = (ordered, reads, views, tables, waits, trees);
        var chain = ordered.ToDictionary(m => m.Relation, _ => 0);
        foreach (var model in ordered.Reverse())
        foreach (var read in waits[model.Relation])
            chain[read.Relation] = Math.Max(chain[read.Relation], chain[model.Relation] + 1);
        LongestFirst = [.. ordered.OrderByDescending(m => chain[m.Relation])];
    }

    /// <summary>Parsing all models takes as long as a small build; the graph depends on the texts alone.</summary>
    private static readonly ConcurrentDictionary<string, ModelGraph> Known = new(StringComparer.Ordinal);

    /// <exception cref="DefinitionException">A model does not parse, two models make one relation, or models read each other in a circle.</exception>
    public static ModelGraph Of(Definitions definitions) => Known.GetOrAdd(definitions.Hash(), _ => Parse(definitions));

    /// <summary>The models that a relation is made by, itself last, each after those that it reads.</summary>
    public ImmutableArray<Model> Upstream(string relation)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        Need(relation);
        return [.. Ordered.Where(m => needed.Contains(m.Relation))];

        void Need(string name)
        {
            if (!Reads.TryGetValue(name, out var reads) || !needed.Add(name))
                return;
            foreach (var read in reads)
                Need(read);
        }
    }

    /// <summary>The views of cells that a model reads, those behind them too, each after those that it reads.</summary>
    internal IEnumerable<ModelView> ViewsOf(Model model)
    {
        return Reads[model.Relation].SelectMany(Under).Distinct();

        IEnumerable<ModelView> Under(string relation) => Views.TryGetValue(relation, out var view) ? [.. view.Reads.SelectMany(Under), view] : [];
    }

    private static ModelGraph Parse(Definitions definitions)
    {
        var models = new SortedDictionary<string, Model>(StringComparer.Ordinal);
        foreach (var folder in (string[])["core", "metric", "published"])
        foreach (var (path, sql) in definitions.Under(folder))
        {
            var model = Model.Parse(path, sql);
            if (!models.TryAdd(model.Relation, model))
                throw new DefinitionException(
                    path,
                    1,
                    new($"{model.Relation} 已由 {models[model.Relation].Path} 定义", $"{model.Relation} is already made by {models[model.Relation].Path}")
                );
        }

        using var parser = new DuckDBConnection("DataSource=:memory:");
        parser.Open();
        var trees = models.Values.ToImmutableDictionary(m => m.Relation, m => SqlTree.Of(parser, m.Path, m.Query));
        var reads = trees.ToImmutableDictionary(t => t.Key, t => SqlTree.Tables(t.Value));
        var views = ModelView.All(definitions).ToImmutableDictionary(v => v.Relation, StringComparer.Ordinal);
        // Where a model reads a view it waits for all tables that the view is made of.
        var behind = reads.ToImmutableDictionary(
            r => r.Key,
            r => r.Value.SelectMany(v => ModelView.Behind(v, views)).ToImmutableSortedSet(StringComparer.Ordinal)
        );
        var waits = behind.ToImmutableDictionary(b => b.Key, b => b.Value.Where(models.ContainsKey).Select(r => models[r]).ToImmutableArray());
        return new(ReadingOrder.Of(models, m => behind[m.Relation], m => m.Path), reads, views, behind, waits, trees);
    }
}
