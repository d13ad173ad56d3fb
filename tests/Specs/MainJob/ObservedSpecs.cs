using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Innovation1551.Models.Releases;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Work;
using Innovation1551.Service.Workers;
using Innovation1551.Specs.Warehouse;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>What the program tells of its own work: the log, OpenTelemetry, systemd, and the settings for them.</summary>
public sealed class ObservedSpecs
{
    private sealed class Day(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    [Fact]
    public void A_run_fills_the_log_with_its_steps_and_no_name_path_or_cell()
    {
        using var workspace = new TestWorkspace();
        var root = workspace.Workspace.Root;
        var sent = SmallReturns.Write(workspace.Workspace.Inbox);
        File.WriteAllText(Path.Combine(workspace.Workspace.Inbox, "机密.csv"), "不知何表,secret name\n1,2\n");
        Assert.Equal(1, ProgramRun.Of(root, "load").ExitCode);
        Assert.Equal(0, ProgramRun.Of(root, "build").ExitCode);

        var entries = Entries(root);
        var steps = entries.Select(e => e.TryGetProperty("step", out var step) ? step.GetString() : null).ToList();
        Assert.Superset(
            new HashSet<string?>
            {
                "innovation load",
                "receiving",
                "rules",
                "reading returns",
                "innovation build",
                "models",
                "checks",
                "sealing",
                "building the warehouse",
            },
            steps.ToHashSet()
        );
        var read = entries[steps.IndexOf("reading returns")];
        Assert.Equal((sent.Count + 1, 1), (read.GetProperty("new").GetInt32(), read.GetProperty("refused").GetInt32()));
        Assert.Equal(entries[steps.IndexOf("innovation load")].GetProperty("span").GetString(), read.GetProperty("part_of").GetString());
        var log = string.Concat(Directory.EnumerateFiles(Path.Combine(root, "logs")).Select(File.ReadAllText));
        foreach (var hidden in (string[])["机密", "secret name", root, .. sent.Select(s => Path.GetFileName(s.Path))])
            Assert.DoesNotContain(hidden, log, StringComparison.Ordinal);

        var asked = ProgramRun.Of(
            root,
            "sql",
            "--release",
            "latest",
            "--release",
            "operations",
            "--format",
            "csv",
            "select step, release from operations.step where step = 'building the warehouse'"
        );
        Assert.Contains($"building the warehouse,{workspace.Store.Current}", asked.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_begins_a_file_a_day_and_at_its_length_and_drops_what_is_old()
    {
        var folder = Directory.CreateTempSubdirectory("innovation-log-").FullName;
        try
        {
            var clock = new Day(new(2026, 11, 30, 23, 0, 0, TimeSpan.Zero));
            var log = new FileLog(folder, clock, days: 2, longest: 500).CreateLogger("spec");
            for (var i = 0; i < 10; i++)
                log.LogInformation("entry {Number}", i);
            var first = Directory.EnumerateFiles(folder).Count();
            Assert.InRange(first, 2, 9);
            Assert.All(Directory.EnumerateFiles(folder), f => Assert.InRange(new FileInfo(f).Length, 1, 700));
            clock.Now = clock.Now.AddDays(1);
            log.LogInformation("the next day");
            Assert.Equal(first + 1, Directory.EnumerateFiles(folder).Count());
            clock.Now = clock.Now.AddDays(2);
            log.LogInformation("what is older than two days goes");
            Assert.Equal(
                ["innovation-20261201-001.jsonl", "innovation-20261203-001.jsonl"],
                Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Writers_at_once_lose_no_line_and_what_an_exception_quotes_stays_out()
    {
        var folder = Directory.CreateTempSubdirectory("innovation-log-").FullName;
        try
        {
            Parallel.For(
                0,
                4,
                writer =>
                {
                    // As another process would: with a log of its own.
                    var log = new FileLog(folder, TimeProvider.System).CreateLogger("spec");
                    for (var i = 0; i < 50; i++)
                        log.LogError(
                            new FormatException("cannot read '13,5万' in \"研发费\"", new InvalidOperationException("at “机密项目”")),
                            "writer {Writer} entry {Entry}",
                            writer,
                            i
                        );
                }
            );
            var entries = Entries(folder, "");
            Assert.Equal(200, entries.Select(e => (e.GetProperty("writer").GetInt32(), e.GetProperty("entry").GetInt32())).Distinct().Count());
            foreach (var entry in entries)
            {
                Assert.StartsWith("System.FormatException: cannot read … in …\n", entry.GetProperty("exception").GetString(), StringComparison.Ordinal);
                Assert.EndsWith("---> System.InvalidOperationException: at …\n", entry.GetProperty("exception").GetString(), StringComparison.Ordinal);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Another process, Python's, is at the end of a list: ours waits, and its line comes after.</summary>
    [Fact]
    public void A_list_is_added_to_by_one_process_at_a_time()
    {
        const string python = "/usr/bin/python3";
        if (!File.Exists(python))
            Assert.Skip("no python3");
        var list = Path.GetTempFileName();
        try
        {
            var start = new System.Diagnostics.ProcessStartInfo(
                python,
                [
                    "-c",
                    "import fcntl, sys, time\nf = open(sys.argv[1], 'r+b')\nfcntl.lockf(f, fcntl.LOCK_EX, 1, 2**63 - 2)\nprint('held', flush=True)\ntime.sleep(0.5)\nf.seek(0, 2)\nf.write(b'theirs, which is long\\n')\nf.flush()",
                    list,
                ]
            )
            {
                RedirectStandardOutput = true,
            };
            using var other = System.Diagnostics.Process.Start(start)!;
            Assert.Equal("held", other.StandardOutput.ReadLine());
            Durable.Append(list, "ours"u8.ToArray());
            other.WaitForExit();
            Assert.Equal(["theirs, which is long", "", "ours"], File.ReadLines(list));
        }
        finally
        {
            File.Delete(list);
        }
    }

    /// <summary>A collector in this process gets the steps of a job and of the process that it runs in, under one trace, with counts.</summary>
    [Fact]
    public async Task OpenTelemetry_gets_steps_and_counts_where_it_is_switched_on()
    {
        using var workspace = TestWorkspace.WithSmallRelease();
        var root = workspace.Workspace.Root;
        using var collector = new HttpListener();
        var port = JobSpecs.FreePort();
        collector.Prefixes.Add($"http://127.0.0.1:{port}/");
        collector.Start();
        var got = new List<(string Path, string? Header, byte[] Body)>();
        var collecting = Task.Run(
            async () =>
            {
                while (collector.IsListening)
                    try
                    {
                        var context = await collector.GetContextAsync();
                        using var body = new MemoryStream();
                        await context.Request.InputStream.CopyToAsync(body);
                        lock (got)
                            got.Add((context.Request.Url!.AbsolutePath, context.Request.Headers["x-token"], body.ToArray()));
                        context.Response.Close();
                    }
                    catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                    {
                        return;
                    }
            },
            TestContext.Current.CancellationToken
        );
        File.WriteAllText(
            Path.Combine(root, "innovation.json"),
            JsonSerializer.Serialize(
                new
                {
                    Telemetry = new
                    {
                        Endpoint = $"http://127.0.0.1:{port}",
                        Protocol = "http",
                        Headers = "x-token=between-us",
                    },
                }
            )
        );
        File.WriteAllText(Path.Combine(root, "jobs.csv"), "job,when,does,tell\nagain,0 3 * * 0,load,never\n");
        SmallReturns.WriteRevision(workspace.Workspace.Inbox, 7);
        Assert.Equal(0, ProgramRun.Of(root, "serve", "jobs", "--run", "again").ExitCode);
        collector.Stop();
        await collecting;

        Assert.All(got, g => Assert.Equal("between-us", g.Header));
        var traces = got.Where(g => g.Path == "/v1/traces").Select(g => Encoding.Latin1.GetString(g.Body)).ToList();
        var trace = Entries(root).Select(e => e.TryGetProperty("trace", out var t) ? t.GetString() : null).OfType<string>().Distinct().Single();
        // Of each process at least one: a long run sends on its way too.
        Assert.True(traces.Count >= 2);
        Assert.All(traces, t => Assert.Contains(Encoding.Latin1.GetString(Convert.FromHexString(trace)), t, StringComparison.Ordinal));
        foreach (var step in (string[])["innovation jobs", "job", "innovation load", "reading returns", "file"])
            Assert.Contains(traces, t => t.Contains(step, StringComparison.Ordinal));
        var counts = string.Concat(got.Where(g => g.Path == "/v1/metrics").Select(g => Encoding.Latin1.GetString(g.Body)));
        foreach (var count in (string[])["innovation.files.received", "innovation.rows.read", "innovation.jobs"])
            Assert.Contains(count, counts, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "between-us",
            string.Concat(Directory.EnumerateFiles(Path.Combine(root, "logs")).Select(File.ReadAllText)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_collector_that_is_not_there_delays_a_run_and_stops_nothing()
    {
        using var workspace = TestWorkspace.WithSmallRelease();
        var root = workspace.Workspace.Root;
        File.WriteAllText(
            Path.Combine(root, "innovation.json"),
            JsonSerializer.Serialize(new { Telemetry = new { Endpoint = $"http://127.0.0.1:{JobSpecs.FreePort()}" } })
        );
        Assert.Equal(0, ProgramRun.Of(root, "sql", "select 1").ExitCode);
    }

    /// <summary>The service says to whoever started it that it is ready, that it is alive, and that it stops.</summary>
    [Fact]
    public async Task Systemd_is_told_ready_alive_and_stopping()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("no systemd there");
        using var workspace = TestWorkspace.WithSmallRelease();
        var place = Path.Combine(workspace.Workspace.Scratch, "notify");
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(place));
        var environment = new Dictionary<string, string?> { ["NOTIFY_SOCKET"] = place, ["WATCHDOG_USEC"] = "400000" };
        using var service = ProgramRun.Start(environment, workspace.Workspace.Root, ["serve", "--urls", "http://127.0.0.1:0"]);
        _ = service.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        _ = service.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var heard = new List<string>();
        var buffer = new byte[1024];
        async Task Until(string wanted)
        {
            do heard.Add(
                Encoding.UTF8.GetString(
                    buffer,
                    0,
                    await manager.ReceiveAsync(buffer, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60))
                )
            );
            while (heard[^1] != wanted);
        }
        await Until("READY=1");
        await Until("WATCHDOG=1");
        await Until("WATCHDOG=1");
        using (var end = System.Diagnostics.Process.Start("kill", ["-TERM", $"{service.Id}"]))
            await end.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Until("STOPPING=1");
        await service.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal("READY=1", heard[0]);
        Assert.Equal(0, service.ExitCode);
    }

    [Theory]
    [InlineData("""{"Retention":{"Releases":"many"}}""", "Retention:Releases", "at least 1")]
    [InlineData("""{"Retention":{"LogDays":0}}""", "Retention:LogDays", "at least 1")]
    [InlineData("""{"Telemetry":{"Endpoint":"collector"}}""", "Telemetry:Endpoint", "http://127.0.0.1:4317")]
    [InlineData("""{"Telemetry":{"Endpoint":"http://127.0.0.1:1","Protocol":"udp"}}""", "Telemetry:Protocol", "grpc or http")]
    [InlineData("{\n\"Retention\":\n", "innovation.json:3", "no JSON")]
    public void A_setting_that_cannot_be_understood_is_named(string settings, string setting, string wanted)
    {
        using var workspace = new TestWorkspace();
        File.WriteAllText(Path.Combine(workspace.Workspace.Root, "innovation.json"), settings);
        var run = ProgramRun.Of(workspace.Workspace.Root, "status", "--lang", "en");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(setting, run.Error, StringComparison.Ordinal);
        Assert.Contains(wanted, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Retention_is_what_the_settings_say()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Retention:Releases", "3"), new("Retention:LogDays", "")]).Build();
        Assert.Equal(new Retention(3, 90), Retention.Of(settings));
    }

    /// <summary>A program that brings its own runtime must not have the folder three above it shown to its workers: that is the whole disk.</summary>
    [Fact]
    public void Workers_of_a_program_with_its_own_runtime_see_no_other()
    {
        Assert.Null(Confinement.Shared("/usr/lib/innovation1551/", "/usr/lib/innovation1551/"));
        Assert.Equal("/usr/share/dotnet", Confinement.Shared("/usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.0/", "/usr/lib/innovation1551/"));
    }

    private static List<JsonElement> Entries(string root, string folder = "logs") =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(root, folder))
                .Order(StringComparer.Ordinal)
                .SelectMany(File.ReadLines)
                .Select(line => JsonDocument.Parse(line).RootElement),
        ];
}
