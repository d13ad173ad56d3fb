using System.Globalization;

namespace Innovation1551.Models.Warehouse;

/// <summary>
/// What must hold of the tables by which groups are evaluated, before anything is built from them: whoever edits them is told the line,
/// because a weight that is missing or a metric that does not exist would change scores without a word.
/// </summary>
public static class EvaluationSystem
{
    /// <exception cref="DefinitionException">Names the file and the line.</exception>
    public static void Demand(Definitions definitions)
    {
        var metrics = Codes("seeds/metric.csv");
        var systems = Codes("seeds/evaluation_system.csv");
        var classes = Codes("seeds/evaluation_class.csv");
        var indicators = Table("seeds/evaluation_indicator.csv");
        foreach (var r in indicators)
        {
            r.Known("system", systems, "seeds/evaluation_system.csv");
            r.Known("metric", metrics, "seeds/metric.csv");
            r.OneOf("direction", "higher", "lower");
            r.OneOf("missing_rule", "NO_SCORE", "REWEIGHT", "ZERO");
            var (floor, goal) = (r.Number("floor"), r.Number("goal"));
            if (floor == goal)
                throw r.Fault(new($"起点值与目标值相同（{floor}）", $"floor and goal are the same ({floor})"));
            if (floor < goal != (r["direction"] == "higher"))
                throw r.Fault(new("方向与起点值、目标值不符", "the direction does not go from floor to goal"));
        }
        foreach (var r in Table("seeds/evaluation_system.csv"))
        {
            r.OneOf("incomplete_rule", "MARK", "NO_SCORE");
            r.OneOf("low_response_rule", "MARK", "NO_SCORE");
            foreach (var (name, most) in (ReadOnlySpan<(string, int)>)[("draws", 10_000), ("spread", 99), ("interval", 100)])
                r.Whole(name, 1, most);
        }
        foreach (var r in Table("seeds/evaluation_item.csv"))
        {
            r.Known("system", systems, "seeds/evaluation_system.csv");
            r.Known("metric", metrics, "seeds/metric.csv");
            r.OneOf("kind", "bonus", "veto");
            r.OneOf("missing_rule", "SKIP", "ZERO");
            if (r["kind"] == "bonus")
            {
                r.OneOf("compare", "ge");
                r.Number("cap");
            }
            else
                r.OneOf("compare", "lt", "gt");
            if (r.Number("points") < 0 || r["kind"] == "bonus" && r.Number("threshold") <= 0)
                throw r.Fault(new("分值不得为负，加分项的门槛须大于零", "points are not negative, and the threshold of a bonus is above zero"));
        }
        Weights(classes, indicators);

        IReadOnlyList<SeedLine> Table(string path) => SeedLine.Of(definitions, path);

        HashSet<string> Codes(string path) => [.. Seed.Parse(path, definitions[path]).Skip(1).Select(r => r[0])];

        void Weights(HashSet<string> known, IReadOnlyList<SeedLine> all)
        {
            var systemOf = all.ToDictionary(r => r["indicator"], r => r["system"], StringComparer.Ordinal);
            HashSet<string> judged = [.. systemOf.Keys];
            var weights = Table("seeds/evaluation_weight.csv");
            foreach (var r in weights)
            {
                r.Known("class", known, "seeds/evaluation_class.csv");
                r.Known("indicator", judged, "seeds/evaluation_indicator.csv");
                if (r.Number("weight") < 0)
                    throw r.Fault(new("权重不得为负", "a weight is not negative"));
            }
            foreach (var group in weights.GroupBy(r => (Class: r["class"], System: systemOf[r["indicator"]])))
            {
                if (group.GroupBy(r => r["indicator"]).FirstOrDefault(g => g.Count() > 1) is { } twice)
                    throw twice.Last().Fault(new($"{group.Key.Class} 的 {twice.Key} 有两个权重", $"{twice.Key} has two weights in {group.Key.Class}"));
                if (group.Sum(r => r.Number("weight")) is var sum && sum != 1)
                    throw group
                        .Last()
                        .Fault(
                            new(
                                $"{group.Key.Class} 在体系 {group.Key.System} 中的权重之和应为 1，现为 {Shown(sum)}",
                                $"the weights of {group.Key.Class} in the system {group.Key.System} sum to {Shown(sum)} and not to 1"
                            )
                        );
            }
            foreach (var system in systems)
            foreach (var name in known.Where(c => !weights.Any(r => r["class"] == c && systemOf[r["indicator"]] == system)))
                throw new DefinitionException(
                    "seeds/evaluation_weight.csv",
                    weights.Count + 2,
                    new($"缺少 {name} 在体系 {system} 中的权重", $"{name} has no weights in the system {system}")
                );
        }
    }

    private static string Shown(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
