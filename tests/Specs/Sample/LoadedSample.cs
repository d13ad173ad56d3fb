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
    private readonly string _root = Directory.CreateTempSubdirectory("sample").FullName;
    private readonly LandingStore _landing;

    public LoadedSample()
    {
        Files = SampleGenerator.Write(Folder, Options);
        var workspace = new Workspace(Path.Combine(_root, "workspace")).Make();
        Findings = new Loading(workspace, Definitions.Load(), new ReadOptions(), TimeProvider.System).Load([Folder], null, default).Findings;
        _landing = LandingStore.Open(workspace.Landing);
    }

    public SampleOptions Options { get; } = new();
    public string Folder => Path.Combine(_root, "returns");
    public IReadOnlyList<string> Files { get; }
    public IReadOnlyList<Finding> Findings { get; }

    public List<object?[]> Rows(string sql) => [.. _landing.Connection.Rows(sql)];

    public long Count(string sql) => _landing.Connection.Scalar<long>($"select count(*) from ({sql})");

    public void Dispose()
    {
        _landing.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}

[CollectionDefinition]
public sealed class LoadedSampleCollection : ICollectionFixture<LoadedSample>;
