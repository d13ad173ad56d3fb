using Innovation1551.Models.Releases;

namespace Innovation1551.Models.Disclosure;

/// <summary>An edition that readers hold already: an approved release.</summary>
public sealed record EarlierEdition(string Release, string Warehouse)
{
    /// <summary>The approved releases that are whole, in the order of their numbers.</summary>
    /// <param name="before">A release before which they were made; null for all.</param>
    public static IReadOnlyList<EarlierEdition> Of(ReleaseStore store, string? before) =>
        [
            .. store
                .Ids.Where(id => before is null || string.CompareOrdinal(id, before) < 0)
                .Select(id => store.Sound(id))
                .OfType<Manifest>()
                .Where(m => store.Approvals.Of(m) is not null)
                .Select(m => new EarlierEdition(m.Id, store.WarehousePath(m))),
        ];
}
