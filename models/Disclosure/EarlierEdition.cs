using Innovation1551.Models.Releases;

namespace Innovation1551.Models.Disclosure;

/// <summary>An edition that readers hold already: an approved release.</summary>
public sealed record EarlierEdition(string Release, string Warehouse)
{
    /// <summary>The approved releases that are whole, in the order of their numbers.</summary>
    /// <param name="before">A release before which they were made; null for all.</param>
    public static IReadOnlyList<EarlierEdition> Of(ReleaseStore store, string? before)
    {
        var approvals = store.Approvals;
        return
        [
            // Whether one is whole takes reading all of it: only the approved are asked.
            .. store
                .Ids.Where(id => (before is null || string.CompareOrdinal(id, before) < 0) && approvals.Of(id) is not null)
                .Select(id => store.Sound(id))
                .OfType<Manifest>()
                .Where(m => approvals.Of(m) is not null)
                .Select(m => new EarlierEdition(m.Id, store.WarehousePath(m))),
        ];
    }
}
