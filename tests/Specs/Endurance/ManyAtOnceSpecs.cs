using System.Text.RegularExpressions;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Endurance;

/// <summary>Many writers: one at a time. Many readers while releases change: each answer belongs wholly to one release. One file under several names: one database.</summary>
public sealed partial class ManyAtOnceSpecs : IDisposable
{
    private const int Busy = 75;

    private readonly string _folder = Directory.CreateTempSubdirectory("innovation1551-many-").FullName;

    public void Dispose() => TestWorkspace.Delete(_folder);

    [Fact(Explicit = true)]
    public void Of_eight_writers_one_writes_and_the_others_name_it()
    {
        var files = Stronghold.WriteSmall(Path.Combine(_folder, "inbox"));
        using var workspace = new Stronghold();
        using var alone = new Stronghold();
        // Half of them bring the same file, half one of their own.
        string[][] brought = [.. Enumerable.Range(0, 8).Select(i => (string[])[i % 2 == 0 ? files[0] : files[i]])];
        var started = brought.Select(b => ProgramRun.Start(workspace.Root, ["load", .. b, "--lang", "en"])).ToList();
        var numbers = started.Select(p => p.Id).ToHashSet();
        var ended = started.Select(ProgramRun.Ended).ToList();
        Assert.All(ended, run => Assert.True(run.ExitCode is 0 or 1 or Busy, $"{run.ExitCode}: {run.Error}"));
        Assert.Contains(ended, run => run.ExitCode != Busy);
        Assert.All(ended.Where(run => run.ExitCode == Busy), run => Assert.Contains(int.Parse(HolderNumber().Match(run.Error).Groups[1].ValueSpan), numbers));
        // Told to try again, all get in; nothing came twice.
        Assert.InRange(workspace.Run(["load", .. brought.SelectMany(b => b).Distinct()]).ExitCode, 0, 1);
        Assert.Equal(0, workspace.Run("build").ExitCode);
        Assert.InRange(alone.Run(["load", .. brought.SelectMany(b => b).Distinct()]).ExitCode, 0, 1);
        Assert.Equal(0, alone.Run("build").ExitCode);
        workspace.DemandConvergence(workspace.Acknowledged(), alone.Store.Find("latest").ContentHash);
        Assert.Equal(5, workspace.Acknowledged().Count);
    }

    [Fact]
    public async Task Readers_see_one_release_whole_while_five_are_published() => await Read(readers: 4, releases: 5);

    [Fact(Explicit = true)]
    public async Task Twenty_readers_see_one_release_whole_while_fifty_are_published() => Console.WriteLine(await Read(readers: 20, releases: 50));

    [Fact]
    public void A_release_that_is_held_or_open_in_another_process_is_not_pruned()
    {
        using var workspace = new Stronghold();
        var store = workspace.Store;
        var held = store.Hold(Publish(store, 1));
        var strangers = Publish(store, 2);
        var nobodys = Publish(store, 3);
        // A second process with the real program's shell on it holds the release from its first answer to its end.
        using var shell = ProgramRun.Start(workspace.Root, ["sql", "--release", strangers, "--format", "csv"]);
        shell.StandardInput.WriteLine("select min(id) from published.a;");
        shell.StandardInput.Flush();
        while (shell.StandardOutput.ReadLine() is { } line && line != strangers)
            Assert.NotEqual("innovation>", line);
        Publish(store, 4);
        Assert.Equal([nobodys], store.Prune(1));
        held.Dispose();
        Assert.Equal([held.Manifest.Id], store.Prune(1));
        shell.StandardInput.WriteLine("select min(id) from published.b;");
        Assert.Contains(strangers, ProgramRun.Ended(shell).Output, StringComparison.Ordinal);
        Assert.Equal([strangers], store.Prune(1));
    }

    [Fact]
    public void One_file_under_several_names_is_one_database()
    {
        var real = Directory.CreateDirectory(Path.Combine(_folder, "real", "inner")).FullName;
        var path = Path.Combine(real, "case.duckdb");
        using (var first = Database.OpenForWriting(path))
            first.Run("create table t as select 1 as n");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a right there");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "link"), Path.Combine(_folder, "real"));
        File.CreateSymbolicLink(Path.Combine(_folder, "other.duckdb"), path);
        string[] names =
        [
            path,
            Path.Combine(real, ".", "case.duckdb"),
            Path.GetRelativePath(Environment.CurrentDirectory, path),
            Path.Combine(_folder, "link", "inner", "case.duckdb"),
            Path.Combine(_folder, "other.duckdb"),
        ];
        var open = names.Select(n => Database.OpenForWriting(n)).ToList();
        // One instance: what one connection commits the others see, and nothing is lost when all are closed.
        for (var i = 0; i < open.Count; i++)
            open[i].Run($"insert into t values ({i + 2})");
        Assert.All(open, c => Assert.Equal(open.Count + 1, c.Scalar<long>("select count(*) from t")));
        // Only the letters' case differs: another file, and DuckDB.NET would give the first.
        using (File.Create(Path.Combine(real, "CASE.duckdb"))) { }
        var refused = Assert.Throws<ReleaseException>(() => Database.OpenForWriting(Path.Combine(real, "CASE.duckdb")));
        Assert.Contains("case only", refused.Problem.En, StringComparison.Ordinal);
        open.ForEach(c => c.Dispose());
        using var last = Database.OpenForWriting(path);
        Assert.Equal(names.Length + 1, last.Scalar<long>("select count(*) from t"));
    }

