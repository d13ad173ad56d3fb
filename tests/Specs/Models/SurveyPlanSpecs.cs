using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Reading;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Models;

/// <summary>The plan is read twice, by templates from landing and by the warehouse: both must say the same, and what does not hold in it is told at its line.</summary>
public sealed class SurveyPlanSpecs : IDisposable
{
    private const string Header =
        "plan_line,form,duty,period_kind,months,from_year,to_year,months_after,day,levels,industries,titles,groups,holders_of,contact,note\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("innovation1551-plan-").FullName;

    public void Dispose() => TestWorkspace.Delete(_folder);

    [Fact]
    public void Templates_and_warehouse_ask_the_same_of_the_same()
    {
        Plan(
            $"""
            spend,rd_spend,owed,year,,2020,,3,10,,B0,,,,,
            spend_groups,rd_spend,owed,year,,2020,,3,20,G,,,,,,
            finance,finance,owed,ytd,3;6,2024,2024,1,15,S,,,{SmallReturns.G1},,,
            nobody,patents,owed,year,,2020,,3,10,,C;D4,,,,,
            totals,group_total,owed,year,,2024,,4,1,G,,,,,,
            awards,awards,owed,year,,2020,,3,10,,,,,rd_spend,,
            ideas,projects,if_any,year,,2020,,3,10,,,,,,,
            """,
            $"""
            1,EXTENSION,rd_spend,2024,{SmallReturns.A},ENTERPRISE,2025-04-30,audit,Commission,2025-03-01
            2,WAIVER,group_total,2024,{SmallReturns.G1},GROUP,,new,Commission,2025-03-01
            """
        );
        var definitions = Definitions.Load(_folder);
        var workspace = new Workspace(Path.Combine(_folder, "workspace")).Make();
        new Loading(workspace, definitions, new ReadOptions(), TimeProvider.System).Load(
            [.. SmallReturns.Write(Path.Combine(_folder, "files")).Select(f => f.Path)],
            null,
            CancellationToken.None
        );
        var built = new Building(workspace, definitions, TimeProvider.System, 9).Build(null, null, TestContext.Current.CancellationToken);
        using var release = Database.OpenForReading(
            new Innovation1551.Models.Releases.ReleaseStore(workspace.Releases).WarehousePath(built.Manifest!),
            workspace.Scratch
        );
        var owed = release
            .Rows(
                "select form, p.period_year, p.period_month, enterprise_code, due_on from core.obligation join core.dim_period as p using (period_key) where not is_waived"
            )
            .Select(r => $"{r[0]} {r[1]} {r[2]} {r[3]} {r[4]:yyyy-MM-dd}")
            .Order(StringComparer.Ordinal)
            .ToList();

        var plan = new SurveyPlan(definitions);
        using var known = KnownReturns.Open(workspace.Landing, workspace.Scratch);
        var asked =
            from year in Enumerable.Range(2020, release.Scalar<int>("select max(period_key) from core.survey_period") / 1000 - 2019)
            from month in Enumerable.Range(0, 13).Select(m => m == 0 ? (int?)null : m)
            from unit in known.Surveyed(year, month, plan.Lists).Values
            from form in FormCatalogue.All
            where form != ProjectForm.Form && plan.Asks(form, year, month, unit)
            select $"{form.Id} {year} {month} {unit.Code} {plan.DueOn(form, year, month, unit):yyyy-MM-dd}";
        // The register of a year names who stood in it on any day of the year, an obligation who stands at the end of the period.
        var stands = release
            .Rows(
                "select p.period_year, p.period_month, d.enterprise_code from core.dim_period as p join core.dim_enterprise as d on p.period_end between d.valid_from and d.ends_on where p.period_kind in ('year', 'ytd')"
            )
            .Select(r => $" {r[0]} {r[1]} {r[2]} ")
            .ToHashSet();
        Assert.Equal(owed, asked.Where(a => stands.Any(s => a.Contains(s, StringComparison.Ordinal))).Order(StringComparer.Ordinal));
        // Each condition let somebody in and kept somebody out.
        foreach (var form in (string[])["rd_spend", "finance", "group_total", "awards"])
            Assert.Contains(owed, o => o.StartsWith(form, StringComparison.Ordinal));
        Assert.DoesNotContain(owed, o => o.StartsWith("patents", StringComparison.Ordinal));
        Assert.Contains(owed, o => o == $"rd_spend 2024  {SmallReturns.A} 2025-04-30");
        Assert.DoesNotContain(owed, o => o.StartsWith($"group_total 2024  {SmallReturns.G1}", StringComparison.Ordinal));

        var status = new ResponseStatus(release, new DateOnly(2025, 4, 20));
        var spend = status.Reminders().Where(r => r is { Form: "rd_spend", Period: "2024" }).ToDictionary(r => r.EnterpriseCode);
        Assert.All(spend.Values, r => Assert.Equal(r.EnterpriseCode == SmallReturns.A, r.IsExtended));
        Assert.Equal(1, status.Response().Single(r => r is { Form: "group_total", Period: "2024" }).Waived);
        Assert.Empty(status.WithoutEffect());
    }

