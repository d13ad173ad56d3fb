using System.Data.Common;
using System.Globalization;

namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>The servers that a connection string names: one, or the shards of a cluster in their order.</summary>
/// <param name="Cluster">What the servers' own configuration calls the cluster (<c>remote_servers</c>); null for one server.</param>
/// <param name="ShardFrom">Rows from which on a table of a cluster is spread over its shards; smaller ones stand whole on each.</param>
internal sealed record ClickHouseConnection(IReadOnlyList<ClickHouseHttp> Servers, string? Cluster, long ShardFrom)
{
    private const long Large = 100_000;

    private static readonly string[] Known = ["host", "port", "username", "password", "protocol", "cluster", "shardfrom"];

    /// <exception cref="DisseminationException">The connection string cannot be read; nothing of it is repeated, for a password may stand anywhere in it.</exception>
    public static ClickHouseConnection Of(string connection)
    {
        try
        {
            var given = new DbConnectionStringBuilder { ConnectionString = connection };
            string? Value(string key) => given.TryGetValue(key, out var value) ? (string)value : null;
            var (protocol, cluster) = (Value("protocol") ?? "http", Value("cluster"));
            string[] hosts = [.. (Value("host") ?? "").Split(',', StringSplitOptions.TrimEntries)];
            if (
                hosts.All(h => h.Length > 0)
                && (hosts.Length == 1 || cluster is { Length: > 0 })
                && protocol is "http" or "https"
                && given.Keys.Cast<string>().All(k => Known.Contains(k.ToLowerInvariant()))
                && TryNumber(Value("port") ?? (protocol == "https" ? "8443" : "8123"), out var port)
                && TryNumber(Value("shardfrom") ?? Large.ToString(CultureInfo.InvariantCulture), out var shardFrom)
            )
                return new(
                    [.. hosts.Select(h => new ClickHouseHttp(Address(protocol, h, (int)port), Value("username") ?? "default", Value("password")))],
                    cluster is { Length: > 0 } ? cluster : null,
                    shardFrom
                );
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException or FormatException)
        {
            // What it says may have the password in it.
        }
        throw new DisseminationException(
            new(
                "读不懂连接字符串；应写作 Host=主机;Port=8123;Username=用户;Password=…;Protocol=http，集群另写 Host=主机1,主机2:8124;Cluster=名称（此处不重复所写内容）",
                "the connection string cannot be read; it is written Host=…;Port=8123;Username=…;Password=…;Protocol=http, and for a cluster Host=one,two:8124;Cluster=… (what was written is not repeated here)"
            )
        );
    }

    /// <summary>A host, with a port where it has another than the rest.</summary>
    private static Uri Address(string protocol, string host, int port) =>
        host.LastIndexOf(':') is var colon and > 0 && !host.EndsWith(']')
            ? new UriBuilder(protocol, host[..colon], int.Parse(host[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture)).Uri
            : new UriBuilder(protocol, host, port).Uri;

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
