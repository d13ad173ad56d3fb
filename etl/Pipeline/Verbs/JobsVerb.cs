using System.CommandLine;
using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Pipeline.Jobs;
using Innovation1551.Pipeline.Jobs.Notices;
using Innovation1551.Pipeline.Terminal;
using Microsoft.Extensions.Configuration;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>serve jobs</c>: what the service does by itself, when next, and how it went last.</summary>
internal static class JobsVerb
{
    public static Command Command()
    {
        var run = new Option<string?>("--run") { Description = "立即执行一项任务 / run one now", HelpName = "JOB" };
        var notice = new Option<bool>("--try-notice") { Description = "发一条试验通知 / send a notice, to see whether it arrives" };
        var command = new Verb(
            "jobs",
            """
            服务自动执行的任务（工作区的 jobs.csv）：何时执行，上次何时开始。
            jobs.csv 的列：job 任务名，when 何时（inbox、after 任务名、或五段时间），does 命令，tell 通知（problems、always、never）。
            What the service does by itself (jobs.csv of the workspace): when next, and when it began last.
            Columns: job, when (inbox, after JOB, or a time in five fields), does (a command), tell (problems, always, never).
            """,
            """
            innovation serve jobs
            innovation serve jobs --run bulletin
            innovation serve jobs --try-notice
            # jobs.csv
            job,when,does,tell
            collect,inbox,load,problems
            publish,after collect,build,problems
            bulletin,0 7 6 * *,report {last-month},always
            nightly,30 2 * * *,backup --to /backup/kjcx --keep 30,problems
            """
        )
        {
            run,
            notice,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, token) =>
                        parse.GetValue(run) is { } name ? Run(session, name, token)
                        : parse.GetValue(notice) ? Try(session, token)
                        : List(session),
                    cancel
                )
        );
        return command;
    }

    /// <summary>Who tells people, as innovation.json of the workspace and the environment say.</summary>
    public static NoticeSender Notices(Session session) =>
        new(
            session.Configuration.GetSection("Notices").Get<NoticeOptions>() ?? new(),
            Path.GetFileName(session.Workspace.Root),
            session.Runs,
            session.Log("notices")
        );

    /// <summary>A line about a run that has ended.</summary>
    public static Text Told(JobEnd end)
    {
        var outcome = new Notice("", end).Outcome;
        var took = end.Took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        return new($"任务 {end.Job.Name}：{outcome.Zh}（{took} 秒）", $"job {end.Job.Name}: {outcome.En} ({took} s)");
    }

    private static int List(Session session)
    {
        var (jobs, last, speaker) = (JobPlan.Read(session.Workspace), session.Runs.LastStarts(), session.Speaker);
        if (jobs.Count == 0)
            speaker.Say(
                new(
                    $"没有任务：工作区中没有 {JobPlan.File}；写法见 innovation serve jobs --help",
                    $"no jobs: the workspace has no {JobPlan.File}; innovation serve jobs --help shows how it is written"
                )
            );
        var answers = jobs.Select(j => new
            {
                j.Name,
                j.When,
                j.Does,
                Next = JobRunner.Next(j, session.Clock.GetUtcNow()),
                Last = last.TryGetValue(j.Name, out var at) ? at : (DateTimeOffset?)null,
            })
            .ToList();
        foreach (var job in answers)
            speaker.Say(
                new(
                    $"{job.Name}：{job.Does}（{job.When}）；下次 {Time(job.Next)}，上次 {Time(job.Last)}",
                    $"{job.Name}: {job.Does} ({job.When}); next {Time(job.Next)}, last {Time(job.Last)}"
                )
            );
        speaker.Answer(answers);
        return ExitCode.Done;
    }

    private static int Run(Session session, string name, CancellationToken cancel)
    {
        var jobs = JobPlan.Read(session.Workspace);
        var job =
            jobs.FirstOrDefault(j => j.Name == name)
            ?? throw new UsageException(
                Nearest.Of(name, jobs.Select(j => j.Name)) is { } near
                    ? new($"没有任务 {name}；是否指 {near}？", $"there is no job {name}; did you mean {near}?")
                    : new($"没有任务 {name}", $"there is no job {name}")
            );
        using var notices = Notices(session);
        var end = new JobRunner(session.Workspace, jobs, session.Runs, notices, session.Clock, session.Log("jobs")).Run(job, cancel);
        cancel.ThrowIfCancellationRequested();
        session.Speaker.Say(Told(end));
        if (end.Errors.Length > 0)
            session.Speaker.Complain(new(end.Errors.TrimEnd(), end.Errors.TrimEnd()));
        Failures(session, notices.Tell(end, cancel).GetAwaiter().GetResult());
        session.Speaker.Answer(new { end.ExitCode, Seconds = Math.Round(end.Took.TotalSeconds, 1) });
        return end.ExitCode ?? ExitCode.Bug;
    }

    private static int Try(Session session, CancellationToken cancel)
    {
        using var notices = Notices(session);
        if (notices.Ways.Count == 0)
            throw new UsageException(
                new(
                    "没有设置通知：请在工作区的 innovation.json 中写 Notices:Webhook:Url，或 Notices:Mail 的 Host、From、To",
                    "no notices are set up: innovation.json of the workspace wants Notices:Webhook:Url, or Host, From and To in Notices:Mail"
                )
            );
        var job = new Job("try-notice", "", new JobTrigger.Inbox(), "serve jobs --try-notice", Tells.Always);
        var failed = notices.Tell(new(job, session.Clock.GetUtcNow(), TimeSpan.Zero, ExitCode.Done, "", ""), cancel).GetAwaiter().GetResult();
        Failures(session, failed);
        foreach (var way in notices.Ways.Except(failed.Select(f => f.Way)))
            session.Speaker.Say(new($"已发出：{way}", $"sent: {way}"));
        session.Speaker.Answer(notices.Ways.Select(w => new { Way = w, Failure = failed.FirstOrDefault(f => f.Way == w).Failure }));
        return failed.Count == 0 ? ExitCode.Done : ExitCode.Usage;
    }

    private static void Failures(Session session, IReadOnlyList<(string Way, string Failure)> failed)
    {
        foreach (var (way, failure) in failed)
            session.Speaker.Complain(new($"通知（{way}）未能发出：{failure}", $"a notice by {way} did not go out: {failure}"));
    }

    private static string Time(DateTimeOffset? at) => at?.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "—";
}
