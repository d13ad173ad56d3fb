using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Apache.Arrow.Flight;
using Apache.Arrow.Flight.Client;
using Apache.Arrow.Ipc;
using Grpc.Core;
using Grpc.Net.Client;
using Innovation1551.Models.Warehouse;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Querying;

/// <summary>The service as clients meet it: the program in a process of its own, over HTTP.</summary>
public sealed class ServiceSpecs : IClassFixture<ServiceSpecs.Served>
{
    private const string Endless = "select count(*) from range(100000000000) a, range(1000000) b";
    private readonly Served _served;
    private readonly RunningService _service;

    public ServiceSpecs(Served served) => (_served, _service) = (served, served.Service);

    /// <summary>One service for all that does not end it.</summary>
    public sealed class Served : IDisposable
    {
        internal TestWorkspace Workspace { get; } = TestWorkspace.WithSmallRelease();
        internal RunningService Service { get; }

        public Served() => Service = new(Workspace.Workspace.Root, "--flight", "http://127.0.0.1:0");

        public void Dispose()
        {
            Service.Dispose();
            Workspace.Dispose();
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_broker_never_loads_the_engine()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        await _service.Text("select 1");
        Assert.DoesNotContain("libduckdb", File.ReadAllText($"/proc/{_service.Process.Id}/maps"), StringComparison.Ordinal);
        var workers = Workers();
        Assert.NotEmpty(workers);
        Assert.All(workers, w => Assert.Contains("libduckdb", File.ReadAllText($"/proc/{w}/maps"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_escape_is_refused_or_harmless()
    {
        var folder = Directory.CreateTempSubdirectory("innovation-http-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "secret.csv"), "a\n1\n");
            Directory.CreateDirectory(Path.Combine(folder, "spill"));
            var before = Escapes.Tree(folder, _served.Workspace.Workspace.Root);
            foreach (var (statement, mayRun) in Escapes.All(folder, _served.Workspace.Store.WarehousePath(_served.Workspace.Store.Find("latest"))))
            {
                var (status, body, _) = await _service.Ask(new { sql = statement, timeout_seconds = 10 });
                var text = Encoding.UTF8.GetString(body);
                Assert.True((status, mayRun) is (200, true) or (400, false), $"{statement}: {status} {text}");
                Assert.DoesNotContain(_served.Workspace.Workspace.Root + "/", text.Replace(statement, "", StringComparison.Ordinal), StringComparison.Ordinal);
            }
            Assert.Equal(before, Escapes.Tree(folder, _served.Workspace.Workspace.Root));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("select levenshtein(repeat('a', 120000), repeat('b', 120000))", 504)]
    [InlineData(Endless, 504)]
    [InlineData("with recursive t(n) as (select 1 union all select n + 1 from t) select max(n) from t", 504)]
    [InlineData("select repeat('x', 3000000000)", 400)]
    [InlineData("select count(*) from (select unnest(range(2000000000)))", 400)]
    public async Task A_hog_ends_by_its_deadline_and_two_seconds_and_others_go_on(string hog, int expected)
    {
        // Two workers stand ready: what is asked of the other is whether it is heard while the hog runs, not how fast a program starts beside one.
        await _service.Text("select 1");
        await Until(async () => (await _service.Health()).GetProperty("sessions").GetProperty("spare").GetBoolean(), TimeSpan.FromSeconds(30));
        var begun = Stopwatch.StartNew();
        var asked = _service.Ask(new { sql = hog, timeout_seconds = 3 });
        Assert.Equal("n\r\n1\r\n", await _service.Text("select 1 as n"));
        Assert.True(!asked.IsCompleted || begun.Elapsed < TimeSpan.FromSeconds(3), $"another had to wait for {begun.Elapsed}");
        var (status, body, _) = await asked;
        // The deadline, the two seconds after which an engine that does not hear is ended, and what a loaded machine takes to notice.
        Assert.True(begun.Elapsed < TimeSpan.FromSeconds(10), $"{hog} took {begun.Elapsed}");
        Assert.True(status == expected, $"{status} {Encoding.UTF8.GetString(body)}");
    }

    [Fact]
    public async Task A_client_that_goes_frees_its_worker_long_before_the_deadline()
    {
        using (var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel))
        {
            var asked = _service.Client.PostAsJsonAsync("/v1/sql", new { sql = Endless }, leaving.Token);
            await Until(async () => (await Busy()) > 0, TimeSpan.FromSeconds(10));
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        }
        // An engine that does not hear is ended after two seconds; the rest is what a loaded machine takes to notice. The statement's own deadline is far beyond.
        await Until(async () => (await Busy()) == 0, TimeSpan.FromSeconds(4));

        async Task<int> Busy() => (await _service.Health()).GetProperty("sessions").GetProperty("busy").GetInt32();
    }

    [Fact]
    public async Task An_answer_says_what_it_is_in_every_format()
    {
        const string sql = "select period, value from published.figure where metric = $m and breakdown = 'total' and period_year < $y order by period";
        var request = new { sql, parameters = new Dictionary<string, object> { ["m"] = "rd_intensity", ["y"] = 2025 } };
        var (_, csv, response) = await _service.Ask(request);
        var rows = Encoding.UTF8.GetString(csv).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1;
        string Header(string name) => Assert.Single(response.Headers.GetValues("X-Innovation-" + name));
        Assert.Equal(
            (_served.Workspace.Store.Current, "true", "rd_intensity percent", rows.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            (Header("Release"), Header("Synthetic"), Header("Units"), Header("Rows"))
        );
        Assert.Contains("2024", Header("Stage"), StringComparison.Ordinal);
        foreach (var (type, streams) in new[] { ("application/vnd.apache.arrow.stream", true), ("application/vnd.apache.arrow.file", false) })
        {
            using var stream = new MemoryStream((await _service.Ask(request, type)).Body);
            using var reader = streams ? new ArrowStreamReader(stream) : new ArrowFileReader(stream);
            var (batch, count) = (await reader.ReadNextRecordBatchAsync(Cancel), 0);
            Assert.Equal(_served.Workspace.Store.Current, batch.Schema.Metadata["innovation1551.release"]);
            for (; batch is not null; batch = await reader.ReadNextRecordBatchAsync(Cancel))
                count += batch.Length;
            Assert.Equal(rows, count);
        }
        var json = JsonDocument.Parse((await _service.Ask(request, "application/json")).Body).RootElement;
        Assert.Equal((rows, "rd_intensity percent"), (json.GetProperty("rows").GetArrayLength(), json.GetProperty("about").GetProperty("units").GetString()));
        var parquet = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(parquet, (await _service.Ask(request, "application/vnd.apache.parquet")).Body);
            using var shell = new DuckDB.NET.Data.DuckDBConnection("DataSource=:memory:");
            shell.Open();
            Assert.Equal(rows, shell.Scalar<int>($"select count(*) from read_parquet('{parquet}')"));
        }
        finally
        {
            File.Delete(parquet);
        }
        var sheet = (await _service.Ask(request, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")).Body;
        using var zip = new ZipArchive(new MemoryStream(sheet));
        Assert.NotNull(zip.GetEntry("xl/worksheets/sheet1.xml"));
        Assert.Equal(406, (await _service.Ask(request, "image/png")).Status);
    }

    [Fact]
    public async Task An_answer_cut_short_never_looks_whole()
    {
        foreach (var type in new[] { "text/csv", "application/json", "application/vnd.apache.arrow.stream", "application/vnd.apache.arrow.file" })
        {
            Assert.Equal(200, (await _service.Ask(new { sql = "select range as n, md5(range::varchar) as t from range(100000)" }, type)).Status);
            var late = _service.Ask(
                new { sql = "select case when range < 900000 then range else error('late') end as n, md5(range::varchar) as t from range(1000000)" },
                type
            );
            // What goes out when it is whole is refused as a whole.
            if (type.EndsWith("file", StringComparison.Ordinal))
                Assert.Equal(400, (await late).Status);
            else
                await Assert.ThrowsAsync<HttpRequestException>(() => late);
        }
        var few = await _service.Ask(new { sql = "from range(1000)", max_rows = 10 });
        Assert.Equal(400, few.Status);
        Assert.Contains("more than 10 rows", Encoding.UTF8.GetString(few.Body), StringComparison.Ordinal);
        Assert.Equal(413, (await _service.Ask(new { sql = "from range(100000)", max_bytes = 1000 })).Status);
    }

    [Fact]
    public async Task A_session_keeps_its_temporary_tables_to_itself()
    {
        var opened = await _service.Client.PostAsync("/v1/sessions", null, Cancel);
        var session = JsonDocument.Parse(await opened.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("id").GetString();
        Assert.Equal(200, (await _service.Ask(new { sql = "create temp table mine as select 7 as n", session })).Status);
        Assert.Equal("n\r\n7\r\n", Encoding.UTF8.GetString((await _service.Ask(new { sql = "from mine", session })).Body));
        Assert.Equal(400, (await _service.Ask(new { sql = "from mine" })).Status);
        Assert.Equal("n\r\n2\r\n", await _service.Text("create temp table mine as select 2 as n; from mine"));
        Assert.Equal(400, (await _service.Ask(new { sql = "from mine" })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await _service.Client.DeleteAsync("/v1/sessions/" + session, Cancel)).StatusCode);
        Assert.Equal(404, (await _service.Ask(new { sql = "from mine", session })).Status);
    }

    [Fact]
    public async Task A_worker_that_dies_takes_its_own_statement_and_nothing_else()
    {
        var session = JsonDocument
            .Parse(await (await _service.Client.PostAsync("/v1/sessions", null, Cancel)).Content.ReadAsStringAsync(Cancel))
            .RootElement.GetProperty("id")
            .GetString();
        var running = _service.Ask(new { sql = Endless, session });
        await Until(async () => (await _service.Health()).GetProperty("sessions").GetProperty("busy").GetInt32() > 0, TimeSpan.FromSeconds(10));
        foreach (var worker in Workers())
            Process.Start("kill", ["-KILL", worker]).WaitForExit();
        var (status, body, _) = await running;
        Assert.Equal((500, "worker_lost"), (status, JsonDocument.Parse(body).RootElement.GetProperty("title").GetString()));
        Assert.Equal("n\r\n1\r\n", await _service.Text("select 1 as n"));
        await Until(async () => (await _service.Health()).GetProperty("status").GetString() == "ok", TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task What_is_no_request_is_told_so()
    {
        async Task<int> Post(string type, byte[] body)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            var response = await _service.Client.PostAsync("/v1/sql", content, Cancel);
            var text = await response.Content.ReadAsStringAsync(Cancel);
            Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Innovation1551.", text, StringComparison.Ordinal);
            return (int)response.StatusCode;
        }
        Assert.Equal(400, await Post("application/json", "{\"sqll\": \"select 1\"}"u8.ToArray()));
        Assert.Equal(400, await Post("application/json", "{\"sql\": "u8.ToArray()));
        Assert.Equal(400, await Post("application/json", "{\"sql\": \"select $a\", \"parameters\": {\"a\": [1]}}"u8.ToArray()));
        Assert.Equal(400, await Post("application/sql", [0x73, 0xFF, 0xFE]));
        Assert.Equal(415, await Post("text/plain", "select 1"u8.ToArray()));
        Assert.Equal(413, await Post("application/sql", new byte[1_500_000]));
        Assert.Equal(404, (await _service.Ask(new { sql = "select 1", release = "../x" })).Status);
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/v1/metrics") { Headers = { Host = "evil.example" } };
        Assert.Equal(HttpStatusCode.Unauthorized, (await _service.Client.SendAsync(foreign, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _service.Client.GetAsync("/v1/releases/latest/files/..%2F..%2Fservice%2Fkeys.json", Cancel)).StatusCode);
    }

    [Fact]
    public async Task What_there_is_can_be_found_and_saved_and_fetched_in_pieces()
    {
        var paths = JsonDocument.Parse(await _service.Client.GetStringAsync("/v1/openapi.json", Cancel)).RootElement.GetProperty("paths");
        foreach (var path in new[] { "/v1/sql", "/v1/catalogue", "/v1/metrics", "/v1/releases", "/v1/queries/{name}/answer", "/v1/results/{id}" })
            Assert.True(paths.TryGetProperty(path, out _), path);
        Assert.Contains("rd_intensity", await _service.Client.GetStringAsync("/v1/metrics?format=csv", Cancel), StringComparison.Ordinal);
        Assert.Contains("published,figure,", await _service.Client.GetStringAsync("/v1/catalogue?format=csv", Cancel), StringComparison.Ordinal);
        Assert.Contains("<html", await _service.Client.GetStringAsync("/v1/dictionary", Cancel), StringComparison.Ordinal);
        using var put = JsonContent.Create(new { sql = "select count(*) as n from core.rd_expense where amount_wan > $least::int", release = "latest" });
        var bad = await _service.Client.PutAsync("/v1/queries/Bad%20Name", put, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        using var kept = await _service.Client.PostAsJsonAsync("/v1/results", new { sql = "select range as n from range(100000)" }, Cancel);
        using var range = new HttpRequestMessage(HttpMethod.Get, kept.Headers.Location) { Headers = { Range = new(0, 5) } };
        var piece = await _service.Client.SendAsync(range, Cancel);
        Assert.Equal((HttpStatusCode.PartialContent, "ARROW1"), (piece.StatusCode, await piece.Content.ReadAsStringAsync(Cancel)));
        Assert.NotNull(piece.Headers.ETag);
    }

    [Fact]
    public async Task Flight_gives_the_same_rows_under_tickets_that_nobody_forges()
    {
        using var channel = GrpcChannel.ForAddress(_service.Addresses[1]);
        var client = new FlightClient(channel);
        const string sql = "select period, stage, expected from published.stage order by all";
        var info = await client.GetInfo(FlightDescriptor.CreateCommandDescriptor(sql));
        Assert.Equal(["period", "stage", "expected"], info.Schema.FieldsList.Select(f => f.Name));
        Assert.Equal(_served.Workspace.Store.Current, info.Schema.Metadata["innovation1551.release"]);
        var ticket = Assert.Single(info.Endpoints).Ticket;
        var rows = 0;
        await foreach (var batch in client.GetStream(ticket).ResponseStream)
            rows += batch.Length;
        Assert.Equal((await _service.Text(sql)).Split("\r\n").Length - 2, rows);
        var none = client.GetStream((await client.GetInfo(FlightDescriptor.CreateCommandDescriptor(sql + " limit 0"))).Endpoints[0].Ticket);
        Assert.False(await none.ResponseStream.MoveNext(Cancel));
        Assert.Equal(3, (await client.GetSchema(FlightDescriptor.CreateCommandDescriptor("{\"sql\": \"" + sql + "\"}"))).FieldsList.Count);

        var forged = ticket.Ticket.ToByteArray();
        forged[^5]++;
        async Task<StatusCode> Refused(FlightTicket given)
        {
            var stream = client.GetStream(given).ResponseStream;
            return (await Assert.ThrowsAsync<RpcException>(() => stream.MoveNext(Cancel))).StatusCode;
        }
        Assert.Equal(StatusCode.PermissionDenied, await Refused(new FlightTicket(forged)));
        Assert.Equal(StatusCode.PermissionDenied, await Refused(new FlightTicket("x")));
        var late = await client.GetInfo(
            FlightDescriptor.CreateCommandDescriptor("select case when range < 90000 then range else error('late') end from range(100000)")
        );
        var broken = client.GetStream(late.Endpoints[0].Ticket).ResponseStream;
        await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await broken.MoveNext(Cancel)) { }
        });
        foreach (var (statement, mayRun) in Escapes.All("/nowhere", "/nowhere/wh.duckdb").Where(e => !e.MayRun).Where((_, i) => i % 5 == 0))
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await client.GetInfo(FlightDescriptor.CreateCommandDescriptor(statement)));
            Assert.True(refused.StatusCode == StatusCode.InvalidArgument && !mayRun, $"{statement}: {refused.Status}");
        }
        var listed = new List<string>();
        await foreach (var flight in client.ListFlights().ResponseStream.ReadAllAsync(Cancel))
            listed.Add(string.Join('.', flight.Descriptor.Paths));
        Assert.Contains("published.figure", listed);
    }

    [Fact]
    public async Task A_pinned_answer_stays_as_it_is_while_releases_come()
    {
        using var workspace = TestWorkspace.WithSmallRelease();
        using var service = new RunningService(workspace.Workspace.Root);
        const string sql = "select * from published.figure order by figure_id";
        var first = workspace.Store.Current!;
        await service.Client.PutAsJsonAsync("/v1/queries/pinned", new { sql, release = "r1" }, Cancel);
        await service.Client.PutAsJsonAsync("/v1/queries/following", new { sql, release = "latest" }, Cancel);
        var before = await service.Client.GetStringAsync("/v1/queries/pinned/answer?format=csv", Cancel);
        Assert.Equal(before, await service.Client.GetStringAsync("/v1/queries/following/answer?format=csv", Cancel));
        for (var revision = 7; revision < 9; revision++)
        {
            workspace.Load(SmallReturns.WriteRevision(workspace.Workspace.Inbox, revision));
            Assert.Empty(workspace.Build().Failures);
            Assert.Equal(before, await service.Client.GetStringAsync("/v1/queries/pinned/answer?format=csv", Cancel));
        }
        Assert.NotEqual(first, workspace.Store.Current);
        var following = await service.Client.GetAsync("/v1/queries/following/answer?format=csv", Cancel);
        Assert.Equal(workspace.Store.Current, Assert.Single(following.Headers.GetValues("X-Innovation-Release")));
        Assert.NotEqual(before, await following.Content.ReadAsStringAsync(Cancel));
        // Two releases side by side, named in a list or in the address.
        const string changed =
            "select count(*) filter (n.value <> o.value) > 0 as changed from published.figure n join r0001.published.figure o using (figure_id)";
        var (status, body, both) = await service.Ask(new { sql = changed, release = new[] { "latest", "r1" } });
        Assert.Equal((200, "changed\r\ntrue\r\n"), (status, Encoding.UTF8.GetString(body)));
        Assert.Equal($"{workspace.Store.Current} + {first}", Assert.Single(both.Headers.GetValues("X-Innovation-Release")));
        using var content = new StringContent(changed, new System.Net.Http.Headers.MediaTypeHeaderValue("application/sql"));
        Assert.True((await service.Client.PostAsync("/v1/sql?release=latest&release=r1", content, Cancel)).IsSuccessStatusCode);
        Assert.Equal(400, (await service.Ask(new { sql = changed })).Status);
        Assert.Equal(404, (await service.Ask(new { sql = changed, release = new[] { "latest", "r99" } })).Status);
    }

    [Fact]
    public async Task Keys_open_what_their_role_may_and_every_statement_has_one_start_and_one_end()
    {
        using var workspace = TestWorkspace.WithSmallRelease();
        var root = workspace.Workspace.Root;
        // Nothing but this machine without a certificate and a key.
        foreach (
            var (url, more, told) in new[]
            {
                ("http://0.0.0.0:0", Array.Empty<string>(), "--certificate"),
                ("https://0.0.0.0:0", ["--certificate", "x.pfx"], "serve key new"),
                ("http://127.0.0.1:0", ["--require", "moat"], "moat"),
            }
        )
        {
            var refused = ProgramRun.Of(root, ["serve", "--urls", url, "--lang", "en", .. more]);
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains(told, refused.Error, StringComparison.Ordinal);
        }
        string Key(string role) => ProgramRun.Of(root, "serve", "key", "new", "--name", role, "--role", role, "--json").Json.GetProperty("secret").GetString()!;
        var (reader, analyst, administrator) = (Key("reader"), Key("analyst"), Key("administrator"));
        Assert.DoesNotContain(reader, File.ReadAllText(Path.Combine(root, "service", "keys.json")), StringComparison.Ordinal);
        using var service = new RunningService(root, "--sessions", "2");
        Assert.Equal(401, (await service.Ask(new { sql = "select 1" })).Status);
        Assert.Equal(401, (await service.Ask(new { sql = "select 1" }, key: reader[..^1] + "x")).Status);
        Assert.Equal(200, (await service.Ask(new { sql = "from published.stage" }, key: reader)).Status);
        Assert.Equal(400, (await service.Ask(new { sql = "from core.finance" }, key: reader)).Status);
        Assert.Equal(400, (await service.Ask(new { sql = "from fact.finance_as_of(date '2026-01-01')" }, key: reader)).Status);
        // What was run and asked is an administrator's, as it stands when it is asked for.
        var operations = new { sql = "select count(*) as n from operations.statement where outcome = 'done'", release = new[] { "latest", "operations" } };
        Assert.Equal(403, (await service.Ask(operations, key: analyst)).Status);
        foreach (var done in (string[])["1", "2"])
            Assert.Equal($"n\r\n{done}\r\n", Encoding.UTF8.GetString((await service.Ask(operations, key: administrator)).Body));
        // Who has filled half of the places leaves the others theirs.
        var filling = new[] { 1, 2, 3 }.Select(_ => service.Ask(new { sql = Endless, timeout_seconds = 1 }, key: reader)).ToList();
        await Until(async () => (await service.Health()).GetProperty("sessions").GetProperty("waiting").GetInt32() == 2, TimeSpan.FromSeconds(10));
        Assert.Equal(200, (await service.Ask(new { sql = "from core.finance" }, key: analyst)).Status);
        Assert.Contains(filling, f => !f.IsCompleted);
        Assert.All(await Task.WhenAll(filling), f => Assert.Equal(504, f.Status));
        var id = ProgramRun.Of(root, "serve", "key", "list", "--json").Json[1].GetProperty("id").GetString()!;
        Assert.Equal(0, ProgramRun.Of(root, "serve", "key", "revoke", id).ExitCode);
        Assert.Equal(401, (await service.Ask(new { sql = "select 1" }, key: analyst)).Status);

        // Told to stop, it interrupts what runs.
        var running = service.Ask(new { sql = Endless }, key: reader);
        await Until(async () => (await service.Health()).GetProperty("sessions").GetProperty("busy").GetInt32() > 0, TimeSpan.FromSeconds(10));
        Process.Start("kill", ["-TERM", service.Process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        Assert.Equal(503, (await running).Status);
        Assert.True(service.Process.WaitForExit(TimeSpan.FromSeconds(10)));
        var audit = Directory
            .EnumerateFiles(Path.Combine(root, "audit"))
            .SelectMany(File.ReadLines)
            .Select(l => JsonDocument.Parse(l).RootElement)
            .GroupBy(e => e.GetProperty("id").GetString())
            .ToList();
        Assert.Equal(11, audit.Count);
        Assert.All(audit, a => Assert.Equal(["start", "end"], a.Select(e => e.GetProperty("event").GetString()!)));
        Assert.Equal(
            ["done", "done", "done", "done", "refused", "refused", "refused", "shutdown", "timeout", "timeout", "timeout"],
            audit.Select(a => a.Last().GetProperty("outcome").GetString()!).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Health_turns_red_when_the_probe_hangs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "stops a process");
        using var workspace = TestWorkspace.WithSmallRelease();
        using var service = new RunningService(workspace.Workspace.Root, "--sessions", "1", "--queue", "1");
        await service.Text("select 1");
        await Until(async () => (await service.Health()).GetProperty("sessions").GetProperty("spare").GetBoolean(), TimeSpan.FromSeconds(20));
        foreach (var worker in Workers(service.Process.Id))
            Process.Start("kill", ["-STOP", worker]).WaitForExit();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await service.Client.GetAsync("/health", Cancel)).StatusCode);
        await Until(async () => (await service.Health()).GetProperty("status").GetString() == "ok", TimeSpan.FromSeconds(10));
    }

    private string[] Workers() => Workers(_service.Process.Id);

    /// <summary>Processes that run statements for a service: those below it that have the engine.</summary>
    private static string[] Workers(int broker)
    {
        var below = new HashSet<string> { broker.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        var parents = Directory
            .EnumerateDirectories("/proc")
            .Where(d => int.TryParse(Path.GetFileName(d), out _))
            .Select(d => (Id: Path.GetFileName(d), Parent: Parent(d)))
            .ToList();
        while (parents.Where(p => below.Contains(p.Parent) && below.Add(p.Id)).ToList().Count > 0) { }
        return [.. below.Where(id => Read($"/proc/{id}/maps").Contains("libduckdb", StringComparison.Ordinal))];

        static string Parent(string folder) =>
            Read(Path.Combine(folder, "stat")) is { Length: > 0 } stat ? stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] : "";

        static string Read(string file)
        {
            try
            {
                return File.ReadAllText(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return "";
            }
        }
    }

    private static async Task Until(Func<Task<bool>> so, TimeSpan within)
    {
        var begun = Stopwatch.StartNew();
        while (!await so())
        {
            Assert.True(begun.Elapsed < within, $"not so within {within}");
            await Task.Delay(50, Cancel);
        }
    }
}
