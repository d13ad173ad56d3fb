using Innovation1551.Models;
using Innovation1551.Models.Dissemination;
using Innovation1551.Models.Releases;
using Innovation1551.Returns;
using Innovation1551.Returns.Receiving;

namespace Innovation1551.Pipeline.Work;

/// <summary>Something that is kept no longer.</summary>
/// <param name="What">release, report, published, received.</param>
internal sealed record Pruned(string What, string Name, long Bytes);

/// <summary>
/// Removes what <see cref="Retention"/> no longer keeps: releases, reports and published data but those in force or approved; and, where that is
/// asked for, received files that lie whole in a backup, which is read before anything is removed.
/// </summary>
internal sealed class Pruning(Workspace workspace, Retention retention, TimeProvider clock)
{
    private readonly ReleaseStore _store = new(workspace.Releases);

    /// <summary>Releases, reports and published data.</summary>
    /// <param name="only">Nothing is removed, only told.</param>
    public IReadOnlyList<Pruned> Run(bool only)
    {
        var stay = _store.Approvals.Approved.Append(_store.Current).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var releases = _store.Ids.ToDictionary(id => id, id => Bytes(Path.Combine(workspace.Releases, id)), StringComparer.Ordinal);
        var gone = only ? _store.Beyond(retention.Releases) : _store.Prune(retention.Releases);
        var outputs = retention.Outputs is { } most
            ? Outputs().GroupBy(o => o.Kind, StringComparer.Ordinal).SelectMany(kind => kind.Where(o => !stay.Contains(o.Release)).Skip(most)).ToList()
            : [];
        if (!only)
            foreach (var output in outputs)
                Directory.Delete(output.Folder, recursive: true);
        return
        [
            .. gone.Select(id => new Pruned("release", id, releases[id])),
            .. outputs.Select(o => new Pruned(o.What, Path.GetRelativePath(workspace.Root, o.Folder), o.Bytes)),
        ];
    }

    /// <summary>Received files older than is kept here, where a backup has them whole.</summary>
    /// <param name="folder">The folder of backups.</param>
    /// <exception cref="BackupException">It has not each of them; nothing is removed then.</exception>
    public IReadOnlyList<Pruned> Received(string folder, bool only)
    {
        var backups = new Backups(folder);
        var archive = new Archive(workspace.Received, clock, long.MaxValue);
        var before = clock.GetUtcNow().AddYears(-retention.ReceivedYears!.Value);
        var old = archive.Receipts.Where(r => r.ReceivedAt < before && File.Exists(archive.PathOf(r.Sha256))).ToList();
        foreach (var receipt in old)
            if (!backups.Has(receipt.Sha256))
                throw new BackupException(
                    new(
                        $"{folder} 中没有“{receipt.Name}”（{receipt.Sha256[..12]}）的完好副本；什么都没有删去，请先 innovation backup --to {folder}",
                        $"{folder} has no whole copy of \"{receipt.Name}\" ({receipt.Sha256[..12]}); nothing was removed: run innovation backup --to {folder} first"
                    )
                );
        if (!only)
        {
            var kept = new KeptElsewhere(workspace.Received);
            foreach (var receipt in old)
            {
                kept.Record(new(receipt.Sha256, folder, clock.GetUtcNow()));
                FaultPoint.Reach("received.kept-elsewhere");
                File.Delete(archive.PathOf(receipt.Sha256));
            }
        }
        return [.. old.Select(r => new Pruned("received", r.Name, r.Bytes))];
    }

    /// <summary>Reports of a period and published data of a format, the newest of each kind first.</summary>
    private IEnumerable<(string What, string Kind, string Release, string Folder, long Bytes)> Outputs()
    {
        var reports = !Directory.Exists(workspace.Reports)
            ? []
            : from folder in Directory.EnumerateDirectories(workspace.Reports)
            let name = Path.GetFileName(folder)
            let at = name.LastIndexOf("-r", StringComparison.Ordinal)
            where at > 0 && ReleaseFolder.IsId(name[(at + 1)..])
            select (What: "report", Kind: name[..at], Release: name[(at + 1)..], Folder: folder, Bytes: Bytes(folder));
        var published =
            from format in Publication.Formats
            let kind = Path.GetDirectoryName(Publication.Folder(workspace.Published, format, "r"))!
            where Directory.Exists(kind)
            from folder in Directory.EnumerateDirectories(kind)
            where ReleaseFolder.IsId(Path.GetFileName(folder))
            select (What: "published", Kind: format, Release: Path.GetFileName(folder), Folder: folder, Bytes: Bytes(folder));
        return reports.Concat(published).OrderByDescending(o => o.Release, StringComparer.Ordinal);
    }

    private static long Bytes(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
}
