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
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Files_judged_as_they_come_end_like_files_judged_together(int seed)
    {
        using var workspace = new TestWorkspace();
        string[] files = [.. SmallReturns.Write(workspace.Workspace.Inbox).Select(f => f.Path), .. SmallReturns.WriteGroups(workspace.Workspace.Inbox)];
        new Random(seed).Shuffle(files);
        foreach (var file in files) workspace.Load(file);
        using var landing = LandingStore.Open(workspace.Workspace.Landing);
        var asTheyCame = Findings(landing);
        landing.Connection.Run("update landing.meta set rules_run_for = 'other rules'");
        RuleRunner.Run(landing, new RuleCatalogue(Definitions.Load()));
        Assert.NotEmpty(asTheyCame);
        Assert.Equal(Findings(landing), asTheyCame);
    }

    [Fact]
    public void A_form_is_judged_again_when_one_that_it_is_held_against_has_come()
    {
        var rules = new RuleCatalogue(Definitions.Load());
        Assert.Equal(["corrections", "finance", "group_total", "projects", "rd_spend"], rules.Affected(["finance"]).Order());
        Assert.Equal(["talent"], rules.Affected(["talent"]));
        Assert.True(rules.Affected(["review"]).Count > 20);
        Assert.Empty(rules.Affected([]));
    }

    private static List<string> Findings(LandingStore landing) =>
        [.. landing.Connection.Rows("select columns(* exclude (file_no)) from landing.finding where origin <> 'read' order by all").Select(r => string.Join(" | ", r))];
}
