using Innovation1551.Benchmarks;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>Short runs of the benchmarks: not how fast it is, but that nothing has become slower by an order of magnitude.</summary>
public sealed class BenchmarkSpecs(ITestOutputHelper output)
{
    [Theory]
    [InlineData("large-csv")]
    [InlineData("workbooks")]
    [InlineData("rules")]
    [InlineData("writers")]
    public void Nothing_has_collapsed(string name)
    {
        var lines = Benchmarks.Benchmarks.All.Single(b => b.Name == name).Measure(Scale.Short).ToList();
        foreach (var line in lines)
            output.WriteLine(line.ToString());
        Assert.Contains(lines, l => l.Collapse is not null);
        Assert.All(lines, l => Assert.True(l.Collapse is null || l.Ratio < l.Collapse, l.ToString()));
    }
}
