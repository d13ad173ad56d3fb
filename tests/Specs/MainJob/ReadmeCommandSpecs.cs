using System.Text.RegularExpressions;
using Innovation1551.Pipeline.Verbs;
using Innovation1551.Specs.Reading;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>What the README files tell people to type works: every command is understood, and all are run but those listed here.</summary>
public sealed partial class ReadmeCommandSpecs(ITestOutputHelper output)
{
    /// <summary>A verb as whoever runs the service on a machine calls it.</summary>
    private const string Installed = "innovation1551-admin ";

    private const string FromSource = "dotnet run --project etl/Pipeline -- ";

    /// <summary>Commands that are not run here, each with the reason.</summary>
    private static readonly Dictionary<string, string> NotRun = new()
    {
        ["run"] = "the main job: SampleRunSpecs runs it",
        ["report 2025"] = "the small returns have no 2025: SampleRunSpecs makes the report of the sample",
        ["report 2026-09"] = "the small returns have no ledger of tasks: TaskBulletinSpecs makes bulletins",
        ["withdraw FILE|HASH --why"] = "withdraw is run once already",
        ["serve"] = "it listens until it is stopped: ServiceSpecs",
        ["report 2025 --letter"] = "the small returns have no 2025: CoveringLetterSpecs makes letters",
        ["sign latest --by 邮箱"] = "wants a key: SigningSpecs",
        ["prove FIGURE"] = "wants a signed release: SigningSpecs",
        ["serve jobs --try-notice"] = "nobody is there to be told: JobSpecs",
        ["publish --to postgres"] = "wants a server: PostgresSpecs",
        ["publish --to clickhouse"] = "wants a server: ClickHouseSpecs",
        ["publish --to clickhouse --check"] = "wants a server: ClickHouseSpecs",
        ["build --as-of"] = "a whole build: AttributionSpecs makes an older release again",
        ["prune --archived DIR"] = "wants a setting: PruneSpecs",
    };

    /// <summary>Words in the place of any verb.</summary>
    private static readonly string[] AnyVerb = ["命令", "VERB"];

    /// <summary>Commands with a name to fill in, or with less than the verb asks for, and what is run instead; @ is a folder of the spec's own.</summary>
    private static readonly Dictionary<string, string> FilledIn = new()
    {
        ["template"] = "template --form rd_spend --year 2025 --output @/文件.xlsx",
        ["read 文件.xlsx"] = "read @/文件.xlsx",
        ["report 2025 --group all"] = "report 2024 --group all --format html",
        ["build --as-of"] = "build --as-of r0001",
        ["backup --to /backup"] = "backup --to @/backup",
        ["doctor --repair --from /backup"] = "doctor --repair --from @/backup",
        ["doctor --repair --from DIR"] = "doctor --repair --from @/backup",
        ["public FILE"] = "public @/public.duckdb --draft",
        ["public FILE --draft --json"] = "public @/公开.duckdb --draft --json",
        ["withdraw"] = "withdraw awards-2024.csv --why 误报",
        ["withdraw FILE|HASH --why"] = "withdraw patents-2024.csv --why 误报",
    };

    /// <summary>Verbs whose answer may be 1 in a workspace of returns with faults: they were listed.</summary>
    private static readonly string[] MayListFaults = ["load", "checklist"];

