using System.Diagnostics;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Publishing.Annual;
using Innovation1551.Returns.Reading;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Endurance;

/// <summary>Loads, builds on the release before, reports in all formats and queries together in one process for a long time: what it holds at the end is what it held at the beginning.</summary>
[Collection(typeof(AloneInTheProcess))]
public sealed class SoakSpecs
{
    /// <summary>What a process holds.</summary>
    private sealed record Held(double Megabytes, int Handles, int Threads, int TemporaryFiles);

    [Fact(Explicit = true)]
    public async Task A_quarter_of_a_minute_ends_as_it_began() => await Soak(TimeSpan.FromSeconds(15), readers: 2);

    [Fact(Explicit = true)]
    public async Task An_hour_ends_as_it_began() => Console.WriteLine(await Soak(TimeSpan.FromHours(1), readers: 4));

    private static async Task<string> Soak(TimeSpan time, int readers)
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux(), "handles are counted in /proc");
        using var workspace = new Stronghold();
        var inbox = Directory.CreateDirectory(Path.Combine(workspace.Root, "sent")).FullName;
        var definitions = Definitions.Load();
        var loading = new Loading(workspace.Workspace, definitions, new ReadOptions(), TimeProvider.System);
        // Each build starts from the release before.
        var building = new Building(workspace.Workspace, definitions, TimeProvider.System, releasesToKeep: 3) { LargeFrom = 0 };
        loading.Load([.. Stronghold.WriteSmall(inbox)], null, TestContext.Current.CancellationToken);
        building.Build(null, null, TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        var queries = Enumerable.Range(0, readers).Select(_ => Task.Run(() => Query(workspace, stop.Token))).ToList();
        var samples = new List<Held>();
        var watch = Stopwatch.StartNew();
        var published = 0;
        // A slow machine is given as many rounds as there is something to compare.
        for (var revision = 2; watch.Elapsed < time || published < 4; revision++)
        {
            // Each time a return that replaces the one before it, and one that is refused.
            var (sent, spoilt) = (SmallReturns.WriteRevision(inbox, revision), Path.Combine(inbox, "spoilt.xlsx"));
            File.WriteAllText(spoilt, $"no workbook {revision}");
            var load = loading.Load([sent, spoilt], null, TestContext.Current.CancellationToken);
            Assert.Equal((2, 1), (load.New, load.Refused));
            var build = building.Build(null, null, TestContext.Current.CancellationToken);
            Assert.True(build is { IsNew: true, Failures.Count: 0, Anew: null });
            if (published++ % 5 == 0)
                Report(workspace);
            samples.Add(Now(workspace));
        }
        await stop.CancelAsync();
        var answers = (await Task.WhenAll(queries)).Sum();
        workspace.DemandWholeReleases();
        Assert.Equal(3, workspace.Store.Ids.Count);
        var (early, late) = (Median(samples[(samples.Count / 5)..(samples.Count / 5 + samples.Count / 4 + 1)]), Median(samples[^(samples.Count / 4 + 1)..]));
        var told = $"{published} returns loaded and released, {answers} queries answered in {watch.Elapsed.TotalMinutes:0.0} minutes: from {early} to {late}";
        Assert.True(
            late.Megabytes < early.Megabytes * 1.2 + 64
                && late.Handles <= early.Handles + 4
                && late.Threads <= early.Threads + 4
                && late.TemporaryFiles <= early.TemporaryFiles + 2,
            told
        );
        return told;
    }

    private static void Report(Stronghold workspace)
    {
        using var held = workspace.Store.Hold("latest");
        using var release = Database.OpenForReading(held.WarehousePath, workspace.Workspace.Scratch);
        var folder = Path.Combine(workspace.Workspace.Reports, "soak");
        AnnualReport.Write(release, 2024, folder, held.Manifest.Id, cancellation: TestContext.Current.CancellationToken);
        Assert.True(AnnualReport.IsIn(folder));
    }

    private static long Query(Stronghold workspace, CancellationToken stop)
    {
        var answers = 0L;
        for (; !stop.IsCancellationRequested; answers++)
        {
            using var held = workspace.Store.Hold("latest");
            using var release = Database.OpenForReading(held.WarehousePath, workspace.Workspace.Scratch);
            Assert.Equal(held.Manifest.Id, release.Scalar<string>("select release_id from published.release"));
            Assert.NotEmpty(
                release.Rows(
                    "select period, value from published.figure where metric = 'revenue' and breakdown = 'total' and value is not null order by period"
                )
            );
            stop.WaitHandle.WaitOne(20);
        }
        return answers;
    }

    private static Held Now(Stronghold workspace)
    {
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        return new(
            Math.Round(self.WorkingSet64 / 1048576.0),
            Directory.GetFileSystemEntries("/proc/self/fd").Length,
            self.Threads.Count,
            Directory.GetFileSystemEntries(workspace.Workspace.Scratch, "*", SearchOption.AllDirectories).Length
                + Directory.GetFileSystemEntries(Path.GetTempPath(), "*duckdb*").Length
        );
    }

    private static Held Median(List<Held> samples)
    {
        return new(Middle(s => s.Megabytes), (int)Middle(s => s.Handles), (int)Middle(s => s.Threads), (int)Middle(s => s.TemporaryFiles));

        double Middle(Func<Held, double> what) => samples.Select(what).Order().ElementAt(samples.Count / 2);
    }
}

/// <summary>What measures the process shares it with no other spec: their threads and memory would be counted too.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class AloneInTheProcess;
