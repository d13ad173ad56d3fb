using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Apache.Arrow.Flight;
using Apache.Arrow.Flight.Client;
using Apache.Arrow.Ipc;
using Grpc.Net.Client;
using Innovation1551.Models.Exchange;
using Innovation1551.Models.Querying;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Innovation1551.Benchmarks;

/// <summary>
/// SQL over HTTP and Flight, the service a process of its own: against a bare Kestrel that has the same bytes in memory and is read by the same
/// reader, and against the same query in process.
/// </summary>
internal static class Service
{
    private const string Stream = "application/vnd.apache.arrow.stream";

    /// <summary>Key, year, money, day, moment, Chinese text, short text and truth.</summary>
    private static string Table(long rows) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            create temp table many as select i * 7919 as fact_key, (2015 + i % 12)::integer as year, ((i * 48271) % 900000000007 / 100.0)::decimal(18,2) as amount_yuan,
                date '2015-01-01' + (i % 4300)::integer as granted_on, timestamp '2024-01-01' + to_microseconds(i * 1700013) as received_at,
                '示例省属企业集团第' || (i % 1700) || '有限公司' as enterprise, ['invention', 'utility', 'design', 'pct'][1 + i % 4] as kind, i % 3 = 0 as is_valid
            from range({rows}) t(i)
            """
        );

    public static IEnumerable<Line> Measure(Scale scale)
    {
        var (rows, runs) = scale == Scale.Full ? (1_000_000, 9) : (100_000, 3);
        var many = $"{rows.ToString("N0", CultureInfo.InvariantCulture)} rows of 8 columns";
        using var folder = Measuring.Folder();
        Measuring.WithFaults(folder.At("w"), "run");
        using var service = new Served(folder.At("w"));
        var session = Open(service.Client);
        Body(service.Client, new(Table(rows), session));
        var all = new Question("from many", session);
        using var bare = new Bare(Body(service.Client, all));
        using var release = OpenRelease.Of(new ReleaseStore(folder.At("w/releases")), "latest", folder.At("scratch"));
        release.Connection.Run(Table(rows));

        var (http, kestrel) = Measuring.Medians(runs, () => Read(service.Client, all, rows), () => Read(bare.Client, all, rows));
        yield return new($"{many} over HTTP Arrow", http, "a bare Kestrel with the same bytes", kestrel, "≤ 1.5") { Collapse = 30 };
        var (again, inside) = Measuring.Medians(runs, () => Read(service.Client, all, rows), () => Inside(release, rows));
        yield return new("the same rows", again, "the same query in process, as an Arrow stream", inside, "≤ 4") { Collapse = 30 };
        using var channel = GrpcChannel.ForAddress(service.Flight);
        var client = new FlightClient(channel);
        var (flight, plain) = Measuring.Medians(runs, () => ByFlight(client, all, rows), () => Read(service.Client, all, rows));
        yield return new($"{many} over Arrow Flight", flight, "HTTP", plain, "≤ 2") { Collapse = 30 };

        var second = Measuring.Median(50, () => Body(service.Client, new("select 1")));
        yield return new("a further select 1 over HTTP", second, "no peer", null, "≤ 5 ms");
        var spare = Median(5, () => Close(service.Client, Open(service.Client)), () => Thread.Sleep(4000));
        yield return new("a session opened from the spare worker", spare, "no peer", null, "≤ 100 ms");
        using (var cold = new Served(folder.At("w"), waits: false))
            yield return new("the first session of a service just started", Measuring.Once(() => Open(cold.Client)), "no peer", null, "≤ 1.5 s");

        // Once before, so that as many workers as there may be have started.
        Analysts(service.Client, 32);
        var share = Analysts(service.Client, 1).Median * 32;
        yield return new("32 analysts at once: their 95th percentile", Analysts(service.Client, 32).Slow, "32 times the time of one", share, "≤ 2")
        {
            Collapse = 20,
        };
    }

    /// <summary>Seconds in which half, and 95 of 100, of the questions are answered that so many people ask one after the other.</summary>
    private static (double Median, double Slow) Analysts(HttpClient client, int people)
    {
        var question = new Question(
            "select breakdown, category, sum(value) from published.figure where metric = 'rd_expense' and period_kind = 'year' group by all order by all"
        );
        const int Each = 8;
        Body(client, question);
        var seconds = new double[people * Each];
        var asking = Enumerable
            .Range(0, people)
            .Select(p =>
                Task.Run(() =>
                {
                    for (var i = 0; i < Each; i++)
                        seconds[p * Each + i] = Measuring.Once(() => Body(client, question));
                })
            );
        Task.WhenAll(asking).GetAwaiter().GetResult();
        Array.Sort(seconds);
        return (seconds[seconds.Length / 2], seconds[(int)(seconds.Length * 0.95)]);
    }

    private static double Median(int runs, Action work, Action before)
    {
        var seconds = new double[runs];
        for (var i = 0; i < runs; i++)
        {
            before();
            seconds[i] = Measuring.Once(work);
        }
        Array.Sort(seconds);
        return seconds[runs / 2];
    }

    private static string Open(HttpClient client)
    {
        using var opened = client.PostAsync("/v1/sessions", null).GetAwaiter().GetResult();
        opened.EnsureSuccessStatusCode();
        return JsonDocument.Parse(opened.Content.ReadAsStringAsync().GetAwaiter().GetResult()).RootElement.GetProperty("id").GetString()!;
    }

    private static void Close(HttpClient client, string session) => client.DeleteAsync($"/v1/sessions/{session}").GetAwaiter().GetResult().Dispose();

    /// <summary>What is asked, as the service takes it.</summary>
    private sealed record Question(
        [property: System.Text.Json.Serialization.JsonPropertyName("sql")] string Sql,
        [property: System.Text.Json.Serialization.JsonPropertyName("session")] string? Session = null
    );

    private static HttpResponseMessage Ask(HttpClient client, Question question)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/sql") { Content = JsonContent.Create(question) };
        request.Headers.Accept.ParseAdd(Stream);
        var response = client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).GetAwaiter().GetResult();
        return response.IsSuccessStatusCode ? response : throw new InvalidOperationException(response.Content.ReadAsStringAsync().GetAwaiter().GetResult());
    }

    private static byte[] Body(HttpClient client, Question question)
    {
        using var response = Ask(client, question);
        return response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
    }

    private static void Read(HttpClient client, Question question, long rows)
    {
        using var response = Ask(client, question);
        using var reader = new ArrowStreamReader(response.Content.ReadAsStream());
        long count = 0;
        while (reader.ReadNextRecordBatch() is { } batch)
            using (batch)
                count += batch.Length;
        Demand(count, rows);
    }

    private static void Inside(OpenRelease release, long rows)
    {
        var table = new QueryTable(release.Connection, "from many", new Dictionary<string, object?>());
        Demand(
            table.Write(TableFormats.ArrowStream, new("r0001", null, IsSynthetic: true, null, []), System.IO.Stream.Null, new(), CancellationToken.None),
            rows
        );
    }

    private static void ByFlight(FlightClient client, Question question, long rows) =>
        Task.Run(async () =>
            {
                var info = await client.GetInfo(FlightDescriptor.CreateCommandDescriptor(JsonSerializer.Serialize(question)));
                using var call = client.GetStream(info.Endpoints[0].Ticket);
                long count = 0;
                while (await call.ResponseStream.MoveNext(CancellationToken.None))
                    using (var batch = call.ResponseStream.Current)
                        count += batch.Length;
                Demand(count, rows);
            })
            .GetAwaiter()
            .GetResult();

    private static void Demand(long count, long rows)
    {
        if (count != rows)
            throw new InvalidOperationException($"{count} rows came and {rows} were asked for");
    }

    /// <summary>The program serving a workspace.</summary>
    private sealed class Served : IDisposable
    {
        private readonly Process _process;

        public Served(string workspace, bool waits = true)
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (
                var argument in (string[])
                    [
                        Path.Combine(AppContext.BaseDirectory, "innovation.dll"),
                        "serve",
                        "--json",
                        "--urls",
                        "http://127.0.0.1:0",
                        "--flight",
                        "http://127.0.0.1:0",
                        "--workspace",
                        workspace,
                    ]
            )
                start.ArgumentList.Add(argument);
            _process = Process.Start(start)!;
            _ = _process.StandardError.ReadToEndAsync();
            var told = new System.Text.StringBuilder();
            while (_process.StandardOutput.ReadLine() is { } line && told.Append(line) is { } && line != "}") { }
            var addresses = JsonDocument.Parse(told.ToString()).RootElement.GetProperty("addresses").EnumerateArray().Select(a => a.GetString()!).ToList();
            Client = new() { BaseAddress = new(addresses[0]) };
            Flight = addresses[1];
            if (waits)
                Body(Client, new("select 1"));
        }

        public HttpClient Client { get; }
        public string Flight { get; }

        public void Dispose()
        {
            Client.Dispose();
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _process.Dispose();
        }
    }

    /// <summary>Kestrel and an array.</summary>
    private sealed class Bare : IDisposable
    {
        private readonly WebApplication _app;

        public Bare(byte[] bytes)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            _app = builder.Build();
            _app.MapPost("/v1/sql", (HttpContext context) => context.Response.Body.WriteAsync(bytes).AsTask());
            _app.StartAsync().GetAwaiter().GetResult();
            Client = new() { BaseAddress = new(_app.Urls.First()) };
        }

        public HttpClient Client { get; }

        public void Dispose()
        {
            Client.Dispose();
            _app.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
