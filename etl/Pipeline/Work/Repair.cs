using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Receiving;

namespace Innovation1551.Pipeline.Work;

/// <summary>What came of one damaged thing.</summary>
/// <param name="What">archive, landing, release, pointer.</param>
/// <param name="IsMended">False where it is lost, or can be had only from elsewhere.</param>
internal sealed record Mended(string What, string Name, bool IsMended, Text Says);

/// <summary>
/// Mends a workspace from what is left of it: received files from the inbox or a backup, landing from the archive, a release from its files or a
/// backup, the pointer from the releases. Nothing is thrown away: what is damaged is set aside in <c>warehouse/damaged/</c>.
/// </summary>
/// <param name="backups">Where to take from; null for the workspace alone.</param>
internal sealed class Repair(Workspace workspace, Definitions definitions, TimeProvider clock, Backups? backups)
{
    private readonly ReleaseStore _store = new(workspace.Releases);

    /// <summary>In this order, because each is made from the one before.</summary>
    /// <param name="load">Reads what is in the archive and not in landing.</param>
    /// <returns>What was damaged; empty where nothing is.</returns>
    public IReadOnlyList<Mended> Run(Action load, IProgress<(int Done, int Total, string What)>? progress, CancellationToken cancel) =>
        [.. Archive(), .. Landing(load), .. Releases(progress, cancel), .. Pointer()];

    private List<Mended> Archive()
    {
        var archive = new Archive(workspace.Received, clock, long.MaxValue);
        var mended = new List<Mended>();
        // With a backup named, what was left to it comes back too.
        var elsewhere = backups is null ? [] : archive.Elsewhere.Select(k => k.Sha256).ToHashSet(StringComparer.Ordinal);
        foreach (var receipt in archive.Decayed().Concat(archive.Receipts.Where(r => elsewhere.Contains(r.Sha256))).ToList())
        {
            var copy = Path.Combine(workspace.Received, $"{Guid.NewGuid():N}.part");
            var source =
                InInbox(receipt, copy) ? new Text("inbox", "the inbox")
                : backups?.Find(receipt.Sha256, copy) == true ? new("备份", "a backup")
                : null;
            if (source is not null)
                archive.Heal(receipt, copy);
            mended.Add(
                source is not null
                    ? new("archive", receipt.Sha256, true, new($"“{receipt.Name}”已取自{source.Zh}", $"\"{receipt.Name}\" was taken from {source.En}"))
                    : new(
                        "archive",
                        receipt.Sha256,
                        false,
                        new(
                            $"“{receipt.Name}”（received/{receipt.Sha256}）没有完好的副本{(backups is null ? "；可用 --from 指明备份" : "，备份中也没有")}；把同一文件放回 inbox 再运行，或请报送方重发",
                            $"\"{receipt.Name}\" (received/{receipt.Sha256}): no whole copy is left{(backups is null ? "; --from names a folder of backups" : ", nor has a backup one")}; put the same file into the inbox and run this again, or ask its sender for it"
                        )
                    )
            );
        }
        return mended;
    }

    /// <summary>The same bytes, whatever the file is called now.</summary>
    private bool InInbox(Receipt receipt, string copy)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in Directory.EnumerateFiles(workspace.Inbox, "*", options).Where(f => new FileInfo(f).Length == receipt.Bytes))
        {
            File.Copy(file, copy);
            if (FileHash.IsOf(receipt.Sha256, copy))
                return true;
            File.Delete(copy);
        }
        return false;
    }

    private List<Mended> Landing(Action load)
    {
        if (LandingSeal.Examine(workspace.Landing) is not { } fault)
            return [];
        load();
        return LandingSeal.Examine(workspace.Landing) is { } still
            ? [new("landing", "landing.duckdb", false, still)]
            : [new("landing", "landing.duckdb", true, new($"{fault.Zh}；已由存档重建", $"{fault.En}; it was made again from the archive"))];
    }

    private List<Mended> Releases(IProgress<(int Done, int Total, string What)>? progress, CancellationToken cancel)
    {
        _store.Tidy();
        var mended = new List<Mended>();
        var aside = workspace.Damaged;
        // Those that a repair which was cut off had set aside are damaged too.
        var gone = Directory.Exists(aside)
            ? Directory.EnumerateDirectories(aside).Select(f => Path.GetFileName(f)).Where(id => ReleaseFolder.IsId(id) && !_store.Ids.Contains(id))
            : [];
        foreach (
            var id in _store
                .Ids.Where(id => ReleaseVerifier.Verify(Path.Combine(workspace.Releases, id), workspace.Scratch, id).Count > 0)
                .Concat(gone)
                .ToList()
        )
        {
            var place = Path.Combine(workspace.Releases, id);
            Text? why;
            if (FromBackup(id))
                mended.Add(new("release", id, true, new($"发布版本 {id} 已取自备份", $"release {id} was taken from a backup")));
            else if ((why = Remade(id, Directory.Exists(place) ? place : Path.Combine(aside, id), progress, cancel)) is null)
                mended.Add(
                    new(
                        "release",
                        id,
                        true,
                        new(
                            $"发布版本 {id} 已由其文件重建，内容哈希与发布时相同",
                            $"release {id} was made again from its files; its content hash is that with which it was published"
                        )
                    )
                );
            else
                mended.Add(new("release", id, false, new($"发布版本 {id}：{why.Zh}", $"release {id}: {why.En}")));
        }
        return mended;
    }

    private bool FromBackup(string id)
    {
        var stage = Path.Combine(workspace.Releases, $".building-{id}");
        if (backups?.FindRelease(id, stage) != true)
            return false;
        if (ReleaseVerifier.Verify(stage, workspace.Scratch, id).Count > 0)
        {
            Directory.Delete(stage, recursive: true);
            return false;
        }
        _store.Replace(id, stage, Path.Combine(workspace.Damaged, id));
        return true;
    }

    /// <returns>Why not; null where it was.</returns>
    private Text? Remade(string id, string damaged, IProgress<(int Done, int Total, string What)>? progress, CancellationToken cancel)
    {
        try
        {
            new Building(workspace, definitions, clock, int.MaxValue).Remake(ReleaseFolder.Sealed(damaged, id), progress, cancel);
            return null;
        }
        catch (ReleaseException e)
        {
            return e.Problem;
        }
    }

    private List<Mended> Pointer()
    {
        if (_store.PointerFault is not { } fault)
            return [];
        _store.Heal(missing: true);
        return _store.PointerFault is null && _store.Current is { } current
            ? [new("pointer", "CURRENT", true, new($"指针 CURRENT 已指向 {current}", $"the pointer CURRENT names {current} again"))]
            : [new("pointer", "CURRENT", false, fault)];
    }
}
