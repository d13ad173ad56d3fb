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
            Known(r, "system", systems, "seeds/evaluation_system.csv");
            Known(r, "metric", metrics, "seeds/metric.csv");
            OneOf(r, "direction", "higher", "lower");
            OneOf(r, "missing_rule", "NO_SCORE", "REWEIGHT", "ZERO");
            var (floor, goal) = (Number(r, "floor"), Number(r, "goal"));
            if (floor == goal)
                throw r.Fault(new($"起点值与目标值相同（{floor}）", $"floor and goal are the same ({floor})"));
            if (floor < goal != (r["direction"] == "higher"))
                throw r.Fault(new("方向与起点值、目标值不符", "the direction does not go from floor to goal"));
        }
        foreach (var r in Table("seeds/evaluation_system.csv"))
        {
            OneOf(r, "incomplete_rule", "MARK", "NO_SCORE");
            OneOf(r, "low_response_rule", "MARK", "NO_SCORE");
            foreach (var (name, most) in (ReadOnlySpan<(string, int)>)[("draws", 10_000), ("spread", 99), ("interval", 100)])
                if (Number(r, name) is var n && (n < 1 || n > most || n != decimal.Truncate(n)))
                    throw r.Fault(new($"{name} 应为 1 至 {most} 的整数", $"{name} must be a whole number from 1 to {most}"));
        }
        foreach (var r in Table("seeds/evaluation_item.csv"))
        {
            Known(r, "system", systems, "seeds/evaluation_system.csv");
            Known(r, "metric", metrics, "seeds/metric.csv");
            OneOf(r, "kind", "bonus", "veto");
            OneOf(r, "missing_rule", "SKIP", "ZERO");
            if (r["kind"] == "bonus")
            {
                OneOf(r, "compare", "ge");
                Number(r, "cap");
            }
            else
                OneOf(r, "compare", "lt", "gt");
            if (Number(r, "points") < 0 || r["kind"] == "bonus" && Number(r, "threshold") <= 0)
                throw r.Fault(new("分值不得为负，加分项的门槛须大于零", "points are not negative, and the threshold of a bonus is above zero"));
        }
        Weights(classes, indicators);

        List<Line> Table(string path)
        {
            var rows = Seed.Parse(path, definitions[path]);
            return [.. rows.Skip(1).Select((cells, i) => new Line(path, i + 2, rows[0], cells))];
        }

        HashSet<string> Codes(string path) => [.. Seed.Parse(path, definitions[path]).Skip(1).Select(r => r[0])];

        void Weights(HashSet<string> known, List<Line> all)
        {
            var systemOf = all.ToDictionary(r => r["indicator"], r => r["system"], StringComparer.Ordinal);
            HashSet<string> judged = [.. systemOf.Keys];
            var weights = Table("seeds/evaluation_weight.csv");
            foreach (var r in weights)
            {
                Known(r, "class", known, "seeds/evaluation_class.csv");
                Known(r, "indicator", judged, "seeds/evaluation_indicator.csv");
                if (Number(r, "weight") < 0)
                    throw r.Fault(new("权重不得为负", "a weight is not negative"));
            }
            foreach (var group in weights.GroupBy(r => (Class: r["class"], System: systemOf[r["indicator"]])))
            {
                if (group.GroupBy(r => r["indicator"]).FirstOrDefault(g => g.Count() > 1) is { } twice)
                    throw twice.Last().Fault(new($"{group.Key.Class} 的 {twice.Key} 有两个权重", $"{twice.Key} has two weights in {group.Key.Class}"));
                if (group.Sum(r => Number(r, "weight")) is var sum && sum != 1)
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

    private static void Known(Line line, string column, HashSet<string> known, string path)
    {
        if (!known.Contains(line[column]))
            throw line.Fault(new($"{path} 中没有 {line[column]}", $"{path} has no {line[column]}"));
    }

    private static void OneOf(Line line, string column, params string[] allowed)
    {
        if (!allowed.Contains(line[column]))
            throw line.Fault(new($"{column} 应为 {string.Join("、", allowed)} 之一", $"{column} must be one of {string.Join(", ", allowed)}"));
    }

    private static decimal Number(Line line, string column) =>
        decimal.TryParse(line[column], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw line.Fault(new($"{column} 应为数字", $"{column} must be a number"));

    private static string Shown(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private sealed record Line(string Path, int No, string[] Header, string[] Cells)
    {
        public string this[string column] => Array.IndexOf(Header, column) is >= 0 and var at ? Cells[at] : throw Missing(column);

        public DefinitionException Fault(Text problem) => new(Path, No, problem);

        private DefinitionException Missing(string column) => new(Path, 1, new($"缺少列 {column}", $"the column {column} is missing"));
    }
}
