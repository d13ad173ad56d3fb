using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Innovation1551.Models.Dissemination.Engines;

namespace Innovation1551.Specs.Dissemination;

/// <summary>Debian's ClickHouse on loopback with data in a folder of its own, as long as the specs that need it; without one, the reason.</summary>
public sealed class ClickHouseServer : IDisposable
{
    public const string Password = "Geheim;'4711";

    private const string Program = "/usr/sbin/clickhouse-server";

    private readonly string _folder = Directory.CreateTempSubdirectory("innovation-clickhouse-").FullName;
    private readonly int _http = FreePort(),
        _tcp;
    private readonly string _clusters,
        _data;
    private Process? _server;

    public ClickHouseServer()
        : this(FreePort(), "", null) { }

    /// <param name="data">A folder that its data lie in; without it one of its own.</param>
    internal ClickHouseServer(string? data)
        : this(FreePort(), "", data) { }

    /// <param name="clusters">The clusters that its configuration knows.</param>
    private ClickHouseServer(int tcp, string clusters, string? data)
    {
        (_tcp, _clusters, _data) = (tcp, clusters, data ?? At("data"));
        if (!File.Exists(Program))
        {
            Missing = "there is no ClickHouse server (Debian: apt-get install clickhouse-server)";
            return;
        }
        File.WriteAllText(At("config.xml"), Config);
        File.WriteAllText(At("users.xml"), Users);
        foreach (var folder in (string[])[_data, At("tmp"), At("formats")])
            Directory.CreateDirectory(folder);
        Start();
    }

    /// <summary>Servers that are the shards of one cluster, each in its own process.</summary>
    /// <param name="data">A folder that the data of the last of them lie in; without it one of its own.</param>
    internal static IReadOnlyList<ClickHouseServer> Cluster(string name, int shards, string? data = null)
    {
        int[] ports = [.. Enumerable.Range(0, shards).Select(_ => FreePort())];
        var replicas = ports.Select(p =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"<shard><replica><host>127.0.0.1</host><port>{p}</port><user>publisher</user><password>{Password}</password></replica></shard>"
            )
        );
        return [.. ports.Select(p => new ClickHouseServer(p, $"<{name}>{string.Concat(replicas)}</{name}>", p == ports[^1] ? data : null))];
    }

    /// <summary>Why there is no server; null where there is one.</summary>
    public string? Missing { get; }

    /// <summary>Host and port of the server.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_http}");

    public string Of(string user, string password = Password) => $"Host=127.0.0.1;Port={_http};Username={user};Password=\"{password}\"";

    public List<string?[]> Ask(string sql)
    {
        using var server = ClickHouseConnection.Of(Of("publisher")).Servers[0];
        return [.. server.Rows(sql)];
    }

    public void Run(string sql)
    {
        using var server = ClickHouseConnection.Of(Of("publisher")).Servers[0];
        server.Run(sql);
    }

    /// <summary>Takes a release off the list, as if it had not been written there; the server does that when it gets round to it.</summary>
    public void Unlist(string release)
    {
        Run($"alter table innovation1551.release delete where release = '{release}'");
        Assert(
            SpinWait.SpinUntil(() => Ask($"select release from innovation1551.release where release = '{release}'").Count == 0, TimeSpan.FromSeconds(10)),
            $"{release} stays on the list"
        );
    }

    /// <summary>A reader that has begun on a long answer from a table, and stays where he is until he is let go.</summary>
    internal IDisposable Hold(string table)
    {
        var rows = ClickHouseConnection
            .Of(Of("publisher"))
            .Servers[0]
            .Rows($"select number from {table} cross join (select number from system.numbers limit 20000)")
            .GetEnumerator();
        Assert(rows.MoveNext(), $"{table} is empty");
        return rows;
    }

    /// <summary>Changes values of a table that stands there, and waits until the server has got round to it.</summary>
    public void Change(string table, string what)
    {
        Run($"alter table {table} update {what}");
        Assert(
            SpinWait.SpinUntil(() => Ask("select mutation_id from system.mutations where not is_done").Count == 0, TimeSpan.FromSeconds(30)),
            $"{table} stays as it is"
        );
    }

    public void Start()
    {
        var start = new ProcessStartInfo(Program, ["--config-file=" + At("config.xml")])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _server = Process.Start(start)!;
        _ = _server.StandardOutput.ReadToEndAsync();
        _ = _server.StandardError.ReadToEndAsync();
        Assert(
            SpinWait.SpinUntil(
                () =>
                {
                    try
                    {
                        return Ask("select 1").Count == 1;
                    }
                    catch (HttpRequestException)
                    {
                        return false;
                    }
                },
                TimeSpan.FromSeconds(30)
            ),
            "it does not answer"
        );
    }

    public void Stop()
    {
        if (_server is null)
            return;
        _server.Kill();
        _server.WaitForExit();
        _server.Dispose();
        _server = null;
    }

    public void Dispose()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Assert(bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException(what);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    private string Config =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <yandex>
                <logger><level>warning</level><log>{At("log")}</log><errorlog>{At("errors")}</errorlog></logger>
                <http_port>{_http}</http_port><tcp_port>{_tcp}</tcp_port><listen_host>127.0.0.1</listen_host>
                <path>{_data}/</path><tmp_path>{At("tmp")}/</tmp_path><format_schema_path>{At("formats")}/</format_schema_path>
                <users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
                <timezone>UTC</timezone><mark_cache_size>67108864</mark_cache_size><uncompressed_cache_size>67108864</uncompressed_cache_size>
                <remote_servers>{_clusters}</remote_servers>
            </yandex>
            """
        );

    private static string Users
    {
        get
        {
            static string User(string name, string profile) =>
                $"<{name}><password>{Password}</password><networks><ip>127.0.0.1</ip></networks><profile>{profile}</profile><quota>default</quota></{name}>";
            return $"""
                <yandex>
                    <profiles><default><max_memory_usage>1000000000</max_memory_usage><distributed_product_mode>global</distributed_product_mode></default><readonly><readonly>1</readonly></readonly></profiles>
                    <users>{User("default", "readonly")}{User("publisher", "default")}{User("looker", "readonly")}</users>
                    <quotas><default></default></quotas>
                </yandex>
                """;
        }
    }
}