    [Fact]
    public void Every_command_of_the_program_that_a_readme_shows_is_understood_and_works()
    {
        var shown = Shown().ToList();
        var commands = shown.Select(c => c.Command).Distinct().ToList();
        Assert.True(commands.Count >= 12, $"only {commands.Count} commands were found");
        Assert.All(
            NotRun.Keys.Concat(FilledIn.Keys).Concat(AnyVerb),
            listed => Assert.True(commands.Contains(listed), $"no README shows “{listed}” any longer: take it out of this spec")
        );
        using var workspace = TestWorkspace.WithSmallRelease();
        // A second release, for what compares two.
        workspace.Load(SmallReturns.WriteRevision(workspace.Workspace.Inbox, 7));
        Assert.Empty(workspace.Build().Failures);
        using var files = new ScratchFolder();
        var failures = new List<string>();
        // The template is what is read afterwards.
        foreach (var command in commands.OrderBy(c => c == "template" ? 0 : 1))
        {
            var place = shown.First(c => c.Command == command).Place;
            string[] words = [.. Words(FilledIn.GetValueOrDefault(command, command)).Select(w => w.Replace("@", files.Root, StringComparison.Ordinal))];
            if (!AnyVerb.Contains(command) && CommandLine.Faults(words) is { Count: > 0 } faults)
            {
                failures.Add($"{place}: {command}: {string.Join(' ', faults)} Mend the README, or list the command in this spec.");
                continue;
            }
            if (NotRun.TryGetValue(command, out var reason) || AnyVerb.Contains(command))
            {
                output.WriteLine($"{command}: not run, {reason ?? "stands for any verb"}");
                continue;
            }
            var run = ProgramRun.Of(workspace.Workspace.Root, words);
            output.WriteLine($"{command}: {run.ExitCode}");
            if (run.ExitCode != 0 && !(run.ExitCode == 1 && MayListFaults.Contains(words[0])))
                failures.Add($"{place}: {command}: ended with {run.ExitCode}: {run.Error}");
        }
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public void Every_example_in_the_help_of_a_verb_is_understood()
    {
        var lines = House.Files("etl/Pipeline/Verbs", "*Verb.cs").SelectMany(File.ReadLines).Select(l => l.Trim());
        var examples = lines.Where(l => l.StartsWith("innovation ", StringComparison.Ordinal)).ToList();
        Assert.True(examples.Count >= CommandLine.Verbs().Count, $"only {examples.Count} examples");
        Assert.All(examples, e => Assert.True(CommandLine.Faults(Words(e)[1..]) is { Count: 0 }, e));
        Assert.NotEmpty(CommandLine.Faults(["statuss"]));
        Assert.NotEmpty(CommandLine.Faults(["status", "--remnid"]));
    }

    [Fact]
    public void The_two_commands_to_begin_with_stand_alone_and_are_the_real_ones()
    {
        Assert.Equal(["dotnet run --project etl/Pipeline -- run", "dotnet test"], Fenced(House.At("README.md")));
        var project = Assert.Single(Directory.GetFiles(House.At("etl/Pipeline"), "*.csproj"));
        Assert.Contains("<AssemblyName>innovation</AssemblyName>", File.ReadAllText(project), StringComparison.Ordinal);
        Assert.Empty(CommandLine.Faults(["run"]));
        // `dotnet test` takes the one solution of the folder, by the runner that xunit's programs speak to.
        Assert.Contains("Innovation1551.Specs.csproj", File.ReadAllText(Assert.Single(Directory.GetFiles(House.Root, "*.sln*"))), StringComparison.Ordinal);
        Assert.Contains("Microsoft.Testing.Platform", File.ReadAllText(House.At("global.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_other_dotnet_command_names_what_exists()
    {
        var benchmarks = Benchmarks.Benchmarks.All.Concat(Benchmarks.Benchmarks.OnDemand).Select(b => b.Name).Append("--short").ToList();
        var commands = Readmes()
            .SelectMany(r => Fenced(r).Concat(Spans(r)))
            .Distinct()
            .Where(c => c.StartsWith("dotnet ", StringComparison.Ordinal) && !c.StartsWith(FromSource, StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(commands);
        Assert.All(
            commands,
            command =>
            {
                var words = Words(command);
                if (command == "dotnet test")
                    return;
                if (words is ["dotnet", "build", ['-', 'p', ':', 'L', 'a', 'y', 'o', 'u', 't', '=', ..]])
                {
                    Assert.True(words[2] is "-p:Layout=apply" or "-p:Layout=check", command);
                    Assert.Contains("$(Layout)", File.ReadAllText(House.At("Directory.Build.props")), StringComparison.Ordinal);
                    return;
                }
                var at = words[1] == "publish" ? 2 : words.IndexOf("--project") + 1;
                Assert.True(words[1] is "run" or "publish" && at > 0, command);
                Assert.True(Directory.GetFiles(House.At(words[at]), "*.csproj").Length == 1, command);
                var given = words[(words.IndexOf("--") is >= 0 and var dashes ? dashes + 1 : words.Count)..];
                if (words[at] == "tests/Benchmarks")
                    Assert.All(given, name => Assert.Contains(name, benchmarks));
                if (given.IndexOf("-class") is >= 0 and var named && given[named + 1] != "NAME")
                    Assert.NotNull(typeof(ReadmeCommandSpecs).Assembly.GetType(given[named + 1]));
            }
        );
    }

    [Fact]
    public void Every_fenced_line_is_a_command_that_is_looked_at()
    {
        Assert.All(
            Readmes().SelectMany(Fenced),
            line =>
                Assert.True(
                    line.StartsWith("dotnet ", StringComparison.Ordinal)
                        || line.StartsWith("innovation ", StringComparison.Ordinal)
                        || line.StartsWith(Installed, StringComparison.Ordinal)
                        || IsOfTheMachine(line),
                    $"{line}: teach this spec to check it"
                )
        );
    }

    /// <summary>What administers a machine names what is made for it here.</summary>
    private static bool IsOfTheMachine(string line) =>
        Words(line) switch
        {
            [var script, ..] when File.Exists(House.At(script)) => OperatingSystem.IsWindows()
                || File.GetUnixFileMode(House.At(script)).HasFlag(UnixFileMode.UserExecute),
            ["apt", "install", ..] => line.Contains("innovation1551_", StringComparison.Ordinal),
            ["systemctl" or "journalctl", _, .., var unit] => File.Exists(House.At($"etl/Pipeline/Install/{unit}.service")),
            _ => false,
        };

    /// <summary>
    /// What follows the program's name, in fences and in the text, and what a text goes on with: <c>`innovation load`, `status`</c>. A verb with arguments
    /// in the text is a command without that name.
    /// </summary>
    private static IEnumerable<(string Place, string Command)> Shown()
    {
        var verbs = CommandLine.Verbs();
        foreach (var readme in Readmes())
        {
            // A path may follow too, and is no command.
            var listed = Listed()
                .Matches(File.ReadAllText(readme))
                .SelectMany(m => m.Groups[1].Captures)
                .Select(c => c.Value)
                .Where(c => !c.Split(' ')[0].Contains('/', StringComparison.Ordinal));
            var called = Fenced(readme)
                .Concat(Spans(readme))
                .SelectMany(c =>
                    (string[])
                        [
                            .. ((string[])["innovation ", Installed, FromSource])
                                .Where(p => c.StartsWith(p, StringComparison.Ordinal))
                                .Select(p => c[p.Length..].Trim()),
                            .. verbs.Where(v => c.StartsWith(v + " ", StringComparison.Ordinal)).Select(_ => c),
                        ]
                );
            foreach (var command in called.Concat(listed))
                yield return (House.Relative(readme), command);
        }
    }

    private static IEnumerable<string> Readmes() => House.Files("", "README.md");

    /// <summary>Lines between fences, without their comments.</summary>
    private static List<string> Fenced(string readme)
    {
        var (lines, inside) = (new List<string>(), false);
        foreach (var line in File.ReadLines(readme))
            if (line.StartsWith("```", StringComparison.Ordinal))
                inside = !inside;
            else if (inside && Comment().Replace(line, "").Trim() is { Length: > 0 } command)
                lines.Add(command);
        return lines;
    }

    private static IEnumerable<string> Spans(string readme) => Span().Matches(File.ReadAllText(readme)).Select(m => m.Groups[1].Value);

    private static List<string> Words(string command) => [.. Word().Matches(command).Select(m => m.Value.Trim('"'))];

    [GeneratedRegex("(?<=^|\\s)#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("(?<!`)`([^`\n]+)`(?!`)")]
    private static partial Regex Span();

    [GeneratedRegex("`innovation [^`\n]+`(?:, `([^`\n]+)`)+")]
    private static partial Regex Listed();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();
}
