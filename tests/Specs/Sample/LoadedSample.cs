using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sample;
using Xunit;

namespace Innovation1551.Specs.Sample;

/// <summary>The sample as it ships, written once and loaded once for all specs.</summary>
public sealed class LoadedSample : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("sample").FullName;
    private readonly LandingStore landing;

    public LoadedSample()
    {
        Files = SampleGenerator.Write(Folder, Options);
        var workspace = new Workspace(Path.Combine(root, "workspace")).Make();
        Findings = new Loading(workspace, Definitions.Load(), new ReadOptions(), TimeProvider.System).Load([Folder], null, default).Findings;
        landing = LandingStore.Open(workspace.Landing);
    }

    public SampleOptions Options { get; } = new();
    public string Folder => Path.Combine(root, "returns");
    public IReadOnlyList<string> Files { get; }
    public IReadOnlyList<Finding> Findings { get; }

    public List<object?[]> Rows(string sql) => [.. landing.Connection.Rows(sql)];
    public long Count(string sql) => landing.Connection.Scalar<long>($"select count(*) from ({sql})");

    public void Dispose()
    {
        landing.Dispose();
        Directory.Delete(root, recursive: true);
    }
}

[CollectionDefinition]
public sealed class LoadedSampleCollection : ICollectionFixture<LoadedSample>;
