using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Endurance;

/// <summary>A disk that is full, a folder that may not be written: said at once and clearly, nothing lost, and all is well once it is mended.</summary>
public sealed class FullDiskSpecs : IDisposable
{
    private const int Usage = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("innovation1551-disk-").FullName;

    public void Dispose() => TestWorkspace.Delete(_folder);

    [Fact(Explicit = true)]
    public void A_limit_on_the_size_of_files_is_told_as_no_space() => Full("prlimit", limit => ["prlimit", $"--fsize={limit}"], 300_000, 2_000_000);

    [Fact]
    public void A_full_disk_is_told_and_a_larger_one_is_enough() => FullDisk(3);

    [Fact(Explicit = true)]
    public void A_disk_full_at_four_sizes_is_told_and_a_larger_one_is_enough()
    {
        foreach (var mebibytes in (int[])[2, 4, 8, 12])
            FullDisk(mebibytes);
    }

    [Theory]
    [InlineData("received")]
    [InlineData("releases")]
    [InlineData("scratch")]
    public void A_folder_that_may_not_be_written_is_refused_before_any_work(string name)
    {
        Assert.SkipWhen(!Environment.IsPrivilegedProcess, "another user is needed, and only root can become one");
        using var workspace = new Stronghold();
        var files = Files();
        Open(_folder);
        Open(workspace.Root);
        File.SetUnixFileMode(
            Path.Combine(workspace.Root, name),
            UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute
        );
        var run = ProgramRun.Ended(ProgramRun.Start(new Dictionary<string, string?>(), workspace.Root, ["load", files, "--lang", "en"], Nobody));
        Assert.Equal(Usage, run.ExitCode);
        Assert.Contains(Path.Combine(workspace.Root, name), run.Error, StringComparison.Ordinal);
        Assert.Contains("chmod", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(workspace.Workspace.Received, "ledger.jsonl")));
        Assert.False(File.Exists(workspace.Workspace.Landing));
    }

    [Fact]
    public void An_inbox_is_only_read_and_neither_a_home_nor_a_folder_for_temporary_files_is_needed()
    {
        Assert.SkipWhen(!Environment.IsPrivilegedProcess, "another user is needed, and only root can become one");
        using var workspace = new Stronghold();
        var files = Files();
        foreach (var file in Directory.EnumerateFiles(files))
            File.Move(file, Path.Combine(workspace.Workspace.Inbox, Path.GetFileName(file)));
        Open(workspace.Root);
        File.SetUnixFileMode(workspace.Workspace.Inbox, UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var bare = new Dictionary<string, string?> { ["HOME"] = null, ["TMPDIR"] = Path.Combine(_folder, "not-there") };
        var run = ProgramRun.Ended(ProgramRun.Start(bare, workspace.Root, ["load"], Nobody));
        Assert.True(run.ExitCode == 1, run.Output + run.Error);
        var build = ProgramRun.Ended(ProgramRun.Start(bare, workspace.Root, ["build"], Nobody));
        Assert.True(build.ExitCode == 0, build.Output + build.Error);
        Assert.Equal(workspace.Workspace.Inbox, Path.GetDirectoryName(Directory.EnumerateFiles(workspace.Workspace.Inbox).First()));
        // An inbox that may not even be read is refused by name.
        File.SetUnixFileMode(workspace.Workspace.Inbox, UnixFileMode.None);
        var refused = ProgramRun.Ended(ProgramRun.Start(bare, workspace.Root, ["load", "--lang", "en"], Nobody));
        Assert.True(refused.ExitCode == Usage && refused.Error.Contains(workspace.Workspace.Inbox, StringComparison.Ordinal), refused.Error);
    }

    private static readonly string[] Nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

    private string Files()
    {
        var files = Path.Combine(_folder, "files");
        Stronghold.WriteSmall(files);
        return files;
    }

    /// <summary>Everybody may do everything there, as far down as it goes.</summary>
    private static void Open(string root)
    {
        const UnixFileMode all = (UnixFileMode)0x1FF;
        foreach (var entry in Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories).Append(root))
            File.SetUnixFileMode(entry, all);
    }

    private void FullDisk(int mebibytes)
    {
        using var disk = new SmallDisk(Path.Combine(_folder, $"disk-{mebibytes}"), mebibytes);
        using var workspace = new Stronghold(Path.Combine(disk.Folder, "workspace"));
        var told = Refused(workspace, []);
        disk.Resize(200);
        Mended(workspace, told);
    }

    private void Full(string tool, Func<int, string[]> through, params int[] limits)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), $"{tool} is of Linux");
        foreach (var limit in limits)
        {
            using var workspace = new Stronghold();
            Mended(workspace, Refused(workspace, through(limit)));
        }
    }

    /// <summary>Loads and builds until there is no more room; gives the receipts acknowledged by then.</summary>
    private IReadOnlyList<Returns.Receipt> Refused(Stronghold workspace, string[] through)
    {
        var files = Files();
        foreach (
            var verb in (string[][])
                [
                    ["load", files, "--lang", "en"],
                    ["build", "--lang", "en"],
                ]
        )
        {
            // The runtime maps its own code through a file in memory, to which a limit would apply too.
            var run = ProgramRun.Ended(
                ProgramRun.Start(new Dictionary<string, string?> { ["DOTNET_EnableWriteXorExecute"] = "0" }, workspace.Root, verb, through)
            );
            if (run.ExitCode is 0 or 1 && verb[0] == "load")
                continue;
            Assert.True(
                run.ExitCode == Usage
                    && run.Error.Contains($"no space in {workspace.Root}", StringComparison.Ordinal)
                    && run.Error.Contains("MiB needed", StringComparison.Ordinal),
                $"{verb[0]}: {run.ExitCode} {run.Output} {run.Error}"
            );
            Assert.DoesNotContain("   at ", run.Error + run.Output, StringComparison.Ordinal);
            Assert.Single(run.Error.TrimEnd().Split('\n'));
            Assert.DoesNotContain(workspace.Leftovers(), l => !l.EndsWith(".wal", StringComparison.Ordinal));
            return workspace.Acknowledged();
        }
        Assert.Fail("there was room enough");
        return [];
    }

    private void Mended(Stronghold workspace, IReadOnlyList<Returns.Receipt> acknowledged)
    {
        Assert.InRange(workspace.Run("load", Files()).ExitCode, 0, 1);
        var build = workspace.Run("build");
        Assert.True(build.ExitCode == 0, build.Error);
        workspace.DemandConvergence(acknowledged, Clean.Value);
    }

    private static readonly Lazy<string> Clean = new(() =>
    {
        using var workspace = new Stronghold();
        Stronghold.WriteSmall(workspace.Workspace.Inbox);
        workspace.Run("load");
        workspace.Run("build");
        return workspace.Store.Find("latest").ContentHash;
    });
}
