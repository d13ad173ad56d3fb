using Innovation1551.Returns.Sample;
using Innovation1551.Specs.MainJob;

namespace Innovation1551.Specs.Models;

/// <summary>The sample as it ships, loaded and built once.</summary>
public sealed class BuiltSample : IDisposable
{
    private readonly TestWorkspace _workspace = new();

    public BuiltSample()
    {
        SampleGenerator.Write(_workspace.Workspace.Inbox, new SampleOptions());
        _workspace.Load(_workspace.Workspace.Inbox);
        Failures = [.. _workspace.Build().Failures.Select(f => f.ToString())];
        Warehouse = _workspace.Store.WarehousePath(_workspace.Store.Find("latest"));
    }

    public IReadOnlyList<string> Failures { get; }
    public string Warehouse { get; }
    public string Landing => _workspace.Workspace.Landing;
    public string Folder => _workspace.Workspace.Scratch;

    public List<object?[]> Query(string sql) => _workspace.Query(sql);

    public void Dispose() => _workspace.Dispose();
}
