using System.Globalization;
using System.Text;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Dictionary;

/// <summary>Which table is made of which, as an SVG: a column for each step away from landing and the seeds, an arrow for each reading.</summary>
internal static class LineageDrawing
{
    private const int BoxWidth = 190,
        BoxHeight = 24,
        Across = 270,
        Down = 32,
        Margin = 24;

    /// <summary>Colour of a schema.</summary>
    public static readonly IReadOnlyDictionary<string, string> Fills = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["landing"] = "#e8e8e8",
        ["seed"] = "#f3ead7",
        ["core"] = "#dce9f5",
        ["metric"] = "#dff0e3",
        ["published"] = "#f7dcdc",
    };

    /// <summary>How many steps each relation is away from landing and the seeds.</summary>
    public static Dictionary<string, int> Depths(ModelGraph graph)
    {
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var model in graph.Ordered)
        {
            foreach (var read in graph.Reads[model.Relation])
                depths.TryAdd(read, 0);
            depths[model.Relation] = 1 + graph.Reads[model.Relation].Max(r => (int?)depths[r]) ?? 0;
        }
        return depths;
    }

    public static string Draw(ModelGraph graph)
    {
        var depths = Depths(graph);
        var places = new Dictionary<string, (int X, int Y)>(StringComparer.Ordinal);
        foreach (var column in depths.GroupBy(d => d.Value))
        foreach (var (name, row) in column.Select(d => d.Key).Order(StringComparer.Ordinal).Select((n, i) => (n, i)))
            places[name] = (Margin + column.Key * Across, Margin + row * Down);
        var (width, height) = (places.Values.Max(p => p.X) + BoxWidth + Margin, places.Values.Max(p => p.Y) + BoxHeight + Margin);
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n"
        );
        svg.Append("<title>数据血缘 / Lineage of tables</title>\n");
        foreach (var model in graph.Ordered)
        foreach (var read in graph.Reads[model.Relation])
        {
            var ((x1, y1), (x2, y2)) = (
                (places[read].X + BoxWidth, places[read].Y + BoxHeight / 2),
                (places[model.Relation].X, places[model.Relation].Y + BoxHeight / 2)
            );
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path d=\"M{x1} {y1}C{x1 + 40} {y1} {x2 - 40} {y2} {x2} {y2}\" fill=\"none\" stroke=\"#8a97a6\" stroke-opacity=\"0.45\"><title>{Html.Escape(read)} → {Html.Escape(model.Relation)}</title></path>\n"
            );
        }
        foreach (var (name, (x, y)) in places.OrderBy(p => p.Key, StringComparer.Ordinal))
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<g><rect x=\"{x}\" y=\"{y}\" width=\"{BoxWidth}\" height=\"{BoxHeight}\" rx=\"4\" fill=\"{Fills.GetValueOrDefault(name.Split('.')[0], "#ffffff")}\" stroke=\"#5b6b7b\"/><text x=\"{x + 8}\" y=\"{y + 16}\" fill=\"#1b2733\">{Html.Escape(name)}</text></g>\n"
            );
        return svg.Append("</svg>\n").ToString();
    }
}
