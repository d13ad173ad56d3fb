using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Dictionary;

/// <summary>
/// Which column is made of which, as an SVG page: tables stand in columns by their distance from landing and the seeds. A click on a
/// column, or its name behind a # in the address, shows everything that it comes from and everything that comes from it, and nothing else.
/// </summary>
internal static class ColumnLineageDrawing
{
    private const int Width = 210,
        Line = 15,
        Head = 22,
        Across = 330,
        Gap = 14,
        Margin = 24,
        Top = 64;

    private const string Style = """
        text{fill:#1b2733;cursor:pointer}.t{font-weight:600}path{fill:none;stroke:#8a97a6;stroke-opacity:.18}
        .on .c,.on path,.on .b{display:none}.on .c.lit,.on path.lit,.on .b.lit{display:inline}.on path.lit{stroke-opacity:.7}.c.chosen{font-weight:700;fill:#b3261e}
        """;

    /// <summary>Follows the lines from the chosen column both ways and draws what it meets closer together; without one all stands as it was drawn.</summary>
    private const string Script = """
        const root=document.documentElement,all=s=>[...document.querySelectorAll(s)],paths=all('path'),boxes=all('.b'),columns=all('.c'),
          up=Map.groupBy(paths,p=>p.dataset.b),down=Map.groupBy(paths,p=>p.dataset.a),drawn=new Map();
        for(const e of all('rect,.t,.c,path'))drawn.set(e,['y','height','d'].map(n=>[n,e.getAttribute(n)]).filter(a=>a[1]!==null));
        function show(id){
          root.classList.remove('on');for(const e of all('.lit,.chosen'))e.classList.remove('lit','chosen');
          for(const [e,set] of drawn)for(const [n,v] of set)e.setAttribute(n,v);
          const chosen=columns.find(c=>c.dataset.c===id);if(!chosen)return;
          const met=new Set();chosen.classList.add('chosen');
          for(const [lines,end] of [[up,'a'],[down,'b']]){
            const seen=new Set(),next=[id];
            while(next.length){const at=next.pop();if(seen.has(at))continue;seen.add(at);met.add(at);
              for(const p of lines.get(at)??[]){p.classList.add('lit');next.push(p.dataset[end])}}
          }
          const y={},free={};
          for(const b of boxes){
            const mine=[...b.querySelectorAll('.c')].filter(c=>met.has(c.dataset.c));if(!mine.length)continue;
            const [r,t]=b.children,x=r.getAttribute('x'),top=free[x]??64;b.classList.add('lit');
            r.setAttribute('y',top);t.setAttribute('y',top+16);
            mine.forEach((c,i)=>{c.classList.add('lit');c.setAttribute('y',top+33+15*i);y[c.dataset.c]=top+29+15*i});
            r.setAttribute('height',28+15*mine.length);free[x]=top+42+15*mine.length;
          }
          for(const p of all('path.lit')){
            const n=p.getAttribute('d').match(/-?\d+/g).map(Number);n[1]=n[3]=y[p.dataset.a];n[5]=n[7]=y[p.dataset.b];
            p.setAttribute('d',`M${n[0]} ${n[1]}C${n[2]} ${n[3]} ${n[4]} ${n[5]} ${n[6]} ${n[7]}`);
          }
          root.classList.add('on');scrollTo(0,0);
        }
        const asked=()=>show(decodeURIComponent(location.hash.slice(1)));
        document.addEventListener('click',e=>{const c=e.target.closest('.c');location.hash=c?c.dataset.c:''});
        addEventListener('hashchange',asked);asked();
        """;

    public static string Draw(ModelGraph graph, IReadOnlyDictionary<TableColumn, ImmutableSortedSet<TableColumn>> columns)
    {
        var depths = LineageDrawing.Depths(graph);
        // Only columns on some way are drawn, and views for analysts stand after all tables.
        var last = depths.Values.Max() + 1;
        var tables = columns
            .Where(c => c.Value.Count > 0)
            .Select(c => c.Key)
            .Concat(columns.Values.SelectMany(s => s))
            .Distinct()
            .GroupBy(c => c.Relation, StringComparer.Ordinal)
            .OrderBy(t => t.Key, StringComparer.Ordinal)
            .ToLookup(t => depths.GetValueOrDefault(t.Key, last));
        var places = new Dictionary<TableColumn, (int X, int Y)>();
        var boxes = new StringBuilder();
        foreach (var depth in tables)
        {
            var (x, y) = (Margin + depth.Key * Across, Top);
            foreach (var table in depth)
            {
                var names = table.Order().ToList();
                var height = Head + names.Count * Line + 6;
                boxes.Append(
                    CultureInfo.InvariantCulture,
                    $"<g class=\"b\"><rect x=\"{x}\" y=\"{y}\" width=\"{Width}\" height=\"{height}\" rx=\"4\" fill=\"{LineageDrawing.Fills.GetValueOrDefault(table.Key.Split('.')[0], "#ffffff")}\" stroke=\"#5b6b7b\"/><text class=\"t\" x=\"{x + 8}\" y=\"{y + 16}\">{Html.Escape(table.Key)}</text>\n"
                );
                for (var i = 0; i < names.Count; i++)
                {
                    places[names[i]] = (x, y + Head + i * Line + Line / 2);
                    boxes.Append(
                        CultureInfo.InvariantCulture,
                        $"<text class=\"c\" data-c=\"{Html.Escape(names[i].ToString())}\" x=\"{x + 14}\" y=\"{y + Head + i * Line + 11}\">{Html.Escape(names[i].Column)}</text>\n"
                    );
                }
                boxes.Append("</g>\n");
                y += height + Gap;
            }
        }
        var (width, end) = (places.Values.Max(p => p.X) + Width + Margin, places.Values.Max(p => p.Y) + Margin);
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {end}\" width=\"{width}\" height=\"{end}\" role=\"img\" font-family=\"sans-serif\" font-size=\"11\">\n"
        );
        svg.Append("<title>字段级血缘 / Lineage of columns</title>\n<style>").Append(Style).Append("</style>\n");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{Margin}\" y=\"26\" font-size=\"16\">字段级血缘：单击一列，只显示其来源和去向；再单击空白处显示全部</text><text x=\"{Margin}\" y=\"46\" font-size=\"13\">Lineage of columns: click a column to see only what it is made of and what is made of it; click beside it for all</text>\n"
        );
        foreach (var (made, sources) in columns)
        foreach (var source in sources)
        {
            var ((x1, y1), (x2, y2)) = ((places[source].X + Width, places[source].Y), places[made]);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path data-a=\"{Html.Escape(source.ToString())}\" data-b=\"{Html.Escape(made.ToString())}\" d=\"M{x1} {y1}C{x1 + 50} {y1} {x2 - 50} {y2} {x2} {y2}\"><title>{Html.Escape(source.ToString())} → {Html.Escape(made.ToString())}</title></path>\n"
            );
        }
        return svg.Append(boxes).Append("<script><![CDATA[").Append(Script).Append("]]></script>\n</svg>\n").ToString();
    }
}
