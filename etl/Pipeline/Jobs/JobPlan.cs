using System.Text;
using Cronos;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Verbs;
using Innovation1551.Pipeline.Work;

namespace Innovation1551.Pipeline.Jobs;

/// <summary>The jobs of a workspace, as <c>jobs.csv</c> in it says: job, when, does, tell.</summary>
internal static class JobPlan
{
    public const string File = "jobs.csv";

    /// <summary>Verbs that end by themselves, and ask nobody.</summary>
    private static readonly string[] Allowed =
    [
        "load",
        "build",
        "report",
        "run",
        "status",
        "review",
        "verify",
        "doctor",
        "template",
        "diff",
        "backup",
        "prune",
    ];

    /// <summary>The jobs in the order in which they are written; none where there is no such file.</summary>
    /// <exception cref="DefinitionException">A line does not hold; names the file and the line.</exception>
    public static IReadOnlyList<Job> Read(Workspace workspace)
    {
        var path = Path.Combine(workspace.Root, File);
        if (!System.IO.File.Exists(path))
            return [];
        var rows = Seed.Parse(path, new UTF8Encoding(false).GetString(System.IO.File.ReadAllBytes(path)));
        var lines = rows.Skip(1).Select((cells, i) => new SeedLine(path, i + 2, rows[0], cells)).ToList();
        var jobs = new List<Job>();
        foreach (var line in lines)
        {
            var job = Read(line);
            if (jobs.Any(j => j.Name == job.Name))
                throw line.Fault(new($"有两项任务叫 {job.Name}", $"there are two jobs {job.Name}"));
            jobs.Add(job);
        }
        foreach (var (line, job) in lines.Zip(jobs))
            if (job.Trigger is JobTrigger.After { Job: var first })
            {
                if (!jobs.Exists(j => j.Name == first))
                    throw line.Fault(
                        Nearest.Of(first, jobs.Select(j => j.Name)) is { } near
                            ? new($"没有任务 {first}，是否指 {near}？", $"there is no job {first}: did you mean {near}?")
                            : new($"没有任务 {first}", $"there is no job {first}")
                    );
                if (IsCircle(job, jobs))
                    throw line.Fault(new($"任务 {job.Name} 会等待自己", $"the job {job.Name} would wait for itself"));
            }
        return jobs;
    }

    private static Job Read(SeedLine line)
    {
        var (name, when, does) = (line["job"], line["when"].Trim(), line["does"].Trim());
        if (name.Length == 0 || name.Any(c => !char.IsLetterOrDigit(c) && c is not ('-' or '_')))
            throw line.Fault(
                new($"任务名“{name}”应由字母、数字、- 和 _ 组成", $"the name of a job is made of letters, digits, - and _, and this one is \"{name}\"")
            );
        line.OneOf("tell", "", "problems", "always", "never");
        var tells = line["tell"] switch
        {
            "always" => Tells.Always,
            "never" => Tells.Never,
            _ => Tells.Problems,
        };
        var job = new Job(name, when, Trigger(line, when), does, tells);
        var arguments = job.Arguments(new DateOnly(2026, 1, 31));
        if (arguments.Count == 0 || !Allowed.Contains(arguments[0]))
            throw line.Fault(
                new($"does 应以 {string.Join("、", Allowed)} 之一开头，现为“{does}”", $"does begins with one of {string.Join(", ", Allowed)} and is \"{does}\"")
            );
        // Of the workspace that the service is of, and as the service wants to be answered.
        if (arguments.FirstOrDefault(a => a.Split('=')[0] is "--workspace" or "-w" or "--json") is { } own)
            throw line.Fault(new($"does 不写 {own}，由服务给出", $"{own} is not written in does: the service gives it"));
        if (CommandLine.Faults(arguments).FirstOrDefault() is { } fault)
            throw line.Fault(new($"does 有误：{fault}", $"does cannot be understood: {fault}"));
        return job;
    }

    private static JobTrigger Trigger(SeedLine line, string when)
    {
        if (when == "inbox")
            return new JobTrigger.Inbox();
        if (when.StartsWith("after ", StringComparison.Ordinal))
            return new JobTrigger.After(when["after ".Length..].Trim());
        try
        {
            return new JobTrigger.At(CronExpression.Parse(when));
        }
        catch (CronFormatException e)
        {
            throw line.Fault(
                new(
                    $"when 应为 inbox、after 任务名，或五段的时间（分 时 日 月 星期，如 0 7 6 * * 为每月 6 日 7 时），现为“{when}”：{e.Message}",
                    $"when is inbox, after JOB, or a time in five fields (minute hour day month weekday; 0 7 6 * * is 7:00 on the 6th of each month) and is \"{when}\": {e.Message}"
                )
            );
        }
    }

    private static bool IsCircle(Job job, List<Job> jobs)
    {
        var at = job;
        for (var steps = 0; at?.Trigger is JobTrigger.After { Job: var before }; steps++)
        {
            if (steps > jobs.Count)
                return true;
            at = jobs.Find(j => j.Name == before);
        }
        return false;
    }
}
