using System.CommandLine;
using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Pipeline.Jobs;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Service;
using Innovation1551.Service.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>serve</c>: SQL over HTTP for many analysts; <c>serve key</c>: who may ask.</summary>
internal static class ServeVerb
{
    private const string Password = "INNOVATION_CERTIFICATE_PASSWORD";

    public static Command Command()
    {
        var urls = new Option<string[]>("--urls")
        {
            Description = "监听地址（默认 http://127.0.0.1:5151） / addresses to listen on",
            DefaultValueFactory = _ => ["http://127.0.0.1:5151"],
            HelpName = "URL",
            AllowMultipleArgumentsPerToken = true,
        };
        var certificate = new Option<string?>("--certificate")
        {
            Description = $"https 的证书 .pfx 或 .pem（口令在 {Password} 中） / certificate for https, its password in {Password}",
            HelpName = "FILE",
        };
        var flight = new Option<string?>("--flight")
        {
            Description =
                "Arrow Flight 的地址，如 http://127.0.0.1:5152（https 时与 --urls 同一地址） / address of Arrow Flight (over https it is that of --urls)",
            HelpName = "URL",
        };
        var sessions = Number("--sessions", "同时的会话数 / sessions at once", 8);
        var queue = Number("--queue", "可等待的请求数 / requests that may wait", 64);
        var idle = Number("--idle", "闲置多少分钟后结束会话 / minutes after which an idle session ends", 10);
        var timeout = Number("--timeout", "每条语句最多几秒 / seconds that a statement may take", 60);
        var require = new Option<string[]>("--require")
        {
            Description = "缺少该隔离手段则不启动：bwrap、unshare、user、prlimit / do not start without this confinement",
            HelpName = "LAYER",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Verb(
            "serve",
            """
            供多人查询的服务（HTTP）：只监听本机，除非另有说明；每个会话一个进程。工作区有 jobs.csv 时，按其中的计划收表、构建、出报告，并通知需要处理的人。
            SQL over HTTP for many at once: this machine alone unless told, a process for each session. With a jobs.csv in the workspace it also
            takes in returns, builds and reports as that says, and tells people what needs them.
            """,
            """
            innovation serve
            innovation serve --flight http://127.0.0.1:5152
            innovation serve key new --name 张三 --role analyst
            innovation serve jobs
            innovation serve --urls https://0.0.0.0:5151 --certificate 证书.pfx --require prlimit
            curl -s http://127.0.0.1:5151/v1/sql -H 'Content-Type: application/sql' -H 'Accept: text/csv' -d 'from published.stage'
            """
        )
        {
            urls,
            certificate,
            flight,
            sessions,
            queue,
            idle,
            timeout,
            require,
            Key(),
            JobsVerb.Command(),
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, token) =>
                    {
                        Serve(
                                session,
                                new(
                                    session.Workspace.Root,
                                    parse.GetValue(urls)!,
                                    parse.GetValue(certificate),
                                    Environment.GetEnvironmentVariable(Password),
                                    parse.GetValue(require),
                                    parse.GetValue(sessions),
                                    parse.GetValue(queue),
                                    TimeSpan.FromMinutes(parse.GetValue(idle)),
                                    TimeSpan.FromSeconds(parse.GetValue(timeout)),
                                    parse.GetValue(flight)
                                ),
                                token
                            )
                            .GetAwaiter()
                            .GetResult();
                        return ExitCode.Done;
                    },
                    cancel
                )
        );
        return command;
    }

    private static async Task Serve(Session session, ServiceOptions options, CancellationToken cancel)
    {
        var speaker = session.Speaker;
        // A plan that does not hold is told before anything listens.
        var plan = JobPlan.Read(session.Workspace);
        using var notices = JobsVerb.Notices(session);
        await using var service = await SqlService.Start(options, session.Clock, session.Host.Services.GetRequiredService<ILoggerProvider>(), cancel);
        foreach (var address in service.Addresses)
            speaker.Say(
                new(
                    $"正在监听 {address}（说明见 {address}/v1/openapi.json，Ctrl-C 停止）",
                    $"listening on {address} (see {address}/v1/openapi.json; Ctrl-C stops)"
                )
            );
        foreach (var layer in service.Layers)
            speaker.Say(
                layer.IsOn
                    ? new($"  隔离 {layer.Name}：{layer.Does.Zh}", $"  confined by {layer.Name}: {layer.Does.En}")
                    : new($"  没有隔离 {layer.Name}", $"  not confined by {layer.Name}")
            );
        if (plan.Count > 0)
            speaker.Say(
                new(
                    $"  任务：{string.Join("、", plan.Select(j => j.Name))}（innovation serve jobs）；通知：{(notices.Ways.Count == 0 ? "未设" : string.Join("、", notices.Ways))}",
                    $"  jobs: {string.Join(", ", plan.Select(j => j.Name))} (innovation serve jobs); notices by {(notices.Ways.Count == 0 ? "nothing" : string.Join(", ", notices.Ways))}"
                )
            );
        speaker.Answer(
            new
            {
                service.Addresses,
                Confinement = service.Layers,
                Jobs = plan.Select(j => j.Name),
            }
        );
        speaker.Output.Flush();
        var manager = new ServiceManager();
        manager.Ready();
        var watching = manager.Watch(service.IsSound, cancel);
        var runner = new JobRunner(session.Workspace, plan, session.Runs, notices, session.Clock, session.Log("jobs"));
        var working = plan.Count == 0 ? Task.CompletedTask : runner.Until(e => speaker.Say(JobsVerb.Told(e)), cancel);
        await service.Until(cancel);
        manager.Stopping();
        await working;
        await watching;
        speaker.Say(new("正在停止……", "stopping …"));
    }

    private static Command Key()
    {
        var name = new Option<string>("--name")
        {
            Description = "密钥由谁使用 / whose key it is",
            HelpName = "WHO",
            Required = true,
        };
        var role = new Option<Role>("--role")
        {
            Description = "reader、analyst、administrator（默认 analyst） / role",
            DefaultValueFactory = _ => Role.Analyst,
        };
        var days = new Option<int?>("--days") { Description = "有效天数（默认不限） / days that it lasts (default: no end)", HelpName = "N" };
        var make = new Verb(
            "new",
            """
            生成一个密钥；只显示这一次，请即保存。
            Make a key; it is shown this once.
            """,
            """
            innovation serve key new --name 张三 --role analyst --days 365
            """
        )
        {
            name,
            role,
            days,
        };
        make.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, _) =>
                    {
                        var lasts = parse.GetValue(days) is { } d ? TimeSpan.FromDays(d) : (TimeSpan?)null;
                        var (secret, key) = Keys(session).New(parse.GetValue(name)!, parse.GetValue(role), lasts);
                        session.Speaker.Say(
                            new(
                                $"密钥 {key.Id}（{key.Name}，{Word(key.Role)}），只显示这一次：",
                                $"key {key.Id} ({key.Name}, {Word(key.Role)}), shown this once:"
                            )
                        );
                        session.Speaker.Line(secret);
                        session.Speaker.Answer(
                            new
                            {
                                key.Id,
                                key.Name,
                                key.Role,
                                secret,
                                key.Expires,
                            }
                        );
                        return ExitCode.Done;
                    },
                    cancel
                )
        );
        var list = new Verb("list", "列出密钥（不显示密钥本身） / List the keys, not their secrets", "innovation serve key list");
        list.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, _) =>
                    {
                        var keys = Keys(session);
                        var used = keys.LastUsed;
                        foreach (var key in keys.All)
                            session.Speaker.Line(
                                $"{key.Id}  {Word(key.Role), -13}  {Day(key.Created)}  {(key.Revoked is not null ? new Text("已吊销", "revoked").In(session.Speaker.Language) : Day(key.Expires))}  {Day(used.TryGetValue(key.Id, out var at) ? at : null)}  {key.Name}"
                            );
                        session.Speaker.Answer(
                            keys.All.Select(k => new
                            {
                                k.Id,
                                k.Name,
                                k.Role,
                                k.Created,
                                k.Expires,
                                k.Revoked,
                                LastUsed = used.TryGetValue(k.Id, out var at) ? at : (DateTimeOffset?)null,
                            })
                        );
                        return ExitCode.Done;
                    },
                    cancel
                )
        );
        var id = new Argument<string>("ID") { Description = "密钥编号（innovation serve key list） / id of the key" };
        var revoke = new Verb("revoke", "吊销一个密钥，立即生效 / Revoke a key, at once", "innovation serve key revoke 3f2a91c0") { id };
        revoke.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, _) =>
                    {
                        var key = Keys(session).Revoke(parse.GetValue(id)!);
                        session.Speaker.Say(new($"已吊销 {key.Id}（{key.Name}）", $"revoked {key.Id} ({key.Name})"));
                        session.Speaker.Answer(new { key.Id, key.Revoked });
                        return ExitCode.Done;
                    },
                    cancel
                )
        );
        return new Verb(
            "key",
            """
            谁可以查询：生成、列出、吊销密钥。
            Who may ask: make, list and revoke keys.
            """,
            """
            innovation serve key new --name 张三
            innovation serve key list
            innovation serve key revoke 3f2a91c0
            """
        )
        {
            make,
            list,
            revoke,
        };
    }

    private static KeyStore Keys(Session session) => new(Path.Combine(session.Workspace.Root, "service"), session.Clock);

    private static string Word(Role role) => role.ToString().ToLowerInvariant();

    private static string Day(DateTimeOffset? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "—         ";

    private static Option<int> Number(string name, string description, int usual)
    {
        var option = new Option<int>(name)
        {
            Description = $"{description}（{usual}）",
            DefaultValueFactory = _ => usual,
            HelpName = "N",
        };
        option.Validators.Add(result =>
        {
            if (Misunderstood.Number<int>(result) < 1)
                result.AddError($"{name} 应不小于 1 / {name} is at least 1");
        });
        return option;
    }
}
