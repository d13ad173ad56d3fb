using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Figures;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Dictionary;

/// <summary>
/// The data dictionary of a release as one page that needs nothing else and can be searched: what to beware of, the metrics, the questions of
/// analysts with this release's answers, and every table with its grain, key, columns and meanings, what it reads and who reads it.
/// </summary>
public static class DictionaryPage
{
    private static readonly Asset Style = Asset.Embedded("dictionary.css");
    private static readonly Asset Script = Asset.Embedded("dictionary.js");

    /// <summary>Writes dictionary.html, lineage.svg (tables) and lineage-columns.svg into the folder.</summary>
    /// <param name="warehouse">The warehouse as built; nobody else uses the connection meanwhile.</param>
    /// <exception cref="DefinitionException">A query of the cookbook fails.</exception>
    public static void Write(
        string folder,
        Definitions definitions,
        IReadOnlyDictionary<TableColumn, ImmutableSortedSet<TableColumn>> columns,
        DuckDBConnection warehouse,
        string releaseId
    )
    {
        var graph = ModelGraph.Of(definitions);
        var drawing = LineageDrawing.Draw(graph);
        Put("lineage.svg", drawing);
        Put("lineage-columns.svg", ColumnLineageDrawing.Draw(graph, columns));
        var html = new Html();
        Begin(html, definitions, warehouse, releaseId);
        Traps(html, warehouse);
        Metrics(html, warehouse);
        Recipes(html, Recipe.All(definitions, warehouse));
        Tables(html, DictionaryTable.All(definitions, graph, warehouse), columns);
        html.Line(
                "<section><h2 id=\"lineage\">数据血缘 <span lang=\"en\">Lineage</span></h2><p><a href=\"lineage-columns.svg\">字段级血缘图 Lineage of columns</a></p><div class=\"graph\">"
            )
            .Line(drawing)
            .Line($"</div></section></main><script>{Script.Content}</script></body></html>");
        Put("dictionary.html", html.ToString());

        void Put(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text, new UTF8Encoding(false));
    }

