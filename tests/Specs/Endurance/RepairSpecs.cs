using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns;
using Innovation1551.Returns.Receiving;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Endurance;

/// <summary>What is damaged is mended from what is left, by the program itself, or said to be lost; and nothing is thrown away.</summary>
public sealed class RepairSpecs : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();
    private readonly string _backups = Directory.CreateTempSubdirectory("innovation-backups-").FullName;
    private readonly Manifest _manifest;

    public RepairSpecs()
    {
        _manifest = _workspace.Store.Find("latest");
        TestWorkspace.Clear(_workspace.Workspace);
        foreach (
            var entry in Directory
                .EnumerateFileSystemEntries(_workspace.Workspace.Root, "*", SearchOption.AllDirectories)
                .Where(e => !e.EndsWith(".writer", StringComparison.Ordinal))
        )
            File.SetAttributes(entry, File.GetAttributes(entry) & ~FileAttributes.ReadOnly);
    }

    public void Dispose()
    {
        _workspace.Dispose();
        TestWorkspace.Delete(_backups);
    }

    private string Warehouse => _workspace.Store.WarehousePath(_manifest);

    private string Received(Receipt receipt) => Path.Combine(_workspace.Workspace.Received, receipt.Sha256);

    private IReadOnlyList<Receipt> Receipts => new Archive(_workspace.Workspace.Received, TimeProvider.System, long.MaxValue).Receipts;

    [Fact]
    public void Everything_at_once_comes_back_from_the_inbox_the_archive_and_the_files_of_the_release()
    {
        var (decayed, gone) = (Receipts[0], Receipts[1]);
        // The senders' files are still in the inbox, one of them under another name.
        foreach (var receipt in (Receipt[])[decayed, gone])
            File.Copy(Received(receipt), Path.Combine(_workspace.Workspace.Inbox, "again-" + receipt.Seq));
        Turn(Received(decayed));
        File.Delete(Received(gone));
        Turn(_workspace.Workspace.Landing);
        Turn(Warehouse);
        File.Delete(Path.Combine(_workspace.Workspace.Releases, "CURRENT"));
        Assert.Equal(1, Doctor("--deep").ExitCode);

        var run = Doctor("--repair");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        foreach (var told in (string[])[decayed.Name, gone.Name, "landing.duckdb", $"release {_manifest.Id} was made again", "CURRENT names " + _manifest.Id])
            Assert.Contains(told, run.Output, StringComparison.Ordinal);
        var again = _workspace.Store.Find("latest");
        Assert.Equal(
            (_manifest.Id, _manifest.ContentHash, _manifest.BuiltAt, _manifest.InputHash),
            (again.Id, again.ContentHash, again.BuiltAt, again.InputHash)
        );
        Assert.NotNull(_workspace.Store.Approvals.Of(again));
        Assert.False(_workspace.Build().IsNew);
        Assert.True(File.Exists(Path.Combine(_workspace.Workspace.Damaged, _manifest.Id, _manifest.WarehouseFile)));
        Assert.Contains("nothing to mend", Doctor("--repair").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_nowhere_is_said_to_be_lost_until_a_backup_has_it()
    {
        new Backups(_backups).Take(_workspace.Workspace, TimeProvider.System, null, TestContext.Current.CancellationToken);
        var sealedBytes = File.ReadAllBytes(Warehouse);
        var lost = Receipts[2];
        foreach (var file in Directory.EnumerateFiles(_workspace.Workspace.Inbox))
            File.Delete(file);
        Turn(Received(lost));
        Turn(Path.Combine(Path.GetDirectoryName(Warehouse)!, ReleaseFolder.ManifestName));

        var alone = Doctor("--repair");
        Assert.Equal(1, alone.ExitCode);
        Assert.Contains($"not mended: \"{lost.Name}\"", alone.Output, StringComparison.Ordinal);
        Assert.Contains($"not mended: release {_manifest.Id}", alone.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Warehouse), "what cannot be mended stays where it is");

        var helped = Doctor("--repair", "--from", _backups);
        Assert.True(helped.ExitCode == 0, helped.Output + helped.Error);
        Assert.Equal(sealedBytes, File.ReadAllBytes(Warehouse));
        Assert.Equal(lost.Sha256, FileHash.Of(Received(lost)));
    }

    [Fact]
    public void A_release_of_other_definitions_is_not_passed_off_as_repaired()
    {
        var others = Path.Combine(_workspace.Workspace.Root, "definitions");
        Directory.CreateDirectory(Path.Combine(others, "seeds"));
        var threshold = Definitions.Load()["seeds/threshold.csv"];
        File.WriteAllText(
            Path.Combine(others, "seeds", "threshold.csv"),
            threshold.Replace("growth_response_percent,80", "growth_response_percent,75", StringComparison.Ordinal)
        );
        Turn(Warehouse);
        var run = Doctor("--repair", "--definitions", others);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("other definitions", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Warehouse));
    }

    [Fact(Explicit = true)]
    public void A_repair_that_is_killed_between_two_steps_is_finished_by_the_next()
    {
        Turn(Warehouse);
        var killed = ProgramRun.Ended(
            ProgramRun.Start(
                new Dictionary<string, string?> { ["INNOVATION_FAULT_AT"] = "release.damaged-set-aside" },
                _workspace.Workspace.Root,
                ["doctor", "--repair"]
            )
        );
        Assert.NotEqual(0, killed.ExitCode);
        Assert.False(Directory.Exists(Path.GetDirectoryName(Warehouse)));
        var run = Doctor("--repair");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.True(_workspace.Store.Ids.Count == 1, run.Output + run.Error);
        Assert.Equal(_manifest.ContentHash, _workspace.Store.Find("latest").ContentHash);
    }

    [Fact]
    public void A_backup_is_named_only_for_a_repair_and_has_to_be_one()
    {
        Assert.Equal(2, Doctor("--from", _backups).ExitCode);
        var empty = Doctor("--repair", "--from", _backups);
        Assert.Equal(2, empty.ExitCode);
        Assert.Contains("no backup", empty.Error, StringComparison.Ordinal);
    }

    private ProgramRun Doctor(params string[] options) => ProgramRun.Of(_workspace.Workspace.Root, ["doctor", .. options, "--lang", "en"]);

    /// <summary>Turns a bit in the middle.</summary>
    private static void Turn(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = stream.Length / 2;
        var read = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(read ^ 4));
    }
}
