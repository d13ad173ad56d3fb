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
        code{font-family:monospace}.graph{overflow:auto;border:1px solid #d9e0e7}.note{color:#51606f}nav{columns:4 14rem}
        """;

    /// <summary>Writes dictionary.html and lineage.svg into the folder.</summary>
    public static void Write(string folder, Definitions definitions, string releaseId)
    {
        var graph = ModelGraph.Of(definitions);
        var drawing = LineageDrawing.Draw(graph);
        File.WriteAllText(Path.Combine(folder, "lineage.svg"), drawing, new UTF8Encoding(false));
        File.WriteAllText(Path.Combine(folder, "dictionary.html"), Page(definitions, graph, drawing, releaseId), new UTF8Encoding(false));
    }

    private static string Page(Definitions definitions, ModelGraph graph, string drawing, string releaseId)
    {
        var terms = Seed.Parse("seeds/term.csv", definitions["seeds/term.csv"]).Skip(1).ToDictionary(r => r[0], r => r[1], StringComparer.Ordinal);
        var readers = graph.Reads.SelectMany(r => r.Value.Select(read => (read, by: r.Key))).ToLookup(r => r.read, r => r.by, StringComparer.Ordinal);
        var html = new Html();
        html.Line("<!doctype html>").Line("<html lang=\"zh-Hans\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
            .Line($"<title>数据字典 Data dictionary {Html.Escape(releaseId)}</title><style>{Style}</style></head><body>")
            .Line($"<h1>数据字典 <span lang=\"en\">Data dictionary</span></h1><p class=\"note\">{Html.Escape(releaseId)}</p>").Line("<nav>");
        foreach (var model in InOrder(graph)) html.Line($"<a href=\"#{model.Relation}\"><code>{model.Relation}</code></a><br>");
        html.Line("</nav>");
        foreach (var model in InOrder(graph)) Table(html, model, terms, graph.Reads[model.Relation], readers[model.Relation]);
        return html.Line("<h2 id=\"lineage\">数据血缘 <span lang=\"en\">Lineage</span></h2><div class=\"graph\">").Line(drawing).Line("</div></body></html>").ToString();
    }

    /// <summary>What readers look for first stands first.</summary>
    private static IEnumerable<Model> InOrder(ModelGraph graph) => graph.Ordered
        .OrderBy(m => Array.IndexOf(["published", "core", "metric"], m.Relation.Split('.')[0])).ThenBy(m => m.Relation, StringComparer.Ordinal);

    private static void Table(Html html, Model model, Dictionary<string, string> terms, IEnumerable<string> reads, IEnumerable<string> readers)
    {
        html.Line($"<h2 id=\"{model.Relation}\"><code>{model.Relation}</code></h2>");
        html.Line($"<p>{Html.Escape(terms.GetValueOrDefault(model.Relation, ""))}<br><span lang=\"en\">{Html.Escape(model.Grain)}</span></p>");
        html.Line("<table><thead><tr><th>列 column</th><th>类型 type</th><th>含义</th><th lang=\"en\">meaning</th></tr></thead><tbody>");
        foreach (var c in model.Columns)
            html.Line($"<tr><td><code>{c.Name}</code>{(model.Key.Contains(c.Name) ? " <small>主键 key</small>" : "")}</td><td><code>{c.Type}</code></td><td>{Html.Escape(terms.GetValueOrDefault(c.Name, ""))}</td><td lang=\"en\">{Html.Escape(c.Meaning)}</td></tr>");
        html.Line("</tbody></table>");
        html.Line($"<p class=\"note\">取自 reads: {Links(reads)}<br>用于 read by: {Links(readers)}</p>");
    }

    private static string Links(IEnumerable<string> relations) => string.Join("、", relations.Select(r =>
        r.Split('.')[0] is "core" or "metric" or "published" ? $"<a href=\"#{Html.Escape(r)}\">{Html.Escape(r)}</a>" : Html.Escape(r)).DefaultIfEmpty("—"));
}
