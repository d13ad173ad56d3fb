using System.Collections.Immutable;

namespace Innovation1551.Models.Warehouse;

/// <summary>Relations in an order in which each comes after those that it reads.</summary>
internal static class ReadingOrder
{
    /// <exception cref="DefinitionException">Relations read each other in a circle.</exception>
    public static ImmutableArray<T> Of<T>(IReadOnlyDictionary<string, T> relations, Func<T, IEnumerable<string>> reads, Func<T, string> path)
    {
        var ordered = ImmutableArray.CreateBuilder<T>();
        var finished = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var name in relations.Keys.Order(StringComparer.Ordinal))
            Visit(name);
        return ordered.ToImmutable();

        void Visit(string name)
        {
            if (finished.TryGetValue(name, out var done))
            {
                if (done)
                    return;
                throw new DefinitionException(path(relations[name]), 1, new("模型循环依赖", "models read each other in a circle"));
            }
            finished[name] = false;
            foreach (var read in reads(relations[name]))
                if (relations.ContainsKey(read))
                    Visit(read);
            finished[name] = true;
            ordered.Add(relations[name]);
        }
    }
}
