using Innovation1551.Models;
using Innovation1551.Publishing.Annual;
using Innovation1551.Publishing.Figures;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>A change on the year before is told only of two figures that can be compared, and of what is displayed.</summary>
public class ComparisonSpecs
{
    private const string This = "metric = 'patents_granted' and breakdown = 'total' and period = '2025'",
        Before = "metric = 'patents_granted' and breakdown = 'total' and period = '2024'";

    [Theory]
    [InlineData("select 1", true)]
    [InlineData("update published.figure set basis = 'other' where " + Before, false)]
    [InlineData("update published.figure set missing = 1 where " + Before, false)]
    [InlineData("update published.figure set missing = 1 where " + This, false)]
    [InlineData("update published.figure set may_tell_growth = false where " + Before, false)]
    [InlineData("delete from published.figure where " + Before, false)]
    public void Another_basis_a_missing_return_or_a_flash_figure_on_either_side_leaves_the_level_alone(string change, bool isTold)
    {
        using var connection = PublishedFixture.Open(change);
        var release = new PublishedRelease(connection);
        foreach (var asGrowth in new[] { true, false })
            Assert.Equal(isTold, new Comparison(release, 2025).Of(release.Metric("patents_granted"), asGrowth) is not null);
    }

    [Theory]
    [InlineData("set value = 100.2 where " + This + "; update published.figure set value = 99.8 where " + Before, "与上年持平")]
    [InlineData("set value = 101 where " + This + "; update published.figure set value = 100 where " + Before, "+1件")]
    public void What_displays_as_equal_is_unchanged(string change, string said)
    {
        using var connection = PublishedFixture.Open("update published.figure " + change);
        var release = new PublishedRelease(connection);
        Assert.Equal(said, new Comparison(release, 2025).Of(release.Metric("patents_granted"), asGrowth: false)!.Text.In(Language.Zh));
    }
}
