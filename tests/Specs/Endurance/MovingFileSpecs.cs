using Innovation1551.Models.Releases;
using Innovation1551.Returns;
using Innovation1551.Returns.Receiving;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Endurance;

/// <summary>Files that are still being written, were cut short, or are replaced while they are read.</summary>
public sealed class MovingFileSpecs : IDisposable
{
    private readonly Stronghold _workspace = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("innovation1551-moving-").FullName;

    public void Dispose()
    {
        _workspace.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_file_that_is_still_being_written_is_left_for_the_next_run()
    {
        var files = Stronghold.WriteSmall(_folder);
        var growing = Path.Combine(_workspace.Workspace.Inbox, "growing.csv");
        using var stop = new CancellationTokenSource();
        var whole = File.ReadAllBytes(files[2]);
        var writer = Task.Run(
            () =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                {
                    using (var stream = new FileStream(growing, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
                        stream.WriteByte(whole[i % whole.Length]);
                    stop.Token.WaitHandle.WaitOne(20);
                }
            },
            TestContext.Current.CancellationToken
        );
        SpinWait.SpinUntil(() => File.Exists(growing));
        var run = _workspace.Run("load", files[0], _workspace.Workspace.Inbox, "--json");
        await stop.CancelAsync();
        await writer;
        Assert.Equal(1, run.Json.GetProperty("new_files").GetInt32());
        var said = Assert.Single(run.Json.GetProperty("findings").EnumerateArray(), f => f.GetProperty("file").GetString() == "growing.csv");
        Assert.Equal("F004", said.GetProperty("code").GetString());
        File.WriteAllBytes(growing, whole);
        Assert.Equal(1, _workspace.Run("load", "--json").Json.GetProperty("new_files").GetInt32());
    }

    /// <summary>Known files are not read again as long as nobody writes to them; who keeps length and time of what he edits is noticed all the same.</summary>
    [Fact]
    public void An_edit_that_keeps_length_and_time_is_noticed_among_files_that_are_remembered()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "nothing is remembered elsewhere");
        using var specimen = new TestWorkspace();
        var (inbox, memory) = (specimen.Workspace.Inbox, Path.Combine(specimen.Workspace.Scratch, "received"));
        var (stays, edited) = (Path.Combine(inbox, "a.csv"), Path.Combine(inbox, "b.csv"));
        File.WriteAllText(stays, "年度,名称\n2024,甲\n");
        File.WriteAllText(edited, "年度,名称\n2024,乙\n");
        Assert.Equal(2, specimen.Load(inbox).New);
        Assert.True(SpinWait.SpinUntil(() => specimen.Load(inbox).New == 0 && File.Exists(memory), TimeSpan.FromSeconds(30)), "nothing is remembered");
        // What is remembered is believed: told that one file has the bytes of the other, the program takes it for a copy.
        var truth = File.ReadAllText(memory);
        File.WriteAllText(memory, truth.Replace(FileHash.Of(edited), FileHash.Of(stays), StringComparison.Ordinal));
        Assert.Contains(specimen.Load(inbox).Findings, f => f.File == "b.csv" && f.Code == "F001");
        File.WriteAllText(memory, truth);
        Assert.DoesNotContain(specimen.Load(inbox).Findings, f => f.Code == "F001");
        var time = File.GetLastWriteTimeUtc(edited);
        File.WriteAllText(edited, "年度,名称\n2024,丙\n");
        File.SetLastWriteTimeUtc(edited, time);
        Assert.Equal(1, specimen.Load(inbox).New);
    }

    [Fact]
    public void A_workbook_or_a_table_cut_anywhere_is_refused_or_says_where_it_ends()
    {
        Stronghold.WriteReturns(_folder, large: false);
        var table = Stronghold.WriteSmall(_folder)[2];
        var random = new Random(1551);
        foreach (var source in (string[])[Directory.EnumerateFiles(_folder, "*.xlsx").Order(StringComparer.Ordinal).First(), table])
        {
            var whole = File.ReadAllBytes(source);
            // Cut before the last row's end: a table that ends with its last row whole is a shorter table.
            var lengths = random.GetItems(Enumerable.Range(1, whole.Length - 5).ToArray(), 40).Distinct().Take(10).ToArray();
            for (var i = 0; i < lengths.Length; i++)
                File.WriteAllBytes(Path.Combine(_workspace.Workspace.Inbox, $"cut-{i}{Path.GetExtension(source)}"), whole[..lengths[i]]);
        }
        using var specimen = new TestWorkspace();
        var load = specimen.Load(_workspace.Workspace.Inbox);
        Assert.Equal(20, load.New);
        for (var i = 0; i < 10; i++)
        {
            Assert.Contains(load.Findings, f => f.File == $"cut-{i}.xlsx" && f.Severity == Returns.Severity.Error && f.Scope == "file");
            // A text table has no end mark: what breaks off in the middle of a row is said; the rows before it are what was sent.
            Assert.Contains(load.Findings, f => f.File == $"cut-{i}.csv" && f.Severity != Returns.Severity.Note);
        }
    }

    [Fact]
    public async Task A_file_replaced_while_it_is_received_is_archived_as_one_version_or_not_at_all()
    {
        var path = Path.Combine(_folder, "swapped.bin");
        var versions = Enumerable.Range(0, 4).Select(i => Enumerable.Repeat((byte)('a' + i), 3 << 20).ToArray()).ToArray();
        var known = versions.Select(v => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(v))).ToHashSet();
        File.WriteAllBytes(path, versions[0]);
        using var stop = new CancellationTokenSource();
        var swapper = Task.Run(
            () =>
            {
                for (var i = 1; !stop.IsCancellationRequested; i++)
                {
                    // Now replaced by a rename, now overwritten in place.
                    if (i % 2 == 0)
                        File.WriteAllBytes(path, versions[i % 4]);
                    else
                    {
                        File.WriteAllBytes(path + ".new", versions[i % 4]);
                        File.Move(path + ".new", path, overwrite: true);
                    }
                }
            },
            TestContext.Current.CancellationToken
        );
        var archive = new Archive(_workspace.Workspace.Received, TimeProvider.System, 1L << 30);
        var (taken, left) = (0, 0);
        for (var i = 0; i < 40; i++)
        {
            var received = Assert.Single(archive.Receive([path], TestContext.Current.CancellationToken));
            if (received.Receipt is null)
                left++;
            else
                taken++;
            if (received.Receipt is null)
                Assert.Contains(received.Finding!.Code, (string[])["F003", "F004"]);
        }
        await stop.CancelAsync();
        await swapper;
        Assert.True(left > 0, "the file was never caught moving");
        // Whatever was archived is what its name says.
        Assert.All(archive.Receipts, r => Assert.Equal(r.Sha256, FileHash.Of(archive.PathOf(r.Sha256))));
        Assert.Equal(40, taken + left);
    }

    [Fact]
    public void An_archived_copy_that_has_decayed_is_not_read()
    {
        var files = Stronghold.WriteSmall(_folder);
        _workspace.Run("load", files[0], files[2]);
        var receipt = _workspace.Acknowledged()[1];
        var copy = Path.Combine(_workspace.Workspace.Received, receipt.Sha256);
        var bytes = File.ReadAllBytes(copy);
        bytes[^20] ^= 1;
        File.WriteAllBytes(copy, bytes);
        // Landing is made again from the archive.
        File.Delete(_workspace.Workspace.Landing);
        var run = _workspace.Run("load", files[0], "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            run.Json.GetProperty("findings").EnumerateArray(),
            f => f.GetProperty("code").GetString() == "F007" && f.GetProperty("file").GetString() == receipt.Name
        );
    }
}
