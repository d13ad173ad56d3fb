using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Jobs;
using Innovation1551.Specs.Querying;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>What the service does by itself: its plan, the watched inbox, what people are told, and the history of it all.</summary>
public sealed class JobSpecs
{
    [Theory]
    [InlineData("a,inbox,lod,", "load")]
    [InlineData("a,inbox,serve,", "load, build")]
    [InlineData("a,inbox,sql \"select 1\",", "load, build")]
    [InlineData("a,inbox,load --workspace /elsewhere,", "--workspace")]
    [InlineData("a,inbox,load -w=/elsewhere,", "-w")]
    [InlineData("a,inbox,report 20x5,", "cannot be understood")]
    [InlineData("a,every day,load,", "minute hour day month weekday")]
    [InlineData("a,0 25 * * *,load,", "minute hour day month weekday")]
    [InlineData("a,after b,load,", "there is no job b")]
    [InlineData("a,after a,load,", "wait for itself")]
    [InlineData("a,inbox,load,sometimes", "problems")]
    [InlineData("../a,inbox,load,", "letters, digits")]
    [InlineData("a,inbox,load,\nb,after a,build,\nb,inbox,load,", "two jobs b")]
    public void A_plan_that_does_not_hold_is_refused_with_its_line(string lines, string says)
    {
        using var workspace = new TestWorkspace();
        File.WriteAllText(Path.Combine(workspace.Workspace.Root, JobPlan.File), "job,when,does,tell\n" + lines + "\n");
        var refused = Assert.Throws<DefinitionException>(() => JobPlan.Read(workspace.Workspace));
        Assert.Contains(says, refused.Problem.En, StringComparison.Ordinal);
        Assert.Contains("jobs.csv", refused.Problem.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Placeholders_stand_for_the_day_that_it_runs()
    {
        var job = new Job("bulletin", "", new JobTrigger.Inbox(), "report {last-month} --lang zh \"{year} {last-year} {month}\"", Tells.Always);
        Assert.Equal(["report", "2026-12", "--lang", "zh", "2027 2026 2027-01"], job.Arguments(new DateOnly(2027, 1, 31)));
    }

    [Fact]
    public void The_inbox_is_taken_when_it_rests_and_not_again()
    {
        using var workspace = new TestWorkspace();
        var watch = new InboxWatch(workspace.Workspace.Inbox);
        Assert.False(watch.HasNew() || watch.HasNew());
        var file = Path.Combine(workspace.Workspace.Inbox, "a.csv");
        File.WriteAllText(file, "a");
        Assert.False(watch.HasNew());
        File.AppendAllText(file, "b");
        Assert.False(watch.HasNew(), "it still grew");
        Assert.True(watch.HasNew());
        watch.Taken();
        Assert.False(watch.HasNew() || watch.HasNew());
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.False(watch.HasNew());
        Assert.True(watch.HasNew(), "same length, another time");
        watch.Taken();
        File.WriteAllText(Path.Combine(workspace.Workspace.Inbox, "~$a.xlsx"), "lock of a spreadsheet program");
        Assert.False(watch.HasNew() || watch.HasNew());
    }

    /// <summary>The service with an inbox, a hook and a mail server, all real: a good return is published, an odd file is told, and SQL reads what happened.</summary>
    [Fact]
    public async Task The_service_takes_in_builds_and_tells_people()
    {
        using var workspace = TestWorkspace.WithSmallRelease();
        var root = workspace.Workspace.Root;
        using var hook = new HttpListener();
        var port = FreePort();
        hook.Prefixes.Add($"http://127.0.0.1:{port}/");
        hook.Start();
        using var mail = new MailServer();
        var secretless = JsonSerializer.Serialize(
            new
            {
                Notices = new
                {
                    Webhook = new { Url = $"http://127.0.0.1:{port}/", Secret = "between us" },
                    Mail = new
                    {
                        Host = "127.0.0.1",
                        mail.Port,
                        Security = "none",
                        From = "service@example.org",
                        To = new[] { "统计员 <desk@example.org>" },
                    },
                },
            }
        );
        File.WriteAllText(Path.Combine(root, "innovation.json"), secretless);
        File.WriteAllText(Path.Combine(root, JobPlan.File), "job,when,does,tell\ncollect,inbox,load,problems\npublish,after collect,build,problems\n");
        foreach (var file in Directory.EnumerateFiles(workspace.Workspace.Inbox, "*", SearchOption.AllDirectories))
            File.Delete(file);
        var first = workspace.Store.Current;
        using var service = new RunningService(root);

        SmallReturns.WriteRevision(workspace.Workspace.Inbox, 7);
        await Until(() => workspace.Store.Current != first);
        Assert.Empty(mail.Received);

        const string odd = "不知何表,secret name\n1,2\n";
        File.WriteAllText(Path.Combine(workspace.Workspace.Inbox, "机密.csv"), odd);
        var told = await hook.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        using var body = new MemoryStream();
        await told.Request.InputStream.CopyToAsync(body, TestContext.Current.CancellationToken);
        told.Response.StatusCode = 204;
        told.Response.Close();
        Assert.Equal("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData("between us"u8, body.ToArray())), told.Request.Headers["X-Innovation-Signature"]);
        var notice = JsonDocument.Parse(body.ToArray()).RootElement;
        Assert.Equal(
            ("collect", 1, true, 1),
            (
                notice.GetProperty("job").GetString(),
                notice.GetProperty("exit_code").GetInt32(),
                notice.GetProperty("wants_person").GetBoolean(),
                notice.GetProperty("figures").GetProperty("new_files").GetInt32()
            )
        );
        await Until(() => !mail.Received.IsEmpty);
        var letter = Assert.Single(mail.Received);
        foreach (var leaving in (string[])[letter, Encoding.UTF8.GetString(body.ToArray())])
        {
            Assert.DoesNotContain("机密", leaving, StringComparison.Ordinal);
            Assert.DoesNotContain("secret name", leaving, StringComparison.Ordinal);
            Assert.DoesNotContain(root, leaving, StringComparison.Ordinal);
        }
        Assert.Contains("desk@example.org", letter, StringComparison.Ordinal);

        await Until(() =>
            Runs(root, "select job, outcome from operations.run where job is not null").Contains("collect,data errors", StringComparison.Ordinal)
        );
        var runs = Runs(root, "select distinct job, outcome from operations.run where job is not null and outcome <> 'unfinished' order by all");
        Assert.Contains("publish,done", runs, StringComparison.Ordinal);
        Assert.Contains("collect,mail,", Runs(root, "select job, way, failure from operations.notice order by way"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_notice_that_does_not_go_out_is_told_and_stops_nothing()
    {
        using var workspace = TestWorkspace.WithSmallRelease();
        var root = workspace.Workspace.Root;
        File.WriteAllText(
            Path.Combine(root, "innovation.json"),
            """{"Notices":{"Webhook":{"Url":"http://127.0.0.1:PORT/"}}}""".Replace("PORT", $"{FreePort()}", StringComparison.Ordinal)
        );
        File.WriteAllText(Path.Combine(root, JobPlan.File), "job,when,does,tell\ncheck,0 3 * * 0,verify latest,always\n");
        var run = ProgramRun.Of(root, "serve", "jobs", "--run", "check", "--lang", "en");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("a notice by webhook did not go out", run.Error, StringComparison.Ordinal);
        Assert.Contains("check,verify,done", Runs(root, "select job, verb, outcome from operations.run where job is not null"), StringComparison.Ordinal);
        Assert.Contains("refused", Runs(root, "select lower(failure) from operations.notice"), StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(root, "innovation.json"), """{"Notices":{"Webhook":{"Url":"http://example.org/"}}}""");
        var plain = ProgramRun.Of(root, "serve", "jobs", "--try-notice", "--lang", "en");
        Assert.Equal(2, plain.ExitCode);
        Assert.Contains("https", plain.Error, StringComparison.Ordinal);
    }

    private static string Runs(string root, string sql)
    {
        var run = ProgramRun.Of(root, "sql", sql, "--release", "latest", "--release", "operations", "--format", "csv");
        return run.ExitCode == 0 ? run.Output : throw new InvalidOperationException(run.Error);
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var waited = 0; !condition(); waited++)
        {
            Assert.True(waited < 600, "it did not come about within a minute");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A server that takes mail by SMTP (RFC 5321) and keeps it.</summary>
    private sealed class MailServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public MailServer()
        {
            _listener.Start();
            _ = Task.Run(Serve);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
        public System.Collections.Concurrent.ConcurrentBag<string> Received { get; } = [];

        public void Dispose() => _listener.Dispose();

        private async Task Serve()
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
                using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 here");
                while (await reader.ReadLineAsync() is { } line && !line.StartsWith("QUIT", StringComparison.Ordinal))
                {
                    await writer.WriteLineAsync(line.StartsWith("DATA", StringComparison.Ordinal) ? "354 go on" : "250 well");
                    if (!line.StartsWith("DATA", StringComparison.Ordinal))
                        continue;
                    var text = new StringBuilder();
                    while (await reader.ReadLineAsync() is { } part && part != ".")
                        text.AppendLine(part);
                    Received.Add(text.ToString());
                    await writer.WriteLineAsync("250 taken");
                }
                await writer.WriteLineAsync("221 bye");
            }
        }
    }
}
