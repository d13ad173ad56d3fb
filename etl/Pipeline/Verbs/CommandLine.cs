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
        var parse = Root().Parse(arguments);
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
    public static IReadOnlyList<string> Verbs() => [.. Root().Subcommands.Select(v => v.Name)];

    private static RootCommand Root()
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
        foreach (
            var verb in (Command[])
                [
                    RunVerb.Command(),
                    TemplateVerb.Command(),
                    ReadVerb.Command(),
                    LoadVerb.Command(),
                    WithdrawVerb.Command(),
                    ReviewVerb.Command(),
                    StatusVerb.Command(),
                    BuildVerb.Command(),
                    ReportVerb.Command(),
                    SqlVerb.Command(),
                    TraceVerb.Command(),
                    DiffVerb.Command(),
                    ApproveVerb.Command(),
                    ChecklistVerb.Command(),
                    KeyVerb.Command(),
                    SignVerb.Command(),
                    SignVerb.Prove(),
                    VerifyVerb.Command(),
                    PublishVerb.Command(),
                    PublicVerb.Command(),
                    BackupVerb.Backup(),
                    BackupVerb.Restore(),
                    PruneVerb.Command(),
                    ServeVerb.Command(),
                    DoctorVerb.Command(),
                ]
        )
            root.Subcommands.Add(verb);
        foreach (var argument in root.Subcommands.SelectMany(v => v.Arguments))
            argument.Validators.Add(Misunderstood.RefuseOptions);
        return root;
    }
}
