using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Service.Access;
using Innovation1551.Service.Endpoints;
using Innovation1551.Service.Workers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Innovation1551.Service;

/// <summary>SQL over HTTP: the broker. It reads requests and passes bytes; it never loads the engine, which runs in the workers alone.</summary>
public sealed class SqlService : IAsyncDisposable
{
    private static readonly TimeSpan ProbeWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(8);

    private readonly WebApplication _app;
    private readonly WorkerPool _pool;
    private readonly AuditLog _audit;
    private readonly KeyStore _keys;
    private readonly CancellationTokenSource _closing;

    private SqlService(WebApplication app, WorkerPool pool, AuditLog audit, KeyStore keys, Confinement confinement, CancellationTokenSource closing) =>
        (_app, _pool, _audit, _keys, Layers, _closing) = (app, pool, audit, keys, confinement.Layers, closing);

    /// <summary>What the operating system keeps workers from.</summary>
    public IReadOnlyList<ConfinementLayer> Layers { get; }

    /// <summary>Where it listens, with the ports that it was given.</summary>
    public IReadOnlyList<string> Addresses => [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    /// <summary>Starts to listen.</summary>
    /// <exception cref="ServiceException">It must not start like this; says the command that would do.</exception>
    public static async Task<SqlService> Start(ServiceOptions options, TimeProvider clock, ILoggerProvider? log, CancellationToken cancel)
    {
        var keys = new KeyStore(options.Service, clock);
        var places = options.Urls.Select(u => (Place: Place(u, options, keys), Flight: false)).ToList();
        if (options.Flight is { } flight)
            places.Add((Place(flight, options, keys), true));
        // A workspace without a release is told before anything listens.
        _ = new ReleaseStore(options.Releases).Find("latest");
        Directory.CreateDirectory(options.Scratch);
        var confinement = new Confinement(options.Releases, options.Scratch, options.Require ?? []);
        var pool = new WorkerPool(
            options.Releases,
            options.Scratch,
            confinement,
            new(options.Sessions, options.Queue, options.Idle ?? TimeSpan.FromMinutes(10), options.Wait),
            clock
        );
        var audit = new AuditLog(options.Audit, clock);

        var closing = new CancellationTokenSource();
        var statements = new Statements(pool, audit, options, closing.Token);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = options.Workspace });
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning);
        if (log is not null)
            builder.Logging.AddProvider(log);
        builder.Services.AddRoutingCore();
        builder.Services.AddOpenApi();
        builder
            .Services.AddSingleton(statements)
            .AddSingleton(new FlightTickets(clock))
            .AddGrpc(o => o.IgnoreUnknownServices = true)
            .AddFlightServer<FlightStatements>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = StopWithin);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 2 << 20;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MaxConcurrentConnections = 1_000;
            // A worker's frame goes in whole while the one before is on its way.
            kestrel.Limits.MaxResponseBufferSize = 1 << 20;
            foreach (var ((address, port, certificate), isFlight) in places)
                kestrel.Listen(
                    address,
                    port,
                    listen =>
                    {
                        // Without TLS a port speaks either HTTP/1.1 or HTTP/2, and Flight the latter alone.
                        if (isFlight)
                            listen.Protocols = HttpProtocols.Http2;
                        if (certificate is not null)
                            listen.UseHttps(certificate);
                    }
                );
        });
        var app = builder.Build();
        var service = new SqlService(app, pool, audit, keys, confinement, closing);
        service.Map(options, statements, clock);
        await app.StartAsync(cancel);
        return service;
    }

    /// <summary>Listens until it is told to stop, then interrupts what runs.</summary>
    public async Task Until(CancellationToken stop)
    {
        using var minute = new PeriodicTimer(TimeSpan.FromMinutes(1));
        try
        {
            while (await minute.WaitForNextTickAsync(stop))
                _keys.Flush();
        }
        catch (OperationCanceledException)
        {
            // The end of the service.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _pool.DisposeAsync();
        _keys.Flush();
        _audit.Dispose();
    }

    /// <summary>An address, fit to be listened on: this machine alone, unless there are a key and a certificate.</summary>
    private static (IPAddress Address, int Port, X509Certificate2? Certificate) Place(string url, ServiceOptions options, KeyStore keys)
    {
        var any = url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(any, UriKind.Absolute, out var place) || place.Scheme is not ("http" or "https"))
            throw new ServiceException(
                new($"地址 {url} 无法理解；应如 http://127.0.0.1:5151", $"the address {url} cannot be understood; write http://127.0.0.1:5151")
            );
        var address =
            place.Host == "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(place.Host.Trim('[', ']'), out var given) ? given
            : throw new ServiceException(new($"地址 {url} 应写 IP 地址或 localhost", $"the address {url} names a host: write its IP address, or localhost"));
        var https = place.Scheme == "https";
        if (!IPAddress.IsLoopback(address))
        {
            if (!https || options.Certificate is null)
                throw new ServiceException(
                    new(
                        $"{url} 会让其他机器以明文访问，未启动；请用证书：innovation serve --urls https://{place.Host}:{place.Port} --certificate 证书.pfx",
                        $"{url} would be open to other machines in plain text; the service was not started. With a certificate: innovation serve --urls https://{place.Host}:{place.Port} --certificate FILE.pfx"
                    )
                );
            if (!keys.InForce.Any())
                throw new ServiceException(
                    new(
                        $"{url} 会让其他机器无需密钥即可访问，未启动；请先生成密钥：innovation serve key new --name 姓名 --role analyst",
                        $"{url} would be open to other machines without a key; the service was not started. First make one: innovation serve key new --name WHO --role analyst"
                    )
                );
        }
        if (!https)
            return (address, place.Port, null);
        if (options.Certificate is not { } file)
            throw new ServiceException(new($"{url} 需要证书：--certificate 证书.pfx", $"{url} needs a certificate: --certificate FILE.pfx"));
        try
        {
            var certificate = file.EndsWith(".pem", StringComparison.OrdinalIgnoreCase)
                ? X509Certificate2.CreateFromPemFile(file, file)
                : X509CertificateLoader.LoadPkcs12FromFile(file, options.CertificatePassword);
            return (address, place.Port, certificate);
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ServiceException(new($"证书 {file} 无法读取：{e.Message}", $"the certificate {file} cannot be read: {e.Message}"));
        }
    }

    private void Map(ServiceOptions options, Statements statements, TimeProvider clock)
    {
        var saved = new SavedQueries(Path.Combine(options.Service, "queries"));
        var kept = new KeptResults(Path.Combine(options.Scratch, "results"), options.ResultQuota, clock);
        var store = new ReleaseStore(options.Releases);
        _app.Use((context, next) => Guarded(context, next, statements));
        _app.UseRouting();
        _app.MapOpenApi("/v1/openapi.json");
        _app.MapFlightEndpoint();

        Get("/health", "Whether statements are answered now: 200, or 503 when the probe fails or hangs", Health);

        Post(
                "/v1/sql",
                "One answer to a SQL statement, in the format that Accept names; release, stage, flags, units and count in X-Innovation-* headers",
                async (HttpContext context) => await statements.Answer(context, await StatementRequest.Read(context.Request))
            )
            .Accepts<StatementRequest>("application/json", "application/sql")
            .Produces(200, contentType: AnswerFormat.MediaTypes.First(), additionalContentTypes: [.. AnswerFormat.MediaTypes.Skip(1)])
            .ProducesProblem(400)
            .ProducesProblem(503)
            .ProducesProblem(504);

        Post(
            "/v1/sessions",
            "Opens a session: a worker of one's own, whose temporary tables stay until it is closed or idle",
            async (HttpContext context) =>
            {
                try
                {
                    var release = statements.Release(StatementRequest.Releases(context.Request.Query) ?? "latest");
                    Statements.Demand(Caller.Of(context), release);
                    var session = await _pool.OpenSession(Caller.Of(context).Id, release, context.RequestAborted);
                    return Results.Json(
                        new
                        {
                            session.Id,
                            session.Release,
                            session.Opened,
                            Confinement = Confined,
                        },
                        Message.Options,
                        statusCode: 201
                    );
                }
                catch (BusyException e)
                {
                    throw new RequestException(503, "busy", e.Problem) { RetryAfter = 5 };
                }
            }
        );
        Get(
            "/v1/sessions",
            "One's own sessions; an administrator sees all",
            (HttpContext context) =>
                Results.Json(_pool.Sessions.Where(s => Caller.Of(context) is var c && (c.Role == Role.Administrator || s.Owner == c.Id)), Message.Options)
        );
        Delete(
            "/v1/sessions/{id}",
            "Ends a session, also while a statement of it runs",
            async (HttpContext context, string id) =>
            {
                var caller = Caller.Of(context);
                var owner = caller.Role == Role.Administrator ? _pool.Sessions.FirstOrDefault(s => s.Id == id)?.Owner ?? caller.Id : caller.Id;
                return await _pool.Close(owner, id)
                    ? Results.NoContent()
                    : throw new RequestException(404, "usage", new("没有这个会话", "there is no such session"));
            }
        );

        Ask("/v1/catalogue", "Tables and columns of a release with their types and meanings", Catalogue.Columns);
        Ask("/v1/metrics", "Metrics with units, definitions and whether they add up", Catalogue.Metrics);

        Get(
            "/v1/releases",
            "The releases, oldest first",
            () =>
                Results.Json(
                    store
                        .Ids.Select(id => store.Find(id))
                        .Select(r => new
                        {
                            r.Id,
                            IsLatest = r.Id == store.Current,
                            r.BuiltAt,
                            r.IsSynthetic,
                        }),
                    Message.Options
                )
        );
        Get(
            "/v1/releases/{name}",
            "What a release is made of and what it holds: its manifest",
            (string name) => Results.Bytes(store.Find(statements.Release(name)).ToJson(), "application/json")
        );
        Get(
            "/v1/releases/{name}/files/{file}",
            "A file of a release, by range: the DuckDB file, dictionary.html, lineage.svg",
            (HttpContext context, string name, string file) => ReleaseFile(context, options, store.Find(statements.Release(name)), file)
        );
        Get(
            "/v1/dictionary",
            "The data dictionary of a release, a page",
            (HttpContext context) =>
                ReleaseFile(context, options, store.Find(statements.Release(context.Request.Query["release"].FirstOrDefault() ?? "latest")), "dictionary.html")
        );

        Get("/v1/queries", "The saved queries", () => Results.Json(saved.All, Message.Options));
        Get("/v1/queries/{name}", "A saved query", (string name) => Results.Json(saved.Find(name), Message.Options));
        Put(
                "/v1/queries/{name}",
                "Saves a query under a name; with a release it is pinned, with latest it follows",
                async (HttpContext context, string name) =>
                {
                    Demand(context, Role.Analyst);
                    using var body = new MemoryStream();
                    await context.Request.Body.CopyToAsync(body, context.RequestAborted);
                    body.Position = 0;
                    var query = SavedQueries.Read(body);
                    // Pinned to what it means today: a number may be another's tomorrow.
                    saved.Put(name, query.Release == "latest" ? query : query with { Release = statements.Release(query.Release) });
                    return Results.NoContent();
                }
            )
            .Accepts<SavedQuery>("application/json");
        Get(
            "/v1/queries/{name}/answer",
            "The answer of a saved query: a permanent link, also for spreadsheets (?format=csv&param.year=2024)",
            async (HttpContext context, string name) =>
            {
                var query = saved.Find(name);
                await statements.Answer(context, new(query.Sql, StatementRequest.ByAddress(context.Request.Query), query.Release));
            }
        );

        Post(
                "/v1/results",
                "Keeps an answer as an Arrow file for an hour",
                async (HttpContext context) =>
                {
                    var result = await kept.Keep(context, statements, await StatementRequest.Read(context.Request));
                    context.Response.Headers.Location = $"/v1/results/{result.Id}";
                    return Results.Json(
                        new
                        {
                            result.Id,
                            result.Release,
                            result.Rows,
                            result.Bytes,
                            result.Expires,
                        },
                        Message.Options,
                        statusCode: 201
                    );
                }
            )
            .Accepts<StatementRequest>("application/json", "application/sql");
        Get(
            "/v1/results/{id}",
            "A kept answer, whole or by range; its footer says where its batches are",
            (HttpContext context, string id) =>
                Results.File(
                    kept.Find(id, Caller.Of(context)).Path,
                    "application/vnd.apache.arrow.file",
                    null,
                    null,
                    new EntityTagHeaderValue($"\"{id}\""),
                    enableRangeProcessing: true
                )
        );
        Delete(
            "/v1/results/{id}",
            "Gives a kept answer up",
            (HttpContext context, string id) =>
            {
                kept.Delete(kept.Find(id, Caller.Of(context)));
                return Results.NoContent();
            }
        );

        // As delegates, not as bare request handlers: only then does the description list them.
        RouteHandlerBuilder Get(string path, string summary, Delegate handler) => _app.MapGet(path, handler).WithSummary(summary);
        RouteHandlerBuilder Post(string path, string summary, Delegate handler) => _app.MapPost(path, handler).WithSummary(summary);
        RouteHandlerBuilder Put(string path, string summary, Delegate handler) => _app.MapPut(path, handler).WithSummary(summary);
        RouteHandlerBuilder Delete(string path, string summary, Delegate handler) => _app.MapDelete(path, handler).WithSummary(summary);

        void Ask(string path, string summary, string sql) =>
            Get(
                path,
                summary,
                async (HttpContext context) => await statements.Answer(context, new(sql, Release: context.Request.Query["release"].FirstOrDefault()))
            );
    }

    /// <summary>Whether statements are answered now: the worker that stands ready is asked one.</summary>
    public Task<bool> IsSound() => _pool.Probe(ProbeWithin);

    private Dictionary<string, bool> Confined => Layers.ToDictionary(l => l.Name, l => l.IsOn);

    private async Task<IResult> Health(HttpContext context)
    {
        var sound = await IsSound();
        return Results.Json(
            new
            {
                Status = sound ? "ok" : "failing",
                Sessions = new
                {
                    Open = _pool.Open,
                    Busy = _pool.Taken,
                    Most = _pool.Limits.Sessions,
                    Waiting = _pool.Waiting,
                    Spare = _pool.HasSpare,
                },
                Confinement = Confined,
            },
            Message.Options,
            statusCode: sound ? 200 : 503
        );
    }

    /// <summary>Before and after everything: who asks, and what cannot be answered said in one form.</summary>
    private async Task Guarded(HttpContext context, RequestDelegate next, Statements statements)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";
        try
        {
            if (Caller.Of(context.Request, _keys) is { } caller)
                context.Items[nameof(Caller)] = caller;
            else if (context.Request.Path != "/health")
            {
                context.Response.Headers.WWWAuthenticate = new[] { "Bearer", "Basic realm=\"innovation1551\", charset=\"UTF-8\"" };
                throw new RequestException(401, "key", new("需要有效的密钥（Authorization: Bearer …）", "a key in force is wanted (Authorization: Bearer …)"));
            }
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: 404 or 405 } response && context.GetEndpoint() is null)
                throw new RequestException(
                    response.StatusCode,
                    "usage",
                    new("没有这个地址；见 /v1/openapi.json", "there is no such address; see /v1/openapi.json")
                );
        }
        catch (RequestException e)
        {
            await Problem(e);
        }
        catch (Refusal e)
        {
            await Problem(new(400, "refused", statements.Clean(e.Problem)));
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException e)
        {
            await Problem(new(e.StatusCode, "usage", new("请求有误", "the request is not as HTTP wants it")));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be told.
        }
        catch (Exception e)
        {
            context.RequestServices.GetRequiredService<ILogger<SqlService>>().LogError(e, "bug");
            await Problem(new(500, "bug", new("程序内部错误（详见日志）", "a bug in the program (see the log)")));
        }

        async Task Problem(RequestException e)
        {
            if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
            {
                context.Abort();
                return;
            }
            context.Response.StatusCode = e.Status;
            if (e.RetryAfter is { } seconds)
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            context.Response.ContentType = "application/problem+json";
            await context.Response.Body.WriteAsync(
                JsonSerializer.SerializeToUtf8Bytes(
                    new
                    {
                        Title = e.Kind,
                        e.Status,
                        Detail = e.Problem.ToString(),
                        e.Problem.Zh,
                        e.Problem.En,
                        Line = e.Line == 0 ? (int?)null : e.Line,
                        Column = e.Line == 0 ? (int?)null : e.Column,
                    },
                    Message.Options
                )
            );
        }
    }

    private static IResult ReleaseFile(HttpContext context, ServiceOptions options, Manifest manifest, string file)
    {
        var page = manifest.Pages?.FirstOrDefault(p => p.Name == file);
        if (page is null && file != manifest.WarehouseFile)
            throw new RequestException(404, "usage", new("发布版本中没有这个文件", "the release has no such file"));
        if (page is null)
            Demand(context, Role.Analyst);
        var type = Path.GetExtension(file) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
        return Results.File(
            Path.Combine(options.Releases, manifest.Id, file),
            type,
            null,
            null,
            new EntityTagHeaderValue($"\"{page?.Sha256 ?? manifest.WarehouseSha256}\""),
            enableRangeProcessing: true
        );
    }

    /// <exception cref="RequestException">The caller's role is a lesser one.</exception>
    private static void Demand(HttpContext context, Role least)
    {
        if (Caller.Of(context).Role < least)
            throw new RequestException(403, "role", new("您的角色无权这样做", "your role may not do this"));
    }
}
