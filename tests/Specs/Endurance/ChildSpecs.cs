using Innovation1551.Models;
using Innovation1551.Specs.HouseRules;
using Xunit;

namespace Innovation1551.Specs.Endurance;

/// <summary>The one way in which the program starts itself again.</summary>
public sealed class ChildSpecs
{
    private static readonly TimeSpan Ample = TimeSpan.FromMinutes(1);
    private const long Room = 1 << 30;

    [Fact]
    public void What_a_child_says_and_how_it_ends_is_heard()
    {
        using var child = new Child(["--help"], Room, () => Ample);
        Assert.NotNull(child.ReadLine());
        while (child.ReadLine() is not null) { }
        Assert.Equal((ChildEnd.Exited, 0), (child.End, child.ExitCode));
        using var wrong = new Child(["no-such-verb"], Room, () => Ample);
        while (wrong.ReadLine() is not null) { }
        Assert.Equal((ChildEnd.Exited, 2), (wrong.End, wrong.ExitCode));
        Assert.Contains("no-such-verb", wrong.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_that_is_late_or_too_large_is_stopped_and_says_which()
    {
        // The first answer takes longer than a look at it does.
        using var late = new Child(["doctor"], Room, () => TimeSpan.Zero);
        Assert.Null(late.ReadLine());
        Assert.Equal(ChildEnd.Late, late.End);
        using var large = new Child(["doctor"], 32 << 20, () => Ample);
        while (large.ReadLine() is not null) { }
        Assert.Contains(large.End, (ChildEnd[])[ChildEnd.TooLarge, ChildEnd.Exited]);
        Assert.NotEqual((ChildEnd.Exited, 0), (large.End, large.ExitCode));
    }

    [Fact]
    public void Nothing_else_starts_a_process() =>
        StructureSpecs.None(
            ((string[])["etl", "models", "reports"])
                .SelectMany(p => House.Files(p, "*.cs"))
                .Where(f => Path.GetFileName(f) != "Child.cs" && File.ReadAllText(f).Contains("ProcessStartInfo", StringComparison.Ordinal))
                .Select(House.Relative)
        );
}
