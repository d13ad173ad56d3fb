using System.Text.Json;

namespace Innovation1551.Models.Querying;

/// <summary>A sum or mean over the values of published figures.</summary>
/// <param name="Function">sum, avg.</param>
/// <param name="Metrics">The metrics that it is held to; empty where to none.</param>
/// <param name="ByMetric">True where each metric has a sum of its own.</param>
/// <param name="ByBreakdown">True where one breakdown alone goes into each.</param>
/// <param name="ByPeriod">True where one kind of period alone goes into each.</param>
/// <param name="OneMember">True where each rests on one member of a breakdown in one period: then nothing is added up.</param>
public sealed record FigureSum(string Function, IReadOnlyList<string> Metrics, bool ByMetric, bool ByBreakdown, bool ByPeriod, bool OneMember);

/// <summary>What a query reads, as far as its syntax tree tells.</summary>
/// <param name="Tables">Tables of the release, as schema.name.</param>
/// <param name="Parameters">Names of its $parameters.</param>
/// <param name="Sums">Sums of published figures.</param>
/// <param name="Held">What the columns of published.figure are held to by the query, where it is to constants or parameters ($name).</param>
public sealed record QueryReading(
    IReadOnlySet<string> Tables,
    IReadOnlyList<string> Parameters,
    IReadOnlyList<FigureSum> Sums,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Held
)
{
    private static readonly string[] HeldColumns = ["metric", "breakdown", "category", "period", "period_kind", "period_year", "figure_id"];

    internal static QueryReading Of(JsonElement statement)
    {
        var (tables, sums, held) = (
            new SortedSet<string>(StringComparer.OrdinalIgnoreCase),
            new List<FigureSum>(),
            new List<Dictionary<string, IReadOnlyList<string>>>()
        );
        Walk(statement);
        var parameters = statement.TryGetProperty("named_param_map", out var map)
            ? map.EnumerateArray().Select(p => p.GetProperty("key").ToString()).ToList()
            : [];
        // Of several parts of a query that read figures, what holds each of them holds all.
        var all = held.Count == 0 ? [] : held[0].Keys.Where(c => held.TrueForAll(h => h.ContainsKey(c)));
        return new(
            tables,
            parameters,
            sums,
            all.ToDictionary(c => c, c => (IReadOnlyList<string>)[.. held.SelectMany(h => h[c]).Distinct()], StringComparer.Ordinal)
        );

        void Walk(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Array)
                foreach (var item in element.EnumerateArray())
                    Walk(item);
            if (element.ValueKind != JsonValueKind.Object)
                return;
            switch (Text(element, "type"))
            {
                case "BASE_TABLE":
                    tables.Add(
                        (Text(element, "catalog_name") is { Length: > 0 } release ? release + "." : "")
                            + (Text(element, "schema_name") is { Length: > 0 } schema ? schema + "." : "")
                            + Text(element, "table_name")
                    );
                    break;
                case "SELECT_NODE" when element.TryGetProperty("from_table", out var from) && ReadsFigures(from):
                    Figures(element);
                    break;
            }
            foreach (var property in element.EnumerateObject())
                Walk(property.Value);
        }

        void Figures(JsonElement node)
        {
            var own = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
            if (node.TryGetProperty("where_clause", out var where))
                Equalities(where, own);
            held.Add(own);
            var groups = Groups(node).ToHashSet(StringComparer.OrdinalIgnoreCase);
            bool Pinned(string column) => groups.Contains(column) || own.TryGetValue(column, out var values) && values.Count == 1;
            foreach (var function in Aggregates(node.GetProperty("select_list")).Distinct())
                sums.Add(
                    new(
                        function,
                        own.GetValueOrDefault("metric") ?? [],
                        Pinned("metric"),
                        Pinned("breakdown"),
                        Pinned("period") || Pinned("period_kind"),
                        Pinned("figure_id")
                            || Pinned("breakdown") && Pinned("period") && (Pinned("category") || own.GetValueOrDefault("breakdown") is ["total"])
                    )
                );
        }
    }

    private static bool ReadsFigures(JsonElement from) =>
        Text(from, "type") switch
        {
            "BASE_TABLE" => Text(from, "schema_name").Equals("published", StringComparison.OrdinalIgnoreCase)
                && Text(from, "table_name").Equals("figure", StringComparison.OrdinalIgnoreCase),
            "JOIN" => ReadsFigures(from.GetProperty("left")) || ReadsFigures(from.GetProperty("right")),
            _ => false,
        };

    /// <summary>Columns held by AND to constants: col = x, col in (x, y).</summary>
    private static void Equalities(JsonElement where, Dictionary<string, IReadOnlyList<string>> held)
    {
        switch (Text(where, "type"))
        {
            case "CONJUNCTION_AND":
                foreach (var child in where.GetProperty("children").EnumerateArray())
                    Equalities(child, held);
                break;
            case "COMPARE_EQUAL":
                var (left, right) = (where.GetProperty("left"), where.GetProperty("right"));
                Hold(Column(left) ?? Column(right), [Constant(right) ?? Constant(left)]);
                break;
            case "COMPARE_IN":
                var children = where.GetProperty("children").EnumerateArray().ToList();
                Hold(Column(children[0]), [.. children.Skip(1).Select(Constant)]);
                break;
        }

        void Hold(string? column, List<string?> values)
        {
            if (column is not null && HeldColumns.Contains(column) && values.TrueForAll(v => v is not null))
                held[column] = [.. values.Select(v => v!)];
        }
    }

    /// <summary>Columns by which the rows are grouped, also by their place in the list or by ALL.</summary>
    private static IEnumerable<string> Groups(JsonElement node)
    {
        var listed = node.GetProperty("select_list").EnumerateArray().ToList();
        if (Text(node, "aggregate_handling") == "FORCE_AGGREGATES")
            foreach (var name in listed.Select(Column).OfType<string>())
                yield return name;
        foreach (var group in node.GetProperty("group_expressions").EnumerateArray())
            if (Column(group) is { } column)
                yield return column;
            else if (int.TryParse(Constant(group), out var place) && place > 0 && place <= listed.Count && Column(listed[place - 1]) is { } named)
                yield return named;
    }

    /// <summary>Sums and means of the column value, wherever they stand in the list.</summary>
    private static IEnumerable<string> Aggregates(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return element.EnumerateArray().SelectMany(Aggregates);
        if (element.ValueKind != JsonValueKind.Object || Text(element, "type") == "SUBQUERY")
            return [];
        if (
            Text(element, "type") == "FUNCTION"
            && Text(element, "function_name") is "sum" or "avg" or "mean" or "fsum" or "kahan_sum" or "sumkahan"
            && element.GetProperty("children").EnumerateArray().Any(c => Column(c) == "value")
        )
            return [Text(element, "function_name")];
        return element.EnumerateObject().SelectMany(p => Aggregates(p.Value));
    }

    private static string? Column(JsonElement element) =>
        Text(element, "type") == "COLUMN_REF" ? element.GetProperty("column_names").EnumerateArray().Last().GetString()!.ToLowerInvariant()
        : Text(element, "type") == "OPERATOR_CAST" ? Column(element.GetProperty("child"))
        : null;

    private static string? Constant(JsonElement element) =>
        Text(element, "type") switch
        {
            "VALUE_CONSTANT" when element.GetProperty("value").TryGetProperty("value", out var value) => value.ToString(),
            "VALUE_PARAMETER" => "$" + Text(element, "identifier"),
            "OPERATOR_CAST" => Constant(element.GetProperty("child")),
            _ => null,
        };

    private static string Text(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
