using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Sample;
using Innovation1551.Specs.MainJob;

namespace Innovation1551.Specs.Models;

/// <summary>The sample as it ships, written, loaded and built once for all specs, which only read it.</summary>
public sealed class BuiltSample
{
    public static SampleOptions Options { get; } = new();

    private static readonly Lazy<(TestWorkspace Workspace, IReadOnlyList<string> Files, LoadResult Loaded, BuildResult Built)> Made = new(() =>
    {
        var workspace = new TestWorkspace();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => workspace.Dispose();
        var files = SampleGenerator.Write(workspace.Workspace.Inbox, Options);
        return (workspace, files, workspace.Load(workspace.Workspace.Inbox), workspace.Build());
    });

    internal TestWorkspace Workspace { get; } = Made.Value.Workspace;

    /// <summary>The names of the files, which stand in the workspace's inbox.</summary>
    public IReadOnlyList<string> Files { get; } = Made.Value.Files;

    public LoadResult Loaded { get; } = Made.Value.Loaded;
    public IReadOnlyList<string> Failures { get; } = [.. Made.Value.Built.Failures.Select(f => f.ToString())];
    public string Warehouse => Workspace.Store.WarehousePath(Workspace.Store.Find("latest"));
    public string Landing => Workspace.Workspace.Landing;

    public List<object?[]> Query(string sql) => Workspace.Query(sql);
}
