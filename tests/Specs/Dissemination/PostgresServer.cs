using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Innovation1551.Specs.Dissemination;

/// <summary>Debian's PostgreSQL on loopback with data in a folder of its own, as long as the specs that need it; without one, the reason.</summary>
public sealed class PostgresServer : IDisposable
{
    /// <summary>Passwords of the specs: what must stand in no message.</summary>
    public const string Password = "Geheim;'4711";

    private readonly string _folder = Directory.CreateTempSubdirectory("innovation-postgres-").FullName;
    private readonly string? _data;
    private readonly string? _programs;
    private readonly int _port;

    public PostgresServer()
        : this(null) { }

    /// <param name="data">A folder that its data lie in; without it one of its own.</param>
    internal PostgresServer(string? data)
    {
        _data = data;
        _programs = Programs();
        if (_programs is null)
        {
            Missing = "there is no PostgreSQL server (Debian: apt-get install postgresql)";
            return;
        }
        if (Environment.IsPrivilegedProcess && !File.ReadLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal)))
        {
            Missing = "PostgreSQL does not run as root, and there is no user postgres";
            return;
        }
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            _port = ((IPEndPoint)free.LocalEndpoint).Port;
        }
        File.WriteAllText(Path.Combine(_folder, "password"), Password);
        Own(_folder);
        if (data is not null)
            Own(data);
        AsServer(
            "initdb",
            "-D",
            Data,
            "-E",
            "UTF8",
            "--locale",
            "C",
            "--no-sync",
            "-A",
            "scram-sha-256",
            "-U",
            "boss",
            "--pwfile",
            Path.Combine(_folder, "password")
        );
        Start();
        Ask("postgres", $"create role publisher login createrole password {Innovation1551.Models.Sql.Literal(Password)}");
    }

    /// <summary>Why there is no server; null where there is one.</summary>
    public string? Missing { get; }

    public int Port => _port;

    private string Data => Path.Combine(_data ?? _folder, "data");

    /// <summary>Gives a folder to whoever the server runs as.</summary>
    public void Own(string folder)
    {
        if (Environment.IsPrivilegedProcess)
            Run("chown", "-R", "postgres", folder);
    }

    /// <summary>A database of its own for a spec, that the publisher may write.</summary>
    /// <param name="like">Another database that it begins as a copy of.</param>
    /// <param name="tablespace">Where its data lie.</param>
    public string Database(string name, string like = "template0", string tablespace = "pg_default")
    {
        Ask("postgres", $"create database {name} owner publisher encoding 'UTF8' template {like} tablespace {tablespace}");
        return Of("publisher", name);
    }

    public string Of(string user, string database, string password = Password) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = _port,
            Database = database,
            Username = user,
            Password = password,
            Pooling = false,
        }.ConnectionString;

    /// <summary>Rows of a question, asked by the one who may do all.</summary>
    public List<object?[]> Ask(string database, string sql) => AskAs("boss", database, sql);

    public List<object?[]> AskAs(string user, string database, string sql)
    {
        using var connection = new NpgsqlConnection(Of(user, database));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    }

    /// <summary>What psql prints; null where it is not there.</summary>
    public string? Psql(string database, string command)
    {
        var psql = Path.Combine(_programs!, "psql");
        if (!File.Exists(psql))
            return null;
        var start = new ProcessStartInfo(
            psql,
            ["-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "boss", "-d", database, "-c", command]
        )
        {
            RedirectStandardOutput = true,
        };
        start.Environment["PGPASSWORD"] = Password;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    public void Start() =>
        AsServer(
            "pg_ctl",
            "-D",
            Data,
            "-w",
            "-o",
            $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off",
            "-l",
            Path.Combine(_folder, "log"),
            "start"
        );

    public void Stop() => AsServer("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    public void Dispose()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private void AsServer(string program, params string[] arguments)
    {
        string[] line = [Path.Combine(_programs!, program), .. arguments];
        // The server refuses to be root.
        if (Environment.IsPrivilegedProcess)
            line = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", .. line];
        Run(line);
    }

    private void Run(params string[] line)
    {
        // Its output is a file: a server that is started keeps the pipe of whoever started it.
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$0\" \"$@\" >>\"$OUT\" 2>&1", .. line]) { WorkingDirectory = _folder };
        start.Environment["OUT"] = Path.Combine(_folder, "out");
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{line[^1]}: {File.ReadAllText(Path.Combine(_folder, "out"))}");
    }

    private static string? Programs() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .EnumerateDirectories("/usr/lib/postgresql")
                .Select(d => Path.Combine(d, "bin"))
                .Where(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")))
                .MaxBy(d => d, StringComparer.Ordinal)
            : null;
}
