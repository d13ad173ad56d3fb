using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Rules;
using Innovation1551.Returns.Sample;
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

    /// <summary>Of many patents few files speak: what these say of older rows is found as if all were looked at, and taken back where the file is.</summary>
    [Fact]
    public void What_a_late_file_says_of_a_patent_is_found_in_the_rows_that_came_before()
    {
        using var workspace = new TestWorkspace();
        var numbers = Enumerable.Range(1, 12).Select(n => PatentNumber.Of(2024, "I", n)).ToArray();
        Load(
            "register",
            EnterpriseRegisterForm.Form,
            SmallReturns.G1,
            [
                SmallReturns.Enterprise(SmallReturns.G1, null),
                SmallReturns.Enterprise(SmallReturns.A, SmallReturns.G1),
                SmallReturns.Enterprise(SmallReturns.G2, null),
                SmallReturns.Enterprise(SmallReturns.C, SmallReturns.G2),
            ]
        );
        Load("patents", PatentForm.Form, SmallReturns.G1, [.. numbers.Select(n => SmallReturns.Patent(SmallReturns.A, "GRANT", new(2024, 5, 1), n))]);
        Assert.Empty(Found());

        // One is filed after its grant, one has ended before it, one was granted to somebody else, as he says.
        Load("late", PatentForm.Form, SmallReturns.G2, [SmallReturns.Patent(SmallReturns.C, "FILE", new(2024, 6, 1), numbers[2])]);
        Assert.Equal(["V15 patents"], Found());
        Load("later", PatentForm.Form, SmallReturns.G2, [SmallReturns.Patent(SmallReturns.C, "LAPSE", new(2024, 4, 1), numbers[3])], revision: 2);
        var again = SmallReturns.Patent(SmallReturns.C, "GRANT", new(2024, 5, 1), numbers[4]);
        again["owners"] = again["enterprise_name"];
        Load("latest", PatentForm.Form, SmallReturns.G2, [again], revision: 3);
        var found = Found();
        Assert.Equal(["V15 later", "V15 patents", "V17 latest", "V17 patents"], found);

        using (var landing = LandingStore.Open(workspace.Workspace.Landing))
        {
            // Of the twelve no other is kept.
            Assert.Equal(3, landing.Connection.Scalar<long>("select count(*) from landing.watched_patents"));
            landing.Connection.Run("update landing.meta set rules_run_for = 'other rules'");
            RuleRunner.Run(landing, new RuleCatalogue(Definitions.Load()));
        }
        Assert.Equal(found, Found());

        // Without the late filing nothing is out of order in the rows that came first.
        using (var landing = LandingStore.Open(workspace.Workspace.Landing))
        {
            landing.Forget([landing.Connection.Scalar<int>("select file_no from landing.file where name = 'late.csv'")]);
            RuleRunner.Run(landing, new RuleCatalogue(Definitions.Load()));
            Assert.Equal(2, landing.Connection.Scalar<long>("select count(*) from landing.watched_patents"));
        }
        Assert.Equal(found.Except(["V15 patents"]), Found());

        void Load(string name, Form form, string reporter, IReadOnlyDictionary<string, object?>[] rows, int revision = 1) =>
            workspace.Load(SmallReturns.WriteFile(workspace.Workspace.Inbox, name, form, reporter, 2024, revision, revision, rows));
        List<string> Found()
        {
            using var landing = LandingStore.Open(workspace.Workspace.Landing);
            return
            [
                .. landing
                    .Connection.Rows("select code || ' ' || split_part(file, '.', 1) from landing.finding where code in ('V15', 'V17') order by 1")
                    .Select(r => (string)r[0]!),
            ];
        }
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
