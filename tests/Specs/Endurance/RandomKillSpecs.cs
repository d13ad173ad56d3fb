using System.Diagnostics;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Endurance;

/// <summary>Killed at any moment, not only at the steps that we have thought of.</summary>
public sealed class RandomKillSpecs : IDisposable
{
    private readonly string _inbox = Directory.CreateTempSubdirectory("innovation1551-inbox-").FullName;

    public void Dispose() => Directory.Delete(_inbox, recursive: true);

    [Fact(Explicit = true)]
    public void Two_kills_lose_nothing() => Kill(2);

    [Fact(Explicit = true)]
    public void Two_hundred_kills_lose_nothing() => Console.WriteLine(Kill(200));

    /// <summary>
    /// Each round hands in one more file, and a load or a build dies somewhere in between; nobody tidies up but the program. Every other time there is a release
    /// to build on.
    /// </summary>
    private string Kill(int times)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are of Unix");
        var files = Stronghold.WriteSmall(_inbox);
        using var clean = new Stronghold();
        var watch = Stopwatch.StartNew();
        Assert.InRange(clean.Run("load", _inbox).ExitCode, 0, 1);
        var load = watch.Elapsed;
        Assert.Equal(0, clean.Run("build").ExitCode);
        var both = watch.Elapsed;
        var content = clean.Store.Find("latest").ContentHash;
        var random = new Random(1551);
        var (killed, late, begun) = (0, 0, 0);
        while (killed < times)
        {
            using var beaten = new Stronghold();
            var given = 0;
            if (begun++ % 2 == 1)
            {
                given = 1;
                Assert.InRange(beaten.Run("load", files[0]).ExitCode, 0, 1);
                Assert.Equal(0, beaten.Run("build").ExitCode);
            }
            for (var round = 0; round < files.Count && killed < times; round++)
            {
                given = Math.Min(files.Count, given + 1 + files.Count / Math.Min(times, files.Count));
                var at = both * random.NextDouble();
                var acknowledged = beaten.Acknowledged();
                if (at > load)
                    Assert.InRange(beaten.Run(["load", .. files.Take(given)]).ExitCode, 0, 1);
                using var process = at > load ? ProgramRun.Start(beaten.Root, "build") : ProgramRun.Start(beaten.Root, ["load", .. files.Take(given)]);
                if (process.WaitForExit(at > load ? at - load : at))
                    late++;
                else
                {
                    process.Kill();
                    process.WaitForExit();
                    killed++;
                }
                beaten.DemandWholeReleases();
                Assert.Empty(acknowledged.Except(beaten.Acknowledged()));
            }
            var known = beaten.Acknowledged();
            Assert.InRange(beaten.Run("load", _inbox).ExitCode, 0, 1);
            Assert.Equal(0, beaten.Run("build").ExitCode);
            beaten.DemandConvergence(known, content);
        }
        return $"{killed} kills at random moments of load and build ({late} more came too late): 0 acknowledged files lost, 0 twice, 0 stale locks, always the content of a clean run";
    }
}
