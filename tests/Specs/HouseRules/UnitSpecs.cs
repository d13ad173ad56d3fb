using System.Text.Json;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Rules;
using Innovation1551.Specs.Models;
using Xunit;

namespace Innovation1551.Specs.HouseRules;

/// <summary>
/// Amounts of different units are never added, subtracted or compared: a column carries its unit as the suffix of its name, and every model
/// and rule is looked through. Products and quotients make new units and may take any.
/// </summary>
public sealed class UnitSpecs : IDisposable
{
    private static readonly string[] Suffixes = [.. Unit.All.Select(u => u.Code).Distinct().OrderByDescending(c => c.Length)];
    private static readonly HashSet<string> Additive =
    [
        "+",
        "-",
        "COMPARE_EQUAL",
        "COMPARE_NOTEQUAL",
        "COMPARE_LESSTHAN",
        "COMPARE_GREATERTHAN",
        "COMPARE_LESSTHANOREQUALTO",
        "COMPARE_GREATERTHANOREQUALTO",
        "COMPARE_DISTINCT_FROM",
        "COMPARE_NOT_DISTINCT_FROM",
        "COMPARE_BETWEEN",
    ];

    /// <summary>Functions whose result has the unit of their arguments, which must agree.</summary>
    private static readonly HashSet<string> Keeping =
    [
        "sum",
        "min",
        "max",
        "avg",
        "any_value",
        "abs",
        "round",
        "coalesce",
        "greatest",
        "least",
        "ifnull",
        "nullif",
        "first",
        "last",
        "lag",
        "lead",
        "median",
    ];

    private readonly WarehouseSketch _parser = new();

    public void Dispose() => _parser.Dispose();

    [Fact]
    public void Models_and_rules_never_mix_units()
    {
        var offences = WarehouseSketch
            .Graph.Ordered.SelectMany(m => Mixed(m.Query).Select(o => $"{m.Path}: {o}"))
            // V10 holds person-years of one year against persons: the one comparison that is meant, for a person gives one at most.
            .Concat(
                new RuleCatalogue(WarehouseSketch.Definitions)
                    .Returns.Where(r => r.Id != "V10")
                    .SelectMany(r => Mixed($"select 1 from landing.{r.Form} as l {r.Joins} where {r.Broken}").Select(o => $"rule {r.Id}: {o}"))
            );
        Assert.Empty(offences);
    }

    [Theory]
    [InlineData("select a_wan + b_fte from t", "wan, fte")]
    [InlineData("select sum(a_wan) - coalesce(b_persons, 0) from t", "wan, persons")]
    [InlineData("select 1 from t where abs(a_wan) > b_yuan", "wan, yuan")]
    [InlineData("select case when x then a_wan else b_fte end from t", "wan, fte")]
    [InlineData("select greatest(a_wan, cast(b_yi as decimal)) from t", "wan, yi")]
    [InlineData("select a_wan + (b_wan - c_percent) from t", "wan, percent")]
    [InlineData("select a_wan between b_wan and c_fte from t", "wan, fte")]
    public void A_mixture_is_found(string sql, string units) => Assert.Contains(Mixed(sql), o => o.EndsWith(units, StringComparison.Ordinal));

    [Theory]
    [InlineData("select a_wan + b_wan, a_wan / b_fte, a_wan * 10000 + b_yuan, a_wan + 1, x + y from t")]
    [InlineData("select 1 from t where a_wan / nullif(b_wan, 0) > c_share and a_wan > 0 and b_fte > 0")]
    public void What_is_no_mixture_is_left_alone(string sql) => Assert.Empty(Mixed(sql));

    /// <summary>Each sum, difference, comparison, choice or union of units in a query that has more than one unit.</summary>
    private List<string> Mixed(string sql)
    {
        using var json = JsonDocument.Parse(
            _parser.Connection.Scalar<string>("select cast(json_serialize_sql(cast($1 as varchar)) as varchar)", sql)!,
            new JsonDocumentOptions { MaxDepth = 10_000 }
        );
        Assert.False(json.RootElement.GetProperty("error").GetBoolean(), sql);
        var offences = new List<string>();
        Walk(json.RootElement);
        return offences;

        void Walk(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Array)
                foreach (var item in element.EnumerateArray())
                    Walk(item);
            if (element.ValueKind != JsonValueKind.Object)
                return;
            if (Operands(element) is { } operands && operands.SelectMany(Units).Distinct().ToList() is { Count: > 1 } units)
                offences.Add($"{Name(element)} of {string.Join(", ", units)}");
            foreach (var property in element.EnumerateObject())
                Walk(property.Value);
        }
    }

    private static string Name(JsonElement element) =>
        element.TryGetProperty("function_name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()!
        : element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()!
        : "";

    /// <summary>The parts of an expression that must have one unit; null for anything else.</summary>
    private static List<JsonElement>? Operands(JsonElement element)
    {
        var name = Name(element);
        if (name is "CASE_EXPR" or "CASE" && element.TryGetProperty("case_checks", out var checks))
            return [.. checks.EnumerateArray().Select(c => c.GetProperty("then_expr")), element.GetProperty("else_expr")];
        if (name is "OPERATOR_COALESCE" || Keeping.Contains(name) || name is "+" or "-")
            return element.TryGetProperty("children", out var children)
                ? [.. name is "lag" or "lead" or "round" ? children.EnumerateArray().Take(1) : children.EnumerateArray()]
                : null;
        if (!Additive.Contains(name))
            return null;
        return [.. ((string[])["left", "right", "input", "lower", "upper"]).Where(p => element.TryGetProperty(p, out _)).Select(p => element.GetProperty(p))];
    }

    /// <summary>The units that an expression's value has, by the names of the columns that make it up.</summary>
    private static IEnumerable<string> Units(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return [];
        if (element.TryGetProperty("column_names", out var names))
        {
            var column = names.EnumerateArray().Last().GetString()!;
            return Array.Find(Suffixes, s => column.EndsWith("_" + s, StringComparison.Ordinal)) is { } unit ? [unit] : [];
        }
        if (Name(element) is "OPERATOR_CAST" or "CAST" or "CAST_EXPRESSION" && element.TryGetProperty("child", out var child))
            return Units(child);
        if (Name(element).StartsWith("COMPARE", StringComparison.Ordinal))
            return [];
        return Operands(element) is { } operands ? operands.SelectMany(Units) : [];
    }
}
