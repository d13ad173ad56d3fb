using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Innovation1551.Models;
using Innovation1551.Pipeline.Terminal;

namespace Innovation1551.Pipeline.Verbs;

/// <summary>All verbs: <c>innovation --help</c> shows the whole system.</summary>
public static class CommandLine
{
    /// <summary>Runs what the arguments ask for; what cannot be understood is said in one line each, with the way to the help.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] arguments)
    {
        // Of all verbs only those that the arguments name; all of them where that is not what was meant.
        var parse = Root(arguments.Contains).Parse(arguments);
        if (parse.Action is ParseErrorAction || parse.CommandResult.Command is RootCommand)
            parse = Root().Parse(arguments);
        if (parse.Action is not ParseErrorAction)
            return await parse.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = SqlVerb.IsShell(parse) ? null : TimeSpan.FromSeconds(10),
                }
            );
        foreach (var fault in Misunderstood.In(parse))
            Console.Error.WriteLine(ScreenText.Line($"命令有误 / cannot be understood: {fault}"));
        var verb = parse.CommandResult.Command is RootCommand ? "" : parse.CommandResult.Command.Name + " ";
        Console.Error.WriteLine($"用法 / usage: innovation {verb}--help");
        return ExitCode.Usage;
    }

    /// <summary>What of the arguments cannot be understood; empty where all can. Nothing is run.</summary>
    public static IReadOnlyList<string> Faults(IReadOnlyList<string> arguments) => Misunderstood.In(Root().Parse(arguments));

    /// <summary>The names of all verbs.</summary>
    public static IReadOnlyList<string> Verbs() => [.. All.Select(v => v.Name)];

    /// <summary>The verbs in the order of the help; each makes its command when that is asked for.</summary>
    private static readonly (string Name, Func<Command> Make)[] All =
    [
        ("run", RunVerb.Command),
        ("template", TemplateVerb.Command),
        ("read", ReadVerb.Command),
        ("load", LoadVerb.Command),
        ("withdraw", WithdrawVerb.Command),
        ("review", ReviewVerb.Command),
        ("status", StatusVerb.Command),
        ("build", BuildVerb.Command),
        ("report", ReportVerb.Command),
        ("sql", SqlVerb.Command),
        ("trace", TraceVerb.Command),
        ("diff", DiffVerb.Command),
        ("approve", ApproveVerb.Command),
        ("checklist", ChecklistVerb.Command),
        ("key", KeyVerb.Command),
        ("sign", SignVerb.Command),
        ("prove", SignVerb.Prove),
        ("verify", VerifyVerb.Command),
        ("publish", PublishVerb.Command),
        ("public", PublicVerb.Command),
        ("backup", BackupVerb.Backup),
        ("restore", BackupVerb.Restore),
        ("prune", PruneVerb.Command),
        ("serve", ServeVerb.Command),
        ("doctor", DoctorVerb.Command),
    ];

    /// <param name="isMeant">Which verbs are wanted, by name; null for all.</param>
    private static RootCommand Root(Func<string, bool>? isMeant = null)
    {
        var root = new RootCommand(
            """
            科技创新统计：从企业报表到年度报告。
            Science and technology statistics of enterprises: from returns to the annual report.
            """
        );
        if (root.Options.OfType<HelpOption>().FirstOrDefault() is { } plain)
            root.Options.Remove(plain);
        root.Options.Add(
            Verb.Help(
                """
                innovation run                        内置示例数据，一步到底 / the embedded sample, end to end
                innovation template --all --year 2025 空白填报工作簿 / blank return workbooks
                innovation load 报表/                 接收并检查一个文件夹 / receive and check a folder
                innovation report 2025                2025 年度报告 / the annual report for 2025
                innovation sql "from published.figure limit 5"
                innovation VERB --help                各命令的用法与示例 / usage and examples of a verb
                """
            )
        );
        root.Options.Add(Session.WorkspaceOption);
        root.Options.Add(Session.JsonOption);
        root.Options.Add(Session.LangOption);
        root.Options.Add(Session.DefinitionsOption);
        foreach (var (name, make) in All)
            if (isMeant is null || isMeant(name))
                root.Subcommands.Add(make());
        foreach (var argument in root.Subcommands.SelectMany(v => v.Arguments))
            argument.Validators.Add(Misunderstood.RefuseOptions);
        return root;
    }
}
