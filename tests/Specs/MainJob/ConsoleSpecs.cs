using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>What the program says follows what is so: warnings in words, lists that go with the rules, a current release that nobody replaced by the way.</summary>
public sealed class ConsoleSpecs : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();
    private readonly string _definitions = Directory.CreateTempSubdirectory("innovation1551-thresholds-").FullName;

    public void Dispose()
    {
        _workspace.Dispose();
        Directory.Delete(_definitions, recursive: true);
    }

    [Fact]
    public void Warnings_are_told_in_words_and_the_lists_follow_the_rules()
    {
        // More than twice the spend of the year before, without a word: it is asked about.
        var path = SmallReturns.WriteFile(
            _workspace.Workspace.Inbox,
            "spend-grown",
            RdSpendForm.Form,
            SmallReturns.G1,
            2024,
            9,
            11,
            [SmallReturns.Spend(SmallReturns.A, 2024, 213)]
        );
        var load = Run("load", path, "--lang", "en");
        Assert.Contains("is asked about most:", load.Output, StringComparison.Ordinal);
        Assert.Contains("[V26] " + Path.GetFileName(path), load.Output, StringComparison.Ordinal);
        Assert.Contains("; ", load.Output.Split('\n').First(l => l.Contains("[V26]", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("V26,warning", Findings(), StringComparison.Ordinal);
        Assert.Contains("V26", Answer(path), StringComparison.Ordinal);
        // A second load finds nothing new, and what is open stays listed.
        Assert.Equal(0, Run("load", path).ExitCode);
        Assert.Contains("V26,warning", Findings(), StringComparison.Ordinal);

        // The statistician finds such growth usual: nothing is asked any more, in no list.
        var thresholds = Definitions.Load()["seeds/threshold.csv"].Replace("change_percent,50,", "change_percent,500,", StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_definitions, "seeds"));
        File.WriteAllText(Path.Combine(_definitions, "seeds", "threshold.csv"), thresholds);
        Assert.Equal(0, Run("build", "--definitions", _definitions).ExitCode);
        Assert.DoesNotContain("V26,warning", Findings(), StringComparison.Ordinal);
        Assert.DoesNotContain("V26", Answer(path), StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_release_is_built_beside_the_current_one_unless_it_is_to_take_its_place()
    {
        var older = _workspace.Store.Current!;
        _workspace.Load(SmallReturns.WriteRevision(_workspace.Workspace.Inbox, 7));
        var current = _workspace.Build().Manifest!.Id;
        var aside = Run("build", "--as-of", older, "--lang", "en");
        Assert.True(aside.ExitCode == 0, aside.Error);
        Assert.Contains($"the current release is still {current}", aside.Output, StringComparison.Ordinal);
        Assert.Equal(current, _workspace.Store.Current);
        var made = _workspace.Store.Ids[^1];
        Assert.Equal(_workspace.Store.Find(older).ContentHash, _workspace.Store.Find(made).ContentHash);
        // Nor does it become current by the way: by a build without a change, or where the pointer is lost.
        Assert.False(_workspace.Build().IsNew);
        File.Delete(Path.Combine(_workspace.Workspace.Releases, "CURRENT"));
        Assert.Equal(current, _workspace.Store.Find("latest").Id);
        Assert.Equal(2, Run("build", "--publish").ExitCode);
        Assert.Equal(0, Run("build", "--as-of", older, "--publish").ExitCode);
        Assert.Equal(_workspace.Store.Find(older).ContentHash, _workspace.Store.Find(_workspace.Store.Current!).ContentHash);
    }

    private ProgramRun Run(params string[] arguments) => ProgramRun.Of(_workspace.Workspace.Root, arguments);

    private string Findings() => File.ReadAllText(Path.Combine(_workspace.Workspace.Feedback, "findings.csv"));

    private string Answer(string path) =>
        File.ReadAllText(Assert.Single(Directory.GetFiles(_workspace.Workspace.Feedback, $"*{Path.GetFileNameWithoutExtension(path)}*.csv")));
}
