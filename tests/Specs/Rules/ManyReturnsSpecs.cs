using Innovation1551.Benchmarks;
using Xunit;

namespace Innovation1551.Specs.Rules;

public sealed class ManyReturnsSpecs
{
    [Fact]
    public void Many_sound_returns_raise_nothing_and_one_broken_cell_among_them_is_found()
    {
        var cost = Benchmarks.Rules.Over(100, "update landing.rd_spend set activity_basic_wan = activity_basic_wan * 10 where file_no = 57 and source_row = 6");
        Assert.Equal(1_200 * 2, cost.Rows);
        Assert.Equal(1, cost.Findings);
    }
}