    [Fact]
    public void A_file_open_for_writing_is_not_opened_as_a_sandbox()
    {
        var path = Path.Combine(_folder, "wh.duckdb");
        using var writer = Database.OpenForWriting(path);
        writer.Run("create table t as select 1 as n; checkpoint");
        var refused = Assert.Throws<ReleaseException>(() => Database.OpenForReading(path, Path.Combine(_folder, "scratch")));
        Assert.Contains("access_mode", refused.Problem.En, StringComparison.Ordinal);
        writer.Dispose();
        using var reader = Database.OpenForReading(path, Path.Combine(_folder, "scratch"));
        Assert.Equal("READ_ONLY", reader.Scalar<string>("select current_setting('access_mode')"), ignoreCase: true);
        Assert.ThrowsAny<Exception>(() => reader.Run("from read_text('/etc/hostname')"));
    }

    /// <summary>Threads with a connection each and one reader that is the real program; releases of a few rows, so that they follow each other fast.</summary>
    private async Task<string> Read(int readers, int releases)
    {
        using var workspace = new Stronghold();
        var store = workspace.Store;
        Publish(store, 1);
        using var stop = new CancellationTokenSource();
        // A thread each: on the pool, readers that never wait would starve the publisher.
        var tasks = Enumerable
            .Range(0, readers)
            .Select(_ =>
                Task.Factory.StartNew(
                    () =>
                    {
                        var answers = 0L;
                        for (; !stop.IsCancellationRequested; answers++)
                        {
                            using var held = store.Hold("latest");
                            using var release = Database.OpenForReading(held.WarehousePath, workspace.Workspace.Scratch);
                            Assert.Equal(
                                $"{held.Manifest.Id} {held.Manifest.Id} 3000",
                                release.Scalar<string>(
                                    "select min(id) || ' ' || max(id) || ' ' || count(*) from (from published.a union all from published.b union all from published.c)"
                                )
                            );
                        }
                        return answers;
                    },
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                )
            )
            .ToList();
        var program = Task.Run(() =>
        {
            var answers = 0L;
            for (; !stop.IsCancellationRequested; answers++)
            {
                var run = workspace.Run(
                    "sql",
                    "select count(distinct id) as ids, count(*) as n from (from published.a union all from published.b union all from published.c)",
                    "--format",
                    "csv"
                );
                Assert.True(run is { ExitCode: 0, Output: "ids,n\r\n1,3000\r\n" }, run.Output + run.Error);
            }
            return answers;
        });
        for (var i = 2; i <= releases + 1; i++)
        {
            var id = Publish(store, i);
            // A session that begins now has the new one.
            Assert.Equal(id, new ReleaseStore(workspace.Workspace.Releases).Find("latest").Id);
            store.Prune(3);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        var after = workspace.Run("sql", "select min(id) as id from published.a", "--format", "csv");
        Assert.Equal($"id\r\n{store.Current}\r\n", after.Output);
        await stop.CancelAsync();
        var total = (await Task.WhenAll(tasks)).Sum() + await program;
        Assert.True(total > readers, $"only {total} answers");
        return $"{readers} readers and the program itself during {releases} publications: {total} answers, each wholly of one release, 0 errors";
    }

    private static string Publish(ReleaseStore store, int number)
    {
        var id = store.NextId($"{number}", "");
        var stage = store.Stage(id);
        var path = Path.Combine(stage, $"wh-{id}.duckdb");
        using (var warehouse = Database.OpenForWriting(path))
            warehouse.Run(
                $"create schema published; {string.Concat("abc".Select(t => $"create table published.{t} as select '{id}' as id from range(1000);"))} checkpoint"
            );
        var manifest = new Manifest(
            id,
            $"{number}",
            "",
            Path.GetFileName(path),
            new FileInfo(path).Length,
            FileHash.Of(path),
            "",
            TimeProvider.System.GetUtcNow(),
            true,
            [],
            []
        );
        store.Seal(stage, manifest);
        store.Publish(stage, manifest);
        return id;
    }

    [GeneratedRegex(@"process (\d+) is writing")]
    private static partial Regex HolderNumber();
}
