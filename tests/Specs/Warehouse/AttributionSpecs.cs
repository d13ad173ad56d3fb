using System.Text;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Receiving;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Warehouse;

/// <summary>A difference between two releases is split by cause, and the parts sum to it exactly.</summary>
public sealed class AttributionSpecs : IDisposable
{
    private readonly TestWorkspace _workspace = new();
    private readonly Dictionary<string, string> _files;

    public AttributionSpecs() =>
        _files = SmallReturns
            .Write(_workspace.Workspace.Inbox)
            .ToDictionary(f => Path.GetFileNameWithoutExtension(f.Path), f => f.Path, StringComparer.Ordinal);

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Each_step_is_put_down_to_its_cause()
    {
        var start = Step("register", "spend-2023", "spend-2024-v1", "finance-2024");

        var (correction, changes) = Next(start, "finance-2024-correction");
        Assert.Equal([(Cause.Correction, 1000m)], Parts(changes, "revenue:total:all:2024"));
        // Spend is as it was: all that moved the intensity stands below the line. 1650 over 76000 instead of 75000.
        Assert.Equal([(Cause.Denominator, 2.171053m - 2.2m)], Parts(changes, "rd_intensity:total:all:2024"));

        var (resubmission, second) = Next(correction, "spend-2024-v2");
        Assert.Equal([(Cause.Correction, 100m)], Parts(second, $"rd_expense:enterprise:{SmallReturns.A}:2024"));
        Assert.Equal([(Cause.Resubmission, -550m)], Parts(second, $"rd_expense:enterprise:{SmallReturns.B}:2024"));
        Assert.Equal([(Cause.Resubmission, -550m), (Cause.Correction, 100m)], Parts(second, "rd_expense:total:all:2024"));
        // The enterprise that was taken out is gone from both sides of the ratio.
        Assert.Contains(Parts(second, "rd_intensity:total:all:2024"), p => p.Cause == Cause.Denominator && p.Part > 0);

        var (late, third) = Next(resubmission, "patents-2024");
        Assert.Equal([(Cause.LateReturn, 1m)], Parts(third, "patents_filed:total:all:2024"));
        Assert.Equal("added", third.Single(c => c.Figure == "patents_filed:total:all:2024").Kind);

        var definitions = Doubled();
        var doubled = new Building(_workspace.Workspace, definitions, TimeProvider.System, 50)
            .Build(null, null, TestContext.Current.CancellationToken)
            .Manifest!;
        var fourth = Between(late, doubled);
        Assert.Equal([(Cause.Definition, 76000m)], Parts(fourth, "revenue:total:all:2024"));
        Assert.All(fourth, c => Assert.Equal([Cause.Definition], c.Parts.Keys));

        // All at once: the same causes, and the sum is still the difference.
        var all = Between(start, doubled);
        Assert.Equal([(Cause.Definition, 75000m), (Cause.Correction, 2000m)], Parts(all, "revenue:total:all:2024"));
    }

    [Fact(Explicit = true)]
    public void An_approved_correction_of_a_cell_is_a_correction()
    {
        var start = Step("register", "spend-2024-v1", "finance-2024");
        _workspace.Load(SmallReturns.WriteCorrection(_workspace.Workspace.Inbox, SmallReturns.A, "finance", "revenue_wan", 50_000, 50_400));
        var corrected = _workspace.Build().Manifest!;
        var changes = Between(start, corrected);
        Assert.Equal([(Cause.Correction, 400m)], Parts(changes, "revenue:total:all:2024"));
        // 1650 over 75400 instead of 75000.
        Assert.Equal([(Cause.Denominator, 2.188329m - 2.2m)], Parts(changes, "rd_intensity:total:all:2024"));
    }

    [Fact(Explicit = true)]
    public void A_return_that_was_withdrawn_is_put_down_to_the_returns_and_not_to_the_register()
    {
        var start = Step("register", "spend-2024-v1", "finance-2024");
        var finance = start.Inputs.Single(i => i.Name.StartsWith("finance-2024", StringComparison.Ordinal));
        new Withdrawals(_workspace.Workspace.Received).Record(new(finance.Sha256, "误报", DateTimeOffset.UnixEpoch, IsUndone: false));
        var changes = Between(start, Step());
        Assert.Equal([(Cause.Resubmission, -75_000m)], Parts(changes, "revenue:total:all:2024"));
        Assert.Equal("removed", changes.Single(c => c.Figure == "rd_intensity:total:all:2024").Kind);
        Assert.All(changes, c => Assert.DoesNotContain(Cause.Perimeter, c.Parts.Keys));
    }

    [Fact(Explicit = true)]
    public void Without_a_change_there_is_no_difference()
    {
        var first = Step("register", "spend-2023", "spend-2024-v1", "finance-2024");
        _workspace.Load(_files["spend-2024-v2"]);
        _workspace.Build();
        var again = _workspace.Build(asOf: first.Id).Manifest!;
        Assert.NotEqual(first.Id, again.Id);
        Assert.Empty(Between(first, again));
        Assert.Empty(Between(first, first));
    }

    private Manifest Step(params string[] names)
    {
        _workspace.Load([.. names.Select(n => _files[n])]);
        var result = _workspace.Build();
        Assert.Empty(result.Failures);
        return result.Manifest!;
    }

    private (Manifest, IReadOnlyList<AttributedChange>) Next(Manifest before, string name)
    {
        var after = Step(name);
        return (after, Between(before, after));
    }

    private IReadOnlyList<AttributedChange> Between(Manifest before, Manifest after)
    {
        var changes = _workspace.Between(before, after);
        Assert.All(changes, c => Assert.Equal((c.After ?? 0) - (c.Before ?? 0), c.Parts.Values.Sum()));
        return changes;
    }

    private static List<(Cause Cause, decimal Part)> Parts(IEnumerable<AttributedChange> changes, string figure) =>
        [.. changes.Single(c => c.Figure == figure).Parts.Select(p => (p.Key, p.Value))];

    /// <summary>The shipped definitions with one that counts revenue twice.</summary>
    private Definitions Doubled()
    {
        var folder = Path.Combine(_workspace.Workspace.Scratch, "definitions");
        Directory.CreateDirectory(Path.Combine(folder, "metric"));
        var shipped = Definitions.Load()["metric/amount.sql"];
        Assert.Contains("sector, revenue_wan, imputed", shipped, StringComparison.Ordinal);
        File.WriteAllText(
            Path.Combine(folder, "metric", "amount.sql"),
            shipped.Replace("sector, revenue_wan, imputed", "sector, revenue_wan * 2, imputed", StringComparison.Ordinal),
            Encoding.UTF8
        );
        return Definitions.Load(folder);
    }
}