    [Theory]
    [InlineData("x,rd_spnd,owed,year,,2020,,3,10,,,,,,,", "rd_spend")]
    [InlineData("x,rd_spend,must,year,,2020,,3,10,,,,,,,", "if_any")]
    [InlineData("x,rd_spend,owed,month,,2020,,3,10,,,,,,,", "ytd")]
    [InlineData("x,task_ledger,owed,year,,2020,,3,10,,,,,,,", "ytd")]
    [InlineData("x,projects,owed,ytd,1,2020,,3,10,,,,,,,", "year")]
    [InlineData("x,rd_spend,owed,ytd,0-3,2020,,3,10,,,,,,,", "1-12")]
    [InlineData("x,rd_spend,owed,year,3,2020,,3,10,,,,,,,", "months")]
    [InlineData("x,rd_spend,owed,year,,2024,2023,3,10,,,,,,,", "to_year")]
    [InlineData("x,rd_spend,owed,year,,2020,,3,31,,,,,,,", "28")]
    [InlineData("x,rd_spend,owed,year,,2020,,3,10,Q,,,,,,", "enterprise_level")]
    [InlineData("x,rd_spend,owed,year,,2020,,3,10,,Z9,,,,,", "Z9")]
    [InlineData("x,rd_spend,owed,year,,2020,,3,10,,,HNTF,,,,", "HNTE")]
    public void A_line_that_does_not_hold_is_refused_at_its_place(string line, string says)
    {
        Plan("ok,finance,owed,year,,2020,,3,10,,,,,,,\n" + line, "");
        var fault = Assert.Throws<DefinitionException>(() => new SurveyPlan(Definitions.Load(_folder)));
        Assert.Equal(("seeds/survey_plan.csv", "3"), (fault.File, fault.Place));
        Assert.Contains(says, fault.Reason.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,EXTENSION,finance,2024,A,ENTERPRISE,,why,who,2025-01-01", "due_on")]
    [InlineData("1,WAIVER,finance,2024,A,ENTERPRISE,2025-01-01,why,who,2025-01-01", "due_on")]
    [InlineData("1,WAIVER,finance,2024,A,ENTERPRISE,,,who,2025-01-01", "reason")]
    [InlineData("1,WAIVER,finance,2024-13,A,ENTERPRISE,,why,who,2025-01-01", "2024-13")]
    [InlineData("1,WAIVER,finance,2024,A,ENTERPRISE,,why,who,1 March", "decided_on")]
    public void An_exception_that_does_not_hold_is_refused_at_its_place(string line, string says)
    {
        Plan("ok,finance,owed,year,,2020,,3,10,,,,,,,", line);
        var fault = Assert.Throws<DefinitionException>(() => new SurveyPlan(Definitions.Load(_folder)));
        Assert.Equal(("seeds/survey_exception.csv", "2"), (fault.File, fault.Place));
        Assert.Contains(says, fault.Reason.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_form_that_is_sent_has_its_line_as_shipped()
    {
        var plan = new SurveyPlan(WarehouseSketch.Definitions);
        foreach (var form in FormCatalogue.All.Where(f => f.Kind != FormKind.Review))
            Assert.True(
                Enumerable.Range(0, 13).Any(m => plan.Asks(form, 2026, m == 0 ? null : m)),
                $"models/seeds/survey_plan.csv does not say when {form.Id} is sent"
            );
    }

    private void Plan(string lines, string exceptions)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "seeds"));
        File.WriteAllText(Path.Combine(_folder, "seeds/survey_plan.csv"), Header + lines + "\n");
        File.WriteAllText(
            Path.Combine(_folder, "seeds/survey_exception.csv"),
            "exception,kind,form,period,code,scope,due_on,reason,decided_by,decided_on\n" + (exceptions.Length == 0 ? "" : exceptions + "\n")
        );
    }
}
