using Innovation1551.Returns.Sample;
using Innovation1551.Specs.MainJob;

namespace Innovation1551.Specs.Models;

/// <summary>The sample as it ships, loaded and built once.</summary>
public sealed class BuiltSample : IDisposable
{
    private readonly TestWorkspace workspace = new();

    public BuiltSample()
    {
        SampleGenerator.Write(workspace.Workspace.Inbox, new SampleOptions());
        workspace.Load(workspace.Workspace.Inbox);
        Failures = [.. workspace.Build().Failures.Select(f => f.ToString())];
        Warehouse = workspace.Store.WarehousePath(workspace.Store.Find("latest"));
    }

    public IReadOnlyList<string> Failures { get; }
    public string Warehouse { get; }
    public string Landing => workspace.Workspace.Landing;
    public string Folder => workspace.Workspace.Scratch;

    public List<object?[]> Query(string sql) => workspace.Query(sql);

    public void Dispose() => workspace.Dispose();
}
