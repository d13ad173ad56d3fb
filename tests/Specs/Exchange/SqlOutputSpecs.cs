using System.Diagnostics;
using System.Security.Cryptography;
using Innovation1551.Models.Exchange;
using Innovation1551.Models.Releases;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Exchange;

/// <summary><c>sql -o</c>, the program itself over a real release: where it may write, and that nothing else is touched when it may not or when it fails.</summary>
public sealed class SqlOutputSpecs : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();
    private readonly string _outside = Directory.CreateTempSubdirectory("innovation-out-").FullName;
    private readonly Manifest _manifest;

    public SqlOutputSpecs() => _manifest = _workspace.Store.Find("latest");

    public void Dispose()
    {
        _workspace.Dispose();
        Directory.Delete(_outside, recursive: true);
    }

    [Fact]
    public void Nothing_of_a_workspace_is_written_over()
    {
        var root = _workspace.Workspace.Root;
        var archived = Directory.EnumerateFiles(Path.Combine(root, "received"), "*", SearchOption.AllDirectories).First(f => new FileInfo(f).Length > 0);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(archived));
        string At(string name) => Path.Combine(_outside, name);
        File.CreateSymbolicLink(At("link.csv"), archived);
        File.CreateSymbolicLink(At("dangling.csv"), Path.Combine(root, "received", "new"));
        Directory.CreateSymbolicLink(At("linked-folder"), _workspace.Workspace.Releases);
        Directory.CreateDirectory(At("folder"));
        File.WriteAllText(At("there.csv"), "there");
        Assert.Equal(0, Tool("mkfifo", At("pipe.csv")));
        var targets = new List<string>
        {
            Path.Combine(_workspace.Workspace.Releases, "CURRENT"),
            _workspace.Workspace.Landing,
            archived,
            _workspace.Store.WarehousePath(_manifest),
            Path.Combine(root, "new.csv"),
            Path.Combine(_outside, "..", Path.GetFileName(_outside), "linked-folder", "CURRENT"),
            At("link.csv"),
            At("dangling.csv"),
            At("folder"),
            At("pipe.csv"),
            At("there.csv"),
            At("no-folder/x.csv"),
            "/dev/null",
        };
        if (Tool("mknod", At("zero.csv"), "c", "1", "5") == 0)
            targets.Add(At("zero.csv"));
        var before = Prints(root);
        foreach (var target in targets)
        foreach (var force in new[] { false, true })
        {
            if (target == At("there.csv") && force)
                continue;
            var refused = Assert.Throws<TableRefusedException>(() => NewFile.Check(target, force, root));
            Assert.Contains(target == At("no-folder/x.csv") ? "no-folder" : Path.GetFileName(target), refused.Problem.En, StringComparison.Ordinal);
            if (target == At("link.csv") || target == At("dangling.csv"))
                Assert.Contains("is a link", refused.Problem.En, StringComparison.Ordinal);
        }
        // The program asks there.
        foreach (var target in targets.Take(3))
        {
            var run = ProgramRun.Of(root, "sql", "select 1 as n", "-f", "csv", "-o", target, "--force");
            Assert.Equal((2, true), (run.ExitCode, run.Error.Contains(Path.GetFileName(target), StringComparison.Ordinal)));
        }
        Assert.Equal(before, Prints(root));
        Assert.Equal("there", File.ReadAllText(At("there.csv")));
        Assert.Equal(0, ProgramRun.Of(root, "sql", "select 1 as n", "-f", "csv", "-o", At("there.csv"), "--force").ExitCode);
        Assert.Equal("n\r\n1\r\n", File.ReadAllText(At("there.csv")));
        Assert.DoesNotContain(Directory.EnumerateFiles(_outside), f => f.EndsWith(".part", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("select * from nowhere")]
    [InlineData("select case when range < 200000 then range else error('late') end as n from range(300000)")]
    [InlineData("delete from core.dim_enterprise")]
    [InlineData("copy (select 1) to '/tmp/x.csv'")]
    [InlineData("select 1; select 2")]
    [InlineData("select $missing")]
    public void A_query_that_fails_leaves_what_stood_there(string query)
    {
        var target = Path.Combine(_outside, "kept.csv");
        File.WriteAllText(target, "kept");
        foreach (var format in query.Contains("late", StringComparison.Ordinal) ? (string[])["csv", "json", "parquet", "arrow", "xlsx"] : ["csv"])
        {
            var run = ProgramRun.Of(_workspace.Workspace.Root, "sql", query, "-f", format, "-o", target, "--force");
            Assert.True(run.ExitCode == 2, $"{format}: {run.ExitCode} {run.Output}{run.Error}");
            Assert.DoesNotContain("bug", run.Error, StringComparison.Ordinal);
        }
        Assert.Equal("kept", File.ReadAllText(target));
        Assert.Single(Directory.EnumerateFileSystemEntries(_outside));
    }

    [Fact]
    public void Where_the_room_runs_out_what_stood_there_stands()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/prlimit"), "prlimit is not here");
        var target = Path.Combine(_outside, "kept.csv");
        File.WriteAllText(target, "kept");
        foreach (var format in new[] { "csv", "json", "parquet", "arrow", "xlsx" })
        {
            var run = ProgramRun.Ended(
                ProgramRun.Start(
                    new Dictionary<string, string?> { ["DOTNET_EnableWriteXorExecute"] = "0" },
                    _workspace.Workspace.Root,
                    ["sql", "select range * 7919 % 1000003 as n, md5(range::varchar) as t from range(400000)", "-f", format, "-o", target, "--force"],
                    "prlimit",
                    "--fsize=1000000"
                )
            );
            Assert.True(run.ExitCode == 2, $"{format}: {run.ExitCode} {run.Output}{run.Error}");
            Assert.Contains("no space", run.Error, StringComparison.Ordinal);
            Assert.Equal("kept", File.ReadAllText(target));
            Assert.Single(Directory.EnumerateFileSystemEntries(_outside));
        }
    }

    [Fact]
    public async Task A_program_that_is_told_to_stop_leaves_what_stood_there()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are of Unix");
        var target = Path.Combine(_outside, "kept.csv");
        File.WriteAllText(target, "kept");
        var started = ProgramRun.Start(
            _workspace.Workspace.Root,
            "sql",
            "select a.range as n from range(100000) a, range(100000) b",
            "-f",
            "csv",
            "-o",
            target,
            "--force"
        );
        try
        {
            while (!Directory.EnumerateFiles(_outside, ".*.part").Any(f => new FileInfo(f).Length > 0))
            {
                Assert.False(started.HasExited, "it ended before it had written anything");
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
            Tool("kill", "-INT", started.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Assert.True(started.WaitForExit(TimeSpan.FromSeconds(30)), "it did not stop");
        }
        finally
        {
            // Left alone, it would write until the disk is full.
            if (!started.HasExited)
                started.Kill();
        }
        var run = ProgramRun.Ended(started);
        Assert.Equal(130, run.ExitCode);
        Assert.Equal("kept", File.ReadAllText(target));
        Assert.Single(Directory.EnumerateFileSystemEntries(_outside));
    }

    private static int Tool(string name, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(name, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Path, length and digest of everything but the log and what is remembered of digests.</summary>
    private static List<string> Prints(string root) =>
        [
            .. Directory
                .EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Where(f => !f.Contains("/logs/", StringComparison.Ordinal) && !f.Contains("/tmp/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(f =>
                {
                    using var file = File.OpenRead(f);
                    return $"{f} {file.Length} {Convert.ToHexString(SHA256.HashData(file))}";
                }),
        ];
}
