using System.Collections.Immutable;
using System.Text;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Dictionary;

/// <summary>
/// The data dictionary of a release as one page that needs nothing else: every table with its grain, key, columns and meanings,
/// what it reads and who reads it, and the graph of all of them. Made from the same model files as the tables.
/// </summary>
public static class DictionaryPage
{
    private const string Style = """
        body{font:15px/1.6 sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1b2733;background:#fff}
        h2{margin:2.2rem 0 .3rem;font-size:1.15rem}table{border-collapse:collapse;width:100%}
        th,td{text-align:left;vertical-align:top;padding:.25rem .6rem;border-bottom:1px solid #d9e0e7}th{background:#f2f5f8}
        code{font-family:monospace}.from{font-size:.85em;color:#51606f}.graph{overflow:auto;border:1px solid #d9e0e7}.note{color:#51606f}nav{columns:4 14rem}
        """;

    /// <summary>Writes dictionary.html, lineage.svg (tables) and lineage-columns.svg into the folder.</summary>
    public static void Write(
        string folder,
        Definitions definitions,
        IReadOnlyDictionary<TableColumn, ImmutableSortedSet<TableColumn>> columns,
        string releaseId
    )
    {
        var graph = ModelGraph.Of(definitions);
        var drawing = LineageDrawing.Draw(graph);
        Put("lineage.svg", drawing);
        Put("lineage-columns.svg", ColumnLineageDrawing.Draw(graph, columns));
        Put("dictionary.html", Page(definitions, graph, columns, drawing, releaseId));

        void Put(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text, new UTF8Encoding(false));
    }

    private static string Page(
        Definitions definitions,
        ModelGraph graph,
        IReadOnlyDictionary<TableColumn, ImmutableSortedSet<TableColumn>> columns,
        string drawing,
        string releaseId
    )
    {
        var terms = Seed.Parse("seeds/term.csv", definitions["seeds/term.csv"]).Skip(1).ToDictionary(r => r[0], r => r[1], StringComparer.Ordinal);
        var readers = graph.Reads.SelectMany(r => r.Value.Select(read => (read, by: r.Key))).ToLookup(r => r.read, r => r.by, StringComparer.Ordinal);
        var html = new Html();
        html.Line("<!doctype html>")
            .Line("<html lang=\"zh-Hans\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
            .Line($"<title>数据字典 Data dictionary {Html.Escape(releaseId)}</title><style>{Style}</style></head><body>")
            .Line($"<h1>数据字典 <span lang=\"en\">Data dictionary</span></h1><p class=\"note\">{Html.Escape(releaseId)}</p>")
            .Line("<table><thead><tr><th>模式 schema</th><th>含义</th><th lang=\"en\">meaning</th></tr></thead><tbody>");
        foreach (var row in Seed.Parse("seeds/warehouse_schema.csv", definitions["seeds/warehouse_schema.csv"]).Skip(1))
            html.Line($"<tr><td><code>{Html.Escape(row[0])}</code></td><td>{Html.Escape(row[1])}</td><td lang=\"en\">{Html.Escape(row[2])}</td></tr>");
        html.Line("</tbody></table><nav>");
        foreach (var model in InOrder(graph))
            html.Line($"<a href=\"#{model.Relation}\"><code>{model.Relation}</code></a><br>");
        html.Line("</nav>");
        foreach (var model in InOrder(graph))
            Table(html, model, terms, columns, graph.Reads[model.Relation], readers[model.Relation]);
        return html.Line(
                "<h2 id=\"lineage\">数据血缘 <span lang=\"en\">Lineage</span></h2><p><a href=\"lineage-columns.svg\">字段级血缘图 Lineage of columns</a></p><div class=\"graph\">"
            )
            .Line(drawing)
            .Line("</div></body></html>")
            .ToString();
    }

    /// <summary>What readers look for first stands first.</summary>
    private static IEnumerable<Model> InOrder(ModelGraph graph) =>
        graph.Ordered.OrderBy(m => Array.IndexOf(["published", "core", "metric"], m.Relation.Split('.')[0])).ThenBy(m => m.Relation, StringComparer.Ordinal);

    private static void Table(
        Html html,
        Model model,
        Dictionary<string, string> terms,
        IReadOnlyDictionary<TableColumn, ImmutableSortedSet<TableColumn>> columns,
        IEnumerable<string> reads,
        IEnumerable<string> readers
    )
    {
        html.Line($"<h2 id=\"{model.Relation}\"><code>{model.Relation}</code></h2>");
        html.Line($"<p>{Html.Escape(terms.GetValueOrDefault(model.Relation, ""))}<br><span lang=\"en\">{Html.Escape(model.Grain)}</span></p>");
        html.Line("<table><thead><tr><th>列 column</th><th>类型 type</th><th>含义</th><th lang=\"en\">meaning</th><th>取自列 made of</th></tr></thead><tbody>");
        foreach (var c in model.Columns)
            html.Line(
                $"<tr><td><code>{c.Name}</code>{(model.Key.Contains(c.Name) ? " <small>主键 key</small>" : "")}</td><td><code>{c.Type}</code></td><td>{Html.Escape(terms.GetValueOrDefault(c.Name, ""))}</td><td lang=\"en\">{Html.Escape(c.Meaning)}</td><td class=\"from\">{Sources(columns[new(model.Relation, c.Name)])}</td></tr>"
            );
        html.Line("</tbody></table>");
        html.Line($"<p class=\"note\">取自 reads: {Links(reads)}<br>用于 read by: {Links(readers)}</p>");
    }

    /// <summary>Table by table, so that a column made of many is still read at a glance.</summary>
    private static string Sources(ImmutableSortedSet<TableColumn> sources) =>
        string.Join(
            "<br>",
            sources.GroupBy(s => s.Relation, StringComparer.Ordinal).Select(g => $"{Links([g.Key])}: {Html.Escape(string.Join(", ", g.Select(s => s.Column)))}")
        );

    private static string Links(IEnumerable<string> relations) =>
        string.Join(
            "、",
            relations
                .Select(r => r.Split('.')[0] is "core" or "metric" or "published" ? $"<a href=\"#{Html.Escape(r)}\">{Html.Escape(r)}</a>" : Html.Escape(r))
                .DefaultIfEmpty("—")
        );
}
