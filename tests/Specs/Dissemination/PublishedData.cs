using Innovation1551.Models.Dissemination;
using Innovation1551.Models.Querying;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Dissemination;

/// <summary>A small release, published in both formats once for all that only look.</summary>
public sealed class PublishedData : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();

    public PublishedData()
    {
        // What leaves the workspace has passed its checklist.
        TestWorkspace.Clear(_workspace.Workspace);
        Release = _workspace.Open();
        foreach (var format in Publication.Formats)
            Publication.Make(Release.Connection, Release.Manifest, format, _workspace.Workspace.Published, isInForce: true, null, CancellationToken.None);
    }

    public OpenRelease Release { get; }

    public string Root => _workspace.Workspace.Root;

    public string Published => _workspace.Workspace.Published;

    public string Parquet(string file) => Path.Combine(Publication.Folder(Published, "parquet", Release.Manifest.Id), file);

    public string Sdmx(string file) => Path.Combine(Publication.Folder(Published, "sdmx", Release.Manifest.Id), file);

    public void Dispose()
    {
        Release.Dispose();
        _workspace.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class PublishedDataCollection : ICollectionFixture<PublishedData>
{
    public const string Name = "published data";
}
