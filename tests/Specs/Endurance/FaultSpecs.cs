using System.Globalization;
using System.Text.RegularExpressions;
using Innovation1551.Models;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Endurance;

/// <summary>
/// The program is killed at each step at which the disk changes. What was published before still reads, what was acknowledged is there,
/// and the same command again ends as if nothing had happened.
/// </summary>
public sealed partial class FaultSpecs : IDisposable
{
    private const int Killed = 128 + 9;

    private readonly string _inbox = Directory.CreateTempSubdirectory("innovation1551-inbox-").FullName;

    public void Dispose() => Directory.Delete(_inbox, recursive: true);

    [Fact]
    public void Killed_once_at_every_fifth_kind_of_step_it_ends_like_a_run_that_was_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are of Unix");
        var files = Stronghold.WriteSmall(_inbox);
        using var clean = WithARelease(files[0], files[2]);
        var (load, loadSteps) = Listed(clean, "load", _inbox);
        var (build, buildSteps) = Listed(clean, "build");
        Assert.True(load.ExitCode == 1 && build.ExitCode == 0, load.Error + build.Error);

        // One workspace takes all the blows, one after the other: each run gets further than the last and dies at the next kind of step.
        using var beaten = WithARelease(files[0], files[2]);
        var died = Blows(beaten, EveryFifth(loadSteps).Where(s => s != AfterTelling), "load", _inbox);
        Assert.Equal(load.ExitCode, beaten.Run("load", _inbox).ExitCode);
        died += Blows(beaten, [AfterTelling], "load", _inbox);
        Assert.Equal(0, beaten.Run("load", _inbox).ExitCode);
        var acknowledged = beaten.Acknowledged();
        died += Blows(beaten, EveryFifth(buildSteps), "build");
        Assert.Equal(0, beaten.Run("build").ExitCode);
        beaten.DemandConvergence(acknowledged, clean.Store.Find("latest").ContentHash);
        Assert.Equal(clean.Store.Ids.Count, beaten.Store.Ids.Count);
        Assert.True(died >= 5, $"only {died} kinds of step were reached");
    }

    /// <summary>A report that is made anew: killed while it is written, or between the two renames, the one before is there, and what was half made goes.</summary>
    [Fact(Explicit = true)]
    public void A_report_that_is_killed_while_it_is_made_anew_leaves_the_one_before()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are of Unix");
        using var workspace = TestWorkspace.WithSmallRelease();
        string[] report = ["report", "2024", "--format", "xlsx", "--lang", "zh"];
        Assert.Equal(0, ProgramRun.Of(workspace.Workspace.Root, report).ExitCode);
        var folder = Directory.EnumerateDirectories(workspace.Workspace.Reports).Single();
        // What somebody else made inside it stays as well.
        Directory.CreateDirectory(Path.Combine(folder, "groups"));
        var before = File.ReadAllBytes(Path.Combine(folder, "report.zh.xlsx"));
        Assert.Equal(Killed, ProgramRun.Ended(ProgramRun.Start(At("folder.written"), workspace.Workspace.Root, report)).ExitCode);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(folder, "report.zh.xlsx")));
        Assert.Equal(Killed, ProgramRun.Ended(ProgramRun.Start(At("folder.set_aside"), workspace.Workspace.Root, report)).ExitCode);
        Assert.False(Directory.Exists(folder));
        WholeFolder.Heal(folder);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(folder, "report.zh.xlsx")));
        Assert.Equal(Killed, ProgramRun.Ended(ProgramRun.Start(At("folder.placed"), workspace.Workspace.Root, report)).ExitCode);
        Assert.Equal(0, ProgramRun.Of(workspace.Workspace.Root, report).ExitCode);
        Assert.Equal([folder], Directory.EnumerateDirectories(workspace.Workspace.Reports));
        Assert.True(Directory.Exists(Path.Combine(folder, "groups")));
    }

    [Fact(Explicit = true)]
    public void Killed_at_every_step_it_ends_like_a_run_that_was_not()
    {
        Stronghold.WriteReturns(_inbox, large: true);
        var first = Directory.EnumerateFiles(_inbox, "*.xlsx").Order(StringComparer.Ordinal).SkipLast(2).ToArray();
        using var before = WithARelease(first);
        using var clean = before.Copy();
        var exit = clean.Run("load", _inbox).ExitCode;
        Assert.InRange(exit, 0, 1);
        using var loaded = clean.Copy();
        Assert.Equal(0, clean.Run("build").ExitCode);
        var content = clean.Store.Find("latest").ContentHash;
        var (loads, loadKinds) = EachStep(before, exit, content, "load", _inbox);
        var (builds, buildKinds) = EachStep(loaded, exit, content, "build");
        Console.WriteLine(
            $"killed at each of {loads} steps of load ({loadKinds} kinds) and {builds} of build ({buildKinds} kinds): 0 acknowledged files lost, 0 twice, 0 stale locks, every rerun like a clean run"
        );
    }

    /// <summary>Killed there, a load has written its findings and noted that they are told: the next has none to tell.</summary>
    private const string AfterTelling = "landing.sealed";

    /// <summary>n = 1, 2, … until the program gets to its end.</summary>
    private static (int Steps, int Kinds) EachStep(Stronghold from, int loadExit, string content, params string[] verb)
    {
        var kinds = new HashSet<string>();
        for (var n = 1; ; n++)
        {
            using var trial = from.Copy();
            var run = trial.Run(At(n.ToString(CultureInfo.InvariantCulture)), verb);
            if (run.ExitCode != Killed)
            {
                Assert.InRange(run.ExitCode, 0, 1);
                return (n - 1, kinds.Count);
            }
            kinds.Add(Step().Match(run.Error).Groups["step"].Value);
            trial.DemandWholeReleases();
            var acknowledged = trial.Acknowledged();
            if (verb[0] == "load")
                Assert.Equal(run.Error.Contains(AfterTelling, StringComparison.Ordinal) ? 0 : loadExit, trial.Run(verb).ExitCode);
            Assert.Equal(0, trial.Run("build").ExitCode);
            trial.DemandConvergence(acknowledged, content);
        }
    }

    private static IEnumerable<string> EveryFifth(IEnumerable<string> steps) => steps.Distinct().Where((_, i) => i % 5 == 0);

    private static int Blows(Stronghold beaten, IEnumerable<string> steps, params string[] verb)
    {
        var died = 0;
        foreach (var step in steps)
        {
            var acknowledged = beaten.Acknowledged();
            var run = beaten.Run(At(step), verb);
            Assert.True(
                run.ExitCode == Killed && run.Error.Contains(step, StringComparison.Ordinal),
                $"{step} was not reached: {run.ExitCode} {run.Output}{run.Error}"
            );
            beaten.DemandWholeReleases();
            Assert.Empty(acknowledged.Except(beaten.Acknowledged()));
            died++;
        }
        return died;
    }

    /// <summary>A workspace with a release of some files.</summary>
    private static Stronghold WithARelease(params string[] files)
    {
        var workspace = new Stronghold();
        Assert.InRange(workspace.Run(["load", .. files]).ExitCode, 0, 1);
        var build = workspace.Run("build");
        Assert.True(build.ExitCode == 0, build.Error);
        return workspace;
    }

    private static (ProgramRun Run, IReadOnlyList<string> Steps) Listed(Stronghold workspace, params string[] verb)
    {
        var run = workspace.Run(At("list"), verb);
        return (run, [.. Step().Matches(run.Error).Select(m => m.Groups["step"].Value)]);
    }

    private static Dictionary<string, string?> At(string where) => new() { ["INNOVATION_FAULT_AT"] = where };

    [GeneratedRegex(@"step \d+: (?<step>[a-z.-]+)")]
    private static partial Regex Step();
}
