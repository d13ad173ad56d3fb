using Innovation1551.Models.Querying;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Tracing;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Reading;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>A workspace in a folder of its own that is gone after the test.</summary>
internal sealed class TestWorkspace : IDisposable
{
    private static readonly Definitions Shipped = Definitions.Load();

    /// <summary>Loaded and built once for all tests that begin there.</summary>
    private static readonly Lazy<string> SmallReleased = new(() =>
    {
        var workspace = new TestWorkspace();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => workspace.Dispose();
        workspace.Load([.. SmallReturns.Write(workspace.Workspace.Inbox).Select(f => f.Path)]);
        Assert.Empty(workspace.Build().Failures);
        return workspace.Workspace.Root;
    });

    public Workspace Workspace { get; } = new Workspace(Directory.CreateTempSubdirectory("innovation-spec-").FullName).Make();

    /// <summary>A workspace of its own in which the small returns have landed and are released.</summary>
    public static TestWorkspace WithSmallRelease()
    {
        var workspace = new TestWorkspace();
        Copy(SmallReleased.Value, workspace.Workspace.Root);
        return workspace;
    }

    /// <summary>Approves the current release and waives what of its checklist may be waived: now it may be signed. Says the same wherever and whenever.</summary>
    public static void Clear(Workspace workspace)
    {
        using var release = OpenRelease.Of(new ReleaseStore(workspace.Releases), "latest", workspace.Scratch);
        var (manifest, approvals, waivers) = (release.Manifest, new Approvals(workspace.Releases), new Waivers(workspace.Releases));
        if (approvals.Of(manifest) is null)
            approvals.Record(new(manifest.Id, manifest.ContentHash, "张三", "审定", DateTimeOffset.UnixEpoch, null, IsUndone: false));
        foreach (var item in new ReleaseChecklist(workspace, new(2026, 1, 1)).Of(release).Where(i => i.Verdict == "fails" && i.MayBeWaived))
            waivers.Record(new(manifest.Id, item.Name, Waivers.Hash(item.Faults), "张三", "示例", DateTimeOffset.UnixEpoch));
    }

    /// <summary>Copies files and rights of a folder and all below it.</summary>
    public static void Copy(string from, string to)
    {
        string[] folders = [.. Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories)];
        string There(string entry) => Path.Combine(to, Path.GetRelativePath(from, entry));
        foreach (var folder in folders)
            Directory.CreateDirectory(There(folder));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, There(file));
        if (OperatingSystem.IsWindows())
            return;
        foreach (var folder in folders)
            File.SetUnixFileMode(There(folder), File.GetUnixFileMode(folder));
    }

    public ReleaseStore Store => new(Workspace.Releases);

    public LoadResult Load(params string[] paths) =>
        new Loading(Workspace, Shipped, new ReadOptions(), TimeProvider.System).Load(paths, null, CancellationToken.None);

    public BuildResult Build(string? asOf = null) =>
        new Building(Workspace, Shipped, TimeProvider.System, releasesToKeep: 50).Build(asOf, null, CancellationToken.None);

    /// <summary>Rows of a query over a release, the current one unless named.</summary>
    public List<object?[]> Query(string sql, Manifest? manifest = null)
    {
        using var release = Open(manifest);
        return release.Connection.Rows(sql);
    }

    /// <summary>A release opened as every verb opens it, the current one unless named.</summary>
    public OpenRelease Open(Manifest? manifest = null) => OpenRelease.Of(Store, manifest?.Id ?? "latest", Workspace.Scratch);

    public IReadOnlyList<AttributedChange> Between(Manifest before, Manifest after)
    {
        using var older = Open(before);
        using var newer = Open(after);
        return ReleaseAttribution.Between(older.Connection, newer.Connection);
    }

    public TracedFigure Trace(string figure)
    {
        using var release = Open();
        return FigureTrace.Of(release.Connection, figure);
    }

    public TracedSource TraceCell(string address, Manifest? manifest = null)
    {
        using var release = Open(manifest);
        return CellTrace.Of(release.Connection, address);
    }

    public void Dispose() => Delete(Workspace.Root);

    /// <summary>Removes a folder, read-only releases included. Links are not followed: they may lead in circles.</summary>
    public static void Delete(string folder)
    {
        foreach (
            var entry in Directory.EnumerateFileSystemEntries(
                folder,
                "*",
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }
            )
        )
            File.SetAttributes(entry, File.GetAttributes(entry) & ~FileAttributes.ReadOnly);
        Directory.Delete(folder, recursive: true);
    }
}
