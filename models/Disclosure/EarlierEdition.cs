using Innovation1551.Models.Releases;

namespace Innovation1551.Models.Disclosure;

/// <summary>An edition that readers hold already: an approved release.</summary>
public sealed record EarlierEdition(string Release, string Warehouse)
{
    /// <summary>The approved releases, in the order of their numbers.</summary>
    /// <param name="before">A release before which they were made; null for all.</param>
    /// <exception cref="DisclosureException">One is damaged: what readers hold cannot be looked through, so that nobody can say what they would learn.</exception>
    public static IReadOnlyList<EarlierEdition> Of(ReleaseStore store, string? before)
    {
        var approvals = store.Approvals;
        return
        [
            // Whether one is whole takes reading all of it: only the approved are asked.
            .. store
                .Ids.Where(id => (before is null || string.CompareOrdinal(id, before) < 0) && approvals.Of(id) is not null)
                .Select(id => Whole(store, id))
                .Where(m => approvals.Of(m) is not null)
                .Select(m => new EarlierEdition(m.Id, store.WarehousePath(m))),
        ];
    }

    private static Manifest Whole(ReleaseStore store, string id)
    {
        List<Text> faults = [];
        if (store.Sound(id, faults: faults) is { } manifest)
            return manifest;
        var (zh, en) = faults is [var first, ..] ? (first.Zh, first.En) : ("无法读取", "it cannot be read");
        throw new DisclosureException(
            new(
                $"已批准的 {id} 已损坏（{zh}），无从核对读者对照它能推算出什么；请先修复：innovation doctor --repair --from 备份文件夹；它若从未公布，可撤回批准：innovation approve {id} --undo",
                $"the approved release {id} is damaged ({en}): what readers could reckon with it cannot be made out; mend it first: innovation doctor --repair --from DIR; or if it was never published take its approval back: innovation approve {id} --undo"
            )
        );
    }
}
