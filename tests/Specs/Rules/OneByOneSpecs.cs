using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Rules;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Rules;

/// <summary>After each file only the forms on which it bears are judged; what is found in the end is what a judgement of everything finds.</summary>
public sealed class OneByOneSpecs
{
    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Files_judged_as_they_come_end_like_files_judged_together(int seed)
    {
        using var workspace = new TestWorkspace();
        string[] files = [.. SmallReturns.Write(workspace.Workspace.Inbox).Select(f => f.Path), .. SmallReturns.WriteGroups(workspace.Workspace.Inbox)];
        new Random(seed).Shuffle(files);
        foreach (var file in files)
            workspace.Load(file);
        using var landing = LandingStore.Open(workspace.Workspace.Landing);
        var asTheyCame = Findings(landing);
        Assert.NotEmpty(asTheyCame);
        // Judged together, with nothing known of who was refused before; then as if everybody had been.
        const string none = "delete from landing.finding where origin <> 'read'; delete from landing.fault;";
        foreach (
            var before in (string[])[none, none + "insert into landing.fault select file_no, sheet_no, source_row, 'error', 'across' from landing.any_row"]
        )
        {
            landing.Connection.Run($"{before}; update landing.meta set rules_run_for = 'other rules'");
            RuleRunner.Run(landing, new RuleCatalogue(Definitions.Load()));
            Assert.Equal(asTheyCame, Findings(landing));
            Assert.Equal(0, landing.Connection.Scalar<long>("select count(*) from landing.fault"));
        }
    }

    [Fact]
    public void Rows_wait_for_the_register_and_no_others_are_judged_again()
    {
        using var workspace = new TestWorkspace();
        var files = SmallReturns.Write(workspace.Workspace.Inbox).ToDictionary(f => Path.GetFileNameWithoutExtension(f.Path), f => f.Path);
        workspace.Load(files["register-changes"], files["spend-2023"], files["spend-2024-g2-faulty"]);
        Assert.Equal(((string[])[SmallReturns.B, SmallReturns.C, SmallReturns.D, SmallReturns.Unknown]).Order(), Unregistered(workspace).Order());
        using (var landing = LandingStore.Open(workspace.Workspace.Landing))
            landing.Connection.Run("update landing.finding set explanation = 'left alone' where code = 'E01'");
        workspace.Load(files["register"]);
        Assert.Equal([SmallReturns.Unknown], Unregistered(workspace));
        using var after = LandingStore.Open(workspace.Workspace.Landing);
        Assert.Equal("left alone", after.Connection.Scalar<string>("select explanation from landing.finding where code = 'E01'"));
    }

    private static List<string> Unregistered(TestWorkspace workspace)
    {
        using var landing = LandingStore.Open(workspace.Workspace.Landing);
        return
        [
            .. landing
                .Connection.Rows(
                    "select l.enterprise_code from landing.finding as x join landing.rd_spend as l using (file_no, sheet_no, source_row) where x.code = 'E01'"
                )
                .Select(r => (string)r[0]!),
        ];
    }

    [Fact]
    public void A_form_is_judged_again_when_one_that_it_is_held_against_has_come()
    {
        var rules = new RuleCatalogue(Definitions.Load());
        Assert.Equal(
            ["correction_decisions", "corrections", "finance", "group_total", "policy_uptake", "projects", "rd_spend", "talent"],
            rules.Affected(["finance"]).Order()
        );
        Assert.Equal(["talent"], rules.Affected(["talent"]));
        Assert.True(rules.Affected(["review"]).Count > 20);
        Assert.Empty(rules.Affected([]));
    }

    private static List<string> Findings(LandingStore landing) =>
        [
            .. landing
                .Connection.Rows("select columns(* exclude (file_no)) from landing.finding where origin <> 'read' order by all")
                .Select(r => string.Join(" | ", r)),
        ];
}
