using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Warehouse;

/// <summary>A build that is asked for although nothing has changed.</summary>
public sealed class ForcedBuildSpecs : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_forced_build_reads_and_builds_everything_again_and_says_whether_it_came_out_the_same()
    {
        var before = _workspace.Store.Find("latest");
        var idle = ProgramRun.Of(_workspace.Workspace.Root, "build", "--lang", "en");
        Assert.Equal((0, true), (idle.ExitCode, idle.Output.Contains($"{before.Id} stands", StringComparison.Ordinal)));
        // Read wrongly for whatever reason: only reading again mends it.
        using (var landing = Innovation1551.Returns.Landing.LandingStore.Open(_workspace.Workspace.Landing))
            Innovation1551.Models.Warehouse.Database.Run(landing.Connection, "update landing.finance set revenue_wan = 1");
        Assert.Contains("stands", ProgramRun.Of(_workspace.Workspace.Root, "build", "--lang", "en").Output, StringComparison.Ordinal);
        var forced = ProgramRun.Of(_workspace.Workspace.Root, "build", "--force", "--lang", "en");
        Assert.True(forced.ExitCode == 0, forced.Error);
        Assert.Contains($"its content is that of {before.Id}", forced.Output, StringComparison.Ordinal);
        var after = _workspace.Store.Find("latest");
        Assert.NotEqual(before.Id, after.Id);
        Assert.Equal(before.ContentHash, after.ContentHash);
        // Numbers count on from the last, not from the first that is left.
        ProgramRun.Of(_workspace.Workspace.Root, "build", "--force");
        Assert.Equal(["r0001", "r0002", "r0003"], _workspace.Store.Ids.Select(id => id[..5]));
    }
}
