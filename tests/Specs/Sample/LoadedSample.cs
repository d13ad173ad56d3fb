using Innovation1551.Models.Warehouse;
using Innovation1551.Returns;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Sample;
using Innovation1551.Specs.Models;
using Xunit;

namespace Innovation1551.Specs.Sample;

/// <summary>The sample as it ships and what landed of it, in a copy of the store: others read the store itself.</summary>
public sealed class LoadedSample : IDisposable
{
    private readonly BuiltSample _sample = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("sample").FullName;
    private readonly LandingStore _landing;

    public LoadedSample()
    {
        var copy = Path.Combine(_folder, "landing.duckdb");
        File.Copy(_sample.Landing, copy);
        _landing = LandingStore.Open(copy);
    }

    public SampleOptions Options => BuiltSample.Options;
    public string Folder => _sample.Workspace.Workspace.Inbox;
    public IReadOnlyList<string> Files => _sample.Files;
    public IReadOnlyList<Finding> Findings => _sample.Loaded.Findings;

    public List<object?[]> Rows(string sql) => [.. _landing.Connection.Rows(sql)];

    public long Count(string sql) => _landing.Connection.Scalar<long>($"select count(*) from ({sql})");

    public void Dispose()
    {
        _landing.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

[CollectionDefinition]
public sealed class LoadedSampleCollection : ICollectionFixture<LoadedSample>;
