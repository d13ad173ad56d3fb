using Innovation1551.Pipeline.Verbs;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>What of a command line cannot be understood is told in both languages, also where the library says it in English alone.</summary>
public class MisunderstoodSpecs
{
    [Theory]
    [InlineData("publish", "缺少选项 --to / Option '--to' is required.")]
    [InlineData("trace", "trace 缺少内容 / Required argument missing for command: 'trace'.")]
    [InlineData("publish --to", "--to 缺少内容 / Required argument missing for option: '--to'.")]
    [InlineData("publish --to parquet --to sdmx", "--to 后的内容过多（2 个） / Option '--to' expects a single argument but 2 were provided.")]
    [InlineData("sql --timeout x", "--timeout 的内容“x”无法读取 / Cannot parse argument 'x'")]
    [InlineData("sql --timeout 0", "--timeout 应为 0 至 86400 之间的秒数 / --timeout wants seconds")]
    public void A_fault_is_told_in_chinese_and_english(string line, string expected)
    {
        var said = CommandLine.Faults(line.Split(' '));
        Assert.StartsWith(expected, Assert.Single(said), StringComparison.Ordinal);
    }
}
