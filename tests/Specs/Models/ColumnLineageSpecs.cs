using System.Text.Json;
using Innovation1551.Models.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Models;

/// <summary>What a column is said to be made of is held against what DuckDB itself still reads when asked for that column alone.</summary>
public sealed class ColumnLineageSpecs : IDisposable
{
    private readonly WarehouseSketch _sketch = new();
    private readonly IReadOnlyDictionary<TableColumn, System.Collections.Immutable.ImmutableSortedSet<TableColumn>> _lineage;

    public ColumnLineageSpecs()
    {
        foreach (var (path, _) in WarehouseSketch.Definitions.Under("seeds"))
            _sketch.Make("seed." + Path.GetFileNameWithoutExtension(path));
        foreach (
            var relation in (string[])
                ["seed.form", "seed.build", .. WarehouseBuilder.Filled.Select(f => f.Relation), .. WarehouseSketch.Graph.Ordered.Select(m => m.Relation)]
        )
            _sketch.Make(relation);
        // Views of cells that a model reads, as it sees them: as tables.
        var reads = WarehouseSketch.Graph.Reads.Values.SelectMany(r => r).ToHashSet();
        foreach (var view in ModelView.All(WarehouseSketch.Definitions).Select(v => v.Relation).Where(reads.Contains))
            _sketch.Fill(
                view,
                [
                    [],
                ]
            );
        _lineage = ColumnLineage.Of(ColumnLineage.Columns(_sketch.Connection), WarehouseSketch.Definitions, WarehouseSketch.Graph);
    }

    public void Dispose() => _sketch.Dispose();

    [Fact]
    public void What_a_column_is_made_of_is_read_for_it_and_what_is_not_read_is_not_named()
    {
        // On empty tables these would see through every query.
        _sketch.Connection.Run("set disabled_optimizers = 'statistics_propagation,empty_result_pullup,join_elimination'");
        var views = _sketch
            .Connection.Rows("select 'landing.' || view_name from duckdb_views() where database_name = 'landing'")
            .Select(r => (string)r[0]!)
            .ToHashSet();
        var (wrong, compared) = (new List<string>(), 0);
        foreach (var model in WarehouseSketch.Graph.Ordered)
        foreach (var (column, i) in model.Columns.Select((c, i) => (c.Name, i)))
        {
            var sources = _lineage[new(model.Relation, column)].Where(s => !views.Contains(s.Relation)).ToList();
            var read = Read($"select c{i} from ({model.Query}) as q ({string.Join(", ", model.Columns.Select((_, n) => $"c{n}"))})");
            compared += sources.Count;
            // Where two columns are equal by a join, the plan may read the other one.
            wrong.AddRange(
                sources
                    .Where(s => !read.Contains(s) && !(s.Column == "period_key" && read.Any(r => r.Column == "period_key")))
                    .Select(s => $"{model.Relation}.{column}: {s}")
            );
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(compared > 1_000, $"only {compared} sources were compared");
    }

    [Fact]
    public void Names_are_followed_through_aliases_stars_unions_windows_and_subqueries()
    {
        Assert.Equal("core.rd_expense.amount_wan", Sources("published.rd_wide", "rd_expense_wan", hops: 2));
        Assert.Equal("landing.corrected_rd_spend.expense_total_wan", Sources("core.rd_expense", "amount_wan"));
        Assert.Equal("landing.register_in_force.enterprise_name", Sources("core.dim_enterprise", "enterprise_name"));
        Assert.Contains("metric.patent_stock.value", Sources("published.figure", "value"), StringComparison.Ordinal);
        Assert.DoesNotContain("unit", Sources("published.figure", "value"), StringComparison.Ordinal);
        // Every column of every model has its place, and one without any source is a constant.
        Assert.All(
            WarehouseSketch.Graph.Ordered.SelectMany(m => m.Columns.Select(c => new TableColumn(m.Relation, c.Name))),
            c => Assert.True(_lineage.ContainsKey(c), c.ToString())
        );
    }

    private string Sources(string relation, string column, int hops = 1)
    {
        IEnumerable<TableColumn> at = [new(relation, column)];
        for (var i = 0; i < hops; i++)
            at = at.SelectMany(c => _lineage[c]);
        return string.Join(' ', at.Distinct());
    }

    /// <summary>The columns that the optimized plan scans, filters among them.</summary>
    private HashSet<TableColumn> Read(string query)
    {
        var plan = (string)_sketch.Connection.Rows("explain (format json) " + query).Single()[1]!;
        var read = new HashSet<TableColumn>();
        // A plan nests a level or two for each operator: the reader's own limit of 64 is soon reached.
        Walk(JsonDocument.Parse(plan, new JsonDocumentOptions { MaxDepth = 1000 }).RootElement);
        return read;

        void Walk(JsonElement node)
        {
            if (node.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in node.EnumerateArray())
                    Walk(item);
                return;
            }
            if (node.TryGetProperty("children", out var children))
                Walk(children);
            if (!node.TryGetProperty("extra_info", out var info) || !info.TryGetProperty("Table", out var table))
                return;
            var name = table.GetString()!.Replace("\"", "", StringComparison.Ordinal).Split('.');
            var relation = name is ["landing", ..] ? $"landing.{name[^1]}" : $"{name[^2]}.{name[^1]}";
            // The plan leaves the list of some scans empty: then it says nothing.
            if (info.GetProperty("Projections").ValueKind == JsonValueKind.String && info.GetProperty("Projections").GetString() == "")
                read.UnionWith(
                    WarehouseSketch.Graph.Ordered.Where(m => m.Relation == relation).SelectMany(m => m.Columns).Select(c => new TableColumn(relation, c.Name))
                );
            foreach (var part in (string[])["Projections", "Filters"])
                if (info.TryGetProperty(part, out var list))
                    foreach (var text in list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(e => e.GetString()!) : [list.GetString()!])
                        read.Add(new(relation, text.Split(' ', '=', '<', '>', '!', '(')[0]));
        }
    }
}
