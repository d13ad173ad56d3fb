using DuckDB.NET.Data;
using Innovation1551.Models.Releases;

namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>What publishing to an engine did.</summary>
/// <param name="Place">Where, for a person: host, port and database; no password.</param>
/// <param name="IsNew">False where the release was there whole.</param>
/// <param name="IsTurned">The names that analysts use lead to this release since now.</param>
/// <param name="Notes">What could not be done beside it, and what to do.</param>
public sealed record EnginePublished(string Place, bool IsNew, bool IsTurned, int Tables, long Rows, IReadOnlyList<Text> Notes);

/// <summary>What an engine was found to hold of a release.</summary>
/// <param name="Leads">The release that the names of analysts lead to; null where they lead nowhere, or to several.</param>
/// <param name="Faults">In what it is not the release: nothing where it is.</param>
public sealed record EngineChecked(string Place, string? Leads, int Tables, long Rows, IReadOnlyList<Text> Faults);

/// <summary>
/// A release in another engine: tables under names of its own that have the release in them, counted and summed against the release, and
/// the names that analysts use, which are views and lead to the release in force. Both change in one step; a release before stays as it is.
/// </summary>
public static class EnginePublication
{
    /// <summary>The engines, as <c>publish --to</c> names them.</summary>
    public static IReadOnlyList<string> Engines { get; } = ["postgres", "clickhouse"];

    /// <summary>The name, before all names, of what was made by this program in a database.</summary>
    internal const string Mark = "innovation1551";

    /// <summary>What a release's tables are called by: r0003-1a2b3c4d becomes r0003_1a2b3c4d, which no engine wants in quotes.</summary>
    public static string Prefix(string release) => release.Replace('-', '_');

    /// <summary>The schema, or the database, in which a release has its own tables of one schema.</summary>
    public static string Schema(string release, string schema) => $"{Prefix(release)}_{schema}";

    /// <summary>Publishes a release, unless it is there whole.</summary>
    /// <param name="engine">One of <see cref="Engines"/>.</param>
    /// <param name="connection">The driver's connection string; its password stands in no message.</param>
    /// <param name="isInForce">The release is the one in force: the names that analysts use are turned to it.</param>
    /// <exception cref="DisseminationException">It cannot be reached or may not be written, or holds something else under these names; what was there before still is.</exception>
    public static EnginePublished Make(
        DuckDBConnection release,
        Manifest manifest,
        string engine,
        string connection,
        bool isInForce,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancel
    )
    {
        using var target = Open(engine, connection);
        return target.Guarded(() =>
        {
            target.Begin(manifest.Id);
            var stands = target.ContentHash(manifest.Id);
            if (stands is not null && stands != manifest.ContentHash)
                throw new DisseminationException(Another(target.Place, manifest, stands))
                {
                    Remedy = new("未作改动，请发布到另一个数据库", "nothing was changed: publish to another database"),
                };
            var tables = EngineTable.All(release);
            if (stands is null)
                target.Load(release, manifest, tables, progress, cancel);
            // What somebody has changed since is told and left to him: others may have built on it.
            else if (Faults(target, release, manifest.Id, tables, progress, cancel).FirstOrDefault() is { } changed)
                throw new DisseminationException(changed) { Remedy = target.Remedy(manifest.Id) };
            var isTurned = isInForce && target.InForce() != manifest.Id;
            if (isTurned)
                target.Turn(manifest.Id, tables);
            var notes = target.Grant();
            return new EnginePublished(target.Place, stands is null, isTurned, tables.Count, target.Rows, notes);
        });
    }

    /// <summary>Asks an engine whether it holds a release as it is: all that publishing counts is counted again, and nothing is written.</summary>
    /// <param name="isInForce">The release is the one in force: the names that analysts use should lead to it.</param>
    /// <exception cref="DisseminationException">It cannot be reached or may not be read.</exception>
    public static EngineChecked Check(
        DuckDBConnection release,
        Manifest manifest,
        string engine,
        string connection,
        bool isInForce,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancel
    )
    {
        using var target = Open(engine, connection);
        return target.Guarded(() =>
        {
            target.Look();
            var (id, stands, leads) = (manifest.Id, target.ContentHash(manifest.Id), target.InForce());
            if (stands != manifest.ContentHash)
                return new(
                    target.Place,
                    leads,
                    0,
                    0,
                    [stands is null ? new Text($"{target.Place} 中没有 {id}", $"{target.Place} does not have {id}") : Another(target.Place, manifest, stands)]
                );
            var tables = EngineTable.All(release);
            List<Text> faults = [.. Faults(target, release, id, tables, progress, cancel)];
            if (isInForce && leads != id)
                faults.Add(
                    leads is null
                        ? new(
                            $"{target.Place} 上分析用的各表不是都指向 {id}；再发布一次即可",
                            $"the names of analysts on {target.Place} do not all lead to {id}: publish again"
                        )
                        : new(
                            $"{target.Place} 上分析用的各表指向 {leads}，不是现行的 {id}；再发布一次即可",
                            $"the names of analysts on {target.Place} lead to {leads} and not to {id}, which is in force: publish again"
                        )
                );
            return new EngineChecked(target.Place, leads, tables.Count, target.Rows, faults);
        });
    }

    /// <summary>In what the tables that stand there are not the release's: the first thing in each of them.</summary>
    private static IEnumerable<Text> Faults(
        IEngine target,
        DuckDBConnection release,
        string id,
        IReadOnlyList<EngineTable> tables,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancel
    )
    {
        foreach (var (table, done) in tables.Select((t, i) => (t, i)))
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report((done, tables.Count, table.FullName));
            if (Fault(table) is { } fault)
                yield return fault;
        }
        progress?.Report((tables.Count, tables.Count, ""));

        Text? Fault(EngineTable table)
        {
            try
            {
                target.Hold(release, id, table);
                return null;
            }
            catch (DisseminationException changed)
            {
                return changed.Reason;
            }
        }
    }

    private static Text Another(string place, Manifest manifest, string stands) =>
        new(
            $"{place} 中的 {manifest.Id} 是另一个（内容哈希 {stands[..8]}…，本版本为 {manifest.ContentHash[..8]}…）",
            $"{place} has another {manifest.Id} (content hash {stands[..8]}…, this one {manifest.ContentHash[..8]}…)"
        );

    private static IEngine Open(string engine, string connection) =>
        engine switch
        {
            "postgres" => PostgresEngine.Of(connection),
            "clickhouse" => ClickHouseEngine.Of(connection),
            _ => throw new ArgumentOutOfRangeException(nameof(engine), engine, "no such engine"),
        };
}
