namespace Innovation1551.Specs.Querying;

/// <summary>Statements by which somebody tries to reach what is not the release's tables.</summary>
internal static class Escapes
{
    /// <summary>Those that may run, because they are harmless: they read the release or make something of the session's own.</summary>
    public static readonly string[] Harmless =
    [
        "create temp table t as select * from range(10)",
        "/*x*/select 1--",
        "select 1 /* ; copy (select 1) to '{D}/x' */",
        "select 1 /* /* */ ; copy (select 1) to '{D}/x' */",
        "select E'\\'; copy (select 1) to ''{D}/x'' --'",
    ];

    /// <param name="folder">A folder in which a file lies that nobody may read, and in which nobody may write.</param>
    public static IReadOnlyList<(string Statement, bool MayRun)> All(string folder, string warehouse) =>
        [
            .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Querying", "escapes.sql"))
                .Where(l => l.Length > 0 && !l.StartsWith("-- ", StringComparison.Ordinal))
                .Select(l =>
                    (
                        l.Replace("{DB}", warehouse, StringComparison.Ordinal).Replace("{D}", folder, StringComparison.Ordinal),
                        Harmless.Contains(l, StringComparer.Ordinal)
                    )
                ),
        ];

    /// <summary>Every file below the folders with its length, time and, where it is small, its content.</summary>
    public static IReadOnlyList<string> Tree(params string[] folders) =>
        [
            .. folders
                .SelectMany(f => Directory.EnumerateFileSystemEntries(f, "*", SearchOption.AllDirectories))
                .Where(f => !f.Contains("/audit", StringComparison.Ordinal) && !f.Contains("/scratch", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(f => new FileInfo(f) is { Exists: true } file ? $"{f} {file.Length} {file.LastWriteTimeUtc.Ticks}" : f),
        ];
}
