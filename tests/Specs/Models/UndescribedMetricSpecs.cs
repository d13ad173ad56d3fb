using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Models;

/// <summary>What a definition computes does not vanish for want of a line elsewhere: the build says which line.</summary>
public sealed class UndescribedMetricSpecs : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();
    private readonly string _definitions = Directory.CreateTempSubdirectory("innovation-definitions-").FullName;

    public UndescribedMetricSpecs()
    {
        foreach (
            var file in House.Files("models", "*").Where(f => f.EndsWith(".sql", StringComparison.Ordinal) || f.EndsWith(".csv", StringComparison.Ordinal))
        )
        {
            var target = Path.Combine(_definitions, Path.GetRelativePath(House.At("models"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public void Dispose()
    {
        _workspace.Dispose();
        Directory.Delete(_definitions, recursive: true);
    }

    [Fact]
    public void A_metric_without_its_line_in_the_list_fails_the_build_with_the_line_to_write()
    {
        var list = Path.Combine(_definitions, "seeds", "metric.csv");
        var lines = File.ReadAllLines(list).ToList();
        lines.RemoveAll(l => l.StartsWith("revenue,", StringComparison.Ordinal));
        File.WriteAllLines(list, lines);
        var run = Build();
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"seeds/metric.csv:{lines.Count + 1}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("metric/amount.sql computes the metric revenue", run.Error, StringComparison.Ordinal);
        Assert.Contains("write one: revenue,name_zh,name_en,unit,", run.Error, StringComparison.Ordinal);
        // What was published before is as it was.
        Assert.Single(_workspace.Store.Ids);
    }

    [Fact]
    public void A_family_of_figures_that_nothing_publishes_fails_the_build_with_the_line_to_write()
    {
        var figure = Path.Combine(_definitions, "published", "figure.sql");
        File.WriteAllText(figure, File.ReadAllText(figure).Replace("    union all select * from metric.talent_count\n", "", StringComparison.Ordinal));
        var run = Build();
        Assert.Equal(2, run.ExitCode);
        Assert.Matches(@"published/figure\.sql:\d+: .*union all select \* from metric\.talent_count", run.Error);
    }

    private ProgramRun Build() => ProgramRun.Of(_workspace.Workspace.Root, "build", "--definitions", _definitions, "--lang", "en");
}