    private static void Begin(Html html, Definitions definitions, DuckDBConnection warehouse, string releaseId)
    {
        html.Line("<!doctype html>")
            .Line("<html lang=\"zh-Hans\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
            .Line($"<meta name=\"color-scheme\" content=\"light dark\"><title>数据字典 Data dictionary {Html.Escape(releaseId)}</title>")
            .Line($"<style>{Style.Content}</style></head><body><main>")
            .Line($"<h1>数据字典 <span lang=\"en\">Data dictionary</span></h1><p class=\"note\">{Html.Escape(releaseId)}</p>");
        if (warehouse.Scalar<bool>("select is_synthetic from published.release"))
            html.Line("<p class=\"synthetic\">示例数据 synthetic：以下数字均为虚构 <span lang=\"en\">— all figures below are invented</span></p>");
        html.Line(
                "<div class=\"find\"><label>查找指标、列、问题 <span lang=\"en\">Find a metric, a column, a question</span> <kbd>/</kbd><br><input id=\"find\" type=\"search\" autocomplete=\"off\"></label> <output id=\"found\" for=\"find\"></output></div>"
            )
            .Line("<nav aria-label=\"目录 Contents\"><ul>");
        foreach (
            var (id, zh, en) in (ReadOnlySpan<(string, string, string)>)
                [
                    ("traps", "须知", "Beware"),
                    ("metrics", "指标", "Metrics"),
                    ("recipes", "问与答", "Questions"),
                    ("marts", "宽表与维度", "Wide tables, dimensions"),
                    ("others", "其余各表", "Other tables"),
                    ("lineage", "数据血缘", "Lineage"),
                ]
        )
            html.Line($"<li><a href=\"#{id}\">{zh} <span lang=\"en\">{en}</span></a></li>");
        html.Line(
            "</ul></nav><section><div class=\"wide\"><table><thead><tr><th>模式 schema</th><th>含义</th><th lang=\"en\">meaning</th></tr></thead><tbody>"
        );
        foreach (var row in Seed.Parse("seeds/warehouse_schema.csv", definitions["seeds/warehouse_schema.csv"]).Skip(1))
            html.Line($"<tr><td><code>{Html.Escape(row[0])}</code></td><td>{Html.Escape(row[1])}</td><td lang=\"en\">{Html.Escape(row[2])}</td></tr>");
        html.Line("</tbody></table></div></section>");
    }

    private static void Traps(Html html, DuckDBConnection warehouse)
    {
        html.Line("<section data-parts><h2 id=\"traps\">须知 <span lang=\"en\">Beware</span></h2><ul>");
        foreach (
            var (name, text) in Rows.Query(
                warehouse,
                "select name_zh, name_en, definition_zh, definition_en from seed.trap order by rowid",
                r => (r.Text(0), r.Text(2))
            )
        )
            html.Line(
                $"<li data-part><strong>{Html.Escape(name.Zh)}</strong>：{Html.Escape(text.Zh)}<br><span lang=\"en\" class=\"note\">{Html.Escape(name.En)}: {Html.Escape(text.En)}</span></li>"
            );
        html.Line("</ul></section>");
    }

    private static void Metrics(Html html, DuckDBConnection warehouse)
    {
        html.Line("<section data-parts><h2 id=\"metrics\">指标 <span lang=\"en\">Metrics</span></h2>")
            .Line("<p class=\"note\"><code>from published.figure where metric = '…' and breakdown = 'total' and period_kind = 'year'</code></p>")
            .Line(
                "<div class=\"wide\"><table><thead><tr><th>指标 metric</th><th>单位 unit</th><th>可相加 additive</th><th>定义 definition</th><th>口径 basis</th><th>分类 breakdowns</th></tr></thead><tbody>"
            );
        var metrics = Rows.Query(
            warehouse,
            """
            select m.metric, m.name_zh, m.name_en, m.unit_zh, m.unit_en, m.definition_zh, m.definition_en, m.basis_zh, m.basis_en,
                cast(m.additive as varchar), coalesce(string_agg(distinct f.breakdown, ', ' order by f.breakdown), '')
            from published.metric as m left join published.figure as f using (metric)
            group by all order by any_value(m.sort_order), m.metric
            """,
            r => (Metric: r.GetString(0), Name: r.Text(1), Unit: r.Text(3), Definition: r.Text(5), Basis: r.Text(7), Additive: r.String(9), By: r.String(10))
        );
        foreach (var m in metrics)
            html.Line(
                $"<tr data-part id=\"metric-{Html.Escape(m.Metric)}\"><td><code>{Html.Escape(m.Metric)}</code><br>{Both(m.Name)}</td><td>{Both(m.Unit)}</td><td>{(m.Additive == "true" ? "是 yes" : "<strong>否 no</strong>")}</td><td>{Both(m.Definition)}</td><td>{Both(m.Basis)}</td><td class=\"from\">{Html.Escape(m.By)}</td></tr>"
            );
        html.Line("</tbody></table></div></section>");
    }

    private static void Recipes(Html html, ImmutableArray<Recipe> recipes)
    {
        html.Line("<section data-parts><h2 id=\"recipes\">问与答 <span lang=\"en\">Questions and this release's answers</span></h2>");
        foreach (var recipe in recipes)
        {
            html.Line(
                    $"<article data-part><h3 id=\"recipe-{Html.Escape(recipe.Name)}\">{Both(recipe.Title)}</h3><pre><code>{Html.Escape(recipe.Sql)}</code></pre>"
                )
                .Line($"<div class=\"wide\"><table><thead><tr>{Cells("th", recipe.Columns)}</tr></thead><tbody>");
            foreach (var row in recipe.Rows)
                html.Line($"<tr>{Cells("td", row.Select(c => c ?? "∅"))}</tr>");
            var count = recipe.Count.ToString(CultureInfo.InvariantCulture);
            html.Line("</tbody></table></div>").Line($"<p class=\"note\">{recipe.Rows.Length}/{count} 行 <span lang=\"en\">rows</span></p></article>");
        }
        html.Line("</section>");
    }

    private static void Tables(Html html, ImmutableArray<DictionaryTable> tables, IReadOnlyDictionary<TableColumn, ImmutableSortedSet<TableColumn>> columns)
    {
        var known = tables.Select(t => t.Relation).ToHashSet(StringComparer.Ordinal);
        var readers = tables.SelectMany(t => t.Reads.Select(read => (read, by: t.Relation))).ToLookup(r => r.read, r => r.by, StringComparer.Ordinal);
        foreach (
            var (id, title, some) in (ReadOnlySpan<(string, string, IEnumerable<DictionaryTable>)>)
                [
                    ("marts", "宽表与维度 <span lang=\"en\">Wide tables and dimensions</span>", tables.Where(t => t.IsMarted)),
                    ("others", "其余各表 <span lang=\"en\">Other tables</span>", tables.Where(t => !t.IsMarted)),
                ]
        )
        {
            html.Line($"<section data-parts><h2 id=\"{id}\">{title}</h2>");
            foreach (var table in some)
                Table(table);
            html.Line("</section>");
        }

        void Table(DictionaryTable table)
        {
            html.Line($"<article data-part><h3 id=\"{Html.Escape(table.Relation)}\"><code>{Html.Escape(table.Relation)}</code></h3><p>{Both(table.Grain)}</p>")
                .Line(
                    "<div class=\"wide\"><table><thead><tr><th>列 column</th><th>类型 type</th><th>含义</th><th lang=\"en\">meaning</th><th>取自列 made of</th></tr></thead><tbody>"
                );
            foreach (var c in table.Columns)
                html.Line(
                    $"<tr><td><code>{Html.Escape(c.Name)}</code>{(c.IsKey ? " <small>主键 key</small>" : "")}</td><td><code>{Html.Escape(c.Type)}</code></td><td>{Html.Escape(c.Meaning.Zh)}</td><td lang=\"en\">{Html.Escape(c.Meaning.En)}</td><td class=\"from\">{Sources(new(table.Relation, c.Name))}</td></tr>"
                );
            html.Line("</tbody></table></div>")
                .Line($"<p class=\"note\">取自 reads: {Links(table.Reads)}<br>用于 read by: {Links(readers[table.Relation])}</p></article>");
        }

        // Table by table, so that a column made of many is still read at a glance.
        string Sources(TableColumn column) =>
            columns.TryGetValue(column, out var sources)
                ? string.Join(
                    "<br>",
                    sources
                        .GroupBy(s => s.Relation, StringComparer.Ordinal)
                        .Select(g => $"{Links([g.Key])}: {Html.Escape(string.Join(", ", g.Select(s => s.Column)))}")
                )
                : "";

        string Links(IEnumerable<string> relations) =>
            string.Join(
                "、",
                relations.Select(r => known.Contains(r) ? $"<a href=\"#{Html.Escape(r)}\">{Html.Escape(r)}</a>" : Html.Escape(r)).DefaultIfEmpty("—")
            );
    }

    private static string Cells(string tag, IEnumerable<string> texts) => string.Concat(texts.Select(t => $"<{tag}>{Html.Escape(t)}</{tag}>"));

    private static string Both(Models.Text text) =>
        text.Zh.Length == 0 ? $"<span lang=\"en\">{Html.Escape(text.En)}</span>"
        : text.En.Length == 0 || text.En == text.Zh ? Html.Escape(text.Zh)
        : $"{Html.Escape(text.Zh)}<br><span lang=\"en\" class=\"note\">{Html.Escape(text.En)}</span>";
}
