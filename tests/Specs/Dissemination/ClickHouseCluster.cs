namespace Innovation1551.Specs.Dissemination;

/// <summary>Two ClickHouse servers that are the shards of one cluster.</summary>
/// <param name="data">A folder that the data of the second lie in; without it one of its own.</param>
internal sealed class ClickHouseCluster(string? data = null) : IDisposable
{
    public const string Name = "kjcx";

    public IReadOnlyList<ClickHouseServer> Servers { get; } = ClickHouseServer.Cluster(Name, 2, data);

    /// <summary>For the publisher, tables of so many rows spread.</summary>
    public string To(long shardFrom) => To([.. Servers.Select(s => s.Address)], Name, shardFrom);

    public static string To(IReadOnlyList<string> hosts, string cluster, long shardFrom) =>
        $"Host={string.Join(',', hosts)};Username=publisher;Password=\"{ClickHouseServer.Password}\";Cluster={cluster};ShardFrom={shardFrom}";

    public void Dispose()
    {
        foreach (var server in Servers)
            server.Dispose();
    }
}
