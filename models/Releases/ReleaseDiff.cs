using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Releases;

/// <summary>A figure that differs between two releases.</summary>
/// <param name="Kind">revised (stands in both with another value), added or removed.</param>
/// <param name="Compared">Figures with a value in both releases.</param>
public sealed record FigureChange(string Figure, string Kind, string? Before, string? After, long Compared);

/// <summary>Compares the figures of two releases.</summary>
public static class ReleaseDiff
{
    public static IReadOnlyList<FigureChange> Between(string older, string newer, string scratchFolder)
    {
        using var before = Database.OpenForReading(older, scratchFolder);
        // The same file would be handed out twice by the driver; a release against itself has no difference.
        if (Database.Canonical(older) == Database.Canonical(newer)) return [];
        using var after = Database.OpenForReading(newer, scratchFolder);
        var (old, now) = (Figures(before), Figures(after));
        long compared = old.Keys.LongCount(now.ContainsKey);
        return [.. old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Select(id => (Id: id, Before: old.GetValueOrDefault(id), After: now.GetValueOrDefault(id)))
            .Where(f => f.Before != f.After)
            .Select(f => new FigureChange(f.Id, f.Before is null ? "added" : f.After is null ? "removed" : "revised", f.Before, f.After, compared))];
    }

    private static Dictionary<string, string> Figures(DuckDBConnection release) => release
        .Rows("select figure_id, rtrim(rtrim(cast(value as varchar), '0'), '.') from published.figure where value is not null")
        .ToDictionary(r => (string)r[0]!, r => (string)r[1]!, StringComparer.Ordinal);
}
