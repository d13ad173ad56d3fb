using Innovation1551.Models;

namespace Innovation1551.Returns.Sample;

/// <summary>Chinese names of codes, from the code lists that ship with the models: respondents write words, not codes.</summary>
internal static class CodeNames
{
    private static readonly Dictionary<(string List, string Code), string> Names = [];
    private static readonly HashSet<string> Loaded = new(StringComparer.Ordinal);
    private static readonly Lock Gate = new();

    public static string Of(string list, string code)
    {
        lock (Gate)
        {
            if (Loaded.Add(list))
                Load(list);
            return Names[(list, code)];
        }
    }

    private static void Load(string list)
    {
        using var stream =
            typeof(Text).Assembly.GetManifestResourceStream($"models/seeds/{list}.csv") ?? throw new InvalidOperationException($"no code list {list}");
        using var reader = new StreamReader(stream);
        // Code and name are the first two columns and never quoted.
        for (var line = reader.ReadLine(); line is not null; line = reader.ReadLine())
            if (line.Split(',', 3) is [var code, var name, ..])
                Names[(list, code)] = name;
    }
}
