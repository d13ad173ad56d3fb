using Innovation1551.Models.Querying;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Pipeline.Work;

/// <summary>The edition before a release in a workspace, and what changed since.</summary>
internal static class EditionBefore
{
    /// <summary>Its release; null where no earlier one is approved.</summary>
    public static string? Of(Workspace workspace, string release) => EditionChanges.EditionBefore(new ReleaseStore(workspace.Releases), release);

    /// <summary>What changed since it; null where there is none.</summary>
    /// <exception cref="ReleaseException">It is not what was published.</exception>
    public static EditionChanges? Changes(Workspace workspace, OpenRelease release)
    {
        var store = new ReleaseStore(workspace.Releases);
        if (EditionChanges.EditionBefore(store, release.Manifest.Id) is not { } before)
            return null;
        using var older = OpenRelease.Of(store, before, workspace.Scratch);
        return EditionChanges.Between(before, store.Approvals.Of(before)!, older.Connection, release.Connection);
    }
}
